"""The way of a report through the house; the only file that calls the rooms in order.

reports → reading (sentences) → actors (who is meant) → coding (acts → events) → moves (steps in affairs)
→ folding (one act, many reports) → casebook → standing
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from itertools import islice

from communique.actors.discourse import Discourse
from communique.actors.knowledge import knowledge, words_of
from communique.casebook.kept import Added, Imported, ReportReading
from communique.casebook.store import Casebook
from communique.coding.classifier.model import type_model
from communique.coding.events import Coding, code_report, report_day
from communique.coding.single import rank_types
from communique.errors import CommuniqueError, UsageError
from communique.exchange.foreign import ImportedEvent, ImportTally
from communique.exchange.read import read_foreign
from communique.feeds.watch import FeedRound, Kept, Manners, watch
from communique.folding.fold import fold_events, fold_new
from communique.folding.kept import kept_once, led
from communique.folding.tellings import Telling
from communique.folding.wording import signature
from communique.moves.coded import moves_of_coded
from communique.moves.find import find_moves
from communique.ontology.loader import ontology
from communique.reading.language import is_english
from communique.reading.parser import common_words, parse
from communique.records import DroppedReport, Event, History, Move, Reading, Report, Sentence
from communique.scale.chunks import Manner, Outcome, answer, cut, read_chunks
from communique.scale.local import check_workers, in_order
from communique.scale.resume import Request, Watch, resumable

# Reports parsed together; the parser batches inside, so this only bounds memory.
REPORTS_AT_ONCE = 32
# How much of a text is searched for the names of its title.
TEXT_FOR_NAMES = 4_000
NOT_ENGLISH = "it is taken for another language than English, or for no prose"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with all that reading made of it: sentences, who is meant, and the coding."""

    report: Report
    sentences: tuple[Sentence, ...]
    discourse: Discourse
    coding: Coding
    english: bool

    @property
    def events(self) -> tuple[Event, ...]:
        """The coded events in text order."""
        return self.coding.events

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps that the report tells on the boards of the standing picture; found anew at each call."""
        told = zip(self.coding.events, self.coding.groups, strict=True)
        return find_moves(self.report, self.sentences, self.discourse, told)


def read_reports_fully(
    reports: Iterable[Report],
    on_fault: Callable[[DroppedReport], None] | None = None,
    *,
    second_reading: bool = True,
) -> Iterator[ReadReport]:
    """Read reports lazily, in order, in constant memory; each with its sentences and reasons.

    A report that a fault of ours keeps from being coded raises; with `on_fault` it is handed there
    with its reason, and the others go on. Without the `second_reading` the rules stand alone: the
    classifier neither weighs their acts nor adds any.
    """
    model = type_model() if second_reading else None
    waiting = iter(reports)
    while batch := list(islice(waiting, REPORTS_AT_ONCE)):
        english = [is_english(report.text or report.title or "", common_words()) for report in batch]
        passages = [
            (report.text if told else "", report.title if told else None, _names_in(report))
            for report, told in zip(batch, english, strict=True)
        ]
        for report, told, sentences in zip(batch, english, parse(passages), strict=True):
            try:
                discourse = Discourse(sentences, report_day(report.published))
                coding = code_report(report, sentences, discourse, ontology(), model)
            except Exception as fault:
                if on_fault is None or isinstance(fault, CommuniqueError):
                    raise
                reason = f"a fault in coding it ({type(fault).__name__}: {fault}); please report it with the text"
                on_fault(DroppedReport(report.report_id, reason, report.report_id))
                continue
            yield ReadReport(report, tuple(sentences), discourse, coding, told)


def read(
    text: str, published: date | str | None = None, title: str | None = None, report_id: str | None = None
) -> list[Event]:
    """Give the events that one report tells, in text order.

    `published` (a date or ISO text) resolves relative dates and says who held office; without it
    relative dates stay unresolved. Every event's `anchor` stands in `text` at `start:end` (in
    `title`, for an event that only the title tells: its `sentence` is −1).
    """
    return list(next(read_reports_fully([make_report(text, published, title, report_id)])).events)


def read_many(reports: Iterable[Report], workers: int = 1) -> Iterator[Event]:
    """Give the events of many reports as a lazy stream, in order, in constant memory.

    With more than one of `workers`, as many processes read, each with a model of its own; the events and
    their order are the same. A few chunks of reports are taken ahead of the event that is given.

    Raises UsageError, at the call, for a number of workers that cannot be, and WorkerLost where a process
    ends before its work.
    """
    check_workers(workers)
    return _events(read_all(reports, workers, tell_faults=False))


def _events(outcomes: Iterator[Outcome]) -> Iterator[Event]:
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            yield from outcome.events


def read_all(
    items: Iterable[Report | DroppedReport],
    workers: int = 1,
    *,
    tell_faults: bool = True,
    with_sentences: bool = False,
    with_moves: bool = False,
) -> Generator[Outcome, None, None]:
    """Give what reading each report gave, lazily and in order; what was dropped before is passed on.

    A report that a fault of ours keeps from being coded becomes a DroppedReport; without `tell_faults` it
    raises. With `with_sentences` readings hold their report and its sentences, `with_moves` the steps in affairs as well.
    """
    manner = Manner(read_reports_fully, tell_faults, with_sentences, with_moves)
    if workers == 1:
        yield from read_chunks(manner, items)
        return
    with closing(in_order(partial(answer, manner), cut(items), workers)) as answers:
        for done in answers:
            yield from done.outcomes
            if done.error is not None:
                raise done.error


def history_of_reports(reports: Iterable[Report]) -> History:
    """Give the history that reports tell, without a casebook: what the standing picture is folded from.

    The same act told by several of them is one event.
    """
    full = list(read_reports_fully(reports))
    sentences = {(r.report.report_id, s.index): s.text for r in full for s in r.sentences}
    told = [
        Telling(
            event,
            report_day(r.report.published),
            sentences[r.report.report_id, event.sentence],
            signature(r.report.text),
        )
        for r in full
        for event in r.events
    ]
    kept = kept_once(told)
    return History(kept, led(kept, (move for r in full for move in r.moves)), sentences)


def open_casebook(
    path: str | os.PathLike[str] | None = None, *, read_only: bool = False, patience: float = 30.0
) -> Casebook:
    """Open a casebook that folds the same act told by several reports; without a path, the user's own.

    Other processes may use it as well; what must wait for them waits `patience` seconds at most.

    Raises CasebookError where it cannot be opened; the file stays as it was.
    """
    return Casebook.open(path, read_only=read_only, fold=fold_events, fold_new=fold_new, patience=patience)


def keep_reports(
    casebook: Casebook,
    items: Iterable[Report | DroppedReport],
    workers: int = 1,
    on_outcome: Callable[[Outcome], None] | None = None,
    *,
    reread: bool = False,
) -> Added:
    """Read reports and keep them in a casebook, with their events and moves; give what was done, in numbers.

    A report that is known with the same words is not read again; with `reread` it is where another state of the
    program read it. `on_outcome` is told each reading, or what was dropped, as it comes.
    """
    given = lost = 0

    def counted() -> Iterator[Report | DroppedReport]:
        nonlocal given, lost
        for item in items:
            given += isinstance(item, Report)
            lost += isinstance(item, DroppedReport)
            yield item

    def readings(outcomes: Iterator[Outcome]) -> Iterator[ReportReading | DroppedReport]:
        for outcome in outcomes:
            if on_outcome is not None:
                on_outcome(outcome)
            yield outcome if isinstance(outcome, DroppedReport) else _kept(outcome)

    with closing(read_all(casebook.unknown(counted(), reread=reread), workers, with_moves=True)) as outcomes:
        done = casebook.add(readings(outcomes), reread=reread)
    read = done.added + done.superseded + done.reread + done.unchanged
    return replace(done, unchanged=done.unchanged + max(0, given - read - (done.dropped - lost)))


def read_for_casebook(report: Report) -> ReportReading | DroppedReport:
    """Give what reading one report gave, as `Casebook.add` takes it; DroppedReport where a fault of ours hinders it."""
    outcome = next(read_all([report], with_moves=True))
    return outcome if isinstance(outcome, DroppedReport) else _kept(outcome)


def _kept(reading: Reading) -> ReportReading:
    assert reading.report is not None  # it was read with its moves
    spans = tuple((s.index, s.start, s.end) for s in reading.sentences)
    return ReportReading(reading.report, reading.english, spans, reading.events, reading.moves)


def watch_feeds(casebook: Casebook, feeds: Sequence[str], manners: Manners | None = None) -> Iterator[FeedRound]:
    """Watch RSS and Atom feeds and keep their entries as reports; give each round of each feed as it ends.

    What is known of the feeds between runs stands in a JSON file beside the casebook. `manners` say how often, whether
    once, and what may be asked. Raises as `feeds.watch` does.
    """

    def keep(items: Iterable[Report | DroppedReport]) -> Kept:
        unread: list[DroppedReport] = []

        def look(outcome: Outcome) -> None:
            if isinstance(outcome, DroppedReport):
                unread.append(outcome)
            elif not outcome.english:
                name = (outcome.report.origin if outcome.report else None) or outcome.report_id
                unread.append(DroppedReport(name, NOT_ENGLISH, outcome.report_id))

        done = keep_reports(casebook, items, on_outcome=look)
        return Kept(done.added, done.superseded, done.unchanged, done.events, tuple(unread))

    def holds(report_ids: Iterable[str]) -> bool:
        return all(casebook.report(report_id) is not None for report_id in report_ids)

    remembered = casebook.path.with_name(f"{casebook.path.name}.feeds.json")
    return watch(feeds, keep, remembered, holds, manners)


def import_events(
    casebook: Casebook,
    path: str | os.PathLike[str],
    format: str | None = None,
    start: date | str | None = None,
    on_row: Callable[[ImportTally], None] | None = None,
) -> tuple[Imported, ImportTally]:
    """Keep the events of another dataset's file in a casebook; give what was done, and what could not be coded.

    `format` and `start` are those of `exchange.read_foreign`. `on_row` is told the counts so far, each thousand rows.

    Raises InputError for a file of no format that is known, before anything is kept.
    """
    tally = ImportTally()

    def kept() -> Iterator[ImportedEvent]:
        for item in tally.watch(read_foreign(path, format, start)):
            if on_row is not None and tally.rows % 1_000 == 0:
                on_row(tally)
            if isinstance(item, ImportedEvent):
                yield item

    events = kept()
    first = next(events, None)
    if first is None:
        return Imported(format or "no events"), tally
    counts: dict[str, int] = {}

    def counted() -> Iterator[ImportedEvent]:
        yield first
        yield from events
        counts.update({"refused": tally.rows - tally.kept, "unknown_actors": len(tally.unknown_actors)})

    done = casebook.add_imported(
        counted(), first.dataset, file=os.fspath(path), counts=counts,
        moves_of=lambda row: moves_of_coded(row.event, row.published),
    )  # fmt: skip
    return done, tally


def read_resumably(request: Request, watch: Watch) -> AbstractContextManager[Iterator[Outcome]]:
    """Read files into shards beside the output, which a run that is stopped leaves for the next one.

    Gives the outcomes as read_all would; the shards go when the block ends well.
    """
    return resumable(read_reports_fully, request, watch)


def act_type(marked: str) -> list[tuple[str, float]]:
    """Rank the event types of one sentence whose source and target are marked.

    `marked` holds `<s>…</s>` around the source and `<t>…</t>` around the target, either more than
    once, one of them not at all. Gives (type, probability) pairs, likeliest first, summing to 1.
    Types are PLOVER's as its own data has them: a promise to give way is AGREE there, where `read`
    follows our codebook and codes CONCEDE.
    """
    return rank_types(marked, parse, ontology(), type_model())


def make_report(
    text: str, published: date | str | None = None, title: str | None = None, report_id: str | None = None
) -> Report:
    """Give a report record; without an id it gets a hash of its words.

    Raises UsageError for a day that is no ISO day, and for a text, title or id that is no text.
    """
    for field, value in (("text", text), ("title", title or ""), ("report_id", report_id or "")):
        if not isinstance(value, str):
            raise UsageError(f"{field} {value!r} is a {type(value).__name__}: give it as a str")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise UsageError(f"{field} holds half a character: decode it with errors='replace'") from error
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published.strip())
        except ValueError as error:
            raise UsageError(f"published {published!r}: write the day as 2025-02-25") from error
    if isinstance(published, datetime):
        published = published.date()
    if not isinstance(published, date | None):
        raise UsageError(f"published {published!r} is a {type(published).__name__}: give a date or a day as 2025-02-25")
    if report_id is None:
        report_id = hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()[:16]
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
