"""/standing: the boards at a date; /standing/row: one row with its steps and sentences; /standing/changes: two dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from communique.casebook.filters import EventFilter
from communique.desk.asked import actors_asked, day_asked
from communique.desk.board_view import (
    BOARD_NAMES,
    COLUMNS,
    BoardChanges,
    Fact,
    KeyedRow,
    ShownStep,
    board_changes,
    facts_of,
    steps_of,
)
from communique.desk.desk import Desk, DeskHere
from communique.desk.gathered import newest_rows
from communique.desk.paging import SIZE, Paging
from communique.desk.render import address, is_part, render
from communique.desk.row_words import title_of
from communique.errors import UsageError
from communique.standing.picture import BOARDS, Row

router = APIRouter(prefix="/standing")

FEW = 6
"""Rows of each board where all are shown."""
FOLDED_AT_ONCE = 4_000
"""Events and moves of a casebook up to which its boards are worked out while the page is asked for."""
STEPS_SHOWN = 60
RANGES = {"the last week": 7, "the last month": 30, "the last year": 365}
ACTORS_SUGGESTED = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it was written; `day` and `codes` are what it means."""

    as_of: str
    about: str
    board: str
    words: str
    day: date | None = None
    codes: tuple[str, ...] = ()
    offset: int = 0

    def at(self, path: str = "/standing", **others: object) -> str:
        """Give an address that asks for the same, but for `others`."""
        own = {"as_of": self.as_of, "about": self.about, "board": self.board, "words": self.words}
        return address(path, **{**own, **others})


@dataclass(frozen=True, slots=True)
class Section:
    """One board: `rows` is None where they are still to be worked out, `total` then too."""

    board: str
    about_what: str
    columns: tuple[str, ...]
    rows: tuple[KeyedRow, ...] | None
    total: int | None
    paging: Paging | None
    comes_late: bool = False


@dataclass(frozen=True, slots=True)
class PictureShown:
    """The variables of standing_picture.html: what was asked for, and the boards."""

    asked: Asked
    sections: tuple[Section, ...]
    boards: tuple[str, ...] = BOARDS


@dataclass(frozen=True, slots=True)
class SectionShown:
    """The variables of standing_section.html."""

    asked: Asked
    section: Section


@dataclass(frozen=True, slots=True)
class StandingPage:
    """The variables of standing.html: `first` and `last` are the casebook's days, `fault` what was wrong in the address."""

    asked: Asked
    sections: tuple[Section, ...]
    first: date | None
    last: date | None
    actors: tuple[str, ...]
    fault: str | None = None
    boards: tuple[str, ...] = BOARDS


@dataclass(frozen=True, slots=True)
class RowPage:
    """The variables of standing_row.html: one row, what it tells, and its steps; `hidden` older ones are not shown."""

    asked: Asked
    board: str
    key: str
    row: Row
    title: str
    facts: tuple[Fact, ...]
    steps: tuple[ShownStep, ...]
    hidden: int
    columns: tuple[str, ...]
    reports: frozenset[str]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The variables of standing_changes.html; `boards` is None where they are still to be worked out."""

    asked: Asked
    before: str
    after: str
    first: date | None
    last: date | None
    actors: tuple[str, ...]
    boards: tuple[BoardChanges, ...] | None
    fault: str | None = None
    all_boards: tuple[str, ...] = BOARDS

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """Days to begin with, each as words and address: up to the last day that the casebook knows."""
        if self.last is None:
            return ()
        return tuple((words, self.between(self.last - timedelta(days), self.last)) for words, days in RANGES.items())

    def between(self, before: object, after: object) -> str:
        """Give the address of the changes between two days."""
        return self.asked.at("/standing/changes", words="", as_of="", to=after, **{"from": before})


def asked_of(
    as_of: Annotated[str, Query()] = "",
    about: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
    board: Annotated[str, Query()] = "",
    words: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Asked:
    """Give what an address asks for; its day and actors are made out by `_meant`."""
    return Asked(as_of.strip(), ", ".join(filter(None, map(str.strip, about))), board, words.strip(), offset=offset)


AskedHere = Annotated[Asked, Depends(asked_of)]


def _meant(asked: Asked) -> Asked:
    """Make out the day and the actors; UsageError for what means nothing."""
    if asked.board and asked.board not in BOARDS:
        raise UsageError(f"there is no board {asked.board!r}; choose among {', '.join(BOARDS)}")
    day, codes = day_asked(asked.as_of), actors_asked([asked.about])
    return Asked(asked.as_of, asked.about, asked.board, asked.words, day, codes, asked.offset)


@router.get("")
def standing(request: Request, desk: DeskHere, asked: AskedHere) -> Response:
    """Show the boards; those that take long to work out come as parts."""
    fault = None
    sections: tuple[Section, ...] = ()
    try:
        asked = _meant(asked)
        sections = _sections(desk, asked, wait=False)
    except UsageError as error:
        fault = str(error)
    first, last = days_of(desk)
    page = StandingPage(asked, sections, first, last, frequent_actors(desk), fault)
    return render(request, "standing.html", page, status=400 if fault else 200)


@router.get("/picture")
def picture(request: Request, desk: DeskHere, asked: AskedHere) -> Response:
    """Give the part of the page that another date or filter changes; the address of the page follows it."""
    asked = _meant(asked)
    shown = PictureShown(asked, _sections(desk, asked, wait=bool(asked.board)))
    return render(request, "standing_picture.html", shown, headers={"HX-Replace-Url": asked.at()})


@router.get("/section")
def section(request: Request, desk: DeskHere, asked: AskedHere, few: bool = False) -> Response:
    """Give one board, worked out."""
    asked = _meant(asked)
    made = section_of(desk, asked, asked.board, FEW if few else SIZE, wait=True)
    return render(request, "standing_section.html", SectionShown(asked, made))


@router.get("/row")
def row(
    request: Request, desk: DeskHere, asked: AskedHere, key: Annotated[str, Query(max_length=64)], every: bool = False
) -> Response:
    """Show one row with the steps that made it and the sentences that say so."""
    asked = _meant(asked)
    board = asked.board or BOARDS[0]
    found = desk.keyed_board(board, asked.day, asked.codes).get(key)
    if found is None:
        raise HTTPException(404)
    steps = steps_of(found)
    shown = steps if every else steps[:STEPS_SHOWN]
    page = RowPage(
        asked, board, key, found, title_of(board, found), facts_of(board, found), shown, len(steps) - len(shown),
        COLUMNS[board], kept_reports(desk, shown),
    )  # fmt: skip
    return render(request, "standing_row_part.html" if is_part(request) else "standing_row.html", page)


@router.get("/changes")
def changed(
    request: Request,
    desk: DeskHere,
    asked: AskedHere,
    from_: Annotated[str, Query(alias="from")] = "",
    to: Annotated[str, Query()] = "",
    wait: bool = False,
) -> Response:
    """Show what changed between two dates, on one board or on all."""
    first, last = days_of(desk)
    fault: str | None = None
    boards: tuple[BoardChanges, ...] | None = None
    try:
        asked = _meant(asked)
        before, after = day_asked(from_, "from"), day_asked(to, "to")
        if before is None:
            boards = ()
        elif after is not None and after < before:
            raise UsageError(f"to {to!r} lies before from {from_!r}; write the earlier day first")
        elif wait or is_part(request) or _is_light(desk):
            boards = _changed_boards(desk, asked, before, after)
    except UsageError as error:
        if is_part(request):
            raise
        fault, boards = str(error), ()
    page = ChangesPage(asked, from_, to, first, last, frequent_actors(desk), boards, fault)
    template = "standing_changes_part.html" if is_part(request) else "standing_changes.html"
    return render(request, template, page, status=400 if fault else 200)


def _changed_boards(desk: Desk, asked: Asked, before: date, after: date | None) -> tuple[BoardChanges, ...]:
    boards = (asked.board,) if asked.board else BOARDS
    key = ("changes", before, after, asked.codes, boards)

    def made() -> tuple[BoardChanges, ...]:
        return tuple(
            board_changes(board, desk.board(board, before, asked.codes), desk.board(board, after, asked.codes))
            for board in boards
        )

    return desk.answers.of(key, made)


def _sections(desk: Desk, asked: Asked, *, wait: bool) -> tuple[Section, ...]:
    wait = wait or _is_light(desk)
    if asked.board:
        return (section_of(desk, asked, asked.board, SIZE, wait=wait),)
    return tuple(section_of(desk, asked, board, FEW, wait=wait) for board in BOARDS)


def section_of(desk: Desk, asked: Asked, board: str, size: int, *, wait: bool) -> Section:
    """Give one board with so many rows; without `wait` only where it is worked out already."""
    name = BOARD_NAMES[board]
    if not wait and not desk.has_board(board, asked.day, asked.codes):
        return Section(board, name, COLUMNS[board], None, None, None, comes_late=True)
    rows = newest_rows(desk, board, asked.words, asked.day, asked.codes)
    offset = asked.offset if size == SIZE else 0
    paging = None
    if size == SIZE:
        earlier = asked.at(board=board, offset=max(0, offset - size)) if offset else None
        later = asked.at(board=board, offset=offset + size) if offset + size < len(rows) else None
        paging = Paging(offset, size, len(rows), earlier, later)
    return Section(board, name, COLUMNS[board], rows[offset : offset + size], len(rows), paging)


def _is_light(desk: Desk) -> bool:
    contents = desk.contents()
    return contents.events + contents.moves <= FOLDED_AT_ONCE


def days_of(desk: Desk) -> tuple[date | None, date | None]:
    """Give the first and the last day of the casebook."""
    contents = desk.contents()
    return contents.first_day, contents.last_day


def frequent_actors(desk: Desk) -> tuple[str, ...]:
    """Give the actors that are suggested before anything is typed."""
    return desk.answers.of(
        "frequent actors", lambda: tuple(each.code for each in desk.casebook.actors(ACTORS_SUGGESTED))
    )


def kept_reports(desk: Desk, steps: Sequence[ShownStep]) -> frozenset[str]:
    """Give those reports of some steps that the casebook holds; events of imported datasets have none."""
    reports = frozenset(each.step.report_id for each in steps)
    contents = desk.contents()
    if not contents.datasets or not contents.reports:
        return reports if contents.reports else frozenset()
    ids = sorted({each.step.event_id for each in steps if each.step.event_id})
    acts = desk.casebook.events(EventFilter(event_ids=ids)) if ids else []
    return reports - {report_id for kept in acts if kept.dataset for _, report_id in kept.tellings}
