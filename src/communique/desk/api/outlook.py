"""/api/outlook: what is likely, what if, who is next, how far to trust it; /api/forecasts: those that were kept.

What must be learned first answers 202 and goes on in the background: ask the same again.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Body, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.kept import KeptForecast
from communique.casebook.naming import code_if_named, code_of, codes_of
from communique.desk.api.answers import (
    DEFAULT_LIMIT,
    ERRORS,
    IN_WORK,
    Actor,
    AsOf,
    Limit,
    Offset,
    Page,
    answer,
    slice_page,
    working,
)
from communique.desk.asked import LONGEST_WORDS, near_day
from communique.desk.desk import Desk, DeskHere
from communique.desk.forecasts import BacktestAsked, NextAsked, OutlookAsked, Question, Scored, ScoredAsked, WhatIfAsked
from communique.desk.trials_asked import MOST_SUPPOSED, BacktestForm, NextForm
from communique.errors import UsageError
from communique.outlook.backtest import Backtest
from communique.outlook.forecast import BY_PROBABILITY, BY_RISE
from communique.outlook.keeping import forecasts_of, keep, kept_forecasts
from communique.outlook.ranking.records import NextActors
from communique.outlook.records import Outlook
from communique.outlook.whatif import Hypothetical, WhatIf, hypothetical_event

router = APIRouter(tags=["outlook"], responses=ERRORS)
Made = TypeVar("Made")

PATIENCE = 1.0
"""Seconds for which a request waits for its answer before it is told to come again, unless it says otherwise."""

Days = Annotated[int, Query(ge=1, le=366, description="The horizon in days.")]
Wait = Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the answer before 202 is given.")]
Order = Annotated[Literal["probability", "rise"], Query(description="What orders the likeliest acts.")]


def answered(desk: Desk, question: Question[Made], wait: float) -> Response:
    """Answer a question where that is done within `wait` seconds for the casebook as it is, else say that it is in work."""
    progress = desk.forecaster.ask(question, wait)
    if progress.answer is None or not progress.is_current:
        return working(progress.seconds)
    return answer(progress.answer)


def outlook_question(a: str, b: str, days: int, as_of: date | None, top: int, by: str) -> OutlookAsked:
    """Give the question; UsageError for an actor that is none, or a second without a first."""
    one, other = code_if_named(a), code_if_named(b)
    if other and not one:
        raise UsageError("b: name a as well, or a alone")
    return OutlookAsked(one, other, days, as_of, top, BY_RISE if by == "rise" else BY_PROBABILITY)


@router.get("/outlook", response_model=Outlook, responses=IN_WORK, summary="What is likely next")
def outlook(
    desk: DeskHere,
    a: Actor = "",
    b: Actor = "",
    days: Days = 30,
    as_of: AsOf = "",
    top: Annotated[int, Query(ge=1, le=100, description="How many of the likeliest acts.")] = 20,
    by: Order = "probability",
    wait: Wait = PATIENCE,
) -> Response:
    """Probabilities between two actors, for one (`b` left out), or in the world, with ranges, base rates and precedents."""
    return answered(desk, outlook_question(a, b, days, near_day(as_of), top, by), wait)


@router.get("/outlook/next", response_model=NextActors, responses=IN_WORK, summary="Who is next")
def next_actors(desk: DeskHere, asked: Annotated[NextForm, Depends()], wait: Wait = PATIENCE) -> Response:
    """Who is likeliest to undergo a type from `source`, or to do it to `target`: name one side, leave the other empty."""
    question = asked.question()
    return answered(desk, NextAsked(question.source, question.type, question.target, near_day(question.as_of)), wait)


class Supposed(BaseModel):
    """An event that is supposed; actors by code or name."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(min_length=1, max_length=LONGEST_WORDS)
    type: str = Field(min_length=1, max_length=20)
    target: str = Field(min_length=1, max_length=LONGEST_WORDS)
    day: date
    mode: str | None = Field(default=None, max_length=40)

    def event(self) -> Hypothetical:
        """Give the event; UsageError where it is none."""
        sides = [";".join(codes_of([side])) for side in (self.source, self.target)]
        kind = "/".join(filter(None, ("".join(self.type.split()), "".join((self.mode or "").split()))))
        near_day(self.day)
        return hypothetical_event(f"{sides[0]} {kind} {sides[1]} {self.day.isoformat()}")


class WhatIfGiven(BaseModel):
    """Events that are supposed, the pairs of actors that are looked at (those of the events, where none is named)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"events": [{"source": "USA", "type": "SANCTION", "target": "IRN", "day": "2025-03-01"}], "days": 30}
            ]
        },
    )

    events: list[Supposed] = Field(min_length=1, max_length=MOST_SUPPOSED)
    dyads: list[tuple[str, str]] = Field(default=[], max_length=MOST_SUPPOSED)
    days: int = Field(default=30, ge=1, le=366)
    as_of: date | None = None

    def question(self) -> WhatIfAsked:
        """Give the question; UsageError for what is no actor, no type, no day."""
        dyads = tuple((code_of(a), code_of(b)) for a, b in self.dyads)
        return WhatIfAsked(tuple(one.event() for one in self.events), dyads, self.days, near_day(self.as_of))


@router.post("/what-if", response_model=WhatIf, responses=IN_WORK, summary="What if")
def what_if(desk: DeskHere, given: Annotated[WhatIfGiven, Body()], wait: Wait = PATIENCE) -> Response:
    """How the outlook shifts if some events had happened: association in the past, not cause. Nothing is written."""
    return answered(desk, given.question(), wait)


@router.get("/backtest", response_model=Backtest, responses=IN_WORK, summary="How good forecasts would have been")
def backtest(desk: DeskHere, asked: Annotated[BacktestForm, Depends()], wait: Wait = PATIENCE) -> Response:
    """What a replay of the past gave; 404 where none was begun (POST begins one)."""
    if not desk.forecaster.is_begun(asked.question()):
        raise HTTPException(404)
    return answered(desk, asked.question(), wait)


class BacktestGiven(BaseModel):
    """Which past is replayed: the horizon in days, and how many origins, one horizon apart."""

    model_config = ConfigDict(extra="forbid")

    days: int = Field(default=30, ge=1, le=366)
    origins: int = Field(default=6, ge=1, le=24)


@router.post("/backtest", response_model=Backtest, responses=IN_WORK, summary="Begin a backtest")
def begin_backtest(desk: DeskHere, given: Annotated[BacktestGiven, Body()]) -> Response:
    """Begin a replay of the past, which takes minutes; ask for it with GET."""
    return answered(desk, BacktestAsked(given.days, given.origins), 0.0)


class ForecastsGiven(BaseModel):
    """Whose outlook is kept, as it is made now: two actors, one, or none for the world."""

    model_config = ConfigDict(extra="forbid")

    a: str = Field(default="", max_length=LONGEST_WORDS)
    b: str = Field(default="", max_length=LONGEST_WORDS)
    days: int = Field(default=30, ge=1, le=366)
    as_of: date | None = None
    top: int = Field(default=20, ge=1, le=100)
    by: Literal["probability", "rise"] = "probability"


class ForecastsKept(BaseModel):
    """The forecasts of the outlook, and how many of them were not kept before."""

    new: int
    forecasts: list[KeptForecast]


@router.get("/forecasts", response_model=Page[KeptForecast], summary="List kept forecasts")
def forecasts(request: Request, desk: DeskHere, limit: Limit = DEFAULT_LIMIT, offset: Offset = 0) -> Response:
    """The forecasts that were kept, the latest first."""
    made = desk.answers.of("kept forecasts", lambda: kept_forecasts(desk.casebook))
    return slice_page(request, made[::-1], limit, offset)


@router.post(
    "/forecasts", response_model=ForecastsKept, status_code=201, responses=IN_WORK, summary="Keep forecasts"
)  # fmt: skip
def keep_forecasts(desk: DeskHere, given: Annotated[ForecastsGiven, Body()], wait: Wait = PATIENCE) -> Response:
    """Keep the forecasts of an outlook as they are made now, to be scored when their time has passed."""
    desk.check_writable()
    question = outlook_question(given.a, given.b, given.days, near_day(given.as_of), given.top, given.by)
    progress = desk.forecaster.ask(question, wait)
    made = progress.answer
    if made is None or not progress.is_current:
        return working(progress.seconds)
    new = desk.write(lambda casebook: keep(casebook, made))
    return answer({"new": new, "forecasts": forecasts_of(made)}, 201)


@router.get("/forecasts/scores", response_model=Scored, responses=IN_WORK, summary="How kept forecasts came out")
def scores(desk: DeskHere, wait: Wait = PATIENCE) -> Response:
    """Each kept forecast with what came, and how good they were together."""
    return answered(desk, ScoredAsked(), wait)
