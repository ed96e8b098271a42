"""How a verb is put: denied, to come, supposed, going on, or long past. Pure functions over one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from communique.coding.operators import operators
from communique.coding.status import negation
from communique.records import Sentence

# An if-clause, "without talks" and the like are thought of; "to talk" as a purpose is to come.
_VERBS = {"VERB", "AUX"}


class Tense(StrEnum):
    """When and how surely what a verb says is so."""

    TOLD = "told"
    GOING_ON = "going on"
    BEFORE = "before"
    TO_COME = "to come"
    WOULD = "would"
    MAY = "may"
    SHOULD = "should"
    IF = "if"
    GOVERNED = "governed"


@dataclass(frozen=True, slots=True)
class Mood:
    """The tense of a verb and whether it is denied."""

    tense: Tense
    denied: bool


def mood_of(sentence: Sentence, verb: int) -> Mood:
    """Give the mood of a verb; one that shares its auxiliaries with a verb before it has that one's."""
    denied = negation(sentence, verb) is not None
    token = sentence.tokens[verb]
    auxiliaries = [sentence.tokens[child] for child in sentence.related(verb, "aux", "auxpass")]
    marks = {sentence.tokens[child].lemma.lower() for child in sentence.related(verb, "mark", "advmod")}
    if token.relation in {"advcl", "ccomp"} and marks & operators().supposing_marks:
        return Mood(Tense.IF, denied)
    if token.relation == "conj" and not auxiliaries and not sentence.related(verb, "nsubj", "nsubjpass"):
        if sentence.tokens[token.head].part_of_speech in _VERBS:
            above = mood_of(sentence, token.head)
            joined = {sentence.tokens[child].lemma.lower() for child in sentence.related(token.head, "cc")}
            return Mood(above.tense, denied or (above.denied and bool(joined & {"or", "nor"})))
    return Mood(_tense(sentence, verb, [word.text.lower() for word in auxiliaries]), denied)


def _tense(sentence: Sentence, verb: int, auxiliaries: list[str]) -> Tense:
    token = sentence.tokens[verb]
    if set(auxiliaries) & {"will", "shall", "'ll", "’ll", "wo"}:
        return Tense.TO_COME
    if "would" in auxiliaries or "'d" in auxiliaries:
        return Tense.TO_COME if _told_in_the_past(sentence, verb) else Tense.WOULD
    if set(auxiliaries) & {"should", "must", "ought"}:
        return Tense.SHOULD
    if set(auxiliaries) & {"may", "might", "could", "can", "ca"}:
        return Tense.MAY
    if "to" in auxiliaries:
        above = sentence.tokens[token.head]
        if token.relation == "ROOT" or (above.lemma == "be" and token.relation == "xcomp"):
            return Tense.TO_COME
        return Tense.GOVERNED
    if "had" in auxiliaries:
        # "said that they had agreed" is the news, "had agreed in May" lies before it
        return Tense.TOLD if _told_in_the_past(sentence, verb) else Tense.BEFORE
    if token.tag == "VBG" and set(auxiliaries) & {"is", "are", "was", "were", "been", "be", "'re", "’re", "'s"}:
        return Tense.GOING_ON
    return Tense.TOLD


def _told_in_the_past(sentence: Sentence, verb: int) -> bool:
    """ "said that they would meet" is "will meet", unless a condition hangs on it."""
    token = sentence.tokens[verb]
    above = sentence.tokens[token.head]
    told = token.relation in {"ccomp", "parataxis"} and above.lemma in operators().speech
    return told or any(sentence.tokens[child].lemma in operators().speech for child in sentence.related(verb, "ccomp"))


def would_if(sentence: Sentence, verb: int) -> bool:
    """Tell whether a condition hangs on a verb: "would talk if", "only after"."""
    for clause in sentence.related(verb, "advcl", "prep"):
        marks = {sentence.tokens[child].lemma.lower() for child in sentence.related(clause, "mark")}
        if (marks | {sentence.tokens[clause].lemma.lower()}) & operators().condition_marks:
            return True
    return any(sentence.tokens[child].lemma.lower() == "only" for child in sentence.related(verb, "advmod"))
