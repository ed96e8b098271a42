"""The casebook: one DuckDB file that keeps reports, events and moves, folds and corrects them, and gives them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from communique.casebook import folds, imports, writing
from communique.casebook.asking import Asking
from communique.casebook.correcting import Correcting
from communique.casebook.kept import Added, ForeignEvent, Imported, ReportReading
from communique.casebook.opening import now
from communique.casebook.remembering import Remembering
from communique.records import DroppedReport, Report


class Casebook(Asking, Correcting, Remembering):
    """A casebook that is open; use `Casebook.open` with `with`, or call `close` when done.

    What changes it is one transaction each, or one a batch: an error, Ctrl-C or kill −9 leaves the file with all
    batches before and nothing of this one. Many threads and processes may use one file at once, each with a
    `Casebook` of its own or threads with one between them: readers see what was kept before, never half a
    change, and writes wait for one another (`door` tells how). The methods stand in the classes it is made of.
    """

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
