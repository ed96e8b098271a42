"""/actors: who acts in the casebook, and all that is known of one of them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from communique.actors.display import actors_named, name_of

PART = {"HX-Request": "true"}


def test_the_most_frequent_actors_come_first(desk: TestClient) -> None:
    page = desk.get("/actors").text
    assert page.index('href="/actors/IRN"') < page.index('href="/actors/PAN"')
    assert 'href="/events?actor=IRN"' in page


@pytest.mark.parametrize(("words", "code"), [("panam", "PAN"), ("PAN", "PAN"), ("Islamic Republic of Iran", "IRN")])
def test_the_box_finds_actors_by_any_of_their_names(desk: TestClient, words: str, code: str) -> None:
    page = desk.get("/actors", params={"q": words}).text
    assert f'href="/actors/{code}"' in page
    assert 'href="/actors/QAT"' not in page


def test_words_that_name_nobody_lead_to_the_search(desk: TestClient) -> None:
    page = desk.get("/actors", params={"q": "zzz<b>"}).text
    assert 'href="/search?q=zzz%3Cb%3E"' in page
    assert "zzz<b>" not in page


def test_an_actor_has_its_acts_counterparts_and_reports(desk: TestClient) -> None:
    page = desk.get("/actors/IRN").text
    assert "<h1>Iran " in page
    assert 'data-from="/actors/IRN/timeline.json?unit=day"' in page
    assert 'href="/dyad?a=IRN&amp;b=USA"' in page
    assert 'href="/reports/tehran-refuses"' in page
    assert "Tehran shuts the door on direct talks" in page
    assert 'hx-get="/outlook/part?a=IRN"' in page


def test_the_chart_and_its_table_say_the_same(desk: TestClient) -> None:
    told = desk.get("/actors/IRN/timeline.json").json()
    page = desk.get("/actors/IRN").text
    place = told["periods"].index("2025-02-24")
    counts = [told["quads"][quad][place] for quad in "1234"]
    row = page.split("since=2025-02-24&amp;until=2025-02-24")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('class="number">')[1:5]] == [str(count or "") for count in counts]
    assert sum(counts) > 0
    assert told["unit"] == "day"


def test_bars_come_by_the_unit_that_is_asked_for(desk: TestClient) -> None:
    told = desk.get("/actors/IRN/timeline.json?unit=year").json()
    assert told["periods"] == ["2025"]
    assert (told["first"], told["last"]) == (["2025-01-01"], ["2025-12-31"])
    wrong = desk.get("/actors/IRN?unit=decade")
    assert wrong.status_code == 400
    assert "one of day, week, month, year" in wrong.text


def test_the_acts_of_a_bar_come_as_a_part(desk: TestClient) -> None:
    part = desk.get("/acts?actor=IRN&since=2025-02-24&until=2025-02-24", headers=PART).text
    assert "<html" not in part
    assert "sanctions" in part
    assert 'href="/events?actor=IRN&amp;since=2025-02-24&amp;until=2025-02-24"' in part


def test_relations_are_curves_to_the_main_counterparts(desk: TestClient) -> None:
    curves = {curve["name"]: curve["points"] for curve in desk.get("/actors/IRN/relations.json").json()["curves"]}
    assert curves["United States"][-1][1] < 0 < curves["Russia"][-1][1]


def test_standing_rows_lead_to_the_sentence(desk: TestClient) -> None:
    part = desk.get("/actors/IRN/standing", headers=PART).text
    assert "United States on Iran: oil" in part
    assert "direct talks refused" in part
    assert 'href="/reports/tehran-refuses#s' in part
    assert "Egypt" not in part
    assert "No board has a row on it" in desk.get("/actors/NZL/standing").text


def test_a_name_is_answered_by_the_page_of_its_code(desk: TestClient) -> None:
    answer = desk.get("/actors/United States", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:8472/actors/USA")


@pytest.mark.parametrize("code", ["NOBODYATALL", "no such man", "..%2F..%2Fetc", "%3Cscript%3E"])
def test_who_is_nobody_is_not_found(desk: TestClient, code: str) -> None:
    answer = desk.get(f"/actors/{code}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace('<script src="', "")


def test_an_actor_without_acts_and_a_role_have_pages_too(desk: TestClient) -> None:
    assert "0 acts" in desk.get("/actors/NZL").text
    assert "<h1>Iran (military) " in desk.get("/actors/IRN%2FMIL").text


def test_a_party_that_stands_for_its_state_is_found_but_shown_as_the_state() -> None:
    assert name_of("CHN") == "China"
    assert [actor.code for actor in actors_named("Communist Party of China")] == ["CHN"]


def test_fields_for_actors_are_offered_options(desk: TestClient) -> None:
    first = desk.get("/suggest/actors?q=ira").text
    assert '<option value="IRN">Iran · ' in first
    assert "<html" not in first
    for field in ("actor", "about", "a", "b", "source", "target"):
        assert desk.get("/suggest/actors", params={field: "ira"}).text == first
    assert desk.get("/suggest/actors").text.strip() == ""


def test_the_last_of_several_actors_is_completed(desk: TestClient) -> None:
    assert '<option value="USA, RUS">Russia' in desk.get("/suggest/actors", params={"about": "USA, russ"}).text
