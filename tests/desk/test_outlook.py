"""/outlook: forecasts worked out beside the pages, kept ones, what-ifs, who is next, and the replayed past."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from communique.desk.forecasts import Forecaster
from communique.errors import CasebookError
from tests.desk.conftest import form_secret


def test_a_dyad_with_little_history_says_so_and_gives_base_rates(desk: TestClient) -> None:
    page = desk.get("/outlook?a=Iran&b=USA&now=1")
    assert page.status_code == 200
    assert "<h1>What is likely next: Iran – United States</h1>" in page.text
    assert "too little history" in page.text
    assert "base rate" in page.text
    assert 'class="range quad-' in page.text


def test_the_page_stands_while_the_forecast_is_in_work(desk: TestClient) -> None:
    page = desk.get("/outlook?a=RUS&b=IRN&days=7")
    assert page.status_code == 200
    waiting = 'hx-get="/outlook/table?a=RUS&amp;b=IRN&amp;days=7"' in page.text
    assert waiting or "The 7 days after" in page.text


def test_the_part_asked_for_later_is_no_whole_page(desk: TestClient) -> None:
    desk.get("/outlook?a=IRN&b=USA&now=1")
    part = desk.get("/outlook/table?a=IRN&b=USA", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section id="outlook-answer"')
    assert "<html" not in part.text


def test_other_pages_load_a_compact_part_with_a_link_to_the_whole(desk: TestClient) -> None:
    desk.get("/outlook?a=IRN&b=USA&now=1")
    part = desk.get("/outlook/part?a=IRN&b=USA").text
    assert '<a href="/outlook?a=IRN&amp;b=USA&amp;days=30">' in part


def test_the_world_has_the_likeliest_acts_or_says_that_there_are_none(desk: TestClient) -> None:
    page = desk.get("/outlook?now=1").text
    assert "What is likely next: the world" in page
    assert "Nothing is likelier than 1 %" in page or "The likeliest acts" in page


def test_what_cannot_be_asked_is_told_beside_the_form(desk: TestClient) -> None:
    assert "is no actor that is known" in desk.get("/outlook?a=Nobodyland").text
    assert "is no day" in desk.get("/outlook?a=IRN&as_of=yesterday").text
    assert "the same actor" in desk.get("/outlook?a=IRN&b=Iran").text
    assert desk.get("/outlook?days=0").status_code == 422


def test_an_actor_of_whom_nothing_is_known_is_a_fault_in_words(desk: TestClient) -> None:
    assert "no event of this actor was known" in desk.get("/outlook?a=PER&b=BOL&now=1").text


def test_nothing_that_became_known_later_is_used(desk: TestClient) -> None:
    page = desk.get("/outlook?a=EGY&b=QAT&as_of=2025-02-26&now=1").text
    assert "no event of this actor was known" in page


def test_no_page_of_the_outlook_carries_a_script_or_style_of_its_own(desk: TestClient) -> None:
    for place in (
        "/outlook?a=IRN&b=USA&now=1",
        "/outlook/next",
        "/outlook/what-if",
        "/outlook/kept",
        "/outlook/backtest",
    ):
        page = desk.get(place).text
        assert " style=" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_forecasts_that_are_kept_are_listed_and_scored_when_their_time_comes(writing_desk: TestClient) -> None:
    secret = form_secret(writing_desk)
    writing_desk.get("/outlook?a=IRN&b=USA&days=3&as_of=2025-02-25&now=1")
    form = {"a": "IRN", "b": "USA", "days": 3, "as_of": "2025-02-25", "csrf_token": secret}
    answer = writing_desk.post("/outlook/keep", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/outlook/kept?new=40"
    again = writing_desk.post("/outlook/keep", data=form, follow_redirects=False)
    while again.status_code == 400:
        # The casebook has changed by what was kept: the forecasts are worked out once more.
        writing_desk.get("/outlook?a=IRN&b=USA&days=3&as_of=2025-02-25&now=1")
        again = writing_desk.post("/outlook/keep", data=form, follow_redirects=False)
    assert again.headers["location"] == "/outlook/kept?new=0"
    part = writing_desk.get("/outlook/kept/part").text
    while "aria-busy" in part or "worked out anew" in part:
        part = writing_desk.get("/outlook/kept/part").text
    assert "40 kept; the days of 40 have passed" in part
    assert "did not come" in part


def test_nothing_is_kept_without_the_secret_of_the_form_or_on_a_desk_that_only_reads(
    desk: TestClient, writing_desk: TestClient
) -> None:
    assert writing_desk.post("/outlook/keep", data={"a": "IRN", "b": "USA"}).status_code == 403
    desk.get("/outlook?a=IRN&b=USA&now=1")
    form = {"a": "IRN", "b": "USA", "csrf_token": form_secret(desk)}
    assert desk.post("/outlook/keep", data=form).status_code == 400


def test_a_what_if_is_called_association_and_shows_before_and_after(desk: TestClient) -> None:
    page = desk.get("/outlook/what-if?source=USA&type=SANCTION&target=Iran&day=2025-03-01&now=1").text
    assert "association in the past, not cause" in page.casefold()
    assert ">Before</th>" in page
    assert ">After</th>" in page
    assert 'value="Iran"' in page


def test_an_event_that_cannot_be_supposed_is_named_by_its_number(desk: TestClient) -> None:
    rows = "source=USA&type=SANCTION&target=IRN&day=2025-03-01&source=USA&type=SANCTION&target=&day=2025-03-01"
    assert "event 2: name who acts and who undergoes it" in desk.get(f"/outlook/what-if?{rows}").text
    assert "is no day" in desk.get("/outlook/what-if?source=USA&type=SANCTION&target=IRN&day=soon").text
    lists = desk.get("/outlook/what-if?source=USA&type=SANCTION&type=AID&target=IRN")
    assert "each supposed event needs a source" in lists.text


def test_who_is_next_asks_for_exactly_one_side(desk: TestClient) -> None:
    assert 'id="next-answer"' in desk.get("/outlook/next").text
    assert "name one side and leave the other empty" in desk.get("/outlook/next?source=USA&target=IRN").text
    page = desk.get("/outlook/next?source=USA&type=SANCTION&now=1").text
    assert "it is no probability" in page
    assert 'href="/actors/IRN"' in page


def test_a_replay_begins_with_the_button_alone_and_tells_when_the_past_is_too_short(desk: TestClient) -> None:
    assert "Nothing has been replayed" in desk.get("/outlook/backtest").text
    assert desk.get("/outlook/backtest/plot.svg").status_code == 404
    begun = desk.post("/outlook/backtest", data={"days": 30, "origins": 3, "csrf_token": form_secret(desk)})
    assert begun.status_code == 200
    part = desk.get("/outlook/backtest/part?days=30&origins=3").text
    while "aria-busy" in part:
        part = desk.get("/outlook/backtest/part?days=30&origins=3").text
    assert "the history is too short for a backtest" in part


def test_a_replay_that_cannot_be_begun_is_told_on_its_page(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise CasebookError("too many forecasts are waiting to be worked out; try again in a minute")

    monkeypatch.setattr(Forecaster, "ask", refuses)
    answer = desk.post("/outlook/backtest", data={"days": 7, "origins": 3, "csrf_token": form_secret(desk)})
    assert answer.status_code == 409
    assert '<p class="fault" role="alert">too many forecasts are waiting' in answer.text
    assert 'name="days" type="number" min="1" max="366" value="7"' in answer.text
