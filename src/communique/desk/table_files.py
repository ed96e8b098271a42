"""Tables as files that are sent while they are made: CSV, JSON lines and Parquet, of what is stored and of records.

Each is given in pieces, some thousands of rows in memory at once. Texts are written as they are, as `tables` does: a
spreadsheet may take one that begins with `=` for a formula.
"""

from __future__ import annotations

import io
import json
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from communique.casebook.table_rows import StoredTable
from communique.errors import UsageError
from communique.standing.picture import BOARDS
from communique.standing.steps import as_json
from communique.tables import ROWS_PER_GROUP, row_lines

Item = TypeVar("Item")

STORED = ("events", "reports", "sentences")
RECORDS = ("corrections", "forecasts")
TABLES = (*STORED, *BOARDS, *RECORDS)
"""The tables that can be taken away: what is stored, the boards of the standing picture, what persons put right, forecasts."""
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_LINES_A_PIECE = 500
_ARROW_TYPES: dict[Any, Any] = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
    datetime: pa.timestamp("us"), tuple[str, ...]: pa.list_(pa.string()),
}  # fmt: skip


class Table(Protocol):
    """A table that is taken once: as rows of Python's values, or as Arrow batches of its schema."""

    @property
    def schema(self) -> Any:
        """The Arrow schema: names and types of the columns."""

    def rows(self, format: str) -> Iterator[Sequence[object]]:
        """The rows for a format of text."""

    def batches(self) -> Iterator[Any]:
        """The rows as Arrow batches."""


@dataclass(frozen=True, slots=True)
class TableOfStore:
    """A table of the casebook itself."""

    stored: StoredTable

    @property
    def schema(self) -> Any:
        """The Arrow schema."""
        return self.stored.schema

    def rows(self, format: str) -> Iterator[Sequence[object]]:
        """The rows; both formats take the same."""
        for batch in self.stored.batches:
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def batches(self) -> Iterator[Any]:
        """The batches as they were stored."""
        return self.stored.batches


class TableOfRecords:
    """Frozen records as a table: a column a field; what is neither a plain value nor a list of texts is JSON in a cell.

    In JSON lines it stands as it is.
    """

    def __init__(self, record: type, found: Iterable[Any]) -> None:
        self._found = found
        hints = get_type_hints(record)
        self._types = {field.name: _arrow_type(hints[field.name]) for field in fields(record)}

    @property
    def schema(self) -> Any:
        """The Arrow schema, of the fields' own types."""
        return pa.schema([(name, kind or pa.string()) for name, kind in self._types.items()])

    def rows(self, format: str) -> Iterator[Sequence[object]]:
        """The rows: what is nested stays so for JSON lines, and is a text of JSON elsewhere."""
        for one in self._found:
            yield [self._cell(getattr(one, name), kind, format) for name, kind in self._types.items()]

    def batches(self) -> Iterator[Any]:
        """The rows as Arrow batches, typed also where there are none."""
        schema = self.schema
        for group in _groups(self.rows("parquet"), ROWS_PER_GROUP):
            columns = zip(*group, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            yield pa.record_batch(arrays, schema=schema)

    def _cell(self, value: Any, kind: Any, format: str) -> object:
        if isinstance(value, date):
            return value
        found = as_json(value)
        nested = kind is None and format != "jsonl" and not isinstance(found, str | None)
        return json.dumps(found, ensure_ascii=False) if nested else found


def _arrow_type(hint: Any) -> Any:
    """Give the Arrow type of a field, None where its values become JSON."""
    if get_origin(hint) in {Union, types.UnionType}:
        kinds = [each for each in get_args(hint) if each is not type(None)]
        return _arrow_type(kinds[0]) if len(kinds) == 1 else None
    if isinstance(hint, type) and issubclass(hint, str):
        return pa.string()
    return _ARROW_TYPES.get(hint)


def pieces_of(table: Table, format: str) -> Iterator[bytes]:
    """Give a table in a format piece by piece; UsageError, at the call, for a format that there is not."""
    if format not in MEDIA_TYPES:
        raise UsageError(f"there is no format {format!r} for a download; choose among {', '.join(MEDIA_TYPES)}")
    if format == "parquet":
        return _parquet_pieces(table)
    return _text_pieces(row_lines(table.schema.names, table.rows(format), format))


def _groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group


def _text_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    for some in _groups(lines, _LINES_A_PIECE):
        yield ("\n".join(some) + "\n").encode("utf-8", "replace")


def _parquet_pieces(table: Table) -> Iterator[bytes]:
    sink = _Sink()
    with pq.ParquetWriter(sink, table.schema, compression="zstd") as writer:
        for batch in table.batches():
            writer.write_batch(batch)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that is written and taken away in pieces; it remembers how far it is."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._place = 0

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, piece: Any) -> int:
        """Take a piece."""
        given = memoryview(piece).nbytes
        self._held += piece
        self._place += given
        return given

    def tell(self) -> int:
        """How much was written in all."""
        return self._place

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held
