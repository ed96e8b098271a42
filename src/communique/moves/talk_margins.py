"""Talks on the margin of another act: "said after talks with Lavrov", "ahead of a meeting", "reached a deal after"."""

from __future__ import annotations

from dataclasses import replace

from communique.moves.mood import Tense, mood_of
from communique.moves.rules import board_rules
from communique.moves.talk_outcome import State
from communique.moves.talk_words import TalkWord, effects, words
from communique.reading.acts import prepositional
from communique.records import Board, Sentence


def on_the_margin(sentence: Sentence, above: int, state: State, behind: tuple[str, ...], word: TalkWord) -> State:
    """ "said after talks with Lavrov", "ahead of a meeting": talks on the margin of another act."""
    if state.step is not None:
        return replace(state, stop=True)
    step = next((effects("adjunct")[given] for given in behind if given in effects("adjunct")), None)
    if step is None:
        return replace(state, stop=True)
    if behind[0] in {"at", "in", "on", "with"} and word.kind == "talks" and sentence.tokens[above].lemma == "be":
        step = "go on"
    verb = _verb_above(sentence, above)
    if verb is not None:
        mood = mood_of(sentence, verb)
        top = verb
        while mood.tense is Tense.GOVERNED and behind[0] in {"after", "following"} and sentence.tokens[top].head != top:
            top = sentence.tokens[top].head  # "agreed to restore ties after talks in Beijing"
            mood = mood_of(sentence, top)
        if mood.tense not in {Tense.TOLD, Tense.BEFORE, Tense.GOING_ON} or (step == "go on" and mood.denied):
            return replace(state, stop=True)
    if step == "hold" and verb is not None and behind[0] in {"after", "following", "in", "at", "during"}:
        if _brings_result(sentence, top):
            step = "end with result"
    if step == "hold" and behind[0] in {"with", "in", "on", "at"} and _tells_no_deed(sentence, verb):
        return replace(state, stop=True)
    return replace(state, step=step, place=word.head, maker=verb, inner=verb, margin=True, stop=True)


def _brings_result(sentence: Sentence, verb: int) -> bool:
    """ "reached a deal after four days of talks", "agreed on a ceasefire at talks"."""
    token = sentence.tokens[verb]
    things = [*sentence.related(verb, "dobj", "nsubjpass"), *prepositional(sentence, verb, "on", "to")]
    results: list[str] = board_rules(Board.TALKS).rest["results"]["with"]
    return (
        token.lemma in words("reaching")
        and mood_of(sentence, verb).tense in {Tense.TOLD, Tense.BEFORE}
        and any(sentence.tokens[thing].lemma.lower() in {"it", *results} for thing in things)
    )


def _tells_no_deed(sentence: Sentence, verb: int | None) -> bool:
    """Tell whether a verb tells no deed: "progress in talks", "wants a role in talks" say nothing of a round held."""
    return verb is None or sentence.tokens[verb].lemma in {"want", "seek", "hope", "wish", "need", "expect", "believe"}


def _verb_above(sentence: Sentence, place: int) -> int | None:
    for current in (place, *sentence.ancestors(place)):
        if sentence.tokens[current].part_of_speech in {"VERB", "AUX"}:
            return current
    return None
