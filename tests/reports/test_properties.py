"""What holds for any bytes and any text."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import UnreadableInput
from communique.records import DroppedReport, Report
from communique.reports import read_reports
from communique.reports.plain import read_date, read_plain

SUFFIXES = [
    "",
    ".txt",
    ".html",
    ".jsonl",
    ".json",
    ".csv",
    ".tsv",
    ".parquet",
    ".txt.gz",
    ".html.gz",
    ".jsonl.gz",
    ".csv.gz",
    ".parquet.gz",
    ".png",
]

# Bytes of pure chance seldom get past the first check; these come further in.
PIECES = [
    b"id,text\n",
    b"text\n",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\r\n",
    b";",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe9",
    b"\xd8\x00",
    b"Title: ",
    b"Published: ",
    b"2025-02-25",
    b"03/04/2025",
    b"{",
    b"}",
    b"[",
    b"]",
    b'{"text": "',
    b'{"text": "T"}\n',
    b'{"id": 1, "title": "',
    b'"}\n',
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"<html>",
    b"<body>",
    b"<p>",
    b"</p>",
    b"<meta charset='",
    b"utf-7",
    b"windows-1251",
    b"<!DOCTYPE html>",
    b"<script>",
    b"<time datetime='",
    b"<table><tr><td>",
    b"&#0;",
    b"&#xD800;",
    b"<!--",
    b"<![CDATA[",
    b"<?xml ",
    b"Iran agreed on Tuesday.",
    "Genève – 谈判 قال".encode(),
    b"http://127.0.0.1:9/",
    b"PAR1",
    b"\x1f\x8b\x08",
]

ANY_BYTES = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=30).map(b"".join),
)

# NUL is what makes a file binary, and a lone surrogate is no character; every other character is text.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read_one(name: str, content: bytes) -> list[Report | DroppedReport]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(read_reports(path))


def check(items: list[Report | DroppedReport]) -> None:
    """Whatever is read is fit to be kept, and whatever is not says why."""
    assert items
    for item in items:
        if isinstance(item, DroppedReport):
            assert item.reason
            assert item.origin
            f"{item.origin}{item.reason}{item.report_id}".encode()
        else:
            assert item.text.strip() or (item.title and item.title.strip())
            assert item.report_id
            f"{item.report_id}{item.text}{item.title}{item.origin}".encode()


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=120, deadline=None)
@given(content=ANY_BYTES)
def test_any_bytes_in_any_file_give_rows_and_never_an_error(suffix: str, content: bytes) -> None:
    check(read_one("a" + suffix, content))


@pytest.mark.parametrize("suffix", [".txt.gz", ".html.gz", ".jsonl.gz", ".csv.gz", ".json.gz"])
@settings(max_examples=60, deadline=None)
@given(content=ANY_BYTES, cut=st.integers(0, 40))
def test_any_bytes_packed_and_cut_give_rows_and_never_an_error(suffix: str, content: bytes, cut: int) -> None:
    packed = gzip.compress(content)

    check(read_one("a" + suffix, packed[: len(packed) - cut]))


@settings(max_examples=150, deadline=None)
@given(content=ANY_BYTES)
def test_any_bytes_on_standard_input_give_rows_and_never_an_error(content: bytes) -> None:
    check(list(read_reports("-", standard_input=io.BytesIO(content))))


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=6))
def test_any_text_comes_through_jsonl_unchanged(rows: list[tuple[str, str]]) -> None:
    for ascii_only in (True, False):
        lines = [json.dumps({"title": t, "text": x}, ensure_ascii=ascii_only) + "\n" for t, x in rows]
        check_unchanged(rows, read_one("a.jsonl", "".join(lines).encode()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=6))
def test_any_text_comes_through_csv_unchanged(delimiter: str, rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["title", "text"])
    writer.writerows(rows)

    check_unchanged(rows, read_one("a.csv", stream.getvalue().encode()))


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=6))
def test_any_text_comes_through_parquet_unchanged(rows: list[tuple[str, str]]) -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table({"title": [t for t, _ in rows], "text": [x for _, x in rows]}), stream)

    check_unchanged(rows, read_one("a.parquet", stream.getvalue()))


def check_unchanged(rows: list[tuple[str, str]], items: list[Report | DroppedReport]) -> None:
    assert len(items) == len(rows)
    for (title, text), item in zip(rows, items, strict=True):
        if title.strip() or text.strip():
            assert isinstance(item, Report), item
            assert (item.title, item.text) == (title if title.strip() else None, text)
        else:
            assert isinstance(item, DroppedReport)


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT.filter(str.strip), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_comes_through_a_plain_file_unchanged(text: str, encoding: str) -> None:
    if text.startswith(("\ufeff", "\ufffe", "Title:", "Published:")):
        text = " " + text

    assert read_plain(text.encode(encoding), "a.txt").text == text


@settings(max_examples=200, deadline=None)
@given(title=ANY_TEXT, day=st.dates(), text=ANY_TEXT.filter(str.strip))
def test_any_text_comes_through_below_a_header_unchanged(title: str, day: date, text: str) -> None:
    headline = " ".join(title.split()) or "Talks"

    report = read_plain(f"Title: {headline}\nPublished: {day}\n\n{text}".encode(), "a.txt")

    assert (report.title, report.published, report.text) == (headline, day, text)


@settings(max_examples=300, deadline=None)
@given(words=st.one_of(ANY_TEXT, st.from_regex(r"[0-9A-Za-z ,./:+-]{1,40}", fullmatch=True)))
def test_any_words_are_a_day_nothing_or_an_unreadable_date(words: str) -> None:
    try:
        day = read_date(words)
    except UnreadableInput as error:
        day = None
        told = str(error)
    else:
        told = "" if day or not words.strip() else "nothing at all"

    assert told == "" or "2025-02-25" in told, "the mend shows how to write it"


@settings(max_examples=150, deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_the_same_however_it_is_written(day: date) -> None:
    month = day.strftime("%B")

    ways = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.isoformat()}T23:59:59Z",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day:%a, %d %b %Y} 10:00:00 GMT",
    ]
    assert {read_date(way) for way in ways} == {day}
