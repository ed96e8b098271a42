"""A row of a board in a few words, with names in place of codes: what it is about, and how it stands.

Pure functions of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from communique.actors.display import name_of
from communique.casebook.values import is_code


def title_of(board: str, row: Any) -> str:
    """Give what a row is about: "Iran – United States on nuclear". KeyError for no such board."""
    return _TITLES[board](row)


def standing_of(board: str, row: Any) -> str:
    """Give how a row stands: "in force", "direct talks refused by Iran". KeyError for no such board."""
    return _STANDINGS[board](row)


def with_names(words: str) -> str:
    """Give words with names for the codes of actors in them: "direct talks with Iran" for "direct talks with IRN"."""
    return " ".join(map(_named, words.split(" ")))


def _named(word: str) -> str:
    code = word.rstrip(",")
    # One letter alone is a letter.
    return name_of(code) + word[len(code) :] if len(code) > 1 and is_code(code) else word


def _between(codes: Iterable[str]) -> str:
    return " – ".join(map(name_of, codes))


def _sanction(row: Any) -> str:
    return f"{name_of(row.sender)} on {name_of(row.target)}" + ("" if row.on == "all" else f": {row.on}")


def _agreement(row: Any) -> str:
    if row.code.startswith(f"{row.name} "):
        # What no report names has a code of its kind, parties and year; it is told by its parties.
        return f"{row.name} of {_few([party.actor for party in row.parties])}"
    return str(row.name)


def _few(codes: Sequence[str], most: int = 5) -> str:
    """Give actors by name, and how many more there are."""
    named = ", ".join(map(name_of, codes[:most]))
    return f"{named} and {len(codes) - most} more" if len(codes) > most else named


def _talks(row: Any) -> str:
    return _between(row.parties) + ("" if row.about == "general" else f" on {row.about}")


def _position(row: Any) -> str:
    return name_of(row.actor) + (f" ({row.holder})" if row.holder else "") + f" on {with_names(row.on)}"


_TITLES: dict[str, Callable[[Any], str]] = {
    "sanctions": _sanction,
    "agreements": _agreement,
    "talks": _talks,
    "positions": _position,
    "alignments": lambda row: _between((row.a, row.b)),
    "votes": lambda row: f"{name_of(row.body)}: {row.resolution}",
}


def _course(row: Any) -> str:
    refused = f" by {', '.join(map(name_of, row.refused_by))}" if row.refused_by else ""
    return (f"{row.form} talks " if row.form else "") + (row.status or "not told") + refused


_STANDINGS: dict[str, Callable[[Any], str]] = {
    "sanctions": lambda row: row.status,
    "agreements": lambda row: row.life,
    "talks": _course,
    "positions": lambda row: row.stance,
    "alignments": lambda row: f"{row.kind} ({row.score:+.2f})",
    "votes": lambda row: row.outcome,
}
