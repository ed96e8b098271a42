"""The board of votes, step by step: resolutions adopted, vetoed and voted down, and who voted how."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.moves.rules import board_rules
from communique.moves.scene import Scene
from communique.moves.vote_words import counts_in, resolution_number
from communique.moves.votes import find_votes
from communique.pipeline import ReadReport, make_report, read_reports_fully
from communique.records import Board, Move, Status

TABLE = Path(__file__).with_name("votes.yaml")
SENTENCES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def moves_of(full: ReadReport) -> tuple[Move, ...]:
    told = zip(full.coding.events, full.coding.groups, strict=True)
    return tuple(find_votes(Scene(full.report, full.sentences, full.discourse, told)))


@cache
def read_table() -> tuple[tuple[Move, ...], ...]:
    reports = [make_report(row["text"], row["published"], None, str(place)) for place, row in enumerate(SENTENCES)]
    return tuple(moves_of(full) for full in read_reports_fully(reports))


def as_told(move: Move) -> dict[str, Any]:
    """Give the particulars of a move as the table writes them, those that it does not have left out."""
    row = {
        "step": move.step,
        "source": sorted(move.source),
        "target": sorted(move.target),
        "about": list(move.about),
        "form": move.form,
        "date": move.date,
        "terms": {side: int(number) for side, number in move.terms},
    }
    return {name: value for name, value in row.items() if value}


@pytest.mark.parametrize("place", range(len(SENTENCES)), ids=lambda place: SENTENCES[place]["text"][:60])
def test_a_sentence_tells_these_votes(place: int) -> None:
    assert sorted(map(str, map(as_told, read_table()[place]))) == sorted(map(str, SENTENCES[place]["moves"]))


def test_the_table_has_every_step_of_the_board() -> None:
    assert {move["step"] for row in SENTENCES for move in row["moves"]} == set(board_rules(Board.VOTES).steps)


def test_few_told_votes_are_missed() -> None:
    missed = sum("missed" in row for row in SENTENCES)
    assert missed <= 0.1 * sum(len(row["moves"]) for row in SENTENCES)


def test_every_vote_has_its_body_and_only_planned_ones_are_planned() -> None:
    for moves in read_table():
        for move in moves:
            assert len(move.target) == 1
            assert (move.step == "schedule") == (move.status is Status.PLANNED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voted 141 to 5, with 35 abstentions", {"for": 141, "against": 5, "abstained": 35}),
        ("by 14 votes to none", {"for": 14, "against": 0}),
        ("The board voted 27-3 to report it", {"for": 27, "against": 3}),
        ("with 143 votes in favour and 9 against", {"for": 143, "against": 9}),
        ("100 countries voted in favour, 11 against and 58 abstained", {"for": 100, "against": 11, "abstained": 58}),
        ("all fifteen members voted for it", {"for": 15}),
        ("adopted by fourteen votes with Russia abstaining", {"for": 14}),
        ("prices rose by 5 to 10 percent", {}),
        ("the 1949 armistice line", {}),
    ],
)
def test_numbers_of_votes(text: str, expected: dict[str, int]) -> None:
    assert counts_in(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("adopted Resolution 2231 on Iran", "2231"),
        ("under resolution ES-11/1", "ES-11/1"),
        ("resolutions 242 and 338", "242"),
        ("a resolution on Syria", None),
        ("the resolution of 1949", None),
    ],
)
def test_numbers_of_resolutions(text: str, number: str | None) -> None:
    assert resolution_number(text) == number
