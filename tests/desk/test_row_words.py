"""Rows of the boards in a few words, with names in place of codes; all pages tell a row alike."""

from __future__ import annotations

import pytest

from communique.desk.board_view import KeyedRow
from communique.desk.row_words import standing_of, title_of, with_names
from communique.desk.standing_lines import keyed_lines
from communique.pipeline import history_of_reports
from communique.standing.picture import BOARDS, Picture, picture_of
from tests.desk.conftest import REPORTS


@pytest.fixture(scope="module")
def picture() -> Picture:
    return picture_of(history_of_reports(REPORTS))


def test_each_board_tells_its_rows_in_words(picture: Picture) -> None:
    titles = {board: [title_of(board, row) for row in picture[board]] for board in BOARDS}
    assert "United States on Iran: oil" in titles["sanctions"]
    assert any(title.startswith("Iran – United States") for title in titles["talks"])
    assert "direct talks refused by Iran" in {standing_of("talks", row) for row in picture["talks"]}


def test_a_line_and_a_row_of_the_board_are_told_alike(picture: Picture) -> None:
    row = next(row for row in picture["talks"] if standing_of("talks", row) == "direct talks refused by Iran")
    (line,) = keyed_lines("talks", [("k", row)], ("IRN",)).lines
    keyed = KeyedRow("talks", "k", row)
    assert line.what == keyed.title
    assert line.how.startswith(keyed.standing)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("direct talks with USA", "direct talks with United States"),
        ("talks between IRN, USA", "talks between Iran, United States"),
        ("IRN/GOV", "Iran (government)"),
        ("plan B  for oil", "plan B  for oil"),
    ],
)
def test_codes_in_words_become_names(words: str, named: str) -> None:
    assert with_names(words) == named
