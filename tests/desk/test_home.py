"""/: what is new since the last visit, by a cookie; how the boards and kept forecasts moved; how to begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

from communique.casebook.kept import Dossier, KeptForecast
from communique.casebook.opening import now
from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.desk.moved import has_passed, last_asked, moved_most
from communique.desk.news import latest_rows, standing_news
from communique.desk.settings import DeskSettings
from communique.desk.visits import Visit, cookie_name, moment_asked, visit_at
from communique.errors import UsageError
from communique.pipeline import keep_reports, open_casebook
from communique.records import Report

from .conftest import ADDRESS

MOMENT = datetime(2025, 2, 25, 10, 0)


def _desk_of(client: TestClient) -> Desk:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, Desk)
    return desk


def _was_here(client: TestClient, moment: datetime) -> None:
    """Give the browser the cookie of a visit that ended at a moment."""
    path = _desk_of(client).casebook.path
    client.cookies.set(cookie_name(path), Visit(None, moment).as_cookie())


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[TestClient]:
    """A desk on a casebook that was just made."""
    with (
        open_casebook(tmp_path / "new.casebook") as casebook,
        TestClient(make_app(Desk(casebook, DeskSettings())), base_url=ADDRESS) as client,
    ):
        yield client


def test_an_empty_casebook_tells_how_to_begin(empty_desk: TestClient) -> None:
    page = empty_desk.get("/").text
    assert page.count("<li><a href") + page.count("<li>Or ") + page.count("<li>See ") >= 3
    assert 'href="/paste"' in page
    assert 'href="/standing"' in page
    assert "communique add" in page


def test_the_first_visit_shows_the_latest_and_promises_the_rest(desk: TestClient) -> None:
    desk.cookies.clear()
    page = desk.get("/").text
    assert "the first visit with this browser" in page
    assert "Tehran shuts the door on direct talks" in page
    assert 'action="/search"' in page
    assert "/home/standing" not in page


def test_a_later_visit_tells_what_came_since(writing_desk: TestClient) -> None:
    desk = _desk_of(writing_desk)
    _was_here(writing_desk, now() - timedelta(hours=1))
    assert "Since your last visit" in writing_desk.get("/").text
    moment = now()
    report = Report("later", "Chad expelled Sudan's ambassador on Friday.", "Chad acts", date(2025, 3, 7))
    keep_reports(desk.casebook, [report])
    page = writing_desk.get(f"/?since={moment.isoformat()}").text
    assert "1 new report " in page
    assert "Chad acts" in page
    assert "Tehran shuts the door" not in page
    assert "1 new or corrected event " in page


def test_the_cookie_is_strict_and_no_script_reads_it(desk: TestClient) -> None:
    told = [value for name, value in desk.get("/").headers.multi_items() if name == "set-cookie" and "seen" in value]
    assert len(told) == 1
    assert "HttpOnly" in told[0]
    assert "SameSite=strict" in told[0]


def test_a_part_of_a_page_is_no_visit(desk: TestClient) -> None:
    answer = desk.get("/home/standing?since=2020-01-01", headers={"HX-Request": "true"})
    assert "communique_seen" not in str(answer.headers.multi_items())


def test_rows_of_the_boards_that_changed_are_told_with_their_words(desk: TestClient) -> None:
    part = desk.get("/home/standing?since=2020-01-01").text
    assert "United States on Iran: oil" in part
    assert "change-new" in part
    assert 'href="/standing/row?' in part
    nothing = desk.get(f"/home/standing?since={(now() + timedelta(days=1)).isoformat()}").text
    assert "No row stands otherwise" in nothing


def test_a_correction_shows_as_a_row_that_changed(writing_desk: TestClient) -> None:
    casebook = _desk_of(writing_desk).casebook
    moment = now()
    (kept,) = [each for each in casebook.events() if each.event.source == ("PAN",)]
    casebook.delete(kept.event.event_id, who="tester", why="a test")
    part = writing_desk.get(f"/home/standing?since={moment.isoformat()}").text
    assert "change-gone" in part
    assert "Panama on Cuba" in part
    assert "United States on Iran" not in part


def test_of_a_large_casebook_the_rows_of_those_newly_told_of_are_compared(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = _desk_of(desk)
    monkeypatch.setattr("communique.desk.news.FOLDED_WHOLE", 0)
    news = standing_news(inner, datetime(2020, 2, 1))
    assert "IRN" in news.about
    assert {each.board for each in news.changed} >= {"sanctions", "talks"}
    assert standing_news(inner, now() + timedelta(days=1)).changed == ()
    monkeypatch.setattr("communique.desk.news.MOST_ACTORS", 1)
    much = standing_news(inner, datetime(2020, 1, 2))
    assert not much.changed
    assert {each.board for each in much.latest} >= {"agreements", "sanctions"}


def test_the_latest_rows_are_those_from_a_day_on(desk: TestClient) -> None:
    rows = _desk_of(desk).board("sanctions")
    found = latest_rows("sanctions", rows, "2025-03-01")
    assert [each.title for each in found.rows] == ["Panama on Cuba: diplomatic"]
    assert found.total == 1
    assert latest_rows("sanctions", rows, "2024-01-01", most=1).total == len(rows)


@pytest.mark.parametrize("since", ["tomorrow", "2025-02-30"])
def test_a_day_that_is_none_is_said_so(desk: TestClient, since: str) -> None:
    page = desk.get(f"/?since={since}")
    assert page.status_code == 400
    assert "is no day" in page.text


def test_dossiers_stand_on_the_home_page(writing_desk: TestClient) -> None:
    _desk_of(writing_desk).casebook.save_dossier(Dossier("iran-file", "The Iran <file>", ("IRN",)))
    page = writing_desk.get("/").text
    assert 'href="/dossiers/iran-file"' in page
    assert "The Iran &lt;file&gt;" in page


def _forecast(name: str, probability: float = 0.3, kind: str = "SANCTION", as_of: str = "2025-03-01") -> KeptForecast:
    return KeptForecast(name, as_of, "2025-03-31", 30, "USA", "IRN", kind, probability, 0.2, 0.4, 0.1, True)


def test_forecasts_that_were_kept_are_shown_and_nothing_is_learned(writing_desk: TestClient) -> None:
    desk = _desk_of(writing_desk)
    assert "Nothing is learned" in writing_desk.get("/home/outlook").text
    desk.casebook.keep_forecasts([_forecast("f1")])
    part = writing_desk.get("/home/outlook").text
    assert "SANCTION" in part
    assert "30 %" in part
    assert "Work out the outlook" in part


def test_the_last_forecast_of_a_question_counts() -> None:
    first, second, other = _forecast("f1", 0.3), _forecast("f2", 0.5), _forecast("f3", kind="CONSULT")
    assert last_asked([first, other, second]) == (second, other)
    assert last_asked([first, other, second], most=1) == (second,)


def test_forecasts_that_moved_most_come_first() -> None:
    kept = [_forecast("f1", 0.3), _forecast("f2", 0.3, "CONSULT"), _forecast("f3", 0.3, "AID")]
    found = moved_most(kept, {("USA", "IRN", "SANCTION", 30): 0.35, ("USA", "IRN", "CONSULT", 30): 0.1})
    assert [(each.kept.kind, each.by and round(each.by, 2)) for each in found] == [
        ("CONSULT", -0.2), ("SANCTION", 0.05), ("AID", None),
    ]  # fmt: skip


def test_a_forecast_has_passed_at_the_end_of_its_days() -> None:
    assert has_passed(_forecast("f1"), date(2025, 3, 31))
    assert not has_passed(_forecast("f1"), date(2025, 3, 30))
    assert not has_passed(_forecast("f1"), None)


@pytest.mark.parametrize(
    ("cookie", "minutes", "since"),
    [
        ("", 0, None),
        ("rubbish.of.others", 0, None),
        (Visit(None, MOMENT).as_cookie(), 29, None),
        (Visit(None, MOMENT).as_cookie(), 31, MOMENT),
        (Visit(MOMENT - timedelta(days=1), MOMENT).as_cookie(), 29, MOMENT - timedelta(days=1)),
        (Visit(MOMENT - timedelta(days=1), MOMENT).as_cookie(), 31, MOMENT),
        (Visit(None, MOMENT + timedelta(days=9)).as_cookie(), 0, None),
        (Visit(MOMENT + timedelta(days=9), MOMENT).as_cookie(), 1, None),
    ],
)
def test_a_visit_ends_after_half_an_hour_without_a_page(cookie: str, minutes: int, since: datetime | None) -> None:
    moment = MOMENT + timedelta(minutes=minutes)
    assert visit_at(cookie, moment) == Visit(since, moment)


@given(some.text(max_size=60))
def test_no_cookie_is_too_odd(cookie: str) -> None:
    assert visit_at(cookie, MOMENT).latest == MOMENT


def test_casebooks_on_one_machine_have_cookies_of_their_own() -> None:
    assert cookie_name(Path("/a/x.casebook")) != cookie_name(Path("/b/x.casebook"))


def test_moments_are_days_or_times_with_or_without_a_zone() -> None:
    assert moment_asked(" ") is None
    assert moment_asked("2025-02-25") == datetime(2025, 2, 25)
    assert moment_asked("2025-02-25T10:00:00+02:00") == datetime(2025, 2, 25, 8)
    with pytest.raises(UsageError, match="is no day"):
        moment_asked("yesterday")
