"""Tables for those who work with frames, and SQL for those who want it: reading only, with no way out of the file."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from communique.casebook.filters import EventFilter
from communique.casebook.opening import quiet_rollback
from communique.casebook.reading import FRAME_COLUMNS, select_events
from communique.errors import UsageError

if TYPE_CHECKING:
    import polars

_READING = ("SELECT", "EXPLAIN")
# Types of DuckDB that a frame does not hold: they are given as text.
_NO_FRAME_TYPE = re.compile(r"\bINTERVAL\b|\bUNION\(")
# Days and microseconds since 1970 of the first and the last day that a `datetime` can name.
_DAYS = (-719_162, 2_932_896)


def events_frame(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> polars.DataFrame:
    """Give the events that a filter asks for as a Polars frame; `.to_pandas()` makes it one of pandas.

    Columns are those of the record, then published (day), sentence_text, dataset, foreign_id, corrected,
    reports (how many tell it), report_ids and event_ids of all tellings.
    """
    query, values = select_events(FRAME_COLUMNS, wanted)
    return _frame(connection, query, values)


def run_sql(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    values: Sequence[object] | Mapping[str, object] | None = None,
    seconds: float | None = None,
) -> polars.DataFrame:
    """Run one query that only reads, on a connection of its own; stopped after `seconds` where they are given.

    Raises UsageError for more than one statement, one that does more than read, one that DuckDB does not
    understand, and one that takes too long.
    """
    try:
        query.encode("utf-8")
        statements = connection.extract_statements(query)
    except UnicodeEncodeError as error:
        raise UsageError(f"SQL: character {error.start + 1} is no Unicode text; write the query as UTF-8") from error
    except duckdb.Error as error:
        raise UsageError(f"SQL: {_first_words(error)}") from error
    if len(statements) != 1:
        raise UsageError(f"SQL: give one statement, not {len(statements)}")
    kind = statements[0].type.name
    if kind not in _READING:
        raise UsageError(f"SQL: {kind} is more than reading; begin with SELECT, WITH, FROM, DESCRIBE or SHOW")
    quiet_rollback(connection)
    connection.execute("BEGIN TRANSACTION READ ONLY")
    timer = None if seconds is None else threading.Timer(seconds, connection.interrupt)
    try:
        if timer is not None:
            timer.start()
        return _frame(connection, query, values)
    except duckdb.InterruptException as error:
        raise UsageError(f"SQL: took longer than {seconds} seconds; ask for less") from error
    except (
        duckdb.ProgrammingError,
        duckdb.DataError,
        duckdb.NotSupportedError,
        duckdb.PermissionException,
        duckdb.TransactionException,
    ) as error:
        raise UsageError(f"SQL: {_first_words(error)}") from error
    finally:
        if timer is not None:
            timer.cancel()
        quiet_rollback(connection)


def _frame(connection: duckdb.DuckDBPyConnection, query: str, values: Any) -> polars.DataFrame:
    """Polars takes a while to load; who asks for no frame does not wait for it."""
    import polars

    relation = _holdable(connection.sql(query, params=values) if values else connection.sql(query))
    table = relation.to_arrow_table()
    for name, column in zip(table.column_names, table.columns, strict=True):
        if not _days_can_be_named(column):
            raise UsageError(f"SQL: {name} holds a day outside the years 1 to 9999; ask for {name}::VARCHAR")
    made = polars.from_arrow(table)
    return made if isinstance(made, polars.DataFrame) else made.to_frame()


def _holdable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Give the same rows as a frame can hold them: each column with a name of its own, spans of time as text."""
    names = list(_own_names(relation.columns))
    odd = [_NO_FRAME_TYPE.search(str(kind)) is not None for kind in relation.types]
    if names == relation.columns and not any(odd):
        return relation
    chosen = [
        f'{f"CAST(#{number} AS VARCHAR)" if is_odd else f"#{number}"} AS "{name.replace(chr(34), chr(34) * 2)}"'
        for number, (name, is_odd) in enumerate(zip(names, odd, strict=True), start=1)
    ]
    return relation.project(", ".join(chosen))


def _own_names(names: Sequence[str]) -> Iterator[str]:
    """Give the names with a number behind those that came before, as DuckDB does within a query: a, a_1."""
    taken = set(names)
    seen: set[str] = set()
    for name in names:
        own, number = name, 1
        while own in seen or (own != name and own in taken):
            own, number = f"{name}_{number}", number + 1
        seen.add(own)
        yield own


def _days_can_be_named(column: Any) -> bool:
    """Tell whether all days and moments of an Arrow column, also within lists, lie in the years 1 to 9999."""
    while pa.types.is_list(column.type):
        column = pc.list_flatten(column)
    if pa.types.is_date32(column.type):
        first, last, span = *_DAYS, pa.int32()
    elif pa.types.is_timestamp(column.type) and column.type.unit != "ns":
        a_day = 86_400 * {"s": 1, "ms": 1_000, "us": 1_000_000}[column.type.unit]
        first, last, span = _DAYS[0] * a_day, (_DAYS[1] + 1) * a_day - 1, pa.int64()
    else:
        return True
    found = pc.min_max(column.cast(span)).as_py()
    return found["min"] is None or (first <= found["min"] and found["max"] <= last)


def _first_words(error: duckdb.Error) -> str:
    return str(error).split("\n\n")[0].strip()
