"""What is said of talks that are the subject: "collapsed", "are under way", "are not feasible", "will resume"."""

from __future__ import annotations

from dataclasses import replace

from communique.moves.mood import Tense, mood_of
from communique.moves.reach import reach_of
from communique.moves.rules import board_rules
from communique.moves.talk_outcome import DEEDS, Outcome, State
from communique.moves.talk_words import TalkWord, effects, spellings, words
from communique.records import Board, Sentence

_ENDS = frozenset({"ended", "end with result", "end without result"})
_CLAUSE_STEPS = frozenset({"begin", "resume", "go on", "suspend", "end with result", "end without result", "schedule"})


def said_of(sentence: Sentence, current: int, verb: int, state: State, word: TalkWord) -> State:
    """What is said of talks: "collapsed", "are under way", "are not feasible", "will resume on Monday"."""
    mood = mood_of(sentence, verb)
    path = (*state.path, verb)
    told = replace(state, place=verb, maker=None, told_of=True, path=path)
    if mood.tense is Tense.IF or state.step not in {None, "none"}:
        return replace(told, step="none" if state.step is None else state.step, stop=True)
    found = _predicate(sentence, verb)
    if found is None:
        table = effects("subject")
        found = next(
            (
                table[spelt]
                for spelt in spellings(sentence, verb, *prepositions_behind(sentence, verb))
                if spelt in table
            ),
            None,
        )
        found = _ended(sentence, verb, found) if found in _ENDS else found
        if found is None:
            if mood.tense is Tense.TOLD and not mood.denied and sentence.tokens[verb].tag in {"VBD", "VBZ", "VBP"}:
                return replace(told, step="hold", margin=True, stop=True)
            return replace(told, step="none", stop=True)
    none = state.step == "none"
    if mood.denied or none:
        if found == "possible":
            return replace(told, step="refuse")
        refuses = found in DEEDS and mood.tense in {Tense.TO_COME, Tense.MAY}
        return replace(told, step="refuse" if refuses else "none", stop=not refuses)
    if found == "possible" or mood.tense in {Tense.MAY, Tense.WOULD, Tense.SHOULD}:
        return replace(told, step="none", stop=True)
    if mood.tense is Tense.TO_COME:
        return replace(told, step="schedule" if found in DEEDS else "none", stop=True)
    if mood.tense is Tense.GOVERNED and _to_come(sentence, verb):
        return replace(told, step="schedule", stop=True)
    return replace(told, step=found, before=state.before or mood.tense is Tense.BEFORE, stop=found != "refuse")


def prepositions_behind(sentence: Sentence, verb: int) -> tuple[str, ...]:
    """Give the prepositions that hang on a verb."""
    return tuple(sentence.tokens[child].lemma.lower() for child in sentence.related(verb, "prep", "prt"))


def _to_come(sentence: Sentence, verb: int) -> bool:
    """ "are due to resume", "are expected to begin"."""
    above = sentence.tokens[sentence.tokens[verb].head]
    return effects("governing").get(above.lemma.lower()) == "schedule" or above.lemma == "be"


def _predicate(sentence: Sentence, verb: int) -> str | None:
    """ "are under way", "is out of the question": what stands behind "be", as a step or "possible"."""
    if sentence.tokens[verb].lemma not in {"be", "remain", "become", "seem", "look", "appear", "stay"}:
        return None
    behind = [
        place
        for child in sentence.related(verb, "acomp", "attr", "prep", "advmod", "oprd", "xcomp")
        for place in sentence.subtree(child)
        if place > verb and place - verb <= 9
    ]
    if not behind:
        return None
    said = reach_of(sentence, sorted(behind))
    plain = f" {' '.join(sentence.tokens[place].text.lower() for place in said.places)} "
    for phrase in words("possible"):
        if f" {phrase} " in said.words or f" {phrase} " in plain:
            return "possible"
    for phrase, step in effects("predicate").items():
        if f" {phrase} " in said.words or f" {phrase} " in plain:
            return step
    return None


def _ended(sentence: Sentence, verb: int, verb_step: str) -> str:
    """How talks ended, by the words behind "ended", "broke up", "produced"; a plain end is a round held."""
    results: dict[str, list[str]] = board_rules(Board.TALKS).rest["results"]
    behind = [place for place in sentence.subtree(verb) if place > verb]
    said = reach_of(sentence, behind)
    if said.holds(*map(str, results["without"])) or verb_step == "end without result":
        return "end without result"
    if said.holds(*map(str, results["with"])) or verb_step == "end with result":
        return "end with result"
    return "hold"


def relative_outcomes(word: TalkWord) -> list[Outcome]:
    """Give what a clause that hangs on talks says of them: "talks with the E3, which have been going on since May"."""
    sentence, found = word.sentence, []
    for noun in word.nouns:
        for place in sentence.subtree(noun):
            clause = sentence.tokens[place]
            if clause.relation != "relcl" or word.verb:
                continue
            pronouns = [
                child for child in sentence.related(place, "nsubj", "nsubjpass")
                if sentence.tokens[child].tag in {"WDT", "WP"} or sentence.tokens[child].text.lower() == "that"
            ]  # fmt: skip
            if pronouns:
                state = State(None, word.head, None, word.nouns, None)
                state = said_of(sentence, pronouns[0], place, state, word)
                if state.step in _CLAUSE_STEPS and not state.margin:
                    found.append(Outcome(str(state.step), place, None, state.path, None, True, state.before))
    return found
