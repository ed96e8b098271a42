"""Events of other datasets have a code and no sentence: what their code moves on the boards."""

from __future__ import annotations

import pytest

from communique.moves.coded import coded_moves, moves_of_coded
from communique.records import DateBasis, DatePrecision, Event, Status


def coded(cameo: str, status: Status = Status.OCCURRED) -> Event:
    return Event(
        event_id="e1", report_id="icews:1", sentence=0, type="CONSULT", mode=None, quad=1, cameo=cameo, intensity=1.0,
        source=("USA",), target=("RUS",), source_text="", target_text="", status=status, claimed_by=None, condition=None,
        date="2014-03-20", date_precision=DatePrecision.DAY, date_basis=DateBasis.STATED, location=None, context=(),
        anchor="", start=0, end=0, confidence=0.8, rule="import",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cameo", "moves"),
    [
        ("163", [("sanctions", "impose")]),
        ("085", [("sanctions", "ease")]),
        ("057", [("agreements", "sign")]),
        ("046", [("talks", "hold")]),
        ("125", [("talks", "refuse"), ("positions", "hold")]),
        ("190", []),
    ],
)
def test_a_code_makes_these_moves(cameo: str, moves: list[tuple[str, str]]) -> None:
    assert [(move.board.value, move.step) for move in moves_of_coded(coded(cameo), "2014-03-21")] == moves


def test_a_move_says_who_when_and_by_which_event() -> None:
    (move,) = moves_of_coded(coded("163"), "2014-03-21")
    assert (move.source, move.target, move.date, move.published, move.event_id) == (
        ("USA",), ("RUS",), "2014-03-20", "2014-03-21", "e1",
    )  # fmt: skip


def test_planned_talks_are_scheduled_and_what_did_not_happen_moves_nothing() -> None:
    (move,) = moves_of_coded(coded("046", Status.PLANNED), None)
    assert move.step == "schedule"
    assert moves_of_coded(coded("046", Status.DENIED), None) == ()


def test_every_row_names_a_step_of_its_board() -> None:
    assert len(coded_moves()) > 20  # loading checks every row
