"""Acts counted by day, week, month or year, for the bars of a timeline. Pure functions of counts."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from communique.actors.resolver import bare
from communique.records import KeptEvent

QUADS = (1, 2, 3, 4)
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
UNITS = (DAY, WEEK, MONTH, YEAR)
# The finest unit whose bars still have room: up to so many days from the first act to the last.
_UP_TO_DAYS = ((DAY, 120), (WEEK, 3 * 366), (MONTH, 40 * 366))
_MOST_PERIODS = 1_500
Counted = tuple[date, int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """One bar: its first and last day (ISO, both included), what it is called, and the acts of quads 1 to 4 in it."""

    first: str
    last: str
    name: str
    acts: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        """The acts of all quads."""
        return sum(self.acts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without a gap from the first act to the last; `unit` is day, week, month or year."""

    unit: str
    periods: tuple[Period, ...]

    def as_json(self) -> dict[str, Any]:
        """Give what a chart reads: names, first and last days, and a list of counts a quad."""
        return {
            "unit": self.unit,
            "periods": [period.name for period in self.periods],
            "first": [period.first for period in self.periods],
            "last": [period.last for period in self.periods],
            "quads": {str(quad): [period.acts[quad - 1] for period in self.periods] for quad in QUADS},
        }


def unit_for(first: date, last: date) -> str:
    """Give the unit whose bars fit between two days."""
    days = (last - first).days
    return next((unit for unit, most in _UP_TO_DAYS if days <= most), YEAR)


def timeline(counted: Iterable[Counted], unit: str | None = None, span: tuple[date, date] | None = None) -> Timeline:
    """Give the bars of acts counted as (day, quad, how many); the unit that fits, where none is asked for.

    `span` are the first and last day to show, where others than those of the acts (several timelines on one axis).
    """
    rows = list(counted)
    days = [day for day, _, _ in rows]
    if not days and span is None:
        return Timeline(unit or MONTH, ())
    first, last = span or (min(days), max(days))
    chosen = unit or unit_for(first, last)
    spans = _spans(first, last, chosen)
    while len(spans) > _MOST_PERIODS and chosen != YEAR:
        chosen = UNITS[UNITS.index(chosen) + 1]
        spans = _spans(first, last, chosen)
    acts = {start: [0, 0, 0, 0] for start, _ in spans}
    for day, quad, count in rows:
        if (start := _start(day, chosen)) in acts:
            acts[start][quad - 1] += count
    periods = (
        Period(start.isoformat(), end.isoformat(), _name(start, chosen), _four(acts[start])) for start, end in spans
    )
    return Timeline(chosen, tuple(periods))


@dataclass(frozen=True, slots=True)
class Lanes:
    """The acts of two actors on one axis: those of the first on the second, of the second on the first, and joint ones."""

    there: Timeline
    back: Timeline
    together: Timeline


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How often acts of a type passed each way, and jointly."""

    type: str
    quad: int
    there: int
    back: int
    together: int

    @property
    def total(self) -> int:
        """The acts of all ways."""
        return self.there + self.back + self.together


def way(kept: KeptEvent, a: str, b: str) -> str:
    """Tell which way an act passed: "there" from a to b, "back" from b to a, or "together"."""
    event = kept.event
    if _holds(event.source, a) and _holds(event.target, b):
        return "there"
    return "back" if _holds(event.source, b) and _holds(event.target, a) else "together"


def lanes(events: Iterable[KeptEvent], a: str, b: str, unit: str | None = None) -> Lanes:
    """Give the acts between two actors as three timelines on one axis; acts without any day are left out."""
    parted: dict[str, list[Counted]] = {"there": [], "back": [], "together": []}
    for kept in events:
        day = day_counted(kept)
        if day is not None:
            parted[way(kept, a, b)].append((day, kept.event.quad, 1))
    days = [day for rows in parted.values() for day, _, _ in rows]
    if not days:
        return Lanes(*(timeline((), unit) for _ in parted))
    span = (min(days), max(days))
    return Lanes(*(timeline(rows, unit, span) for rows in parted.values()))


def counts_by_type(events: Iterable[KeptEvent], a: str, b: str) -> tuple[TypeCount, ...]:
    """Give how often acts of each type passed between two actors, the most frequent first."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for kept in events:
        ways = found.setdefault((kept.event.type, kept.event.quad), {"there": 0, "back": 0, "together": 0})
        ways[way(kept, a, b)] += 1
    rows = (TypeCount(type_name, quad, **ways) for (type_name, quad), ways in found.items())
    return tuple(sorted(rows, key=lambda row: (-row.total, row.type, row.quad)))


def day_counted(kept: KeptEvent) -> date | None:
    """Give the first day of an act's date, or its day of publication where it has none; None where neither is known."""
    told = kept.event.date or kept.published
    return date.fromisoformat((told + "-01-01")[:10]) if told else None


def _holds(codes: Iterable[str], code: str) -> bool:
    """A code without a role stands for all its roles."""
    return any(each == code or bare(each) == code for each in codes)


def _start(day: date, unit: str) -> date:
    if unit == WEEK:
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day if unit == DAY else day.replace(day=1) if unit == MONTH else day.replace(month=1, day=1)


def _spans(first: date, last: date, unit: str) -> list[tuple[date, date]]:
    """Give first and last day of all periods that hold days from the first to the last."""
    start = _start(first, unit)
    spans = [(start, _end(start, unit))]
    while spans[-1][1] < last and (len(spans) <= _MOST_PERIODS or unit == YEAR):
        start = spans[-1][1] + timedelta(days=1)
        spans.append((start, _end(start, unit)))
    return spans


def _end(start: date, unit: str) -> date:
    if unit == WEEK:
        return start + timedelta(days=min(6, (date.max - start).days))
    if unit == MONTH:
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start if unit == DAY else start.replace(month=12, day=31)


def _name(start: date, unit: str) -> str:
    return {YEAR: f"{start:%Y}", MONTH: f"{start:%Y-%m}"}.get(unit, start.isoformat())


def _four(counts: list[int]) -> tuple[int, int, int, int]:
    return counts[0], counts[1], counts[2], counts[3]
