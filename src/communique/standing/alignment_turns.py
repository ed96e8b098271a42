"""Turning points of a relation: the days on which its mean score broke for good, found by ruptures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from communique.standing.alignment_weights import Weights

if TYPE_CHECKING:
    from communique.standing.alignment_dyads import Numbers

_DAYS_OF_WEEK = 7
_DAYS_OF_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """On `date` (the day of the first event behind the break) the mean score went from `before` to `after`."""

    date: str
    before: float
    after: float


def turning_points(day: Numbers, value: Numbers, weight: Numbers, numbers: Weights) -> tuple[TurningPoint, ...]:
    """Give the turning points of one dyad, oldest first; its events are given oldest first, days as ordinals.

    Dyads with too few events, or events in too few weeks or months, have none.
    """
    limits = numbers.turning
    known = ~np.isnan(day)
    day, value, weight = day[known], value[known], weight[known]
    if len(day) < limits["least_events"]:
        return ()
    length = _DAYS_OF_WEEK if day[-1] - day[0] <= limits["weekly_up_to"] else _DAYS_OF_MONTH
    _, start, of_period = np.unique((day - day[0]) // length, return_index=True, return_inverse=True)
    if len(start) < limits["least_periods"]:
        return ()
    evidence = np.bincount(of_period, weight)
    score = np.bincount(of_period, weight * value) / (evidence + numbers.prior)
    return _merged(day, start, score, _breaks(score, limits["penalty"], int(limits["least_stretch"])), limits["least"])


def _breaks(score: Numbers, penalty: float, least_stretch: int) -> list[int]:
    """Give the places at which a new stretch begins, first and last place included."""
    # ruptures brings scipy, which takes longer to load than a whole board to fold.
    import ruptures

    noise = float(np.median(np.abs(np.diff(score)))) / 0.954
    cost = penalty * max(noise, 0.05) ** 2 * np.log(len(score))
    found = (
        ruptures.KernelCPD(kernel="linear", min_size=least_stretch).fit(score.reshape(-1, 1)).predict(pen=float(cost))
    )
    return [0, *map(int, found)]


def _merged(
    day: Numbers, start: npt.NDArray[np.intp], score: Numbers, places: list[int], least: float
) -> tuple[TurningPoint, ...]:
    """Drop the breaks that are too small to matter, the smallest first."""
    while len(places) > 2:
        means = [float(score[low:high].mean()) for low, high in pairwise(places)]
        steps = [abs(after - before) for before, after in pairwise(means)]
        smallest = min(range(len(steps)), key=steps.__getitem__)
        if steps[smallest] >= least:
            return tuple(
                TurningPoint(
                    date.fromordinal(int(day[start[place]])).isoformat(),
                    round(means[number], 3),
                    round(means[number + 1], 3),
                )
                for number, place in enumerate(places[1:-1])
            )
        del places[smallest + 1]
    return ()
