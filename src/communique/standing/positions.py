"""Who holds what on which question: for, against or conditional, in which words, since when, and what he held before.

A pure fold of moves: one row for each actor, person who speaks for it, and matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from communique.actors.resolver import bare
from communique.records import Board, Move
from communique.standing.steps import Evidence, Step, day_of, events_of, evidence_of, history_of, standing_at

_OPENING = ("“", '"', "‘", "«")


@dataclass(frozen=True, slots=True)
class EarlierStance:
    """The stance that a row had before: what it was, since when, in which words."""

    stance: str
    since: str | None
    words: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one actor holds on one matter.

    `actor` is a code, `holder` the person in whose mouth it is, None where no person is named. `on_kind` is talks,
    agreement, sanctions, proposal, question or actor, and `on` names it. `stance` is for, against or conditional, and
    `condition` what binds it. `words` are the newest that tell it, quoted ones before others. `since` is the day on
    which the stance was first told, `previous` the one before it. `changed` is the day on which the stance or its
    condition last became another.
    """

    actor: str
    holder: str | None
    on: str
    on_kind: str
    stance: str
    words: str
    condition: str | None
    since: str | None
    previous: EarlierStance | None
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


def positions(
    moves: Iterable[Move], as_of: date | None = None, sentences: Mapping[tuple[str, int], str] | None = None
) -> tuple[PositionRow, ...]:
    """Give every position that was told by `as_of` (all where it is None), by actor, holder and matter.

    `sentences` maps (report_id, sentence index) to the sentence, for the evidence.
    """
    texts = sentences or {}
    grouped: dict[tuple[str, str, str, str], list[Move]] = defaultdict(list)
    for move in standing_at((move for move in moves if move.board is Board.POSITIONS), as_of):
        if move.stance is not None:
            for kind, what in _matters(move):
                for actor in move.source:
                    grouped[actor, move.speaker or "", kind, what].append(move)
    return tuple(_row(*key, grouped[key], texts) for key in sorted(grouped))


def _matters(move: Move) -> tuple[tuple[str, str], ...]:
    """Give what a move is on; a coded one that names only a kind, or nothing, is on those who undergo it."""
    if len(move.about) == 2:
        return ((move.about[0], move.about[1]),)
    others = tuple(dict.fromkeys(map(bare, move.target)))
    if move.about == ("talks",) and others:
        return (("talks", f"talks with {', '.join(sorted(others))}"),)
    return tuple(("actor", code) for code in others)


def _row(
    actor: str, holder: str, kind: str, what: str, told: list[Move], texts: Mapping[tuple[str, int], str]
) -> PositionRow:
    runs: list[list[Move]] = []
    for move in told:
        if runs and runs[-1][-1].stance == move.stance:
            runs[-1].append(move)
        else:
            runs.append([move])
    present = runs[-1]
    earlier = runs[-2] if len(runs) > 1 else None
    before = None
    if earlier is not None:
        before = EarlierStance(str(earlier[0].stance), day_of(earlier[0]), _words(earlier, texts))
    return PositionRow(
        actor,
        holder or None,
        what,
        kind,
        str(present[-1].stance),
        _words(present, texts),
        next((move.condition for move in reversed(present) if move.condition), None),
        day_of(present[0]),
        before,
        events_of(told),
        _changed(told),
        history_of(told),
        evidence_of(told, texts),
    )


def _changed(told: list[Move]) -> str | None:
    """Give the day of the last move that told another stance, or another condition, than was told before."""
    stance: str | None = None
    condition: str | None = None
    changed: str | None = None
    for move in told:
        if move.stance != stance or (move.condition and move.condition != condition):
            changed = day_of(move)
            condition = move.condition if move.stance != stance else (move.condition or condition)
            stance = move.stance
    return changed


def _words(run: list[Move], texts: Mapping[tuple[str, int], str]) -> str:
    """Give the newest words of a run that are a quotation, else the newest."""
    for move in reversed(run):
        text = texts.get((move.report_id, move.sentence), "")
        if any(mark + move.words in text for mark in _OPENING):
            return move.words
    return run[-1].words
