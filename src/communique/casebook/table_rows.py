"""Whole tables of a casebook for downloads: Arrow batches that need the casebook no more, however many there are.

Functions over an open casebook; they read and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from communique.casebook.filters import EventFilter
from communique.casebook.handle import Handle
from communique.casebook.reading import FRAME_COLUMNS, select_events
from communique.casebook.unpacking import set_aside

_REPORTS = """
WITH told AS (
    SELECT report_id, version, count(*) AS events FROM tellings WHERE version IS NOT NULL GROUP BY ALL
)
SELECT report_id, title, published, origin, version, NOT current AS superseded, english, added_at,
    coalesce(told.events, 0) AS events, text
FROM reports LEFT JOIN told USING (report_id, version) WHERE current
ORDER BY published DESC NULLS LAST, report_id
"""
_SENTENCES = """
SELECT report_id, sentence, "start", "end",
    substring(CASE WHEN sentence < 0 THEN coalesce(title, '') ELSE text END, "start" + 1, "end" - "start") AS text
FROM sentences JOIN reports USING (report_id, version) WHERE current
ORDER BY report_id, sentence
"""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table as it stood when it was asked for: its Arrow schema, and its rows in Arrow batches, to be taken once."""

    schema: Any
    batches: Iterator[Any]


def events_table(casebook: Handle, wanted: EventFilter) -> StoredTable:
    """Give the events that a filter asks for, with the columns of `Casebook.frame`; UsageError for what cannot be."""
    return _table(casebook, *select_events(FRAME_COLUMNS, wanted))


def reports_table(casebook: Handle) -> StoredTable:
    """Give the reports in their current versions, with their texts, the newest first."""
    return _table(casebook, _REPORTS, [])


def sentences_table(casebook: Handle) -> StoredTable:
    """Give the sentences of all reports; the offsets are those in the text, of sentence −1 in the title."""
    return _table(casebook, _SENTENCES, [])


def _table(casebook: Handle, query: str, values: list[object]) -> StoredTable:
    with casebook._reading() as connection:
        relation = connection.sql(query, params=values) if values else connection.sql(query)
        schema = relation.limit(0).to_arrow_table().schema
        return StoredTable(schema, set_aside(connection, query, values))
