"""The numbers the learner reads, each held against a plain count over all days."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS, acts_of, dyads, feature_names, occurred, snapshot
from communique.outlook.kinds import QUADS
from communique.outlook.panel import population
from communique.outlook.settings import settings as outlook_settings
from communique.records import KeptEvent
from tests.outlook.made import BEGIN, day_of, history, kept, on

NUMBERS = outlook_settings().with_least_events(1)
ACTS = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(["A", "B"]), st.sampled_from(["SANCTION", "AID", "ASSAULT"])),
    min_size=1,
    max_size=25,
)


def world(acts: list[tuple[int, str, str]]) -> EventHistory:
    other = {"A": "B", "B": "A"}
    # Something is known from the first day to the last, so that all windows between them count.
    ends = [kept("first", "C", "CONSULT", "D", on(0)), kept("last", "C", "CONSULT", "D", on(100))]
    return history([*ends, *(kept(str(n), who, kind, other[who], on(day)) for n, (day, who, kind) in enumerate(acts))])


@given(ACTS)
@settings(max_examples=60, deadline=None)
def test_a_base_rate_is_the_share_of_windows_that_saw_such_an_act(acts: list[tuple[int, str, str]]) -> None:
    made, today, horizon = world(acts), 100, 10
    units = dyads(made, 1)
    looked_at = snapshot(made, units, day_of(today), horizon, NUMBERS)
    place = int(units.place_of(*(np.array([made.number(name)], dtype=np.int32) for name in "AB"))[0])
    covered = np.zeros((len(units), len(TARGETS)))
    starts = range(today - horizon + 1)
    for day in starts:
        covered += occurred(
            acts_of(made, units), len(units), BEGIN.toordinal() + day, BEGIN.toordinal() + day + horizon
        )
    everywhere = (covered.sum(axis=0) + 0.05) / (len(units) * len(starts) + 1)
    prior = NUMBERS.base_rate_prior * horizon
    expected = (covered + prior * everywhere) / (len(starts) + prior)
    np.testing.assert_allclose(looked_at.base_rate, expected)
    assert 0 < looked_at.base_rate[place].min() <= looked_at.base_rate.max() < 1


def test_what_came_within_the_horizon_leaves_out_its_first_day_and_takes_in_its_last() -> None:
    made = world([(10, "A", "SANCTION"), (20, "A", "AID"), (21, "A", "ASSAULT")])
    units = dyads(made, 1)
    came = occurred(acts_of(made, units), len(units), BEGIN.toordinal() + 10, BEGIN.toordinal() + 20)
    assert [TARGETS[place] for place in np.flatnonzero(came.any(axis=0))] == ["AID", QUADS[1]]


def test_recency_counts_halve_with_each_half_life_and_know_their_direction() -> None:
    made = world([(40, "A", "SANCTION")])
    units = dyads(made, 1)
    a_to_b, b_to_a = units.place_of(
        *(np.array([made.number(x), made.number(y)], dtype=np.int32) for x, y in (("A", "B"), ("B", "A")))
    )
    half_life = NUMBERS.half_lives[1]
    looked_at = snapshot(made, units, day_of(40) + timedelta(days=int(half_life)), 10, NUMBERS)
    sanction = TYPES.index("SANCTION")
    assert looked_at.weighed[1][a_to_b, sanction] == 0.5
    assert looked_at.weighed[1][b_to_a, sanction] == 0.0
    laid_out = looked_at.features(sanction, np.array([a_to_b, b_to_a]))
    names = feature_names(NUMBERS)
    assert laid_out.shape == (2, len(names))
    column = names.index("after SANCTION"), names.index("after SANCTION, the other way")
    np.testing.assert_allclose(laid_out[:, column], np.log1p([[0.5, 0.0], [0.0, 0.5]]))
    assert looked_at.since[a_to_b, sanction] == half_life


def test_an_act_toward_three_is_one_act_of_its_source() -> None:
    made = history([kept("1", "USA", "SANCTION", "IRN;PRK;SYR", on(3))])
    units = population(made, NUMBERS, anyone=True)
    looked_at = snapshot(made, units, day_of(3), 10, NUMBERS)
    usa = int(units.place_of(np.array([made.number("USA")], dtype=np.int32), np.zeros(1, dtype=np.int32))[0])
    assert looked_at.weighed[0][usa].sum() == 1.0


def test_what_is_known_later_is_not_looked_at() -> None:
    events: list[KeptEvent] = [kept("1", "A", "SANCTION", "B", on(5)), kept("2", "A", "AID", "B", on(6), on(60))]
    with_later, without = history(events), history(events[:1])
    for made in (with_later, without):
        looked_at = snapshot(made, dyads(made.until(day_of(30)), 1), day_of(30), 10, NUMBERS)
        assert looked_at.weighed[3].sum() > 0
        assert looked_at.weighed[3][:, TYPES.index("AID")].sum() == 0
