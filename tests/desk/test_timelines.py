"""Acts counted by day, week, month or year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.desk.timelines import UNITS, counts_by_type, lanes, timeline, unit_for

from .acts import act

COUNTED = st.lists(
    st.tuples(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(1, 4), st.integers(1, 9)), max_size=40
)


def test_bars_have_no_gap_and_the_counts_of_their_days() -> None:
    found = timeline([(date(2014, 1, 30), 1, 2), (date(2014, 3, 2), 4, 1), (date(2014, 3, 31), 4, 5)], "month")
    assert [(period.name, period.first, period.last, period.acts) for period in found.periods] == [
        ("2014-01", "2014-01-01", "2014-01-31", (2, 0, 0, 0)),
        ("2014-02", "2014-02-01", "2014-02-28", (0, 0, 0, 0)),
        ("2014-03", "2014-03-01", "2014-03-31", (0, 0, 0, 6)),
    ]


def test_weeks_begin_on_mondays() -> None:
    found = timeline([(date(2014, 1, 1), 1, 1), (date(2014, 1, 6), 2, 1)], "week")
    assert [(period.first, period.last) for period in found.periods] == [
        ("2013-12-30", "2014-01-05"), ("2014-01-06", "2014-01-12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "unit"), [("2014-03-01", "day"), ("2015-12-31", "week"), ("2030-01-01", "month"), ("2100-01-01", "year")]
)
def test_the_unit_fits_the_time(last: str, unit: str) -> None:
    assert unit_for(date(2014, 1, 1), date.fromisoformat(last)) == unit


@given(COUNTED, st.sampled_from([None, *UNITS]))
def test_every_act_is_in_one_bar(counted: list[tuple[date, int, int]], unit: str | None) -> None:
    found = timeline(counted, unit)
    assert sum(period.total for period in found.periods) == sum(count for _, _, count in counted)
    told = found.as_json()
    assert len(told["periods"]) == len(told["first"]) == len(told["quads"]["4"]) <= 1_501


def test_days_of_many_years_become_longer_bars() -> None:
    assert timeline([(date(1814, 1, 1), 1, 1), (date(2014, 1, 1), 1, 1)], "day").unit == "year"
    assert timeline([(date(1, 1, 1), 1, 1), (date(9999, 12, 31), 2, 1)]).periods[-1].last == "9999-12-31"


@pytest.mark.parametrize("unit", UNITS)
def test_the_last_day_that_a_calendar_has_is_counted(unit: str) -> None:
    (period,) = timeline([(date.max, 1, 1)], unit).periods
    assert (period.last, period.total) == ("9999-12-31", 1)


STORY = (
    act("IRN", "ACCUSE", "USA", "2014-01-03"),
    act("USA", "SANCTION", "IRN/BUS", "2014-01-20"),
    act("USA", "SANCTION", "IRN", "2014-02-01", 1),
    act("IRN+USA", "CONSULT", "", "2014-02-03"),
    act("USA", "SUPPORT", "IRN", None),
)


def test_each_side_has_its_lane_on_one_axis() -> None:
    found = lanes(STORY, "IRN", "USA", "month")
    assert [period.acts for period in found.there.periods] == [(0, 0, 1, 0), (0, 0, 0, 0)]
    assert [period.acts for period in found.back.periods] == [(0, 0, 0, 1), (0, 0, 0, 1)]
    assert [period.acts for period in found.together.periods] == [(0, 0, 0, 0), (1, 0, 0, 0)]


def test_a_role_is_told_from_its_state() -> None:
    found = lanes(STORY, "IRN/BUS", "USA", "year")
    assert sum(period.total for period in found.back.periods) == 1


def test_types_are_counted_each_way() -> None:
    rows = {row.type: (row.there, row.back, row.together) for row in counts_by_type(STORY, "IRN", "USA")}
    assert rows == {"ACCUSE": (1, 0, 0), "SANCTION": (0, 2, 0), "CONSULT": (0, 0, 1), "SUPPORT": (0, 1, 0)}
    assert counts_by_type(STORY, "IRN", "USA")[0].type == "SANCTION"


def test_without_days_there_are_no_bars() -> None:
    assert lanes([act("USA", "SUPPORT", "IRN", None)], "IRN", "USA").there.periods == ()
