"""A stream of reports cut into chunks, and what reading one chunk gives: the same whoever reads it.

One process and many cut the same stream at the same places, so both parse the same reports together
and give the same outcomes in the same order.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from communique.records import DroppedReport, Event, Reading, Report, Sentence

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
    """Reports that are read together, and what the source dropped before and between them."""

    dropped: tuple[DroppedReport, ...]
    reports: tuple[Report, ...]

    def __str__(self) -> str:
        if not self.reports:
            return "no reports"
        return f"the reports {self.reports[0].report_id!r} to {self.reports[-1].report_id!r}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How chunks are read: by what, whether a fault in a report is told or raised, and with what evidence."""

    read: ReadFully
    tell_faults: bool = True
    with_sentences: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back for a chunk: its outcomes, and the error that ended it before its end."""

    outcomes: tuple[Outcome, ...]
    error: Exception | None = None


def cut(items: Iterable[Report | DroppedReport]) -> Iterator[Chunk]:
    """Cut a stream into chunks without taking more from it than each chunk needs.

    An error in the source is raised once the reports before it have been given as a chunk.
    """
    dropped: list[DroppedReport] = []
    reports: list[Report] = []
    characters = 0
    try:
        for item in items:
            if isinstance(item, DroppedReport):
                dropped.append(item)
            else:
                reports.append(item)
                characters += len(item.text)
            full = len(reports) >= CHUNK_REPORTS or len(dropped) >= CHUNK_DROPPED
            if full or characters >= CHUNK_CHARACTERS:
                yield Chunk(tuple(dropped), tuple(reports))
                dropped, reports, characters = [], [], 0
    except Exception:
        if reports or dropped:
            yield Chunk(tuple(dropped), tuple(reports))
        raise
    if reports or dropped:
        yield Chunk(tuple(dropped), tuple(reports))


def read_chunk(manner: Manner, chunk: Chunk) -> Iterator[Outcome]:
    """Give the outcomes of one chunk, each as it comes: what the source dropped, then report by report."""
    yield from chunk.dropped
    faults: list[DroppedReport] = []
    try:
        for full in manner.read(chunk.reports, faults.append if manner.tell_faults else None):
            yield from faults
            faults.clear()
            shown = full if manner.with_sentences else None
            yield Reading(
                full.report.report_id, full.events, full.english,
                shown.report if shown else None, shown.sentences if shown else (),
            )  # fmt: skip
    except Exception:
        yield from faults
        raise
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
        return Answer(tuple(outcomes), _sendable(error))
    return Answer(tuple(outcomes))


def _sendable(error: Exception) -> Exception:
    """Give the error itself where it survives the way to another process, else one with the same words."""
    try:
        pickle.loads(pickle.dumps(error))
    except (pickle.PickleError, TypeError, ValueError, AttributeError, ImportError, LookupError):
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
