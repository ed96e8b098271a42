"""Rows of the standing picture as one line each, for the pages of actors and dyads. Pure functions of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.actors.display import name_of
from communique.actors.resolver import bare
from communique.desk.row_words import standing_of, title_of
from communique.standing.picture import Row, concerned
from communique.standing.steps import Evidence, Step, sort_day, touches

BOARDS = ("sanctions", "agreements", "talks", "positions", "votes")
"""The boards that are shown by lines; alignments are curves."""

MOST_BEFORE = 60
"""Characters of a sentence that are shown before the words of a step."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One row: what it is about, how it stands, since when (ISO, as fine as known), and the last step that says so.

    `key` is the row's among all of its board, "" where it was folded for some actors alone. `quote` are words of a
    position, "" elsewhere. `told` are the words of the last step with those before them in their sentence.
    """

    key: str
    what: str
    how: str
    since: str | None
    changed: str | None
    quote: str
    step: Step | None
    told: str


@dataclass(frozen=True, slots=True)
class BoardLines:
    """The lines of one board, those that changed last first; `total` counts those left out, too."""

    board: str
    lines: tuple[StandingLine, ...]
    total: int


def board_lines(board: str, rows: Iterable[Row], codes: Sequence[str], most: int = 8) -> BoardLines:
    """Give the rows of a board that concern every one of the actors, roles aside, as lines: `most` of them."""
    return keyed_lines(board, (("", row) for row in rows), codes, most)


def keyed_lines(board: str, rows: Iterable[tuple[str, Row]], codes: Sequence[str], most: int = 8) -> BoardLines:
    """Give the same of rows that come with their keys, so that a line can lead to its row."""
    own = [(key, row) for key, row in rows if all(touches(concerned(row, board), (code,)) for code in codes)]
    own.sort(key=lambda each: sort_day(each[1].changed), reverse=True)
    return BoardLines(board, tuple(_line(board, key, row, codes) for key, row in own[:most]), len(own))


def _line(board: str, key: str, row: Any, codes: Sequence[str]) -> StandingLine:
    step = row.history[-1] if row.history else None
    return StandingLine(
        key=key,
        what=title_of(board, row),
        how="; ".join([standing_of(board, row), *_DETAILS[board](row, frozenset(map(bare, codes)))]),
        since=row.date if board == "votes" else row.since,
        changed=row.changed,
        quote=row.words if board == "positions" else "",
        step=step,
        told=words_told(step, row.evidence) if step else "",
    )


def words_told(step: Step, evidence: Iterable[Evidence]) -> str:
    """Give the words of a step with those before them in their sentence, MOST_BEFORE characters of it at most.

    Words alone may say the reverse of what is told: "lifted any sanctions" where the report has "had not" before it.
    """
    place = (step.report_id, step.sentence)
    sentence = next((each.text for each in evidence if (each.report_id, each.sentence) == place), "")
    start = sentence.find(step.words)
    if not step.words or start <= 0:
        return step.words
    before = sentence[:start]
    if start > MOST_BEFORE:
        _, space, rest = before[-MOST_BEFORE:].partition(" ")
        before = f"… {rest}" if space else "… "
    return before + step.words


def _sanctions(row: Any, codes: frozenset[str]) -> Iterator[str]:
    if row.relief_offered:
        yield "relief offered"
    if row.relief_asked:
        yield "relief asked for"


def _agreements(row: Any, codes: frozenset[str]) -> Iterator[str]:
    for party in row.parties:
        if bare(party.actor) in codes and party.status != "party":
            yield f"{name_of(party.actor)} {party.status}{f' {party.since}' if party.since else ''}"


def _talks(row: Any, codes: frozenset[str]) -> Iterator[str]:
    if row.mediators:
        yield f"through {', '.join(map(name_of, row.mediators))}"
    if row.condition:
        yield f"condition: {row.condition}"
    if row.due:
        yield f"due {row.due}"


def _positions(row: Any, codes: frozenset[str]) -> Iterator[str]:
    if row.condition:
        yield str(row.condition)


def _votes(row: Any, codes: frozenset[str]) -> Iterator[str]:
    for vote, voters in row.votes.items():
        for code in voters:
            if bare(code) in codes:
                yield f"{name_of(code)} {vote}"


_DETAILS: dict[str, Callable[[Any, frozenset[str]], Iterator[str]]] = {
    "sanctions": _sanctions,
    "agreements": _agreements,
    "talks": _talks,
    "positions": _positions,
    "votes": _votes,
}
"""What a line tells behind how its row stands; of some actors alone, where there are many."""
