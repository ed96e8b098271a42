"""What persons put right: rows of their own, laid over what was read, never overwritten by reading again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb

from communique.casebook.columns import first_row
from communique.casebook.filters import EventFilter
from communique.casebook.kept import Correction
from communique.casebook.opening import now
from communique.casebook.reading import stream_events
from communique.casebook.unpacking import EVENT_SELECTION, event_from_json, event_of
from communique.casebook.values import check_event, settled
from communique.casebook.view import refresh
from communique.casebook.writing import insert_tellings
from communique.errors import UsageError
from communique.records import Event, KeptEvent

_ALL = """
SELECT correction_id, event_id, kind, field, value, former, told, sentence_text, who, why, made_at, undone_at,
    event_id IN (SELECT event_id FROM tellings WHERE live)
FROM corrections ORDER BY correction_id
"""


def write_correction(
    connection: duckdb.DuckDBPyConnection,
    event_id: str,
    field: str,
    value: object,
    who: str,
    why: str,
    when: datetime | None,
) -> Correction:
    """Keep that a field of an event has another value, and lay it over the act, inside the caller's transaction.

    Raises UsageError for an event that there is not, a field that cannot be put right, and a value that means nothing.
    """
    told, sentence_text = _told(connection, event_id)
    act = _act(connection, event_id)
    value, sets = settled(told if act is None else act.event, field, value)
    if field == "type" and value == told.type:
        # Back to what was read: with the mode that was read.
        sets = {name: getattr(told, name) for name in ("type", "quad", "mode", "cameo", "intensity")}
    former = None if act is None else act.event.as_row()[field]
    return _write(connection, told, sentence_text, "field", who, why, when, (field, value, former, sets))


def write_deletion(
    connection: duckdb.DuckDBPyConnection, event_id: str, who: str, why: str, when: datetime | None
) -> Correction:
    """Keep that the act which an event tells is none, inside the caller's transaction."""
    told, sentence_text = _told(connection, event_id)
    if _act(connection, event_id) is None:
        raise UsageError(
            f"event {event_id!r} is deleted already; `communique correct --list` tells by which correction"
        )
    return _write(connection, told, sentence_text, "delete", who, why, when, (None, None, None, {}))


def write_addition(
    connection: duckdb.DuckDBPyConnection,
    event: Event,
    who: str,
    why: str,
    when: datetime | None,
    published: str | None,
    sentence_text: str,
) -> Correction:
    """Keep an event that reading did not find, inside the caller's transaction; without an id it gets one.

    Of a report that the casebook holds, the day of publication and the sentence are taken where they are not given.
    """
    check_event(event)
    if not event.event_id:
        mark = json.dumps(event.as_row(), sort_keys=True, ensure_ascii=False)
        event = replace(event, event_id=hashlib.sha256(f"added|{mark}".encode()).hexdigest()[:16])
    if _live(connection, event.event_id):
        raise UsageError(f"there is an event {event.event_id!r} already; correct that one, or leave event_id empty")
    report = first_row(
        connection,
        """SELECT strftime(published, '%Y-%m-%d'), CASE WHEN sentence < 0 THEN coalesce(title, '') ELSE text END,
            "start", "end"
        FROM reports LEFT JOIN sentences ON sentences.report_id = reports.report_id
            AND sentences.version = reports.version AND sentence = ?
        WHERE current AND reports.report_id = ?""",
        [event.sentence, event.report_id],
    )
    if report is not None:
        published = published or report[0]
        if not sentence_text and report[2] is not None:
            sentence_text = report[1][report[2] : report[3]]
    made = _write(connection, event, sentence_text, "add", who, why, when, (None, None, None, {}))
    insert_tellings(connection, [event], [(published, sentence_text, None, None, None, made.correction_id)])
    refresh(connection, [event.event_id])
    return made


def undo_correction(connection: duckdb.DuckDBPyConnection, correction_id: int) -> Correction:
    """Undo one correction, which stays listed, inside the caller's transaction; an older one of that field holds again.

    Raises UsageError where there is none of that number, or it was undone before.
    """
    found = [one for one in all_corrections(connection) if one.correction_id == correction_id]
    if not found:
        raise UsageError(f"there is no correction {correction_id}; `communique correct --list` lists them")
    if found[0].undone_at is not None:
        raise UsageError(f"correction {correction_id} was undone on {found[0].undone_at:%Y-%m-%d}")
    undone = replace(found[0], undone_at=now())
    connection.execute(
        "UPDATE corrections SET undone_at = ? WHERE correction_id = ?", [undone.undone_at, correction_id]
    )
    connection.execute("UPDATE tellings SET live = false WHERE correction_id = ?", [correction_id])
    refresh(connection, [undone.event_id])
    return undone


def all_corrections(connection: duckdb.DuckDBPyConnection) -> list[Correction]:
    """Give all corrections, the first one first, also those undone and those that wait for their event."""
    return [_correction(row) for row in connection.execute(_ALL).fetchall()]


def _correction(row: tuple[Any, ...]) -> Correction:
    value, former = (None if one is None else json.loads(one) for one in row[4:6])
    told = event_from_json(json.loads(row[6]))
    return Correction(row[0], row[1], row[2], row[3], value, former, told, *row[7:13])


def _write(
    connection: duckdb.DuckDBPyConnection,
    told: Event,
    sentence_text: str,
    kind: str,
    who: str,
    why: str,
    when: datetime | None,
    change: tuple[str | None, object, object, dict[str, Any]],
) -> Correction:
    if not who.strip():
        raise UsageError("who corrects must be named; give a name")
    field, value, former, sets = change
    found = first_row(connection, "SELECT coalesce(max(correction_id), 0) + 1 FROM corrections")
    number = int(found[0]) if found else 1
    at = now() if when is None else when
    connection.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            number, told.event_id, kind, field, as_json(value), as_json(former), as_json(sets), as_json(told.as_row()),
            sentence_text, who.strip(), why, at,
        ],
    )  # fmt: skip
    if kind != "add":
        refresh(connection, [told.event_id])
    return Correction(number, told.event_id, kind, field, value, former, told, sentence_text, who.strip(), why, at)


def as_json(value: object) -> str:
    """Give a value as JSON, keys in order, on one line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _live(connection: duckdb.DuckDBPyConnection, event_id: str) -> bool:
    found = connection.execute("SELECT 1 FROM tellings WHERE live AND event_id = ? LIMIT 1", [event_id])
    return bool(found.fetchall())


def _told(connection: duckdb.DuckDBPyConnection, event_id: str) -> tuple[Event, str]:
    """Give an event as it was told, and its sentence; UsageError where no report of today tells it."""
    row = first_row(
        connection,
        f"SELECT {EVENT_SELECTION}, sentence_text FROM tellings WHERE live AND event_id = ? LIMIT 1",
        [event_id],
    )
    if row is None:
        raise UsageError(f"there is no event {event_id!r} in the casebook; `communique events --ids` lists them")
    return event_of(row), row[26]


def _act(connection: duckdb.DuckDBPyConnection, event_id: str) -> KeptEvent | None:
    """Give the act that an event belongs to, as it stands corrected; None where it was deleted."""
    return next(iter(list(stream_events(connection, EventFilter(event_ids=[event_id])))), None)


def training_rows(corrections: Iterable[Correction]) -> Iterator[dict[str, Any]]:
    """Give each correction that holds as a row to learn from.

    `marked` is the sentence with `<s>…</s>` around the source and `<t>…</t>` around the target, where they
    stand in it; `old` and `new` are the values before and after. Of a deleted event `new` is None and of an
    added one `old`, with the type as the other.
    """
    for one in corrections:
        if one.undone_at is not None:
            continue
        old, new = one.former, one.value
        if one.kind == "delete":
            old, new = one.told.type, None
        elif one.kind == "add":
            old, new = None, one.told.type
        yield {
            "correction_id": one.correction_id,
            "event_id": one.event_id,
            "report_id": one.told.report_id,
            "kind": one.kind,
            "field": one.field,
            "old": old,
            "new": new,
            "sentence": one.sentence_text,
            "marked": marked_sentence(one.sentence_text, one.told.source_text, one.told.target_text),
            "anchor": one.told.anchor,
            "event": one.told.as_row(),
            "who": one.who,
            "why": one.why,
            "when": one.made_at.isoformat(timespec="seconds"),
            "attached": one.attached,
        }


def marked_sentence(sentence: str, source_text: str, target_text: str) -> str:
    """Mark the first place of source and target in a sentence; one that overlaps the other is left unmarked.

    >>> marked_sentence("Iran told the IAEA no.", "Iran", "the IAEA")
    '<s>Iran</s> told <t>the IAEA</t> no.'
    """
    source = (sentence.find(source_text), len(source_text)) if source_text else (-1, 0)
    start = source[0]
    target = -1
    if target_text:
        target = sentence.find(target_text)
        while target >= 0 and start >= 0 and target < start + source[1] and start < target + len(target_text):
            target = sentence.find(target_text, target + 1)
    spans = [(start, start + source[1], "s"), (target, target + len(target_text), "t")]
    for first, last, mark in sorted((span for span in spans if span[0] >= 0), reverse=True):
        sentence = f"{sentence[:first]}<{mark}>{sentence[first:last]}</{mark}>{sentence[last:]}"
    return sentence
