"""What an exported row needs of an event: its day, its dataset, and the pairs of actors it is cut into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from communique.records import DatePrecision, Event, KeptEvent, Status


class LeftOut(StrEnum):
    """Why an event has no row in a table that knows only deeds of a day between actors."""

    STATUS = "planned, hypothetical or denied, for which the table has no place"
    DATE = "no day of its own, and no day of publication within its date"
    ACTORS = "no actor"


@dataclass(slots=True)
class ExportTally:
    """What a writer did: rows written, events that they tell, and events left out by reason."""

    rows: int = 0
    events: int = 0
    left_out: Counter[LeftOut] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what is known of its reports; `day` is the ISO day that stands for it."""

    event: Event
    day: str
    published: str | None
    reports: int
    tellings: int
    dataset: str | None
    foreign_id: str | None


def tellings_of(events: Iterable[KeptEvent | Event], tally: ExportTally) -> Iterator[tuple[Telling, list[Pair]]]:
    """Give each event that a table of deeds can hold with its pairs of actors, the others counted as left out."""
    for item in events:
        kept = item if isinstance(item, KeptEvent) else KeptEvent(item, None, ())
        event = kept.event
        day = _day(event, kept.published)
        pairs = pairs_of(event)
        if event.status is not Status.OCCURRED:
            tally.left_out[LeftOut.STATUS] += 1
        elif day is None:
            tally.left_out[LeftOut.DATE] += 1
        elif not pairs:
            tally.left_out[LeftOut.ACTORS] += 1
        else:
            tally.events += 1
            tally.rows += len(pairs)
            reports = len({report for _, report in kept.tellings}) or 1
            yield (
                Telling(event, day, kept.published, reports, len(kept.tellings) or 1, kept.dataset, kept.foreign_id),
                pairs,
            )


Pair = tuple[str, str]


def pairs_of(event: Event) -> list[Pair]:
    """Give the pairs (source, target) of an event, "" for a side that is not there.

    A joint act gives a pair for each of its actors, a reciprocal one (several sources, no target) a pair
    each way, as ICEWS and GDELT have it.
    """
    sources, targets = event.source, event.target
    if not targets and len(sources) > 1:
        return [(one, other) for one in sources for other in sources if one != other]
    if not sources and not targets:
        return []
    return [(source, target) for source in sources or ("",) for target in targets or ("",)]


def identifier(telling: Telling, number: int, dataset: str, several: bool) -> str:
    """Give a row's identifier: the one it came with where it goes back to its own dataset, else ours."""
    if telling.dataset == dataset and telling.foreign_id and not several:
        return telling.foreign_id
    own = telling.event.event_id
    return f"{own}-{number}" if several else own


def _day(event: Event, published: str | None) -> str | None:
    """The event's day, else the day of publication where that does not contradict what is known of the date."""
    if event.date is not None and event.date_precision is DatePrecision.DAY:
        return event.date
    if published is not None and published.startswith(event.date or ""):
        return published
    return None
