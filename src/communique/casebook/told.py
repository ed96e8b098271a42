"""What a page that lists or shows reports asks of a casebook: reports without their texts, which tell the same, and places.

Functions over an open casebook; they read and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from communique.casebook import folds
from communique.casebook.filters import ReportFilter, order_of, report_condition, slice_of
from communique.casebook.handle import Handle
from communique.casebook.unpacking import EVENT_SELECTION, event_of
from communique.records import Event

SAME_SHARE = 0.5
"""Reports tell the same where they share at least this part of the acts of the one that tells more."""

_SORTS = {"published": "published NULLS LAST, added_at", "added": "added_at"}

_ROWS = """
WITH asked AS (
    SELECT report_id, version, title, left(text, 160) AS opening, published, origin, english, added_at
    FROM reports WHERE current AND report_id IN (SELECT unnest(?))
), told AS (
    SELECT report_id, count(*) AS events FROM tellings
    WHERE live AND dataset IS NULL AND report_id IN (SELECT unnest(?)) GROUP BY report_id
)
SELECT asked.*, coalesce(told.events, 0) FROM asked LEFT JOIN told USING (report_id) ORDER BY report_id
"""

# Pairs of reports: those that share folded acts, and those whose texts have one signature.
_SAME = """
WITH folded AS (
    SELECT DISTINCT tellings.report_id, folds.act_id AS act FROM folds JOIN tellings USING (event_id)
    WHERE live AND dataset IS NULL
), shared AS (
    SELECT one.report_id AS a, other.report_id AS b, count(*) AS acts
    FROM folded AS one JOIN folded AS other ON one.act = other.act AND one.report_id < other.report_id GROUP BY ALL
), sizes AS (
    SELECT report_id, count(*) AS acts FROM tellings
    WHERE live AND dataset IS NULL AND report_id IN (SELECT report_id FROM folded) GROUP BY report_id
), alike AS (
    SELECT list(report_id ORDER BY report_id) AS ids FROM reports WHERE current AND octet_length(signature) > 0
    GROUP BY signature HAVING count(*) > 1
)
SELECT a, b FROM shared JOIN sizes AS x ON x.report_id = a JOIN sizes AS y ON y.report_id = b
WHERE shared.acts >= ? * greatest(x.acts, y.acts)
UNION
SELECT ids[1], unnest(ids) FROM alike
ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as a list shows it: `opening` are its first words; `events` the number that it tells; `added_at` is UTC."""

    report_id: str
    version: int
    title: str | None
    opening: str
    published: date | None
    origin: str | None
    english: bool
    added_at: datetime
    events: int

    @property
    def name(self) -> str:
        """The title, or the first words where there is none."""
        words = " ".join((self.title or self.opening).split())
        return words or self.report_id


def report_ids(casebook: Handle, wanted: ReportFilter | None = None) -> list[str]:
    """Give the ids of the reports that a filter asks for, in its order; UsageError for a filter that cannot be."""
    wanted = wanted or ReportFilter()
    condition = report_condition(wanted)
    order = order_of(wanted.sort, _SORTS, "report_id, version")
    query = f"SELECT report_id FROM reports WHERE {condition.sql} ORDER BY {order}"
    with casebook._reading() as connection:
        found = connection.execute(query + slice_of(wanted.limit, wanted.offset), list(condition.values)).fetchall()
    return [row[0] for row in found]


def reports_named(casebook: Handle, report_ids: Iterable[str]) -> dict[str, ReportRow]:
    """Give the reports of some ids, without their texts; an id that no report has is left out."""
    ids = sorted(set(report_ids))
    with casebook._reading() as connection:
        found = connection.execute(_ROWS, [ids, ids]).fetchall()
    return {row[0]: ReportRow(*row) for row in found}


def report_rows(casebook: Handle, wanted: ReportFilter | None = None) -> list[ReportRow]:
    """Give the current reports that a filter asks for, without their texts, in its order.

    Raises UsageError for a filter that cannot be.
    """
    ids = report_ids(casebook, replace(wanted or ReportFilter(), versions=False))
    rows = reports_named(casebook, ids)
    return [rows[one] for one in ids]


def same_tellers(casebook: Handle) -> dict[str, tuple[str, ...]]:
    """Give, for each report that tells much the same as others, the ids of all of them, itself included, sorted.

    Reports tell the same where they share SAME_SHARE of their acts, or their texts are alike in all words.
    """
    with casebook._reading() as connection:
        pairs = connection.execute(_SAME, [SAME_SHARE]).fetchall()
    group_of: dict[str, set[str]] = {}
    for first, second in pairs:
        if first == second:
            continue
        joined = group_of.setdefault(first, {first}) | group_of.setdefault(second, {second})
        for member in joined:
            group_of[member] = joined
    groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
    return {member: groups[id(group)] for member, group in group_of.items()}


def sentence_places(casebook: Handle, report_id: str, version: int) -> tuple[tuple[int, int, int], ...]:
    """Give the sentences of a version of a report as (index, start, end); index −1 is the title, with offsets in it."""
    with casebook._reading() as connection:
        found = connection.execute(
            'SELECT sentence, "start", "end" FROM sentences WHERE report_id = ? AND version = ? ORDER BY ALL',
            [report_id, version],
        ).fetchall()
    return tuple((index, start, end) for index, start, end in found)


def told_in(casebook: Handle, report_id: str, version: int | None = None) -> list[Event]:
    """Give the events as a report tells them, not folded and not corrected, in text order.

    Those that persons added are among them, but not where an earlier `version` is asked for.
    """
    which = "live AND dataset IS NULL" if version is None else "version = ?"
    with casebook._reading() as connection:
        rows = connection.execute(
            f"SELECT {EVENT_SELECTION} FROM tellings WHERE report_id = ? AND {which}"
            ' ORDER BY sentence, "start", event_id',
            [report_id] if version is None else [report_id, version],
        ).fetchall()
    return [event_of(row) for row in rows]


def folded_with(casebook: Handle, event_id: str) -> tuple[str, ...]:
    """Give the ids of all tellings that are one act with an event, itself included, sorted; also where it was deleted."""
    with casebook._reading() as connection:
        return tuple(folds.ids_together(connection, [event_id]))
