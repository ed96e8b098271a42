"""Rows of the boards as lines on the pages of actors and dyads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from communique.desk.standing_lines import (
    BOARDS,
    MOST_BEFORE,
    BoardLines,
    board_lines,
    keyed_lines,
    words_told,
)  # fmt: skip
from communique.pipeline import history_of_reports
from communique.records import Report, Status
from communique.standing.picture import Picture, picture_of
from communique.standing.steps import Evidence, Step

TALE = Report(
    "tale",
    "Iran's foreign minister Abbas Araghchi said Iran opposed direct talks with the United States: \"We will not negotiate"
    " under pressure.\" The United States imposed sanctions on Iran's oil exports on Monday. Iran refused direct nuclear"
    " talks with the United States as long as the pressure lasts. Egypt and Qatar signed a trade agreement in Cairo on"
    " Monday. Russia vetoed a resolution on Syria in the UN Security Council on Monday.",
    None,
    date(2025, 3, 4),
)


@pytest.fixture(scope="module")
def picture() -> Picture:
    return picture_of(history_of_reports([TALE]))


def lines(picture: Picture, board: str, *codes: str) -> BoardLines:
    return board_lines(board, picture[board], codes)


def test_a_line_says_what_and_how_in_names(picture: Picture) -> None:
    (line,) = lines(picture, "sanctions", "IRN").lines
    assert (line.what, line.how) == ("United States on Iran: oil", "in force")
    assert line.step is not None
    assert line.step.report_id == "tale"
    refused = lines(picture, "talks", "IRN", "USA").lines[0]
    assert "Iran – United States" in refused.what
    assert "refused by Iran" in refused.how


def test_unnamed_agreements_are_told_by_their_parties(picture: Picture) -> None:
    (line,) = lines(picture, "agreements", "EGY").lines
    assert "Egypt, Qatar" in line.what or "trade" in line.what


def test_positions_have_names_for_codes_and_the_words(picture: Picture) -> None:
    found = lines(picture, "positions", "IRN").lines
    assert any("talks with United States" in line.what and line.quote for line in found), found


def test_votes_tell_how_the_actor_voted(picture: Picture) -> None:
    (line,) = lines(picture, "votes", "RUS").lines
    assert "vetoed" in line.how


def test_rows_must_concern_all_who_are_asked_about(picture: Picture) -> None:
    assert lines(picture, "sanctions", "IRN", "USA").total == 1
    assert lines(picture, "sanctions", "IRN", "RUS").total == 0
    assert all(lines(picture, board, "NZL").lines == () for board in BOARDS)


def test_few_lines_and_how_many_there_are(picture: Picture) -> None:
    every = [row for board in ("sanctions",) for row in picture[board]] * 3
    found = board_lines("sanctions", every, ("IRN",), most=2)
    assert (len(found.lines), found.total) == (2, 3)


def test_a_key_comes_along(picture: Picture) -> None:
    (line,) = keyed_lines("sanctions", [("k", row) for row in picture["sanctions"]], ("IRN",)).lines
    assert line.key == "k"


def test_words_come_with_what_stands_before_them() -> None:
    sentence = "A spokesman for the ministry told reporters at length that the government had not lifted any sanctions on Iran."
    step = Step("2025-03-04", "in force", ("USA",), Status.DENIED, "lifted any sanctions on Iran", "r", 0, None)
    evidence = (Evidence("r", 0, sentence), Evidence("r", 1, "Another sentence."))
    told = words_told(step, evidence)
    assert told.endswith("had not lifted any sanctions on Iran")
    assert told.startswith("… ")
    assert len(told) <= MOST_BEFORE + len(step.words) + 2
    assert words_told(step, ()) == step.words
    assert words_told(replace(step, words=""), evidence) == ""
    assert words_told(replace(step, words="A spokesman"), evidence) == "A spokesman"


def test_a_line_tells_its_last_step_with_what_stands_before_it(picture: Picture) -> None:
    (line,) = lines(picture, "sanctions", "IRN").lines
    assert line.step is not None
    assert line.told.startswith("The United States ")
    assert line.told.endswith(line.step.words)
