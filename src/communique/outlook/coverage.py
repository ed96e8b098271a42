"""Whether ranges hold what they promise: the share of forecasts that came, against the mean range of these forecasts.

The range of one forecast cannot be checked, for its act comes or does not. So forecasts are taken together that were
made at one origin: those of one kind, and those of about one probability. In nine of ten such groups (data/outlook.yaml,
`range`) the share that came should lie in the mean range of the group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.outlook.scores import BIN_EDGES, Flags, Numbers, bin_of

LEAST_FORECASTS = 50
"""Fewer forecasts of about one probability than this say nothing of a range."""
_REACH = 1.645


@dataclass(frozen=True, slots=True)
class RangeCheck:
    """In how many groups of forecasts the share that came lay in the range.

    `near` counts those too in which it lay no further outside than chance alone takes so many forecasts, nine times
    in ten.
    """

    groups: int
    held: int
    near: int

    def __add__(self, other: RangeCheck) -> RangeCheck:
        return RangeCheck(self.groups + other.groups, self.held + other.held, self.near + other.near)


NO_GROUPS = RangeCheck(0, 0, 0)


@dataclass(frozen=True, slots=True)
class RangeBin:
    """The forecasts of about one probability, of all types: their mean range, and in how many origins it held.

    `low` … `high` are the edges of the bin, `range_low` … `range_high` the mean range of the forecasts in it.
    """

    low: float
    high: float
    range_low: float
    range_high: float
    check: RangeCheck


@dataclass(frozen=True, slots=True, eq=False)
class Ranged:
    """What was foreseen at one origin with its range, and what came: arrays of one shape."""

    foreseen: Numbers
    low: Numbers
    high: Numbers
    came: Flags

    def only(self, chosen: Flags | tuple[slice, list[int]]) -> Ranged:
        """Give some of them, as numpy chooses, one below the other."""
        return Ranged(
            self.foreseen[chosen].ravel(),
            self.low[chosen].ravel(),
            self.high[chosen].ravel(),
            self.came[chosen].ravel(),
        )


def checked(group: Ranged) -> RangeCheck:
    """Hold one group of forecasts against its mean range; NO_GROUPS for none."""
    if not group.foreseen.size:
        return NO_GROUPS
    share, low, high = float(group.came.mean()), float(group.low.mean()), float(group.high.mean())
    chance = _REACH * float(np.sqrt(np.sum(group.foreseen * (1.0 - group.foreseen)))) / group.foreseen.size
    return RangeCheck(1, int(low <= share <= high), int(low - chance <= share <= high + chance))


def range_bins(origins: list[Ranged]) -> tuple[RangeBin, ...]:
    """Hold the forecasts of each origin against their ranges, by the bins of BIN_EDGES that have any."""
    bins = []
    for number in range(len(BIN_EDGES) - 1):
        groups = [origin.only(bin_of(origin.foreseen) == number) for origin in origins]
        count = sum(group.foreseen.size for group in groups)
        if not count:
            continue
        check = sum((checked(each) for each in groups if each.foreseen.size >= LEAST_FORECASTS), NO_GROUPS)
        low, high = (
            sum(float(ends.sum()) for ends in each) / count
            for each in zip(*((g.low, g.high) for g in groups), strict=True)
        )
        bins.append(RangeBin(BIN_EDGES[number], BIN_EDGES[number + 1], low, high, check))
    return tuple(bins)
