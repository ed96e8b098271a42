"""The records that go into the casebook and come out of it, besides those of `communique.records`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from communique.records import Event, Move, Report


@dataclass(frozen=True, slots=True)
class ReportReading:
    """A report with what reading it gave: sentences as (index, start, end), events and moves.

    Offsets are of characters in the text; those of sentence −1 are of the title. `english` is False where
    it was taken for another language, or for no prose.
    """

    report: Report
    english: bool = True
    sentences: tuple[tuple[int, int, int], ...] = ()
    events: tuple[Event, ...] = ()
    moves: tuple[Move, ...] = ()


class ForeignEvent(Protocol):
    """An event of another dataset, as `exchange` gives it; `published` is an ISO day, or None."""

    @property
    def event(self) -> Event:
        """The event in our terms."""

    @property
    def dataset(self) -> str | None:
        """The name of the dataset."""

    @property
    def foreign_id(self) -> str | None:
        """The id that the dataset gave it."""

    @property
    def published(self) -> str | None:
        """The day on which the dataset took it in."""


@dataclass(frozen=True, slots=True)
class Added:
    """How adding went, in numbers: reports new, unchanged, superseding an earlier version, dropped; and their events.

    `reread` are reports with the same words that another state of the program has read anew.
    """

    added: int = 0
    unchanged: int = 0
    superseded: int = 0
    reread: int = 0
    dropped: int = 0
    events: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.superseded + other.superseded,
            self.reread + other.reread,
            self.dropped + other.dropped,
            self.events + other.events,
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: rows given, events added, and rows that the casebook knew by their foreign id."""

    dataset: str
    rows: int = 0
    added: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A version of a report as the casebook holds it; `events` is the number of events that it tells.

    `added_at` is UTC. `superseded` is True for a version that a later one replaced.
    """

    report: Report
    version: int
    superseded: bool
    english: bool
    added_at: datetime
    events: int = 0


@dataclass(frozen=True, slots=True)
class FoldDecision:
    """What a person said about two events: the same act or not. `withdrawn_at` is None while it holds; times are UTC."""

    decision_id: int
    event_a: str
    event_b: str
    same: bool
    who: str
    why: str
    made_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person put right. `kind` is field, delete or add; `value` and `former` are JSON-ready.

    `told` is the event as it was told when it was put right. `attached` is False where no report tells
    the event any more; the correction waits for it. `undone_at` is None while it holds. Times are UTC.
    """

    correction_id: int
    event_id: str
    kind: str
    field: str | None
    value: object
    former: object
    told: Event
    sentence_text: str
    who: str
    why: str
    made_at: datetime
    undone_at: datetime | None = None
    attached: bool = True


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """A forecast as it was made. It is about the days after `as_of`, up to and with `until` (both ISO days).

    `forecast_id` is a hash of all of it but `made_at`. `reasons` are the precedents in words. `made_at` is UTC; where
    it is None, the casebook puts in when it was kept.
    """

    forecast_id: str
    as_of: str
    until: str
    horizon_days: int
    source: str
    target: str
    kind: str
    probability: float
    low: float
    high: float
    base_rate: float
    learned: bool
    reasons: tuple[str, ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What an analyst follows: actors and contexts over a time, under a name of small letters, digits and hyphens.

    `since` and `until` are ISO days, months or years, None where it is open. `made_at` and `changed_at` are UTC; the
    casebook sets them.
    """

    name: str
    title: str
    actors: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    note: str = ""
    made_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report in which words were found: its title, day, and the piece of its words where they stand."""

    report_id: str
    title: str | None
    published: date | None
    snippet: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event in whose sentence words were found. `day` is its date as far as known, else the day it was told."""

    event_id: str
    report_id: str
    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    day: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found, the newest first, some of each; `more_reports`, `more_events`: whether there are more."""

    words: tuple[str, ...]
    reports: tuple[FoundReport, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    more_reports: bool = False
    more_events: bool = False


@dataclass(frozen=True, slots=True)
class ActorCount:
    """How many acts an actor code stands in, on either side, its own and those of its roles; and its last day."""

    code: str
    events: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many acts of a quad class begin on a day."""

    day: date
    quad: int
    events: int


@dataclass(frozen=True, slots=True)
class DyadCount:
    """How many acts there are between two actors without their roles, either way; `a` comes before `b`."""

    a: str
    b: str
    events: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a casebook holds, in numbers; `tellings` are events before folding, `events` the acts of today."""

    reports: int
    versions: int
    dropped: int
    tellings: int
    events: int
    moves: int
    corrections: int
    decisions: int
    first_day: date | None = None
    last_day: date | None = None
    datasets: dict[str, int] = field(default_factory=dict)


def content_hash(report: Report) -> str:
    """Give a hash of what a report says: title, text and day. Its origin takes no part."""
    digest = hashlib.sha256()
    day = None if report.published is None else report.published.isoformat()
    for part in (report.title, report.text, day):
        words = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(f"{-1 if part is None else len(words)}:".encode() + words)
    return digest.hexdigest()[:32]
