"""Who holds what, and since when: the fold of hand-written moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from communique.records import Board, Move
from communique.standing.positions import EarlierStance, PositionRow, positions

TALKS = ("talks", "talks with USA")


def said(
    actor: str,
    stance: str | None,
    day: str | None,
    *,
    about: tuple[str, ...] = TALKS,
    speaker: str | None = None,
    condition: str | None = None,
    words: str = "ruled out talks",
    step: str = "hold",
    event_id: str | None = None,
    board: Board = Board.POSITIONS,
) -> Move:
    """Give a move as a report of that day tells it."""
    return Move(
        board, step, f"report of {day}", 0, event_id, (actor,), about=about, stance=stance, speaker=speaker,
        condition=condition, published=day, words=words,
    )  # fmt: skip


def one(*moves: Move, as_of: date | None = None, sentences: dict[tuple[str, int], str] | None = None) -> PositionRow:
    found = positions(moves, as_of, sentences)
    assert len(found) == 1, found
    return found[0]


def test_a_stance_stands_since_the_day_it_was_first_told() -> None:
    row = one(said("IRN", "against", "2025-02-10"), said("IRN", "against", "2025-02-25", words="will not talk"))
    assert (row.actor, row.on, row.on_kind, row.stance) == ("IRN", "talks with USA", "talks", "against")
    assert (row.since, row.changed, row.words) == ("2025-02-10", "2025-02-10", "will not talk")
    assert row.previous is None
    assert len(row.history) == 2


def test_a_change_of_position_stands_out() -> None:
    refused = said("PRK", "against", "2006-10-09", words="refuses to return to the talks")
    agreed = said("PRK", "for", "2007-02-13", step="change", words="dropped its opposition", event_id="e1")
    row = one(agreed, refused)
    assert (row.stance, row.since, row.changed) == ("for", "2007-02-13", "2007-02-13")
    assert row.previous == EarlierStance("against", "2006-10-09", "refuses to return to the talks")
    assert row.events == ("e1",)
    assert one(agreed, refused, as_of=date(2007, 1, 1)).stance == "against"


def test_who_goes_back_to_an_old_stance_holds_it_since_then() -> None:
    row = one(said("TUR", "for", "2021"), said("TUR", "against", "2022-05-13"), said("TUR", "for", "2023-07-10"))
    assert (row.stance, row.since) == ("for", "2023-07-10")
    assert row.previous is not None
    assert row.previous.since == "2022-05-13"


def test_a_new_condition_is_a_change_of_the_same_stance() -> None:
    row = one(
        said("EGY", "conditional", "1975-03-01", condition="if Israel leaves Sinai"),
        said("EGY", "conditional", "1975-06-01"),
        said("EGY", "conditional", "1975-08-01", condition="if the passes are handed over"),
    )
    assert (row.since, row.changed) == ("1975-03-01", "1975-08-01")
    assert row.condition == "if the passes are handed over"


def test_the_words_of_the_holder_come_before_the_words_of_the_reporter() -> None:
    moves = (
        said("IRN", "against", "2025-02-07", speaker="Ali Khamenei", words="not smart, wise, or honourable,"),
        said("IRN", "against", "2025-02-25", speaker="Ali Khamenei", words="futility of engaging"),
    )
    sentences = {
        ("report of 2025-02-07", 0): "Khamenei has called talks “not smart, wise, or honourable,” he said.",
        ("report of 2025-02-25", 0): "Khamenei spoke of the futility of engaging.",
    }
    row = one(*moves, sentences=sentences)
    assert row.words == "not smart, wise, or honourable,"
    assert [each.text for each in row.evidence] == list(sentences.values())


def test_each_who_speaks_has_a_row_of_his_own() -> None:
    rows = positions(
        [
            said("IRN", "against", "2025-02-25", speaker="Ali Khamenei"),
            said("IRN", "conditional", "2025-02-25", speaker="Abbas Araghchi"),
            said("IRN", "for", "2025-02-25", about=("agreement", "JCPOA")),
        ]
    )
    assert [(row.holder, row.stance) for row in rows] == [
        (None, "for"), ("Abbas Araghchi", "conditional"), ("Ali Khamenei", "against"),
    ]  # fmt: skip


def test_a_coded_move_without_a_matter_is_on_its_target() -> None:
    move = replace(said("USA", "against", "2014-03-02", about=()), target=("RUS/GOV",))
    row = one(move)
    assert (row.on_kind, row.on) == ("actor", "RUS")


def test_a_coded_refusal_to_meet_is_against_talks_with_the_target() -> None:
    row = one(replace(said("PRK", "against", "2014-03-02", about=("talks",)), target=("KOR",)))
    assert (row.on_kind, row.on) == ("talks", "talks with KOR")


def test_moves_of_other_boards_and_without_a_stance_are_no_positions() -> None:
    assert positions([said("USA", "for", "2014-03-02", board=Board.VOTES), said("USA", None, "2014-03-02")]) == ()


MOVES = st.lists(
    st.builds(
        said,
        st.sampled_from(["IRN", "USA"]),
        st.sampled_from(["for", "against", "conditional"]),
        st.one_of(st.dates(date(2010, 1, 1), date(2012, 12, 31)).map(date.isoformat), st.none()),
        about=st.sampled_from([TALKS, ("actor", "SYR")]),
        condition=st.sampled_from([None, "if they stop", "unless they stop"]),
        words=st.sampled_from(["opposes it", "backs it"]),
    ),
    max_size=8,
    unique_by=lambda move: (move.published, move.source, move.about),
)


@given(MOVES, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_board(moves: list[Move], chance: object) -> None:
    shuffled = list(moves)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert positions(moves) == positions(shuffled)


@given(MOVES, st.dates(date(2009, 1, 1), date(2013, 12, 31)))
def test_no_row_shows_what_was_said_later(moves: list[Move], as_of: date) -> None:
    limit = as_of.isoformat()
    for row in positions(moves, as_of):
        days = [row.since, row.changed, *(step.date for step in row.history)]
        assert all(day <= limit for day in days if day)
