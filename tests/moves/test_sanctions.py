"""Which steps on the board of sanctions a sentence tells: the table in sanctions.yaml, and what every move must hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique.errors import KnowledgeError
from communique.moves.rules import board_rules
from communique.moves.sanction_words import by_lemma, sanction_words
from communique.pipeline import make_report, read_reports_fully
from communique.records import Board, Move, Status
from communique.word_files import read_word_file

PUBLISHED = "2025-02-25"
TABLE = Path(__file__).with_name("sanctions.yaml")
SEED = Path(__file__).parents[3] / "shared" / "cases" / "seed_report.txt"


def note(move: Move) -> str:
    """Write a move as the table has it: step, source > target, kinds, status, @date, via who speaks or which agreement."""
    parts = [f"{move.step} {'+'.join(move.source)} > {'+'.join(move.target)}".replace("  ", " ").strip()]
    parts += [",".join(move.about)] if move.about else []
    parts += [move.status.value] if move.status is not Status.OCCURRED else []
    parts += [f"@{move.date}"] if move.date else []
    parts += [f"via {'+'.join(move.through)}"] if move.through else []
    return " ".join(parts)


@cache
def table() -> list[dict[str, Any]]:
    """Give the cases: sentences and whole reports."""
    return list(read_word_file(TABLE))


@cache
def found() -> dict[str, tuple[Move, ...]]:
    """Give the moves of every case by its text, all read in one batch."""
    reports = [make_report(case["text"], PUBLISHED, title=case.get("title")) for case in table()]
    return {
        full.report.text: tuple(move for move in full.moves if move.board is Board.SANCTIONS)
        for full in read_reports_fully(reports)
    }


@pytest.mark.parametrize("case", table(), ids=lambda case: str(case["text"])[:60])
def test_a_sentence_tells_these_steps_and_no_others(case: dict[str, Any]) -> None:
    assert sorted(map(note, found()[case["text"]])) == sorted(case["moves"])


def test_the_words_of_every_move_stand_in_its_report() -> None:
    for case in table():
        for move in found()[case["text"]]:
            assert move.words
            assert move.words in case["text"] + case.get("title", "")


def test_every_step_and_kind_that_is_found_is_declared() -> None:
    steps, kinds = board_rules(Board.SANCTIONS).steps, {*sanction_words().kinds, "tariffs"}
    for moves in found().values():
        for move in moves:
            assert move.step in steps
            assert set(move.about) <= kinds


def test_every_declared_step_occurs_in_the_table() -> None:
    assert {move.step for moves in found().values() for move in moves} == set(board_rules(Board.SANCTIONS).steps)


def test_nobody_sanctions_himself() -> None:
    for moves in found().values():
        for move in moves:
            assert not set(move.source) & set(move.target) or len(move.source) > 1  # but both sides each other


@pytest.mark.skipif(not SEED.is_file(), reason="the seed report is not in this checkout")
def test_the_seed_report_tells_of_oil_reimposition_and_relief() -> None:
    full = next(read_reports_fully([make_report(SEED.read_text(encoding="utf-8"), PUBLISHED)]))
    notes = [note(move) for move in full.moves if move.board is Board.SANCTIONS]
    assert notes == [
        "impose USA > IRN oil",
        "reimpose USA > IRN",
        "reimpose USA > IRN planned",
        "relief by agreement USA > IRN @2016-01-16 via JCPOA",
        "reimpose USA > IRN @2018",
    ]


# -- the words ------------------------------------------------------------------------------------


def test_a_verb_under_two_steps_is_refused_with_its_name() -> None:
    with pytest.raises(KnowledgeError, match="'ease' stands under 'ease' and 'lift'; keep one"):
        by_lemma("verbs", {"ease": ["ease"], "lift": ["ease"]}, {"ease": "", "lift": ""})


def test_a_step_that_is_not_declared_is_refused_with_those_that_are() -> None:
    with pytest.raises(KnowledgeError, match="step 'forgive' is not known; choose one of ease, lift"):
        by_lemma("verbs", {"forgive": ["forgive"]}, {"ease": "", "lift": ""})


def test_the_words_of_a_kind_are_lower_case_and_stand_once() -> None:
    for kind, phrases in sanction_words().kinds.items():
        assert len(set(phrases)) == len(phrases), kind
        assert all(phrase == phrase.lower().strip() for phrase in phrases), kind
