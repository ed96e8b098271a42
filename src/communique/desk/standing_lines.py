"""Rows of the standing picture as one line each, for the pages of actors and dyads. Pure functions of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from communique.actors.display import name_of
from communique.actors.resolver import bare
from communique.casebook.values import is_code
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


def _line(board: str, key: str, row: Row, codes: Sequence[str]) -> StandingLine:
    what, how, since, quote = _TOLD[board](row, frozenset(map(bare, codes)))
    step = row.history[-1] if row.history else None
    return StandingLine(key, what, how, since, row.changed, quote, step, words_told(step, row.evidence) if step else "")


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


Told = tuple[str, str, str | None, str]
"""What a row is about, how it stands, since when, and words of a position."""


def _sanctions(row: Any, codes: frozenset[str]) -> Told:
    on = "" if row.on == "all" else f": {row.on}"
    relief = [
        word
        for word, there in (("relief offered", row.relief_offered), ("relief asked for", row.relief_asked))
        if there
    ]
    return f"{name_of(row.sender)} on {name_of(row.target)}{on}", "; ".join([row.status, *relief]), row.since, ""


def _agreements(row: Any, codes: frozenset[str]) -> Told:
    own = [
        f"{name_of(party.actor)} {party.status}{f' {party.since}' if party.since else ''}"
        for party in row.parties
        if bare(party.actor) in codes and party.status != "party"
    ]
    name = row.name
    if row.code.startswith(f"{row.name} "):
        # What no report names has a code of its kind, parties and year; it is told by its parties.
        name = f"{name} of {_few([party.actor for party in row.parties])}"
    return name, "; ".join([row.life, *own]), row.since, ""


def _talks(row: Any, codes: frozenset[str]) -> Told:
    between = " – ".join(map(name_of, row.parties))
    about = "" if row.about == "general" else f" on {row.about}"
    how = [
        f"{row.form} talks {row.status or 'not told'}" if row.form else row.status or "not told",
        f"by {', '.join(map(name_of, row.refused_by))}" if row.refused_by else "",
        f"through {', '.join(map(name_of, row.mediators))}" if row.mediators else "",
        f"condition: {row.condition}" if row.condition else "",
        f"due {row.due}" if row.due else "",
    ]
    return between + about, "; ".join(filter(None, how)), row.since, ""


def _positions(row: Any, codes: frozenset[str]) -> Told:
    who = name_of(row.actor) + (f" ({row.holder})" if row.holder else "")
    on = with_names(row.on)
    how = f"{row.stance}: {row.condition}" if row.condition else row.stance
    return f"{who} on {on}", how, row.since, row.words


def _votes(row: Any, codes: frozenset[str]) -> Told:
    cast = [f"{name_of(code)} {vote}" for vote, voters in row.votes.items() for code in voters if bare(code) in codes]
    return f"{name_of(row.body)}: {row.resolution}", "; ".join([row.outcome, *cast]), row.date, ""


_TOLD: dict[str, Callable[[Any, frozenset[str]], Told]] = {
    "sanctions": _sanctions,
    "agreements": _agreements,
    "talks": _talks,
    "positions": _positions,
    "votes": _votes,
}


def _few(codes: Sequence[str], most: int = 5) -> str:
    """Give actors by name, and how many more there are."""
    named = ", ".join(map(name_of, codes[:most]))
    return f"{named} and {len(codes) - most} more" if len(codes) > most else named


def with_names(question: str) -> str:
    """Give what a position is on with names for codes: "direct talks with Iran" for "direct talks with IRN"."""
    return " ".join(map(_named, question.split()))


def _named(word: str) -> str:
    """Give a word of a question with the actor's name for a code: "talks with IRN," is "talks with Iran,"."""
    code = word.rstrip(",")
    return name_of(code) + word[len(code) :] if is_code(code) else word
