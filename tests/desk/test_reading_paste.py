"""Reports come in by the desk: pasted, dropped as files, or only looked at."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.desk.conftest import form_secret
from tests.desk.test_reading import desk_behind, form_values, post, words

TEXT = "Panama recalled its ambassador from Cuba on Monday."


def send(client: TestClient, files: list[tuple[str, bytes]], **values: str) -> Response:
    parts = [("file", (name, data)) for name, data in files]
    headers = {"x-csrf-token": form_secret(client)}
    return client.post("/paste", data=values, files=parts, headers=headers, follow_redirects=False)


def test_a_pasted_text_is_kept_and_shown(writing_desk: TestClient) -> None:
    answer = post(writing_desk, "/paste", text=TEXT + "\r\nMore.", title="Recalled", published="2025-03-04")
    assert answer.status_code == 303
    page = writing_desk.get(answer.headers["location"])
    assert "Panama" in words(page.text)
    report_id = answer.headers["location"].removeprefix("/reports/")
    kept = desk_behind(writing_desk).casebook.report(report_id)
    assert kept is not None
    assert kept.report.text == TEXT + "\nMore."
    again = post(writing_desk, "/paste", text=TEXT + "\r\nMore.", title="Recalled", published="2025-03-04")
    assert again.headers["location"] == answer.headers["location"]


def test_a_look_keeps_nothing_until_it_is_told_to(writing_desk: TestClient) -> None:
    before = desk_behind(writing_desk).casebook.contents().reports
    look = post(writing_desk, "/paste", text=TEXT, published="2025-03-04", what="look")
    assert look.status_code == 200
    assert "nothing was kept" in words(look.text)
    assert 'class="told"' in look.text
    assert desk_behind(writing_desk).casebook.contents().reports == before
    values = form_values(look.text, "/paste")
    assert post(writing_desk, "/paste", **values).status_code == 303
    assert desk_behind(writing_desk).casebook.contents().reports == before + 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": "  \n "}, "there is no text"),
        ({"text": TEXT, "published": "yesterday"}, "write the day as"),
        ({}, "there is no text"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_written_stays(
    writing_desk: TestClient, values: dict[str, str], said: str
) -> None:
    answer = post(writing_desk, "/paste", title="", **values)
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert values.get("text", "").strip() in unescape(answer.text)


def test_another_language_is_told(writing_desk: TestClient) -> None:
    answer = post(
        writing_desk, "/paste", text="Der Minister hat die Gespräche gestern abgesagt, sagte er in Berlin. " * 3
    )
    assert "another language" in words(writing_desk.get(answer.headers["location"]).text)


def test_files_are_read_as_add_reads_them(writing_desk: TestClient) -> None:
    rows = [{"id": "wire-1", "text": TEXT, "published": "2025-03-04"}, {"id": "wire-2", "text": ""}]
    files = [
        ("report.txt", b"Title: From a file\nPublished: 2025-03-05\n\n" + TEXT.encode()),
        ("page.html", f"<html><head><title>A page</title></head><body><p>{TEXT} It was the first such step in years, and the government gave no further reason for it.</p></body></html>".encode()),
        ("rows.jsonl", "\n".join(map(json.dumps, rows)).encode()),
        ("junk.txt", b"\x00\x01\x02\x03"),
    ]  # fmt: skip
    answer = send(writing_desk, files)
    assert answer.status_code == 200
    said = words(answer.text)
    assert "3 reports read, 2 not" in said
    assert "From a file" in said
    assert "junk.txt" in said
    assert "communique-desk-" not in answer.text
    assert "/reports/wire-1" in answer.text
    dropped = [one.origin for one in desk_behind(writing_desk).casebook.dropped()]
    assert any("junk.txt" in origin for origin in dropped)
    assert "junk.txt" in words(writing_desk.get("/reports").text)


def test_two_files_of_one_name_are_two_reports(writing_desk: TestClient) -> None:
    first = send(writing_desk, [("report.txt", TEXT.encode())])
    second = send(writing_desk, [("report.txt", b"Egypt and Qatar signed a trade agreement in Cairo.")])
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] != second.headers["location"]


def test_names_of_files_lead_nowhere(writing_desk: TestClient) -> None:
    answer = send(writing_desk, [("../../etc/passwd.txt", TEXT.encode())])
    assert answer.status_code == 303
    assert "etc_passwd.txt" in writing_desk.get(answer.headers["location"]).text


def test_the_example_is_there_to_try(writing_desk: TestClient) -> None:
    page = writing_desk.get("/paste?example=1").text
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text is not None
    answer = post(writing_desk, "/paste", text=unescape(text[1]), what="look")
    assert answer.text.count("data-card") > 5


def test_a_long_text_is_shown_whole(writing_desk: TestClient) -> None:
    long = "\n\n".join(f"Paragraph {number} says that nothing of note took place there." for number in range(3_500))
    from communique.casebook.kept import ReportReading
    from communique.records import Report

    desk_behind(writing_desk).casebook.add([ReportReading(Report("a/long one?", long))])
    page = writing_desk.get("/reports/a%2Flong%20one%3F")
    assert page.status_code == 200
    assert "Paragraph 3499 says" in page.text
    assert "No events were found" in page.text


def test_a_text_longer_than_forms_mostly_hold_is_kept(writing_desk: TestClient) -> None:
    text = TEXT + " " + "x" * 1_100_000
    answer = writing_desk.post(
        "/paste", data={"text": text, "csrf_token": form_secret(writing_desk)}, follow_redirects=False
    )
    assert answer.status_code == 303
    kept = desk_behind(writing_desk).casebook.report(answer.headers["location"].removeprefix("/reports/"))
    assert kept is not None
    assert kept.report.text == text


@pytest.mark.parametrize("report_id", ["a\nb", "a\r\nb", "../../etc", "a?b#c", "\u202eb"])
def test_a_report_is_seen_whatever_stands_in_its_id(writing_desk: TestClient, report_id: str) -> None:
    answer = post(writing_desk, "/paste", text=TEXT, report_id=report_id)
    assert answer.status_code == 303
    assert writing_desk.get(answer.headers["location"]).status_code == 200
    assert writing_desk.get("/api" + answer.headers["location"]).json()["report_id"] == report_id


@pytest.mark.parametrize("report_id", [".", ".."])
def test_an_id_that_browsers_take_for_a_way_up_is_refused(writing_desk: TestClient, report_id: str) -> None:
    answer = post(writing_desk, "/paste", text=TEXT, report_id=report_id)
    assert answer.status_code == 400
    assert "no address can hold it" in words(answer.text)
    told = writing_desk.post("/api/reports", json={"text": TEXT, "report_id": report_id})
    assert told.status_code == 422
