"""The board of sanctions: who sanctions whom, on what, how it stands, since when, and what relief was spoken of.

A pure fold of moves: the same moves in any order of arrival give the same rows. One row for each sender, target and
kind of measure. Steps about sanctions in general also move the rows of the kinds: a general lifting lifts the oil
embargo too, and sanctions reimposed in general bring it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from communique.actors.resolver import bare
from communique.records import Board, Move, Status
from communique.standing.steps import (
    Evidence,
    Step,
    day_of,
    events_of,
    evidence_of,
    history_of,
    sort_day,
    standing_at,
)

ALL = "all"
# Tariffs that are raised are new measures, where none were known.
TARIFFS = "tariffs"
THREATENED, IN_FORCE, WIDENED, EASED = "threatened", "in force", "widened", "eased"
SUSPENDED, LIFTED, SNAPPED_BACK = "suspended", "lifted", "snapped back"
_STANDING = frozenset({IN_FORCE, WIDENED, EASED, SNAPPED_BACK})
_BURDENS = frozenset({"threaten", "impose", "widen", "renew", "reimpose", "snap back"})
_RELIEF = {"ease": EASED, "suspend": SUSPENDED, "lift": LIFTED}
_TALK_OF_RELIEF = frozenset({"offer relief", "ask relief", "refuse relief", "relief by agreement"})
# Steps about sanctions in general that move the rows of the kinds whatever these are at.
_FOR_EVERY_KIND = frozenset({"ease", "suspend", "lift", "reimpose", "snap back"}) | _TALK_OF_RELIEF
# How many days after a lifting a report must speak of sanctions in force to be heard: earlier ones look back.
_LOOKING_BACK = 90


@dataclass(frozen=True, slots=True)
class Relief:
    """Relief offered or asked for: by whom, when (ISO day, month or year), in which words, on which condition."""

    by: tuple[str, ...]
    date: str | None
    words: str
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """Sanctions of one sender on one target, of one kind (`on`; "all" for sanctions in general).

    `on_words` are a report's own words for them. `since` is the start of the present spell: the day, month or year
    (ISO) on which measures now in force were imposed or put back, or on which they were lifted, suspended or
    threatened; None where no report tells it. `imposed` is the first time known. `relief_by` are the agreements that
    give or gave relief. `changed` is the date of the last step that changed the row's status or spoke of relief.
    """

    sender: str
    target: str
    on: str
    on_words: str
    status: str
    since: str | None
    imposed: str | None
    relief_offered: tuple[Relief, ...]
    relief_asked: tuple[Relief, ...]
    relief_by: tuple[str, ...]
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class _Spell:
    """How a row stands while its moves are folded; `put_back` tells that the present spell began by a reimposition."""

    status: str | None = None
    since: str | None = None
    imposed: str | None = None
    put_back: bool = False
    changed: str | None = None
    offered: list[Relief] = field(default_factory=list)
    asked: list[Relief] = field(default_factory=list)
    by: list[str] = field(default_factory=list)

    def turn(self, status: str, since: str | None, day: str | None) -> None:
        """Take on a status with the start of its spell."""
        if (self.status, self.since) != (status, since):
            self.changed = day
        self.status, self.since = status, since


def sanctions(
    moves: Iterable[Move], as_of: date | None = None, sentences: Mapping[tuple[str, int], str] | None = None
) -> tuple[SanctionRow, ...]:
    """Give the rows of the board at the end of `as_of` (of all moves, where it is None), by sender, target and kind.

    `sentences` maps (report_id, sentence) to its text, for the evidence; without it the moves' own words stand there.
    """
    told = standing_at((move for move in moves if move.board is Board.SANCTIONS), as_of)
    known: dict[str, dict[str, set[str]]] = {}
    for move in told:
        for sender, target in _pairs(move):
            known.setdefault(target, {}).setdefault(sender, set()).update(move.about or (ALL,))
    pairs: dict[tuple[str, str], list[Move]] = {}
    for move in told:
        for pair in _pairs(move) or _only_sender(move, known):
            pairs.setdefault(pair, []).append(move)
    rows: list[SanctionRow] = []
    for (sender, target), own in sorted(pairs.items()):
        kinds = {kind for move in own for kind in move.about}
        if any(not move.about for move in own):
            kinds.add(ALL)
        for kind in sorted(kinds):
            row = _row(sender, target, kind, own, sentences or {})
            if row is not None:
                rows.append(row)
    return tuple(rows)


def _pairs(move: Move) -> list[tuple[str, str]]:
    """Give the (sender, target) pairs of a move: who asks for relief is the target, or speaks for it."""
    if move.step == "ask relief":
        sides = (move.target, move.through or move.source)
    else:
        sides = (move.source, move.target)
    senders, targets = (dict.fromkeys(bare(code) for code in side) for side in sides)
    return [(sender, target) for sender in senders for target in targets if sender != target]


def _only_sender(move: Move, known: Mapping[str, Mapping[str, set[str]]]) -> list[tuple[str, str]]:
    """ "Sanctions on Sudan were lifted", "Sudan asks for relief": whose sanctions, if only one sender's are known.

    `known` maps target → sender → kinds told of.
    """
    asks = move.step == "ask relief"
    if move.target if asks else move.source:
        return []
    found: list[tuple[str, str]] = []
    for target in dict.fromkeys(bare(code) for code in (move.source if asks else move.target)):
        senders = [s for s, kinds in known.get(target, {}).items() if not move.about or kinds & {*move.about, ALL}]
        if len(senders) == 1:
            found.append((senders[0], target))
    return found


def _row(
    sender: str, target: str, kind: str, moves: list[Move], sentences: Mapping[tuple[str, int], str]
) -> SanctionRow | None:
    """Fold the moves of one pair into the row of one kind; None where nothing tells of that kind's being there."""
    spell = _Spell()
    kept: list[Move] = []
    own_words, told = "", False
    for move in moves:
        about_kind = kind in move.about or (kind == ALL and not move.about)
        if not about_kind and not _moves_every_kind(move, kind, spell):
            continue
        if move.status in {Status.DENIED, Status.HYPOTHETICAL}:
            continue
        kept.append(move)
        _step(spell, move)
        told = told or about_kind
        if about_kind and (not own_words or (move.step in _BURDENS - {"threaten"} and move.status is Status.OCCURRED)):
            own_words = move.words
    if spell.status is None or not told:
        return None
    return SanctionRow(
        sender, target, kind, own_words, spell.status, spell.since, spell.imposed, tuple(dict.fromkeys(spell.offered)),
        tuple(dict.fromkeys(spell.asked)), tuple(dict.fromkeys(spell.by)), events_of(kept), spell.changed,
        history_of(kept), evidence_of(kept, sentences),
    )  # fmt: skip


def _moves_every_kind(move: Move, kind: str, spell: _Spell) -> bool:
    """Tell whether a step about sanctions in general moves the row of a kind.

    New sanctions in general say nothing of the kind, unless it was lifted: then they bring it back.
    """
    if move.about or kind == ALL:
        return False
    if move.step in _FOR_EVERY_KIND:
        return True
    return move.step == "impose" and move.status is Status.OCCURRED and spell.status in {LIFTED, SUSPENDED}


def _step(spell: _Spell, move: Move) -> None:
    day = day_of(move)
    if move.step in _TALK_OF_RELIEF:
        _talk_of_relief(spell, move, day)
    elif move.step in _RELIEF:
        _relieve(spell, move, day)
    elif move.step == "in force" or move.step == "renew":
        _found_in_force(spell, move, day)
    elif move.step in _BURDENS:
        _burden(spell, move, day)


def _burden(spell: _Spell, move: Move, day: str | None) -> None:
    if move.step == "threaten" or move.status is Status.PLANNED:
        if spell.status in {None, LIFTED}:
            spell.turn(THREATENED, day, day)
        return
    spell.changed = day
    if move.step != "widen":
        spell.imposed = spell.imposed or day
    standing = spell.status in _STANDING
    if move.step == "snap back":
        spell.turn(SNAPPED_BACK, day, day)
        spell.put_back = True
    elif move.step == "reimpose":
        goes_on = spell.status in {IN_FORCE, WIDENED, SNAPPED_BACK} and spell.put_back
        status = spell.status if goes_on and spell.status is not None else IN_FORCE
        spell.turn(status, spell.since if goes_on else day, day)
        spell.put_back = True
    elif move.step == "widen" and (spell.status is not None or TARIFFS not in move.about):
        spell.turn(WIDENED, spell.since if standing else None if spell.status is None else day, day)
    else:
        status = spell.status if spell.status in {WIDENED, SNAPPED_BACK} else IN_FORCE
        spell.turn(status, spell.since if standing else day, day)
        spell.put_back = spell.put_back and standing


def _found_in_force(spell: _Spell, move: Move, day: str | None) -> None:
    """Sanctions that a report only finds there: since when it may say, or nobody knows."""
    if spell.status in _STANDING:
        if spell.since is None and move.date and move.step == "in force":
            spell.since = move.date
        return
    if spell.status in {LIFTED, SUSPENDED} and not _long_after(spell.since, move.published):
        return
    first = spell.status in {None, THREATENED}
    told = move.date if move.step == "in force" else None
    spell.turn(IN_FORCE, told if first else day, day)


def _long_after(since: str | None, day: str | None) -> bool:
    if not since or not day:
        return False
    return (date.fromisoformat(sort_day(day)) - date.fromisoformat(sort_day(since))).days > _LOOKING_BACK


def _relieve(spell: _Spell, move: Move, day: str | None) -> None:
    if move.status is Status.PLANNED:
        _known(spell, day)
        if move.source:
            spell.offered.append(Relief(move.source, day, move.words, move.condition))
            spell.changed = day
        return
    status = _RELIEF[move.step]
    if status == EASED:
        if spell.status not in {LIFTED, SUSPENDED}:
            since = spell.since if spell.status in _STANDING else None
            spell.turn(EASED, since, day)
            spell.changed = day
        return
    if status == SUSPENDED and spell.status == LIFTED:
        return
    if status != spell.status:
        spell.turn(status, day, day)
    spell.put_back = False


def _talk_of_relief(spell: _Spell, move: Move, day: str | None) -> None:
    """Whoever offers, asks or refuses relief takes the sanctions to be there; an agreement's relief eases them."""
    if move.step == "relief by agreement":
        spell.by.extend(move.through)
        if spell.status in {None, IN_FORCE, WIDENED} and move.date:
            spell.turn(EASED, spell.since, day)
        elif spell.status is None:
            spell.turn(IN_FORCE, None, day)
        return
    _known(spell, day)
    if move.step == "refuse relief":
        return
    relief = Relief(move.source, day, move.words, move.condition)
    (spell.offered if move.step == "offer relief" else spell.asked).append(relief)
    spell.changed = day


def _known(spell: _Spell, day: str | None) -> None:
    if spell.status is None:
        spell.turn(IN_FORCE, None, day)
