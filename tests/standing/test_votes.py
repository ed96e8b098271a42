"""The board of votes, folded from moves made by hand: one row a vote, whoever tells of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import Board, Move, Status
from communique.standing.steps import sort_day
from communique.standing.votes import VoteRow, votes

NO_COUNTS = {"for": None, "against": None, "abstained": None}


def cast(name: str, source: str, on: str, about: tuple[str, ...] = ("", ""), **particulars: Any) -> Move:
    """Give a move on the board of votes in the Security Council; `on` is the day of its report."""
    fields: dict[str, Any] = {
        "report_id": f"report of {on}",
        "sentence": 0,
        "event_id": None,
        "words": name,
        "published": on,
        "target": ("UNSC",),
        "status": Status.PLANNED if name == "schedule" else Status.OCCURRED,
    } | particulars
    return Move(Board.VOTES, name, source=tuple(source.split()), about=about, **fields)


def only(*moves: Move) -> VoteRow:
    rows = votes(moves, None, {})
    assert len(rows) == 1, [(row.resolution, row.outcome) for row in rows]
    return rows[0]


def test_a_resolution_with_its_votes() -> None:
    about = ("2334", "border")
    row = only(
        cast("adopt", "UNSC", "2016-12-24", about, date="2016-12-23", terms=(("for", "14"), ("against", "0"))),
        cast("vote", "USA", "2016-12-24", about, form="abstained", order=2),
    )
    assert (row.body, row.resolution, row.date, row.outcome) == ("UNSC", "2334", "2016-12-23", "adopted")
    assert row.votes == {"for": (), "against": (), "abstained": ("USA",)}
    assert row.counts == {"for": 14, "against": 0, "abstained": None}


def test_those_who_veto_voted_against() -> None:
    about = ("draft resolution on Syria", "peace")
    row = only(
        cast("veto", "RUS CHN", "2012-02-04", about, form="against"),
        cast("count", "UNSC", "2012-02-04", about, terms=(("for", "13"),), order=2),
    )
    assert (row.outcome, row.vetoed_by, row.votes["against"]) == ("vetoed", ("CHN", "RUS"), ("CHN", "RUS"))
    assert row.counts["for"] == 13


def test_a_text_that_failed_because_of_a_veto_was_vetoed() -> None:
    about = ("U.S. resolution on Venezuela", "")
    row = only(
        cast("reject", "UNSC", "2019-02-28", about), cast("veto", "RUS", "2019-02-28", about, form="against", order=1)
    )
    assert row.outcome == "vetoed"


def test_one_vote_told_on_several_days_is_one_row() -> None:
    row = only(
        cast("adopt", "UNSC", "1998-03-31", ("1160", "arms control"), date="1998-03-31"),
        cast("adopt", "UNSC", "2001-05-01", ("1160", ""), date="1998-03"),
    )
    assert (row.date, len(row.history)) == ("1998-03-31", 2)


def test_texts_without_a_number_are_told_apart_by_words_and_days() -> None:
    rows = votes(
        [
            cast("veto", "RUS", "2012-02-04", ("Arab League plan", "peace"), form="against"),
            cast("veto", "RUS", "2012-07-19", ("British draft", "peace"), form="against"),
            cast("adopt", "UNSC", "2012-07-20", ("extension of the mission", "peace")),
        ],
        None,
        {},
    )
    assert [(row.resolution, row.outcome) for row in rows] == [
        ("Arab League plan", "vetoed"),
        ("British draft", "vetoed"),
        ("extension of the mission", "adopted"),
    ]


def test_a_vote_that_is_due_and_then_held() -> None:
    due = cast("schedule", "UNSC", "1998-06-16", ("resolution on Kosovo", "peace"), date="1998-06-18")
    assert (only(due).outcome, only(due).date) == ("scheduled", "1998-06-18")
    held = only(due, cast("adopt", "UNSC", "1998-06-18", ("resolution on Kosovo", "peace")))
    assert (held.outcome, held.date, held.changed) == ("adopted", "1998-06-18", "1998-06-18")


def test_votes_of_which_no_outcome_is_told() -> None:
    row = only(cast("vote", "USA ISR", "2023-10-27", form="against", target=("UN",)))
    assert (row.body, row.outcome, row.resolution, row.counts) == ("UN", "unknown", "", NO_COUNTS)


def test_bodies_are_kept_apart() -> None:
    about = ("resolution on Ukraine", "")
    rows = votes(
        [
            cast("veto", "RUS", "2022-02-25", about, form="against"),
            cast("adopt", "UN", "2022-02-26", about, target=("UN",)),
        ],
        None,
        {},
    )
    assert [(row.body, row.outcome) for row in rows] == [("UN", "adopted"), ("UNSC", "vetoed")]


@st.composite
def moves_of_some_votes(draw: st.DrawFn) -> list[Move]:
    made = []
    for number in range(draw(st.integers(1, 9))):
        day = draw(st.dates(date(2024, 1, 1), date(2024, 2, 1))).isoformat()
        name = draw(st.sampled_from(["adopt", "veto", "reject", "vote", "count", "schedule"]))
        made.append(
            cast(
                name,
                draw(st.sampled_from(["USA", "RUS", "CHN", "FRA"])),
                day,
                order=number,
                report_id=str(number % 3),
                about=(
                    draw(st.sampled_from(["", "2728", "2735", "draft on Gaza"])),
                    draw(st.sampled_from(["", "peace"])),
                ),
                form=draw(st.sampled_from(["for", "against", "abstained"])) if name == "vote" else None,
                date=draw(st.sampled_from([None, day, "2024-01"])),
                words=f"words {number}",
            )
        )
    return made


@given(moves_of_some_votes(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_of_arrival_gives_the_same_board(moves: list[Move], chance: Any) -> None:
    shuffled = list(moves)
    chance.shuffle(shuffled)
    assert votes(shuffled, None, {}) == votes(moves, None, {})


@given(moves_of_some_votes(), st.dates(date(2024, 1, 1), date(2024, 2, 1)))
@settings(max_examples=60, deadline=None)
def test_a_day_shows_nothing_of_later_days(moves: list[Move], day: date) -> None:
    rows = votes(moves, day, {})
    assert all(sort_day(line.date) <= day.isoformat() for row in rows for line in row.history)
