"""What the casebook knew at a moment: its tables as they stood then, laid over those of today for one connection.

A pure function of the tables of today and the moment. Nothing is ever overwritten in the file but folds, so the same code
that makes the picture of today makes that of then.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from communique.casebook.view import refresh

_THEN = (
    """
    CREATE TEMP TABLE corrections_then AS
    SELECT * REPLACE (CASE WHEN undone_at <= $moment THEN undone_at END AS undone_at)
    FROM corrections WHERE made_at <= $moment
    """,
    """
    CREATE TEMP TABLE tellings_then AS
    WITH versions AS (
        SELECT report_id, max(version) AS newest FROM reports WHERE added_at <= $moment GROUP BY report_id
    )
    SELECT tellings.* REPLACE (true AS live) FROM tellings LEFT JOIN versions ON versions.report_id = tellings.report_id
    WHERE CASE
        WHEN version IS NOT NULL THEN version = newest
        WHEN correction_id IS NOT NULL THEN
            correction_id IN (SELECT correction_id FROM corrections_then WHERE undone_at IS NULL)
        ELSE live AND coalesce(tellings.added_at <= $moment, true)
    END
    """,
    """
    CREATE TEMP TABLE moves_then AS
    WITH versions AS (
        SELECT report_id, max(version) AS newest FROM reports WHERE added_at <= $moment GROUP BY report_id
    )
    SELECT moves.* REPLACE (true AS live) FROM moves LEFT JOIN versions ON versions.report_id = moves.report_id
    WHERE CASE
        WHEN version IS NOT NULL THEN version = newest
        ELSE live AND (event_id IS NULL OR event_id IN (SELECT event_id FROM tellings_then))
    END
    """,
    "CREATE TEMP TABLE events_then AS FROM events LIMIT 0",
)


def lay_over(connection: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Let `tellings`, `corrections`, `moves` and `events` mean, on this connection, what stood in them at a UTC moment."""
    for statement in _THEN:
        connection.execute(statement, {"moment": moment} if "$moment" in statement else {})
    for name in ("corrections", "tellings", "moves", "events"):
        connection.execute(f"ALTER TABLE temp.{name}_then RENAME TO {name}")
    refresh(connection, [row[0] for row in connection.execute("SELECT event_id FROM tellings").fetchall()])
