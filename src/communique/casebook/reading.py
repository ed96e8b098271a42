"""What the casebook gives back: events of today, reports and their versions, sentences, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from communique.casebook.columns import LATEST_DAY, first_row
from communique.casebook.filters import (
    SORTS,
    EventFilter,
    ReportFilter,
    event_condition,
    order_of,
    report_condition,
    slice_of,
)
from communique.casebook.kept import Contents, KeptReport
from communique.casebook.unpacking import KEPT_SELECTION, column_batches, columns_of_batches, kept_events_of, set_aside
from communique.memory import no_collecting
from communique.records import DroppedReport, KeptEvent, Report

# The columns of a table for users: those of the record first, then how the act is kept.
FRAME_COLUMNS = (
    "* EXCLUDE (first_day, last_day, source_actors, target_actors, tellings, told, corrected), corrected,"
    " told AS reports, list_transform(tellings, lambda one: one.report_id) AS report_ids,"
    " list_transform(tellings, lambda one: one.event_id) AS event_ids"
)
_REPORT_SORTS = {"published": "published NULLS LAST", "added": "added_at"}


def select_events(columns: str, wanted: EventFilter) -> tuple[str, list[object]]:
    """Give the query for `columns` of the events that a filter asks for, with its values."""
    condition = event_condition(wanted)
    order = order_of(wanted.sort, SORTS, "event_id")
    query = f"SELECT {columns} FROM events WHERE {condition.sql} ORDER BY {order}"
    return query + slice_of(wanted.limit, wanted.offset), list(condition.values)


def stream_events(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> Iterator[KeptEvent]:
    """Give the events that a filter asks for, in its order, some thousands in memory at once."""
    yield from _kept_events(column_batches(connection, *select_events(KEPT_SELECTION, wanted)))


def events_set_aside(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> Iterator[KeptEvent]:
    """Give the same; the query has run to its end when this returns, and the events need the connection no more."""
    return _kept_events(columns_of_batches(set_aside(connection, *select_events(KEPT_SELECTION, wanted))))


def _kept_events(batches: Iterable[list[list[Any]]]) -> Iterator[KeptEvent]:
    for columns in batches:
        with no_collecting():
            made = kept_events_of(columns)
        yield from made


def count_events(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> int:
    """Give how many events a filter asks for, regardless of its limit."""
    condition = event_condition(wanted)
    return _number(connection, f"SELECT count(*) FROM events WHERE {condition.sql}", list(condition.values))


def stream_reports(connection: duckdb.DuckDBPyConnection, wanted: ReportFilter) -> Iterator[KeptReport]:
    """Give the reports that a filter asks for, by day of publication."""
    condition = report_condition(wanted)
    order = order_of(wanted.sort, _REPORT_SORTS, "report_id, version")
    query = f"""
        WITH asked AS (
            SELECT * FROM reports WHERE {condition.sql} ORDER BY {order}{slice_of(wanted.limit, wanted.offset)}
        ), told AS (
            SELECT report_id, version, count(*) AS events FROM tellings
            WHERE version IS NOT NULL AND report_id IN (SELECT report_id FROM asked) GROUP BY ALL
        )
        SELECT report_id, text, title, published, origin, version, NOT current, english, added_at,
            coalesce(told.events, 0)
        FROM asked LEFT JOIN told USING (report_id, version) ORDER BY {order}
    """
    for columns in column_batches(connection, query, condition.values):
        for row in zip(*columns, strict=True):
            yield KeptReport(Report(*row[:5]), *row[5:])


def dropped_reports(connection: duckdb.DuckDBPyConnection) -> list[DroppedReport]:
    """Give every report that could not be read, with the reason, by its origin."""
    found = connection.execute("SELECT origin, reason, report_id FROM dropped_reports ORDER BY ALL")
    return [DroppedReport(*row) for row in found.fetchall()]


def sentences_of(connection: duckdb.DuckDBPyConnection, report_id: str, version: int | None = None) -> dict[int, str]:
    """Give a report's sentences by their index (−1 is the title), of one version or of the current one."""
    found = connection.execute(
        """SELECT sentence, "start", "end", CASE WHEN sentence < 0 THEN coalesce(title, '') ELSE text END
        FROM sentences JOIN reports USING (report_id, version)
        WHERE report_id = ? AND CASE WHEN ? IS NULL THEN current ELSE version = ? END ORDER BY sentence""",
        [report_id, version, version],
    )
    return {index: passage[start:end] for index, start, end, passage in found.fetchall()}


def contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Count what the casebook holds."""

    def rows(table: str) -> int:
        return _number(connection, f"SELECT count(*) FROM {table}")

    days = first_row(connection, f"SELECT min(first_day), max({LATEST_DAY}) FROM events") or (None, None)
    datasets = connection.execute(
        "SELECT dataset, count(*) FROM tellings WHERE dataset IS NOT NULL GROUP BY dataset ORDER BY dataset"
    ).fetchall()
    return Contents(
        reports=rows("reports WHERE current"),
        versions=rows("reports"),
        dropped=rows("dropped_reports"),
        tellings=rows("tellings WHERE live"),
        events=rows("events"),
        moves=rows("moves WHERE live"),
        corrections=rows("corrections WHERE undone_at IS NULL"),
        decisions=rows("fold_decisions WHERE withdrawn_at IS NULL"),
        first_day=days[0],
        last_day=days[1],
        datasets=dict(datasets),
    )


def _number(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any] | None = None) -> int:
    found = first_row(connection, query, values or [])
    return int(found[0]) if found else 0
