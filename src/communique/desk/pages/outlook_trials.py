"""/outlook/next: who is next; /outlook/what-if: supposed events; /outlook/backtest: how far to trust forecasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from communique.desk.asked import actors_asked
from communique.desk.desk import Desk, DeskHere
from communique.desk.forecasts import BacktestAsked, Progress, Question, WhatIfAsked
from communique.desk.likely import Reason, fired_words, reason_of, side_name
from communique.desk.render import address, render
from communique.desk.trials_asked import BacktestForm, NextForm, Supposed, WhatIfForm
from communique.errors import CommuniqueError, UsageError
from communique.ontology.loader import TYPES
from communique.outlook.backtest import Backtest
from communique.outlook.ranking.records import NextActor, NextActors
from communique.outlook.reliability_plot import reliability_svg
from communique.outlook.whatif import LEAST_SHIFT, Shift, WhatIf

router = APIRouter()
Answer = TypeVar("Answer")

PATIENCE = 0.06
PART_PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Trial(Generic[Answer]):
    """How far a question of these pages is: nothing asked (`progress` is None), a fault in words, or its progress."""

    progress: Progress[Answer] | None = None
    fault: str | None = None

    @property
    def made(self) -> Answer | None:
        """The answer, where there is one."""
        return self.progress.answer if self.progress else None


def _tried(desk: Desk, question: Question[Answer], patience: float) -> Trial[Answer]:
    try:
        return Trial(desk.forecaster.ask(question, patience))
    except CommuniqueError as error:
        return Trial(fault=str(error))


# Who is next


@dataclass(frozen=True, slots=True)
class NextShown:
    """One actor that may be next, with its reasons: (words, what they add), rules and last events in words."""

    actor: NextActor
    rules: tuple[str, ...]
    precedents: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NextPage:
    """The variables of outlook_next.html and of its part."""

    asked: NextForm
    trial: Trial[NextActors]
    again: str
    rows: tuple[NextShown, ...] = ()
    types: tuple[str, ...] = tuple(TYPES)


def _next_page(desk: Desk, asked: NextForm, patience: float) -> NextPage:
    here = {"source": asked.source, "type": asked.type, "target": asked.target, "as_of": asked.as_of}
    again = address("/outlook/next/part", **here)
    if not asked.is_asked:
        return NextPage(asked, Trial(), again)
    try:
        trial = _tried(desk, asked.question(), patience)
    except UsageError as error:
        return NextPage(asked, Trial(fault=str(error)), again)
    return NextPage(asked, trial, again, tuple(map(_next_shown, trial.made.order)) if trial.made else ())


def _next_shown(actor: NextActor) -> NextShown:
    last = tuple((each.event_id, each.date, fired_words(each)) for each in actor.precedents[:4])
    return NextShown(actor, tuple(rule.words for rule in actor.rules), last)


@router.get("/outlook/next")
def next_page(request: Request, desk: DeskHere, asked: Annotated[NextForm, Depends()], now: bool = False) -> Response:
    """Show the form, and who is next where it is asked."""
    return render(request, "outlook_next.html", _next_page(desk, asked, 180.0 if now else PATIENCE))


@router.get("/outlook/next/part")
def next_part(request: Request, desk: DeskHere, asked: Annotated[NextForm, Depends()]) -> Response:
    """Give the answer alone, or the word that it is in work."""
    return render(request, "outlook_next_answer.html", _next_page(desk, asked, PART_PATIENCE))


# What if


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """One shifted forecast, with names and the rules that shifted it."""

    shift: Shift
    source: str
    target: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """The variables of outlook_what_if.html and of its part: the rows typed, an empty one last, and the shifts."""

    asked: WhatIfForm
    typed: tuple[Supposed, ...]
    trial: Trial[WhatIf]
    again: str
    shifts: tuple[ShiftShown, ...] = ()
    types: tuple[str, ...] = tuple(TYPES)
    left_out: int = 0


def _what_if_page(desk: Desk, asked: WhatIfForm, patience: float) -> WhatIfPage:
    again = address(
        "/outlook/what-if/part", source=asked.source, type=asked.type, target=asked.target, dyad=asked.dyad,
        days=asked.days,
    )  # fmt: skip
    # An empty day is meant, and stays in the address so that the lists keep their length.
    again += "".join(f"&day={day}" for day in asked.day if day.replace("-", "").isdigit() or not day)
    try:
        typed = asked.rows()
    except UsageError as error:
        return WhatIfPage(asked, (Supposed(),), Trial(fault=str(error)), again)
    if not typed:
        return WhatIfPage(asked, (Supposed(),), Trial(), again)
    try:
        today = desk.contents().last_day or date.today()
        events = tuple(each.event(number, today) for number, each in enumerate(typed, start=1))
        pair = actors_asked([asked.dyad])
        if pair and len(pair) != 2:
            raise UsageError(f"look at {asked.dyad!r}: name two actors, as Iran,USA")
        question = WhatIfAsked(events, ((pair[0], pair[1]),) if pair else (), asked.days)
        trial = _tried(desk, question, patience)
    except UsageError as error:
        return WhatIfPage(asked, typed, Trial(fault=str(error)), again)
    shown = _shifts(trial.made) if trial.made else ()
    left = len(trial.made.shifts) - len(shown) if trial.made else 0
    return WhatIfPage(asked, typed, trial, again, shown, left_out=left)


def _shifts(made: WhatIf) -> tuple[ShiftShown, ...]:
    ordered = sorted(made.shifts, key=lambda each: (-abs(each.change), each.source, each.kind))
    return tuple(
        ShiftShown(
            each, side_name(each.source), side_name(each.target),
            tuple(reason_of(one, made.horizon_days) for one in each.precedents),
        )
        for each in ordered
        if abs(each.change) >= LEAST_SHIFT
    )  # fmt: skip


@router.get("/outlook/what-if")
def what_if_page(
    request: Request, desk: DeskHere, asked: Annotated[WhatIfForm, Depends()], now: bool = False
) -> Response:
    """Show the form, and the shifts where events are supposed."""
    return render(request, "outlook_what_if.html", _what_if_page(desk, asked, 120.0 if now else PATIENCE))


@router.get("/outlook/what-if/part")
def what_if_part(request: Request, desk: DeskHere, asked: Annotated[WhatIfForm, Depends()]) -> Response:
    """Give the answer alone, or the word that it is in work."""
    return render(request, "outlook_what_if_answer.html", _what_if_page(desk, asked, PART_PATIENCE))


# Backtest


@dataclass(frozen=True, slots=True)
class BacktestPage:
    """The variables of outlook_backtest.html and of its part."""

    asked: BacktestForm
    trial: Trial[Backtest]
    again: str
    plot: str
    origins: tuple[int, ...] = field(default=(3, 6, 12))


def _backtest_page(asked: BacktestForm, trial: Trial[Backtest]) -> BacktestPage:
    def at(path: str) -> str:
        return address(path, days=asked.days, origins=asked.origins)

    return BacktestPage(asked, trial, at("/outlook/backtest/part"), at("/outlook/backtest/plot.svg"))


@router.get("/outlook/backtest")
def backtest_page(request: Request, desk: DeskHere, asked: Annotated[BacktestForm, Depends()]) -> Response:
    """Show what a replay gave, or how to begin one: it is begun by the button alone, for it takes minutes."""
    trial: Trial[Backtest] = Trial()
    if desk.forecaster.is_begun(asked.question()):
        trial = _tried(desk, asked.question(), 0.0)
    return render(request, "outlook_backtest.html", _backtest_page(asked, trial))


@router.post("/outlook/backtest")
def begin_backtest(
    request: Request,
    desk: DeskHere,
    days: Annotated[int, Form(ge=1, le=366)] = 30,
    origins: Annotated[int, Form(ge=1, le=24)] = 6,
) -> Response:
    """Begin a replay in the background; where it cannot be begun the page says why."""
    try:
        desk.forecaster.ask(BacktestAsked(days, origins))
    except CommuniqueError as error:
        page = _backtest_page(BacktestForm(days, origins), Trial(fault=str(error)))
        return render(request, "outlook_backtest.html", page, status=error.http_status)
    return RedirectResponse(address("/outlook/backtest", days=days, origins=origins), status_code=303)


@router.get("/outlook/backtest/part")
def backtest_part(request: Request, desk: DeskHere, asked: Annotated[BacktestForm, Depends()]) -> Response:
    """Give what a replay gave alone, or the word that it is in work."""
    trial = _tried(desk, asked.question(), PART_PATIENCE)
    return render(request, "outlook_backtest_answer.html", _backtest_page(asked, trial))


@router.get("/outlook/backtest/plot.svg")
def backtest_plot(desk: DeskHere, asked: Annotated[BacktestForm, Depends()]) -> Response:
    """Give the reliability plot of a replay that is done."""
    made = desk.forecaster.known(asked.question())
    if made is None:
        raise HTTPException(404)
    return Response(reliability_svg(made), media_type="image/svg+xml")
