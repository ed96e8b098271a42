"""How rows become records: a column at a time, for a picture of many thousand events must come in a blink.

DuckDB gives lists to Python slowly; they come out as texts joined by a mark that no code holds, and are
split once for each different text.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import IO, Any

import duckdb
import pyarrow as pa

from communique.casebook.columns import LISTS, MOVE_COLUMNS, quoted
from communique.records import EVENT_COLUMNS, Board, DateBasis, DatePrecision, Event, KeptEvent, Move, Status

ROWS_AT_ONCE = 20_000
_MARK = chr(31)


def _selected(name: str, prefix: str = "") -> str:
    column = prefix + quoted(name)
    if name in LISTS:
        return f"array_to_string({column}, chr(31))"
    if name == "anchors":
        return f"array_to_string(list_transform({column}, lambda one: array_to_string(one, ':')), chr(31))"
    if name == "terms":
        return f"CASE WHEN len({column}) > 0 THEN CAST(to_json({column}) AS VARCHAR) END"
    return column


EVENT_SELECTION = ", ".join(_selected(name) for name in EVENT_COLUMNS)
MOVE_SELECTION = ", ".join(_selected(name, "moves.") for name in MOVE_COLUMNS)
KEPT_SELECTION = (
    f"{EVENT_SELECTION}, strftime(published, '%Y-%m-%d'), sentence_text, dataset, foreign_id,"
    " CASE WHEN told > 1 THEN CAST(to_json(tellings) AS VARCHAR) END"
)


# The members by their words: calling the enumeration takes ten times as long.
_STATUS = {member.value: member for member in Status}
_PRECISION = {member.value: member for member in DatePrecision}
_BASIS = {member.value: member for member in DateBasis}
_BOARD = {member.value: member for member in Board}


@lru_cache(maxsize=100_000)
def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_MARK)) if joined else ()


@lru_cache(maxsize=100_000)
def _anchors(joined: str) -> tuple[tuple[int, int, int], ...]:
    found = []
    for one in joined.split(_MARK) if joined else ():
        sentence, start, end = one.split(":")
        found.append((int(sentence), int(start), int(end)))
    return tuple(found)


def _pairs(written: str | None) -> tuple[tuple[str, str], ...]:
    """Give pairs from a JSON list of objects with two values."""
    return () if written is None else tuple((first, second) for first, second in map(dict.values, json.loads(written)))


_EVENT_WAYS: dict[str, Any] = {
    **dict.fromkeys(LISTS, _split),
    "anchors": _anchors,
    "status": _STATUS.__getitem__,
    "date_precision": _PRECISION.get,
    "date_basis": _BASIS.get,
}
_MOVE_WAYS: dict[str, Any] = {
    **dict.fromkeys(LISTS, _split),
    "terms": _pairs,
    "status": _STATUS.__getitem__,
    "board": _BOARD.__getitem__,
}


def _made(record: Any, names: Sequence[str], ways: dict[str, Any], columns: Sequence[Sequence[Any]]) -> list[Any]:
    values = [map(ways[name], column) if name in ways else column for name, column in zip(names, columns, strict=False)]
    return list(map(record, *values))


def events_of(columns: Sequence[Sequence[Any]]) -> list[Event]:
    """Give the events of the columns of EVENT_SELECTION; what stands behind them is left alone."""
    return _made(Event, EVENT_COLUMNS, _EVENT_WAYS, columns)


def event_of(row: Sequence[Any]) -> Event:
    """Give the event of a row of EVENT_SELECTION; what stands behind its columns is left alone."""
    return events_of([[value] for value in row[: len(EVENT_COLUMNS)]])[0]


def kept_events_of(columns: Sequence[Sequence[Any]]) -> list[KeptEvent]:
    """Give the kept events of the columns of KEPT_SELECTION."""
    published, sentence_text, dataset, foreign_id, told = columns[len(EVENT_COLUMNS) :]
    alone = zip(columns[0], columns[1], strict=True)
    tellings = [(one,) if written is None else _pairs(written) for one, written in zip(alone, told, strict=True)]
    return list(map(KeptEvent, events_of(columns), published, tellings, sentence_text, dataset, foreign_id))


def moves_of(columns: Sequence[Sequence[Any]]) -> list[Move]:
    """Give the moves of the columns of MOVE_SELECTION; what stands behind them is left alone."""
    return _made(Move, MOVE_COLUMNS, _MOVE_WAYS, columns)


def column_batches(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> Iterator[list[list[Any]]]:
    """Run a query and give its result as batches of columns; equal texts are one object."""
    rows = _rows(connection, query, values)
    try:
        yield from columns_of_batches(rows)
    finally:
        # One that is left half read keeps the file open.
        rows.close()


def set_aside(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
    """Run a query to its end, and give its result as Arrow batches that need the connection no more.

    What goes beyond ROWS_AT_ONCE rows waits in a temporary file. Give them to `columns_of_batches`.
    """
    rows = _rows(connection, query, values)
    try:
        first = next(iter(rows), None)
        second = None if first is None else next(iter(rows), None)
        if first is None or second is None:
            return iter([] if first is None else [first])
        file = tempfile.TemporaryFile(prefix="communique-")  # noqa: SIM115  closed by the one who reads it
        try:
            with pa.ipc.new_stream(file, rows.schema) as writer:
                for batch in chain([first, second], rows):
                    writer.write_batch(batch)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return _from_file(file)
    finally:
        rows.close()


def _from_file(file: IO[bytes]) -> Iterator[Any]:
    with file, pa.ipc.open_stream(file) as reader:
        yield from reader


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> Any:
    relation = connection.sql(query, params=list(values)) if values else connection.sql(query)
    return relation.to_arrow_reader(ROWS_AT_ONCE)


def columns_of_batches(batches: Iterable[Any]) -> Iterator[list[list[Any]]]:
    """Give Arrow batches as columns of values; equal texts are one object."""
    shared: dict[Any, Any] = {}
    for batch in batches:
        columns = []
        for column in batch.columns:
            found = column.to_pylist()
            # Texts only: 0 and 0.0 are equal too, but not the same.
            texts = pa.types.is_string(column.type)
            columns.append(list(map(shared.setdefault, found, found)) if texts else found)
        yield columns
        if len(shared) > 10 * ROWS_AT_ONCE:
            shared.clear()


def event_from_json(row: dict[str, Any]) -> Event:
    """Give the event of what `Event.as_row` made, after JSON."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    values["anchors"] = tuple((one[0], one[1], one[2]) for one in values["anchors"])
    values["status"] = Status(values["status"])
    values["date_precision"] = _PRECISION.get(values["date_precision"])
    values["date_basis"] = _BASIS.get(values["date_basis"])
    return Event(**values)
