"""What folding compares of a telling: sides, the days on which the act may have been, place, wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.actors.knowledge import plain
from communique.actors.resolver import bare
from communique.folding.rules import rules
from communique.folding.tellings import Telling
from communique.folding.wording import Wording, wording
from communique.records import DateBasis, DatePrecision, Event, Status


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which an act may have been, as ordinals of `date`, both ends included.

    `day` tells that it is one day by the report's own words, `dated` that the report gives any date at all.
    `likeliest` is that day, or the day of the report for what has just happened; None for a wider date.
    """

    first: int
    last: int
    day: bool
    dated: bool
    likeliest: int | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One telling, prepared for comparison; sides are bare codes."""

    event_id: str
    report_id: str
    type: str
    mode: str | None
    status: str
    source: frozenset[str]
    target: frozenset[str]
    roles: frozenset[str]
    reciprocal: bool
    context: frozenset[str]
    place: str
    span: Span
    published: int | None
    wording: Wording
    signature: bytes

    @property
    def told_for(self) -> int:
        """The first day of its date, or the day of its report where that alone is known."""
        if self.published is not None and (not self.span.dated or self.span.likeliest == self.published):
            return self.published
        return self.span.first

    @property
    def parties(self) -> frozenset[str]:
        """All who take part, on whichever side."""
        return self.source | self.target


def trace(telling: Telling) -> Trace | None:
    """Prepare a telling; None where it cannot be folded by rule: no sentence, no day to lay it on, no actor."""
    event = telling.event
    published = _ordinal(telling.published)
    found = span(event, published)
    if found is None or not telling.sentence_text or not event.source:
        return None
    source = frozenset(bare(code) for code in event.source)
    target = frozenset(bare(code) for code in event.target)
    return Trace(
        event_id=event.event_id,
        report_id=event.report_id,
        type=event.type,
        mode=event.mode,
        status=event.status.value,
        source=source,
        target=target,
        roles=frozenset(code for code in event.target if "/" in code),
        reciprocal=not target and len(source) > 1,
        context=frozenset(event.context),
        place=plain(event.location or "").lower(),
        span=found,
        published=published,
        wording=wording(telling.sentence_text, event.anchor, event.type),
        signature=telling.signature,
    )


def days_of(telling: Telling) -> tuple[date, date] | None:
    """Give the first and last day on which a telling's act may have been, None where nothing tells.

    Two tellings can only be one act where these stretches, widened by `clock_days`, meet: a store that keeps both
    days can look for neighbours by them.
    """
    found = span(telling.event, _ordinal(telling.published))
    return (date.fromordinal(found.first), date.fromordinal(found.last)) if found else None


def span(event: Event, published: int | None) -> Span | None:
    """Lay an event on the calendar by its date, its precision and its basis."""
    known = rules()
    if event.date is not None and event.date_basis is not DateBasis.PUBLISHED:
        return _stated(event.date, event.date_precision)
    if published is None:
        return _stated(event.date, event.date_precision) if event.date is not None else None
    if event.date is not None:  # news: it has just happened
        return Span(published - known.fresh_days, published, False, True, published)
    ahead = known.background_days if event.status in {Status.PLANNED, Status.HYPOTHETICAL} else 0
    return Span(max(1, published - known.background_days), published + ahead, False, False)


def _stated(written: str, precision: DatePrecision | None) -> Span | None:
    """The day, month or year that the date names; None for one that is not on the calendar."""
    parts = [int(part) for part in written.split("-")]
    try:
        if precision is DatePrecision.DAY or (precision is None and len(parts) == 3):
            day = date(*parts).toordinal()
            return Span(day, day, True, True, day)
        year, month = parts[0], parts[1] if len(parts) > 1 else None
        if month is None:
            return Span(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), False, True)
        start = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max
    except ValueError:
        return None
    return Span(start.toordinal(), end.toordinal() - 1, False, True)


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
