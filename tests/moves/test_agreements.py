"""Which steps of agreements sentences tell: a table of sentences of our own, read in one batch."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique.actors.agreements import agreements
from communique.moves.agreement_words import agreement_words
from communique.moves.rules import board_rules
from communique.pipeline import ReadReport, make_report, read_reports_fully
from communique.records import Board, Move, Status
from communique.word_files import read_word_file

TABLE: list[dict[str, Any]] = read_word_file(Path(__file__).parent / "agreements.yaml")
PUBLISHED = "2019-06-14"


@cache
def read_all() -> dict[str, ReadReport]:
    reports = [make_report(row["text"], str(row.get("published", PUBLISHED)), row.get("title")) for row in TABLE]
    return {row["text"]: full for row, full in zip(TABLE, read_reports_fully(reports), strict=True)}


def moves_of(text: str) -> list[Move]:
    return [move for move in read_all()[text].moves if move.board is Board.AGREEMENTS]


def told(move: Move) -> tuple[str, ...]:
    """Give a move as the table has it: step, agreement, makers in any order, and a status that is not occurred."""
    makers = "+".join(sorted(move.source))
    return (move.step, move.about[0], makers, *(() if move.status is Status.OCCURRED else (move.status.value,)))


def wanted(row: list[str]) -> tuple[str, ...]:
    step, about, makers, *status = row
    return (step, about, "+".join(sorted(makers.split("+"))), *status)


@pytest.mark.parametrize("row", TABLE, ids=[row["text"][:60] for row in TABLE])
def test_a_sentence_tells_these_steps_and_no_others(row: dict[str, Any]) -> None:
    found = {told(move) for move in moves_of(row["text"]) if move.step != "mention"}

    assert found == {wanted(move) for move in row["moves"]}


@pytest.mark.parametrize("row", [row for row in TABLE if "terms" in row], ids=lambda row: row["text"][:60])
def test_what_is_given_for_what_is_told_in_the_reports_words(row: dict[str, Any]) -> None:
    terms = [list(term) for move in moves_of(row["text"]) for term in move.terms]

    assert terms == row["terms"]
    assert all(what in row["text"] for _, what in terms)


@pytest.mark.parametrize("row", [row for row in TABLE if "dates" in row], ids=lambda row: row["text"][:60])
def test_a_step_is_dated_by_its_clause_or_by_the_file_where_the_report_tells_an_old_one(row: dict[str, Any]) -> None:
    assert [move.date for move in moves_of(row["text"])] == row["dates"]


def test_the_words_of_every_step_stand_in_the_report() -> None:
    for row in TABLE:
        for move in moves_of(row["text"]):
            assert move.words
            assert move.words in row["text"] or move.words in (row.get("title") or "")


def test_an_agreement_without_a_name_moves_with_its_kind_and_all_its_parties_but_for_a_ceasefire_told_before() -> None:
    for row in TABLE:
        for move in moves_of(row["text"]):
            if move.about[0] not in agreements():
                assert len(move.about) == 2
                least = {"ceasefire": 1, "plan": 0}.get(move.about[1], 2)
                assert len({*move.source, *move.target}) >= least


def test_reading_the_moves_twice_gives_the_same() -> None:
    for full in read_all().values():
        assert full.moves == full.moves


def test_every_step_that_a_form_names_has_its_gloss_and_every_glossed_step_is_reached() -> None:
    glossed = set(board_rules(Board.AGREEMENTS).steps)
    formed = {form.step for forms in agreement_words().forms.values() for form in forms}

    assert formed <= glossed
    made_of_others = {
        "try to revive",
        "fail to revive",
        "threaten to withdraw",
        "suspend its part",
        "exchange",
        "mention",
    }
    assert glossed - formed == made_of_others


def test_kinds_are_told_by_the_first_word_that_names_one() -> None:
    kind_of = agreement_words().kind_of

    assert kind_of(["free-trade", "pact"]) == "trade"
    assert kind_of(["ceasefire", "deal"]) == "ceasefire"
    assert kind_of(["deal"]) == ""
