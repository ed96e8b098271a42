"""/dyad: how two actors stand to each other and what each did."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from communique.standing.alignments import alignments

PART = {"HX-Request": "true"}


def test_two_actors_have_a_relation_their_acts_and_reports(desk: TestClient) -> None:
    page = desk.get("/dyad?a=Iran&b=USA").text
    assert (
        '<a href="/actors/IRN" title="IRN">Iran</a> – <a href="/actors/USA" title="USA">United States</a></h1>' in page
    )
    assert 'href="/events?source=USA&amp;target=IRN&amp;type=SANCTION"' in page
    assert 'hx-get="/outlook/part?a=IRN&amp;b=USA"' in page
    assert "Washington tightens oil sanctions" in page


def test_the_relation_is_that_of_the_board(desk: TestClient) -> None:
    casebook = desk.app.state.desk.casebook  # type: ignore[attr-defined]
    last = casebook.contents().last_day
    (row,) = (row for row in alignments(casebook.history().events, last) if (row.a, row.b) == ("IRN", "USA"))
    page = desk.get("/dyad?a=IRN&b=USA").text
    assert f"{row.kind} ({row.score:+.2f}, {row.trend})" in page
    curve = desk.get("/dyad/relation.json?a=IRN&b=USA").json()["curves"][0]
    assert curve["points"][-1] == [last.isoformat(), row.score]


def test_each_side_has_its_lane(desk: TestClient) -> None:
    told = desk.get("/dyad/timeline.json?a=USA&b=IRN&unit=year").json()
    sums = {lane["name"]: sum(map(sum, lane["quads"].values())) for lane in told["lanes"]}
    acts = desk.app.state.desk.casebook.timeline("USA", "IRN")  # type: ignore[attr-defined]
    assert sum(sums.values()) == len(acts)
    assert sums["United States → Iran"] >= 2
    material = next(lane["quads"]["4"] for lane in told["lanes"] if lane["name"] == "United States → Iran")
    assert sum(material) >= 1


def test_only_rows_on_both_are_shown(desk: TestClient) -> None:
    part = desk.get("/dyad/standing?a=IRN&b=USA", headers=PART).text
    assert "United States on Iran: oil" in part
    assert "refused" in part
    assert "Germany" not in part
    assert "No board has a row on both" in desk.get("/dyad/standing?a=PAN&b=USA", headers=PART).text


def test_without_two_actors_it_asks_for_them(desk: TestClient) -> None:
    assert '<label for="b">' in desk.get("/dyad").text
    assert 'value="IRN"' in desk.get("/dyad?a=IRN").text


@pytest.mark.parametrize("query", ["a=IRN&b=IRN", "a=IRN&b=Iran", "a=IRN&b=qqqq", "a=%3Cb%3E&b=USA"])
def test_what_is_not_two_actors_is_said_above_the_form(desk: TestClient, query: str) -> None:
    page = desk.get(f"/dyad?{query}")
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert '<label for="b">' in page.text
    assert "<b>" not in page.text
    assert desk.get(f"/dyad/timeline.json?{query}").status_code == 400


def test_two_who_have_nothing_to_do_with_each_other_have_a_page_too(desk: TestClient) -> None:
    page = desk.get("/dyad?a=NZL&b=PAN").text
    assert "No acts between them" in page
    assert "Nothing that passed between them weighs for a relation" in page
    assert desk.get("/dyad/timeline.json?a=NZL&b=PAN").json()["periods"] == []


def test_sides_within_one_state_have_no_relation(desk: TestClient) -> None:
    page = desk.get("/dyad?a=SYR/GOV&b=SYR/REB")
    assert page.status_code == 200
    assert "Nothing that passed between them weighs" in page.text


def test_the_latest_acts_come_first_and_those_without_a_day_last(desk: TestClient) -> None:
    page = desk.get("/dyad?a=IRN&b=USA").text
    rows = page.split('<h2 id="latest">')[1].split("</section>")[0].split('<td class="nowrap">')[1:]
    days = [row.split("<")[0] for row in rows]
    assert len(days) > 1
    assert days == sorted(days, key=lambda day: (day != "—", day), reverse=True)
