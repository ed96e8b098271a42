"""The picture of today: the table `events`, one row an act, made anew where what it rests on has changed.

A pure function of tellings, folds and corrections: the same of these give the same rows, in any order of arrival.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import duckdb

from communique.casebook.columns import (
    KEPT_EXTRAS,
    first_row,
    ids_table,
    quoted,
    tellings_table,
)
from communique.casebook.unpacking import EVENT_SELECTION, event_of
from communique.records import EVENT_COLUMNS, DateBasis, DatePrecision, Event, Status

_COLUMNS = ", ".join(quoted(name) for name in (*EVENT_COLUMNS, *KEPT_EXTRAS))

_SCOPE = """
CREATE OR REPLACE TEMP TABLE scope AS
WITH named AS (
    SELECT id FROM changed_ids
    UNION SELECT folds.act_id FROM folds SEMI JOIN changed_ids ON folds.event_id = changed_ids.id
)
SELECT id FROM named UNION SELECT folds.event_id FROM folds SEMI JOIN named ON folds.act_id = named.id
"""

# The first day of an ISO day, month or year, and the last; NULL where there is none.
DAY = """CASE length(date)
    WHEN 4 THEN try_cast(date || '-01-01' AS DATE)
    WHEN 7 THEN try_cast(date || '-01' AS DATE)
    ELSE try_cast(date AS DATE)
END"""
_FIRST_DAY = f"coalesce({DAY}, published)"
_LAST_DAY = f"""coalesce(CASE length(date)
    WHEN 4 THEN CAST({DAY} + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE)
    WHEN 7 THEN last_day({DAY})
    ELSE {DAY}
END, published)"""

# Codes with their roles, and without them.
_ACTORS = "list_sort(list_distinct(list_concat({side}, list_transform({side}, lambda code: split_part(code, '/', 1)))))"

# The telling that stands for all: one that was read before one that was imported, the text's before the
# title's, the surest, the earliest; the id where all else is equal.
_LEAD = (
    "dataset IS NOT NULL AND correction_id IS NULL, sentence < 0, confidence DESC, published NULLS LAST,"
    " report_id, event_id"
)

_SHOWN = f"""
INSERT INTO events BY NAME
WITH told AS (
    SELECT tellings.*, coalesce(folds.act_id, tellings.event_id) AS act
    FROM tellings SEMI JOIN scope ON tellings.event_id = scope.id
    LEFT JOIN folds ON folds.event_id = tellings.event_id
    WHERE tellings.live
), ranked AS (
    SELECT * REPLACE (min(published) OVER (PARTITION BY act) AS published),
        row_number() OVER (PARTITION BY act ORDER BY {_LEAD}) AS place,
        count(*) OVER (PARTITION BY act) AS told
    FROM told
), together AS (
    SELECT act, list({{'event_id': event_id, 'report_id': report_id}} ORDER BY place) AS tellings
    FROM ranked WHERE told > 1 GROUP BY act
), leads AS (
    SELECT ranked.* EXCLUDE (place), together.tellings
    FROM ranked LEFT JOIN together ON together.act = ranked.act
    WHERE place = 1
)
SELECT {_COLUMNS}, {_FIRST_DAY} AS first_day, {_LAST_DAY} AS last_day,
    {_ACTORS.format(side="source")} AS source_actors, {_ACTORS.format(side="target")} AS target_actors,
    coalesce(tellings, [{{'event_id': event_id, 'report_id': report_id}}]) AS tellings,
    CAST(told AS INTEGER) AS told, correction_id IS NOT NULL AS corrected
FROM leads
"""

_CORRECTIONS_IN_SCOPE = """
SELECT events.event_id, corrections.kind, corrections.sets
FROM corrections
LEFT JOIN folds ON folds.event_id = corrections.event_id
JOIN tellings ON tellings.live AND tellings.event_id = corrections.event_id
LEFT JOIN folds AS others ON others.act_id = folds.act_id
JOIN events ON events.event_id = coalesce(others.event_id, corrections.event_id)
SEMI JOIN scope ON scope.id = corrections.event_id
WHERE corrections.undone_at IS NULL AND corrections.kind <> 'add'
ORDER BY corrections.made_at, corrections.correction_id
"""


def refresh(connection: duckdb.DuckDBPyConnection, changed: Iterable[str]) -> None:
    """Make the rows of `events` anew for the acts that the events `changed` belong to, or belonged to.

    Runs inside the caller's transaction.
    """
    ids = ids_table(changed)
    if not len(ids):
        return
    connection.register("changed_ids", ids)
    try:
        connection.execute(_SCOPE)
    finally:
        connection.unregister("changed_ids")
    connection.execute("DELETE FROM events WHERE event_id IN (SELECT id FROM scope)")
    connection.execute(_SHOWN)
    _correct(connection)
    connection.execute("DROP TABLE scope")


def _correct(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay what persons put right over the acts in scope; the later correction of a field wins."""
    changes: dict[str, dict[str, Any]] = {}
    deleted: set[str] = set()
    for event_id, kind, sets in connection.execute(_CORRECTIONS_IN_SCOPE).fetchall():
        if kind == "delete":
            deleted.add(event_id)
        else:
            changes.setdefault(event_id, {}).update(json.loads(sets))
    if deleted:
        connection.execute("DELETE FROM events WHERE event_id IN (SELECT unnest(?))", [sorted(deleted)])
    for event_id in sorted(changes.keys() - deleted):
        _lay_over(connection, event_id, changes[event_id])


def _lay_over(connection: duckdb.DuckDBPyConnection, event_id: str, sets: dict[str, Any]) -> None:
    row = first_row(connection, f"SELECT {EVENT_SELECTION} FROM events WHERE event_id = ?", [event_id])
    if row is None:
        return
    event = corrected(event_of(row), sets)
    connection.register("corrected_event", tellings_table([event], [(None,) * 6]))
    try:
        columns = [name for name in EVENT_COLUMNS if name != "event_id"]
        assignments = ", ".join(f"{quoted(name)} = fresh.{quoted(name)}" for name in columns)
        connection.execute(
            f"UPDATE events SET {assignments} FROM corrected_event AS fresh WHERE events.event_id = fresh.event_id"
        )
    finally:
        connection.unregister("corrected_event")
    connection.execute(
        f"""UPDATE events SET corrected = true,
            source_actors = {_ACTORS.format(side="source")}, target_actors = {_ACTORS.format(side="target")},
            first_day = {_FIRST_DAY}, last_day = {_LAST_DAY}
        WHERE event_id = ?""",
        [event_id],
    )


def corrected(event: Event, sets: dict[str, Any]) -> Event:
    """Give an event with the values that corrections set."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in sets.items()}
    if "status" in values:
        values["status"] = Status(values["status"])
    if values.get("date_precision") is not None:
        values["date_precision"] = DatePrecision(values["date_precision"])
    if values.get("date_basis") is not None:
        values["date_basis"] = DateBasis(values["date_basis"])
    return replace(event, **values)
