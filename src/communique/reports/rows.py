"""Rows as reports: JSONL, JSON, CSV, TSV and Parquet, one row at a time.

A row that cannot be read gives a `DroppedReport` with its file and line, and the next row goes on.
"""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UnreadableInput
from communique.records import DroppedReport, Report
from communique.reports.plain import TEXT_LIMIT, check_text, is_nothing, naming, read_date

ROW_LIMIT = 3 * TEXT_LIMIT
"""The longest row as it is written, in characters: its text may be escaped and other columns beside it."""

JSON_LIMIT = 200_000_000
"""The longest `.json` file in bytes; unlike JSONL it has to be held in memory as a whole."""

_PARQUET_ROWS = 64
_PARQUET_BUFFER = 1 << 20
_SHOWN_NAMES = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns, or of the JSON keys, that hold a report's parts."""

    id: str = "id"
    published: str = "published"
    title: str = "title"
    text: str = "text"


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one file: `name` is the file's name, `published` the day for rows without one."""

    name: str
    columns: Columns = Columns()
    published: date | None = None

    def json_lines(self, stream: TextIO, line: int = 0, row: int = 0) -> Iterator[Report | DroppedReport]:
        """Give a report for each line that is one JSON object; blank lines are passed over.

        `line` and `row` are how many stand in the file before the stream.
        """
        while written := stream.readline(ROW_LIMIT):
            line += 1
            if len(written) == ROW_LIMIT and not written.endswith("\n"):
                _skip_line(stream)
                row += 1
                yield self._dropped(line, f"the line {_too_long_row()}")
            elif written.strip():
                row += 1
                yield self._from_json(written, line, row)

    def json_file(self, text: str) -> Iterator[Report | DroppedReport]:
        """Give a report for the one JSON object in a text, or for each one in its list.

        A text of several objects, one a line, is read as JSONL, for many such files are called `.json`.

        Raises UnreadableInput where the text is no JSON.
        """
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data":
                yield from self.json_lines(io.StringIO(text, newline="\n"))
                return
            raise UnreadableInput(f"{self.name}: {_no_json(error)}") from error
        for row, value in enumerate(found if isinstance(found, list) else [found], start=1):
            yield self._from_object(value, row, row)

    def table(self, stream: TextIO, delimiter: str | None = None) -> Iterator[Report | DroppedReport]:
        """Give a report for each row below the header of a CSV table, read with untranslated line ends.

        Without a `delimiter`, the header line tells whether it is a comma, a semicolon or a tab.

        Raises UnreadableInput where the header has no text column, or none of a name that was asked for.
        """
        # The limit is one for the whole process, so it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), TEXT_LIMIT))
        lines = _TableLines(stream)
        separator = delimiter or _find_delimiter(lines)
        rows = csv.reader(lines, delimiter=separator, strict=True)
        header: list[str] | None = None
        row = 0
        for values in _unbroken_rows(rows, lines, separator):
            if isinstance(values, list) and not values:
                continue
            if header is None:
                if isinstance(values, str):
                    raise UnreadableInput(f"{self.name}: the header cannot be read: {values}")
                header = [column.strip() for column in values]
                self.check_columns(header)
                lines.width = len(header)
                continue
            row += 1
            yield self._from_fields(values, header, lines.first, row)

    def _from_fields(self, values: list[str] | str, header: list[str], line: int, row: int) -> Report | DroppedReport:
        """Give the report of one table row: its fields, or the words that say what is wrong with it."""
        if isinstance(values, str):
            return self._dropped(line, values)
        if len(values) != len(header):
            return self._dropped(
                line,
                f"the row has {len(values)} fields where the header has {len(header)}; put a text that holds"
                f" the separator or a line end in quotes",
            )
        return self._from_row(dict(zip(header, values, strict=True)), line, row)

    def parquet(self, stream: BinaryIO, skip: int = 0) -> Iterator[Report | DroppedReport]:
        """Give a report for each row, `skip` of them passed over, of a Parquet file in a stream that can be gone back in.

        Raises UnreadableInput where it is no Parquet, breaks off, or lacks the text column.
        """
        row = 0
        try:
            table = pq.ParquetFile(stream, buffer_size=_PARQUET_BUFFER)
            self.check_columns(table.schema_arrow.names)
            wanted = [name for name in self._names().values() if name in table.schema_arrow.names]
            # Small batches and a buffer: a row group may be larger than the memory.
            row, groups = _groups_after(table, skip)
            batches = table.iter_batches(_PARQUET_ROWS, row_groups=groups, columns=list(dict.fromkeys(wanted)))
            for batch in batches:
                skipped = min(max(skip - row, 0), batch.num_rows)
                row += skipped
                batch = batch.slice(skipped)
                for values in _batch_rows(batch, wanted):
                    row += 1
                    if isinstance(values, str):
                        yield self._dropped(row, values)
                    else:
                        yield self._from_row(values, row, row)
        except (pa.ArrowException, OSError, ValueError, LookupError) as error:
            after = f" after row {row}" if row else ""
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise UnreadableInput(
                f"{self.name}: the Parquet file is broken{after} ({reason}); write or fetch it again"
            ) from error

    def _names(self) -> dict[str, str]:
        return {part: getattr(self.columns, part) for part in ("id", "published", "title", "text")}

    def check_columns(self, there: list[str]) -> None:
        """Raise UnreadableInput where a table lacks the text column, or one that was asked for by name."""
        usual = Columns()
        for part, name in self._names().items():
            if name not in there and (part == "text" or name != getattr(usual, part)):
                raise UnreadableInput(
                    f"{self.name}: there is no column {name!r}; the columns are {_show_names(there)};"
                    f" name the right one with --{part}-column NAME"
                )

    def _from_json(self, written: str, line: int, row: int) -> Report | DroppedReport:
        try:
            value = json.loads(written)
        except (ValueError, RecursionError) as error:
            return self._dropped(line, _no_json(error))
        return self._from_object(value, line, row)

    def _from_object(self, value: object, line: int, row: int) -> Report | DroppedReport:
        if not isinstance(value, dict):
            return self._dropped(line, f"the row is {_kind_of(value)}; write each report as a JSON object")
        return self._from_row(value, line, row)

    def _from_row(self, values: Mapping[str, object], line: int, row: int) -> Report | DroppedReport:
        """Give the report of one row; where it cannot be read, the row that says why."""
        report_id: str | None = None
        try:
            written_id = _read_words(values.get(self.columns.id), self.columns.id, numbers=True)
            report_id = written_id if written_id.strip() else f"{self.name}:{row}"
            text = _read_words(values.get(self.columns.text), self.columns.text)
            title = _read_words(values.get(self.columns.title), self.columns.title)
            if not text.strip() and not title.strip():
                raise UnreadableInput(self._nothing_in(values))
            day = read_date(values.get(self.columns.published))
        except UnreadableInput as error:
            return self._dropped(line, str(error), report_id)
        shown = title if title.strip() else None
        return Report(report_id, text, shown, day or self.published, self._at(line))

    def _nothing_in(self, values: Mapping[str, object]) -> str:
        reason = f"the row has neither {self.columns.text!r} nor {self.columns.title!r}"
        if self.columns.text in values:
            return f"{reason}; write the report's text, or leave the row out"
        return f"{reason}, only {_show_names(values)}; name the right one with --text-column NAME"

    def _at(self, line: int) -> str:
        return f"{self.name}:{line}"

    def _dropped(self, line: int, reason: str, report_id: str | None = None) -> DroppedReport:
        return DroppedReport(self._at(line), reason, report_id)


class _TableLines:
    """The lines of a table, which remembers those of the row at hand so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: deque[str] = deque()
        self._length = 0
        self.row: list[str] = []
        self.first = 0
        self.last = 0
        self.width: int | None = None

    def __iter__(self) -> _TableLines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._stream.readline(ROW_LIMIT)
        if not line:
            raise StopIteration
        if len(line) == ROW_LIMIT and not line.endswith(("\n", "\r")):
            _skip_line(self._stream)
        self.last += 1
        self.row.append(line)
        self._length += len(line)
        if self._length >= ROW_LIMIT:
            raise csv.Error(f"the row {_too_long_row()}")
        return line

    def begin_row(self) -> None:
        """Forget the lines so far: the next one begins a row."""
        self.row.clear()
        self._length = 0
        self.first = self.last + 1

    def look(self) -> str:
        """Give the next line without taking it; empty at the end."""
        if not self._ahead and (line := self._stream.readline(ROW_LIMIT)):
            self._ahead.append(line)
        return self._ahead[0] if self._ahead else ""

    def give_back(self) -> None:
        """Have all lines of the row at hand but its first read again."""
        self._ahead.extendleft(reversed(self.row[1:]))
        self.last -= len(self.row) - 1
        del self.row[1:]


def _unbroken_rows(rows: Iterator[list[str]], lines: _TableLines, delimiter: str) -> Iterator[list[str] | str]:
    """Give the fields of each row, or in place of a broken one the words that say what is wrong.

    A quotation mark that is never closed takes the rows below it for its own text. Where those lines are
    whole rows by themselves they are read again; where not, they are the broken row's text and go with it.
    """
    doubtful = False
    while True:
        lines.begin_row()
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            span = f"lines {lines.first} to {lines.last}: " if lines.last > lines.first else ""
            if _are_rows(lines.row[1:], lines.width, delimiter):
                lines.give_back()
                span = ""
            doubtful = True
            yield span + _broken_row(error)
            continue
        # The rest of a broken text could pass for a row; an odd quotation mark gives it away.
        doubtful = doubtful and sum(line.count('"') for line in lines.row) % 2 == 1
        yield "the row belongs to the broken text above it; mend the quotes there" if doubtful else values


def _are_rows(written: list[str], width: int | None, delimiter: str) -> bool:
    """Tell whether each line is a whole row by itself; the last may begin a text that goes on below it."""
    try:
        for line in written:
            # Only a strict reader minds an open quotation mark at the end.
            strict = line is not written[-1]
            if len(next(csv.reader([line], delimiter=delimiter, strict=strict), [])) != width:
                return False
    except csv.Error:
        return False
    return True


def _broken_row(error: csv.Error) -> str:
    words = str(error)
    if "unexpected end of data" in words:
        return "a quotation mark is opened and never closed; close it, or write marks inside a text twice"
    if "field larger than" in words:
        return (
            f"a field is longer than {TEXT_LIMIT // 1_000_000} million characters; split it, or close the"
            f" quotation mark that opens it"
        )
    if "expected after" in words:
        return "a quotation mark stands inside a quoted text; write marks inside a text twice"
    return words


def _find_delimiter(lines: _TableLines) -> str:
    """Give the separator that the header line has most of; a comma where it has none."""
    header = lines.look()
    return max(",;\t", key=header.count)


def _groups_after(table: Any, skip: int) -> tuple[int, list[int]]:
    """Give the row groups of a Parquet file that hold rows after the first `skip`, and the rows before these groups."""
    row = first = 0
    while first < table.num_row_groups and row + (size := table.metadata.row_group(first).num_rows) <= skip:
        row, first = row + size, first + 1
    return row, list(range(first, table.num_row_groups))


def _batch_rows(batch: Any, names: list[str]) -> Iterator[dict[str, object] | str]:
    """Give the values of each row of a Parquet batch, or words where a value cannot be had."""
    columns: dict[str, Any] = {}
    for name in names:
        column = batch.column(name)
        # Python's clock stops at microseconds, and a day needs none of what is finer.
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
        columns[name] = column
    for index in range(batch.num_rows):
        try:
            yield {name: column[index].as_py() for name, column in columns.items()}
        except (ValueError, OverflowError, pa.ArrowException) as error:
            yield f"a value cannot be read ({error}); write it as text in UTF-8"


def _read_words(value: object, column: str, *, numbers: bool = False) -> str:
    """Give a value as text, empty for no value, and raise UnreadableInput where it is none."""
    if is_nothing(value):
        return ""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableInput(f"the column {column!r} holds bytes that are no UTF-8 text") from error
    if numbers and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise UnreadableInput(f"the column {column!r} holds {_kind_of(value)}; write it as text")
    with naming(f"the column {column!r}"):
        check_text(value)
    return value


def _kind_of(value: object) -> str:
    """Name what JSON calls a value."""
    if value is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return kinds.get(type(value), "an object" if isinstance(value, dict) else f"a {type(value).__name__}")


def _show_names(names: Iterable[str]) -> str:
    shown = list(names)
    words = ", ".join(ascii(name[:80]) if not name.isprintable() else repr(name[:80]) for name in shown[:20])
    return f"{words} and {len(shown) - _SHOWN_NAMES} more" if len(shown) > _SHOWN_NAMES else words or "none"


def _no_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no valid JSON: {error.msg} at character {error.pos + 1}; write each report as a JSON object"
    return "no valid JSON: nested too deep, or a number too long; write each report as a JSON object"


def _too_long_row() -> str:
    return f"is longer than {ROW_LIMIT // 1_000_000} million characters; split it into single reports"


def _skip_line(stream: TextIO) -> None:
    """Pass over the rest of a line without holding it in memory."""
    while (written := stream.readline(1 << 20)) and not written.endswith("\n"):
        pass
