"""What the words above a step make of it: made, planned, threatened, tried in vain, refused, or told of an older day."""

from __future__ import annotations

from communique.coding.status import status_of
from communique.moves.agreement_grammar import StepWord, is_infinitive
from communique.moves.agreement_words import agreement_words
from communique.reading.acts import noun_act, verb_act
from communique.records import Sentence, Status

Mood = tuple[str, Status]
"""The step that remains, and its status."""

_LEAVING = frozenset({"withdraw", "suspend", "suspend its part", "breach", "collapse"})
_STRIKING = frozenset({"agree", "sign", "negotiate"})
# What is denied of an agreement that is not there tells nothing of it.
_MAKING = _STRIKING | {"enter into force", "propose", "join", "revive"}


def mood_of(sentence: Sentence, word: StepWord, operators: list[tuple[str, int]]) -> Mood | None:
    """Give the step that a word makes under the words above it and its status, None where it makes none."""
    words, token = agreement_words(), sentence.tokens[word.word]
    is_verb = token.part_of_speech in {"VERB", "AUX"}
    act = verb_act(sentence, word.word) if is_verb else noun_act(sentence, word.word)
    lemma = token.lemma.lower()
    mood = _under(word.step, status_of(sentence, act)[0], [name for name, _ in operators], lemma in words.kept)
    if mood is None:
        return None
    step, status = mood
    if lemma in words.lasting and token.tag == "VBD":
        return None
    if status is Status.OCCURRED and not operators and not _is_done(sentence, word.word):
        status = Status.HYPOTHETICAL if is_verb else Status.PLANNED
    if lemma in words.running_out and token.tag in {"VBZ", "VBP"} and sentence.index >= 0:
        status = Status.PLANNED
    return step, status


def _under(step: str, status: Status, operators: list[str], keeping: bool) -> Mood | None:
    """Give what operators make of a step, the nearest first; None where it is refused, demanded or failed.

    `keeping` is true for a word of keeping an agreement, whose denial is a breach.
    """
    if status is Status.DENIED and set(operators) & {"plan", "settle", "suppose", "try"}:
        return None  # "decided not to renew it"
    if operators:
        first = operators[0]
        if first == "try" and "fail" in operators:
            first = "fail"
        if first == "plan" and "refuse" in operators:
            first = "refuse"  # the plan was dropped
        return _changed_by(first, step, status, keeping)
    if status is Status.DENIED and step == "comply":
        return ("breach", Status.OCCURRED) if keeping else None
    if status is Status.DENIED and step in _MAKING:
        return None
    return step, status


def _changed_by(operator: str, step: str, status: Status, keeping: bool) -> Mood | None:
    breach: Mood | None = ("breach", Status.OCCURRED) if keeping else None
    trying: Mood = ("negotiate", Status.OCCURRED) if step in _STRIKING else (step, Status.HYPOTHETICAL)
    changes: dict[str, Mood | None] = {
        "refuse": None,
        "call": None,
        "fail": ("fail to revive", Status.OCCURRED) if step == "revive" else breach,
        "stop": breach,
        "pause": ("suspend its part", Status.OCCURRED) if step == "comply" else None,
        "accuse": (step, Status.HYPOTHETICAL) if step in {"breach", "withdraw"} else None,
        "threaten": ("threaten to withdraw", Status.OCCURRED) if step in _LEAVING else None,
        "try": ("try to revive", Status.OCCURRED) if step == "revive" else trying,
        # By agreeing to prolong it they prolong it.
        "settle": (step, Status.OCCURRED if step == "extend" else Status.PLANNED),
        "plan": (step, Status.PLANNED),
        "suppose": None if step == "enter into force" else (step, Status.HYPOTHETICAL),
    }
    return changes.get(operator, (step, status))


def _is_done(sentence: Sentence, place: int) -> bool:
    """ "Has until May to ratify it" and "the withdrawal will take effect in March" tell of nothing done yet."""
    words, token = agreement_words(), sentence.tokens[place]
    above = sentence.tokens[token.head]
    if token.part_of_speech == "VERB" and is_infinitive(sentence, place) and token.relation != "ROOT":
        beside = sentence.related(above.index, "amod", "acomp")
        return any(sentence.tokens[near].lemma.lower() in words.doing for near in (above.index, *beside))
    if token.part_of_speech == "NOUN" and token.relation == "nsubj" and above.lemma.lower() in words.happening:
        return not any(sentence.tokens[child].tag == "MD" for child in sentence.related(above.index, "aux"))
    return True


def of_an_older_day(sentence: Sentence, place: int, step: str) -> bool:
    """Tell whether a step without a date is told as past already: "had been extended", "since the deal was signed"."""
    words, token = agreement_words(), sentence.tokens[place]
    if step in words.of_old and any(sentence.tokens[c].text.lower() == "had" for c in sentence.related(place, "aux")):
        return True
    marks = {sentence.tokens[child].lemma.lower() for child in sentence.related(place, "mark", "advmod")}
    return token.relation == "advcl" and bool(marks & words.looking_back)
