"""/dossiers: made, changed, deleted; its home shows what is new, its acts, how things stand, what is likely."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.casebook.filters import EventFilter
from communique.casebook.kept import Dossier
from communique.desk import dossier_asked
from communique.desk.dossier import dossier_events, main_pairs, rows_within
from communique.desk.pages.dossiers import slug
from communique.pipeline import open_casebook
from communique.records import KeptEvent
from communique.standing.sanctions import SanctionRow
from tests.desk.conftest import form_secret

FORM = {
    "title": "The Iran file",
    "actors": "Iran, USA, Russia",
    "contexts": ["sanctions", "diplomacy"],
    "note": "<b>Vienna</b>",
}


def plain(page: str) -> str:
    """Give the words of a page without its marks."""
    return re.sub("<[^>]+>", "", page)


@pytest.fixture
def with_dossier(writing_desk: TestClient) -> TestClient:
    """A desk with a dossier on Iran."""
    answer = writing_desk.post(
        "/dossiers", data={**FORM, "csrf_token": form_secret(writing_desk)}, follow_redirects=False
    )
    assert answer.headers["location"] == "/dossiers/the-iran-file"
    return writing_desk


def test_more_acts_than_are_looked_at_are_counted_all_the_same(
    with_dossier: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = with_dossier.get("/api/dossiers/the-iran-file/events").json()["total"]
    assert total > 1
    monkeypatch.setattr(dossier_asked, "dossier_events", partial(dossier_events, most=1))
    home = plain(with_dossier.get("/dossiers/the-iran-file").text)
    assert f"1 of {total} acts, the newest first; only the newest 1 are listed" in home
    assert with_dossier.get("/api/dossiers/the-iran-file/events?limit=1").json()["total"] == total
    assert f"1 of {total} acts: those that most reports tell" in plain(
        with_dossier.get("/dossiers/the-iran-file/brief").text
    )


@pytest.mark.parametrize(
    ("own", "as_of", "last"),
    [
        ("2025-02", "2025-02-20", date(2025, 2, 20)),
        ("2025-02", "2025-03-20", date(2025, 2, 28)),
        ("2024", "2025-03-20", date(2024, 12, 31)),
        (None, "2025-02-20", date(2025, 2, 20)),
    ],
)
def test_acts_end_with_the_day_that_is_asked_about_or_with_the_dossier(
    own: str | None, as_of: str, last: date, monkeypatch: pytest.MonkeyPatch, read_casebook: Path
) -> None:
    asked: list[EventFilter] = []
    with open_casebook(read_casebook, read_only=True) as casebook:
        monkeypatch.setattr(type(casebook), "events", lambda self, wanted: asked.append(wanted) or [])
        dossier_events(casebook, Dossier("iran", "Iran", ("IRN",), until=own), date.fromisoformat(as_of))
    assert asked[0].until == last


def test_all_contexts_may_be_chosen_also_those_that_no_word_tells(desk: TestClient) -> None:
    form = desk.get("/dossiers/new").text
    assert 'value="military"' in form
    assert 'value="sanctions"' in form


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Iran file", "the-iran-file"),
        ("Grüße & Grain, 2022", "grusse-grain-2022"),
        ("Ирак", ""),
        ("a" * 90, "a" * 60),
    ],
)
def test_a_name_is_made_of_the_title(title: str, name: str) -> None:
    assert slug(title) == name


def test_its_home_shows_its_acts_and_nothing_else(with_dossier: TestClient) -> None:
    page = with_dossier.get("/dossiers/the-iran-file").text
    assert "<h1>The Iran file</h1>" in page
    assert "&lt;b&gt;Vienna&lt;/b&gt;" in page
    assert "imposed sanctions on Iran" in plain(page)
    assert "recalled its ambassador" not in page
    assert 'hx-get="/outlook/part?a=IRN&amp;b=USA"' in page
    assert "Tehran shuts the door on direct talks" in page


def test_what_came_in_lately_is_new(with_dossier: TestClient) -> None:
    page = with_dossier.get("/dossiers/the-iran-file").text
    assert "New in the last week" in page
    assert "came in" in page


def test_its_acts_are_filtered(with_dossier: TestClient) -> None:
    page = with_dossier.get("/dossiers/the-iran-file?type=SANCTION&text=oil").text
    timeline = page.partition('id="timeline"')[2].partition("</section>")[0]
    assert "SANCTION" in timeline.partition("<tbody>")[2]
    assert "REJECT" not in timeline.partition("<tbody>")[2]


def test_its_standing_rows_lead_to_their_sentences(with_dossier: TestClient) -> None:
    part = with_dossier.get("/dossiers/the-iran-file/standing").text
    assert "Sanctions of United States on Iran" in part
    assert "Talks" in part
    assert 'href="/reports/tehran-refuses#s' in part
    assert "Panama" not in part


def test_it_is_changed_under_its_name(with_dossier: TestClient) -> None:
    form = with_dossier.get("/dossiers/the-iran-file/edit").text
    assert 'value="IRN, USA, RUS"' in form
    assert 'value="sanctions" checked' in form
    secret = form_secret(with_dossier)
    changed = {**FORM, "was": "the-iran-file", "title": "Iran anew", "csrf_token": secret}
    answer = with_dossier.post("/dossiers", data=changed, follow_redirects=False)
    assert answer.headers["location"] == "/dossiers/the-iran-file"
    assert "<h1>Iran anew</h1>" in with_dossier.get("/dossiers/the-iran-file").text


def test_it_is_deleted_and_its_acts_stay(with_dossier: TestClient) -> None:
    secret = form_secret(with_dossier)
    with_dossier.post("/dossiers/the-iran-file/delete", data={"csrf_token": secret})
    assert with_dossier.get("/dossiers/the-iran-file").status_code == 404
    assert "imposed sanctions on Iran" in plain(with_dossier.get("/events?actor=IRN").text)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "The Iran file"}, "there is a dossier"),
        ({"title": "New"}, "taken by the desk"),
        ({"actors": "Nobodyland"}, "is no actor that is known"),
        ({"since": "last week"}, "write a day as"),
        ({"title": " "}, "write its name in a-z"),
        ({"title": "Other", "actors": "", "contexts": []}, "at least one actor or context"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_the_form(
    with_dossier: TestClient, wrong: dict[str, object], words: str
) -> None:
    form = {**FORM, "title": "Another", "csrf_token": form_secret(with_dossier), **wrong}
    answer = with_dossier.post("/dossiers", data=form)
    assert answer.status_code == 400
    assert words in answer.text
    assert "&lt;b&gt;Vienna&lt;/b&gt;" in answer.text


def test_a_desk_that_only_reads_offers_no_changes(desk: TestClient) -> None:
    page = desk.get("/dossiers").text
    assert "There is none yet" in page
    assert "Make a dossier" not in page
    assert desk.post("/dossiers", data={**FORM, "csrf_token": form_secret(desk)}).status_code == 400


def row(sender: str, target: str, changed: str = "2025-01-01", events: tuple[str, ...] = ()) -> SanctionRow:
    return SanctionRow(sender, target, "all", "", "in force", None, None, (), (), (), events, changed, (), ())


def test_rows_belong_to_a_dossier_whose_actors_are_both_its_own() -> None:
    rows = [row("USA", "IRN"), row("USA", "RUS", "2025-02-01"), row("USA", "CUB"), row("EU", "IRN")]
    found = rows_within("sanctions", rows, Dossier("x", "X", ("USA", "IRN", "RUS")))
    assert [(each.sender, each.target) for each in found] == [("USA", "RUS"), ("USA", "IRN")]  # type: ignore[attr-defined]
    assert len(rows_within("sanctions", rows, Dossier("x", "X", ("USA",)))) == 3


def test_rows_of_other_questions_are_left_out_unless_its_acts_are_behind_them() -> None:
    rows = [row("USA", "IRN", events=("e1",)), row("USA", "RUS")]
    dossier = Dossier("x", "X", (), ("nuclear",))
    assert rows_within("sanctions", rows, dossier) == ()
    assert rows_within("sanctions", rows, dossier, {"e1"}) == (rows[0],)


def test_the_main_pairs_are_those_with_most_acts(kept_acts: tuple[KeptEvent, ...]) -> None:
    assert main_pairs(Dossier("x", "X", ("IRN", "USA", "RUS")), kept_acts, 1) == (("IRN", "USA"),)
    assert all("RUS" in pair for pair in main_pairs(Dossier("x", "X", ("RUS",)), kept_acts))


def test_acts_among_several_are_those_between_two_of_them_or_of_one_on_nobody_named(read_casebook: Path) -> None:
    with open_casebook(read_casebook, read_only=True) as casebook:
        among = casebook.events(EventFilter(among=("IRN", "USA")))
        between = casebook.events(EventFilter(dyad=("IRN", "USA")))
    sides = [{*kept.event.source, *kept.event.target} for kept in among]
    assert {kept.event.event_id for kept in between} <= {kept.event.event_id for kept in among}
    assert all(not kept.event.target or {"IRN", "USA"} <= side for kept, side in zip(among, sides, strict=True))
    assert not any("RUS" in side for side in sides)
