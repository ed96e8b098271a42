"""Ranges are held against what came, and widened by how whole horizons have swung."""

from __future__ import annotations

import numpy as np
import pytest

from communique.outlook.coverage import NO_GROUPS, RangeCheck, Ranged, checked, range_bins
from communique.outlook.swings import swing

CHANCE = np.random.default_rng(5)


def ranged(foreseen: float, low: float, high: float, came: int, count: int) -> Ranged:
    return Ranged(np.full(count, foreseen), np.full(count, low), np.full(count, high), np.arange(count) < came)


CHECKED = [
    # 100 forecasts of 20 %: chance alone takes their share up to 6.6 points off.
    (20, RangeCheck(1, 1, 1)),
    (25, RangeCheck(1, 1, 1)),
    (30, RangeCheck(1, 0, 1)),
    (35, RangeCheck(1, 0, 0)),
]


@pytest.mark.parametrize(("came", "expected"), CHECKED)
def test_a_group_holds_where_the_share_that_came_lies_in_the_mean_range(came: int, expected: RangeCheck) -> None:
    assert checked(ranged(0.2, 0.15, 0.25, came, 100)) == expected


def test_bins_count_origins_with_enough_forecasts() -> None:
    origins = [ranged(0.15, 0.12, 0.18, 15, 100), ranged(0.15, 0.12, 0.18, 40, 100), ranged(0.15, 0.12, 0.18, 5, 10)]
    (only,) = range_bins(origins)
    assert (only.low, only.high) == (0.1, 0.2)
    assert only.range_low == pytest.approx(0.12)
    assert only.range_high == pytest.approx(0.18)
    assert only.check == RangeCheck(2, 1, 1)
    assert checked(ranged(0.1, 0.0, 0.2, 0, 0)) == NO_GROUPS


def _months(shock: float, count: int) -> tuple[list[np.ndarray], list[np.ndarray], list[np.ndarray]]:
    """Months of 4,000 dyads foreseen at 20 %, each month off by a shock of its own in log-odds."""
    foreseen = [np.full(4_000, 0.2) for _ in range(count)]
    odds = np.log(0.2 / 0.8) + shock * CHANCE.standard_normal(count)
    came = [(CHANCE.random(4_000) < 1 / (1 + np.exp(-each))).astype(float) for each in odds]
    return foreseen, came, [np.ones(4_000) for _ in range(count)]


def test_a_world_that_swings_is_told_from_one_that_does_not() -> None:
    assert swing(*_months(0.0, 60), horizons=60, share=0.9) < 0.1
    assert swing(*_months(0.5, 60), horizons=60, share=0.9) == pytest.approx(0.5, abs=0.15)


def test_few_horizons_make_it_wider_and_none_at_all_make_none() -> None:
    months = _months(0.5, 12)
    assert swing(*months, horizons=3, share=0.9) > 1.8 * swing(*months, horizons=12, share=0.9)
    assert swing([], [], [], horizons=0, share=0.9) == 0.0
