"""What all boards share: moves in the order of their days, and the history and evidence of a row.

Pure functions of moves: the same moves in any order of arrival give the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from communique.actors.resolver import bare
from communique.records import Move, Status

# Looked up once: a member of an enumeration costs more at each look than the comparison.
_OCCURRED = Status.OCCURRED


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a row's history: on `date` (ISO day, month or year) `step` was made, as `words` of a report say.

    `actors` made it. `status` tells a step that occurred from one planned, supposed or denied.
    """

    date: str | None
    step: str
    actors: tuple[str, ...]
    status: Status
    words: str
    report_id: str
    sentence: int
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that a row stands on."""

    report_id: str
    sentence: int
    text: str


def day_of(move: Move) -> str | None:
    """Give the day, month or year on which a move takes effect: its own date, else that of its report.

    A plan, a supposition or a denial takes effect when it is published, whatever day it speaks of.
    """
    if move.status is _OCCURRED and move.date:
        return move.date
    return move.published or move.date


def sort_day(day: str | None) -> str:
    """Give a day, month or year as an ISO day that sorts: the first day of a month or year, "" where none is known."""
    return "" if day is None else (day + "-01-01")[:10] if len(day) < 10 else day


def standing_at(moves: Iterable[Move], as_of: date | None) -> list[Move]:
    """Give the moves that had taken effect by `as_of` (all where it is None), oldest first, in a stable order."""
    limit = as_of.isoformat() if as_of else "9999-12-31"
    kept = [move for move in moves if sort_day(day_of(move)) <= limit]
    return sorted(kept, key=_key)


def _key(move: Move) -> tuple[str, str, str, int, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return (
        sort_day(day_of(move)), move.published or "", move.report_id, move.order, move.board.value, move.step,
        move.source, move.target, move.about,
    )  # fmt: skip


def step_of(move: Move) -> Step:
    """Give the line that a move leaves in a row's history."""
    return Step(
        day_of(move), move.step, move.source, move.status, move.words, move.report_id, move.sentence, move.event_id
    )


def history_of(moves: Iterable[Move]) -> tuple[Step, ...]:
    """Give the history of a row from its moves in order; what one sentence tells twice in the same words is one line."""
    return tuple(dict.fromkeys(step_of(move) for move in moves))


def events_of(moves: Iterable[Move]) -> tuple[str, ...]:
    """Give the ids of the events behind moves, each once, in order."""
    return tuple(dict.fromkeys(move.event_id for move in moves if move.event_id))


def evidence_of(moves: Iterable[Move], sentences: Mapping[tuple[str, int], str]) -> tuple[Evidence, ...]:
    """Give the sentences behind moves, each once, in order; the moves' own words where the sentence is not kept."""
    found: dict[tuple[str, int], Evidence] = {}
    for move in moves:
        place = (move.report_id, move.sentence)
        found.setdefault(place, Evidence(*place, sentences.get(place, move.words)))
    return tuple(found.values())


def touches(codes: Iterable[str], about: Collection[str]) -> bool:
    """Tell whether one of the actors is asked about, roles aside; about nobody in particular, all are."""
    wanted = {bare(code) for code in about}
    return not wanted or any(bare(code) in wanted for code in codes)


def as_json(value: Any) -> Any:
    """Give a record, or anything in it, as JSON has it: records as objects with their field names, tuples and sets as lists.

    Days are ISO texts, moments (UTC) ISO texts with a Z.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [as_json(item) for item in value]
    return value
