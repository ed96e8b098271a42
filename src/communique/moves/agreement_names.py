"""Which agreement a sentence speaks of: by a known name, or as "the deal" after one was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.actors.agreements import agreement_names
from communique.actors.discourse import Discourse
from communique.actors.words import referring_words
from communique.records import Sentence


@dataclass(frozen=True, slots=True)
class NamedAgreement:
    """An agreement at a place of a sentence: its code, the tokens that name it, whether by its own name."""

    code: str
    places: tuple[int, ...]
    by_name: bool


def agreements_told(sentences: Sequence[Sentence], discourse: Discourse) -> dict[int, tuple[NamedAgreement, ...]]:
    """Give the agreements of each sentence, by the identity of the sentence; "this accord" is the last one named."""
    found: dict[int, tuple[NamedAgreement, ...]] = {}
    last: str | None = None
    for sentence in sentences:
        here = [
            NamedAgreement(code, _tokens(sentence, start, end), True)
            for code, start, end in agreement_names().find(sentence.text)
        ]
        covered = {place for named in here for place in named.places}
        for token in sentence.tokens:
            before = [named.code for named in here if named.by_name and named.places[0] < token.index]
            meant = before[-1] if before else last
            if meant and token.index not in covered and _points_back(sentence, token.index):
                here.append(NamedAgreement(meant, (token.index,), False))
        if here:
            here.sort(key=lambda named: named.places[0])
            found[id(sentence)] = tuple(here)
            named_here = [named.code for named in here if named.by_name]
            last = named_here[-1] if named_here else last
    return found


def _points_back(sentence: Sentence, place: int) -> bool:
    """ "the deal", "this agreement": a noun for agreements with a pointing word and no name of its own."""
    token = sentence.tokens[place]
    if referring_words().get(token.lemma.lower()) != "agreement":
        return False
    return any(
        sentence.tokens[child].lemma.lower() in {"the", "this", "that"} for child in sentence.related(place, "det")
    )


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[int, ...]:
    low, high = sentence.start + start, sentence.start + end
    return tuple(token.index for token in sentence.tokens if token.start < high and token.end > low)
