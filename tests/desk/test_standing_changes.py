"""What changed between two dates, as tables and properties; and keys by which rows are the same at both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from communique.desk.changes import Change, ChangeKind, changes
from communique.desk.row_keys import identity_of, rows_by_key
from communique.records import Board, History, Move, Status
from communique.standing.picture import Row, picture_of

_ACTORS = ("IRN", "USA", "RUS")
_STEPS = {
    Board.SANCTIONS: (("impose", ("oil",)), ("lift", ("oil",)), ("suspend", ()), ("ask relief", ()), ("impose", ())),
    Board.TALKS: (("hold", ("nuclear",)), ("refuse", ("nuclear",)), ("propose", ()), ("begin", ("border",))),
    Board.AGREEMENTS: (("sign", ("NEW-START",)), ("withdraw", ("JCPOA",)), ("sign", ("ceasefire",)), ("breach", ("ceasefire",))),
    Board.POSITIONS: (("hold", ("question", "nuclear")), ("hold", ("talks", "talks with USA"))),
}  # fmt: skip


def _move(board: Board, step: str, about: tuple[str, ...], day: str, order: int = 0, **others: Any) -> Move:
    values: dict[str, Any] = {"source": ("USA",), "target": ("IRN",), **others}
    return Move(
        board, step, f"r{order}", order, f"e{order}", about=about, date=day, published=day, order=order,
        words=f"{step} {order}", **values,
    )  # fmt: skip


@some.composite
def _histories(draw: some.DrawFn) -> History:
    board = draw(some.sampled_from(sorted(_STEPS)))
    made = []
    for order in range(draw(some.integers(0, 8))):
        step, about = draw(some.sampled_from(_STEPS[board]))
        source, target = draw(some.permutations(_ACTORS))[:2]
        made.append(
            _move(
                board, step, about, f"2020-{draw(some.integers(1, 12)):02}-01", order, source=(source,), target=(target,),
                status=draw(some.sampled_from((Status.OCCURRED, Status.OCCURRED, Status.PLANNED))),
                stance=draw(some.sampled_from(("for", "against"))) if board is Board.POSITIONS else None,
                form=draw(some.sampled_from((None, "direct", "indirect"))) if board is Board.TALKS else None,
            )
        )  # fmt: skip
    return History((), tuple(made), {})


def _boards(history: History, as_of: date) -> dict[str, tuple[Row, ...]]:
    return dict(picture_of(history, as_of).boards)


def _applied(board: str, rows: Sequence[Row], found: Sequence[Change]) -> dict[str, Row]:
    """Carry out the changes on the rows of the first date."""
    kept = rows_by_key(board, rows)
    for change in found:
        if change.after is None:
            del kept[change.key]
        else:
            kept[change.key] = change.after
    return kept


@given(_histories(), some.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_a_board_does_not_differ_from_itself(history: History, month: int) -> None:
    for board, rows in _boards(history, date(2020, month, 15)).items():
        assert changes(board, rows, rows) == ()


@given(_histories(), some.integers(1, 12), some.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_the_changes_lead_from_one_date_to_the_other_and_back(history: History, one: int, other: int) -> None:
    before, after = _boards(history, date(2020, one, 15)), _boards(history, date(2020, other, 15))
    for board in before:
        found = changes(board, before[board], after[board])
        assert _applied(board, before[board], found) == rows_by_key(board, after[board])
        back = changes(board, after[board], before[board])
        assert _applied(board, after[board], back) == rows_by_key(board, before[board])
        assert {each.key for each in found} == {each.key for each in back}


@given(_histories(), some.integers(1, 12), some.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_a_change_tells_which_fields_stand_otherwise(history: History, one: int, other: int) -> None:
    before, after = _boards(history, date(2020, one, 15)), _boards(history, date(2020, other, 15))
    for board in before:
        for change in changes(board, before[board], after[board]):
            assert bool(change.fields) == (change.kind is ChangeKind.CHANGED)
            assert all(field.before != field.after for field in change.fields)


@given(_histories())
@settings(max_examples=80, deadline=None)
def test_no_two_rows_of_a_board_share_a_key(history: History) -> None:
    for board, rows in _boards(history, date(2020, 12, 31)).items():
        assert len(rows_by_key(board, rows)) == len(rows)


_IMPOSED = _move(Board.SANCTIONS, "impose", ("oil",), "2020-01-10", 1)
_LIFTED = _move(Board.SANCTIONS, "lift", ("oil",), "2020-05-10", 2)
_ASKED = _move(Board.SANCTIONS, "ask relief", ("oil",), "2020-05-10", 2, source=("IRN",), target=("USA",))
_REFUSED = _move(Board.TALKS, "refuse", ("nuclear",), "2020-01-10", 1, source=("IRN",), target=("USA",))
_HELD = _move(Board.TALKS, "hold", ("nuclear",), "2020-05-10", 2)
_SIGNED = _move(Board.AGREEMENTS, "sign", ("ceasefire",), "2020-01-10", 1)
_BROKEN = _move(Board.AGREEMENTS, "breach", ("ceasefire",), "2020-05-10", 2)


@pytest.mark.parametrize(
    ("board", "moves", "expected"),
    [
        ("sanctions", (_IMPOSED, _LIFTED), ("status", None, "in force", "lifted")),
        ("sanctions", (_IMPOSED, _ASKED), ("relief asked by", None, "", ("IRN",))),
        ("talks", (_REFUSED, _HELD), ("rounds", None, "", "1")),
        ("agreements", (_SIGNED, _BROKEN), ("party", "USA", "party", "in breach since 2020-05-10")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_stands_otherwise(board: str, moves: tuple[Move, ...], expected: tuple[Any, ...]) -> None:
    history = History((), moves, {})
    before, after = _boards(history, date(2020, 2, 1))[board], _boards(history, date(2020, 6, 1))[board]
    (change,) = [each for each in changes(board, before, after) if each.kind is ChangeKind.CHANGED]
    assert expected in [(field.field, field.actor, field.before, field.after) for field in change.fields]
    assert [step.words for step in change.steps] == [moves[1].words]


def test_a_row_that_begins_is_new_and_brings_all_its_steps() -> None:
    after = _boards(History((), (_IMPOSED,), {}), date(2020, 2, 1))["sanctions"]
    (change,) = changes("sanctions", (), after)
    assert (change.kind, change.before, change.row.status) == (ChangeKind.NEW, None, "in force")  # type: ignore[attr-defined]
    assert [step.date for step in change.steps] == ["2020-01-10"]


def test_what_is_only_told_again_is_no_change_of_how_it_stands() -> None:
    again = _move(Board.SANCTIONS, "impose", ("oil",), "2020-05-10", 2)
    history = History((), (_IMPOSED, again), {})
    boards = _boards(history, date(2020, 2, 1)), _boards(history, date(2020, 6, 1))
    (change,) = changes("sanctions", boards[0]["sanctions"], boards[1]["sanctions"])
    assert (change.kind, change.fields, len(change.steps)) == (ChangeKind.TOLD, (), 1)


def test_a_row_that_went_names_the_row_that_holds_its_last_step() -> None:
    # Talks without a question turn out to be about the only question that the two have.
    met = _move(Board.TALKS, "hold", (), "2020-01-10", 1)
    history = History((), (met, _HELD), {})
    before, after = _boards(history, date(2020, 2, 1))["talks"], _boards(history, date(2020, 6, 1))["talks"]
    found = changes("talks", before, after)
    assert [each.kind for each in found] == [ChangeKind.NEW, ChangeKind.GONE]
    assert found[1].into == found[0].key
    assert [step.words for step in found[1].steps] == ["hold 1"]


def test_a_key_is_the_same_at_every_date_and_another_for_another_matter() -> None:
    history = History((), (_IMPOSED, _LIFTED, _REFUSED), {})
    early, late = _boards(history, date(2020, 2, 1)), _boards(history, date(2020, 6, 1))
    assert list(rows_by_key("sanctions", early["sanctions"])) == list(rows_by_key("sanctions", late["sanctions"]))
    assert identity_of("sanctions", early["sanctions"][0]) == ("USA", "IRN", "oil")
    assert not set(rows_by_key("talks", late["talks"])) & set(rows_by_key("sanctions", late["sanctions"]))


def test_no_rows_of_no_board() -> None:
    rows = _boards(History((), (_IMPOSED,), {}), date(2020, 2, 1))["sanctions"]
    with pytest.raises(KeyError):
        changes("weather", (), rows)
