"""Stances told by nouns and adjectives: "voiced support for", "the futility of talks", "is opposed to"."""

from __future__ import annotations

from collections.abc import Iterable

from communique.moves.position_attitude import Attitude, hanging
from communique.moves.position_reality import as_told, is_negated, no_longer, turned
from communique.moves.position_words import PositionWords
from communique.reading.acts import surface_subjects, verb_act
from communique.records import Sentence

_VERBAL = frozenset({"VERB", "AUX"})


def by_noun(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "voiced support for", "dropped its opposition to", "are supporters of": the noun's stance, by what its verb does."""
    token = sentence.tokens[place]
    found = words.nouns.get(token.lemma.lower())
    if found is None:
        return
    stance, prepositions = found
    objects = [o for preposition in prepositions for o in hanging(sentence, place, preposition)]
    above = sentence.tokens[token.head]
    verb = above.lemma.lower()
    if objects and _is_withheld(sentence, place, words):
        yield Attitude(place, turned(stance), "hold", (), tuple(objects))
        return
    if above.part_of_speech not in _VERBAL:
        return
    if not objects:
        yield from _about_a_deed(sentence, place, stance, words)
        return
    holds = words.holds("stating", verb) or (token.relation == "attr" and verb in {"be", "remain"})
    gives_up = token.relation == "dobj" and words.holds("giving_up", verb)
    told = as_told(sentence, above.index, stance, refusable=False) if holds or gives_up else None
    if told is None:
        return
    subjects = verb_act(sentence, above.index).subjects
    if gives_up:
        yield Attitude(place, turned(stance), "change", subjects, tuple(objects))
    elif token.relation in {"dobj", "attr", "nsubjpass"}:
        yield Attitude(place, *told, subjects, tuple(objects))


def by_judging_noun(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "stressed the importance of talks", "vocal about the futility of negotiations"."""
    token = sentence.tokens[place]
    stance = words.judging.get(token.lemma.lower())
    if stance is None:
        return
    objects = [o for word in ("of", "for", "in") for o in hanging(sentence, place, word)]
    above = sentence.tokens[token.head]
    subjects: tuple[int, ...] = ()
    if token.relation == "dobj" and words.holds("stating", above.lemma.lower()):
        if as_told(sentence, above.index, stance, refusable=False):
            subjects = surface_subjects(sentence, above.index)
    elif token.relation == "pobj":
        carrier = sentence.tokens[above.head]
        if words.holds("vocal", carrier.lemma.lower()) and as_told(sentence, carrier.head, stance, refusable=False):
            subjects = surface_subjects(sentence, carrier.head)
        elif carrier.lemma.lower() in {"warn", "speak", "insist"} and as_told(
            sentence, carrier.index, stance, refusable=False
        ):
            subjects = surface_subjects(sentence, carrier.index)
    if subjects and objects:
        yield Attitude(place, stance, "hold", subjects, tuple(objects))


def by_adjective(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "is opposed to", "remains sceptical of", "is open to"."""
    token = sentence.tokens[place]
    found = words.adjectives.get(token.lemma.lower()) or words.adjectives.get(token.text.lower())
    if found is None:
        return
    stance, prepositions = found
    objects = [o for preposition in prepositions for o in hanging(sentence, place, preposition)]
    if not objects:
        return
    if token.part_of_speech == "ADJ" and token.relation == "acomp":
        verb = token.head
    elif token.part_of_speech in _VERBAL and (sentence.related(place, "auxpass") or token.tag == "VBN"):
        verb = place
    else:
        return
    told = as_told(sentence, verb, stance, refusable=True)
    if told:
        yield Attitude(place, *told, surface_subjects(sentence, verb), tuple(objects))


def _is_withheld(sentence: Sentence, place: int, words: PositionWords) -> bool:
    """ "They cannot expect our support": whoever speaks holds it back."""
    owners = {sentence.tokens[owner].text.lower() for owner in sentence.related(place, "poss")}
    token = sentence.tokens[place]
    verb = token.head if token.relation == "dobj" else sentence.tokens[token.head].head
    hoping = words.holds("counting_on", sentence.tokens[verb].lemma.lower())
    return bool(owners & {"our", "my"}) and hoping and (is_negated(sentence, verb) or no_longer(sentence, verb))


def _about_a_deed(sentence: Sentence, place: int, stance: str, words: PositionWords) -> Iterable[Attitude]:
    """ "China expressed regret": over what another just did."""
    token = sentence.tokens[place]
    if not words.holds("bare_regret", token.lemma.lower()) or token.relation != "dobj":
        return
    above = sentence.tokens[token.head]
    alone = not sentence.related(place, "prep", "acl", "relcl") and not sentence.related(above.index, "ccomp", "xcomp")
    if alone and words.holds("stating", above.lemma.lower()):
        told = as_told(sentence, above.index, stance, refusable=False)
        behind = [child for child in sentence.related(above.index, "prep") if child > place]
        if told is not None and not behind:
            yield Attitude(place, *told, surface_subjects(sentence, above.index), (), points_to="deed")


def by_document(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "issued a declaration in support of the treaty", "signed a letter against the plan"."""
    token = sentence.tokens[place]
    above = sentence.tokens[token.head]
    if not words.holds("documents", token.lemma.lower()) or token.relation != "dobj":
        return
    if not words.holds("issuing", above.lemma.lower()):
        return
    for stance, phrases in (
        ("for", ("in support of", "in favour of", "in favor of")),
        ("against", ("against", "in opposition to")),
    ):
        objects = [o for phrase in phrases for head in (place, above.index) for o in hanging(sentence, head, phrase)]
        told = as_told(sentence, above.index, stance, refusable=False) if objects else None
        if told is not None:
            yield Attitude(place, *told, surface_subjects(sentence, above.index), tuple(objects))
