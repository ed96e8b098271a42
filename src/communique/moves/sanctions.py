"""Steps on the board of sanctions: who puts what on whom, and who eases, lifts, offers, asks or refuses.

Measures (sanction_measures) and what is told of them (sanction_steps) are found in each sentence, their sides filled
in (sanction_context), and the moves written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from communique.actors.agreements import agreements
from communique.coding.attribution import condition_of
from communique.moves.reach import reach_of
from communique.moves.sanction_context import (
    Found,
    by_parties,
    from_context,
    half_known,
    relieving_agreements,
    whose_else,
    with_sides,
)
from communique.moves.sanction_dates import date_told_of
from communique.moves.sanction_diplomacy import find_acts_as_measures
from communique.moves.sanction_measures import Measure, find_measures
from communique.moves.sanction_steps import steps_told
from communique.moves.sanction_weighing import RELIEF, Told
from communique.moves.sanction_words import sanction_words
from communique.moves.scene import Scene, Telling
from communique.records import Board, Move, Sentence, Status


def find_sanctions(scene: Scene) -> Iterable[Move]:
    """Give the steps that a report tells."""
    found = [with_sides(scene, measure, told) for measure in _measures(scene) for told in steps_told(measure)]
    moves: list[Move] = []
    for place, step in enumerate(found):
        others = [*found[:place], *found[place + 1 :]]
        filled = step if step.whole else from_context(scene, step, found[:place], found[place + 1 :])
        if filled is None or not filled.whole:
            filled = by_parties(scene, step) or half_known(scene, step, alone=not any(other.whole for other in others))
        if filled is not None and not _only_mentioned(step) and not whose_else(filled, others):
            moves += _moves(scene, filled)
    moves += find_acts_as_measures(scene, moves)
    return [_background(move, moves) for move in dict.fromkeys(moves)]


def _background(move: Move, moves: list[Move]) -> Move:
    """A report that tells of a lifting tells without a date how it began: that is no news, but what was there."""
    if move.step != "impose" or move.date or move.status is not Status.OCCURRED:
        return move
    for other in moves:
        same = set(other.source) & set(move.source) and set(other.target) & set(move.target)
        alike = not other.about or not move.about or set(other.about) & set(move.about)
        if other.step in {"lift", "suspend"} and other.status is Status.OCCURRED and same and alike and _is_news(other):
            return replace(move, step="in force")
    return move


def _is_news(move: Move) -> bool:
    """Tell whether a step was made in the weeks before its report."""
    if move.date is None or move.published is None:
        return True
    return move.date >= (date.fromisoformat(move.published) - timedelta(days=30)).isoformat()[: len(move.date)]


def _measures(scene: Scene) -> Iterator[Measure]:
    """Give the measures of a report in text order; "them" may be those of the sentence before."""
    last: Measure | None = None
    for sentence in scene.sentences:
        here = list(find_measures(sentence, scene.discourse, last))
        yield from here
        last = here[-1] if here else None


def _only_mentioned(step: Found) -> bool:
    """A bare mention counts only where its own sentence says who and on whom."""
    return step.told.presence and step.told.step == "in force" and not step.whole


def _moves(scene: Scene, step: Found) -> list[Move]:
    told, measure = step.told, step.measure
    sentence = measure.sentence
    telling = _telling(scene, step)
    places = _words(step)
    date_told = date_told_of(scene, step)
    name = "in force" if told.by_the_way and told.step in {"impose", "reimpose"} and not date_told else told.step
    particulars: dict[str, object] = {
        "source": step.sender, "target": step.target, "about": _kinds(step), "status": told.status,
        "date": date_told, "condition": _condition(sentence, told), "words": _text(sentence, places),
        "order": sentence.index * 1000 + told.carrier,
    }  # fmt: skip
    if told.step == "ask relief":
        asker = step.asker or step.target
        particulars |= {"source": asker, "target": step.sender}
        particulars["through"] = step.target if step.sender and set(step.target) != set(asker) else ()
    by = relieving_agreements(scene, step)
    made: list[Move] = []
    if not (by and told.step in RELIEF and told.status is not Status.OCCURRED) and not (by and _noun(step)):
        made.append(_write(scene, name, telling, sentence, places, particulars))
    if by and told.step in RELIEF:
        given = particulars | {"through": by, "date": particulars["date"] or _given_on(scene, by)}
        made.append(_write(scene, "relief by agreement", telling, sentence, places, given))
    return made


def _kinds(step: Found) -> tuple[str, ...]:
    """Give the kinds that a step is about; those that sanctions are widened to, where it says so."""
    sentence, carrier = step.measure.sentence, step.told.carrier
    if step.told.step != "widen":
        listed = not step.measure.kinds and sentence.tokens[step.measure.top].lemma.lower() in sanction_words().lists
        objects = step.told.burdened if listed else ()
        return step.measure.kinds or tuple(
            k for o in objects for k in sanction_words().kinds_in(reach_of(sentence, sentence.subtree(o)))
        )
    to = [c for c in sentence.children[carrier] if sentence.tokens[c].lemma in sanction_words().widened_to]
    found = [k for c in to for k in sanction_words().kinds_in(reach_of(sentence, sentence.subtree(c)))]
    return tuple(dict.fromkeys((*step.measure.kinds, *found)))


def _write(
    scene: Scene,
    step: str,
    telling: Telling | None,
    sentence: Sentence,
    places: list[int],
    particulars: dict[str, object],
) -> Move:
    if telling is not None:
        return scene.move(Board.SANCTIONS, step, telling, **particulars)
    return scene.move_without_event(Board.SANCTIONS, step, sentence, places, **particulars)


def _noun(step: Found) -> bool:
    """ "sanctions relief", "the lifting of sanctions": told as a thing, not as a deed."""
    return step.measure.sentence.tokens[step.told.carrier].part_of_speech == "NOUN"


def _telling(scene: Scene, step: Found) -> Telling | None:
    """Give the telling of the event that makes the step: its word is the step's, the measure's or the one above."""
    places = (step.told.decider, step.told.carrier, step.measure.head, step.measure.top)
    tellings = {telling.draft.act.trigger: telling for telling in scene.tellings_in(step.measure.sentence)}
    if step.told.presence:
        return None
    return next((tellings[place] for place in places if place is not None and place in tellings), None)


def _words(step: Found) -> list[int]:
    """Give the places of the step's words: the carrier with its measure, the measure alone where they stand far apart."""
    told, phrase = step.told, step.measure.phrase
    far = min(abs(told.carrier - place) for place in phrase) > 6
    if far or step.told.presence:
        return sorted(phrase)
    places = {told.carrier, *phrase, *(b for b in told.burdened if 0 < b - told.carrier <= 4)}
    sentence = step.measure.sentence
    if told.decider is not None and min(abs(told.decider - place) for place in places) <= 4:
        places.add(told.decider)
    for child in sentence.related(told.carrier, "aux", "auxpass", "neg"):
        places.add(child)
    return sorted(places)


def _text(sentence: Sentence, places: list[int]) -> str:
    return sentence.passage[sentence.tokens[places[0]].start : sentence.tokens[places[-1]].end]


def _condition(sentence: Sentence, told: Told) -> str | None:
    if told.presence:
        return None
    return condition_of(sentence, told.carrier)


def _given_on(scene: Scene, codes: tuple[str, ...]) -> str | None:
    """Give the day on which the agreement took force, where that was before the report."""
    agreement = agreements().get(codes[0])
    day = (agreement.in_force or agreement.signed) if agreement is not None else ""
    return day if day and scene.published and day <= scene.published else None
