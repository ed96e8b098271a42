"""What the standing picture is folded from: only what the boards that are asked for need, corrected and folded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import duckdb

from communique.casebook.filters import last_day
from communique.casebook.unpacking import (
    KEPT_SELECTION,
    MOVE_SELECTION,
    column_batches,
    kept_events_of,
    moves_of,
)
from communique.errors import UsageError
from communique.memory import no_collecting
from communique.records import Board, History, KeptEvent, Move, Status

ALIGNMENTS = "alignments"
BOARDS = (*(board.value for board in Board), ALIGNMENTS)
# Who else is party to an agreement or votes on a resolution belongs to its row, whoever is asked about.
_WHOLE = frozenset({Board.AGREEMENTS.value, Board.VOTES.value})

_CORRECTED = """
WITH put_right AS (
    SELECT corrections.*, coalesce(folds.act_id, corrections.event_id) AS act
    FROM corrections LEFT JOIN folds ON folds.event_id = corrections.event_id
    WHERE undone_at IS NULL AND kind <> 'add'
), attached AS (
    SELECT * FROM put_right WHERE event_id IN (SELECT event_id FROM tellings WHERE live)
), members AS (
    SELECT act, act AS event_id FROM attached UNION SELECT act_id, folds.event_id FROM folds
    WHERE act_id IN (SELECT act FROM attached)
)
SELECT tellings.event_id, tellings.type, attached.kind, attached.sets
FROM attached JOIN members USING (act) JOIN tellings ON tellings.event_id = members.event_id AND tellings.live
ORDER BY attached.made_at, attached.correction_id
"""

_MOVES = f"""
WITH leads AS (
    SELECT unnest(list_transform(tellings, lambda one: one.event_id)) AS telling, event_id AS lead
    FROM events WHERE told > 1
)
SELECT {MOVE_SELECTION.replace("moves.event_id", "coalesce(leads.lead, moves.event_id)")}, sentence_text, moves.event_id
FROM moves LEFT JOIN leads ON leads.telling = moves.event_id
"""


@dataclass(slots=True)
class _Fixes:
    """What persons put right about the event of a move."""

    type: str
    deleted: bool = False
    sets: dict[str, Any] = field(default_factory=dict)

    def laid_over(self, move: Move) -> Move | None:
        """Give the move as it stands corrected; None where its event is gone or has become another type."""
        if self.deleted or self.sets.get("type", self.type) != self.type:
            return None
        changes: dict[str, Any] = {side: tuple(self.sets[side]) for side in ("source", "target") if side in self.sets}
        if "status" in self.sets:
            changes["status"] = Status(self.sets["status"])
        if "date" in self.sets:
            changes["date"] = self.sets["date"]
        return replace(move, **changes)


def history(
    connection: duckdb.DuckDBPyConnection,
    about: Iterable[str] | None = None,
    boards: Iterable[str] | None = None,
    as_of: str | date | None = None,
) -> History:
    """Give events and moves for boards, all of them where none is named, with the sentences they stand in.

    `about` are actors; sanctions, talks, positions and alignments are narrowed to them, a bare code standing
    for all its roles, while agreements and votes come whole, for the others in them belong to their rows.
    `as_of` leaves out what cannot have taken effect by then: neither its date nor the day it was told is as
    early. Moves carry the id of the act that their event is folded into.

    Raises UsageError for a board that there is not, and for a day that is none.
    """
    wanted = _boards(boards)
    day = None if as_of is None else last_day(as_of, "as_of")
    codes = None if about is None else sorted(set([about] if isinstance(about, str) else about))
    sentences: dict[tuple[str, int], str] = {}
    events: tuple[KeptEvent, ...] = ()
    with no_collecting():
        if ALIGNMENTS in wanted:
            events = _events(connection, codes, day, sentences)
        elif Board.AGREEMENTS in wanted:
            # What no sentence names is told by meetings around its signature.
            events = _events(connection, codes, day, sentences, "dataset IS NOT NULL AND quad <= 2")
        moves = _moves(connection, [board for board in wanted if board != ALIGNMENTS], codes, day, sentences)
    return History(events, moves, sentences)


def _boards(boards: Iterable[str] | None) -> tuple[str, ...]:
    if boards is None:
        return BOARDS
    named = [str(board) for board in ([boards] if isinstance(boards, str) else boards)]
    for board in named:
        if board not in BOARDS:
            raise UsageError(f"board {board!r}: one of {', '.join(BOARDS)}")
    return tuple(board for board in BOARDS if board in named)


def _events(
    connection: duckdb.DuckDBPyConnection,
    codes: list[str] | None,
    day: date | None,
    sentences: dict[tuple[str, int], str],
    which: str = "true",
) -> tuple[KeptEvent, ...]:
    conditions = [which]
    values: list[object] = []
    if codes is not None:
        conditions.append("(list_has_any(source_actors, ?) OR list_has_any(target_actors, ?))")
        values += [codes, codes]
    if day is not None:
        conditions.append("(least(first_day, published) <= ? OR (first_day IS NULL AND published IS NULL))")
        values.append(day)
    query = f"SELECT {KEPT_SELECTION} FROM events WHERE {' AND '.join(conditions)} ORDER BY first_day, event_id"
    kept: list[KeptEvent] = []
    for columns in column_batches(connection, query, values):
        kept += kept_events_of(columns)
        _note(sentences, columns[1], columns[2], columns[27])
    return tuple(kept)


def _note(sentences: dict[tuple[str, int], str], report_ids: list[str], indexes: list[int], texts: list[str]) -> None:
    sentences.update(
        ((report_id, index), text) for report_id, index, text in zip(report_ids, indexes, texts, strict=True) if text
    )


def _moves(
    connection: duckdb.DuckDBPyConnection,
    boards: Sequence[str],
    codes: list[str] | None,
    day: date | None,
    sentences: dict[tuple[str, int], str],
) -> tuple[Move, ...]:
    if not boards:
        return ()
    fixes = _fixes(connection)
    conditions = ["live AND board IN (SELECT unnest(?))"]
    values: list[object] = [list(boards)]
    if codes is not None:
        sides = "list_concat(moves.source, moves.target, moves.through, moves.about)"
        bare = f"list_transform({sides}, lambda code: split_part(code, '/', 1))"
        conditions.append(
            f"(board IN (SELECT unnest(?)) OR list_has_any({sides}, ?) OR list_has_any({bare}, ?)"
            " OR list_contains(CAST(? AS VARCHAR[]), moves.event_id))"
        )
        values += [sorted(_WHOLE), codes, codes, sorted(fixes)]
    if day is not None:
        conditions.append(
            "(least(first_day, try_cast(moves.published AS DATE)) <= ? OR (first_day IS NULL AND moves.published IS NULL)"
            " OR list_contains(CAST(? AS VARCHAR[]), moves.event_id))"
        )
        values += [day, sorted(fixes)]
    query = f'{_MOVES} WHERE {" AND ".join(conditions)} ORDER BY board, first_day, report_id, sentence, "order", step'
    made: list[Move] = []
    for columns in column_batches(connection, query, values):
        moves = moves_of(columns)
        _note(sentences, columns[2], columns[3], columns[20])
        if fixes:
            laid = (
                (fixes[told].laid_over(move) if told in fixes else move)
                for move, told in zip(moves, columns[21], strict=True)
            )
            moves = [move for move in laid if move is not None]
        made += moves
    return tuple(made)


def _fixes(connection: duckdb.DuckDBPyConnection) -> dict[str, _Fixes]:
    """Give, for each telling of an act that was put right, what was put right; later words win."""
    fixes: dict[str, _Fixes] = {}
    for event_id, type_name, kind, sets in connection.execute(_CORRECTED).fetchall():
        fix = fixes.setdefault(event_id, _Fixes(type_name))
        if kind == "delete":
            fix.deleted = True
        else:
            fix.sets.update(json.loads(sets))
    return fixes
