"""Pairs of actors that some word of a sentence joins, where no frame says how.

The frames know some thousands of ways to tell an act; the classifier can judge the others, if it is
told whom a word may join. A proposal is such a word with its two sides; it has no type yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.draft import Draft, anchor_span
from communique.coding.fold import parties
from communique.coding.party import Party
from communique.coding.roles import Roles
from communique.coding.slots import TEMPORAL
from communique.records import Act, Sentence

# At most so many questions to the classifier in one sentence.
MOST = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that no frame knows, with who may be doing it to whom; offsets as in a draft."""

    sentence: Sentence
    act: Act
    source: Party
    target: Party
    start: int
    end: int


def proposals(
    sentence: Sentence, discourse: Discourse, acts: Sequence[Act], drafts: Sequence[Draft]
) -> list[Proposal]:
    """Give what the acts that stayed uncoded may join, in text order; not pairs that are coded already."""
    roles = Roles(sentence, discourse)
    coded = [parties(draft) for draft in drafts if draft.sentence is sentence]
    found: list[Proposal] = []
    for act in sorted(acts, key=lambda act: act.trigger):
        if act.kind != "verb" or len(found) >= MOST:
            continue
        source = roles.actors(act.subjects)
        if not source.codes or source.guessed or source.counterparts:
            continue
        own = {bare(code) for code in source.codes}
        for target in _around(act, roles):
            others = {bare(code) for code in target.codes} - own
            if target.guessed or target.counterparts or not others or set(target.heads) & set(source.heads):
                continue
            if any((own & ends[0] and others & ends[1]) or (own & ends[1] and others & ends[0]) for ends in coded):
                continue
            kept = tuple(code for code in target.codes if bare(code) in others)
            party = Party(kept, target.text, target.why, target.heads, target.indirect)
            start, end = anchor_span(sentence, act, party)
            found.append(Proposal(sentence, act, source, party, start, end))
            break
    return found


def _around(act: Act, roles: Roles) -> Iterator[Party]:
    """The actors that an act may be on, the nearest in grammar first."""
    near = [*act.objects, *(noun for word, noun in act.prepositions if word not in TEMPORAL)]
    for head in near:
        yield roles.actors((head,))
        yield roles.nationality_of((head,))
    for slot in ("object.any", "deep", "complement"):
        yield from roles.candidates(act, slot)
