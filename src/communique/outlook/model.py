"""What is learned from a history as of a day, as one record: the learners of dyads and of actors, and the rules' record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.features import Units
from communique.outlook.learning import Learned, learn
from communique.outlook.panel import population
from communique.outlook.precedents import RuleRecord, rule_record
from communique.outlook.settings import Settings, settings

LONGEST_HORIZON = 366
_LAST_DAY = date.max - timedelta(LONGEST_HORIZON)


@dataclass(frozen=True, slots=True, eq=False)
class OutlookModel:
    """All that was learned by a day for one horizon. `fingerprint` is that of the history known by then.

    `rules` are the record between any two actors; `rules_given` that of what followed an actor's acts toward anyone, and
    `rules_received` of what followed anyone's acts toward an actor, over all actors.
    """

    as_of: date
    horizon_days: int
    fingerprint: str
    settings: Settings
    of_dyads: Learned
    of_actors: Learned
    rules: RuleRecord
    rules_given: RuleRecord
    rules_received: RuleRecord


def learn_model(
    history: EventHistory, as_of: date | None = None, horizon_days: int = 30, numbers: Settings | None = None
) -> OutlookModel:
    """Learn from what was known at the end of a day (of the history's newest, where none is given).

    Raises UsageError for a horizon that is no number of days from 1 to LONGEST_HORIZON, and for an empty history.
    """
    numbers = numbers or settings()
    today = checked_day(history, as_of)
    check_horizon(horizon_days)
    known = history.until(today)
    actors = population(known, numbers, anyone=True)
    given, received = np.flatnonzero(actors.source), np.flatnonzero(actors.target)
    return OutlookModel(
        as_of=today,
        horizon_days=horizon_days,
        fingerprint=known.fingerprint(),
        settings=numbers,
        of_dyads=learn(known, today, horizon_days, numbers, anyone=False),
        of_actors=learn(known, today, horizon_days, numbers, anyone=True),
        rules=rule_record(known, units_known(known, numbers), today, horizon_days, numbers),
        rules_given=rule_record(known, actors, today, horizon_days, numbers, given),
        rules_received=rule_record(known, actors, today, horizon_days, numbers, received),
    )


def units_known(known: EventHistory, numbers: Settings) -> Units:
    """Give the dyads that rules are counted over: those with enough history."""
    return population(known, numbers, anyone=False)


def checked_day(history: EventHistory, as_of: date | None) -> date:
    """Give the day itself, or the newest of the history where it is None.

    Raises UsageError where there is none, and for a day so late that a horizon counted from it leaves the calendar.
    """
    if as_of is not None:
        check_day(as_of)
        return as_of
    if history.newest is None:
        raise UsageError("there are no dated events to look ahead from; add reports or import events first")
    return history.newest


def check_day(as_of: date) -> None:
    """Raise UsageError for a day so late that a horizon counted from it leaves the calendar."""
    if as_of > _LAST_DAY:
        raise UsageError(f"as_of {as_of}: no horizon can be counted from it; choose a day up to {_LAST_DAY}")


def check_horizon(horizon_days: int) -> None:
    """Raise UsageError for a horizon that cannot be."""
    if not 1 <= horizon_days <= LONGEST_HORIZON:
        raise UsageError(f"horizon {horizon_days!r}: give a number of days from 1 to {LONGEST_HORIZON}, such as 30")
