"""Which events or reports are asked for, and how that is said in SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from communique.errors import UsageError
from communique.ontology.loader import STATUSES, TYPES

SORTS = {
    "date": "first_day NULLS LAST, last_day",
    "published": "published NULLS LAST",
    "confidence": "confidence",
    "intensity": "intensity",
    "type": "type",
    "reports": "told",
}
# Acts of which any telling is new, or was put right.
_ADDED_SINCE = """event_id IN (
    WITH fresh AS (
        SELECT event_id FROM tellings WHERE live AND added_at >= ?
        UNION SELECT event_id FROM corrections WHERE made_at >= ? OR undone_at >= ?
    ), told AS (
        SELECT event_id AS act, unnest(tellings).event_id AS telling FROM events
    )
    SELECT act FROM told SEMI JOIN fresh ON fresh.event_id = told.telling
)"""
# No casebook holds more rows, and a database counts them in 64 bits.
_MOST_ROWS = 10**15
MOST_WORDS = 100
"""Words that are looked for at once: each is a search of its own."""
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are asked for; what is None or empty is not asked about, and all that is asked must hold.

    `actor` is on either side, `source` and `target` on theirs: a bare code ("USA") means all its roles
    ("USA/GOV") too. `dyad` are two actors with the act between them, either way. `among` are several, with the act
    between two of them, or of one of them alone on nobody named. `type`, `status`, `quad`
    and `context` are any of those named. `since` and `until` are ISO days, months or years, both included,
    and hold against the event's date, or its day of publication where it has none. `text` are words that
    all stand in the sentence that tells it (in the anchor, where there is no sentence), `report_text` words
    of its report; both regardless of case. `added_since` is a moment (UTC where it names no zone): of the act a
    telling came into the casebook, or a correction was made or undone, then or later. `sort` is one of SORTS, with "-" before it for the other way;
    what is equal is sorted by event id.
    """

    actor: str | None = None
    source: str | None = None
    target: str | None = None
    dyad: tuple[str, str] | None = None
    among: Sequence[str] | None = None
    type: str | Sequence[str] | None = None
    quad: int | Sequence[int] | None = None
    since: str | date | None = None
    until: str | date | None = None
    status: str | Sequence[str] | None = None
    context: str | Sequence[str] | None = None
    text: str | None = None
    report_text: str | None = None
    minimum_confidence: float | None = None
    report_id: str | None = None
    dataset: str | None = None
    event_ids: Sequence[str] | None = None
    corrected: bool | None = None
    added_since: datetime | None = None
    limit: int | None = None
    offset: int = 0
    sort: str = "date"


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports are asked for: words of title or text, day of publication, origin; newest version unless `versions`.

    `added_since` is a moment (UTC where it names no zone): the version came into the casebook then or later. `sort` is by day of publication, with "-" before it the newest first.
    """

    text: str | None = None
    since: str | date | None = None
    until: str | date | None = None
    report_id: str | None = None
    origin: str | None = None
    added_since: datetime | None = None
    versions: bool = False
    limit: int | None = None
    offset: int = 0
    sort: str = "published"


@dataclass(frozen=True, slots=True)
class Condition:
    """What stands behind WHERE, and the values of its question marks."""

    sql: str
    values: tuple[object, ...]


class _Conditions:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[object] = []

    def add(self, sql: str, *values: object) -> None:
        self.parts.append(sql)
        self.values += values

    def made(self) -> Condition:
        return Condition(" AND ".join(f"({part})" for part in self.parts) or "true", tuple(self.values))


def event_condition(wanted: EventFilter) -> Condition:
    """Give the condition of a filter on the table `events`; UsageError for a value that means nothing."""
    made = _Conditions()
    if wanted.actor is not None:
        made.add("list_contains(source_actors, ?) OR list_contains(target_actors, ?)", *[_code(wanted.actor)] * 2)
    if wanted.source is not None:
        made.add("list_contains(source_actors, ?)", _code(wanted.source))
    if wanted.target is not None:
        made.add("list_contains(target_actors, ?)", _code(wanted.target))
    if wanted.dyad is not None:
        between(made, *wanted.dyad)
    if wanted.among is not None:
        _among(made, wanted.among)
    _any_of(made, "type", [name.upper() for name in _listed(wanted.type)], TYPES)
    _any_of(made, "status", [name.lower() for name in _listed(wanted.status)], STATUSES)
    quads = [] if wanted.quad is None else [wanted.quad] if isinstance(wanted.quad, int) else list(wanted.quad)
    _any_of(made, "quad", quads, (1, 2, 3, 4))
    if contexts := _listed(wanted.context):
        made.add("list_has_any(context, ?)", contexts)
    if wanted.since is not None:
        made.add("last_day >= ?", first_day(wanted.since, "since"))
    if wanted.until is not None:
        made.add("first_day <= ?", last_day(wanted.until, "until"))
    for word in _words(wanted.text):
        made.add(
            "contains(lower(CASE WHEN sentence_text = '' THEN concat_ws(' ', source_text, anchor, target_text)"
            " ELSE sentence_text END), ?)",
            word,
        )
    if words := _words(wanted.report_text):
        found = " AND ".join(["contains(lower(concat_ws(' ', title, text)), ?)"] * len(words))
        made.add(f"report_id IN (SELECT report_id FROM reports WHERE current AND {found})", *words)
    if wanted.minimum_confidence is not None:
        if not 0 <= wanted.minimum_confidence <= 1:
            raise UsageError(f"minimum_confidence {wanted.minimum_confidence}: give a number from 0 to 1")
        made.add("confidence >= ?", wanted.minimum_confidence)
    if wanted.report_id is not None:
        made.add("report_id = ? OR list_contains(list_transform(tellings, lambda one: one.report_id), ?)",
                 *[wanted.report_id] * 2)  # fmt: skip
    if wanted.dataset is not None:
        made.add("dataset = ?", wanted.dataset)
    if wanted.event_ids is not None:
        ids = list(wanted.event_ids)
        made.add("event_id IN (SELECT unnest(?)) OR (told > 1 AND"
                 " list_has_any(list_transform(tellings, lambda one: one.event_id), ?))", ids, ids)  # fmt: skip
    if wanted.corrected is not None:
        made.add("corrected = ?", wanted.corrected)
    if wanted.added_since is not None:
        made.add(_ADDED_SINCE, *[utc(wanted.added_since)] * 3)
    return made.made()


def between(made: _Conditions, first: str, second: str) -> None:
    """Ask for acts between two actors: one on the other, or both in an act that has no other side."""
    a, b = _code(first), _code(second)
    if a == b:
        made.add("list_contains(source_actors, ?) AND list_contains(target_actors, ?)", a, a)
        return
    made.add(
        "(list_contains(source_actors, ?) AND list_contains(target_actors, ?))"
        " OR (list_contains(source_actors, ?) AND list_contains(target_actors, ?))"
        " OR (len(target) = 0 AND list_contains(source_actors, ?) AND list_contains(source_actors, ?))"
        # A third brings the two together.
        " OR (cameo = '045' AND list_contains(target_actors, ?) AND list_contains(target_actors, ?))",
        *(a, b, b, a, a, b, a, b),
    )


def _among(made: _Conditions, actors: Sequence[str]) -> None:
    """Ask for acts between two of some actors, as `between` has it for a pair, or of one of them on nobody named."""
    codes = sorted({_code(actor) for actor in actors})
    both = "list_concat(list_intersect(source_actors, ?), list_intersect(target_actors, ?))"
    made.add(
        f"(list_has_any(source_actors, ?) AND list_has_any(target_actors, ?) AND len(list_distinct({both})) > 1)"
        " OR (len(target) = 0 AND list_has_any(source_actors, ?)"
        " AND (len(source) = 1 OR len(list_intersect(source_actors, ?)) > 1))"
        " OR (cameo = '045' AND len(list_intersect(target_actors, ?)) > 1)",
        *[codes] * 7,
    )


def report_condition(wanted: ReportFilter) -> Condition:
    """Give the condition of a filter on the table `reports`; UsageError for a day that is none."""
    made = _Conditions()
    if not wanted.versions:
        made.add("current")
    for word in _words(wanted.text):
        made.add("contains(lower(concat_ws(' ', title, text)), ?)", word)
    if wanted.since is not None:
        made.add("published >= ?", first_day(wanted.since, "since"))
    if wanted.until is not None:
        made.add("published <= ?", last_day(wanted.until, "until"))
    if wanted.report_id is not None:
        made.add("report_id = ?", wanted.report_id)
    if wanted.origin is not None:
        made.add("origin = ?", wanted.origin)
    if wanted.added_since is not None:
        made.add("added_at >= ?", utc(wanted.added_since))
    return made.made()


def order_of(sort: str, sorts: dict[str, str], last: str) -> str:
    """Give what stands behind ORDER BY; UsageError for an order that is not among `sorts`."""
    name = sort.removeprefix("-")
    if name not in sorts:
        raise UsageError(f"sort {sort!r}: one of {', '.join(sorts)}, with - before it for the other way")
    column, nulls, rest = sorts[name].partition(" NULLS LAST")
    down = " DESC" if sort.startswith("-") else ""
    further = f"{rest}{down}" if rest else ""
    return f"{column}{down}{nulls}{further}, {last}"


def slice_of(limit: int | None, offset: int) -> str:
    """Give LIMIT and OFFSET; UsageError for less than nothing."""
    if not (0 <= offset <= _MOST_ROWS and 0 <= (limit or 0) <= _MOST_ROWS):
        raise UsageError(f"limit {limit}, offset {offset}: give numbers from 0 to {_MOST_ROWS:,}")
    return (f" LIMIT {int(limit)}" if limit is not None else "") + (f" OFFSET {int(offset)}" if offset else "")


def first_day(value: str | date, field: str) -> date:
    """Give the first day of an ISO day, month or year; UsageError naming the field where it is none."""
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(value.strip())
    try:
        if found is None:
            raise ValueError
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise UsageError(f"{field} {value!r}: write a day as 2025-02-25, a month as 2025-02, or a year") from None


def last_day(value: str | date, field: str) -> date:
    """Give the last day of an ISO day, month or year; UsageError naming the field where it is none."""
    first = first_day(value, field)
    if isinstance(value, date) or len(value.strip()) == len("2025-02-25"):
        return first
    if len(value.strip()) == len("2025-02"):
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(month=12, day=31)


def utc(moment: datetime) -> datetime:
    """Give a moment as the tables keep it: in UTC, without its zone; one without a zone is taken for UTC."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _code(code: str) -> str:
    if not code.strip():
        raise UsageError("an actor is a code such as USA or HAMAS, not an empty text")
    return code.strip()


def _words(text: str | None) -> list[str]:
    words = list(dict.fromkeys(text.lower().split())) if text else []
    if len(words) > MOST_WORDS:
        raise UsageError(f"text: {len(words):,} words are looked for; give {MOST_WORDS} at most")
    return words


def _listed(value: str | Sequence[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _any_of(made: _Conditions, field: str, asked: Sequence[object], there: Sequence[object]) -> None:
    for one in asked:
        if one not in there:
            raise UsageError(f"{field} {one!r}: one of {', '.join(map(str, there))}")
    if asked:
        made.add(f"{field} IN ({', '.join('?' * len(asked))})", *asked)
