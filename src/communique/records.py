"""The frozen records that pass from room to room.

reports → `Report` → reading → `Sentence` of `Token`, `Mention`, `Act` → actors → `Resolution`
→ coding → `Event`. Nothing here computes; every record is immutable and hashable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Whether an act happened, as the codebook has it."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class DatePrecision(StrEnum):
    """How much of an event's date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateBasis(StrEnum):
    """Where an event's date comes from: written out, counted from publication, or publication."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as it came in.

    `published` is the day of publication or None where nothing tells it. `origin` names the file,
    row or URL it came from, for messages and for the reader; it takes no part in coding.
    """

    report_id: str
    text: str
    title: str | None = None
    published: date | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class DroppedReport:
    """A report that could not be read, with the reason: the row that a batch leaves for it."""

    origin: str
    reason: str
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event: who did what to whom, when, whether it happened, on whose word.

    `start` and `end` are character offsets of `anchor` in the report's text; for an event told
    only in the title (`sentence` is -1) they are offsets in the title. `intensity` is Goldstein's
    scale, −10 (war) … 10 (merger). `confidence` is 0…1. `anchors` holds every telling that was
    folded into this event, the first one included, as (sentence, start, end).
    """

    event_id: str
    report_id: str
    sentence: int
    type: str
    mode: str | None
    quad: int
    cameo: str
    intensity: float
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_text: str
    target_text: str
    status: Status
    claimed_by: str | None
    condition: str | None
    date: str | None
    date_precision: DatePrecision | None
    date_basis: DateBasis | None
    location: str | None
    context: tuple[str, ...]
    anchor: str
    start: int
    end: int
    confidence: float
    rule: str
    anchors: tuple[tuple[int, int, int], ...] = field(default=())

    def as_row(self) -> dict[str, Any]:
        """Give the event as one flat row with the names of DESIGN's record, JSON-ready."""
        row: dict[str, Any] = {}
        for name in EVENT_COLUMNS:
            value = getattr(self, name)
            if isinstance(value, tuple):
                value = [list(item) if isinstance(item, tuple) else item for item in value]
            elif isinstance(value, StrEnum):
                value = value.value
            row[name] = value
        return row


EVENT_COLUMNS: tuple[str, ...] = tuple(Event.__dataclass_fields__)
