"""The board of talks, step by step: what single sentences tell, and what a whole report does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from communique.moves.rules import board_rules
from communique.moves.scene import Scene
from communique.moves.talk_words import effects
from communique.moves.talks import find_talks
from communique.pipeline import ReadReport, make_report, read_reports_fully
from communique.records import Board, Move, Status

TABLE = Path(__file__).with_name("talks.yaml")
SENTENCES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
SEED = Path(__file__).parents[3] / "shared" / "cases" / "seed_report.txt"


def moves_of(full: ReadReport) -> tuple[Move, ...]:
    told = zip(full.coding.events, full.coding.groups, strict=True)
    return tuple(find_talks(Scene(full.report, full.sentences, full.discourse, told)))


def moves_in(text: str, published: str) -> tuple[Move, ...]:
    return moves_of(next(read_reports_fully([make_report(text, published)])))


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
        "through": list(move.through),
        "about": list(move.about),
        "form": move.form,
        "place": move.place,
        "date": move.date,
        "condition": move.condition,
    }
    return {name: value for name, value in row.items() if value}


@pytest.mark.parametrize("place", range(len(SENTENCES)), ids=lambda place: SENTENCES[place]["text"][:60])
def test_a_sentence_tells_these_steps(place: int) -> None:
    told = [move for move in read_table()[place] if move.step != "settle"]
    assert sorted(map(str, map(as_told, told))) == sorted(map(str, SENTENCES[place]["moves"]))
    if "settles" in SENTENCES[place]:
        settled = [sorted(move.source) for move in read_table()[place] if move.step == "settle"]
        assert settled == SENTENCES[place]["settles"]


def test_the_table_has_every_step_of_the_board() -> None:
    told = {move["step"] for row in SENTENCES for move in row["moves"]}
    assert set(board_rules(Board.TALKS).steps) - told <= {"ban", "settle"}


def test_few_told_steps_are_missed() -> None:
    missed = sum("missed" in row for row in SENTENCES)
    found = sum(len(row["moves"]) for row in SENTENCES)
    assert missed <= 0.1 * found


@pytest.mark.parametrize("table", ["object", "subject", "noun", "governing", "predicate", "adjunct"])
def test_every_word_leads_to_a_step_or_a_known_class(table: str) -> None:
    classes = {"pass", "suppose", "intend", "ended"}
    assert set(effects(table).values()) <= set(board_rules(Board.TALKS).steps) | classes


def test_every_step_says_which_events_may_stand_behind_it() -> None:
    rules = board_rules(Board.TALKS)
    assert set(rules.rest["events"]) == set(rules.steps)


def test_words_stand_in_the_report_as_given() -> None:
    for row, moves in zip(SENTENCES, read_table(), strict=True):
        for move in moves:
            assert move.words in row["text"]
            assert move.condition is None or move.condition in row["text"]


def test_talks_to_come_are_planned_and_what_is_said_of_them_is_not() -> None:
    moves = [move for moves in read_table() for move in moves]
    assert {move.status for move in moves if move.step == "schedule"} == {Status.PLANNED}
    assert {move.status for move in moves if move.step in {"refuse", "agree", "hold"}} == {Status.OCCURRED}


def test_the_talks_are_those_told_of_before() -> None:
    moves = moves_in(
        "Armenia and Azerbaijan opened talks on their border in Tbilisi on Monday. The talks broke down on Wednesday.",
        "2022-09-15",
    )
    assert [(move.step, move.date, sorted(move.source)) for move in moves] == [
        ("begin", "2022-09-12", ["ARM", "AZE"]),
        ("end without result", "2022-09-14", ["ARM", "AZE"]),
    ]


def test_who_will_not_talk_under_pressure_means_the_one_spoken_of() -> None:
    moves = moves_in(
        "Iran ruled out direct talks with the United States on Sunday. Foreign Minister Abbas Araghchi said that Iran"
        " would not negotiate under pressure.",
        "2025-02-25",
    )
    assert [(move.step, move.source, move.target) for move in moves] == [
        ("refuse", ("IRN",), ("USA",)),
        ("refuse", ("IRN",), ("USA",)),
    ]
    assert moves[1].condition == "under pressure"


def test_what_lay_before_the_news_is_told_so() -> None:
    moves = moves_in(
        "Serbia refuses to hold talks with Kosovo. The two sides had held several rounds of talks in Brussels.",
        "2023-10-01",
    )
    assert [move.step for move in moves] == ["refuse", "hold"]
    assert moves[0].order > 0 > moves[1].order


def test_two_telephone_calls_are_no_talks_of_three() -> None:
    moves = moves_in("Angela Merkel telephoned Vladimir Putin and Petro Poroshenko on Tuesday.", "2015-02-04")
    assert sorted(sorted(move.source) for move in moves) == [["DEU", "RUS"], ["DEU", "UKR"]]


@pytest.mark.skipif(not SEED.exists(), reason="the article of the issue is not beside this checkout")
def test_the_article_of_the_issue() -> None:
    moves = moves_in(SEED.read_text(encoding="utf-8"), "2025-02-25")
    told = {(move.step, tuple(sorted({*move.source, *move.target}))) for move in moves}
    assert {
        ("refuse", ("IRN", "USA")),
        ("no ban", ("IRN", "USA")),
        ("resume", ("DEU", "FRA", "GBR", "IRN")),
        ("go on", ("DEU", "FRA", "GBR", "IRN")),
        ("hold", ("RUS", "USA")),
        ("hold", ("IRN", "RUS")),
    } == told
    assert "as long as the “maximum pressure” campaign continues" in {move.condition for move in moves}
