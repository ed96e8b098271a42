"""The measures, against numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.outlook.scores import (
    area_under_curve,
    brier,
    calibration_error,
    log_loss,
    reliability,
    share_range,
    skill,
)

FORESEEN = np.array([0.9, 0.8, 0.2, 0.1])
CAME = np.array([True, False, True, False])


def test_measures_by_hand() -> None:
    assert brier(FORESEEN, CAME) == pytest.approx((0.01 + 0.64 + 0.64 + 0.01) / 4)
    assert log_loss(FORESEEN, CAME) == pytest.approx(-(2 * math.log(0.9) + 2 * math.log(0.2)) / 4)
    assert area_under_curve(FORESEEN, CAME) == 0.75
    assert skill(0.1, 0.2) == 0.5
    assert skill(0.3, 0.2) == pytest.approx(-0.5)


def test_what_has_no_measure_is_none() -> None:
    assert area_under_curve(FORESEEN, np.ones(4, dtype=bool)) is None
    assert skill(0.1, 0.0) is None


def test_a_wrong_certainty_has_an_end() -> None:
    assert math.isfinite(log_loss(np.array([0.0]), np.array([True])))


def test_reliability_counts_each_forecast_once() -> None:
    bins = reliability(np.array([0.0, 0.005, 0.01, 0.15, 1.0]), np.array([False, False, False, True, True]))
    assert [(each.low, each.high, each.count, each.came) for each in bins] == [
        (0.0, 0.01, 3, 0.0),
        (0.1, 0.2, 1, 1.0),
        (0.9, 1.0, 1, 1.0),
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_bins_hold_all_and_the_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    foreseen, came = (np.array(column) for column in zip(*pairs, strict=True))
    assert sum(each.count for each in reliability(foreseen, came)) == len(pairs)
    assert 0 <= calibration_error(foreseen, came) <= 1


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_share_lies_in_its_range(hits: int, more: int) -> None:
    low, high = share_range(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) <= high <= 1
