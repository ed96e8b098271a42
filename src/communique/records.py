"""The frozen records that pass from room to room.

reports → `Report` → reading → `Sentence` of `Token`, `Mention`, `Act` → actors → `Resolution`
→ coding → `Event`. Nothing here computes; every record is immutable and hashable.
"""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one report gave, light enough to be sent between processes and kept in a file.

    `english` is False for a report that was taken for another language, or for no prose. `report`,
    `sentences` and `moves` are there only where they were asked for: to show the events with their evidence, or to keep them.
    """

    report_id: str
    events: tuple[Event, ...]
    english: bool
    report: Report | None = None
    sentences: tuple[Sentence, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One word as the parser saw it; `head` is the index of its governor in the sentence.

    `start` and `end` are offsets in the passage (the report's text, or its title). For a
    headline `text` is the word as the parser read it, often in lower case; the passage keeps it as printed.
    """

    index: int
    text: str
    lemma: str
    part_of_speech: str
    tag: str
    relation: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence: its place in the report (−1 is the title), its words and their tree."""

    index: int
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    passage: str

    @property
    def start(self) -> int:
        """Offset of the first word in the passage."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last word in the passage."""
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        """The sentence as it stands in the passage."""
        return self.passage[self.start : self.end]

    def related(self, head: int, *relations: str) -> tuple[int, ...]:
        """Children of `head` that stand in one of `relations` to it, in text order."""
        tokens = self.tokens
        return tuple(child for child in self.children[head] if tokens[child].relation in relations)

    def subtree(self, head: int) -> list[int]:
        """Indexes of `head` and everything below it, in text order."""
        found, stack = [], [head]
        while stack:
            current = stack.pop()
            found.append(current)
            stack.extend(self.children[current])
        return sorted(found)

    def ancestors(self, index: int) -> list[int]:
        """Indexes from the governor of `index` up to the root."""
        chain: list[int] = []
        tokens = self.tokens
        while tokens[index].head != index and len(chain) < len(tokens):
            index = tokens[index].head
            chain.append(index)
        return chain


@dataclass(frozen=True, slots=True)
class Act:
    """A word that may carry an act, with its grammatical surroundings; all numbers are tokens.

    `kind` is verb, noun or adjective. `subjects` are those who act in the active voice (the
    by-phrase of a passive), `objects` those who undergo it. `prepositions` pairs a preposition
    with its noun. `complements` pairs a form (infinitive, that, ing) with the governed word.
    """

    trigger: int
    kind: str
    lemma: str
    passive: bool
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    prepositions: tuple[tuple[str, int], ...]
    complements: tuple[tuple[str, int], ...]
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a mention means: actor codes as in the codebook, and why they were chosen.

    `kind` tells how the mention names them: name, role, demonym, person, place, pronoun.
    """

    codes: tuple[str, ...]
    text: str
    why: str
    kind: str


class Board(StrEnum):
    """The boards of the standing picture that are made of moves; alignments are made of the events themselves."""

    SANCTIONS = "sanctions"
    AGREEMENTS = "agreements"
    TALKS = "talks"
    POSITIONS = "positions"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Move:
    """One step in an affair, as one sentence tells it: sanctions imposed, an agreement left, talks refused.

    `board` says which affair it moves and `step` how (the steps of each board stand in moves/data).
    `source` makes the step and `target` undergoes it; where it is made jointly all are in `source`.
    `through` are those who mediate, host or speak for another. `about` names the object: kinds of
    measures (sanctions), the agreement's code, the question of talks or of a position, the resolution voted on.
    `form` is the form of talks (direct, indirect, mediated, multilateral) or the vote (for, against,
    abstained). `stance` is for, against or conditional (positions). `speaker` is the person in whose
    mouth the words are. `terms` are what was given for what, each as (giver, what) in the report's words.

    `event_id` is the event that makes the step, None where the sentence tells it without an event.
    `date` is an ISO day, month or year, None where the report tells none; `published` is the day of the
    report. `words` stand in the report exactly as here.
    """

    board: Board
    step: str
    report_id: str
    sentence: int
    event_id: str | None
    source: tuple[str, ...]
    target: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    form: str | None = None
    stance: str | None = None
    speaker: str | None = None
    place: str | None = None
    terms: tuple[tuple[str, str], ...] = ()
    status: Status = Status.OCCURRED
    condition: str | None = None
    date: str | None = None
    published: str | None = None
    words: str = ""
    order: int = 0
    """Its place in the report's telling, so that steps of one day keep the order they were told in."""


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as the casebook holds it: corrected, with every report that tells it.

    `event` is the telling that stands for all. `published` is the first day on which a report told it.
    `tellings` are the (event_id, report_id) of all, this one included; `sentence_text` its sentence.
    """

    event: Event
    published: str | None
    tellings: tuple[tuple[str, str], ...]
    sentence_text: str = ""
    dataset: str | None = None
    foreign_id: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What the standing picture is folded from: events and moves in any order, and the sentences behind them.

    `sentences` maps (report_id, sentence index) to the sentence as it stands in the report.
    """

    events: tuple[KeptEvent, ...] = ()
    moves: tuple[Move, ...] = ()
    sentences: Mapping[tuple[str, int], str] = field(default_factory=dict)
