"""Events written as tables: the same names and values in every format, whole files or none."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import tables
from communique.errors import UsageError
from communique.records import EVENT_COLUMNS, DateBasis, DatePrecision, Event, Status
from communique.tables import EVENT_SCHEMA, by_report_line, new_text_file, write_events, write_lines, write_parquet

MEETING = Event(
    event_id="e1",
    report_id="news/a.html",
    sentence=0,
    type="CONSULT",
    mode="visit",
    quad=1,
    cameo="042",
    intensity=1.9,
    source=("IRNGOV", "OMNGOV"),
    target=("IGOEUU",),
    source_text="Iran and Oman",
    target_text='the "E3"; the Union',
    status=Status.OCCURRED,
    claimed_by=None,
    condition=None,
    date="2025-02-25",
    date_precision=DatePrecision.DAY,
    date_basis=DateBasis.RELATIVE,
    location="Genève",
    context=("diplomatic", "nuclear"),
    anchor="met,\r\nin Genève",
    start=14,
    end=30,
    confidence=0.875,
    rule="verb meet; subject and object",
    anchors=((0, 14, 30), (-1, 0, 4)),
)
THREAT = replace(
    MEETING,
    event_id="e2",
    sentence=-1,
    type="THREATEN",
    mode=None,
    quad=3,
    intensity=-4.4,
    target=(),
    status=Status.PLANNED,
    date=None,
    date_precision=None,
    date_basis=None,
    location=None,
    context=(),
    anchors=(),
)
BOTH = [MEETING, THREAT]


def written(events: list[Event], format: str) -> str:
    stream = io.StringIO(newline="")
    assert write_events(events, format, stream) == len(events)
    return stream.getvalue()


def parquet_rows(events: list[Event]) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    assert write_parquet(events, stream) == len(events)
    rows: list[dict[str, Any]] = pq.read_table(stream).to_pylist()
    return rows


def csv_rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


def test_jsonl_holds_one_event_a_line_as_it_is() -> None:
    lines = written(BOTH, "jsonl").split("\n")

    assert lines.pop() == "", "the last line ends too"
    assert [json.loads(line) for line in lines] == [event.as_row() for event in BOTH]
    assert "Genève" in lines[0], "a text is to be read by people too"
    assert list(json.loads(lines[0])) == list(EVENT_COLUMNS)


CSV_FIELDS = [
    ("source", "IRNGOV;OMNGOV", "IRNGOV;OMNGOV"),
    ("target", "IGOEUU", ""),
    ("context", "diplomatic;nuclear", ""),
    ("anchors", "0:14:30;-1:0:4", ""),
    ("target_text", 'the "E3"; the Union', 'the "E3"; the Union'),
    ("anchor", "met,\r\nin Genève", "met,\r\nin Genève"),
    ("status", "occurred", "planned"),
    ("mode", "visit", ""),
    ("date", "2025-02-25", ""),
    ("date_precision", "day", ""),
    ("cameo", "042", "042"),
    ("intensity", "1.9", "-4.4"),
    ("confidence", "0.875", "0.875"),
    ("sentence", "0", "-1"),
    ("claimed_by", "", ""),
]


@pytest.mark.parametrize(("name", "meeting", "threat"), CSV_FIELDS)
def test_csv_writes_each_column_in_one_field(name: str, meeting: str, threat: str) -> None:
    rows = csv_rows(written(BOTH, "csv"))

    assert [row[name] for row in rows] == [meeting, threat]


def test_csv_has_the_names_of_the_record_and_line_feeds_between_rows() -> None:
    content = written(BOTH, "csv")

    assert content.split("\n")[0] == ",".join(EVENT_COLUMNS)
    assert content.replace("met,\r\nin", "").count("\r") == 0
    assert written([], "csv") == ",".join(EVENT_COLUMNS) + "\n", "no events still have columns"
    assert written([], "jsonl") == ""


def test_parquet_holds_the_same_values_in_typed_columns() -> None:
    assert parquet_rows(BOTH) == [event.as_row() for event in BOTH]
    assert EVENT_SCHEMA.names == list(EVENT_COLUMNS)
    for name in ("source", "target", "context"):
        assert EVENT_SCHEMA.field(name).type == pa.list_(pa.string())
    assert EVENT_SCHEMA.field("intensity").type == pa.float64()
    assert EVENT_SCHEMA.field("start").type == pa.int32()
    assert EVENT_SCHEMA.field("date").type == pa.string()


def test_parquet_has_its_columns_where_there_are_no_events_or_only_empty_ones(tmp_path: Path) -> None:
    for number, events in enumerate(([], [THREAT])):
        path = tmp_path / f"{number}.parquet"
        write_parquet(events, path)
        assert pq.read_schema(path).equals(EVENT_SCHEMA)


def test_parquet_is_written_group_by_group_as_events_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_PER_GROUP", 10)
    stream = io.BytesIO()
    sizes: list[int] = []

    def events() -> Iterator[Event]:
        for number in range(35):
            sizes.append(stream.tell())
            yield replace(MEETING, event_id=f"e{number}")

    assert write_parquet(events(), stream) == 35
    assert sizes[0] <= sizes[9] < sizes[10] < sizes[20] < sizes[30]
    assert pq.ParquetFile(stream).num_row_groups == 4


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_events(BOTH, "jsonl", tmp_path / f"{name}.jsonl")
        write_events(BOTH, "csv", tmp_path / f"{name}.csv")
        write_parquet(BOTH, tmp_path / f"{name}.parquet")

    for suffix in ("jsonl", "csv", "parquet"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_path_and_a_stream_get_the_same_bytes(tmp_path: Path) -> None:
    for format in ("jsonl", "csv"):
        write_events(BOTH, format, tmp_path / "events")
        assert (tmp_path / "events").read_bytes() == written(BOTH, format).encode()


def test_one_report_is_one_json_object_on_one_line() -> None:
    line = by_report_line("Genève\u2028\n1", BOTH)

    assert json.loads(line) == {"id": "Genève\u2028\n1", "events": [event.as_row() for event in BOTH]}
    assert line.startswith('{"id": "Genève')
    assert len(line.splitlines()) == 1
    assert by_report_line("n1", []) == '{"id": "n1", "events": []}'


def test_lines_of_reports_go_to_a_path_or_a_stream_alike(tmp_path: Path) -> None:
    lines = [by_report_line("Genève", BOTH), by_report_line("n2", [])]
    stream = io.StringIO(newline="")

    write_lines(lines, stream)
    write_lines(iter(lines), tmp_path / "lines.jsonl")

    assert stream.getvalue() == "\n".join(lines) + "\n"
    assert (tmp_path / "lines.jsonl").read_bytes() == stream.getvalue().encode()


def test_a_format_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'xlsx'.*choose jsonl or csv"):
        write_events(BOTH, "xlsx", tmp_path / "events.xlsx")

    assert os.listdir(tmp_path) == []


def failing(error: BaseException) -> Iterator[Event]:
    yield MEETING
    raise error


WRITERS = {
    "jsonl": lambda events, path: write_events(events, "jsonl", path),
    "csv": lambda events, path: write_events(events, "csv", path),
    "parquet": write_parquet,
}


@pytest.mark.parametrize("error", [ValueError("broken"), KeyboardInterrupt(), GeneratorExit()], ids=repr)
@pytest.mark.parametrize("format", WRITERS)
def test_whatever_ends_the_writing_the_old_file_stays_and_no_half_one(
    format: str, error: BaseException, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.write_text("as it was")

    for path in (old, tmp_path / "new"):
        with pytest.raises(type(error)):
            WRITERS[format](failing(error), path)

    assert os.listdir(tmp_path) == ["old"]
    assert old.read_text() == "as it was"


@pytest.mark.parametrize("format", WRITERS)
def test_the_new_table_takes_the_place_of_the_old_in_one_step(format: str, tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_text("as it was")
    seen: list[str] = []

    def events() -> Iterator[Event]:
        for event in BOTH:
            seen.append(path.read_text())
            yield event

    assert WRITERS[format](events(), path) == 2
    assert seen == ["as it was"] * 2
    assert os.listdir(tmp_path) == ["events"]
    assert path.read_bytes() != b"as it was"


def test_a_new_file_has_the_usual_rights_and_a_replaced_one_keeps_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_events(BOTH, "csv", tmp_path / "new.csv")
    finally:
        os.umask(before)
    (tmp_path / "old.csv").touch()
    (tmp_path / "old.csv").chmod(0o600)
    write_events(BOTH, "csv", tmp_path / "old.csv")

    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old.csv").stat().st_mode) == 0o600


def test_a_link_still_leads_to_the_file_after_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("as it was")
    (tmp_path / "latest.csv").symlink_to("events.csv")

    write_events(BOTH, "csv", tmp_path / "latest.csv")

    assert (tmp_path / "latest.csv").is_symlink()
    assert (tmp_path / "events.csv").read_bytes() == written(BOTH, "csv").encode()


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert write_events(BOTH, "csv", os.devnull) == 2

    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_a_pipe_without_a_name_is_written_to_by_the_path_of_its_descriptor(format: str) -> None:
    # As `-o /dev/stdout | …` gives it: the link leads to "pipe:[123]", which is no path.
    reading, writing = os.pipe()
    with open(reading, "rb") as stream:
        try:
            assert WRITERS[format](BOTH, f"/dev/fd/{writing}") == 2
        finally:
            os.close(writing)
        assert stream.read()


def test_a_text_file_takes_its_place_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    with new_text_file(path) as file:
        file.write("Iran’s\n")
        assert not path.exists()
    assert path.read_bytes() == "Iran’s\n".encode()

    def half_a_table() -> None:
        with new_text_file(path) as file:
            file.write("half")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        half_a_table()
    assert path.read_bytes() == "Iran’s\n".encode()
    assert os.listdir(tmp_path) == ["table.txt"]


@pytest.mark.parametrize("format", WRITERS)
def test_a_place_that_cannot_be_written_is_named_with_the_mend(format: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for path in (tmp_path / "gone" / "events", tmp_path, tmp_path / "file" / "events"):
        with pytest.raises(UsageError, match=r"cannot be written: .*; name a file in a folder") as caught:
            WRITERS[format](BOTH, path)
        assert str(caught.value).startswith(f"{path}: ")
    assert os.listdir(tmp_path) == ["file"]


# A report's text holds no NUL and no lone surrogate: the readers drop a report that does.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
CODES = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=9), max_size=3).map(tuple)
EVENTS = st.builds(
    Event,
    event_id=TEXTS,
    report_id=TEXTS,
    sentence=st.integers(-1, 10_000),
    type=TEXTS,
    mode=st.none() | TEXTS,
    quad=st.integers(1, 4),
    cameo=TEXTS,
    intensity=st.floats(-10, 10),
    source=CODES,
    target=CODES,
    source_text=TEXTS,
    target_text=TEXTS,
    status=st.sampled_from(Status),
    claimed_by=st.none() | TEXTS,
    condition=st.none() | TEXTS,
    date=st.none() | st.dates().map(str),
    date_precision=st.none() | st.sampled_from(DatePrecision),
    date_basis=st.none() | st.sampled_from(DateBasis),
    location=st.none() | TEXTS,
    context=CODES,
    anchor=TEXTS,
    start=st.integers(0, 20_000_000),
    end=st.integers(0, 20_000_000),
    confidence=st.floats(0, 1),
    rule=TEXTS,
    anchors=st.lists(st.tuples(*[st.integers(-1, 20_000_000)] * 3), max_size=3).map(tuple),
)


@settings(max_examples=100, deadline=None)
@given(events=st.lists(EVENTS, max_size=4))
def test_any_event_comes_back_from_jsonl_and_parquet_as_it_went_in(events: list[Event]) -> None:
    rows = [event.as_row() for event in events]
    content = written(events, "jsonl")

    assert [json.loads(line) for line in content.splitlines()] == rows
    assert parquet_rows(events) == rows


@settings(max_examples=100, deadline=None)
@given(events=st.lists(EVENTS, max_size=4))
def test_any_event_comes_back_from_csv_as_its_fields_read(events: list[Event]) -> None:
    rows = csv_rows(written(events, "csv"))

    assert len(rows) == len(events)
    for row, event in zip(rows, events, strict=True):
        for name in ("event_id", "type", "source_text", "anchor", "rule"):
            assert row[name] == getattr(event, name)
        for name in ("source", "target", "context"):
            assert tuple(filter(None, row[name].split(";"))) == getattr(event, name)
        assert float(row["intensity"]) == event.intensity
        assert row["condition"] == (event.condition or "")
