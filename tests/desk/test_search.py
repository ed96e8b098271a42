"""/search: actors, agreements, reports, sentences and rows that hold the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from communique.desk.actors_found import actors_found
from communique.desk.gathered import ActiveActor
from communique.desk.pages.search import agreements_found, pieces


def section(page: str, name: str) -> str:
    return page.split(f'<h2 id="{name}">')[1].split("</section>")[0]


def test_an_actor_that_is_named_comes_first_and_the_rest_is_shown_too(desk: TestClient) -> None:
    page = desk.get("/search?q=Iran").text
    assert section(page, "actors").split('href="')[1].startswith("/actors/IRN")
    assert "<mark>Iran</mark>" in section(page, "sentences")
    assert 'href="/reports/tehran-refuses"' in section(page, "reports")


def test_all_words_must_stand_in_what_is_found(desk: TestClient) -> None:
    page = desk.get("/search", params={"q": "ambassador CUBA"}).text
    assert "recalled its" in section(page, "sentences")
    assert "/reports/minsk" in section(page, "reports")
    assert "tehran-refuses" not in page


def test_an_agreement_is_found_by_its_names(desk: TestClient) -> None:
    assert agreements_found("jcpoa")[0].code == "JCPOA"
    assert "Joint Comprehensive Plan of Action" in section(desk.get("/search?q=jcpoa").text, "agreements")
    assert agreements_found("no such treaty") == ()


def test_rows_of_the_boards_that_hold_the_words_come_as_a_part(desk: TestClient) -> None:
    page = desk.get("/search?q=oil+exports").text
    assert 'hx-get="/search/standing?q=oil+exports"' in page
    part = desk.get("/search/standing?q=oil+exports").text
    assert "United States on Iran: oil" in part
    place = part.split('href="/standing/row?')[1].split('"')[0].replace("&amp;", "&")
    assert desk.get(f"/standing/row?{place}").status_code == 200
    assert "No row of the boards" in desk.get("/search/standing?q=zzzz").text


@pytest.mark.parametrize(
    "words", ["%", "_", "100% [a]", "'; DROP TABLE events; --", "<script>alert(1)</script>", "\\", "🙂", "a" * 200]
)
def test_odd_words_are_words(desk: TestClient, words: str) -> None:
    page = desk.get("/search", params={"q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert desk.get("/search/standing", params={"q": words}).status_code == 200
    assert desk.get("/actors").status_code == 200


def test_patterns_of_sql_match_only_themselves(desk: TestClient) -> None:
    assert "No sentence with an act holds this word" in desk.get("/search", params={"q": "%"}).text


def test_without_words_it_says_what_can_be_found(desk: TestClient) -> None:
    for query in ("", "?q=", "?q=%20%20"):
        page = desk.get(f"/search{query}").text
        assert "The key / goes to the box" in page
        assert "autofocus" in page
    assert desk.get("/search", params={"q": "a" * 201}).status_code == 422


def test_a_code_of_the_casebook_that_no_file_knows_is_found() -> None:
    acts = {code: ActiveActor(code, code, 3, None) for code in ("AAX", "AAX/GOV", "ABX")}
    assert next(iter(actors_found("aax", acts))).code == "AAX"
    assert "AAX/GOV" not in [row.code for row in actors_found("aax", acts)]


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_marking_words_keeps_the_text(text: str, words: list[str]) -> None:
    parted = pieces(text, words)
    assert "".join(piece for piece, _ in parted) == text
    assert all(words for _, found in parted if found)


def test_words_are_marked_wherever_they_stand() -> None:
    assert pieces("Oil and soil", ["oil"]) == (("Oil", True), (" and s", False), ("oil", True))
    assert pieces("a.b", ["."]) == (("a", False), (".", True), ("b", False))
