"""What persons put right in a casebook: fields of events, whole events, and which events are one act."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime

import duckdb

from communique.casebook import corrections, folds, neighbours
from communique.casebook.handle import Handle
from communique.casebook.kept import Correction, FoldDecision
from communique.casebook.opening import now
from communique.errors import UsageError
from communique.folding.tellings import Telling
from communique.records import Event
from communique.tables import new_text_file


class Correcting(Handle):
    """The part of a casebook that takes corrections and decisions."""

    def correct(
        self, event_id: str, field: str, value: object, who: str, why: str = "", when: datetime | None = None
    ) -> Correction:
        """Give a field of an act another value; `field` is one of `values.FIELDS`, `when` is UTC, now unless told.

        Of several corrections of one field the latest holds. Raises UsageError for what cannot be.
        """
        with self._writing() as connection:
            return corrections.write_correction(connection, event_id, field, value, who, why, when)

    def correct_all(
        self,
        event_id: str,
        values: Iterable[tuple[str, object]],
        who: str,
        why: str = "",
        when: datetime | None = None,
    ) -> list[Correction]:
        """Give several fields of an act other values, in this order: all of them, or none where one cannot be."""
        with self._writing() as connection:
            return [
                corrections.write_correction(connection, event_id, field, value, who, why, when)
                for field, value in values
            ]

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

    def undo_all(self, correction_ids: Iterable[int]) -> list[Correction]:
        """Undo several, the last made first: all of them, or none where one cannot be."""
        with self._writing() as connection:
            return [corrections.undo_correction(connection, one) for one in sorted(set(correction_ids), reverse=True)]

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
