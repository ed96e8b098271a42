"""The columns that all forecasts are made of: which events are in them, on which day, and known from when on."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.whatif import hypothetical_event, with_hypothetical
from communique.records import KeptEvent, Status
from tests.outlook.made import history, kept, threatening_world

DAYS = [
    # happened, published → day, known on
    ("2024-05-06", None, "2024-05-06", "2024-05-06"),
    ("2024-05-06", "2024-05-09", "2024-05-06", "2024-05-09"),
    (None, "2024-05-09", "2024-05-09", "2024-05-09"),
    # Of a month only its end is sure, or the day on which it was told.
    ("2024-05", None, "2024-05-31", "2024-05-31"),
    ("2024-05", "2024-05-09", "2024-05-09", "2024-05-09"),
    ("2024-02", "2024-05-09", "2024-02-29", "2024-05-09"),
    ("2023", "2024-05-09", "2023-12-31", "2024-05-09"),
    # What is dated after its own report must not tell the future.
    ("2024-05-12", "2024-05-09", "2024-05-12", "2024-05-12"),
]


@pytest.mark.parametrize(("happened", "published", "day", "known_on"), DAYS)
def test_an_event_has_its_day_and_the_day_it_was_known(
    happened: str | None, published: str | None, day: str, known_on: str
) -> None:
    made = history([kept("1", "USA", "SANCTION", "IRN", happened, published)])
    assert [date.fromordinal(int(made.day[0])).isoformat(), date.fromordinal(int(made.known_on[0])).isoformat()] == [
        day,
        known_on,
    ]


PAIRS = [
    ("USA", "IRN", {("USA", "IRN")}),
    ("USA;GBR", "IRN", {("USA", "IRN"), ("GBR", "IRN")}),
    # Told jointly, without a target: each with each.
    ("USA;GBR", "", {("USA", "GBR"), ("GBR", "USA")}),
    ("USA/MIL", "IRN/GOV", {("USA", "IRN")}),
    ("SDN/REB", "SDN/GOV", {("SDN", "SDN")}),
    ("USA", "", {("USA", "*")}),
    ("", "IRN", {("*", "IRN")}),
]


@pytest.mark.parametrize(("source", "target", "pairs"), PAIRS)
def test_an_event_is_between_bare_codes(source: str, target: str, pairs: set[tuple[str, str]]) -> None:
    made = history([kept("1", source, "CONSULT", target, "2024-05-06")])
    assert {(made.actors[a], made.actors[b]) for a, b in zip(made.source, made.target, strict=True)} == pairs


def test_what_did_not_happen_or_has_no_day_or_no_side_is_left_out_and_counted() -> None:
    made = history(
        [
            kept("1", "USA", "SANCTION", "IRN", "2024-05-06", status=Status.PLANNED),
            kept("2", "USA", "SANCTION", "IRN", "2024-05-06", status=Status.HYPOTHETICAL),
            kept("3", "USA", "SANCTION", "IRN", "2024-05-06", status=Status.DENIED),
            kept("4", "USA", "SANCTION", "IRN", None),
            kept("5", "", "SANCTION", "", "2024-05-06"),
            kept("6", "USA", "SANCTION", "IRN", "2024-05-06"),
        ]
    )
    assert (len(made), made.left_out, made.event_ids) == (1, 5, ("6",))


def test_until_gives_only_what_was_known_by_then() -> None:
    made = history(
        [
            kept("late", "USA", "SANCTION", "IRN", "2024-01-01", "2024-06-01"),
            kept("early", "USA", "THREATEN", "IRN", "2024-01-02"),
        ]
    )
    known = made.until(date(2024, 5, 31))
    assert [known.event_ids[number] for number in known.event] == ["early"]
    assert len(made.until(date(2024, 6, 1))) == 2


@given(st.randoms())
def test_any_order_of_arrival_gives_the_same_columns(chance: random.Random) -> None:
    events = SOME[:]
    chance.shuffle(events)
    assert history(events).fingerprint() == history(SOME).fingerprint()


SOME = threatening_world(days=60)


def test_another_event_gives_another_fingerprint() -> None:
    assert history(SOME).fingerprint() != history(SOME[1:]).fingerprint()


def test_what_comes_later_leaves_the_fingerprint_of_a_day_as_it_was() -> None:
    later = [*SOME, kept("0-later", "AAA", "AID", "ZZZ", "2021-01-01")]
    assert history(later).until(date(2020, 12, 31)).fingerprint() == history(SOME).fingerprint()


def test_a_frame_of_the_casebook_gives_the_same_history() -> None:
    polars = pytest.importorskip("polars")
    rows = [{**each.event.as_row(), "published": each.published} for each in SOME]
    frame = polars.DataFrame(rows, infer_schema_length=None)
    assert EventHistory.from_frame(frame).fingerprint() == history(SOME).fingerprint()
    with pytest.raises(UsageError, match="published"):
        EventHistory.from_frame(frame.drop("published"))


def test_supposed_events_lie_among_the_real_ones() -> None:
    real: list[KeptEvent] = [
        kept("1", "USA;GBR", "CONSULT", "", "2024-05-06", "2024-05-08"),
        kept("2", "USA", "AID", "", "2024-05-07"),
    ]
    changed = with_hypothetical(history(real), [hypothetical_event("IRN THREATEN/force USA 2024-05-07")])
    told = [(changed.event_ids[e], changed.actors[s], changed.actors[t]) for e, s, t in zip(
        changed.event, changed.source, changed.target, strict=True)]  # fmt: skip
    assert sorted(told) == [("1", "GBR", "USA"), ("1", "USA", "GBR"), ("2", "USA", "*"), ("what-if:1", "IRN", "USA")]
    assert np.all(np.diff(changed.known_on) >= 0)
