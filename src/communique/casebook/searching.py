"""Looking for words in reports and in the sentences of events, and counting acts by actor, day and pair."""

from __future__ import annotations

import re
from typing import Any

import duckdb

from communique.casebook.columns import LATEST_DAY
from communique.casebook.filters import EventFilter, event_condition, slice_of
from communique.casebook.kept import ActorCount, DayCount, DyadCount, FoundEvent, FoundReport, SearchAnswer
from communique.errors import UsageError

# Characters of a snippet, and how many of them stand before the word that was found.
_SNIPPET, _BEFORE = 200, 60

_REPORTS = """
SELECT report_id, title, published, text FROM reports WHERE rowid IN (
    SELECT rowid FROM reports WHERE current AND {condition} ORDER BY published DESC NULLS LAST, report_id LIMIT ?
) ORDER BY published DESC NULLS LAST, report_id
"""
_EVENTS = """
SELECT event_id, report_id, type, source, target, coalesce(date, strftime(published, '%Y-%m-%d')), sentence_text
FROM events WHERE {condition} ORDER BY last_day DESC NULLS LAST, event_id LIMIT ?
"""
_ACTORS = f"""
WITH sides AS (
    SELECT {LATEST_DAY} AS last_day, unnest(list_distinct(list_concat(source_actors, target_actors))) AS code FROM events
)
SELECT code, count(*) AS acts, max(last_day) FROM sides GROUP BY code ORDER BY acts DESC, code
"""
_DAYS = """
SELECT first_day, quad, count(*) FROM events WHERE first_day IS NOT NULL AND {condition}
GROUP BY first_day, quad ORDER BY first_day, quad
"""
_DYADS = """
WITH asked AS (
    SELECT event_id, {latest_day} AS last_day, cameo, list_transform(source, lambda code: split_part(code, '/', 1)) AS source,
        list_transform(target, lambda code: split_part(code, '/', 1)) AS target
    FROM events WHERE {condition}
), sides AS (
    SELECT event_id, last_day, source AS here, CASE WHEN len(target) = 0 THEN source ELSE target END AS there FROM asked
    -- A third brings the two together.
    UNION ALL SELECT event_id, last_day, target, target FROM asked WHERE cameo = '045'
), halves AS (
    SELECT event_id, last_day, unnest(here) AS one, there FROM sides
), pairs AS (
    SELECT event_id, last_day, one, unnest(there) AS other FROM halves
)
SELECT least(one, other) AS a, greatest(one, other) AS b, count(DISTINCT event_id) AS acts, max(last_day)
FROM pairs WHERE one <> other GROUP BY a, b ORDER BY acts DESC, a, b
"""


def found_words(connection: duckdb.DuckDBPyConnection, words: str, limit: int) -> SearchAnswer:
    """Give the newest reports and events in which all words stand, regardless of case; UsageError for no word."""
    wanted = tuple(dict.fromkeys(words.lower().split()))
    if not wanted:
        raise UsageError("search: give a word, or more")
    if limit < 1:
        raise UsageError(f"limit {limit}: give a number from 1")
    in_report = " AND ".join(["(contains(lower(text), ?) OR contains(lower(coalesce(title, '')), ?))"] * len(wanted))
    twice = [word for word in wanted for _ in range(2)]
    reports = connection.execute(_REPORTS.format(condition=in_report), [*twice, limit + 1]).fetchall()
    in_sentence = " AND ".join(["contains(lower(sentence_text), ?)"] * len(wanted))
    events = connection.execute(_EVENTS.format(condition=in_sentence), [*wanted, limit + 1]).fetchall()
    return SearchAnswer(
        words=wanted,
        reports=tuple(FoundReport(*(*row[:3], _report_snippet(row[1], row[3], wanted))) for row in reports[:limit]),
        events=tuple(_event(row, wanted) for row in events[:limit]),
        more_reports=len(reports) > limit,
        more_events=len(events) > limit,
    )


def _event(row: tuple[Any, ...], words: tuple[str, ...]) -> FoundEvent:
    event_id, report_id, kind, source, target, day, sentence = row
    return FoundEvent(event_id, report_id, kind, tuple(source), tuple(target), day, snippet(sentence, words))


def _report_snippet(title: str | None, text: str, words: tuple[str, ...]) -> str:
    return snippet(text if any(word in text.lower() for word in words) else title or text, words)


def snippet(text: str, words: tuple[str, ...]) -> str:
    """Give the piece of a text around the first of the words, cut between words, on one line.

    >>> snippet("Envoys met.", ("met",))
    'Envoys met.'
    """
    found = re.search("|".join(map(re.escape, words)), text, re.IGNORECASE)
    middle = found.start() if found else 0
    start = 0 if middle <= _BEFORE else _after_space(text, middle - _BEFORE, middle)
    end = start + _SNIPPET
    if end < len(text):
        space = text.rfind(" ", middle + 1, end)
        end = space if space > 0 else end
    piece = " ".join(text[start:end].split())
    return f"{'… ' if start > 0 else ''}{piece}{' …' if end < len(text) else ''}"


def _after_space(text: str, start: int, end: int) -> int:
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1


def actor_counts(connection: duckdb.DuckDBPyConnection, limit: int | None) -> list[ActorCount]:
    """Give actor codes by how many acts they stand in."""
    return [ActorCount(*row) for row in connection.execute(_ACTORS + slice_of(limit, 0)).fetchall()]


def day_counts(connection: duckdb.DuckDBPyConnection, wanted: EventFilter) -> list[DayCount]:
    """Give how many acts of each quad class begin on each day that has any."""
    condition = event_condition(wanted)
    found = connection.execute(_DAYS.format(condition=condition.sql), list(condition.values))
    return [DayCount(*row) for row in found.fetchall()]


def dyad_counts(connection: duckdb.DuckDBPyConnection, wanted: EventFilter, limit: int | None) -> list[DyadCount]:
    """Give pairs of actors without their roles by how many acts there are between them, either way."""
    condition = event_condition(wanted)
    query = _DYADS.format(latest_day=LATEST_DAY, condition=condition.sql) + slice_of(limit, 0)
    return [DyadCount(*row) for row in connection.execute(query, list(condition.values)).fetchall()]
