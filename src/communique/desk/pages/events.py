"""/events: the list with its filters; /events/ID: one act, with all that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from communique.desk.asked import EventsAsked
from communique.desk.desk import DeskHere
from communique.desk.paging import SIZE, Paging, paging_of
from communique.desk.render import render
from communique.ontology.loader import STATUSES, TYPES
from communique.records import KeptEvent

router = APIRouter()


@dataclass(frozen=True, slots=True)
class EventsPage:
    """The variables of events.html: what was asked for, the rows of this page, and what may be chosen."""

    asked: EventsAsked
    rows: tuple[KeptEvent, ...]
    paging: Paging
    types: tuple[str, ...] = tuple(TYPES)
    statuses: tuple[str, ...] = tuple(STATUSES)


@dataclass(frozen=True, slots=True)
class EventPage:
    """The variables of event.html: one act."""

    kept: KeptEvent


@router.get("/events")
def events(
    request: Request,
    desk: DeskHere,
    asked: Annotated[EventsAsked, Depends()],
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """List the events that are asked for."""
    total = desk.answers.of(("count", repr(asked)), lambda: desk.casebook.count(asked.filter()))
    rows = tuple(desk.casebook.events(asked.filter(SIZE, offset)))
    return render(request, "events.html", EventsPage(asked, rows, paging_of(request, offset, SIZE, total)))


@router.get("/events/{event_id}")
def event(request: Request, desk: DeskHere, event_id: str) -> Response:
    """Show one act."""
    kept = desk.casebook.event(event_id)
    if kept is None:
        raise HTTPException(404)
    return render(request, "event.html", EventPage(kept))
