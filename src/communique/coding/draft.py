"""An act coded but not yet an event: what the coder weighs before it writes a record."""

from __future__ import annotations

from dataclasses import dataclass

from communique.coding.party import Party
from communique.records import Act, Sentence, Status


@dataclass(frozen=True, slots=True)
class Draft:
    """One coded act with all its reasons; offsets are in the sentence's passage."""

    sentence: Sentence
    act: Act
    type: str
    mode: str
    cameo: str
    source: Party
    target: Party
    reciprocal: bool
    status: Status
    status_why: str
    rule: str
    confidence: float
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The words that carry the act, as they stand in the passage."""
        return self.sentence.passage[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Discarded:
    """An act that was looked at and not coded, with the reason."""

    sentence: Sentence
    trigger: int
    reason: str
    rule: str | None = None

    @property
    def word(self) -> str:
        """The word that might have carried the act."""
        return self.sentence.tokens[self.trigger].text


def anchor_span(sentence: Sentence, act: Act, target: Party) -> tuple[int, int]:
    """Give the offsets of the words that carry an act: the verb group, its object, its target.

    Clauses that hang on the object stay out.
    """
    tokens = sentence.tokens
    places = {act.trigger}
    for child in sentence.related(act.trigger, "aux", "auxpass", "neg", "prt", "compound", "amod", "poss"):
        if act.kind == "verb" or tokens[child].relation in {"amod", "compound", "poss"}:
            if act.trigger - child <= 4:
                places.add(child)
    last = act.trigger
    for head in (*act.objects, *target.heads):
        if head > act.trigger and head - act.trigger <= 25:
            last = max(last, _phrase_end(sentence, head))
    if last == act.trigger:
        for word, noun in act.prepositions:
            if act.trigger < noun <= act.trigger + 12 and word not in {"after", "before", "since"}:
                last = max(last, _phrase_end(sentence, noun))
                break
    first = min(places)
    last = max(last, max(places))
    if act.passive:
        first = min([first, *(p for p in act.objects if 0 <= first - p <= 8)])
    while (
        last > first and tokens[last].part_of_speech == "PUNCT" and tokens[last].text in {",", ";", ":", ".", "-", "--"}
    ):
        last -= 1
    return tokens[first].start, tokens[last].end


def _phrase_end(sentence: Sentence, head: int) -> int:
    last = head
    stack = [head]
    while stack:
        place = stack.pop()
        last = max(last, place)
        stack.extend(
            child for child in sentence.children[place]
            if sentence.tokens[child].relation not in {"relcl", "advcl", "acl", "appos", "ccomp", "punct", "conj", "cc"}
            and child - head <= 12
        )  # fmt: skip
    return last
