"""How records become rows: the Arrow tables that go in. `unpacking` is the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from communique.records import EVENT_COLUMNS, Event, Move

RESERVED = frozenset({"end", "start", "order"})
LISTS = frozenset({"source", "target", "context", "through", "about"})
_INTEGERS = frozenset({"sentence", "quad", "start", "end", "order", "version"})
_NUMBERS = frozenset({"intensity", "confidence"})
MOVE_COLUMNS: tuple[str, ...] = tuple(Move.__dataclass_fields__)
_TERMS = pa.list_(pa.struct([("giver", pa.string()), ("what", pa.string())]))

# A telling as it goes in: the event, and how the casebook knows it.
TELLING_EXTRAS = ("published", "sentence_text", "dataset", "foreign_id", "version", "correction_id")
KEPT_EXTRAS = ("published", "sentence_text", "dataset", "foreign_id")

# The last day that an act of a month or a year can be taken for: none after the day on which it was told.
LATEST_DAY = """CASE WHEN last_day > first_day AND published IS NOT NULL
    THEN greatest(first_day, least(last_day, published)) ELSE last_day END"""


def quoted(name: str) -> str:
    """Give a column's name as SQL wants it."""
    return f'"{name}"' if name in RESERVED else name


def _type(name: str) -> Any:
    if name in LISTS:
        return pa.list_(pa.string())
    if name in _INTEGERS:
        return pa.int32()
    if name in _NUMBERS:
        return pa.float64()
    special = {"anchors": pa.list_(pa.list_(pa.int32())), "terms": _TERMS, "correction_id": pa.int64()}
    return special.get(name, pa.string())


def tellings_table(events: Sequence[Event], extras: Sequence[tuple[Any, ...]]) -> Any:
    """Give events and their TELLING_EXTRAS (published as ISO text) as one Arrow table."""
    columns = {name: pa.array([getattr(event, name) for event in events], _type(name)) for name in EVENT_COLUMNS}
    for place, name in enumerate(TELLING_EXTRAS):
        columns[name] = pa.array([row[place] for row in extras], _type(name))
    return pa.table(columns)


def moves_table(moves: Sequence[Move], extras: Sequence[tuple[str, int | None]]) -> Any:
    """Give moves, each with its sentence's text and its report's version, as one Arrow table."""
    columns = {
        name: pa.array([getattr(move, name) for move in moves], _type(name)) for name in MOVE_COLUMNS if name != "terms"
    }
    columns["terms"] = pa.array([[{"giver": g, "what": w} for g, w in move.terms] for move in moves], _TERMS)
    columns["sentence_text"] = pa.array([row[0] for row in extras], pa.string())
    columns["version"] = pa.array([row[1] for row in extras], pa.int32())
    return pa.table(columns)


def ids_table(ids: Iterable[str]) -> Any:
    """Give different ids, in order, as an Arrow table of one column `id`."""
    return pa.table({"id": pa.array(sorted(set(ids)), pa.string())})


def day_text(day: date | None) -> str | None:
    """Give a day as ISO text, for the tables that go in."""
    return None if day is None else day.isoformat()


def first_row(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> tuple[Any, ...] | None:
    """Give the first row of a short result, None where it has none.

    All of it is fetched: a result that is left half read keeps its connection from other work.
    """
    found = connection.execute(query, list(values)).fetchall()
    return found[0] if found else None
