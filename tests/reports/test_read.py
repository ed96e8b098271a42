"""Reading files of every kind from one call: by suffix, by content, packed, and from standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.errors import MissingInput
from communique.records import DroppedReport, Report
from communique.reports import Columns, read_reports

DAY = date(2025, 2, 25)
TEXT = "Iran and the European Union agreed on Tuesday to resume talks in Geneva, officials said."
PAGE = f"<!DOCTYPE html><html><head><title>Talks</title></head><body><p>{TEXT}</p></body></html>"


def as_parquet(text: str) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [text]}), stream)
    return stream.getvalue()


KINDS = {
    "a.txt": TEXT.encode(),
    "a.text": TEXT.encode(),
    "a.md": TEXT.encode(),
    "A.TXT": TEXT.encode(),
    "a.html": PAGE.encode(),
    "a.htm": PAGE.encode(),
    "a.jsonl": json.dumps({"text": TEXT}).encode(),
    "a.ndjson": b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode(),
    "a.json": json.dumps([{"text": TEXT}], indent=1).encode(),
    "a.csv": f'text\n"{TEXT}"\n'.encode(),
    "utf-16.csv": f'text\n"{TEXT}"\n'.encode("utf-16"),
    "bom.csv": b"\xef\xbb\xbf" + f'text\n"{TEXT}"\n'.encode(),
    "a.tsv": f"text\tid\n{TEXT}\t\n".encode(),
    "a.parquet": as_parquet(TEXT),
    "a.pq": as_parquet(TEXT),
    "plain": TEXT.encode(),
    "a.news": TEXT.encode(),
    "page": PAGE.encode(),
    "page.aspx": f"\n<html><body><p>{TEXT}</p></body></html>".encode(),
    "lines": json.dumps({"text": TEXT}).encode() + b"\n",
    "list": json.dumps([{"text": TEXT}], indent=2).encode(),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_file_gives_its_report(
    name: str, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = name + (".gz" if packed else "")
    Path(path).write_bytes(gzip.compress(KINDS[name]) if packed else KINDS[name])

    (report,) = read_reports([path], published=DAY)

    assert isinstance(report, Report), report
    assert report.text.strip() == TEXT
    assert report.published == DAY
    assert report.report_id in (path, f"{path}:1")
    assert report.origin is not None
    assert report.origin.startswith(path)


def test_a_folder_is_read_as_one_batch_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Second.")
    (tmp_path / "a.jsonl").write_text('{"id": "n1", "text": "First."}\n{"id": "n2"}\n')
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.csv").write_text("id,text\nn4,Third.\n")

    found = [
        item.text if isinstance(item, Report) else f"dropped {os.path.basename(item.origin)}"
        for item in read_reports(tmp_path)
    ]

    assert found == ["First.", "dropped a.jsonl:2", "Second.", "Third."]


def test_a_missing_path_is_told_at_the_call_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="gone"):
        read_reports([tmp_path, tmp_path / "gone"])


def test_the_names_of_columns_reach_every_kind_of_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"key": "n1", "body": "T"}\n')
    (tmp_path / "b.csv").write_text("key,body\nn2,T\n")
    (tmp_path / "c").write_text('{"key": "n3", "body": "T"}\n')

    found = [item.report_id for item in read_reports(tmp_path, columns=Columns(id="key", text="body"))]

    assert found == ["n1", "n2", "n3"]


STANDARD_INPUTS = [
    ("plain text", TEXT.encode(), [("-", TEXT)]),
    ("a header", f"Title: Talks\n\n{TEXT}".encode(), [("-", TEXT)]),
    ("a page", PAGE.encode(), [("-", TEXT)]),
    ("JSONL", b'{"text": "T"}\n{"title": "U"}\n', [("-:1", "T"), ("-:2", "")]),
    (
        "JSONL with a bad line",
        b'\n{"text": "T"}\n{oops\n{"text": "U"}',
        [("-:1", "T"), ("-:3", None), ("-:3", "U")],
    ),
    ("a JSON list", b'[\n{"text": "T"},\n{"text": "U"}]', [("-:1", "T"), ("-:2", "U")]),
    ("JSON of something else", b'{"name": "x"}\n', [("-", '{"name": "x"}\n')]),
    ("a text with a brace", b"{Geneva} Talks resumed.", [("-", "{Geneva} Talks resumed.")]),
    (
        "a text about HTML",
        b"The page begins with <html> and ends.",
        [("-", "The page begins with <html> and ends.")],
    ),
    ("nothing", b"", [("-", None)]),
    ("binary", b"\x7fELF\0\0", [("-", None)]),
]


@pytest.mark.parametrize(
    ("data", "expected"), [case[1:] for case in STANDARD_INPUTS], ids=[case[0] for case in STANDARD_INPUTS]
)
def test_standard_input_is_told_by_its_content(data: bytes, expected: list[tuple[str, str | None]]) -> None:
    stream = io.BytesIO(data)

    items = list(read_reports("-", standard_input=stream))

    found = [
        (item.report_id, item.text.removesuffix("\n") if len(data) > 200 else item.text)
        if isinstance(item, Report)
        else (item.origin, None)
        for item in items
    ]
    assert found == expected
    assert not stream.closed, "whoever opened it closes it"


def test_standard_input_is_the_process_own_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Talks resumed.")))

    assert list(read_reports(["-"])) == [Report("-", "Talks resumed.", None, None, "-")]


def test_a_first_json_line_longer_than_any_buffer_is_still_known_as_one() -> None:
    text = "word " * 60_000
    data = "".join(json.dumps({"text": text}) + "\n" for _ in range(2)).encode()

    assert [item.text == text for item in read_reports("-", standard_input=io.BytesIO(data))] == [True, True]


def test_a_pipe_can_be_read_though_it_cannot_go_back(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.parquet"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(as_parquet(TEXT),))
    writer.start()

    found = [item.text for item in read_reports(pipe) if isinstance(item, Report)]
    writer.join()

    assert found == [TEXT]


def test_reports_come_one_at_a_time_and_unread_files_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "First."}\n{"text": "Second."}\n')
    (tmp_path / "b.txt").write_text("Third.")
    reports = read_reports(tmp_path)
    next(reports)
    (tmp_path / "b.txt").unlink()

    second, gone = reports

    assert isinstance(second, Report)
    assert gone == DroppedReport(
        str(tmp_path / "b.txt"),
        "cannot be read: No such file or directory; check that it is there and may be read",
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.jsonl.gz"])
def test_a_large_file_takes_the_memory_of_a_few_rows(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    count, text = 3000, "Talks resumed in Geneva. " * 400

    def lines() -> Iterator[str]:
        if name == "a.csv":
            yield "text\n"
        for _ in range(count):
            yield text + "\n" if name == "a.csv" else json.dumps({"text": text}) + "\n"

    if name == "a.parquet":
        # One row group of many pages: a page is the least that can be read of it.
        table = pa.table({"text": [f"{number} {text}" for number in range(count)]})
        pq.write_table(table, path, write_batch_size=16, use_dictionary=False)
        del table
    else:
        with gzip.open(path, "wt") if name.endswith(".gz") else open(path, "w") as stream:
            stream.writelines(lines())
    tracemalloc.start()
    try:
        read = arrow_peak = 0
        arrow_before = pa.total_allocated_bytes()
        for item in read_reports(path):
            read += isinstance(item, Report)
            arrow_peak = max(arrow_peak, pa.total_allocated_bytes() - arrow_before)
        peak = tracemalloc.get_traced_memory()[1] + arrow_peak
    finally:
        tracemalloc.stop()

    assert read == count
    assert peak < 5_000_000, f"30 MB of text were read with {peak} bytes"


def test_a_stopped_reading_leaves_no_file_open(tmp_path: Path) -> None:
    for name in ("a.jsonl", "a.csv"):
        (tmp_path / name).write_text("text\nT\nU\n" if name == "a.csv" else '{"text": "T"}\n{"text": "U"}\n')
    before = len(os.listdir("/proc/self/fd"))
    reading = [read_reports(tmp_path / name) for name in ("a.jsonl", "a.csv")]
    for reports in reading:
        next(reports)
    assert len(os.listdir("/proc/self/fd")) == before + 2

    for reports in reading:
        reports.close()  # type: ignore[attr-defined]

    assert len(os.listdir("/proc/self/fd")) == before


def test_the_file_that_is_being_written_is_left_out_by_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks resumed.")
    (tmp_path / "out.jsonl").write_text("{}")
    (tmp_path / "same.jsonl").symlink_to("out.jsonl")

    found = list(read_reports(tmp_path, leave_out=tmp_path / "." / "out.jsonl"))

    assert [item.origin for item in found] == [str(tmp_path / "a.txt")]
    assert len(list(read_reports(tmp_path, leave_out=tmp_path / "gone"))) == 3
