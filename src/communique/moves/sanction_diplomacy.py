"""Measures that the coder finds as acts: envoys expelled, ties broken, members suspended, aid cut; and their end.

These need no word for a measure, so the event itself makes the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.actors.resolver import bare, is_state
from communique.moves.sanction_words import sanction_words
from communique.moves.scene import Scene, Telling
from communique.records import Board, Event, Move, Status

_DIPLOMATIC = "diplomatic"
_KINDS = {"expel": _DIPLOMATIC, "break-ties": _DIPLOMATIC, "aid": "aid"}
_STEPS = {Status.OCCURRED: "impose", Status.PLANNED: "threaten"}
# Roles by which a state is meant; to expel a doctor is no measure against his state.
_THE_STATE = frozenset({"", "GOV"})


def find_acts_as_measures(scene: Scene, found: Iterable[Move]) -> Iterator[Move]:
    """Give the steps that events make, but for those `found` by their words already."""
    told = {(move.sentence, code, kind) for move in found for code in move.source for kind in move.about}
    for telling in scene.tellings:
        made = _step(telling)
        if made is None:
            continue
        step, kind = made
        event = telling.event
        sender = _senders(event, kind)
        target = tuple(dict.fromkeys(bare(code) for code in event.target if code.partition("/")[2] in _THE_STATE))
        if step == "lift" and not event.target and len(sender) > 1:
            target = sender  # "the two states restored relations"
        if not sender or not target or (target != sender and set(sender) & set(target)):
            continue
        if not any((telling.sentence.index, code, kind) in told for code in sender):
            yield scene.move(
                Board.SANCTIONS, step, telling, source=sender, target=target, about=(kind,), date=_day(scene, event)
            )


def _step(telling: Telling) -> tuple[str, str] | None:
    """Give the step that an event makes and its kind, None where it makes none."""
    event, words = telling.event, sanction_words()
    if event.type == "SANCTION" and event.mode in _KINDS and event.status in _STEPS:
        if event.mode == "aid" and not telling.reach.holds(*words.aid_words):  # "cut off the gas"
            return None
        sends_away = telling.trigger in words.sends_away  # "suspended Niger" needs no envoy
        if event.mode != "aid" and not sends_away and not telling.reach.holds(*words.diplomatic_words):
            return None
        return _STEPS[event.status], _KINDS[event.mode]
    if event.status is not Status.OCCURRED:
        return None
    if event.type == "THREATEN" and telling.reach.holds(*words.diplomatic_words) and _threatens(telling):
        return "threaten", _DIPLOMATIC
    if telling.trigger in words.takes_in_again and event.type in {
        "SUPPORT",
        "COOPERATE",
        "AGREE",
        "CONCEDE",
        "RETREAT",
    }:
        membership = telling.trigger == "readmit" or telling.reach.holds(*words.diplomatic_bonds)
        return ("lift", _DIPLOMATIC) if membership else None
    if event.type == "RETREAT" and words.verbs.get(telling.trigger) == "lift" and telling.reach.holds("suspension"):
        return "lift", _DIPLOMATIC
    return None


def _threatens(telling: Telling) -> bool:
    """Tell whether what is threatened is to send away or to break with another."""
    return telling.reach.holds(*sanction_words().breaks_with)


def _senders(event: Event, kind: str) -> tuple[str, ...]:
    words = sanction_words()
    codes = dict.fromkeys(bare(code) for code in event.source if code.partition("/")[2] in _THE_STATE | {"LEG"})
    if kind == "aid":  # lenders that stop a credit impose nothing
        return tuple(code for code in codes if is_state(code) or code in words.usual_senders)
    return tuple(codes)


def _day(scene: Scene, event: Event) -> str | None:
    """Give the event's date where it is no later than its report: "in July", told in May of what was done, is unknown."""
    day, published = event.date, scene.published
    if event.status is Status.OCCURRED and day and published and day > published[: len(day)]:
        return None
    return day
