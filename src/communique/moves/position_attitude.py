"""The record of a stance that words tell, and how to look for what hangs on a word."""

from __future__ import annotations

from dataclasses import dataclass

from communique.moves.position_words import StanceVerb
from communique.reading.acts import coordinated
from communique.records import Sentence

# What a demand, a modal or a judged deed may be on: matters, and no actors.
MATTERS = frozenset({"talks", "agreement", "sanctions", "proposal", "question"})
ON_MATTERS = StanceVerb("for", (), None, MATTERS, True)


@dataclass(frozen=True, slots=True)
class Attitude:
    """A stance as words of a sentence tell it; all numbers are tokens.

    `place` is the word that carries it, `subjects` who holds it (empty where it is whoever speaks), `objects` the heads
    of what it is on, `judgement` the words that judge. `verb` bounds the kinds of object, None where any will do.
    `points_to` tells, where no object is named, what the stance is on: "deed" is what another just did ("expressed
    regret"), "matter" what the report just told a stance on ("Germany refused"). `condition` are words that bind it.
    """

    place: int
    stance: str
    step: str
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    judgement: tuple[int, ...] = ()
    verb: StanceVerb | None = None
    points_to: str = ""
    condition: tuple[int, ...] = ()


def hanging(sentence: Sentence, place: int, preposition: str) -> list[int]:
    """Give what hangs on a word by a preposition, "in favour of" too: nouns with those joined to them, and clauses."""
    first, *rest = preposition.split(" ")
    heads = [
        child
        for child in sentence.related(place, "prep", "prt", "advmod", "agent")
        if sentence.tokens[child].lemma == first
    ]
    if rest:
        noun, last = rest
        inner = [n for head in heads for n in sentence.related(head, "pobj") if sentence.tokens[n].lemma == noun]
        heads = [child for n in inner for child in sentence.related(n, "prep") if sentence.tokens[child].lemma == last]
    nouns = [each for head in heads for n in sentence.related(head, "pobj") for each in joined(sentence, n)]
    return nouns + [clause for head in heads for clause in sentence.related(head, "pcomp")]


def joined(sentence: Sentence, head: int) -> list[int]:
    """Give a noun and those joined to it, but for those shut out: "an African force, but not a foreign one"."""
    return [
        each
        for each in coordinated(sentence, head)
        if each == head or not any(sentence.tokens[child].lemma.lower() == "not" for child in sentence.subtree(each))
    ]


def is_none(sentence: Sentence, noun: int) -> bool:
    """Tell whether a noun is one that is not: "no talks"."""
    return any(sentence.tokens[child].lemma.lower() == "no" for child in sentence.related(noun, "det", "neg"))
