"""Replays the past: learn on a day from what was known then, foresee, and hold it against what came.

At each origin everything is learned anew from the history cut off at that day; nothing of what came later reaches
the forecasts. They are held against two baselines. Climatology is the dyad's own base rate at the origin, drawn a
little toward that of all dyads: what someone would say who only counts. Persistence says that what came in the last
window comes again: with the share in which that held so far, not with 0 and 1, which would be too easy to beat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from communique.errors import UsageError
from communique.ontology.loader import TYPES
from communique.outlook.coverage import NO_GROUPS, RangeBin, RangeCheck, Ranged, checked, range_bins
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS
from communique.outlook.forecast import quad_number
from communique.outlook.kinds import QUADS
from communique.outlook.learning import learn
from communique.outlook.model import check_horizon
from communique.outlook.panel import origin_at, origin_days
from communique.outlook.scores import (
    Flags,
    Numbers,
    ReliabilityBin,
    area_under_curve,
    brier,
    calibration_error,
    log_loss,
    reliability,
    skill,
)
from communique.outlook.settings import Settings, settings

_LEAST_TRAINING_ORIGINS = 3


@dataclass(frozen=True, slots=True)
class Score:
    """How good the forecasts of one kind were, beside both baselines; `kind` may be "all types" or "all quads".

    A skill below 0 means that the baseline was better. `auc` is None where only one outcome was seen. `learned` is
    the share of the forecasts that were learned; the others were base rates. `ranges` tells in how many groups of them,
    of one kind and one origin each, the share that came lay in their mean range.
    """

    kind: str
    quad: int | None
    forecasts: int
    came: int
    learned: float
    brier: float
    brier_climatology: float
    brier_persistence: float
    skill_climatology: float | None
    skill_persistence: float | None
    log_loss: float
    log_loss_climatology: float
    log_loss_persistence: float
    auc: float | None
    auc_climatology: float | None
    calibration_error: float
    ranges: RangeCheck = NO_GROUPS

    @property
    def is_below_baseline(self) -> bool:
        """Tell whether one of the baselines did better."""
        return any(value is not None and value < 0 for value in (self.skill_climatology, self.skill_persistence))


@dataclass(frozen=True, slots=True)
class OriginScore:
    """One origin over all types: its day, how many directed dyads were foreseen, Brier score and skill."""

    as_of: str
    dyads: int
    brier: float
    skill_climatology: float | None
    skill_persistence: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a replay of the past gave. `scores` has all types and all quads first, then each kind.

    `reliability` is over all types together, and so are `ranges`: whether the ranges of forecasts of about one
    probability held at the origins. `note` says what a reader must know, or is None.
    """

    horizon_days: int
    origins: tuple[OriginScore, ...]
    scores: tuple[Score, ...]
    reliability: tuple[ReliabilityBin, ...]
    note: str | None = None
    ranges: tuple[RangeBin, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Give the result as nested dictionaries and lists, ready for JSON."""
        return asdict(self)

    def score(self, kind: str) -> Score:
        """Give the score of a kind; KeyError where there is none."""
        for each in self.scores:
            if each.kind == kind:
                return each
        raise KeyError(kind)


@dataclass(slots=True)
class _Collected:
    """What was foreseen and what came, an array an origin."""

    foreseen: list[Numbers] = field(default_factory=list)
    climatology: list[Numbers] = field(default_factory=list)
    persistence: list[Numbers] = field(default_factory=list)
    came: list[Flags] = field(default_factory=list)
    learned: list[Flags] = field(default_factory=list)
    low: list[Numbers] = field(default_factory=list)
    high: list[Numbers] = field(default_factory=list)

    def ranged(self, targets: list[int]) -> list[Ranged]:
        """Give what was foreseen of some targets with its ranges, an origin each."""
        arrays = zip(self.foreseen, self.low, self.high, self.came, strict=True)
        return [Ranged(*each).only((slice(None), targets)) for each in arrays]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What was foreseen and what came, one below the other."""

    foreseen: Numbers
    climatology: Numbers
    persistence: Numbers
    came: Flags
    learned: Flags

    def only(self, targets: list[int]) -> _Columns:
        return _Columns(
            self.foreseen[:, targets].ravel(),
            self.climatology[:, targets].ravel(),
            self.persistence[:, targets].ravel(),
            self.came[:, targets].ravel(),
            self.learned[:, targets].ravel(),
        )


def backtest(
    history: EventHistory,
    horizon_days: int = 30,
    origins: int = 6,
    since: date | None = None,
    until: date | None = None,
    *,
    of_actors: bool = False,
    numbers: Settings | None = None,
    seen: Callable[[date], None] | None = None,
) -> Backtest:
    """Foresee from rolling origins, one horizon apart, and score what was foreseen of all dyads with enough history.

    The last origin is the one whose horizon ends on `until` (the newest day of the history where it is None); at most
    `origins` are taken, none before `since` or before there is enough to learn from. With
    `of_actors` what is foreseen is each actor toward anyone and anyone toward it. `seen` is called with each origin as
    it is done, for progress.

    Raises UsageError for a horizon that cannot be, and for a history too short for one origin.
    """
    numbers = numbers or settings()
    check_horizon(horizon_days)
    days = backtest_days(history, horizon_days, origins, since, until, numbers)
    if not days:
        raise UsageError(
            f"the history is too short for a backtest of {horizon_days} days:"
            f" from {history.oldest or 'nothing'} to {history.newest or 'nothing'}; give a shorter horizon or more events"
        )
    collected, per_origin = _Collected(), []
    for day in days:
        per_origin.append(_replay(history, day, horizon_days, numbers, collected, of_actors))
        if seen is not None:
            seen(date.fromordinal(day))
    return _scored(horizon_days, tuple(each for each in per_origin if each is not None), collected)


def backtest_days(
    history: EventHistory, horizon_days: int, origins: int, since: date | None, until: date | None, numbers: Settings
) -> list[int]:
    """Give the origins, oldest first: one horizon apart, each with something to learn from before it."""
    if not len(history):
        return []
    end = min(int(history.known_on[-1]), (until or date.max).toordinal())
    days: list[int] = []
    day = end - horizon_days
    while len(days) < origins and (since is None or day >= since.toordinal()) and day > 1:
        if len(origin_days(history, date.fromordinal(day), horizon_days, numbers)) < _LEAST_TRAINING_ORIGINS:
            break
        days.append(day)
        day -= horizon_days
    return days[::-1]


def _replay(
    history: EventHistory, day: int, horizon_days: int, numbers: Settings, collected: _Collected, of_actors: bool
) -> OriginScore | None:
    """Learn and foresee at one origin from what was known then; only `came` looks at what came after."""
    then = date.fromordinal(day)
    learned = learn(history.until(then), then, horizon_days, numbers, anyone=of_actors)
    origin = origin_at(history, day, horizon_days, numbers, anyone=of_actors)
    if not len(origin.units):
        return None
    foreseen, low, high = learned.probabilities(origin.snapshot, np.arange(len(origin.units)))
    climatology = origin.snapshot.base_rate
    persistence = np.where(origin.came_before, learned.persistence[:, 1], learned.persistence[:, 0])
    collected.foreseen.append(foreseen)
    collected.low.append(low)
    collected.high.append(high)
    collected.climatology.append(climatology)
    collected.persistence.append(persistence)
    collected.came.append(origin.came)
    collected.learned.append(np.tile(learned.is_learned, (len(origin.units), 1)))
    types = slice(0, len(TYPES))
    own, of_climatology, of_persistence = (
        brier(each[:, types], origin.came[:, types]) for each in (foreseen, climatology, persistence)
    )
    return OriginScore(then.isoformat(), len(origin.units), own, skill(own, of_climatology), skill(own, of_persistence))


def _scored(horizon_days: int, origins: tuple[OriginScore, ...], collected: _Collected) -> Backtest:
    if not origins:
        return Backtest(horizon_days, (), (), (), "no dyad had enough history at any origin")
    every = _Columns(
        np.concatenate(collected.foreseen),
        np.concatenate(collected.climatology),
        np.concatenate(collected.persistence),
        np.concatenate(collected.came),
        np.concatenate(collected.learned),
    )
    types, quads = list(range(len(TYPES))), list(range(len(TYPES), len(TARGETS)))
    groups: list[tuple[str, int | None, list[int]]] = [("all types", None, types), ("all quads", None, quads)]
    groups += [(kind, quad_number(kind), [place]) for place, kind in enumerate(TARGETS)]
    scores = tuple(_score(kind, quad, every.only(places), _ranges(collected, places)) for kind, quad, places in groups)
    below = [each.kind for each in scores if each.is_below_baseline and each.kind in (*TYPES, *QUADS)]
    note = f"a baseline did better at: {', '.join(below)}" if below else None
    of_types = every.only(types)
    bins = reliability(of_types.foreseen, of_types.came)
    return Backtest(horizon_days, origins, scores, bins, note, range_bins(collected.ranged(types)))


def _ranges(collected: _Collected, targets: list[int]) -> RangeCheck:
    """Hold the forecasts of each kind from each origin against their mean range."""
    groups = [group for target in targets for group in collected.ranged([target])]
    return sum((checked(group) for group in groups), NO_GROUPS)


def _score(kind: str, quad: int | None, columns: _Columns, ranges: RangeCheck) -> Score:
    foreseen, came = columns.foreseen, columns.came
    own, of_climatology, of_persistence = (
        brier(each, came) for each in (foreseen, columns.climatology, columns.persistence)
    )
    return Score(
        kind=kind,
        quad=quad,
        forecasts=len(came),
        came=int(came.sum()),
        learned=float(columns.learned.mean()),
        brier=own,
        brier_climatology=of_climatology,
        brier_persistence=of_persistence,
        skill_climatology=skill(own, of_climatology),
        skill_persistence=skill(own, of_persistence),
        log_loss=log_loss(foreseen, came),
        log_loss_climatology=log_loss(columns.climatology, came),
        log_loss_persistence=log_loss(columns.persistence, came),
        auc=area_under_curve(foreseen, came),
        auc_climatology=area_under_curve(columns.climatology, came),
        calibration_error=calibration_error(foreseen, came),
        ranges=ranges,
    )
