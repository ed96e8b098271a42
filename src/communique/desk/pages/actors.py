"""/actors: who acts in the casebook; /actors/CODE: one actor, with its timeline, counterparts and standing rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from communique.actors.display import actors_named, name_of
from communique.actors.resolver import bare
from communique.casebook.filters import EventFilter
from communique.casebook.kept import KeptReport
from communique.casebook.naming import code_of
from communique.desk.asked import EventsAsked
from communique.desk.curves import relation_curve
from communique.desk.desk import Desk, DeskHere
from communique.desk.gathered import (
    ActiveActor,
    active_actors,
    actor_timeline,
    acts_between,
    acts_of,
    is_known,
    reports_telling,
    standing_at_once,
    standing_of,
)
from communique.desk.paging import Paging, paging_of
from communique.desk.render import render
from communique.desk.standing_lines import BoardLines
from communique.desk.timelines import UNITS, Timeline
from communique.errors import UsageError
from communique.records import KeptEvent

router = APIRouter()

ACTORS_SHOWN = 100
EVENTS_SHOWN = 15
COUNTERPARTS_SHOWN = 12
CURVES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """The variables of actors.html: the words that names must hold, the actors of this page."""

    q: str
    rows: tuple[ActiveActor, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom an actor has most to do with: acts between them, the day of the last."""

    code: str
    acts: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ActorPage:
    """The variables of actor.html: who it is, its acts over time, whom it has to do with, and the latest of it.

    `standing` is None where it comes as a part.
    """

    code: str
    name: str
    acts: int
    roles: tuple[ActiveActor, ...]
    timeline: Timeline
    counterparts: tuple[Counterpart, ...]
    events: tuple[KeptEvent, ...]
    reports: tuple[KeptReport, ...]
    standing: tuple[BoardLines, ...] | None
    units: tuple[str, ...] = UNITS


@dataclass(frozen=True, slots=True)
class StandingPart:
    """The variables of standing_part.html: the boards with the rows that concern all `codes`."""

    boards: tuple[BoardLines, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActsPart:
    """The variables of acts_part.html: the acts of a period, how many there are, and where all are listed."""

    caption: str
    rows: tuple[KeptEvent, ...]
    total: int
    address: str


@router.get("/actors")
def actors(request: Request, desk: DeskHere, q: str = "", offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """List the actors of the casebook, or those whose name or code holds the words."""
    found = active_actors(desk)
    if wanted := q.strip().casefold():
        named = {actor.code for actor in actors_named(wanted, most=500)}
        found = tuple(
            row
            for row in found
            if bare(row.code) in named or wanted in row.name.casefold() or wanted in row.code.casefold()
        )
    rows = found[offset : offset + ACTORS_SHOWN]
    return render(
        request, "actors.html", ActorsPage(q.strip(), rows, paging_of(request, offset, ACTORS_SHOWN, len(found)))
    )


@router.get("/actors/{code:path}/timeline.json")
def timeline_json(desk: DeskHere, code: str, unit: str = "") -> Response:
    """Give the acts of an actor over time, for the chart."""
    return JSONResponse(actor_timeline(desk, _code(code), unit_asked(unit)).as_json())


@router.get("/actors/{code:path}/relations.json")
def relations_json(desk: DeskHere, code: str) -> Response:
    """Give the relation curves of an actor to those it has most to do with, for the chart."""
    code = _code(code)

    def made() -> dict[str, object]:
        own = bare(code)
        others = [other.code for other in _counterparts(desk, code)[:CURVES_SHOWN]]
        curves = (relation_curve(acts_between(desk, own, other), own, other, with_turns=False) for other in others)
        return {"curves": [curve.as_json(name_of(other)) for other, curve in zip(others, curves, strict=True)]}

    return JSONResponse(desk.answers.of(("relations", code), made))


@router.get("/actors/{code:path}/standing")
def standing_part(request: Request, desk: DeskHere, code: str) -> Response:
    """Give the rows of the boards that concern an actor, as a part of its page."""
    codes = (_code(code),)
    return render(request, "standing_part.html", StandingPart(standing_of(desk, codes), codes))


@router.get("/actors/{code:path}")
def actor(request: Request, desk: DeskHere, code: str, unit: str = "") -> Response:
    """Show one actor; a name is answered by the page of its code."""
    found = _code(code)
    if found != code:
        return RedirectResponse(request.url_for("actor", code=found), status_code=303)
    if not is_known(desk, code):
        raise HTTPException(404)
    events = tuple(desk.casebook.events(EventFilter(actor=code, sort="-date", limit=EVENTS_SHOWN)))
    acts = acts_of(desk).get(code)
    roles = tuple(row for row in active_actors(desk) if row.code.startswith(code + "/"))
    page = ActorPage(
        code, name_of(code), acts.acts if acts else 0, roles, actor_timeline(desk, code, unit_asked(unit)),
        _counterparts(desk, code), events, reports_telling(desk, events), standing_at_once(desk, (code,)),
    )  # fmt: skip
    return render(request, "actor.html", page)


@router.get("/acts")
def acts_part(request: Request, desk: DeskHere, asked: Annotated[EventsAsked, Depends()]) -> Response:
    """Give the acts of a bar that was pressed, as a part of a page; the query is that of /events."""
    rows = tuple(desk.casebook.events(asked.filter(EVENTS_SHOWN)))
    total = desk.casebook.count(asked.filter())
    days = " to ".join(dict.fromkeys(filter(None, (asked.since, asked.until))))
    listed = f"/events?{request.url.query}"
    return render(
        request,
        "acts_part.html",
        ActsPart(f"{total:,} acts, {days}" if days else f"{total:,} acts", rows, total, listed),
    )


def unit_asked(unit: str) -> str | None:
    """Give the unit that a query names, None where it names none; UsageError for one that there is not."""
    if unit and unit not in UNITS:
        raise UsageError(f"unit {unit!r}: one of {', '.join(UNITS)}")
    return unit or None


def _code(code: str) -> str:
    try:
        return code_of(code)
    except UsageError as error:
        raise HTTPException(404) from error


def _counterparts(desk: Desk, code: str) -> tuple[Counterpart, ...]:
    """Give whom an actor has most to do with, roles and itself aside."""

    def made() -> tuple[Counterpart, ...]:
        own = bare(code)
        rows = [row for row in desk.casebook.dyads(EventFilter(actor=code), None) if own in {row.a, row.b}]
        return tuple(
            Counterpart(row.b if row.a == own else row.a, row.events, row.last_day) for row in rows[:COUNTERPARTS_SHOWN]
        )

    return desk.answers.of(("counterparts", code), made)
