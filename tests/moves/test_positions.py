"""Who holds what on which question, sentence by sentence: the table in positions.yaml, and reports of several sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from communique.errors import KnowledgeError
from communique.moves import position_words as words_room
from communique.moves.position_words import position_words
from communique.pipeline import make_report, read_reports_fully
from communique.records import Board, Move
from communique.word_files import read_word_file

TABLE: list[dict[str, Any]] = read_word_file(Path(__file__).with_name("positions.yaml"))
FIELDS = ("actor", "speaker", "stance", "kind", "what", "step", "condition", "words")

STORIES = {
    "the talks of the last sentence": (
        "Iran's foreign minister, Abbas Araghchi, ruled out direct negotiations with the United States on Sunday. "
        "Araghchi said they would not enter into discussions under the pressure of sanctions."
    ),
    "a plan that was named in full before": (
        "The Arab peace plan was put forward by Saudi Arabia in Beirut. Syria welcomed the plan."
    ),
    "a full name given once": (
        "Colombian President Gustavo Petro met reporters in Bogota. Petro opposes sanctions on Venezuela."
    ),
    "two who disagree": "Prague supported the ceasefire in Lebanon. Budapest condemned the ceasefire.",
    "it": "Richard Lugar of the United States praised the treaty. Russia's Igor Rodionov called it a capitulation.",
    "a day of its own": "Syria accepted the Annan plan on March 27.",
    "a day of something else": "South Korea, which sent rice in June 2006, welcomed the ceasefire.",
    "the opposition that says it": "The White House met envoys. The Syrian opposition says that it supports the plan.",
    "he without a name": "An Israeli minister spoke in Haifa. In a statement he called the truce a mistake.",
    "his own words": "Cuban President Fidel Castro called the U.S. embargo “a crime, plain and simple” on Friday.",
}


@cache
def found() -> dict[str, tuple[Move, ...]]:
    """Read every sentence and story in one go, for the parser takes longer to load than to read."""
    texts = [(row["text"], row.get("published")) for row in TABLE]
    texts += [(text, "2025-05-05") for text in STORIES.values()]
    reports = [make_report(text, day, report_id=str(number)) for number, (text, day) in enumerate(texts)]
    return {
        text: tuple(move for move in full.moves if move.board is Board.POSITIONS)
        for (text, _), full in zip(texts, read_reports_fully(reports), strict=True)
    }


def as_row(move: Move) -> dict[str, str | None]:
    (actor,) = move.source
    kind, what = move.about
    return {
        "actor": actor, "speaker": move.speaker, "stance": move.stance, "kind": kind, "what": what,
        "step": move.step, "condition": move.condition, "words": move.words,
    }  # fmt: skip


def fits(row: dict[str, str | None], expected: dict[str, str]) -> bool:
    """Tell whether a move is the expected one; words and what are compared where the table gives them."""
    return all(
        row[field] == expected.get(field, "hold" if field == "step" else None)
        for field in FIELDS
        if field in expected or field not in {"what", "words"}
    )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["text"])[:60])
def test_a_sentence_gives_its_positions(row: dict[str, Any]) -> None:
    told = [as_row(move) for move in found()[row["text"]]]
    expected: list[dict[str, str]] = row["positions"]
    assert all(any(fits(each, wanted) for wanted in expected) for each in told), told
    if not row.get("missed"):
        assert len(told) == len(expected), told
        assert all(any(fits(each, wanted) for each in told) for wanted in expected), told


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["text"])[:60])
def test_words_stand_in_the_report_as_they_are(row: dict[str, Any]) -> None:
    assert all(move.words and move.words in row["text"] for move in found()[row["text"]])


def story(name: str) -> list[dict[str, str | None]]:
    return [as_row(move) for move in found()[STORIES[name]]]


def test_talks_without_the_other_side_are_those_of_the_sentence_before() -> None:
    first, second = story("the talks of the last sentence")
    assert first["what"] == second["what"] == "direct talks with USA"
    assert first["speaker"] == second["speaker"] == "Abbas Araghchi"
    assert second["condition"] == "under the pressure of sanctions"


def test_the_plan_is_the_one_that_was_named_before() -> None:
    (row,) = story("a plan that was named in full before")
    assert (row["actor"], row["what"]) == ("SYR", "Arab peace plan")


def test_a_surname_gets_the_full_name_of_the_report() -> None:
    (row,) = story("a full name given once")
    assert row["speaker"] == "Gustavo Petro"


def test_two_actors_hold_opposite_stances_on_one_matter() -> None:
    stances = {row["actor"]: row["stance"] for row in story("two who disagree")}
    assert stances == {"CZE": "for", "HUN": "against"}


def test_it_is_what_was_just_spoken_of() -> None:
    first, second = story("it")
    assert (first["stance"], second["stance"]) == ("for", "against")
    assert first["what"] == second["what"] == "treaty"


@pytest.mark.parametrize(("name", "day"), [("a day of its own", "2025-03-27"), ("a day of something else", None)])
def test_a_stance_has_the_day_of_its_own_clause(name: str, day: str | None) -> None:
    (move,) = found()[STORIES[name]]
    assert move.date == day


def test_it_that_is_said_to_hold_a_stance_is_who_says_so() -> None:
    (row,) = story("the opposition that says it")
    assert row["actor"] == "SYR/OPP"


def test_he_without_a_name_is_not_the_state() -> None:
    assert story("he without a name") == []


def test_a_quotation_is_given_as_it_was_spoken() -> None:
    (row,) = story("his own words")
    assert (row["speaker"], row["words"]) == ("Fidel Castro", "a crime, plain and simple")


def test_the_data_file_holds_together() -> None:
    words = position_words()
    assert {verb.stance for group in words.verbs.values() for verb in group} == {"for", "against"}
    assert not set(words.praising) & set(words.damning)
    assert not words.looking_through[0] & words.turning_round[0]


def test_a_group_of_verbs_without_a_known_stance_is_named() -> None:
    with pytest.raises(KnowledgeError, match="verbs, group 1"):
        words_room._verbs([{"stance": "perhaps", "verbs": ["muse"]}])
