"""/api: the same records as everywhere, pages of lists, one shape of error, and what is written through it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from communique.casebook.kept import Contents, Correction, KeptForecast, SearchAnswer
from communique.casebook.reading import FRAME_COLUMNS
from communique.desk.api import actors as actors_api
from communique.desk.api import outlook as outlook_api
from communique.desk.api import reports as reports_api
from communique.desk.api.answers import EVENT_EXTRAS, ErrorAnswer, EventRow, plain
from communique.desk.api.casebook import CasebookAnswer, FoundAnswer
from communique.desk.api.events import EventDetail, ToldRow
from communique.desk.api.standing import BOARD_ROWS
from communique.desk.desk import Desk
from communique.desk.forecasts import OutlookAsked, Progress
from communique.outlook.records import Forecast, Outlook
from communique.outlook.whatif import Hypothetical
from communique.pipeline import open_casebook, read
from communique.records import EVENT_COLUMNS, Event, Report
from communique.standing.picture import BOARDS, picture_of

from .conftest import REPORTS

SENTENCE = "Panama recalled its ambassador from Cuba on Monday."


def _desk_of(client: TestClient) -> Desk:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, Desk)
    return desk


def _got(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _event(client: TestClient, **asked: Any) -> dict[str, Any]:
    found = _got(client, "/api/events", **asked)["items"]
    assert found
    return dict(found[0])


# The records


def _names(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def _fields(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def test_the_models_have_the_fields_of_their_records() -> None:
    assert tuple(EventRow.model_fields) == (*EVENT_COLUMNS, *EVENT_EXTRAS)
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
    assert _got(desk, "/api/events")["items"] == written
    assert tuple(written[0]) == tuple(EventRow.model_fields) or set(written[0]) == _names(EventRow)
    assert "reports" in FRAME_COLUMNS
    assert desk.get("/downloads/events.jsonl").text == done.stdout


def test_a_page_tells_how_many_there_are_and_where_the_next_one_is(desk: TestClient) -> None:
    every = _got(desk, "/api/events")
    assert every["next"] is None
    assert every["total"] == len(every["items"])
    found, address = [], "/api/events?limit=3&sort=type"
    while address:
        part = desk.get(address).json()
        assert (part["limit"], part["total"], part["offset"]) == (3, every["total"], len(found))
        found += part["items"]
        address = part["next"]
    assert sorted(one["event_id"] for one in found) == sorted(one["event_id"] for one in every["items"])
    assert _got(desk, "/api/events", offset=1_000)["items"] == []


def test_events_are_filtered_as_everywhere(desk: TestClient) -> None:
    for asked in (
        {"actor": "Panama"},
        {"dyad": "PAN,CUB"},
        {"type": "SANCTION", "target": "Cuba"},
        {"text": "AMBASSADOR"},
    ):
        assert [one["source"] for one in _got(desk, "/api/events", **asked)["items"]] == [["PAN"]]
    assert _got(desk, "/api/events", quad=[1, 4])["total"] > _got(desk, "/api/events", quad=4)["total"] > 0


def test_an_event_shows_what_tells_it(desk: TestClient) -> None:
    row = _event(desk, type="SANCTION", source="USA")
    shown = _got(desk, f"/api/events/{row['event_id']}")
    assert {name: shown[name] for name in row} == row
    assert {one["report_id"] for one in shown["told"]} == {"tehran-refuses", "washington-tightens"}
    for one in shown["told"]:
        assert one["anchor"] in one["sentence_text"]
        assert _got(desk, f"/api/events/{one['event_id']}")["event_id"] == row["event_id"]


def test_two_actors_over_time(desk: TestClient) -> None:
    found = _got(desk, "/api/timeline", a="Iran", b="USA")
    days = [one["date"] or one["published"] for one in found["items"]]
    assert found["total"] == 4
    assert days == sorted(days)
    curve = _got(desk, "/api/relation", a="United States", b="IRN")
    assert (curve["a"], curve["b"]) == ("IRN", "USA")
    assert curve["points"][-1]["score"] < 0


def test_reports_and_their_texts(desk: TestClient) -> None:
    listed = _got(desk, "/api/reports", text="ambassador")
    assert [one["report_id"] for one in listed["items"]] == ["minsk"]
    assert "text" not in listed["items"][0]
    shown = _got(desk, "/api/reports/minsk")
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
            assert _got(desk, "/api/standing", **asked) == json.loads(json.dumps(expected))
    only = _got(desk, "/api/standing", board=["talks", "votes"], as_of="2025-02-24")
    assert list(only) == ["talks", "votes"]
    assert len(only["talks"]) == 1


def test_what_changed_between_two_days(desk: TestClient) -> None:
    found = _got(desk, "/api/standing/changes", **{"from": "2025-02-25", "to": "2025-03-04", "board": "sanctions"})
    assert [(one["kind"], one["before"], one["after"]["sender"]) for one in found["items"]] == [("new", None, "PAN")]
    backwards = desk.get("/api/standing/changes?from=2025-03-04&to=2025-02-25")
    assert backwards.status_code == 400
    assert "comes after" in backwards.json()["error"]["message"]


def test_the_network_of_actors(desk: TestClient) -> None:
    net = _got(desk, "/api/network", about="Iran", most=5)
    codes = {one["code"] for one in net["actors"]}
    assert len(codes) <= 5
    assert "IRN" in codes
    assert all({tie["a"], tie["b"]} <= codes for tie in net["ties"])


def test_who_is_who_and_what_is_what(desk: TestClient) -> None:
    assert _got(desk, "/api/actors")["items"][0]["code"] == "IRN"
    named = _got(desk, "/api/actors", q="panama")["items"]
    assert [(one["code"], one["acts"]) for one in named][:1] == [("PAN", 1)]
    iran = _got(desk, "/api/actors/IRN")
    assert iran["name"] == "Iran"
    assert sum(iran["quads"].values()) == iran["acts"]
    assert iran["dyads"][0]["b"] == "USA"
    assert desk.get("/api/actors/NOBODY-AT-ALL").status_code == 404
    types = _got(desk, "/api/types")
    assert len(types) == 16
    assert all({mode["name"] for mode in one["modes"]} >= {one["default_mode"]} for one in types)
    assert "nuclear" in _got(desk, "/api/contexts")["items"]


def test_words_are_found(desk: TestClient) -> None:
    found = _got(desk, "/api/search", q="ambassador")
    assert [one["report_id"] for one in found["reports"]] == ["minsk"]
    assert found["events"][0]["source"] == ["PAN"]
    assert _got(desk, "/api/search", q="Iran")["actors"][0]["code"] == "IRN"


def test_the_casebook_tells_its_state(desk: TestClient, read_casebook: Path) -> None:
    told = _got(desk, "/api/casebook")
    assert (told["name"], told["reports"], told["read_only"]) == (read_casebook.name, 3, True)
    assert told["state"] == _desk_of(desk).casebook.state()


# What is written


def test_a_report_is_read_and_kept_with_its_events(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"text": SENTENCE, "published": "2025-03-07", "title": "Panama acts", "report_id": "a/b ü?"}
    looked = writing_desk.post("/api/reports?keep=false", json=given)
    assert looked.status_code == 200
    assert looked.json()["kept"] is False
    assert looked.json()["added"] is None
    assert looked.json()["events"] == [one.as_row() for one in read(SENTENCE, "2025-03-07", "Panama acts", "a/b ü?")]
    assert writing_desk.get("/api/reports/a%2Fb%20%C3%BC%3F").status_code == 404
    kept = writing_desk.post("/api/reports", json=given)
    assert kept.status_code == 201
    assert kept.json()["added"]["added"] == 1
    assert kept.json()["english"] is True
    assert _got(writing_desk, "/api/reports/a%2Fb%20%C3%BC%3F")["text"] == SENTENCE
    again = writing_desk.post("/api/reports", json=given).json()
    assert again["added"]["unchanged"] == 1
    assert _got(writing_desk, "/api/casebook")["versions"] == 4


def test_fields_are_put_right_and_undone(writing_desk: TestClient) -> None:
    row = _event(writing_desk, source="Panama")
    given = {
        "kind": "field",
        "event_id": row["event_id"],
        "values": {"target": ["Costa Rica"], "status": "planned"},
        "why": "a test",
    }
    made = writing_desk.post("/api/corrections", json=given)
    assert made.status_code == 201
    assert [one["field"] for one in made.json()["corrections"]] == ["target", "status"]
    assert made.json()["event"]["target"] == ["CRI"]
    assert made.json()["event"]["corrected"] is True
    listed = _got(writing_desk, "/api/corrections", holding=True)
    assert listed["total"] == 2
    assert {one["who"] for one in listed["items"]} == {"tester"}
    assert set(listed["items"][0]) == _fields(Correction)
    assert listed["items"][0]["made_at"].endswith("Z")
    for one in listed["items"]:
        assert writing_desk.delete(f"/api/corrections/{one['correction_id']}").status_code == 200
    assert _event(writing_desk, source="Panama")["target"] == ["CUB"]
    assert writing_desk.delete(f"/api/corrections/{listed['items'][0]['correction_id']}").status_code == 400
    assert writing_desk.delete("/api/corrections/999").status_code == 404


def test_of_several_values_all_are_set_or_none(writing_desk: TestClient) -> None:
    row = _event(writing_desk, source="Panama")
    for values, word in (
        ({"status": "planned", "date": "tomorrow"}, "date"),
        ({"status": "planned", "target": "Nowhereland Republic"}, "no actor"),
        ({"status": "planned", "confidence": "1"}, "confidence"),
        ({"status": ["planned"]}, "no list"),
    ):
        given = {"kind": "field", "event_id": row["event_id"], "values": values}
        answer = writing_desk.post("/api/corrections", json=given)
        assert answer.status_code == 400
        assert word in answer.json()["error"]["message"]
    assert _got(writing_desk, "/api/corrections")["total"] == 0


def test_an_event_is_taken_out_and_one_is_added(writing_desk: TestClient) -> None:
    row = _event(writing_desk, source="Panama")
    gone = writing_desk.post("/api/corrections", json={"kind": "delete", "event_id": row["event_id"]})
    assert gone.status_code == 201
    assert gone.json()["event"] is None
    assert writing_desk.get(f"/api/events/{row['event_id']}").status_code == 404
    given = {
        "kind": "add",
        "type": "SUPPORT",
        "source": "Egypt",
        "target": "Qatar",
        "report": "minsk",
        "words": "signed a trade agreement",
    }
    added = writing_desk.post("/api/corrections", json=given).json()["event"]
    assert (added["source"], added["anchor"], added["report_id"]) == (["EGY"], "signed a trade agreement", "minsk")


def test_a_dossier_is_saved_shown_and_deleted(writing_desk: TestClient) -> None:
    given = {"title": "Iran & the others", "actors": ["Iran", "USA"], "since": "2025"}
    assert writing_desk.put("/api/dossiers/iran-file", json=given).status_code == 201
    assert writing_desk.put("/api/dossiers/iran-file", json=given).status_code == 200
    shown = _got(writing_desk, "/api/dossiers/iran-file")
    assert shown["actors"] == ["IRN", "USA"]
    assert shown["since"] == "2025"
    acts = _got(writing_desk, "/api/dossiers/iran-file/events", limit=2)
    assert acts["total"] == 4
    assert len(acts["items"]) == 2
    assert acts["next"]
    for name in ("new", "No Slug"):
        assert writing_desk.put(f"/api/dossiers/{name}", json=given).status_code == 400
    assert writing_desk.delete("/api/dossiers/iran-file").json()["name"] == "iran-file"
    assert writing_desk.get("/api/dossiers/iran-file").status_code == 404
    assert writing_desk.delete("/api/dossiers/iran-file").status_code == 404


def test_a_brief_is_given_as_data(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_desk_of(writing_desk).forecaster, "ask", lambda *_: Progress(None, False, True, 1.0))
    writing_desk.put("/api/dossiers/iran-file", json={"title": "Iran", "actors": ["Iran", "USA"]})
    brief = _got(writing_desk, "/api/dossiers/iran-file/brief")
    assert brief["is_learning"] is True
    assert brief["sections"][0]["heading"] == "What happened"
    numbers = {number for section in brief["sections"] for one in section["statements"] for number in one["notes"]}
    assert numbers == {note["number"] for note in brief["footnotes"]}


def test_a_desk_that_only_reads_takes_nothing(desk: TestClient) -> None:
    for method, path, given in (
        ("POST", "/api/reports", {"text": SENTENCE}),
        ("POST", "/api/corrections", {"kind": "delete", "event_id": "x"}),
        ("DELETE", "/api/corrections/1", None),
        ("PUT", "/api/dossiers/iran", {"title": "Iran", "actors": ["Iran"]}),
        ("DELETE", "/api/dossiers/iran", None),
        ("POST", "/api/forecasts", {"a": "USA", "b": "IRN"}),
    ):
        answer = desk.request(method, path, json=given)
        assert answer.status_code == 400, path
        assert "--read-only" in answer.json()["error"]["message"], path


# What is foreseen


OUTLOOK = Outlook(
    "USA", "IRN", "2025-03-04", 30, 4, None,
    (Forecast("USA", "IRN", "SANCTION", 4, 0.4, 0.3, 0.5, 0.2, True, 3),),
)  # fmt: skip


@pytest.fixture
def foresees(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """A desk whose forecaster answers at the second asking; what it was asked."""
    asked: list[object] = []

    def ask(question: object, patience: float = 0.0) -> Progress[Any]:
        asked.append(question)
        ready = asked.count(question) > 1
        return Progress(OUTLOOK if ready else None, ready, not ready, 0.5)

    monkeypatch.setattr(_desk_of(writing_desk).forecaster, "ask", ask)
    return asked


def test_what_must_be_learned_first_is_asked_again(writing_desk: TestClient, foresees: list[object]) -> None:
    asked = {"a": "United States", "b": "Iran", "days": 30, "as_of": "2025-03-04"}
    first = writing_desk.get("/api/outlook", params=asked)
    assert first.status_code == 202
    assert first.json()["state"] == "working"
    assert first.headers["retry-after"] == "2"
    assert _got(writing_desk, "/api/outlook", **asked) == json.loads(json.dumps(OUTLOOK.as_row()))
    assert foresees[0] == OutlookAsked("USA", "IRN", 30, OutlookAsked().as_of or foresees[0].as_of)  # type: ignore[attr-defined]


def test_an_answer_of_an_earlier_state_is_no_answer(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_desk_of(writing_desk).forecaster, "ask", lambda *_: Progress(OUTLOOK, False, True, 0.1))
    assert writing_desk.get("/api/outlook?a=USA").status_code == 202


def test_forecasts_are_kept(writing_desk: TestClient, foresees: list[object]) -> None:
    given = {"a": "USA", "b": "IRN"}
    assert writing_desk.post("/api/forecasts", json=given).status_code == 202
    kept = writing_desk.post("/api/forecasts", json=given)
    assert kept.status_code == 201
    assert kept.json()["new"] == 1
    listed = _got(writing_desk, "/api/forecasts")
    assert listed["total"] == 1
    assert set(listed["items"][0]) == _fields(KeptForecast)
    assert writing_desk.post("/api/forecasts", json=given).json()["new"] == 0


def test_supposed_events_become_a_question() -> None:
    given = outlook_api.WhatIfGiven.model_validate(
        {"events": [{"source": "United States", "type": "sanction", "mode": "embargo", "target": "Iran,Iraq", "day": "2025-03-01"}],
         "dyads": [["Iran", "USA"]], "days": 10}
    )  # fmt: skip
    question = given.question()
    assert question.events[0] == Hypothetical(("USA",), "SANCTION", "embargo", ("IRN", "IRQ"), question.events[0].day)
    assert question.dyads == (("IRN", "USA"),)
    assert question.days == 10


def test_a_backtest_is_begun_by_post_alone(writing_desk: TestClient, foresees: list[object]) -> None:
    assert writing_desk.get("/api/backtest").status_code == 404
    assert not foresees
    assert writing_desk.post("/api/backtest", json={}).status_code == 202
    assert len(foresees) == 1


@pytest.mark.parametrize(
    "query", ["as_of=9999-12-31", "as_of=0001-01-01", "as_of=tomorrow", "b=Iran", "a=No+Such+Land"]
)
def test_what_cannot_be_foreseen_is_said_in_words(desk: TestClient, query: str) -> None:
    assert desk.get(f"/api/outlook?{query}").status_code == 400


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

    assert plain({1: (date(2025, 2, 5), datetime(2025, 2, 5, 1), datetime(2025, 2, 5, tzinfo=UTC))}) == {
        "1": ["2025-02-05", "2025-02-05T01:00:00Z", "2025-02-05T00:00:00Z"]
    }
    assert actors_api.MOST_NAMED > 0
