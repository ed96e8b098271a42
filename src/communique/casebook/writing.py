"""Adding reports: in batches, each whole in the file or not there at all, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import duckdb
import pyarrow as pa

from communique.casebook.columns import (
    MOVE_COLUMNS,
    TELLING_EXTRAS,
    day_text,
    moves_table,
    quoted,
    tellings_table,
)
from communique.casebook.kept import Added, ReportReading, content_hash
from communique.casebook.opening import now
from communique.casebook.view import DAY, refresh
from communique.errors import UsageError
from communique.folding.wording import signature
from communique.records import EVENT_COLUMNS, DroppedReport, Event, Report
from communique.scale.program import program

REPORTS_A_BATCH = 64
REPORTS_LOOKED_UP = 256
_TELLING_COLUMNS = ", ".join(quoted(name) for name in (*EVENT_COLUMNS, *TELLING_EXTRAS))
_MOVE_COLUMNS = ", ".join(quoted(name) for name in (*MOVE_COLUMNS, "sentence_text", "version"))


@dataclass(frozen=True, slots=True)
class Known:
    """What the casebook knows of a report's current version; `coder` is the program that read it."""

    version: int
    content_hash: str
    coder: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Written:
    """What one batch did: its counts, and the events whose acts have to be made anew."""

    counts: Added
    fresh: tuple[str, ...]
    retired: tuple[str, ...]


Item = TypeVar("Item", ReportReading | DroppedReport, Report | DroppedReport)


def batches(items: Iterable[Item], size: int = REPORTS_A_BATCH) -> Iterator[list[Item]]:
    """Cut what comes in into batches; a report that comes twice stands in two of them."""
    batch: list[Item] = []
    ids: set[str] = set()
    for item in items:
        report_id = _report_id(item)
        if len(batch) >= size or report_id in ids:
            yield batch
            batch, ids = [], set()
        batch.append(item)
        if report_id is not None:
            ids.add(report_id)
    if batch:
        yield batch


def _report_id(item: ReportReading | Report | DroppedReport) -> str | None:
    if isinstance(item, DroppedReport):
        return None
    return item.report_id if isinstance(item, Report) else item.report.report_id


def write_batch(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[ReportReading | DroppedReport], *, reread: bool
) -> Written:
    """Write one batch inside the caller's transaction. A report that is known and unchanged is left as it is.

    With `reread` one that another state of the program read is read anew.

    Raises UsageError for a reading whose offsets or ids contradict its report.
    """
    readings = [item for item in batch if isinstance(item, ReportReading)]
    for reading in readings:
        _check(reading)
    known = known_reports(connection, [reading.report.report_id for reading in readings])
    counts = Added(dropped=_write_dropped(connection, [item for item in batch if isinstance(item, DroppedReport)]))
    wanted: list[tuple[ReportReading, int]] = []
    for reading in readings:
        before = known.get(reading.report.report_id)
        if before is None:
            counts += Added(added=1)
        elif is_same(before, reading.report, reread=reread):
            counts += Added(unchanged=1)
            continue
        elif before.content_hash == content_hash(reading.report):
            counts += Added(reread=1)
        else:
            counts += Added(superseded=1)
        wanted.append((reading, before.version + 1 if before else 1))
    retired = _retire(connection, [reading.report.report_id for reading, version in wanted if version > 1])
    fresh = _write_readings(connection, wanted)
    refresh(connection, [*retired, *fresh])
    return Written(counts + Added(events=len(fresh)), tuple(fresh), tuple(retired))


def known_reports(connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> dict[str, Known]:
    """Give what the casebook knows of these reports, by their ids: version, hash and coder of the current version."""
    if not report_ids:
        return {}
    found = connection.execute(
        "SELECT report_id, version, content_hash, coder, published FROM reports WHERE current AND report_id IN (SELECT unnest(?))",
        [list(report_ids)],
    )
    return {row[0]: Known(*row[1:]) for row in found.fetchall()}


def is_same(known: Known, report: Report, *, reread: bool) -> bool:
    """Tell whether a kept version has the words of a report; with `reread`, and was read by this state of the program.

    A report that comes without its day is the same as one with these words that had a day.
    """
    dated = report if report.published is not None else replace(report, published=known.published)
    return known.content_hash == content_hash(dated) and (not reread or known.coder == program())


def sentence_texts(report: Report, sentences: Iterable[tuple[int, int, int]]) -> dict[int, str]:
    """Give the sentences' words by their index; −1 is taken from the title."""
    return {index: (report.text if index >= 0 else report.title or "")[start:end] for index, start, end in sentences}


def _check(reading: ReportReading) -> None:
    report_id = reading.report.report_id
    told = [event.report_id for event in reading.events] + [move.report_id for move in reading.moves]
    for other in told:
        if other != report_id:
            raise UsageError(f"report {report_id!r}: holds an event or move of report {other!r}; give its own")
    for index, start, end in reading.sentences:
        length = len(reading.report.text if index >= 0 else reading.report.title or "")
        if not 0 <= start <= end <= length:
            raise UsageError(
                f"report {report_id!r}, sentence {index}: {start}:{end} lies outside its {length} characters"
            )


def _write_dropped(connection: duckdb.DuckDBPyConnection, dropped: Sequence[DroppedReport]) -> int:
    """Keep what was dropped, once for each origin and reason."""
    for one in dropped:
        connection.execute(
            "INSERT INTO dropped_reports SELECT $1, $2, $3, $4 WHERE NOT EXISTS (FROM dropped_reports"
            " WHERE origin = $1 AND reason = $2 AND report_id IS NOT DISTINCT FROM $3)",
            [one.origin, one.reason, one.report_id, now()],
        )
    return len(dropped)


def _retire(connection: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> list[str]:
    """Take the current versions of reports out of the picture, and give the ids of their events."""
    if not report_ids:
        return []
    ids = [list(report_ids)]
    named = "report_id IN (SELECT unnest(?)) AND live AND version IS NOT NULL"
    told = connection.execute(f"SELECT event_id FROM tellings WHERE {named}", ids).fetchall()
    connection.execute("UPDATE reports SET current = false WHERE current AND report_id IN (SELECT unnest(?))", ids)
    connection.execute(f"UPDATE tellings SET live = false WHERE {named}", ids)
    connection.execute(f"UPDATE moves SET live = false WHERE {named}", ids)
    return [row[0] for row in told]


def _write_readings(connection: duckdb.DuckDBPyConnection, wanted: Sequence[tuple[ReportReading, int]]) -> list[str]:
    if not wanted:
        return []
    reports = pa.table(
        {
            "report_id": pa.array([one.report.report_id for one, _ in wanted], pa.string()),
            "version": pa.array([version for _, version in wanted], pa.int32()),
            "title": pa.array([one.report.title for one, _ in wanted], pa.string()),
            "text": pa.array([one.report.text for one, _ in wanted], pa.string()),
            "published": pa.array([one.report.published for one, _ in wanted], pa.date32()),
            "origin": pa.array([one.report.origin for one, _ in wanted], pa.string()),
            "content_hash": pa.array([content_hash(one.report) for one, _ in wanted], pa.string()),
            "signature": pa.array([signature(one.report.text) for one, _ in wanted], pa.binary()),
            "english": pa.array([one.english for one, _ in wanted], pa.bool_()),
        }
    )
    _insert(
        connection,
        reports,
        "INSERT INTO reports BY NAME SELECT *, true AS current, ? AS coder, ? AS added_at",
        [program(), now()],
    )
    spans = [(one.report.report_id, version, *span) for one, version in wanted for span in one.sentences]
    names = (("report_id", pa.string()), ("version", pa.int32()), ("sentence", pa.int32()))
    offsets = (("start", pa.int32()), ("end", pa.int32()))
    columns = {name: pa.array([span[at] for span in spans], kind) for at, (name, kind) in enumerate(names + offsets)}
    _insert(connection, pa.table(columns), "INSERT INTO sentences BY NAME SELECT *")
    return _write_told(connection, wanted)


def _write_told(connection: duckdb.DuckDBPyConnection, wanted: Sequence[tuple[ReportReading, int]]) -> list[str]:
    events: dict[str, Event] = {}
    event_extras = []
    moves, move_extras = [], []
    for reading, version in wanted:
        texts = sentence_texts(reading.report, reading.sentences)
        day = day_text(reading.report.published)
        for event in reading.events:
            if event.event_id not in events:
                events[event.event_id] = event
                event_extras.append((day, texts.get(event.sentence, ""), None, None, version, None))
        for move in reading.moves:
            moves.append(move)
            move_extras.append((texts.get(move.sentence, ""), version))
    insert_tellings(connection, list(events.values()), event_extras)
    insert_moves(connection, moves_table(moves, move_extras))
    return list(events)


def insert_tellings(
    connection: duckdb.DuckDBPyConnection, events: Sequence[Event], extras: Sequence[tuple[object, ...]]
) -> None:
    """Put events in as live tellings, each with its TELLING_EXTRAS."""
    if events:
        statement = (
            f"INSERT INTO tellings BY NAME SELECT {_TELLING_COLUMNS}, true AS live,"
            f" coalesce({DAY}, try_cast(published AS DATE)) AS first_day, ? AS added_at"
        )
        _insert(connection, tellings_table(events, extras), statement, [now()])


def insert_moves(connection: duckdb.DuckDBPyConnection, table: object) -> None:
    """Put moves in as live ones; `table` is one of moves_table."""
    statement = (
        f"INSERT INTO moves BY NAME SELECT {_MOVE_COLUMNS}, true AS live,"
        f" coalesce({DAY}, try_cast(published AS DATE)) AS first_day"
    )
    _insert(connection, table, statement)


def _insert(
    connection: duckdb.DuckDBPyConnection, table: object, statement: str, values: Sequence[object] = ()
) -> None:
    connection.register("incoming", table)
    try:
        connection.execute(f"{statement} FROM incoming", list(values))
    finally:
        connection.unregister("incoming")
