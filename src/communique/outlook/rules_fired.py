"""Which rules recent acts have set off between two actors, the best of them in words with their record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from communique.outlook.event_history import ANYONE, EventHistory
from communique.outlook.features import TARGETS, Snapshot, Units
from communique.outlook.model import OutlookModel
from communique.outlook.precedents import (
    OTHER_WAY,
    SAME_WAY,
    RuleRecord,
    antecedents,
    antecedents_of,
    rows_of_unit,
    rules_of_unit,
)
from communique.outlook.records import FiredEvent, Precedent
from communique.outlook.wording import told

_WORLD_WEIGHT = 10.0
"""The world's record counts like so many cases of the dyad's own when rules are ranked."""
_LEAST_WORLD_CASES = 20
_SHOWN_EVENTS = 3
_NEARLY = 0.97
_LEAST_WEIGHT = 0.5
"""A rule that moves the base rate less than this, in standard errors, says nothing worth reading."""


@dataclass(frozen=True, slots=True, eq=False)
class Fired:
    """What has just happened in one direction: antecedent → the events of it, newest first; the dyad's record, and the world's."""

    source: str
    target: str
    events: dict[int, tuple[FiredEvent, ...]]
    record: RuleRecord
    world: RuleRecord


def fired(known: EventHistory, units: Units, unit: int, snapshot: Snapshot, model: OutlookModel) -> Fired:
    """Find what one side has done to the other within the last horizon, and how such acts were followed so far."""
    horizon_days = model.horizon_days
    recent = np.flatnonzero(
        rows_of_unit(known, units, unit) & (known.day > snapshot.as_of - horizon_days) & (known.day <= snapshot.as_of)
    )
    recent = recent[np.argsort(-known.day[recent], kind="stable")]
    names = antecedents()
    events: dict[int, dict[str, FiredEvent]] = {}
    for numbers in antecedents_of(known.chosen(recent)):
        for row, number in zip(recent.tolist(), numbers.tolist(), strict=True):
            if number >= 0:
                event = _event(known, row, names[number])
                # One act toward three others is one act.
                events.setdefault(number, {}).setdefault(event.event_id, event)
    record = rules_of_unit(
        known, units, unit, snapshot.base_rate, known.seen_to(date.fromordinal(snapshot.as_of)), horizon_days
    )
    return Fired(
        source=known.actors[units.source[unit]],
        target=known.actors[units.target[unit]],
        events={number: tuple(found.values()) for number, found in sorted(events.items())},
        record=record,
        world=model.rules if not units.anyone else model.rules_given if units.source[unit] else model.rules_received,
    )


def _event(known: EventHistory, row: int, antecedent: str) -> FiredEvent:
    source, target = known.actors[known.source[row]], known.actors[known.target[row]]
    return FiredEvent(
        event_id=known.event_ids[known.event[row]],
        date=date.fromordinal(int(known.day[row])).isoformat(),
        source=source,
        target=target,
        kind=known.modes[known.mode[row]],
        words=told(antecedent, source, target),
    )


def precedents(
    both_ways: tuple[Fired, Fired], target: int, base_rate: float, horizon_days: int, most: int = 3
) -> tuple[Precedent, ...]:
    """Give the rules that bear most on one kind of act by the first of two sides, the weightiest first.

    `both_ways` are what the acting side did to the other, and what the other did to it. Of a type and its modes only
    the one that says most is given.
    """
    ranked: dict[tuple[str, int], tuple[float, Precedent]] = {}
    for direction, side in ((SAME_WAY, both_ways[0]), (OTHER_WAY, both_ways[1])):
        for number, events in side.events.items():
            found = _precedent(side, both_ways[0], number, direction, target, base_rate, horizon_days, events)
            if found is None:
                continue
            weight, precedent = found
            place = (precedent.antecedent.partition("/")[0], direction)
            if place not in ranked or abs(weight) > abs(ranked[place][0]):
                ranked[place] = (weight, precedent)
    chosen = sorted(ranked.values(), key=lambda each: (-abs(each[0]), each[1].antecedent, each[1].by))
    return tuple(precedent for _, precedent in chosen[:most])


def _precedent(
    side: Fired,
    acting: Fired,
    number: int,
    direction: int,
    target: int,
    base_rate: float,
    horizon_days: int,
    events: tuple[FiredEvent, ...],
) -> tuple[float, Precedent] | None:
    world, own = side.world, side.record
    cases, held = float(own.cases[number]), float(own.held[number, direction, target])
    world_cases, world_held = float(world.cases[number]), float(world.held[number, direction, target])
    if world_cases < _LEAST_WORLD_CASES:
        return None
    world_base = float(world.expected[number, direction, target]) / world_cases
    elsewhere = min(_NEARLY, base_rate * (world_held + 1.0) / (world_base * world_cases + 1.0))
    share = (held + _WORLD_WEIGHT * elsewhere) / (cases + _WORLD_WEIGHT)
    weight = (share - base_rate) * np.sqrt((cases + _WORLD_WEIGHT) / (base_rate * (1.0 - base_rate)))
    if abs(weight) < _LEAST_WEIGHT:
        return None
    antecedent, then = antecedents()[number], TARGETS[target]
    precedent = Precedent(
        antecedent=antecedent,
        by=side.source,
        on=side.target,
        then=then,
        source=acting.source,
        target=acting.target,
        held=int(held),
        cases=int(cases),
        base_rate=base_rate,
        world_held=int(world_held),
        world_cases=int(world_cases),
        world_base_rate=world_base,
        words=_words(horizon_days, antecedent, side, then, acting, int(held), int(cases), base_rate)
        + f"; {_elsewhere(side)} in {world_held:.0f} of {world_cases:.0f}, where their base rates give {world_base:.0%}",
        fired_by=events[:_SHOWN_EVENTS],
    )
    return float(weight), precedent


def _elsewhere(side: Fired) -> str:
    return "of all actors" if ANYONE in (side.source, side.target) else "between any two actors"


def _words(
    horizon_days: int, antecedent: str, side: Fired, then: str, acting: Fired, held: int, cases: int, base_rate: float
) -> str:
    before = told(antecedent, side.source, side.target)
    after = told(then, acting.source, acting.target)
    if not cases:
        return f"within {horizon_days} days after {before}, {after}: no such case has run its course yet"
    counted = f"in {held} of {cases} case{'' if cases == 1 else 's'}"
    return f"within {horizon_days} days after {before}, {after} {counted}, against {base_rate:.0%} of all windows"
