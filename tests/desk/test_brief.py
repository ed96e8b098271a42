"""The brief of a dossier: each statement with its footnotes, the same on the page, as PDF, as a file and on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from communique.casebook.kept import Dossier
from communique.cli.app import app
from communique.desk.brief import Brief, brief_of
from communique.desk.brief_file import html_of
from communique.desk.brief_pdf import pdf_of
from communique.desk.brief_words import event_words, names
from communique.desk.dossier import Material, material_of, outlooks_of, weightiest
from communique.errors import MissingLibrary, UsageError
from communique.pipeline import open_casebook
from communique.records import KeptEvent, Status
from tests.desk.conftest import form_secret

IRAN = Dossier("iran", "The Iran file", ("IRN", "USA", "RUS"), note="#emph[not markup] & <i>not</i> $x$")


@pytest.fixture(scope="module")
def material(read_casebook: Path) -> Material:
    """What is known about Iran, without forecasts."""
    with open_casebook(read_casebook, read_only=True) as casebook:
        return material_of(casebook, IRAN)


@pytest.fixture(scope="module")
def brief(material: Material) -> Brief:
    """The brief on Iran."""
    return brief_of(material)


def section(brief: Brief, heading: str) -> str:
    return " | ".join(each.words for part in brief.sections if part.heading == heading for each in part.statements)


def test_it_tells_what_happened_and_how_things_stand(brief: Brief) -> None:
    assert "United States imposed sanctions on Iran" in section(brief, "What happened")
    assert "Sanctions of United States on Iran (oil): widened since 2025-02-24" in section(brief, "Sanctions")
    assert "talks between Iran and United States" in section(brief, "Talks")
    assert "Panama" not in json.dumps(brief.as_row())


def test_positions_carry_their_quotes(brief: Brief) -> None:
    (held,) = [part for part in brief.sections if part.heading == "Who holds what"]
    assert any(each.words.startswith("Iran (Abbas Araghchi)") and each.quote for each in held.statements)


def test_each_statement_has_a_footnote_to_a_sentence_that_a_report_holds(brief: Brief, material: Material) -> None:
    statements = [each for part in brief.sections for each in part.statements]
    assert statements
    assert all(each.notes for each in statements)
    for note in brief.footnotes:
        report = material.reports[note.report_id].report
        assert note.sentence in f"{report.title}\n{report.text}"
        assert note.title == report.title
        assert note.published == str(report.published)


def test_footnotes_are_numbered_in_the_order_in_which_they_are_met(brief: Brief) -> None:
    met = dict.fromkeys(number for part in brief.sections for each in part.statements for number in each.notes)
    assert list(met) == list(range(1, len(brief.footnotes) + 1))
    assert [note.number for note in brief.footnotes] == list(met)


def test_only_addresses_of_the_web_become_links(material: Material) -> None:
    kept = material.reports["tehran-refuses"]
    assert any(note.url == "https://news.example/tehran" for note in brief_of(material).footnotes)
    evil = replace(kept, report=replace(kept.report, origin="javascript:alert(1)"))
    made = brief_of(replace(material, reports={**material.reports, "tehran-refuses": evil}))
    assert all(note.url is None for note in made.footnotes)


def test_the_same_material_gives_the_same_brief(material: Material, brief: Brief) -> None:
    assert brief_of(material) == brief


def test_of_many_acts_those_that_say_most_are_told_and_it_is_said(kept_acts: tuple[KeptEvent, ...]) -> None:
    many = tuple(replace(kept_acts[0], event=replace(kept_acts[0].event, event_id=f"e{n:03}")) for n in range(70))
    made = brief_of(Material(IRAN, None, many))
    assert made.sections[0].lead == "60 of 70 acts: those that most reports tell, and the strongest of them."
    told_twice = replace(many[69], tellings=(("a", "r"), ("b", "s")))
    assert told_twice in weightiest((*many[:69], told_twice), 1)


def test_a_dossier_of_which_nothing_is_known_has_a_brief_that_says_so() -> None:
    made = brief_of(Material(IRAN, date(2025, 1, 1)))
    assert [part.lead for part in made.sections] == [
        "No act is known.",
        "Nothing is known to stand.",
        "No position is known.",
    ]
    assert made.footnotes == ()


def test_what_is_likely_has_probabilities_and_says_that_precedents_are_no_causes(read_casebook: Path) -> None:
    with open_casebook(read_casebook, read_only=True) as casebook:
        made = brief_of(material_of(casebook, IRAN, None, outlooks_of(casebook, IRAN)))
    (likely,) = [part for part in made.sections if part.heading == "What is likely"]
    assert "not cause" in str(likely.lead)
    assert "too little history" in str(
        next(part.lead for part in made.sections if part.heading == "Iran – United States")
    )


def test_as_of_a_day_nothing_of_later_is_told(read_casebook: Path) -> None:
    with open_casebook(read_casebook, read_only=True) as casebook:
        made = brief_of(material_of(casebook, Dossier("x", "X", ("EGY", "QAT")), date(2025, 3, 1)))
    assert section(made, "What happened") == ""


def test_an_act_that_did_not_occur_is_told_as_such(kept_acts: tuple[KeptEvent, ...]) -> None:
    event = next(kept.event for kept in kept_acts if kept.event.type == "SANCTION")
    assert event_words(replace(event, status=Status.PLANNED)).startswith("Planned: United States ")
    assert event_words(replace(event, status=Status.DENIED, claimed_by="IRN")).endswith(", according to Iran")
    assert "someone not named" in event_words(replace(event, target=()))


def test_actors_are_listed_as_a_sentence_lists_them() -> None:
    assert names(["IRN"]) == "Iran"
    assert names(["IRN", "RUS", "USA"]) == "Iran, Russia and United States"


# As a file


def test_the_html_file_stands_alone_and_escapes_everything(brief: Brief) -> None:
    words = html_of(brief)
    assert words.startswith("<!doctype html>")
    assert "&lt;i&gt;not&lt;/i&gt;" in words
    assert "<script" not in words
    assert "<link" not in words
    assert 'id="note-1"' in words
    assert 'href="#note-1"' in words


def test_the_pdf_is_the_same_for_the_same_brief(brief: Brief) -> None:
    made = pdf_of(brief)
    assert made.startswith(b"%PDF-")
    assert pdf_of(brief) == made


def test_without_typst_it_is_told_what_to_install(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingLibrary, match=r"pip install 'communique\[pdf\]'"):
        pdf_of(brief)


# On the desk


def test_the_page_and_the_pdf_of_a_dossier(writing_desk: TestClient) -> None:
    form = {"title": "Iran", "actors": "Iran, USA", "csrf_token": form_secret(writing_desk)}
    writing_desk.post("/dossiers", data=form)
    page = writing_desk.get("/dossiers/iran/brief?as_of=2025-02-25")
    assert page.status_code == 200
    assert "as of 2025-02-25" in page.text
    assert 'href="/reports/tehran-refuses"' in page.text
    pdf = writing_desk.get("/dossiers/iran/brief.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == 'inline; filename="iran.pdf"'
    assert pdf.content.startswith(b"%PDF-")
    assert writing_desk.get("/dossiers/nothing/brief").status_code == 404


def test_a_desk_without_typst_says_what_to_install(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    writing_desk.post("/dossiers", data={"title": "Iran", "actors": "Iran", "csrf_token": form_secret(writing_desk)})
    monkeypatch.setitem(sys.modules, "typst", None)
    answer = writing_desk.get("/dossiers/iran/brief.pdf")
    assert answer.status_code == 501
    assert "communique[pdf]" in answer.text


# On the command line


@pytest.fixture
def with_iran(read_casebook: Path, tmp_path: Path) -> Path:
    """A casebook with the dossier, to write briefs of."""
    path = tmp_path / "iran.casebook"
    path.write_bytes(read_casebook.read_bytes())
    with open_casebook(path) as casebook:
        casebook.save_dossier(IRAN)
    return path


@pytest.mark.parametrize(("ending", "beginning"), [(".html", b"<!doctype html>"), (".pdf", b"%PDF-"), (".json", b"{")])
def test_the_ending_says_what_is_written(with_iran: Path, tmp_path: Path, ending: str, beginning: bytes) -> None:
    target = tmp_path / f"brief{ending}"
    done = CliRunner().invoke(app, ["brief", "iran", "-c", str(with_iran), "-o", str(target), "--no-outlook"])
    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(beginning)
    assert "footnotes, written to" in done.stderr


def test_standard_output_gets_html(with_iran: Path) -> None:
    done = CliRunner().invoke(app, ["brief", "iran", "-c", str(with_iran), "--as-of", "2025-02-25"])
    assert "as of 2025-02-25" in done.stdout
    assert "What is likely" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["brief", "irak"], "there is no dossier 'irak'; there are iran"),
        (["brief", "iran", "-o", "brief.docx"], "a brief is written as .html, .pdf, .json"),
        (["brief", "iran", "--as-of", "soon"], "is no day"),
    ],
)
def test_what_cannot_be_written_is_told(with_iran: Path, arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(app, [*arguments, "-c", str(with_iran)])
    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)
