"""Events out: JSONL, CSV and Parquet with the columns of the record, the same bytes for the same events.

A file that is written by its path is there whole or not at all: it grows beside its place under a hidden
name and takes the place in one step, so that neither an error nor Ctrl-C leaves half a table.
"""

from __future__ import annotations

import io
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO, TextIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UsageError
from communique.records import EVENT_COLUMNS, Event

PathLike = str | os.PathLike[str]

ROWS_PER_GROUP = 10_000
"""How many events a Parquet row group holds, and so how many are held in memory at once."""

# JSON allows these line ends inside a text as they are, but many readers of lines break a row at them.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}

_INTEGERS = ("sentence", "quad", "start", "end")
_NUMBERS = ("intensity", "confidence")
_LISTS = ("source", "target", "context")


def write_events(events: Iterable[Event], format: str, target: TextIO | PathLike) -> int:
    """Write events as `jsonl` or `csv`, one a row with the names of EVENT_COLUMNS; give their number.

    `target` is an open text stream or the path of a file. JSONL keeps lists as lists. CSV has a header,
    joins lists by `;`, writes each of `anchors` as `sentence:start:end`, and leaves None empty. Texts are
    written as they are: a spreadsheet may take one that begins with `=` for a formula.

    Raises UsageError for another format, or where the file cannot be opened for writing.
    """
    writers: dict[str, Callable[[Iterable[Event]], Iterator[str]]] = {"jsonl": _json_lines, "csv": _csv_lines}
    if format not in writers:
        raise UsageError(f"there is no format {format!r} for rows of text; choose jsonl or csv")
    lines = writers[format]
    written = 0

    def counted() -> Iterator[Event]:
        nonlocal written
        for event in events:
            written += 1
            yield event

    _write_text(lines(counted()), target)
    return written


def write_parquet(events: Iterable[Event], target: BinaryIO | PathLike) -> int:
    """Write events as Parquet to an open binary stream or the path of a file; give their number.

    The columns have EVENT_SCHEMA's types, also where there are no events. Row groups of ROWS_PER_GROUP
    events are written as they fill, so a long run of events needs no more memory than one group.

    Raises UsageError where the file cannot be opened for writing.
    """
    if isinstance(target, str | os.PathLike):
        with new_file(target) as file:
            return _write_groups(events, file)
    return _write_groups(events, target)


def by_report_line(report_id: str, events: Iterable[Event]) -> str:
    """Give one report's events as one JSON object, `{"id": …, "events": […]}`, without a line end."""
    return _json({"id": report_id, "events": [event.as_row() for event in events]})


def write_lines(lines: Iterable[str], target: TextIO | PathLike) -> None:
    """Write lines, such as those of by_report_line, each with LF, to a text stream or the path of a file.

    Raises UsageError where the file cannot be opened for writing.
    """
    _write_text((line + "\n" for line in lines), target)


@contextmanager
def new_text_file(target: PathLike) -> Iterator[TextIO]:
    """Open a text file that takes the place of `target` when the block ends well, and is gone when it does not.

    Raises UsageError where the file cannot be opened for writing.
    """
    with new_file(target) as file:
        stream = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        try:
            yield stream
        finally:
            # The wrapper would close the file below, which is not done with.
            stream.detach()


def _write_text(pieces: Iterable[str], target: TextIO | PathLike) -> None:
    if isinstance(target, str | os.PathLike):
        with new_file(target) as file:
            file.writelines(piece.encode("utf-8") for piece in pieces)
    else:
        target.writelines(pieces)


def _json(value: Mapping[str, Any]) -> str:
    return on_one_line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def on_one_line(written: str) -> str:
    """Give JSON with the line ends in its texts escaped at which many readers of lines would break the row."""
    for character, escape in _LINE_ENDS.items():
        written = written.replace(character, escape)
    return written


def _json_lines(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield _json(event.as_row()) + "\n"


def _csv_lines(events: Iterable[Event]) -> Iterator[str]:
    yield ",".join(EVENT_COLUMNS) + "\n"
    for event in events:
        row = event.as_row()
        yield ",".join(_csv_field(row[name]) for name in EVENT_COLUMNS) + "\n"


def _csv_field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = ";".join(":".join(map(str, item)) if isinstance(item, list) else item for item in value)
    return csv_quoted(str(value))


def csv_quoted(words: str) -> str:
    """Give one field of CSV; Python's own writer leaves a lone CR unquoted, which ends the row for other readers."""
    if any(mark in words for mark in ',"\r\n') or words != words.strip():
        return '"' + words.replace('"', '""') + '"'
    return words


def row_lines(names: Sequence[str], rows: Iterable[Sequence[object]], format: str) -> Iterator[str]:
    """Give rows of Python's values as lines of `jsonl` or `csv`, without line ends, with the names as keys or header.

    JSONL keeps lists as lists. CSV joins lists by `;` and what stands in them by `:`, and leaves what is not there
    empty. Raises UsageError for another format.
    """
    writers = {"jsonl": _row_json_lines, "csv": _row_csv_lines}
    if format not in writers:
        raise UsageError(f"there is no format {format!r} for rows of text; choose jsonl or csv")
    return writers[format](names, rows)


def cell_text(value: object) -> str:
    """Give a value as the text of one cell: "" for None, `a;b` for a list, ISO for days and times."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(":".join(map(str, item)) if isinstance(item, list) else cell_text(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_as_text)
    return value if isinstance(value, str) else _as_text(value)


def _row_json_lines(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for row in rows:
        yield on_one_line(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_as_text))


def _row_csv_lines(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield ",".join(map(csv_quoted, names))
    for row in rows:
        yield ",".join(csv_quoted(cell_text(value)) for value in row)


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _column_type(name: str) -> Any:
    if name in _INTEGERS:
        return pa.int32()
    if name in _NUMBERS:
        return pa.float64()
    if name in _LISTS:
        return pa.list_(pa.string())
    if name == "anchors":
        return pa.list_(pa.list_(pa.int32()))
    return pa.string()


EVENT_SCHEMA = pa.schema([(name, _column_type(name)) for name in EVENT_COLUMNS])
"""The Parquet columns: text, but for the offsets and numbers, the lists of codes, and the anchors."""


def _write_groups(events: Iterable[Event], stream: BinaryIO) -> int:
    written = 0
    remaining = iter(events)
    with pq.ParquetWriter(stream, EVENT_SCHEMA, compression="zstd") as writer:
        while group := [event.as_row() for event in islice(remaining, ROWS_PER_GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=EVENT_SCHEMA))
            written += len(group)
    return written


@contextmanager
def new_file(target: PathLike) -> Iterator[BinaryIO]:
    """Open a binary file that takes the place of `target` when the block ends well, and is gone when it does not.

    Raises UsageError where the file cannot be opened for writing.
    """
    if os.path.exists(target) and not os.path.isfile(target):
        # /dev/stdout or a pipe is written to; replacing it would put a plain file in its place.
        # Its links are left alone, for the one to a pipe without a name leads nowhere by its words.
        with _opened(target, os.fspath(target), "wb") as stream:
            yield stream
        return
    # The file that a link leads to is replaced, not the link.
    path = os.path.realpath(target)
    folder, name = os.path.split(path)
    growing = os.path.join(folder, f".{name}.{secrets.token_hex(8)}.part")
    try:
        with _opened(target, growing, "xb") as stream:
            yield stream
            stream.flush()
            # Without this a power cut could leave the new name on an empty file.
            os.fsync(stream.fileno())
        if os.path.exists(path):
            os.chmod(growing, os.stat(path).st_mode & 0o7777)
        os.replace(growing, path)
    except BaseException:
        # Ctrl-C too: whatever ends the writing, the half-written file goes.
        with suppress(OSError):
            os.remove(growing)
        raise


@contextmanager
def _opened(target: PathLike, path: str, mode: str) -> Iterator[BinaryIO]:
    """Open `path` for writing and name `target` in the error where that cannot be."""
    with ExitStack() as opened:
        try:
            stream = cast(BinaryIO, opened.enter_context(open(path, mode)))
        except OSError as error:
            raise UsageError(
                f"{os.fspath(target)}: cannot be written: {error.strerror}; name a file in a folder that is"
                f" there and that you may write to"
            ) from error
        yield stream
