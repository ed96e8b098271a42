"""/downloads: every table as a file, in pieces, with the values as they are; and /api, the page that tells of all this."""

from __future__ import annotations

import csv
import io
import json
import shlex
import tracemalloc
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import polars
import pytest
from starlette.testclient import TestClient

from communique.casebook.filters import EventFilter
from communique.casebook.kept import Correction
from communique.casebook.table_rows import events_table, sentences_table
from communique.desk.api.answers import EventRow
from communique.desk.desk import Desk
from communique.desk.table_files import MEDIA_TYPES, TABLES, TableOfRecords, TableOfStore, pieces_of
from communique.errors import UsageError
from communique.pipeline import open_casebook
from communique.standing.picture import BOARDS


def _desk_of(client: TestClient) -> Desk:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    assert isinstance(desk, Desk)
    return desk


def _rows(client: TestClient, table: str, format: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(f"/downloads/{table}.{format}", params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[format]
    assert answer.headers["content-disposition"] == f'attachment; filename="{table}.{format}"'
    if format == "csv":
        return list(csv.DictReader(io.StringIO(answer.text, newline="")))
    if format == "jsonl":
        return [json.loads(line) for line in answer.text.splitlines()]
    return polars.read_parquet(io.BytesIO(answer.content)).to_dicts()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_rows_and_columns_in_all_formats(desk: TestClient, table: str) -> None:
    found = {format: _rows(desk, table, format) for format in MEDIA_TYPES}
    assert len({len(rows) for rows in found.values()}) == 1
    if found["csv"]:
        assert set(found["csv"][0]) == set(found["jsonl"][0]) == set(found["parquet"][0])


def test_events_take_the_filters_of_their_page(desk: TestClient) -> None:
    rows = _rows(desk, "events", "csv", actor="Panama")
    assert [(row["source"], row["target"], row["published"]) for row in rows] == [("PAN", "CUB", "2025-03-04")]
    assert set(rows[0]) == set(EventRow.model_fields)
    assert _rows(desk, "events", "parquet", actor="Panama")[0]["source"] == ["PAN"]
    assert len(_rows(desk, "events", "jsonl")) == desk.get("/api/events").json()["total"]


def test_sentences_stand_in_their_reports(desk: TestClient) -> None:
    texts = {row["report_id"]: row for row in _rows(desk, "reports", "jsonl")}
    rows = _rows(desk, "sentences", "jsonl")
    assert {row["report_id"] for row in rows} == set(texts)
    for row in rows:
        passage = texts[row["report_id"]]["title" if row["sentence"] < 0 else "text"]
        assert passage[row["start"] : row["end"]] == row["text"]


def test_boards_are_those_of_the_day_and_the_actor(desk: TestClient) -> None:
    assert set(BOARDS) <= set(TABLES)
    every = _rows(desk, "sanctions", "jsonl")
    assert every == desk.get("/api/standing?board=sanctions").json()["sanctions"]
    about = _rows(desk, "sanctions", "csv", about="Cuba")
    assert [row["sender"] for row in about] == ["PAN"]
    assert json.loads(about[0]["history"])[0]["step"] == "impose"
    assert _rows(desk, "sanctions", "jsonl", as_of="2000-01-01") == []


def test_of_corrections_those_that_hold_or_all(writing_desk: TestClient) -> None:
    (row,) = writing_desk.get("/api/events?source=PAN").json()["items"]
    for status in ("planned", "denied"):
        given = {"kind": "field", "event_id": row["event_id"], "values": {"status": status}, "why": '=1+1,"x"\n'}
        writing_desk.post("/api/corrections", json=given)
    writing_desk.delete("/api/corrections/1")
    assert [one["value"] for one in _rows(writing_desk, "corrections", "jsonl")] == ["denied"]
    every = _rows(writing_desk, "corrections", "csv", all="true")
    assert [(one["value"], one["why"]) for one in every] == [("planned", '=1+1,"x"\n'), ("denied", '=1+1,"x"\n')]
    assert json.loads(every[0]["told"])["event_id"] == row["event_id"]
    assert [field.name for field in fields(Correction)] == list(every[0])


@pytest.mark.parametrize("path", ["events.xlsx", "none.csv", "events", "events.csv.gz", "sentences.CSV"])
def test_what_is_no_table_is_not_found(desk: TestClient, path: str) -> None:
    answer = desk.get(f"/downloads/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]["kind"] == "NotFound"
    assert "<h1" in desk.get(f"/downloads/{path}", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("query", ["type=NONE", "quad=7", "context=nothing-like-it", "as_of=tomorrow", "dyad=Iran"])
def test_a_filter_that_means_nothing_gives_no_half_file(desk: TestClient, query: str) -> None:
    assert desk.get(f"/downloads/events.csv?{query}").status_code == 400


def test_a_table_that_was_asked_for_needs_the_casebook_no_more(read_casebook: Path) -> None:
    with open_casebook(read_casebook, read_only=True) as casebook:
        events, sentences = events_table(casebook, EventFilter()), sentences_table(casebook)
    written = b"".join(pieces_of(TableOfStore(events), "jsonl"))
    assert written.count(b"\n") > 5
    assert b"".join(pieces_of(TableOfStore(sentences), "csv")).startswith(b"report_id,sentence,start,end,text\n")


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    number: int | None
    codes: tuple[str, ...]
    within: tuple[tuple[str, int], ...]
    share: float = 0.5


def test_records_become_typed_columns_and_what_is_nested_becomes_json() -> None:
    rows = [_Row("a;b", None, ("IRN", "USA"), (("x", 1),)), _Row("é\u2028", 2, (), ())]
    packed = polars.read_parquet(io.BytesIO(b"".join(pieces_of(TableOfRecords(_Row, rows), "parquet"))))
    assert packed.to_dicts() == [
        {"name": "a;b", "number": None, "codes": ["IRN", "USA"], "within": '[["x", 1]]', "share": 0.5},
        {"name": "é\u2028", "number": 2, "codes": [], "within": "[]", "share": 0.5},
    ]
    lines = b"".join(pieces_of(TableOfRecords(_Row, rows), "jsonl")).decode().split("\n")
    assert [json.loads(line)["within"] for line in lines[:-1]] == [[["x", 1]], []]
    empty = polars.read_parquet(io.BytesIO(b"".join(pieces_of(TableOfRecords(_Row, []), "parquet"))))
    assert empty.schema == packed.schema
    with pytest.raises(UsageError, match="xml"):
        pieces_of(TableOfRecords(_Row, rows), "xml")


def test_a_long_table_is_never_whole_in_memory() -> None:
    rows = (_Row(f"row {number}" * 30, number, ("IRN",), ()) for number in range(15_000))
    size = 0
    tracemalloc.start()
    for piece in pieces_of(TableOfRecords(_Row, rows), "csv"):
        size += len(piece)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 3_000_000
    assert most < size / 3


def test_the_page_of_the_api_lists_every_operation_with_a_command_to_copy(desk: TestClient) -> None:
    page = desk.get("/api").text
    described = desk.get("/api/openapi.json").json()
    for path, ways in described["paths"].items():
        assert f"<code>{path}</code>" in page
        for told in ways.values():
            assert told["summary"] in page
    for table in TABLES:
        assert f'href="/downloads/{table}.parquet"' in page
    assert page.count("<h1") == 1
    assert "Bearer TOKEN" not in page


def test_the_commands_of_the_page_are_answered(desk: TestClient) -> None:
    from communique.desk.pages.api_page import operations_of

    groups = operations_of(desk.get("/api/openapi.json").json(), "http://127.0.0.1:8472", with_token=True)
    for _, operations in groups:
        for one in operations:
            words = shlex.split(one.example)
            assert words[0] == "curl"
            assert "Authorization: Bearer TOKEN" in words
            if one.method == "GET" and "outlook" not in one.path and "forecasts/" not in one.path:
                answer = desk.get(words[-1])
                assert answer.status_code in {200, 404}, words
            if "-d" in words:
                assert json.loads(words[words.index("-d") + 1]) is not None
