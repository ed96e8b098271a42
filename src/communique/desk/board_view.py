"""Boards as pages show them: rows with their keys, those that changed last first, narrowed by words; and what a row tells.

Pure functions of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.actors.display import name_of
from communique.desk.changes import Change, ChangeKind, Told, changes
from communique.desk.row_words import standing_of, title_of
from communique.standing.picture import Row
from communique.standing.steps import Step, sort_day

COLUMNS: dict[str, tuple[str, ...]] = {
    "sanctions": ("sender", "target", "on", "status", "since", "relief"),
    "agreements": ("agreement", "life", "parties"),
    "talks": ("between", "about", "form", "status", "since", "condition"),
    "positions": ("actor", "holder", "on", "stance", "words", "since"),
    "alignments": ("a", "b", "score", "trend", "kind", "events"),
    "votes": ("body", "resolution", "outcome", "for", "against", "abstained"),
}
"""The heads of each board's table, but for the day of change that all have; as `communique standing` prints them."""

BOARD_NAMES: dict[str, str] = {
    "sanctions": "who sanctions whom, on what, and whether it holds",
    "agreements": "who is party to what, and whether it lives",
    "talks": "who talks with whom, refuses to, and on what condition",
    "positions": "who is for and against what, in which words",
    "alignments": "who stands with whom",
    "votes": "who voted how on what",
}

MOST_CHANGES = 200
"""Changes of a board shown at most."""


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row of a board with its key."""

    board: str
    key: str
    row: Row

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        return title_of(self.board, self.row)

    @property
    def standing(self) -> str:
        """How it stands, in a word or two."""
        return standing_of(self.board, self.row)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of a row's history with the sentence that tells it, "" where none is kept."""

    step: Step
    sentence: str


def newest_first(board: str, rows: Mapping[str, Row], words: str = "") -> tuple[KeyedRow, ...]:
    """Give of rows by their keys those in which all words occur (regardless of case), those that changed last first."""
    keyed = [KeyedRow(board, key, row) for key, row in rows.items()]
    wanted = words.casefold().split()
    if wanted:
        keyed = [each for each in keyed if _holds(board, each.row, wanted)]
    return tuple(sorted(keyed, key=lambda each: sort_day(each.row.changed), reverse=True))


def _holds(board: str, row: Row, wanted: Sequence[str]) -> bool:
    text = " ".join(_texts(board, row)).casefold()
    return all(word in text for word in wanted)


def _texts(board: str, row: Any) -> Iterator[str]:
    """All that a person may look for in a row: names and codes, its fields, its words and sentences."""
    for value in _SEARCHED[board](row):
        yield value or ""
    for step in row.history:
        yield step.step
        yield step.words
    for sentence in row.evidence:
        yield sentence.text


def _named(codes: Iterable[str]) -> list[str]:
    return [text for code in codes for text in (code, name_of(code))]


_SEARCHED: dict[str, Callable[[Any], Sequence[str | None]]] = {
    "sanctions": lambda row: [*_named([row.sender, row.target]), row.on, row.on_words, row.status, *row.relief_by],
    "agreements": lambda row: [row.name, row.code, row.life, *_named(party.actor for party in row.parties)],
    "talks": lambda row: [*_named((*row.parties, *row.mediators)), row.about, row.form, row.status, row.condition],
    "positions": lambda row: [*_named([row.actor]), row.holder, row.on, row.stance, row.condition],
    "alignments": lambda row: [*_named([row.a, row.b]), row.kind, row.trend],
    "votes": lambda row: [row.resolution, row.outcome, *_named([row.body]),
                          *_named(code for codes in row.votes.values() for code in codes)],
}  # fmt: skip


def steps_of(row: Row) -> tuple[ShownStep, ...]:
    """Give the steps that made a row, the newest first, each with its sentence."""
    sentences = {(each.report_id, each.sentence): each.text for each in row.evidence}
    return tuple(ShownStep(step, sentences.get((step.report_id, step.sentence), "")) for step in reversed(row.history))


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row tells besides its table: a name, and words or codes of actors; `since` and `words` where there are."""

    name: str
    told: Told
    since: str | None = None
    words: str = ""


def facts_of(board: str, row: Any) -> tuple[Fact, ...]:
    """Give what a row tells that its table has no room for, in the order of its record."""
    return tuple(fact for fact in _FACTS[board](row) if fact.told)


def _sanction_facts(row: Any) -> Iterator[Fact]:
    yield Fact("in the reports' words", row.on_words if row.on_words != row.on else "")
    yield Fact("first imposed", row.imposed or "")
    for name, found in (("relief offered", row.relief_offered), ("relief asked for", row.relief_asked)):
        for relief in found:
            bound = f" ({relief.condition})" if relief.condition else ""
            yield Fact(name, relief.by or "by someone", relief.date, relief.words + bound)


def _agreement_facts(row: Any) -> Iterator[Fact]:
    yield Fact("question", row.question or "")
    yield Fact("signed", row.signed or "", words=f"by the {row.signed_from}" if row.signed_from else "")
    yield Fact("in force", row.in_force or "", words=f"by the {row.in_force_from}" if row.in_force_from else "")
    for part in row.exchange:
        yield Fact("gives", (part.giver,) if part.giver else "someone", None, f"{part.gives}: “{part.words}”")


def _talks_facts(row: Any) -> Iterator[Fact]:
    yield Fact("mediated by", row.mediators)
    yield Fact("place", row.place or "")
    yield Fact("due", row.due or "")
    yield Fact(
        "formal ban", {True: "a side has forbidden talks", False: "no side forbids them"}.get(row.formal_ban, "")
    )
    for number, held in enumerate(row.rounds, start=1):
        yield Fact(f"round {number}", held.place or "held", held.date, held.words)


def _position_facts(row: Any) -> Iterator[Fact]:
    yield Fact("condition", row.condition or "")
    if row.previous:
        yield Fact("before", row.previous.stance, row.previous.since, row.previous.words)


def _alignment_facts(row: Any) -> Iterator[Fact]:
    yield Fact("score", f"{row.score:+.3f} (−1 enemies … 1 allies)")
    yield Fact("evidence", f"{row.weight:.1f} clear acts, decayed")
    yield Fact(row.kind, "since then" if row.since else "", row.since)
    for turn in row.turning_points:
        yield Fact("turning point", f"{turn.before:+.2f} → {turn.after:+.2f}", turn.date)


def _vote_facts(row: Any) -> Iterator[Fact]:
    yield Fact("date", row.date or "")
    yield Fact("about", "" if row.about == "general" else row.about)
    yield Fact("vetoed by", row.vetoed_by)
    for side, count in row.counts.items():
        yield Fact(f"votes {side}", "" if count is None else str(count))


_FACTS: dict[str, Callable[[Any], Iterator[Fact]]] = {
    "sanctions": _sanction_facts,
    "agreements": _agreement_facts,
    "talks": _talks_facts,
    "positions": _position_facts,
    "alignments": _alignment_facts,
    "votes": _vote_facts,
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change with what its row is about and how it stands, in words."""

    change: Change
    title: str
    standing: str


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """What changed on one board: the rows to show, how many more there are, and how many were told again."""

    board: str
    changes: tuple[ShownChange, ...]
    more: int
    told_again: int


def board_changes(board: str, before: Sequence[Row], after: Sequence[Row], most: int = MOST_CHANGES) -> BoardChanges:
    """Give what changed on a board as a page shows it: the latest, and how many more."""
    found = changes(board, before, after)
    moved = [each for each in found if each.kind is not ChangeKind.TOLD]
    shown = tuple(ShownChange(each, title_of(board, each.row), standing_of(board, each.row)) for each in moved[:most])
    told_again = sum(each.kind is ChangeKind.TOLD and bool(each.steps) for each in found)
    return BoardChanges(board, shown, len(moved) - len(shown), told_again)
