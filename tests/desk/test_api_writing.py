"""/api: reports that are sent, corrections, dossiers; forecasts, which are learned first."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from communique.casebook.kept import Correction, KeptForecast
from communique.desk.api import outlook as outlook_api
from communique.desk.forecasts import OutlookAsked, Progress
from communique.outlook.records import Forecast, Outlook
from communique.outlook.whatif import Hypothetical
from communique.pipeline import read

from .test_api import desk_of, event_row, got

SENTENCE = "Panama recalled its ambassador from Cuba on Monday."


def _names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


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
    assert got(writing_desk, "/api/reports/a%2Fb%20%C3%BC%3F")["text"] == SENTENCE
    again = writing_desk.post("/api/reports", json=given).json()
    assert again["added"]["unchanged"] == 1
    assert got(writing_desk, "/api/casebook")["versions"] == 4


def test_fields_are_put_right_and_undone(writing_desk: TestClient) -> None:
    row = event_row(writing_desk, source="Panama")
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
    listed = got(writing_desk, "/api/corrections", holding=True)
    assert listed["total"] == 2
    assert {one["who"] for one in listed["items"]} == {"tester"}
    assert set(listed["items"][0]) == _names(Correction)
    assert listed["items"][0]["made_at"].endswith("Z")
    for one in listed["items"]:
        assert writing_desk.delete(f"/api/corrections/{one['correction_id']}").status_code == 200
    assert event_row(writing_desk, source="Panama")["target"] == ["CUB"]
    assert writing_desk.delete(f"/api/corrections/{listed['items'][0]['correction_id']}").status_code == 400
    assert writing_desk.delete("/api/corrections/999").status_code == 404


def test_of_several_values_all_are_set_or_none(writing_desk: TestClient) -> None:
    row = event_row(writing_desk, source="Panama")
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
    assert got(writing_desk, "/api/corrections")["total"] == 0


def test_an_event_is_taken_out_and_one_is_added(writing_desk: TestClient) -> None:
    row = event_row(writing_desk, source="Panama")
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
    shown = got(writing_desk, "/api/dossiers/iran-file")
    assert shown["actors"] == ["IRN", "USA"]
    assert shown["since"] == "2025"
    acts = got(writing_desk, "/api/dossiers/iran-file/events", limit=2)
    assert acts["total"] == 4
    assert len(acts["items"]) == 2
    assert acts["next"]
    for name in ("new", "No Slug"):
        assert writing_desk.put(f"/api/dossiers/{name}", json=given).status_code == 400
    assert writing_desk.delete("/api/dossiers/iran-file").json()["name"] == "iran-file"
    assert writing_desk.get("/api/dossiers/iran-file").status_code == 404
    assert writing_desk.delete("/api/dossiers/iran-file").status_code == 404


def test_a_brief_is_given_as_data(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_of(writing_desk).forecaster, "ask", lambda *_: Progress(None, False, True, 1.0))
    writing_desk.put("/api/dossiers/iran-file", json={"title": "Iran", "actors": ["Iran", "USA"]})
    brief = got(writing_desk, "/api/dossiers/iran-file/brief")
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
def foresees(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A desk whose forecaster answers at the second asking; what it was asked."""
    asked: list[object] = []

    def ask(question: object, patience: float = 0.0) -> Progress[Any]:
        asked.append(question)
        ready = asked.count(question) > 1
        return Progress(OUTLOOK if ready else None, ready, not ready, 0.5)

    monkeypatch.setattr(desk_of(writing_desk).forecaster, "ask", ask)
    return asked


def test_what_must_be_learned_first_is_asked_again(writing_desk: TestClient, foresees: list[object]) -> None:
    asked = {"a": "United States", "b": "Iran", "days": 30, "as_of": "2025-03-04"}
    first = writing_desk.get("/api/outlook", params=asked)
    assert first.status_code == 202
    assert first.json()["state"] == "working"
    assert first.headers["retry-after"] == "2"
    assert got(writing_desk, "/api/outlook", **asked) == json.loads(json.dumps(OUTLOOK.as_row()))
    assert foresees == [OutlookAsked("USA", "IRN", 30, date(2025, 3, 4))] * 2


def test_an_answer_of_an_earlier_state_is_no_answer(writing_desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_of(writing_desk).forecaster, "ask", lambda *_: Progress(OUTLOOK, False, True, 0.1))
    assert writing_desk.get("/api/outlook?a=USA").status_code == 202


def test_forecasts_are_kept(writing_desk: TestClient, foresees: list[object]) -> None:
    given = {"a": "USA", "b": "IRN"}
    assert writing_desk.post("/api/forecasts", json=given).status_code == 202
    kept = writing_desk.post("/api/forecasts", json=given)
    assert kept.status_code == 201
    assert kept.json()["new"] == 1
    listed = got(writing_desk, "/api/forecasts")
    assert listed["total"] == 1
    assert set(listed["items"][0]) == _names(KeptForecast)
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
