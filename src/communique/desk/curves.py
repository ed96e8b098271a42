"""How relations went over time: the score of two actors on many days, and of all actors on one, for charts.

The same weights, decay and prior as the board of alignments (`standing.alignments`), worked out at once for many days
where the board folds one. Pure functions of the events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from communique.actors.resolver import bare
from communique.records import KeptEvent
from communique.standing.alignment_dyads import Dyads, dyads
from communique.standing.alignment_turns import TurningPoint, turning_points
from communique.standing.alignment_weights import weights

POINTS = 60


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a relation was on an ISO day: its score, −1 … 1, and the decayed evidence behind it."""

    day: str
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Curve:
    """How two actors stood to each other, oldest day first, with the days on which it turned for good."""

    a: str
    b: str
    points: tuple[CurvePoint, ...] = ()
    turns: tuple[TurningPoint, ...] = ()

    def as_json(self, name: str) -> dict[str, Any]:
        """Give what a chart draws under a name: days with scores, and the turning points."""
        points = [[point.day, point.score] for point in self.points]
        return {"name": name, "points": points, "turns": [asdict(turn) for turn in self.turns]}


@dataclass(frozen=True, slots=True)
class Tie:
    """How two actors stood on one day: score −1 … 1, decayed evidence, the kind it is named by, how many acts, the last."""

    a: str
    b: str
    score: float
    weight: float
    kind: str
    acts: int
    last_day: str | None

    def other(self, code: str) -> str:
        """Give the one that is not `code`."""
        return self.b if self.a == code else self.a


def relation_curve(
    events: Iterable[KeptEvent], a: str, b: str, days: Iterable[date] | None = None, *, with_turns: bool = True
) -> Curve:
    """Give the curve of two actors, roles aside, from the acts between them (others may be among them).

    Without `days` POINTS of them are taken, from the first act to the last. It is empty where nothing was between them.
    Turning points take longer than all the rest and can be left out.
    """
    numbers = weights()
    one, other = sorted((bare(a), bare(b)))
    laid_out = dyads(events, None, (one,), numbers)
    if (one, other) not in laid_out.pairs:
        return Curve(one, other)
    number = laid_out.pairs.index((one, other))
    own = slice(laid_out.first[number], laid_out.first[number + 1])
    day, value, weight = laid_out.day[own], laid_out.value[own], laid_out.weight[own]
    known = day[~np.isnan(day)]
    if days is None:
        if not len(known):
            return Curve(one, other)
        days = spread(date.fromordinal(int(known.min())), date.fromordinal(int(known.max())))
    wanted = sorted(set(days))
    age = np.nan_to_num(np.array([each.toordinal() for each in wanted], dtype=np.float64)[:, None] - day[None, :])
    decayed = np.where(age >= 0, weight * np.exp2(-np.maximum(age, 0.0) / numbers.half_life_days), 0.0)
    evidence = decayed.sum(axis=1)
    score = (decayed * value).sum(axis=1) / (evidence + numbers.prior)
    points = tuple(
        CurvePoint(each.isoformat(), round(float(said), 3), round(float(behind), 3))
        for each, said, behind in zip(wanted, score, evidence, strict=True)
    )
    return Curve(one, other, points, turning_points(day, value, weight, numbers) if with_turns else ())


def spread(first: date, last: date, most: int = POINTS) -> tuple[date, ...]:
    """Give at most `most` days spread evenly from the first to the last, both included."""
    span = max(0, (last - first).days)
    count = max(1, min(most - 1, span))
    return tuple(dict.fromkeys(first + timedelta(days=round(place * span / count)) for place in range(count + 1)))


def laid_out(events: Iterable[KeptEvent]) -> Dyads:
    """Lay out all events by dyad, for `ties_at`."""
    return dyads(events, None, (), weights())


def ties_at(laid: Dyads, as_of: date | None = None, least_weight: float | None = None) -> tuple[Tie, ...]:
    """Give the ties of all actors as they stood on a day (by all that is known, where it is None), by their codes.

    Only those with more evidence than `least_weight`, that of data/alignments.yaml where it is None. Scores are those
    of `alignments(events, as_of)`.
    """
    numbers = weights()
    known = laid.day[~np.isnan(laid.day)]
    now = float(as_of.toordinal()) if as_of else float(known.max()) if len(known) else 0.0
    age = np.nan_to_num(now - laid.day)
    decayed = np.where(age >= 0, laid.weight * np.exp2(-np.maximum(age, 0.0) / numbers.half_life_days), 0.0)
    of_pair, count = laid.of_pair, len(laid.pairs)
    evidence = np.bincount(of_pair, decayed, count)
    score = np.bincount(of_pair, decayed * laid.value, count) / (evidence + numbers.prior)
    friendly = np.bincount(of_pair, decayed * (laid.value > 0), count)
    least = numbers.least_weight if least_weight is None else least_weight
    made = []
    for number in np.flatnonzero((evidence > 0) & (evidence >= least)).tolist():
        own = slice(laid.first[number], laid.first[number + 1])
        days = laid.day[own][age[own] >= 0]
        dated = days[~np.isnan(days)]
        last = date.fromordinal(int(dated.max())).isoformat() if len(dated) else None
        said, behind = float(score[number]), float(evidence[number])
        kind = numbers.kind(said, behind, float(friendly[number]) / behind)
        made.append(Tie(*laid.pairs[number], round(said, 3), round(behind, 3), kind, len(days), last))
    return tuple(made)
