"""What the boards are folded from: only what they need, corrected and folded, with the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from communique.casebook import Casebook
from communique.errors import UsageError
from communique.records import Board, Status
from tests.casebook.made import event, imported, move, reading

BAN = event("ban", "p1", source=("USA",), target=("IRN",), date="2018-11-05")
LEFT = event("left", "p1", source=("IRN",), target=(), date="2020-01")
MET = event("met", "p2", type="CONSULT", quad=1, source=("IRN/GOV", "RUS"), target=(), date="2026-03-01", sentence=1,
            status=Status.PLANNED)  # fmt: skip
MOVES = {
    "imposed": move(BAN, published="2019-02-01"),
    "breached": move(LEFT, board=Board.AGREEMENTS, step="breached", about=("JCPOA",), published="2020-02-01"),
    "scheduled": move(MET, board=Board.TALKS, step="scheduled", about=("nuclear",), published="2025-02-25"),
    "against": move(MET, board=Board.POSITIONS, step="said", event_id=None, source=("FRA",), target=(), about=("RUS",),
                    date=None, published="2025-02-25"),
    "voted": move(MET, board=Board.VOTES, step="voted", event_id=None, source=("CHN",), target=(), date=None,
                  published=None),
}  # fmt: skip


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook.open(tmp_path_factory.mktemp("history") / "casebook.duckdb") as opened:
        first = tuple(one for one in MOVES.values() if one.report_id == "p1")
        later = tuple(one for one in MOVES.values() if one.report_id == "p2")
        opened.add(
            [
                reading("p1", BAN, LEFT, published=date(2020, 2, 1), moves=first),
                reading("p2", MET, published=date(2025, 2, 25), moves=later),
            ]
        )
        opened.add_imported([imported(1, source=("CHN",), target=("JPN",), date="2014-01-01")], "GRAPH")
        yield opened


@pytest.mark.parametrize(
    ("asked", "events", "moves"),
    [
        ({}, "GRAPH-1 ban left met", "imposed breached scheduled against voted"),
        ({"boards": ["alignments"]}, "GRAPH-1 ban left met", ""),
        ({"boards": ["sanctions"]}, "", "imposed"),
        ({"boards": "talks"}, "", "scheduled"),
        ({"boards": [Board.SANCTIONS, Board.VOTES]}, "", "imposed voted"),
        ({"about": ["USA"]}, "ban", "imposed breached voted"),
        ({"about": "IRN"}, "ban left met", "imposed breached scheduled voted"),
        ({"about": ["RUS"]}, "met", "breached scheduled against voted"),
        ({"about": ["CHN", "USA"], "boards": ["alignments"]}, "GRAPH-1 ban", ""),
        ({"as_of": "2018-11-04"}, "GRAPH-1", "voted"),
        ({"as_of": "2018-11"}, "GRAPH-1 ban", "imposed voted"),
        ({"as_of": date(2020, 1, 1)}, "GRAPH-1 ban left", "imposed breached voted"),
        ({"as_of": "2025-02-24"}, "GRAPH-1 ban left", "imposed breached voted"),
        ({"as_of": "2025-02-25"}, "GRAPH-1 ban left met", "imposed breached scheduled against voted"),
    ],
)
def test_only_what_is_needed_is_given(casebook: Casebook, asked: dict[str, Any], events: str, moves: str) -> None:
    given = casebook.history(**asked)
    assert sorted(kept.event.event_id for kept in given.events) == events.split()
    names = {name for name, one in MOVES.items() if one in given.moves}
    assert (names, len(given.moves)) == (set(moves.split()), len(moves.split()))
    for one in given.moves:
        assert (one.report_id, one.sentence) in given.sentences


def test_sentences_stand_as_in_the_reports(casebook: Casebook) -> None:
    assert casebook.history().sentences == {
        ("p1", 0): "Norland imposed sanctions on Sudmark.",
        ("p2", 1): "Its envoys later met in Port Vale.",
    }


def test_events_come_corrected_and_folded_with_their_tellings(place: Any) -> None:
    with Casebook.open(place) as casebook:
        casebook.add([reading("p1", event("a", "p1")), reading("p2", event("b", "p2"))])
        casebook.set_folds([["a", "b"]])
        casebook.correct("b", "target", "FIN", "Ada")
        [kept] = casebook.history(boards=["alignments"]).events
        assert (kept.event.target, kept.tellings) == (("FIN",), (("a", "p1"), ("b", "p2")))
        assert [kept.event.event_id for kept in casebook.history(about=["FIN"]).events] == ["a"]
        assert {one.target for one in casebook.history(about=["FIN"], boards=["sanctions"]).moves} == {("FIN",)}


def test_a_board_that_there_is_not_is_refused(casebook: Casebook) -> None:
    with pytest.raises(UsageError, match="board 'weather': one of sanctions"):
        casebook.history(boards=["weather"])
    with pytest.raises(UsageError, match="as_of 'spring'"):
        casebook.history(as_of="spring")
