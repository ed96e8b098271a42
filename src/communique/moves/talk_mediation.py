"""Through whom: those who mediate, broker or host talks, by the words around them."""

from __future__ import annotations

from communique.actors.resolver import bare
from communique.moves.talk_sides import Sides
from communique.moves.talk_words import intermediaries, words
from communique.reading.acts import is_passive, prepositional, surface_subjects


def mediators(sides: Sides) -> tuple[list[str], bool]:
    """Give who mediates or hosts, and whether words of mediating say so."""
    found: list[str] = []
    mediated = False
    for place in dict.fromkeys((*sides.word.nouns, *sides.outcome.path)):
        for child in sides.sentence.related(place, "acl", "relcl", "amod"):
            lemma = sides.sentence.tokens[child].lemma.lower()
            if child in sides.slots.covering and sides.sentence.tokens[child].text.lower().endswith(
                tuple(words("sponsoring"))
            ):
                entry = sides.scene.discourse.meaning(sides.slots.covering[child])
                found += [entry.code] if entry else []
            if lemma in words("mediating") | words("hosting"):
                codes = sides.codes(prepositional(sides.sentence, child, "by")) or _hyphened(sides, child)
                found += codes
                mediated |= bool(codes) and lemma in words("mediating")
        for preposition in sides.sentence.related(place, "prep", "agent"):
            for noun in sides.sentence.related(preposition, "pobj"):
                codes = _mediation(sides, sides.sentence.tokens[preposition].lemma.lower(), noun)
                found += codes
                mediated |= bool(codes)
    makers = () if sides.outcome.maker is None else (sides.outcome.maker,)
    for verb in dict.fromkeys((*sides.outcome.path, *makers)):
        lemma = sides.sentence.tokens[verb].lemma.lower()
        if sides.is_verb(verb) and lemma in words("mediating") | words("hosting") and not sides.word.verb:
            by = prepositional(sides.sentence, verb, "by") if is_passive(sides.sentence, verb) else ()
            found += sides.codes(by or surface_subjects(sides.sentence, verb))
            mediated |= lemma in words("mediating")
    if not found:
        found = _brokered_elsewhere(sides)
        mediated = bool(found)
    if sides.word.verb and sides.sentence.tokens[sides.word.place].lemma.lower() in words("mediating_verbs"):
        found, mediated = sides.codes(surface_subjects(sides.sentence, sides.word.place)), True
    return list(dict.fromkeys(map(bare, found))), mediated


def _brokered_elsewhere(sides: Sides) -> list[str]:
    """ "began talks in Jeddah on Saturday, brokered by Saudi Arabia", "with Europeans as intermediaries"."""
    for token in sides.sentence.tokens:
        lemma = token.lemma.lower()
        if token.tag == "VBN" and lemma in words("mediating") and token.relation in {"acl", "advcl"}:
            if codes := sides.codes(prepositional(sides.sentence, token.index, "by")):
                return codes
    return sides.codes(intermediaries(sides.sentence))


def _hyphened(sides: Sides, participle: int) -> list[str]:
    """ "Qatari-mediated talks": whose mediation it is, from the words in front of the participle."""
    covering = sides.slots.covering
    for place in (participle - 2, participle - 1):
        if place in covering:
            entry = sides.scene.discourse.meaning(covering[place])
            return [entry.code] if entry else []
    return []


def _mediation(sides: Sides, preposition: str, noun: int) -> list[str]:
    """ "under Omani mediation", "through Swiss diplomats", "via Pakistan"."""
    if preposition in {"through", "via"}:
        return (
            sides.codes((noun,))
            or sides.in_front(noun)
            or sides.codes(prepositional(sides.sentence, noun, "of", "from"))
        )
    lemma = sides.sentence.tokens[noun].lemma.lower()
    if preposition in {"under", "with", "by"} and lemma in words("mediation") - {"envoy", "channel"}:
        owners = sides.sentence.related(noun, "poss")
        return (
            sides.codes(owners)
            or sides.in_front(noun)
            or sides.codes(prepositional(sides.sentence, noun, "of", "from", "by"))
        )
    return []
