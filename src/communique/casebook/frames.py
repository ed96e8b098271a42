"""Tables for those who work with frames, and SQL for those who want it: reading only, with no way out of the file."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from communique.casebook.filters import EventFilter
from communique.casebook.opening import quiet_rollback
from communique.casebook.reading import FRAME_COLUMNS, select_events
from communique.errors import UsageError

if TYPE_CHECKING:
    import polars

_READING = ("SELECT", "EXPLAIN")


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
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        raise UsageError(f"SQL: {_first_words(error)}") from error
    if len(statements) != 1:
        raise UsageError(f"SQL: give one statement, not {len(statements)}")
    kind = statements[0].type.name
    if kind not in _READING:
        raise UsageError(f"SQL: {kind} is more than reading; begin with SELECT, WITH, FROM, DESCRIBE or SHOW")
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

    relation = connection.sql(query, params=values) if values else connection.sql(query)
    made = polars.from_arrow(relation.to_arrow_table())
    return made if isinstance(made, polars.DataFrame) else made.to_frame()


def _first_words(error: duckdb.Error) -> str:
    return str(error).split("\n\n")[0].strip()
