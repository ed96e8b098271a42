"""Reads each file by its kind, one report at a time, and turns every failure into a row that tells it."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO, cast

from communique.errors import InputError, UnreadableInput
from communique.records import DroppedReport, Report
from communique.reports.html import read_page
from communique.reports.plain import BYTE_LIMIT, find_encoding, read_plain, too_long
from communique.reports.rows import JSON_LIMIT, ROW_LIMIT, Columns, RowReader
from communique.reports.walk import STANDARD_INPUT, PathLike, find_files, same_file, show_path

_KIND_BY_SUFFIX = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    ".csv": "table",
    ".tsv": "tabs",
    ".tab": "tabs",
    ".parquet": "parquet",
    ".pq": "parquet",
}

_USUAL_COLUMNS = Columns()

_HEAD_BYTES = 1 << 16
_PIECE_BYTES = 1 << 14

# What comes out of a file that cannot be opened, breaks off or is packed wrongly.
_BROKEN_FILE = (OSError, EOFError, zlib.error, UnicodeError, MemoryError)


def read_reports(
    paths: PathLike | Iterable[PathLike],
    *,
    published: date | None = None,
    columns: Columns = _USUAL_COLUMNS,
    standard_input: BinaryIO | None = None,
    leave_out: PathLike | None = None,
) -> Iterator[Report | DroppedReport]:
    """Give every report in files and folders, one at a time, and a DroppedReport for each that is none.

    Each file is read by its suffix, after `.gz` is taken off: text, HTML, JSONL, JSON, CSV, TSV, Parquet.
    A file with another suffix, and standard input (`-`), is told by its content: JSONL where its first
    line is a JSON object with a text or a title, else HTML where it looks so, else plain text.
    `published` is the day for reports that tell none. `columns` names the columns and JSON keys of rows.
    `standard_input` is read for `-`, `sys.stdin` where it is None. `leave_out` is a file that is not read
    though a folder holds it: the one that is being written. A report from a file has the path as it
    was given for its id; a row without an id has `<file name>:<row number>`.

    Raises MissingInput, at the call, where a path is not there; nothing else: a file or row that cannot be
    read is a DroppedReport with its origin (file, line) and the reason, and the others go on.
    """
    files = find_files(paths)
    return _read_files(files, _Request(published, columns, standard_input, leave_out))


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of a JSONL or Parquet file that stand together: `rows` of them, with what stands before them.

    `start` is the offset of the first in bytes for JSONL, and the number of rows before it for Parquet.
    """

    start: int
    rows: int
    lines_before: int
    rows_before: int


def read_span(
    path: str, span: Span, *, published: date | None = None, columns: Columns = _USUAL_COLUMNS
) -> Iterator[Report | DroppedReport]:
    """Give the reports of some rows of one JSONL or Parquet file, as read_reports gives those of all of it."""
    yield from _told(path, _read_span(path, span, RowReader(show_path(path), columns, published)))


def _read_span(path: str, span: Span, rows: RowReader) -> Iterator[Report | DroppedReport]:
    with _open(path, None) as stream:
        if kind_of(path) == "parquet":
            found = rows.parquet(stream, skip=span.start)
        else:
            encoding = find_encoding(_Source(stream).head(), whole=False)
            if span.start and encoding == "utf-8-sig":
                # Only the first row of a file has a byte order mark before it.
                encoding = "utf-8"
            stream.seek(span.start)
            text = io.TextIOWrapper(io.BufferedReader(_Source(stream)), encoding, "surrogateescape", "\n")
            found = rows.json_lines(text, span.lines_before, span.rows_before)
        yield from islice(found, span.rows)


def kind_of(path: str) -> str | None:
    """Give the kind of a file by its suffix, `.gz` taken off; None where only its content tells."""
    return _KIND_BY_SUFFIX.get(os.path.splitext(path.lower().removesuffix(".gz"))[1])


@dataclass(frozen=True, slots=True)
class _Request:
    """What the caller of read_reports asked for, beside the files."""

    published: date | None
    columns: Columns
    standard_input: BinaryIO | None
    leave_out: PathLike | None


def _read_files(files: Iterable[str], request: _Request) -> Iterator[Report | DroppedReport]:
    for path in files:
        if request.leave_out is not None and same_file(path, request.leave_out):
            continue
        yield from _told(path, _read_file(path, show_path(path), request))


def _told(path: str, items: Iterator[Report | DroppedReport]) -> Iterator[Report | DroppedReport]:
    """Give the items of one file, and instead of an error in it the row that tells it."""
    name = show_path(path)
    found = False
    try:
        for item in items:
            found = True
            yield item
    except InputError as error:
        yield DroppedReport(name, str(error).removeprefix(f"{name}: "))
    except _BROKEN_FILE as error:
        yield DroppedReport(name, _broken(path, error, found))
    else:
        if not found:
            yield DroppedReport(name, "the file holds no rows; leave it out, or fetch it again")


def _read_file(path: str, name: str, request: _Request) -> Iterator[Report | DroppedReport]:
    """Give the reports of one file; errors are for the caller to tell."""
    if path != STANDARD_INPUT and os.path.isdir(path):
        # A folder comes this far only if the walk found nothing to read in it.
        os.listdir(path)
        raise UnreadableInput("the folder holds no files to read; hidden files are passed over")
    kind = None if path == STANDARD_INPUT else kind_of(path)
    rows = RowReader(name, request.columns, request.published)
    with _open(path, request.standard_input) as stream:
        source = _Source(stream)
        if not source.head():
            raise UnreadableInput("the file is empty; leave it out, or fetch it again")
        kind = kind or _kind_by_content(source, request.columns)
        if kind == "parquet":
            with _seekable(path, stream, source) as file:
                yield from rows.parquet(file)
        elif kind == "json":
            yield from rows.json_file(_decode_json(source))
        elif kind in ("json lines", "table", "tabs"):
            yield from _read_lines(kind, rows, source)
        else:
            read = read_page if kind == "page" else read_plain
            yield read(source.whole(BYTE_LIMIT, too_long()), name, request.published)


def _read_lines(kind: str, rows: RowReader, source: _Source) -> Iterator[Report | DroppedReport]:
    """Give the reports in the lines of a JSONL, CSV or TSV stream, decoding as they come."""
    encoding = find_encoding(source.head(), whole=False)
    # A byte that is no character becomes a surrogate, by which its own row is dropped and no other.
    # JSON lines end at LF alone; a CSV text keeps whatever line ends it has.
    newline = "\n" if kind == "json lines" else ""
    stream = io.TextIOWrapper(io.BufferedReader(source), encoding, "surrogateescape", newline)
    if kind == "json lines":
        yield from rows.json_lines(stream)
    else:
        yield from rows.table(stream, "\t" if kind == "tabs" else None)


def _decode_json(source: _Source) -> str:
    reason = f"is longer than {JSON_LIMIT // 1_000_000} million bytes; write it as JSONL, one object a line"
    data = source.whole(JSON_LIMIT, reason)
    return data.decode(find_encoding(data), "surrogateescape")


class _Source(io.RawIOBase):
    """A byte stream whose first bytes can be looked at before it is read, even where it cannot go back.

    An error below is raised only once all bytes before it have been given, so that the rows in front of
    the break in an archive are kept. Closing it leaves the stream below open.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._head = bytearray()
        self._error: BaseException | None = None
        self._ended = False

    def head(self, length: int = _HEAD_BYTES) -> bytes:
        """Give the first bytes, up to about `length`, without taking them."""
        while len(self._head) < length and not self._ended:
            self._head += self._piece()
        if not self._head and self._error is not None:
            raise self._error
        return bytes(self._head)

    def whole(self, limit: int, reason: str) -> bytes:
        """Give all bytes without taking them; raise UnreadableInput with `reason` for more than `limit`."""
        data = self.head(limit + 1)
        if self._error is not None:
            raise self._error
        if len(data) > limit:
            raise UnreadableInput(reason)
        return data

    def readable(self) -> bool:
        """Say that it can be read, as io.RawIOBase asks."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes and give their number, 0 at the end."""
        if not self._head and not self._ended:
            self._head += self._piece()
        if not self._head and self._error is not None:
            raise self._error
        count = min(len(buffer), len(self._head))
        buffer[:count] = self._head[:count]
        del self._head[:count]
        return count

    def _piece(self) -> bytes:
        # One piece from below at a time: asking for more would lose what came before an error.
        read = getattr(self._stream, "read1", self._stream.read)
        try:
            piece: bytes = read(_PIECE_BYTES)
        except _BROKEN_FILE as error:
            self._error = error
            piece = b""
        self._ended = not piece
        return piece


@contextmanager
def _open(path: str, standard_input: BinaryIO | None) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacked where it ends in `.gz`; standard input is left open after."""
    if path == STANDARD_INPUT:
        yield standard_input if standard_input is not None else sys.stdin.buffer
        return
    with ExitStack() as opened:
        stream: BinaryIO = opened.enter_context(open(path, "rb"))
        if path.lower().endswith(".gz"):
            stream = cast(BinaryIO, opened.enter_context(gzip.GzipFile(fileobj=stream, mode="rb")))
        yield stream


@contextmanager
def _seekable(path: str, stream: BinaryIO, source: _Source) -> Iterator[BinaryIO]:
    """Give a file that can be gone back in, as Parquet is read from its end: itself, or a copy on disk."""
    if not path.lower().endswith(".gz") and stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(io.BufferedReader(source), whole, _HEAD_BYTES)
        whole.seek(0)
        yield cast(BinaryIO, whole)


def _kind_by_content(source: _Source, columns: Columns) -> str:
    """Tell the kind of a file without a known suffix; raise UnreadableInput where it is none we read."""
    head = source.head()
    for mark, what in _FOREIGN_MARKS.items():
        if head.startswith(mark):
            raise UnreadableInput(f"is {what}, which is not read; {_MEND}")
    text = head.decode(find_encoding(head, whole=False), "ignore").lstrip()
    if text.startswith("{") and _is_json_report(_first_line(source), columns):
        return "json lines"
    if text.startswith(("{", "[")) and _is_json_report(_decode_json(source), columns):
        return "json"
    beginning = text.lower()
    if beginning.startswith("<") and ("<html" in beginning or beginning.startswith("<!doctype html")):
        return "page"
    if beginning.startswith(("<?xml", "<rss", "<feed")):
        raise UnreadableInput(f"is XML, which is not read; {_MEND}")
    return "plain"


_MEND = "give it as text, HTML, JSONL, CSV or Parquet"

_FOREIGN_MARKS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"{\\rtf": "a rich text document",
    b"\x1f\x8b": "packed by gzip without the suffix .gz",
    b"PAR1": "a Parquet file without the suffix .parquet",
}


def _first_line(source: _Source) -> bytes:
    """Give the first line that is not blank, cut where it is longer than a row may be."""
    length = _HEAD_BYTES
    while True:
        head = source.head(length)
        line, end, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
        if end or len(head) < length or length > ROW_LIMIT:
            return line
        length *= 2


def _is_json_report(written: bytes | str, columns: Columns) -> bool:
    """Tell whether a text is one JSON report, or a list that begins with one."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return False
    value = value[0] if isinstance(value, list) and value else value
    return isinstance(value, dict) and (columns.text in value or columns.title in value)


def _broken(path: str, error: BaseException, found: bool) -> str:
    """Say why a file could not be read, or not to its end."""
    kept = "; the rows before it are kept" if found else ""
    if isinstance(error, MemoryError):
        return f"needs more memory than there is{kept}; split it into smaller files"
    if isinstance(error, UnicodeError):
        return f"the text breaks off in the middle of a character{kept}; save it as UTF-8"
    packed = path.lower().endswith(".gz")
    if packed and (isinstance(error, EOFError | zlib.error | gzip.BadGzipFile)):
        return f"the gzip archive is broken ({error}){kept}; pack or fetch it again"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {words}{kept}; check that it is there and may be read"
