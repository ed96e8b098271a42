"""What an import gives: events, rows that were left out with their reason, and the tally of both."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from communique.exchange.crosswalk import Meaning
from communique.exchange.layouts import Layout
from communique.exchange.parties import Party
from communique.records import DateBasis, DatePrecision, Event, Status

_Key = TypeVar("_Key", bound=str)


class Reason(StrEnum):
    """Why a row of another dataset gives no event."""

    COLUMNS = "columns missing or too many"
    QUOTES = "quotation marks that do not close"
    ENCODING = "not UTF-8"
    NO_ID = "no identifier"
    DATE = "no date, or one that is none"
    UNKNOWN_CODE = "an event code that the crosswalk does not hold"
    STATEMENT = "a statement, which is no event by the codebook"
    NO_ACT = "no act of one actor toward another"
    UNKNOWN_ACTORS = "no side that we know"


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event of another dataset in our terms, with the dataset's name and its own identifier.

    `published` is the ISO day on which the dataset took the event in, None where it does not say.
    `unknown_actors` and `unknown_codes` are what could not be put into our codes, as the dataset writes it.
    """

    event: Event
    dataset: str
    foreign_id: str
    published: str | None
    unknown_actors: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that gives no event: where it stands, why, and what in it was the matter."""

    origin: str
    line: int
    reason: Reason
    detail: str = ""
    foreign_id: str | None = None
    unknown_actors: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row, understood: what its dataset says, in our terms, before it becomes an event."""

    foreign_id: str
    date: str
    meaning: Meaning
    wording: str
    source: Party
    target: Party
    location: str | None = None
    published: str | None = None
    precision: DatePrecision = DatePrecision.DAY
    context: tuple[str, ...] = ()
    status: Status = Status.OCCURRED
    unknown_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that was understood to be no event of ours, before its place in the file is known."""

    reason: Reason
    detail: str = ""
    foreign_id: str | None = None
    unknown_codes: tuple[str, ...] = ()


def event_of(row: ForeignRow, layout: Layout) -> ImportedEvent | NotTaken:
    """Make the event of a row; a row of which no side is known is not taken.

    The identity of the event hangs on the dataset and its identifier alone, so that a later import of the
    same row gives the same event.
    """
    source, target, meaning = row.source, row.target, row.meaning
    if not source.codes and not target.codes:
        return NotTaken(Reason.UNKNOWN_ACTORS, f"{source.text} → {target.text}", row.foreign_id)
    event = Event(
        event_id=hashlib.sha256(f"{layout.dataset}|{row.foreign_id}".encode()).hexdigest()[:16],
        report_id=f"{layout.prefix}:{row.foreign_id}",
        sentence=0,
        type=meaning.type,
        mode=meaning.mode,
        quad=meaning.quad,
        cameo=meaning.cameo,
        intensity=meaning.intensity,
        source=source.codes,
        target=target.codes,
        source_text=source.text,
        target_text=target.text,
        status=row.status,
        claimed_by=None,
        condition=None,
        date=row.date,
        date_precision=row.precision,
        date_basis=DateBasis.STATED,
        location=row.location,
        context=row.context,
        anchor="",
        start=0,
        end=0,
        confidence=layout.confidence,
        rule=f"import {layout.dataset}: {row.wording}",
    )
    return ImportedEvent(
        event,
        layout.dataset,
        row.foreign_id,
        row.published,
        source.unknown + target.unknown,
        source.unknown_codes + target.unknown_codes + row.unknown_codes,
    )


@dataclass(slots=True)
class ImportTally:
    """What an import gave, counted while it streams: `for item in tally.watch(read_foreign(path))`.

    `both_known` counts the kept rows whose two sides have codes. `unknown_actors` and `unknown_codes` count
    the names and codes that we do not hold, in kept rows and in refused ones.
    """

    rows: int = 0
    kept: int = 0
    both_known: int = 0
    refused: Counter[Reason] = field(default_factory=Counter)
    unknown_actors: Counter[str] = field(default_factory=Counter)
    unknown_codes: Counter[str] = field(default_factory=Counter)

    def watch(self, items: Iterable[ImportedEvent | Refused]) -> Iterator[ImportedEvent | Refused]:
        """Give the items on, each counted."""
        for item in items:
            self.add(item)
            yield item

    def add(self, item: ImportedEvent | Refused) -> None:
        """Count one item."""
        self.rows += 1
        if isinstance(item, Refused):
            self.refused[item.reason] += 1
        else:
            self.kept += 1
            self.both_known += bool(item.event.source and item.event.target)
        if item.unknown_actors:
            self.unknown_actors.update(item.unknown_actors)
        if item.unknown_codes:
            self.unknown_codes.update(item.unknown_codes)

    def top_unknown_actors(self, count: int = 20) -> list[tuple[str, int]]:
        """Give the names and codes of actors that we do not hold, the commonest first, then by name."""
        return _top(self.unknown_actors, count)

    def top_unknown_codes(self, count: int = 20) -> list[tuple[str, int]]:
        """Give the codes of events, groups and modes that we do not hold, the commonest first, then by code."""
        return _top(self.unknown_codes, count)

    def as_row(self) -> dict[str, object]:
        """Give the whole tally, JSON-ready: numbers, reasons, and all that is unknown, the commonest first."""
        return {
            "rows": self.rows,
            "kept": self.kept,
            "both_known": self.both_known,
            "refused": {reason.value: count for reason, count in _top(self.refused, len(self.refused))},
            "unknown_actors": dict(_top(self.unknown_actors, len(self.unknown_actors))),
            "unknown_codes": dict(_top(self.unknown_codes, len(self.unknown_codes))),
        }


def _top(counts: Counter[_Key], number: int) -> list[tuple[_Key, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:number]
