"""Curves and ties say of each day what the board of alignments says of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.desk.curves import POINTS, laid_out, relation_curve, spread, ties_at
from communique.records import KeptEvent
from communique.standing.alignments import alignments

from .acts import act

STORY = (
    act("USA", "SANCTION", "RUS", "2014-03-17"),
    act("RUS", "ACCUSE", "USA", "2014-03-20"),
    act("USA+RUS", "CONSULT", "", "2014-04-17"),
    act("CHN", "COOPERATE", "RUS", "2014-05-21"),
    act("USA", "SANCTION", "RUS/BUS", "2014-07-16"),
    act("USA", "ACCUSE", "RUS", "2014"),
    act("USA", "SUPPORT", "RUS", None),
)
ACTS = st.lists(
    st.builds(
        act,
        st.sampled_from(["USA", "RUS", "RUS/MIL", "CHN+RUS"]),
        st.sampled_from(["CONSULT", "SANCTION", "COOPERATE", "ACCUSE"]),
        st.sampled_from(["USA", "CHN", "", "USA/GOV"]),
        st.sampled_from(["2014-01-02", "2014-06", "2015", "2015-03-04", None]),
        st.integers(0, 10_000),
    ),
    max_size=25,
)
DAYS = (date(2013, 12, 31), date(2014, 3, 18), date(2014, 7, 1), date(2015, 1, 1), date(2016, 2, 29))


def by_board(
    events: tuple[KeptEvent, ...] | list[KeptEvent], day: date | None
) -> dict[tuple[str, str], tuple[float, float, str]]:
    return {(row.a, row.b): (row.score, row.weight, row.kind) for row in alignments(events, day)}


def test_a_curve_has_the_scores_of_the_board_on_each_of_its_days() -> None:
    curve = relation_curve(STORY, "USA", "RUS", DAYS)
    assert (curve.a, curve.b) == ("RUS", "USA")
    for point, day in zip(curve.points, DAYS, strict=True):
        score, weight, _ = by_board(STORY, day)["RUS", "USA"]
        assert (point.day, point.score, point.weight) == (day.isoformat(), score, weight)


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_ties_are_the_rows_of_the_board_on_any_day(events: list[KeptEvent]) -> None:
    laid = laid_out(events)
    for day in (None, *DAYS):
        board = by_board(events, day)
        found = {(tie.a, tie.b): (tie.score, tie.weight) for tie in ties_at(laid, day, least_weight=0.0)}
        assert found.keys() == board.keys()
        for pair, (score, weight) in found.items():
            assert abs(score - board[pair][0]) <= 0.0011
            assert abs(weight - board[pair][1]) <= 0.0011


def test_a_tie_has_the_kind_of_the_board_its_acts_and_the_last_day() -> None:
    tie = next(tie for tie in ties_at(laid_out(STORY), date(2014, 8, 1)) if (tie.a, tie.b) == ("RUS", "USA"))
    assert tie.kind == by_board(STORY, date(2014, 8, 1))["RUS", "USA"][2]
    assert (tie.acts, tie.last_day, tie.other("USA")) == (6, "2014-07-16", "RUS")


def test_before_the_first_act_there_is_no_tie() -> None:
    dated = [each for each in STORY if each.event.date]
    assert ties_at(laid_out(dated), date(2013, 1, 1)) == ()
    assert ties_at(laid_out(()), None) == ()


def test_weak_ties_can_be_left_out() -> None:
    ties = ties_at(laid_out(STORY), None, least_weight=1.2)
    assert {(tie.a, tie.b) for tie in ties} == {("CHN", "RUS"), ("RUS", "USA")}
    assert ties_at(laid_out(STORY), None, least_weight=100) == ()


def test_a_curve_runs_from_the_first_act_to_the_last_and_is_empty_without_any() -> None:
    curve = relation_curve([each for each in STORY if each.event.date], "RUS", "USA")
    assert (curve.points[0].day, curve.points[-1].day) == ("2014-01-01", "2014-07-16")
    assert len(curve.points) == POINTS
    assert relation_curve(STORY, "USA", "CHN").points == ()
    assert relation_curve([act("USA", "SUPPORT", "RUS", None)], "USA", "RUS").points == ()


def test_turning_points_are_those_of_the_board_and_can_be_left_out() -> None:
    first = date(2014, 1, 1)
    events = [act("USA", "SUPPORT", "RUS", (first + timedelta(days=day)).isoformat(), day) for day in range(0, 200, 4)]
    events += [
        act("USA", "SANCTION", "RUS", (first + timedelta(days=day)).isoformat(), day) for day in range(200, 400, 4)
    ]
    (row,) = alignments(events)
    curve = relation_curve(events, "USA", "RUS")
    assert curve.turns == row.turning_points != ()
    assert relation_curve(events, "USA", "RUS", with_turns=False).turns == ()


def test_days_are_spread_evenly_and_never_twice() -> None:
    assert spread(date(2014, 1, 1), date(2014, 1, 1)) == (date(2014, 1, 1),)
    assert len(spread(date(2014, 1, 1), date(2014, 1, 10))) == 10
    days = spread(date(2014, 1, 1), date(2020, 12, 31), most=12)
    assert (days[0], days[-1], len(days)) == (date(2014, 1, 1), date(2020, 12, 31), 12)
    assert len({(after - before).days // 10 for before, after in pairwise(days)}) == 1
