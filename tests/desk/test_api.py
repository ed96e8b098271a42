"""/api: the same records as everywhere, pages of lists, one shape of error, and what is written through it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from communique.casebook.kept import Contents, SearchAnswer
from communique.casebook.reading import FRAME_COLUMNS
from communique.desk.api import actors as actors_api
from communique.desk.api import reports as reports_api
from communique.desk.api.answers import ErrorAnswer, EventRow
from communique.desk.api.casebook import CasebookAnswer, FoundAnswer
from communique.desk.api.events import EventDetail, ToldRow
from communique.desk.desk import Desk
from communique.pipeline import open_casebook
from communique.records import EVENT_COLUMNS, Event, Report
from communique.standing.picture import BOARD_ROWS, BOARDS, picture_of
from communique.standing.steps import as_json

from .conftest import REPORTS

EXTRAS = ("published", "sentence_text", "dataset", "foreign_id", "corrected", "reports", "report_ids", "event_ids")
SENTENCE = "Panama recalled its ambassador from Cuba on Monday."


def desk_of(client: TestClient) -> Desk:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, Desk)
    return desk


def got(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def event_row(client: TestClient, **asked: Any) -> dict[str, Any]:
    found = got(client, "/api/events", **asked)["items"]
    assert found
    return dict(found[0])


# The records


def _names(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def _fields(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def test_the_models_have_the_fields_of_their_records() -> None:
    assert tuple(EventRow.model_fields) == (*EVENT_COLUMNS, *EXTRAS)
    assert _names(ToldRow) == _fields(Event) | {"published", "sentence_text"}
    assert _names(EventDetail) == _names(EventRow) | {"told", "corrections"}
    assert _names(CasebookAnswer) >= _fields(Contents)
    assert _names(FoundAnswer) == _fields(SearchAnswer) | {"actors"}
    assert _names(reports_api.ReportDetail) >= _fields(Report)
    assert tuple(BOARD_ROWS) == BOARDS


def test_events_are_the_rows_that_the_command_line_writes(desk: TestClient, read_casebook: Path) -> None:
    command = [sys.executable, "-m", "communique", "events", "-f", "jsonl", "--sort", "-date", "-c", str(read_casebook)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    written = [json.loads(line) for line in done.stdout.splitlines()]
    assert got(desk, "/api/events")["items"] == written
    assert tuple(written[0]) == tuple(EventRow.model_fields) or set(written[0]) == _names(EventRow)
    assert "reports" in FRAME_COLUMNS
    assert desk.get("/downloads/events.jsonl").text == done.stdout


def test_a_page_tells_how_many_there_are_and_where_the_next_one_is(desk: TestClient) -> None:
    every = got(desk, "/api/events")
    assert every["next"] is None
    assert every["total"] == len(every["items"])
    found, address = [], "/api/events?limit=3&sort=type"
    while address:
        part = desk.get(address).json()
        assert (part["limit"], part["total"], part["offset"]) == (3, every["total"], len(found))
        found += part["items"]
        address = part["next"]
    assert sorted(one["event_id"] for one in found) == sorted(one["event_id"] for one in every["items"])
    assert got(desk, "/api/events", offset=1_000)["items"] == []


def test_events_are_filtered_as_everywhere(desk: TestClient) -> None:
    for asked in (
        {"actor": "Panama"},
        {"dyad": "PAN,CUB"},
        {"type": "SANCTION", "target": "Cuba"},
        {"text": "AMBASSADOR"},
    ):
        assert [one["source"] for one in got(desk, "/api/events", **asked)["items"]] == [["PAN"]]
    assert got(desk, "/api/events", quad=[1, 4])["total"] > got(desk, "/api/events", quad=4)["total"] > 0


def test_an_event_shows_what_tells_it(desk: TestClient) -> None:
    row = event_row(desk, type="SANCTION", source="USA")
    shown = got(desk, f"/api/events/{row['event_id']}")
    assert {name: shown[name] for name in row} == row
    assert {one["report_id"] for one in shown["told"]} == {"tehran-refuses", "washington-tightens"}
    for one in shown["told"]:
        assert one["anchor"] in one["sentence_text"]
        assert got(desk, f"/api/events/{one['event_id']}")["event_id"] == row["event_id"]


def test_two_actors_over_time(desk: TestClient) -> None:
    found = got(desk, "/api/timeline", a="Iran", b="USA")
    days = [one["date"] or one["published"] for one in found["items"]]
    assert found["total"] == 4
    assert days == sorted(days)
    curve = got(desk, "/api/relation", a="United States", b="IRN")
    assert (curve["a"], curve["b"]) == ("IRN", "USA")
    assert curve["points"][-1]["score"] < 0


def test_reports_and_their_texts(desk: TestClient) -> None:
    listed = got(desk, "/api/reports", text="ambassador")
    assert [one["report_id"] for one in listed["items"]] == ["minsk"]
    assert "text" not in listed["items"][0]
    shown = got(desk, "/api/reports/minsk")
    assert shown["text"] == REPORTS[2].text
    assert shown["published"] == "2025-03-04"
    assert shown["version"] == 1
    for sentence in shown["sentences"]:
        passage = shown["title"] if sentence["sentence"] < 0 else shown["text"]
        assert passage[sentence["start"] : sentence["end"]] == sentence["text"]
    for event in shown["events"]:
        assert shown["text"][event["start"] : event["end"]] == event["anchor"]


def test_the_standing_picture_is_that_of_the_command_line(desk: TestClient, read_casebook: Path) -> None:
    with open_casebook(read_casebook, read_only=True) as casebook:
        for asked, codes in (({}, ()), ({"about": "Iran"}, ("IRN",))):
            expected = picture_of(casebook.history(codes or None), None, codes).as_json()
            assert got(desk, "/api/standing", **asked) == json.loads(json.dumps(expected))
    only = got(desk, "/api/standing", board=["talks", "votes"], as_of="2025-02-24")
    assert list(only) == ["talks", "votes"]
    assert len(only["talks"]) == 1


def test_long_boards_come_in_pages_and_the_headers_tell_how_long_they_are(desk: TestClient) -> None:
    whole = desk.get("/api/standing")
    rows = whole.json()
    assert "link" not in whole.headers
    assert whole.headers["x-total-count"] == ", ".join(f"{board}={len(rows[board])}" for board in BOARDS)
    longest = max(BOARDS, key=lambda board: len(rows[board]))
    assert len(rows[longest]) > 1
    gathered, place = [], f"/api/standing?board={longest}&limit=1"
    while place:
        page = desk.get(place)
        assert page.headers["x-total-count"] == f"{longest}={len(rows[longest])}"
        gathered += page.json()[longest]
        place = page.links.get("next", {}).get("url", "")
    assert gathered == rows[longest]
    assert desk.get("/api/standing?limit=0").status_code == 422


def test_what_changed_between_two_days(desk: TestClient) -> None:
    found = got(desk, "/api/standing/changes", **{"from": "2025-02-25", "to": "2025-03-04", "board": "sanctions"})
    assert [(one["kind"], one["before"], one["after"]["sender"]) for one in found["items"]] == [("new", None, "PAN")]
    backwards = desk.get("/api/standing/changes?from=2025-03-04&to=2025-02-25")
    assert backwards.status_code == 400
    assert "comes after" in backwards.json()["error"]["message"]


def test_the_network_of_actors(desk: TestClient) -> None:
    net = got(desk, "/api/network", about="Iran", most=5)
    codes = {one["code"] for one in net["actors"]}
    assert len(codes) <= 5
    assert "IRN" in codes
    assert all({tie["a"], tie["b"]} <= codes for tie in net["ties"])


def test_who_is_who_and_what_is_what(desk: TestClient) -> None:
    assert got(desk, "/api/actors")["items"][0]["code"] == "IRN"
    named = got(desk, "/api/actors", q="panama")["items"]
    assert [(one["code"], one["acts"]) for one in named][:1] == [("PAN", 1)]
    iran = got(desk, "/api/actors/IRN")
    assert iran["name"] == "Iran"
    assert sum(iran["quads"].values()) == iran["acts"]
    assert iran["dyads"][0]["b"] == "USA"
    assert desk.get("/api/actors/NOBODY-AT-ALL").status_code == 404
    types = got(desk, "/api/types")
    assert len(types) == 16
    assert all({mode["name"] for mode in one["modes"]} >= {one["default_mode"]} for one in types)
    assert "nuclear" in got(desk, "/api/contexts")["items"]


def test_words_are_found(desk: TestClient) -> None:
    found = got(desk, "/api/search", q="ambassador")
    assert [one["report_id"] for one in found["reports"]] == ["minsk"]
    assert found["events"][0]["source"] == ["PAN"]
    assert got(desk, "/api/search", q="Iran")["actors"][0]["code"] == "IRN"


def test_the_casebook_tells_its_state(desk: TestClient, read_casebook: Path) -> None:
    told = got(desk, "/api/casebook")
    assert (told["name"], told["reports"], told["read_only"]) == (read_casebook.name, 3, True)
    assert told["state"] == desk_of(desk).casebook.state()


# Errors


def test_every_error_has_one_shape(desk: TestClient) -> None:
    for method, path, status, field in (
        ("GET", "/api/nothing", 404, None),
        ("GET", "/api/events/none", 404, None),
        ("GET", "/api/events?type=NONE", 400, None),
        ("GET", "/api/events?limit=2000", 422, "limit"),
        ("GET", "/api/standing?board=none", 400, None),
        ("GET", "/api/standing?as_of=yesterday", 400, None),
        ("GET", "/api/search", 422, "q"),
        ("POST", "/api/events", 405, None),
        ("DELETE", "/api/corrections/x", 422, "correction_id"),
        ("POST", "/api/reports", 422, "text"),
    ):
        answer = desk.request(method, path, json={} if method == "POST" else None)
        told = ErrorAnswer.model_validate(answer.json()).error
        assert (answer.status_code, told.status, told.field) == (status, status, field), (path, answer.text)
    answer = desk.put("/api/corrections", json={})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": ' + b"9" * 6_000 + b"}", b'{"text": "\\ud800"}', b'{"\\ud800": 1, "text": "x"}',
             b'{"text": "x", "published": "yesterday"}', b'{"text": "x", "report_id": ""}', b'{"text": " \\n "}', b"null", b"[]"],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_in_words(desk: TestClient, body: bytes) -> None:
    answer = desk.post("/api/reports?keep=false", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 415, 422}, answer.text
    assert ErrorAnswer.model_validate(answer.json()).error.message


def test_days_and_moments_are_iso() -> None:
    from datetime import UTC, date, datetime

    assert as_json({1: (date(2025, 2, 5), datetime(2025, 2, 5, 1), datetime(2025, 2, 5, tzinfo=UTC))}) == {
        "1": ["2025-02-05", "2025-02-05T01:00:00Z", "2025-02-05T00:00:00Z"]
    }
    assert actors_api.MOST_NAMED > 0
