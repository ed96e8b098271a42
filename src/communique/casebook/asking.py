"""What a casebook is asked: events, reports, their sentences, tables and counts, and the history behind the boards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from communique.casebook import frames, known_then, reading, searching
from communique.casebook.filters import EventFilter, ReportFilter, utc
from communique.casebook.handle import Handle
from communique.casebook.history import history
from communique.casebook.kept import ActorCount, Contents, DayCount, DyadCount, KeptReport, SearchAnswer
from communique.casebook.values import contexts_known, near_words
from communique.errors import UsageError
from communique.records import DroppedReport, History, KeptEvent

if TYPE_CHECKING:
    import polars


class Asking(Handle):
    """The part of a casebook that only reads."""

    def events(self, wanted: EventFilter | None = None) -> list[KeptEvent]:
        """Give the events that a filter asks for: folded, corrected, of today; UsageError for a filter that cannot be."""
        with self._reading() as connection:
            return list(reading.stream_events(connection, wanted or EventFilter()))

    def stream(self, wanted: EventFilter | None = None) -> Iterator[KeptEvent]:
        """Give the same as `events`, some thousands in memory at once; for exports.

        All are of the moment when the first was asked for. Where there are many, the rest waits in a temporary file,
        so that nobody who changes the casebook meanwhile has to wait for the end of the stream.
        """
        with self._reading() as connection:
            found = reading.events_set_aside(connection, wanted or EventFilter())
        yield from found

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

    def search(self, words: str, limit: int = 20) -> SearchAnswer:
        """Look for reports and events by words that all stand in title or text, or in the sentence; newest first.

        Case is disregarded, and no sign means anything but itself. Raises UsageError for no word.
        """
        with self._reading() as connection:
            return searching.found_words(connection, words, limit)

    def actors(self, limit: int | None = None) -> list[ActorCount]:
        """Give actor codes by how many acts they stand in, on either side; a bare code counts the acts of its roles."""
        with self._reading() as connection:
            return searching.actor_counts(connection, limit)

    def days(self, wanted: EventFilter | None = None) -> list[DayCount]:
        """Give how many acts of each quad class begin on each day that has any, regardless of the filter's limit."""
        with self._reading() as connection:
            return searching.day_counts(connection, wanted or EventFilter())

    def dyads(self, wanted: EventFilter | None = None, limit: int | None = None) -> list[DyadCount]:
        """Give pairs of actors without their roles by how many acts lie between them, regardless of the filter's limit.

        An act without another side lies between all who do it together; one that mediates also between the two sides.
        """
        with self._reading() as connection:
            return searching.dyad_counts(connection, wanted or EventFilter(), limit)

    def check_names(self, wanted: EventFilter) -> None:
        """Raise UsageError, with what is near, for a context or a dataset that there is not; it would find nothing."""
        with self._reading() as connection:
            contexts = contexts_known(connection)
            datasets = list(reading.contents(connection).datasets)
        asked = (
            [] if wanted.context is None else [wanted.context] if isinstance(wanted.context, str) else wanted.context
        )
        for context in asked:
            if context not in contexts:
                raise UsageError(f"context {context!r}: no event has it{near_words(context, contexts)}")
        if wanted.dataset is not None and wanted.dataset not in datasets:
            raise UsageError(f"dataset {wanted.dataset!r}: was not imported{near_words(wanted.dataset, datasets)}")

    def contexts(self) -> list[str]:
        """Give the contexts that events may have: those that reading finds, and those that are in the casebook."""
        with self._reading() as connection:
            return contexts_known(connection)

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
        *,
        known_by: datetime | None = None,
    ) -> History:
        """Give what the boards named (all, where none is) are folded from; see `history.history` for what is left out.

        With `known_by` (UTC where it names no zone) it is what they would have been folded from at that moment: the
        reports in their versions of then with what they told, the imports and the corrections of then. What cannot be
        undone: which events are one act is taken as it stands today, also where a person said so later; a report that
        was read anew since is as it was read then, but rules of the boards are those of today; and imported events
        whose import an older communique kept count from the end of the last import of their dataset.
        """
        with self._reading() as connection:
            if known_by is not None:
                known_then.lay_over(connection, utc(known_by))
            return history(connection, about, boards, as_of)
