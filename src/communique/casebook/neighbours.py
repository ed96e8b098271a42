"""Which tellings could tell the same act as some others: looked up in the file by who takes part and when.

Folding asks for the neighbours of one telling after the other; they are fetched for all that have the same
actors at once, and kept while a batch is folded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from communique.casebook.columns import ids_table
from communique.casebook.unpacking import EVENT_SELECTION, column_batches, events_of
from communique.errors import UsageError
from communique.folding.rules import rules
from communique.folding.tellings import Decision, Telling
from communique.folding.traces import days_of
from communique.memory import no_collecting
from communique.records import Event

Actors = tuple[str, ...]
# How far, in days, an act may lie from the first day of a month or a year that is its date.
_MONTH, _YEAR = 31, 366
# Much of one affair is told within a week or two.
_ROOM = timedelta(days=60)

# Who takes part in which telling, a row each, for those whose first day lies between $earliest and $latest; with
# the reach that the precision of its date leaves it, in days.
_AROUND = """
CREATE OR REPLACE TEMP TABLE around AS
WITH lying AS (
    SELECT event_id, type, first_day,
        CASE length(date) WHEN 10 THEN 0 WHEN 7 THEN $month WHEN 4 THEN $year ELSE $undated END AS reach,
        list_distinct(list_transform(list_concat(source, target), lambda code: split_part(code, '/', 1))) AS actors
    FROM tellings WHERE live AND (first_day IS NULL OR first_day BETWEEN $earliest AND $latest)
)
SELECT *, len(actors) AS size, unnest(actors) AS actor FROM lying
"""

# Tellings with two actors in common, or one where either has no more; of the types asked for, where some are; whose
# days meet those asked for.
_NEAR = """
WITH pairs AS (
    SELECT around.event_id FROM around JOIN asked_actors AS asked ON asked.actor = around.actor
    WHERE (asked.types IS NULL OR list_contains(asked.types, around.type))
        AND (around.first_day IS NULL
            OR (around.first_day - around.reach <= asked.high AND around.first_day + around.reach >= asked.low))
    GROUP BY around.event_id, around.size, asked.place, asked.size
    HAVING count(*) >= least(2, around.size, asked.size)
)
SELECT DISTINCT event_id FROM pairs
"""

_TELLINGS = f"""
WITH told AS (
    SELECT tellings.* FROM tellings SEMI JOIN asked_ids ON tellings.event_id = asked_ids.id WHERE live
), signed AS (
    SELECT report_id, signature FROM reports WHERE current AND report_id IN (SELECT report_id FROM told)
)
SELECT {EVENT_SELECTION}, strftime(published, '%Y-%m-%d'), sentence_text, signature
FROM told LEFT JOIN signed USING (report_id) ORDER BY event_id
"""


def tellings_of(connection: duckdb.DuckDBPyConnection, event_ids: Iterable[str]) -> list[Telling]:
    """Give the tellings of these events, each as its report has it, by their ids."""
    connection.register("asked_ids", ids_table(event_ids))
    try:
        made: list[Telling] = []
        with no_collecting():
            for columns in column_batches(connection, _TELLINGS):
                signatures = (one or b"" for one in columns[28])
                made += map(Telling, events_of(columns), columns[26], columns[27], signatures)
        return made
    finally:
        connection.unregister("asked_ids")


def actors_of(event: Event) -> Actors:
    """Give all who take part in an event, without their roles, in order."""
    return tuple(sorted({code.split("/")[0] for code in (*event.source, *event.target)}))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose tellings are asked for: with these actors, of these types (any, where it is None), in these days."""

    actors: Actors
    types: tuple[str, ...] | None
    low: date
    high: date


class _Around:
    """Who takes part in what, as a table of its own, made once for many questions and again where they reach further."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, by_rule: bool) -> None:
        self._connection = connection
        self._days: tuple[date, date] | None = None
        undated = rules().background_days if by_rule else 0
        self._reaches = {"undated": undated, "month": _MONTH if by_rule else 0, "year": _YEAR if by_rule else 0}

    def ids(self, asked: Sequence[_Asked]) -> list[str]:
        """Give the ids of tellings near what is asked for."""
        rows = [(place, actor, one) for place, one in enumerate(asked) for actor in one.actors]
        if not rows:
            return []
        self._reach(min(one.low for one in asked), max(one.high for one in asked))
        table = pa.table(
            {
                "place": pa.array([place for place, _, _ in rows], pa.int32()),
                "actor": pa.array([actor for _, actor, _ in rows], pa.string()),
                "size": pa.array([len(one.actors) for _, _, one in rows], pa.int32()),
                "types": pa.array([one.types for _, _, one in rows], pa.list_(pa.string())),
                "low": pa.array([one.low for _, _, one in rows], pa.date32()),
                "high": pa.array([one.high for _, _, one in rows], pa.date32()),
            }
        )
        self._connection.register("asked_actors", table)
        try:
            return sorted(row[0] for row in self._connection.execute(_NEAR).fetchall())
        finally:
            self._connection.unregister("asked_actors")

    def _reach(self, low: date, high: date) -> None:
        if self._days is not None and self._days[0] <= low and high <= self._days[1]:
            return
        if self._days is not None:
            low, high = min(low, self._days[0]), max(high, self._days[1])
        # With room, so that few questions reach further.
        self._days = _moved(low, -_ROOM), _moved(high, _ROOM)
        furthest = timedelta(days=max(self._reaches.values()))
        span = {"earliest": _moved(self._days[0], -furthest), "latest": _moved(self._days[1], furthest)}
        self._connection.execute(_AROUND, self._reaches | span)


def ids_near(connection: duckdb.DuckDBPyConnection, event_ids: Iterable[str], days: int | None) -> list[str]:
    """Give the ids of these events and of those that could tell the same acts.

    Those share two actors with them (one, where either names no more) and begin up to `days` apart; where it is
    None, they are of types that are taken for one another and lie as far apart as folding's rules allow.
    Raises UsageError for less than no days.
    """
    if days is not None and days < 0:
        raise UsageError(f"days {days}: give a number from 0")
    here = tellings_of(connection, event_ids)
    asked = set()
    for one in here:
        wanted = _by_rule(one) if days is None else _by_days(one, timedelta(days=days))
        if wanted is not None:
            asked.add(wanted)
    found = _Around(connection, by_rule=days is None).ids(sorted(asked, key=repr))
    return sorted({one.event_id for one in here}.union(found))


def _by_rule(telling: Telling) -> _Asked | None:
    """Give what could be one act with a telling by folding's rules; None where they say nothing of it."""
    span = days_of(telling)
    if span is None or not telling.sentence_text:
        return None
    slack = timedelta(days=max(rules().clock_days, rules().fresh_days))
    types = tuple(sorted(rules().like_types[telling.event.type]))
    return _Asked(actors_of(telling.event), types, _moved(span[0], -slack), _moved(span[1], slack))


def _by_days(telling: Telling, reach: timedelta) -> _Asked:
    written = telling.event.date or telling.published
    try:
        day = date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return _Asked(actors_of(telling.event), None, date.min, date.max)
    return _Asked(actors_of(telling.event), None, _moved(day, -reach), _moved(day, reach))


def _moved(day: date, by: timedelta) -> date:
    """Move a day, but not off the calendar."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max


class Neighbours:
    """The neighbours of tellings in the file, as `folding.fold_new` asks for them."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, new: Sequence[Telling], decisions: Sequence[Decision]
    ) -> None:
        self._connection = connection
        self._around = _Around(connection, by_rule=True)
        self._known: dict[str, tuple[Telling, _Asked | None]] = {}
        self._by_actor: dict[str, list[str]] = defaultdict(list)
        self._fetched: dict[tuple[Actors, str], tuple[date, date]] = {}
        self._decided: dict[str, set[str]] = defaultdict(set)
        for decision in decisions:
            if decision.same:
                self._decided[decision.left].add(decision.right)
                self._decided[decision.right].add(decision.left)
        self._keep(new)
        self._keep(tellings_of(connection, self._decided))
        self._fetch([telling.event_id for telling in new])

    def __call__(self, telling: Telling) -> Iterator[Telling]:
        """Give the tellings that could be one act with this one, and those that a person put with it."""
        self._keep([telling])
        self._fetch([telling.event_id])
        for event_id in sorted(self._decided[telling.event_id]):
            if event_id in self._known:
                yield self._known[event_id][0]
        own = self._known[telling.event_id][1]
        if own is not None:
            shared = Counter(event_id for actor in own.actors for event_id in self._by_actor[actor])
            for event_id, actors in sorted(shared.items()):
                other, its = self._known[event_id]
                if event_id != telling.event_id and its is not None and _meet(own, its, other.event.type, actors):
                    yield other

    def _keep(self, tellings: Iterable[Telling]) -> None:
        for telling in tellings:
            if telling.event_id not in self._known:
                self._known[telling.event_id] = (telling, _by_rule(telling))
                for actor in actors_of(telling.event):
                    self._by_actor[actor].append(telling.event_id)

    def _fetch(self, event_ids: Sequence[str]) -> None:
        """Fetch what lies around these, with much room, so that their neighbours' neighbours are there too."""
        asked: list[_Asked] = []
        for event_id in event_ids:
            telling, own = self._known[event_id]
            if own is None:
                continue
            key = (own.actors, telling.event.type)
            there = self._fetched.get(key)
            if there is None or own.low < there[0] or own.high > there[1]:
                low, high = (own.low, own.high) if there is None else (min(there[0], own.low), max(there[1], own.high))
                self._fetched[key] = (_moved(low, -_ROOM), _moved(high, _ROOM))
                asked.append(_Asked(own.actors, own.types, *self._fetched[key]))
        found = [one for one in self._around.ids(asked) if one not in self._known]
        if found:
            self._keep(tellings_of(self._connection, found))


def _meet(own: _Asked, other: _Asked, other_type: str, shared: int) -> bool:
    return (
        shared >= min(2, len(own.actors), len(other.actors))
        and other_type in (own.types or ())
        and own.low <= other.high
        and other.low <= own.high
    )
