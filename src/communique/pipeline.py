"""The way of a report through the house; the only file that calls the rooms in order.

reports → reading (sentences) → actors (who is meant) → coding (acts → events)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from communique.actors.discourse import Discourse
from communique.actors.knowledge import knowledge, words_of
from communique.coding.events import Coding, code_report, report_day
from communique.coding.single import rank_types
from communique.errors import UsageError
from communique.ontology.loader import ontology
from communique.reading.language import is_english
from communique.reading.parser import parse
from communique.records import Event, Report, Sentence

# Reports parsed together; the parser batches inside, so this only bounds memory.
REPORTS_AT_ONCE = 32
# How much of a text is searched for the names of its title.
TEXT_FOR_NAMES = 4_000


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with all that reading made of it: sentences, who is meant, and the coding."""

    report: Report
    sentences: tuple[Sentence, ...]
    discourse: Discourse
    coding: Coding

    @property
    def events(self) -> tuple[Event, ...]:
        """The coded events in text order."""
        return self.coding.events


def read_reports_fully(reports: Iterable[Report]) -> Iterator[ReadReport]:
    """Read reports lazily, in order, in constant memory; each with its sentences and reasons."""
    waiting = iter(reports)
    while batch := list(islice(waiting, REPORTS_AT_ONCE)):
        passages = []
        for report in batch:
            english = is_english(report.text or report.title or "")
            passages.append((report.text if english else "", report.title if english else None, _names_in(report)))
        for report, sentences in zip(batch, parse(passages), strict=True):
            discourse = Discourse(sentences, report_day(report.published))
            yield ReadReport(report, tuple(sentences), discourse, code_report(report, sentences, discourse, ontology()))


def read(
    text: str, published: date | str | None = None, title: str | None = None, report_id: str | None = None
) -> list[Event]:
    """Give the events that one report tells, in text order.

    `published` (a date or ISO text) resolves relative dates and says who held office; without it
    relative dates stay unresolved. Every event's `anchor` stands in `text` at `start:end` (in
    `title`, for an event that only the title tells: its `sentence` is −1).
    """
    return list(next(read_reports_fully([make_report(text, published, title, report_id)])).events)


def read_many(reports: Iterable[Report]) -> Iterator[Event]:
    """Give the events of many reports as a lazy stream, in order, in constant memory."""
    for done in read_reports_fully(reports):
        yield from done.events


def act_type(marked: str) -> list[tuple[str, float]]:
    """Rank the event types of one sentence whose source and target are marked.

    `marked` holds `<s>…</s>` around the source and `<t>…</t>` around the target, either more than
    once, one of them not at all. Gives (type, probability) pairs, likeliest first, summing to 1.
    """
    return rank_types(marked, parse, ontology())


def make_report(
    text: str, published: date | str | None = None, title: str | None = None, report_id: str | None = None
) -> Report:
    """Give a report record; without an id it gets a hash of its words.

    Raises UsageError for a date that is no ISO day.
    """
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published.strip()[:10])
        except ValueError as error:
            raise UsageError(f"published {published!r}: write the day as 2025-02-25") from error
    if report_id is None:
        report_id = hashlib.sha256(f"{title or ''}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Report(report_id, text, title, published)


@cache
def _name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of known names: those of states and bodies, and the surnames of office holders."""
    firm: set[str] = set()
    persons: set[str] = set()
    for name, entries in knowledge().names.items():
        words = {word for word in name.split(" ") if word[:1].isupper()}
        (persons if all(entry.kind in {"person", "place"} for entry in entries) else firm).update(words)
    return frozenset(firm), frozenset(persons - firm)


def _names_in(report: Report) -> frozenset[str]:
    """Words that keep their capital when the report's headlines are read as sentences.

    A surname only if it is no English word or stands in the text as well: "Law" is mostly the law.
    """
    firm, persons = _name_words()
    in_text = {word for word, _, _ in words_of(report.text[:TEXT_FOR_NAMES])}
    return firm | (persons & in_text) if report.title else firm
