"""Acts that the frames leave open: no frame knows the word, or a frame does but finds no source or no target.

The classifier can judge such an act if it is told whom it may join. A proposal is a word with two
sides; its type is the frame's where there is one, else the classifier's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.draft import Draft, anchor_span
from communique.coding.fold import parties
from communique.coding.party import Party, others
from communique.coding.roles import Roles
from communique.coding.slots import TEMPORAL
from communique.ontology.frames import Frame
from communique.records import Act, Sentence

# At most so many questions to the classifier in one sentence, and so many actors tried for one empty side.
MOST = 8
MOST_TRIED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that may join two sides; `frame` is the one that knows the word, if any. Offsets as in a draft."""

    sentence: Sentence
    act: Act
    frame: Frame | None
    source: Party
    target: Party
    start: int
    end: int


def proposals(
    sentence: Sentence, discourse: Discourse, acts: Sequence[tuple[Act, Frame | None]], drafts: Sequence[Draft]
) -> list[Proposal]:
    """Give what the acts that stayed uncoded may join, in text order; not pairs that are coded already."""
    roles = Roles(sentence, discourse)
    coded = [parties(draft) for draft in drafts if draft.sentence is sentence]
    found: list[Proposal] = []
    for act, frame in sorted(acts, key=lambda pair: pair[0].trigger):
        pairs = _unknown(act, roles) if frame is None else _half_known(act, frame, roles)
        for source, target in pairs:
            if len(found) < MOST and not _told(source, target, coded):
                start, end = anchor_span(sentence, act, target)
                found.append(Proposal(sentence, act, frame, source, target, start, end))
    return found


def _told(source: Party, target: Party, coded: Sequence[tuple[frozenset[str], frozenset[str]]]) -> bool:
    own, other = {bare(code) for code in source.codes}, {bare(code) for code in target.codes}
    return any((own & one and other & two) or (own & two and other & one) for one, two in coded)


def _unknown(act: Act, roles: Roles) -> Iterator[tuple[Party, Party]]:
    """The subject of a verb that no frame knows, and the actor nearest to it in grammar."""
    source = roles.actors(act.subjects)
    if act.kind != "verb" or not source.codes or source.guessed or source.counterparts:
        return
    for target in _around(act, roles):
        codes = others(target.codes, source)
        if codes and not target.guessed and not target.counterparts and not set(target.heads) & set(source.heads):
            yield source, Party(codes, target.text, target.why, target.heads, target.indirect)
            return


def _around(act: Act, roles: Roles) -> Iterator[Party]:
    near = [*act.objects, *(noun for word, noun in act.prepositions if word not in TEMPORAL)]
    for head in near:
        yield roles.actors((head,))
        yield roles.nationality_of((head,))
    for slot in ("object.any", "deep", "complement"):
        yield from roles.candidates(act, slot)


def _half_known(act: Act, frame: Frame, roles: Roles) -> Iterator[tuple[Party, Party]]:
    """An act whose type a frame knows: the sides it found, the empty one filled with other actors of the sentence."""
    source = roles.source(act, frame)
    target = roles.target(act, frame, source)
    if frame.swap:
        source, target = target, source
    if bool(source.codes) == bool(target.codes):
        return
    known = source if source.codes else target
    tried = 0
    near = sorted(mentions(roles), key=lambda party: min(abs(head - act.trigger) for head in party.heads))
    for mention in (*near, *_where(roles)):
        codes = others(mention.codes, known)
        if not codes or set(mention.heads) & set(known.heads) or tried >= MOST_TRIED:
            continue
        tried += 1
        filled = Party(codes, mention.text, "another actor of the sentence", mention.heads, True)
        yield (source, filled) if source.codes else (filled, target)


def mentions(roles: Roles) -> list[Party]:
    """Give the actors that a sentence names, guesses left out, in text order."""
    sentence = roles.sentence
    found: list[Party] = []
    for token in sentence.tokens:
        if token.part_of_speech not in {"NOUN", "PROPN", "PRON"} or token.relation in {"compound", "nmod"}:
            continue
        party = roles.actors((token.index,))
        if not party.codes:
            party = roles.nationality_of((token.index,))
        if party.codes and not party.guessed and not party.counterparts:
            found.append(party)
    return found


def _where(roles: Roles) -> list[Party]:
    """The countries of the places that a sentence names: the last to be tried."""
    places = roles.discourse.place_codes(roles.sentence)
    return [Party((state,), "", "where it happened", (place,), True) for place, state in places]
