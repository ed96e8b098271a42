"""What the learner learns from: days of the past, what was known of each dyad then, and what came within the horizon.

Nothing here knows more than the history that it is given. An origin is taken only where its horizon has passed by
then, and its features are what was known on the origin itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from communique.outlook.event_history import EventHistory, Places
from communique.outlook.features import (
    Numbers,
    Snapshot,
    Units,
    actors_toward_anyone,
    acts_of,
    dyads,
    occurred,
    snapshot,
)
from communique.outlook.settings import Settings

_SEED = 20261126
_LEAST_ORIGINS = 3

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """One day of the past: what was known then (`snapshot`), what came within the horizon and within the one before.

    `came` and `came_before` are [units, targets]. `rows` are the units that are learned from, each standing for
    `weight` of its kind.
    """

    day: int
    units: Units
    snapshot: Snapshot
    came: Flags
    came_before: Flags
    rows: Places
    weight: Numbers


def origin_days(history: EventHistory, as_of: date, horizon_days: int, settings: Settings) -> list[int]:
    """Give the days to learn from, oldest first: their horizon has passed by `as_of` and in the history; none for too short a history."""
    if not len(history):
        return []
    step = max(1, round(settings.origin_step * horizon_days))
    first = int(history.known_on[0]) + round(settings.burn_in * horizon_days)
    last = history.seen_to(as_of) - horizon_days
    return sorted(range(last, first - 1, -step)[: settings.origins])


def population(history: EventHistory, settings: Settings, *, anyone: bool) -> Units:
    """Give the units with enough history to be learned from and foreseen."""
    return actors_toward_anyone(history, settings.least_events) if anyone else dyads(history, settings.least_events)


def origins(history: EventHistory, as_of: date, horizon_days: int, settings: Settings, *, anyone: bool) -> list[Origin]:
    """Give the origins of a history, with the rows that are learned from: all with an act, a part of the others."""
    known = history.until(as_of)
    days = origin_days(known, as_of, horizon_days, settings)
    drawn: list[Origin] = []
    for day in reversed(days):
        drawn.insert(0, origin_at(known, day, horizon_days, settings, anyone=anyone))
        # Very many dyads need fewer origins, and would not fit into memory with all of them.
        if len(drawn) >= _LEAST_ORIGINS and sum(len(each.units) for each in drawn) > 2 * settings.most_rows:
            break
    quiet = sum(int((~origin.came.any(axis=1)).sum()) for origin in drawn)
    eventful = sum(int(origin.came.any(axis=1).sum()) for origin in drawn)
    share = min(1.0, max(0.05, (settings.most_rows - eventful) / max(1, quiet)))
    return [_with_rows(origin, share) for origin in drawn]


def origin_at(known: EventHistory, day: int, horizon_days: int, settings: Settings, *, anyone: bool) -> Origin:
    """Look at one day: what was known then, and what is known now of the horizon after it."""
    then = date.fromordinal(day)
    before = known.until(then)
    units = population(before, settings, anyone=anyone)
    count = len(units)
    return Origin(
        day=day,
        units=units,
        snapshot=snapshot(before, units, then, horizon_days, settings),
        came=occurred(acts_of(known, units), count, day, day + horizon_days),
        came_before=occurred(acts_of(before, units), count, day - horizon_days, day),
        rows=np.arange(count),
        weight=np.ones(count),
    )


def _with_rows(origin: Origin, share: float) -> Origin:
    """Keep all rows with an act and about `share` of the others, the same ones each time."""
    eventful: Flags = np.any(origin.came, axis=1)
    drawn = np.random.default_rng(_SEED + origin.day).random(len(eventful)) < share
    rows = np.flatnonzero(eventful | drawn)
    weight = np.where(eventful[rows], 1.0, 1.0 / share)
    return Origin(origin.day, origin.units, origin.snapshot, origin.came, origin.came_before, rows, weight)
