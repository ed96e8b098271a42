"""Acts that the frames leave open: no frame knows the word, or a frame does but finds no source or no target.

The classifier can judge such an act if it is told whom it may join. A proposal is a word with two
sides; its type is the frame's where there is one, else the classifier's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from communique.actors.resolver import bare
from communique.coding.coder import SentenceCoder
from communique.coding.draft import Draft
from communique.coding.fold import parties
from communique.coding.operators import operators
from communique.coding.party import Party, both, others
from communique.coding.roles import Roles
from communique.ontology.frames import Frame
from communique.reading.acts import surface_subjects, verb_act
from communique.records import Act, Sentence

# At most so many proposals a sentence, and so many actors tried for one empty side.
MOST = 4
MOST_TRIED = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that may join two sides; with a `draft` where a frame knows the word, so that only a side was missing."""

    sentence: Sentence
    act: Act
    source: Party
    target: Party
    draft: Draft | None


def proposals(coder: SentenceCoder, drafts: Sequence[Draft]) -> list[Proposal]:
    """Give what may join two actors of a coder's sentence that none of its `drafts` joins yet.

    First the acts whose type a frame knows but not both sides, then the subjects of verbs with the
    actor nearest below; words that another act has used up are left out.
    """
    sentence, roles = coder.sentence, coder.roles
    named = mentions(roles)
    coded = [parties(draft) for draft in drafts]
    taken = {*(draft.act.trigger for draft in drafts), *coder.used_up.reasons}
    found: list[Proposal] = []
    for act, frame in sorted(coder.half_known, key=lambda pair: pair[0].trigger):
        for source, target in _half_known(act, frame, roles, named):
            if len(found) < MOST and act.trigger not in taken and not _told(source, target, coded):
                sides = (*both(source, target), True) if frame.reciprocal else (source, target, False)
                found.append(Proposal(sentence, act, source, target, coder.drafted(act, frame, *sides)))
    for source, target, trigger in _pairs(sentence, named):
        if len(found) < MOST and trigger not in taken and not _told(source, target, coded):
            found.append(Proposal(sentence, verb_act(sentence, trigger), source, target, None))
    return found


def _told(source: Party, target: Party, coded: Sequence[tuple[frozenset[str], frozenset[str]]]) -> bool:
    own, other = {bare(code) for code in source.codes}, {bare(code) for code in target.codes}
    return any((own & one and other & two) or (own & two and other & one) for one, two in coded)


def _pairs(sentence: Sentence, named: Sequence[Party]) -> Iterator[tuple[Party, Party, int]]:
    """The subject of each verb with the actor that stands nearest to it below that verb.

    Verbs of speech are left out: what one says of another is mostly told by a word of its own.
    """
    found: dict[tuple[int, int], tuple[int, Party, Party]] = {}
    for source, target in permutations(named, 2):
        codes = others(target.codes, source)
        one, two = source.heads[0], target.heads[0]
        above = sentence.ancestors(one)
        if not codes or two in above or not above:
            continue
        trigger = next((place for place in sentence.ancestors(two) if place in above), None)
        if trigger is None or one in sentence.ancestors(two):
            continue
        verb = sentence.tokens[trigger]
        if verb.part_of_speech != "VERB" or verb.lemma in operators().speech:
            continue
        away = abs(two - trigger)
        nearest = found.get((one, trigger))
        if (nearest is None or away < nearest[0]) and one in surface_subjects(sentence, trigger):
            found[one, trigger] = away, source, Party(codes, target.text, target.why, target.heads, target.indirect)
    for (_, trigger), (_, source, party) in found.items():
        yield source, party, trigger


def _half_known(act: Act, frame: Frame, roles: Roles, named: Sequence[Party]) -> Iterator[tuple[Party, Party]]:
    """An act whose type a frame knows: the sides it found, the empty one filled with other actors of the sentence."""
    source = roles.source(act, frame)
    target = roles.target(act, frame, source)
    if frame.swap:
        source, target = target, source
    if bool(source.codes) == bool(target.codes):
        return
    known = source if source.codes else target
    tried = 0
    near = sorted(named, key=lambda party: min(abs(head - act.trigger) for head in party.heads))
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
        name = roles.covering.get(token.index)
        if name is not None and name.first <= token.head <= name.last and token.head != token.index:
            continue  # "International Court of Justice": the court, not the justice
        role = roles.discourse.role_noun(sentence, token.index)
        if role is not None and role.kind == "thing":
            continue
        party = roles.actors((token.index,))
        if not party.codes:
            party = roles.nationality_of((token.index,))
        trade = all(code.endswith("/BUS") for code in party.codes)  # a firm that sells vans is no political actor
        if party.codes and not party.guessed and not party.counterparts and not trade:
            found.append(party)
    return found


def _where(roles: Roles) -> list[Party]:
    """The countries of the places that a sentence names: the last to be tried."""
    places = roles.discourse.place_codes(roles.sentence)
    return [Party((state,), "", "where it happened", (place,), True) for place, state in places]
