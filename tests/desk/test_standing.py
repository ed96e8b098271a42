"""/standing: the boards at a date, rows that lead to their sentences, and what changed between two dates."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from communique.desk.board_view import COLUMNS, KeyedRow, facts_of, newest_first, steps_of
from communique.desk.row_keys import rows_by_key
from communique.pipeline import history_of_reports
from communique.standing.picture import BOARDS, Picture, picture_of

from .conftest import REPORTS

PART = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def now() -> Picture:
    """The boards of the reports that the desk of these tests holds."""
    return picture_of(history_of_reports(REPORTS))


def _row_address(page: str, board: str, words: str) -> str:
    """The address that opens the row whose line on a page holds some words."""
    for line in page.split('<tr class="opening"')[1:]:
        if words in re.sub(r"<[^>]*>", "", line):
            found = re.search(r'href="(/standing/row\?[^"]*)"', line)
            assert found, line
            return found[1].replace("&amp;", "&")
    raise AssertionError(f"no row of {board} with {words!r}")


def test_all_boards_stand_on_the_page_with_the_newest_rows_first(desk: TestClient) -> None:
    page = desk.get("/standing").text
    for board in BOARDS:
        assert f'id="board-{board}"' in page
        if board != "votes":
            assert all(f">{name.capitalize()}</th>" in page for name in COLUMNS[board])
    assert "in force" in page
    assert "refused" in page
    days = re.findall(
        r"<td class=\"nowrap\">(\d{4}[-\d]*)</td>\s*</tr>", page.split('id="board-talks"')[1].split("</section>")[0]
    )
    assert days == sorted(days, reverse=True)


def test_a_date_before_the_sanctions_shows_none(desk: TestClient) -> None:
    before, after = (desk.get(f"/standing?board=sanctions&as_of={day}").text for day in ("2025-02-20", "2025-02-26"))
    assert "widened" not in before
    assert "No rows for what is asked" in before
    assert "widened" in after
    assert "As it stood on 2025-02-26" in after


def test_the_slider_asks_for_a_part_and_the_address_follows_it(desk: TestClient) -> None:
    answer = desk.get("/standing/picture?as_of=2025-02-26&about=Iran&board=talks", headers=PART)
    assert "<html" not in answer.text
    assert 'id="board-talks"' in answer.text
    assert answer.headers["HX-Replace-Url"] == "/standing?as_of=2025-02-26&about=Iran&board=talks"
    assert desk.get(answer.headers["HX-Replace-Url"]).text.count("<tr") == answer.text.count("<tr")


def test_the_slider_knows_the_days_of_the_casebook_and_is_hidden_without_a_script(desk: TestClient) -> None:
    page = desk.get("/standing").text
    assert '<div class="slide unready" data-first="2025-02-' in page
    assert 'data-last="2025-03-03"' in page


def test_about_an_actor_only_its_rows_are_shown(desk: TestClient) -> None:
    page = desk.get("/standing?board=agreements&about=Qatar").text
    assert "/actors/QAT" in page
    assert "1 row" in page
    assert "/actors/QAT" not in desk.get("/standing?board=talks&about=RUS").text


def test_words_are_looked_for_in_rows_and_their_sentences(desk: TestClient) -> None:
    assert "/actors/RUS" in desk.get("/standing?board=talks&words=LAVROV+met").text
    assert "/actors/RUS" not in desk.get("/standing?board=talks&words=Geneva").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("as_of=tomorrow", "is no day"),
        ("about=Nobody+in+particular", "is no actor that is known"),
        ("board=weather", "there is no board"),
    ],
)
def test_what_means_nothing_is_said_above_the_form(desk: TestClient, query: str, words: str) -> None:
    page = desk.get(f"/standing?{query}")
    assert page.status_code == 400
    assert words in page.text
    assert 'id="asking"' in page.text
    part = desk.get(f"/standing/picture?{query}", headers=PART)
    assert part.status_code == 400
    assert words in part.text
    assert "<html" not in part.text


def test_a_row_opens_its_steps_with_the_sentence_its_report_and_its_event(desk: TestClient) -> None:
    place = _row_address(desk.get("/standing?board=talks").text, "talks", "refused")
    part = desk.get(place, headers=PART)
    assert part.text.lstrip().startswith('<tr class="detail">')
    assert "refused direct talks with the United States" in re.sub(r"<[^>]*>", "", part.text)
    assert 'href="/reports/tehran-refuses#s' in part.text
    event = re.search(r'href="(/events/[^"]+)"', part.text)
    assert event
    assert desk.get(event[1]).status_code == 200
    page = desk.get(place)
    assert "<h1>Iran – United States" in page.text
    assert "How it came to this" in page.text


def test_the_key_of_a_row_holds_at_another_date(desk: TestClient) -> None:
    place = _row_address(desk.get("/standing?board=sanctions").text, "sanctions", "oil")
    key = re.search(r"key=(\w+)", place)
    assert key
    assert desk.get(f"/standing/row?board=sanctions&key={key[1]}&as_of=2025-02-25").status_code == 200
    assert desk.get(f"/standing/row?board=sanctions&key={key[1]}&as_of=2025-02-20").status_code == 404


def test_no_such_row(desk: TestClient) -> None:
    assert desk.get("/standing/row?board=talks&key=0").status_code == 404


def test_what_changed_between_two_days_stands_by_board_with_its_words(desk: TestClient) -> None:
    page = desk.get("/standing/changes?from=2025-02-20&to=2025-02-26").text
    assert "change-new" in page
    assert "United States on Iran: oil" in page
    assert "trade agreement" not in page
    later = desk.get("/standing/changes?from=2025-02-26&to=2025-03-10&board=agreements").text
    assert "change-new" in later
    assert "United States on Iran" not in later
    same = desk.get("/standing/changes?from=2025-02-26&to=2025-02-26").text
    assert "change-new" not in same
    assert "0 changed" in same


def test_changes_begin_with_days_to_choose(desk: TestClient) -> None:
    page = desk.get("/standing/changes").text
    assert "/standing/changes?" in page
    assert "from=2025-02-24" in page
    assert "the last week" in page


def test_the_later_day_first_is_refused_in_words(desk: TestClient) -> None:
    page = desk.get("/standing/changes?from=2025-03-01&to=2025-02-01")
    assert page.status_code == 400
    assert "write the earlier day first" in page.text


def test_a_correction_changes_the_row(writing_desk: TestClient) -> None:
    page = writing_desk.get("/standing?board=sanctions").text
    assert "Panama on Cuba" in page
    events = set(re.findall(r'href="/events/([^"]+)"', writing_desk.get(_row_address(page, "sanctions", "Cuba")).text))
    for event_id in events:
        writing_desk.app.state.desk.casebook.delete(event_id, who="tester", why="a test")  # type: ignore[attr-defined]
    assert events
    assert "Panama on Cuba" not in writing_desk.get("/standing?board=sanctions").text


def test_what_a_report_says_is_shown_as_words_and_never_as_html(desk: TestClient) -> None:
    for board in BOARDS:
        page = desk.get(f"/standing?board={board}").text
        assert "<script>alert" not in page
        assert "<b>agreements</b>" not in page


def test_steps_are_told_newest_first_with_their_sentences(now: Picture) -> None:
    for board in BOARDS:
        for row in now[board]:
            steps = steps_of(row)
            assert [each.step for each in reversed(steps)] == list(row.history)
            assert all(each.step.words in each.sentence for each in steps if each.sentence)
            assert all(fact.told for fact in facts_of(board, row))


def test_rows_come_by_their_last_change_and_hold_all_words(now: Picture) -> None:
    rows = newest_first("alignments", rows_by_key("alignments", now["alignments"]))
    assert [each.row.changed for each in rows] == sorted((each.row.changed for each in rows), reverse=True)
    assert {each.key: each.row for each in rows} == rows_by_key("alignments", now["alignments"])
    named = newest_first("alignments", rows_by_key("alignments", now["alignments"]), "qatar EGY")
    assert [(each.title, type(each)) for each in named] == [("Egypt – Qatar", KeyedRow)]
    assert newest_first("alignments", rows_by_key("alignments", now["alignments"]), "qatar iran") == ()


def test_the_desk_keeps_a_board_until_the_casebook_changes(desk: TestClient) -> None:
    inner = desk.app.state.desk  # type: ignore[attr-defined]
    first = inner.board("talks", date(2025, 2, 27))
    assert inner.has_board("talks", date(2025, 2, 27))
    assert inner.board("talks", date(2025, 2, 27)) is first
    assert not inner.has_board("talks", date(2024, 2, 27))
