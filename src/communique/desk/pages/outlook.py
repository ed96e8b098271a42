"""/outlook: what is likely between two actors, for one, or in the world, and why; what was kept and how it came out.

Forecasts are worked out in a process of their own (`desk.forecasts`): the page stands at once, its table comes as a
part that asks again until it is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from communique.actors.display import name_of
from communique.desk.asked import actors_asked, day_asked
from communique.desk.desk import Desk, DeskHere
from communique.desk.forecasts import OutlookAsked, Progress, Scored, ScoredAsked
from communique.desk.likely import Likely, next_rows, rows_of, side_name, strongest
from communique.desk.paging import SIZE, Paging
from communique.desk.render import address, render
from communique.errors import CommuniqueError, UsageError
from communique.outlook.forecast import BY_PROBABILITY, BY_RISE, quad_number
from communique.outlook.keeping import ScoredForecast, keep
from communique.outlook.records import Outlook

router = APIRouter()

PATIENCE = 0.06
"""Seconds for which a page waits for a forecast before it stands without; its part then waits longer."""
PART_PATIENCE = 1.0
ROWS_OF_PART = 5


@dataclass(frozen=True, slots=True)
class OutlookForm:
    """What is asked for: actors by code or name, the horizon, the last day known, for one or none how many and by what."""

    a: Annotated[str, Query(max_length=200)] = ""
    b: Annotated[str, Query(max_length=200)] = ""
    days: Annotated[int, Query(ge=1, le=366)] = 30
    as_of: Annotated[str, Query(max_length=10)] = ""
    top: Annotated[int, Query(ge=1, le=100)] = 20
    by: Annotated[str, Query(pattern=f"^({BY_PROBABILITY}|{BY_RISE})$")] = BY_PROBABILITY
    all: bool = False

    def question(self) -> OutlookAsked:
        """Give the question; UsageError for an actor or a day that is none."""
        codes = actors_asked([self.a, self.b])
        if len(codes) > 2:
            raise UsageError("name one actor, two, or none for the world")
        if len(codes) < 2 and self.a.strip() and self.b.strip():
            raise UsageError(f"{self.a!r} and {self.b!r} are the same actor; name two, or one alone")
        a, b = (*codes, None, None)[:2]
        return OutlookAsked(a, b, self.days, day_asked(self.as_of), self.top, self.by)

    def at(self, path: str, *, all_kinds: bool | None = None) -> str:
        """Give the address of a page that is asked the same."""
        top, by = ("" if self.top == 20 else self.top), ("" if self.by == BY_PROBABILITY else self.by)
        every = self.all if all_kinds is None else all_kinds
        return address(
            path, a=self.a, b=self.b, days=self.days, as_of=self.as_of, top=top, by=by, all="1" if every else ""
        )


@dataclass(frozen=True, slots=True)
class OutlookAnswer:
    """The variables of outlook_answer.html: how far it is, the rows by quad and by type, the address to ask again.

    `fault` says in words why there is no answer.
    """

    asked: OutlookForm
    progress: Progress[Outlook] | None
    again: str
    by_quad: tuple[Likely, ...] = ()
    by_type: tuple[Likely, ...] = ()
    next: tuple[Likely, ...] = ()
    left_out: int = 0
    fault: str | None = None

    @property
    def made(self) -> Outlook | None:
        """The outlook, where there is one."""
        return self.progress.answer if self.progress else None


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """The variables of outlook.html: what was asked, whom it is about, and the answer as far as it is there."""

    asked: OutlookForm
    whom: str
    answer: OutlookAnswer
    orders: tuple[tuple[str, str], ...] = field(
        default=((BY_PROBABILITY, "probability"), (BY_RISE, "rise over the base rate"))
    )


@dataclass(frozen=True, slots=True)
class OutlookPart:
    """The variables of outlook_part.html: the few rows that say most, for pages of actors, dyads and dossiers."""

    progress: Progress[Outlook]
    whom: str
    rows: tuple[Likely, ...]
    again: str
    whole: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept forecast with what came of it, the names of its sides, and the number of its quad."""

    scored: ScoredForecast
    source: str
    target: str
    quad: int


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The variables of outlook_kept.html and of its part; `new` tells how many were kept just now, where some were."""

    progress: Progress[Scored] | None
    again: str
    rows: tuple[KeptRow, ...]
    paging: Paging | None
    new: int | None
    fault: str | None = None


Asked = Annotated[OutlookForm, Depends()]


@router.get("/outlook")
def outlook_page(request: Request, desk: DeskHere, asked: Asked, now: bool = False) -> Response:
    """Show what is likely next; with `now` the page waits until it is worked out."""
    answer = _answer(desk, asked, 120.0 if now else PATIENCE)
    try:
        about = whom(asked.question())
    except UsageError:
        # The answer says what is wrong.
        about = whom(OutlookAsked())
    return render(request, "outlook.html", OutlookPage(asked, about, answer))


def whom(question: OutlookAsked) -> str:
    """Say whom an outlook is about, by name."""
    return " – ".join(name_of(code) for code in (question.a, question.b) if code) or "the world"


@router.get("/outlook/table")
def outlook_table(request: Request, desk: DeskHere, asked: Asked) -> Response:
    """Give the answer alone, or the word that it is in work."""
    return render(request, "outlook_answer.html", _answer(desk, asked, PART_PATIENCE))


@router.get("/outlook/part")
def outlook_part(request: Request, desk: DeskHere, asked: Asked) -> Response:
    """Give the compact part that other pages load."""
    question = asked.question()
    progress = desk.forecaster.ask(question, PART_PATIENCE)
    rows = strongest(progress.answer, ROWS_OF_PART) if progress.answer else ()
    part = OutlookPart(progress, whom(question), rows, asked.at("/outlook/part"), asked.at("/outlook"))
    return render(request, "outlook_part.html", part)


@router.post("/outlook/keep")
def keep_outlook(
    desk: DeskHere,
    a: Annotated[str, Form(max_length=200)] = "",
    b: Annotated[str, Form(max_length=200)] = "",
    days: Annotated[int, Form(ge=1, le=366)] = 30,
    as_of: Annotated[str, Form(max_length=10)] = "",
    top: Annotated[int, Form(ge=1, le=100)] = 20,
    by: Annotated[str, Form()] = BY_PROBABILITY,
) -> Response:
    """Keep the forecasts that were shown, to be scored when their time has passed."""
    asked = OutlookForm(a, b, days, as_of, top, by)
    made = desk.forecaster.ask(asked.question(), PART_PATIENCE).answer
    if made is None:
        raise UsageError("these forecasts are still in work; wait until the page shows them, and keep them then")
    new = desk.write(lambda casebook: keep(casebook, made))
    return RedirectResponse(f"/outlook/kept?new={new}", status_code=303)


@router.get("/outlook/kept")
def kept_page(
    request: Request,
    desk: DeskHere,
    offset: Annotated[int, Query(ge=0)] = 0,
    new: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    """Show the forecasts that were kept, and how they came out."""
    return render(request, "outlook_kept.html", _kept_page(desk, offset, new, PATIENCE))


@router.get("/outlook/kept/part")
def kept_part(request: Request, desk: DeskHere, offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Give the list alone, or the word that it is in work."""
    return render(request, "outlook_kept_answer.html", _kept_page(desk, offset, None, PART_PATIENCE))


def _kept_page(desk: Desk, offset: int, new: int | None, patience: float) -> KeptPage:
    again = f"/outlook/kept/part?offset={offset}"
    try:
        progress = desk.forecaster.ask(ScoredAsked(), patience)
    except CommuniqueError as error:
        return KeptPage(None, again, (), None, new, str(error))
    if progress.answer is None:
        return KeptPage(progress, again, (), None, new)
    every = progress.answer.forecasts
    # The part is asked for by another address than the page whose links these are.
    earlier = f"/outlook/kept?offset={max(0, offset - SIZE)}" if offset else None
    later = f"/outlook/kept?offset={offset + SIZE}" if offset + SIZE < len(every) else None
    paging = Paging(offset, SIZE, len(every), earlier, later)
    rows = tuple(map(_kept_row, every[offset : offset + SIZE]))
    return KeptPage(progress, again, rows, paging, new)


def _kept_row(scored: ScoredForecast) -> KeptRow:
    kept = scored.forecast
    return KeptRow(scored, side_name(kept.source), side_name(kept.target), quad_number(kept.kind))


def _answer(desk: DeskHere, asked: OutlookForm, patience: float) -> OutlookAnswer:
    again = asked.at("/outlook/table")
    try:
        progress = desk.forecaster.ask(asked.question(), patience)
    except CommuniqueError as error:
        return OutlookAnswer(asked, None, again, fault=str(error))
    if progress.answer is None:
        return OutlookAnswer(asked, progress, again)
    rows = rows_of(progress.answer, all_kinds=asked.all)
    return OutlookAnswer(
        asked, progress, again,
        by_quad=tuple(row for row in rows if row.is_quad),
        by_type=tuple(row for row in rows if not row.is_quad),
        next=next_rows(progress.answer),
        left_out=len(progress.answer.forecasts) - len(rows),
    )  # fmt: skip
