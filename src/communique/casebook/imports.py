"""Other people's events in: streamed, in batches, each row once by its dataset and its own id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from communique.casebook.columns import moves_table
from communique.casebook.kept import ForeignEvent, Imported
from communique.casebook.opening import now
from communique.casebook.view import refresh
from communique.casebook.writing import insert_moves, insert_tellings
from communique.errors import UsageError
from communique.records import Move

ROWS_A_BATCH = 20_000

MovesOf = Callable[[ForeignEvent], Sequence[Move]]


def write_imported(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[ForeignEvent], dataset: str, moves_of: MovesOf | None
) -> Imported:
    """Write one batch of imported events inside the caller's transaction.

    An event whose foreign id, or whose event id, the casebook holds already is left as it is.
    """
    wanted: dict[str, ForeignEvent] = {}
    for row in rows:
        if not row.foreign_id:
            raise UsageError(f"event {row.event.event_id!r} of {dataset}: has no id of its own; give each row one")
        if row.dataset not in {None, dataset}:
            raise UsageError(
                f"event {row.event.event_id!r}: comes from {row.dataset}, not {dataset}; import them apart"
            )
        wanted.setdefault(row.foreign_id, row)
    known = _known(connection, list(wanted.values()), dataset)
    fresh = [row for foreign_id, row in wanted.items() if foreign_id not in known]
    insert_tellings(
        connection,
        [row.event for row in fresh],
        [(row.published, "", dataset, row.foreign_id, None, None) for row in fresh],
    )
    if moves_of is not None:
        moves = [move for row in fresh for move in moves_of(row)]
        insert_moves(connection, moves_table(moves, [(move.words, None) for move in moves]))
    refresh(connection, [row.event.event_id for row in fresh])
    return Imported(dataset, len(rows), len(fresh), len(rows) - len(fresh))


def _known(connection: duckdb.DuckDBPyConnection, rows: Sequence[ForeignEvent], dataset: str) -> set[str]:
    table = pa.table(
        {
            "foreign_id": pa.array([row.foreign_id for row in rows], pa.string()),
            "event_id": pa.array([row.event.event_id for row in rows], pa.string()),
        }
    )
    connection.register("incoming", table)
    try:
        found = connection.execute(
            "SELECT incoming.foreign_id FROM incoming SEMI JOIN (FROM tellings WHERE dataset = ?) AS there"
            " ON there.foreign_id = incoming.foreign_id"
            " UNION ALL SELECT incoming.foreign_id FROM incoming SEMI JOIN (FROM tellings WHERE live) AS there"
            " ON there.event_id = incoming.event_id",
            [dataset],
        )
        return {row[0] for row in found.fetchall()}
    finally:
        connection.unregister("incoming")


def record_import(
    connection: duckdb.DuckDBPyConnection,
    done: Imported,
    file: str | None,
    counts: Mapping[str, int],
    begun_at: datetime,
) -> None:
    """Leave a row that tells of a whole import."""
    written = json.dumps(dict(sorted(counts.items())), ensure_ascii=False)
    values = [done.dataset, file, done.rows, done.added, done.known, written, begun_at, now()]
    connection.execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def imports_made(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """Give all imports, the first one first, as rows with their counts."""
    cursor = connection.execute("FROM imports ORDER BY begun_at, dataset, file")
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["counts"] = json.loads(str(row["counts"]))
    return rows


def in_batches(rows: Iterable[ForeignEvent], size: int = ROWS_A_BATCH) -> Iterable[list[ForeignEvent]]:
    """Cut a stream of events into batches."""
    batch: list[ForeignEvent] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
