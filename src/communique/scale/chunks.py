"""A stream of reports cut into chunks, and what reading one chunk gives: the same whoever reads it.

One process and many cut the same stream at the same places, so both parse the same reports together
and give the same outcomes in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from communique.records import DroppedReport, Event, Move, Reading, Report, Sentence
from communique.scale.child import sendable

CHUNK_REPORTS = 32
"""The most reports that are read together, and that are lost with a worker."""

CHUNK_CHARACTERS = 2_000_000
"""A chunk is closed once its texts are this long, so that long texts do not add up in memory."""

CHUNK_DROPPED = 1_000
"""A chunk is closed once the source has dropped as many, so that a file of junk is told as it is read."""

Outcome = Reading | DroppedReport


class FullReading(Protocol):
    """A report with all that reading made of it, as the pipeline gives it."""

    @property
    def report(self) -> Report:
        """The report as it came in."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in text order."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Its events in text order."""

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps in affairs that it tells."""

    @property
    def english(self) -> bool:
        """Whether it was read, rather than taken for another language."""


class ReadFully(Protocol):
    """The pipeline's way of reading: lazily, in order, with faults handed to `on_fault` where it is given."""

    def __call__(
        self, reports: Iterable[Report], on_fault: Callable[[DroppedReport], None] | None = None
    ) -> Iterator[FullReading]:
        """Read the reports."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Reports that are read together, with what the source dropped before and between them."""

    items: tuple[Report | DroppedReport, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports to be read."""
        return tuple(item for item in self.items if isinstance(item, Report))

    def __str__(self) -> str:
        reports = self.reports
        return f"the reports {reports[0].report_id!r} to {reports[-1].report_id!r}" if reports else "no reports"


@dataclass(frozen=True, slots=True)
class Manner:
    """How chunks are read: by what, whether a fault in a report is told or raised, and with what evidence.

    `with_moves` gives the steps in affairs as well, with the sentences that they stand in.
    """

    read: ReadFully
    tell_faults: bool = True
    with_sentences: bool = False
    with_moves: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back for a chunk: its outcomes, and the error that ended it before its end."""

    outcomes: tuple[Outcome, ...]
    error: Exception | None = None


def cut(items: Iterable[Report | DroppedReport]) -> Iterator[Chunk]:
    """Cut a stream into chunks without taking more from it than each chunk needs.

    An error in the source is raised once the reports before it have been given as a chunk.
    """
    held: list[Report | DroppedReport] = []
    reports = characters = 0
    try:
        for item in items:
            held.append(item)
            if isinstance(item, Report):
                reports += 1
                characters += len(item.text)
            full = reports >= CHUNK_REPORTS or len(held) - reports >= CHUNK_DROPPED
            if full or characters >= CHUNK_CHARACTERS:
                yield Chunk(tuple(held))
                held, reports, characters = [], 0, 0
    except Exception:
        if held:
            yield Chunk(tuple(held))
        raise
    if held:
        yield Chunk(tuple(held))


def read_chunk(manner: Manner, chunk: Chunk) -> Iterator[Outcome]:
    """Give the outcome of each item of a chunk in order, as it comes; what the source dropped as it is."""
    read = _read_reports(manner, chunk.reports)
    for item in chunk.items:
        yield item if isinstance(item, DroppedReport) else next(read)


def _read_reports(manner: Manner, reports: tuple[Report, ...]) -> Iterator[Outcome]:
    """Give one outcome a report, in order: its reading, or its fault where faults are told."""
    faults: list[DroppedReport] = []
    for full in manner.read(reports, faults.append if manner.tell_faults else None):
        yield from faults
        faults.clear()
        shown = full if manner.with_sentences or manner.with_moves else None
        yield Reading(
            full.report.report_id, full.events, full.english,
            shown.report if shown else None, shown.sentences if shown else (),
            full.moves if manner.with_moves else (),
        )  # fmt: skip
    yield from faults


def read_chunks(manner: Manner, items: Iterable[Report | DroppedReport]) -> Iterator[Outcome]:
    """Give the outcomes of a whole stream, in this process."""
    for chunk in cut(items):
        yield from read_chunk(manner, chunk)


def answer(manner: Manner, chunk: Chunk) -> Answer:
    """Read a chunk in a worker: all its outcomes, and instead of raising, the error."""
    outcomes: list[Outcome] = []
    try:
        outcomes.extend(read_chunk(manner, chunk))
    except Exception as error:  # noqa: BLE001
        # Whatever it is, the parent raises it in the place where one process would have.
        return Answer(tuple(outcomes), sendable(error))
    return Answer(tuple(outcomes))
