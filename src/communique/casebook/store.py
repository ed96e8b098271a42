"""The casebook: one DuckDB file that keeps reports, events and moves, folds and corrects them, and gives them back."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import duckdb

from communique.casebook import corrections, folds, frames, imports, neighbours, reading, writing
from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.history import history
from communique.casebook.kept import (
    Added,
    Contents,
    Correction,
    FoldDecision,
    ForeignEvent,
    Imported,
    KeptReport,
    ReportReading,
)
from communique.casebook.opening import default_path, now, open_database, quiet_rollback, translated
from communique.errors import CasebookError, UsageError
from communique.folding.tellings import Telling
from communique.records import DroppedReport, Event, History, KeptEvent, Report
from communique.tables import new_text_file

if TYPE_CHECKING:
    import polars


class Casebook:
    """A casebook that is open; use `Casebook.open` with `with`, or call `close` when done.

    What changes it is one transaction each, or one a batch: an error, Ctrl-C or kill −9 leaves the file with all
    batches before and nothing of this one. It may be used by several threads; writes wait for one another.
    """

    def __init__(
        self, path: Path, connection: duckdb.DuckDBPyConnection, *, read_only: bool, folding: folds.Folding | None
    ):
        self.path = path
        self.read_only = read_only
        self._folding = folding
        self._connection: duckdb.DuckDBPyConnection | None = connection
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        read_only: bool = False,
        fold: folds.Fold | None = None,
        fold_new: folds.FoldNew | None = None,
    ) -> Casebook:
        """Open the casebook at `path`, or at `default_path()`; a missing one is made, an older one backed up and migrated.

        `fold` tells which events of different reports are one act (`folding.fold_events`); with it every `add` folds
        what came in with what lies near, by `fold_new` (`folding.fold_new`) just as if all were folded anew. Without
        it each event is an act of its own, but for what persons decide.

        Raises CasebookError: a folder, no casebook, damaged, newer, in use, not writable; the file stays as it was.
        """
        place = default_path() if path is None else Path(path)
        folding = None if fold is None else folds.Folding(fold, fold_new)
        return cls(place, open_database(place, read_only=read_only), read_only=read_only, folding=folding)

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                with translated(self.path):
                    connection.close()

    def __enter__(self) -> Casebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give the connection with a transaction, which is kept when the block ends well and undone when not."""
        with self._lock, translated(self.path):
            connection = self._opened()
            if self.read_only:
                raise CasebookError(f"{self.path}: was opened for reading only; open it without read_only to change it")
            connection.execute("BEGIN TRANSACTION")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                quiet_rollback(connection)
                raise

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection of its own to the open file, so that readers and a writer do not meet."""
        with translated(self.path):
            with self._lock:
                cursor = self._opened().cursor()
            try:
                yield cursor
            finally:
                cursor.close()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            raise CasebookError(f"{self.path}: was closed; open it again")
        return self._connection

    # Adding

    def add(self, readings: Iterable[ReportReading | DroppedReport], *, reread: bool = False) -> Added:
        """Keep reports with their events and moves, in batches, and fold them; give what was done.

        A report that is known with the same words changes nothing; with `reread` it does where another state of the
        program read it before. With other words it becomes the next version, and the earlier stays in the file.

        Raises UsageError for a reading that contradicts its report; the batches before it are kept.
        """
        done = Added()
        for batch in writing.batches(readings):
            with self._writing() as connection:
                written = writing.write_batch(connection, batch, reread=reread)
                if self._folding is not None:
                    folds.refold_near(connection, self._folding, [*written.fresh, *written.retired])
                done += written.counts
        return done

    def is_known(self, report: Report, *, reread: bool = False) -> bool:
        """Tell whether adding this report would change nothing, so that it need not be read.

        With `reread` a report that another state of the program has read is not known.
        """
        with self._reading() as connection:
            known = writing.known_reports(connection, [report.report_id]).get(report.report_id)
            return known is not None and writing.is_same(known, report, reread=reread)

    def unknown(
        self, reports: Iterable[Report | DroppedReport], *, reread: bool = False
    ) -> Iterator[Report | DroppedReport]:
        """Give, lazily and in order, the reports that the casebook does not know as they are; dropped ones pass."""
        passed: set[str] = set()
        for batch in writing.batches(reports, writing.REPORTS_LOOKED_UP):
            ids = [item.report_id for item in batch if isinstance(item, Report)]
            with self._reading() as connection:
                known = writing.known_reports(connection, ids)
            for item in batch:
                if not isinstance(item, Report):
                    yield item
                    continue
                before = known.get(item.report_id)
                # What went by under this id may not be written yet, so that `before` would be out of date.
                if before is None or item.report_id in passed or not writing.is_same(before, item, reread=reread):
                    passed.add(item.report_id)
                    yield item

    def add_imported(
        self,
        events: Iterable[ForeignEvent],
        dataset: str,
        *,
        file: str | None = None,
        moves_of: imports.MovesOf | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> Imported:
        """Keep the events of another dataset, streaming, each once by its foreign id; give what was done.

        `moves_of` gives the moves that an event makes. `counts` is what the row of the import shall tell besides
        (unknown codes, rows refused); it is read when all events are in. Nothing is folded; `refold` does it.

        Raises UsageError for an event without a foreign id or of another dataset; the batches before it are kept.
        """
        done, begun_at = Imported(dataset), now()
        for batch in imports.in_batches(events):
            with self._writing() as connection:
                written = imports.write_imported(connection, batch, dataset, moves_of)
            done = Imported(dataset, *(getattr(done, n) + getattr(written, n) for n in ("rows", "added", "known")))
        with self._writing() as connection:
            imports.record_import(connection, done, file, counts or {}, begun_at)
        return done

    def imports(self) -> list[dict[str, object]]:
        """Give all imports: dataset, file, rows, added, known, counts, begun_at, ended_at (UTC)."""
        with self._reading() as connection:
            return imports.imports_made(connection)

    # Asking

    def events(self, wanted: EventFilter | None = None) -> list[KeptEvent]:
        """Give the events that a filter asks for: folded, corrected, of today; UsageError for a filter that cannot be."""
        return list(self.stream(wanted))

    def stream(self, wanted: EventFilter | None = None) -> Iterator[KeptEvent]:
        """Give the same as `events`, some thousands in memory at once; for exports."""
        with self._reading() as connection:
            yield from reading.stream_events(connection, wanted or EventFilter())

    def event(self, event_id: str) -> KeptEvent | None:
        """Give the act that an event belongs to, by the id of any telling; None where there is none."""
        return next(iter(self.events(EventFilter(event_ids=[event_id], limit=1))), None)

    def count(self, wanted: EventFilter | None = None) -> int:
        """Give how many events a filter asks for, regardless of its limit."""
        with self._reading() as connection:
            return reading.count_events(connection, wanted or EventFilter())

    def timeline(
        self, a: str, b: str, since: str | date | None = None, until: str | date | None = None
    ) -> list[KeptEvent]:
        """Give all acts between two actors, either way, by date; a bare code ("USA") means its roles too."""
        return self.events(EventFilter(dyad=(a, b), since=since, until=until))

    def frame(self, wanted: EventFilter | None = None) -> polars.DataFrame:
        """Give the events that a filter asks for as a Polars frame; `.to_pandas()` makes it one of pandas."""
        with self._reading() as connection:
            return frames.events_frame(connection, wanted or EventFilter())

    def sql(
        self,
        query: str,
        values: Sequence[object] | Mapping[str, object] | None = None,
        *,
        seconds: float | None = None,
    ) -> polars.DataFrame:
        """Run one query that only reads and give its rows; it reaches no file, no network and no extension.

        `values` fill its `?` or `$name`. Raises UsageError where it does more than read, is not understood, or
        takes longer than `seconds`.
        """
        with self._reading() as connection:
            return frames.run_sql(connection, query, values, seconds)

    def reports(self, wanted: ReportFilter | None = None) -> list[KeptReport]:
        """Give the reports that a filter asks for, by day of publication."""
        with self._reading() as connection:
            return list(reading.stream_reports(connection, wanted or ReportFilter()))

    def report(self, report_id: str) -> KeptReport | None:
        """Give the current version of a report; None where there is none."""
        return next(iter(self.reports(ReportFilter(report_id=report_id))), None)

    def sentences(self, report_id: str, version: int | None = None) -> dict[int, str]:
        """Give the sentences of a report by their index (−1 is the title), of the current version unless told."""
        with self._reading() as connection:
            return reading.sentences_of(connection, report_id, version)

    def dropped(self) -> list[DroppedReport]:
        """Give the reports that could not be read, with the reason."""
        with self._reading() as connection:
            return reading.dropped_reports(connection)

    def contents(self) -> Contents:
        """Count what the casebook holds."""
        with self._reading() as connection:
            return reading.contents(connection)

    def history(
        self,
        about: Iterable[str] | None = None,
        boards: Iterable[str] | None = None,
        as_of: str | date | None = None,
    ) -> History:
        """Give what the boards named (all, where none is) are folded from; see `history.history` for what is left out."""
        with self._reading() as connection:
            return history(connection, about, boards, as_of)

    # Putting right

    def correct(
        self, event_id: str, field: str, value: object, who: str, why: str = "", when: datetime | None = None
    ) -> Correction:
        """Give a field of an act another value; `field` is one of `values.FIELDS`, `when` is UTC, now unless told.

        Of several corrections of one field the latest holds. Raises UsageError for what cannot be.
        """
        with self._writing() as connection:
            return corrections.write_correction(connection, event_id, field, value, who, why, when)

    def delete(self, event_id: str, who: str, why: str = "", when: datetime | None = None) -> Correction:
        """Take an act, with all that tell it, out of the picture; UsageError where there is none."""
        with self._writing() as connection:
            return corrections.write_deletion(connection, event_id, who, why, when)

    def add_event(
        self,
        event: Event,
        who: str,
        why: str = "",
        when: datetime | None = None,
        *,
        published: str | None = None,
        sentence_text: str = "",
    ) -> Correction:
        """Keep an event that reading did not find; without an event_id it gets one. UsageError for what cannot be."""
        with self._writing() as connection:
            return corrections.write_addition(connection, event, who, why, when, published, sentence_text)

    def undo(self, correction_id: int) -> Correction:
        """Undo a correction, a deletion or an addition, which stays listed; UsageError where none holds."""
        with self._writing() as connection:
            return corrections.undo_correction(connection, correction_id)

    def corrections(self) -> list[Correction]:
        """Give all corrections, also those undone and those whose event no report tells any more."""
        with self._reading() as connection:
            return corrections.all_corrections(connection)

    def export_corrections(self, target: str | os.PathLike[str]) -> int:
        """Write the corrections that hold as JSONL to learn from, and give their number; see `training_rows`."""
        rows = list(corrections.training_rows(self.corrections()))
        with new_text_file(target) as file:
            for row in rows:
                file.write(corrections.as_json(row) + "\n")
        return len(rows)

    # Folding

    def set_folds(self, groups: Iterable[Iterable[str]]) -> None:
        """Make each group of event ids one act; a group of one is an act of its own; others stay as they are."""
        with self._writing() as connection:
            folds.write_folds(connection, groups)

    def refold(self, event_ids: Iterable[str] | None = None, *, imported: bool = False) -> None:
        """Fold these events anew with what lies near, or all of them, with or without those of other datasets.

        Raises UsageError where the casebook was opened without `fold`.
        """
        if self._folding is None:
            raise UsageError("this casebook was opened without fold; open it with folding.fold_events")
        with self._writing() as connection:
            if event_ids is None:
                folds.refold(connection, self._folding.fold, folds.all_ids(connection, imported=imported))
            else:
                folds.refold_near(connection, self._folding, event_ids)

    def decide(
        self, event_a: str, event_b: str, same: bool, who: str, why: str = "", when: datetime | None = None
    ) -> FoldDecision:
        """Say that two events are the same act, or are not; it holds against what folding finds, until undecided."""
        with self._writing() as connection:
            made = folds.write_decision(connection, event_a, event_b, same, who, why, when or now())
            self._bring_about(connection, event_a, event_b, same)
            return made

    def undecide(self, decision_id: int) -> FoldDecision:
        """Withdraw a decision; the two events are folded anew, or without `fold` parted again where it had joined them."""
        with self._writing() as connection:
            gone = folds.withdraw_decision(connection, decision_id)
            if self._folding is not None or gone.same:
                self._bring_about(connection, gone.event_a, gone.event_b, False)
            return gone

    def decisions(self) -> list[FoldDecision]:
        """Give what persons said about pairs of events, also what was withdrawn."""
        with self._reading() as connection:
            return folds.decisions_made(connection)

    def tellings(self, event_ids: Iterable[str]) -> list[Telling]:
        """Give these events as their reports tell them: not folded, not corrected."""
        with self._reading() as connection:
            return neighbours.tellings_of(connection, event_ids)

    def tellings_near(self, event_ids: Iterable[str], days: int | None = None) -> list[Telling]:
        """Give these events and those of any report that may tell the same acts.

        Those share two actors (one, where either names no more) and begin within `days` of them (by folding's rules,
        where it is None); with all that are folded with any of them.
        """
        with self._reading() as connection:
            near = neighbours.ids_near(connection, event_ids, days)
            return neighbours.tellings_of(connection, folds.ids_together(connection, near))

    def _bring_about(self, connection: duckdb.DuckDBPyConnection, event_a: str, event_b: str, same: bool) -> None:
        if self._folding is not None:
            folds.refold_near(connection, self._folding, [event_a, event_b])
        else:
            folds.fold_as_decided(connection, event_a, event_b, same)
