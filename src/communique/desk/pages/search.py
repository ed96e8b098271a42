"""/search: actors, agreements, reports, sentences and standing rows that hold the words looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from communique.actors.agreements import Agreement, agreements
from communique.casebook.kept import SearchAnswer
from communique.desk.actors_found import LONGEST, actors_found
from communique.desk.board_view import KeyedRow
from communique.desk.desk import DeskHere
from communique.desk.gathered import ActiveActor, acts_of, newest_rows
from communique.desk.render import render
from communique.desk.standing_lines import BOARDS

router = APIRouter()

AGREEMENTS_SHOWN = 8
ROWS_SHOWN = 6
FOUND_SHOWN = 15


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The variables of search.html: the words, and what holds them; all empty where no words are given."""

    q: str
    actors: tuple[ActiveActor, ...]
    agreements: tuple[Agreement, ...]
    found: SearchAnswer | None

    def pieces(self, text: str) -> tuple[tuple[str, bool], ...]:
        """Part a text into pieces, each with whether it is one of the words looked for."""
        return pieces(text, self.q.split())


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of a board that hold the words, the latest of them, and how many there are."""

    board: str
    rows: tuple[KeyedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SearchStandingPart:
    """The variables of search_standing_part.html: the boards with the rows that hold the words."""

    q: str
    boards: tuple[FoundRows, ...]


Words = Annotated[str, Query(max_length=LONGEST, description="Words that must all occur.")]


@router.get("/search")
def search(request: Request, desk: DeskHere, q: Words = "") -> Response:
    """Show what holds the words."""
    words = " ".join(q.split())
    if not words:
        return render(request, "search.html", SearchPage("", (), (), None))
    found = desk.answers.of(("search", words), lambda: desk.casebook.search(words, FOUND_SHOWN))
    return render(
        request, "search.html", SearchPage(words, actors_found(words, acts_of(desk)), agreements_found(words), found)
    )


@router.get("/search/standing")
def search_standing(request: Request, desk: DeskHere, q: Words = "") -> Response:
    """Give the rows of today's boards that hold the words, as a part of the page."""
    words = " ".join(q.split())
    found = ((board, newest_rows(desk, board, words)) for board in BOARDS) if words else ()
    boards = tuple(FoundRows(board, rows[:ROWS_SHOWN], len(rows)) for board, rows in found if rows)
    return render(request, "search_standing_part.html", SearchStandingPart(words, boards))


def agreements_found(words: str) -> tuple[Agreement, ...]:
    """Give the known agreements one of whose names holds all the words, those with a name that is just so first."""
    wanted = words.casefold()
    found = []
    for agreement in agreements().values():
        names = [name.casefold() for name in (agreement.name, agreement.code, *agreement.aliases)]
        if any(all(word in name for word in wanted.split()) for name in names):
            found.append((wanted not in names, agreement.signed, agreement.code, agreement))
    # Of the rest those signed last come first.
    found.sort(key=lambda each: each[2])
    found.sort(key=lambda each: each[1], reverse=True)
    found.sort(key=lambda each: each[0])
    return tuple(agreement for *_, agreement in found[:AGREEMENTS_SHOWN])


def pieces(text: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Part a text into pieces, each with whether it is one of the words; together they are the text.

    >>> pieces("Iran met Iraq.", ["iran"])
    (('Iran', True), (' met Iraq.', False))
    """
    wanted = sorted(filter(None, words), key=len, reverse=True)
    if not wanted:
        return ((text, False),)
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return tuple((part, bool(place % 2)) for place, part in enumerate(parts) if part)
