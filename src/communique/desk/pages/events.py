"""/events: the list with its filters; /events/ID: one act, with all that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from communique.casebook.kept import Correction
from communique.casebook.told import ReportRow, folded_with, reports_named
from communique.desk.asked import EventsAsked
from communique.desk.desk import Desk, DeskHere
from communique.desk.event_form import Choices, choices
from communique.desk.pages.reading import EventDetail, card_of_act, detail_of, done_of
from communique.desk.paging import SIZE, Paging, paging_of
from communique.desk.render import render
from communique.desk.report_view import history_of_event
from communique.ontology.loader import STATUSES, TYPES
from communique.records import Event, KeptEvent

router = APIRouter()

MOST_TELLINGS = 50
"""Tellings of an act that its page shows at most."""


@dataclass(frozen=True, slots=True)
class EventsPage:
    """The variables of events.html: what was asked for, the rows of this page, and what may be chosen."""

    asked: EventsAsked
    rows: tuple[KeptEvent, ...]
    paging: Paging
    types: tuple[str, ...] = tuple(TYPES)
    statuses: tuple[str, ...] = tuple(STATUSES)


@dataclass(frozen=True, slots=True)
class TellingLine:
    """One telling of an act: the event as its report tells it, its sentence, and the report, None for imported ones."""

    event: Event
    sentence_text: str
    report: ReportRow | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """The variables of event.html: one act with all its tellings, its corrections, its form, and what was just done."""

    kept: KeptEvent
    tellings: tuple[TellingLine, ...]
    opened: EventDetail
    done: tuple[Correction, ...]
    may_change: bool
    choices: Choices


@dataclass(frozen=True, slots=True)
class GonePage:
    """The variables of event_gone.html: an event that a person took out, with what was put right in it."""

    event: Event
    sentence_text: str
    history: tuple[Correction, ...]
    done: tuple[Correction, ...]
    may_change: bool


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


@router.get("/events/{event_id:whole}")
def event(
    request: Request,
    desk: DeskHere,
    event_id: str,
    done: Annotated[list[int], Query()] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """Show one act, with all that tell it; or that it was taken out."""
    kept, just_done = desk.casebook.event(event_id), done_of(desk, done)
    may_change = not desk.settings.read_only
    if kept is None:
        history = history_of_event(desk, folded_with(desk.casebook, event_id))
        if not history:
            raise HTTPException(404)
        page = GonePage(history[-1].told, history[-1].sentence_text, history, just_done, may_change)
        return render(request, "event_gone.html", page)
    opened = detail_of(desk, card_of_act(desk, kept, event_id), "")
    shown = EventPage(kept, _tellings(desk, kept), opened, just_done, may_change, choices())
    return render(request, "event.html", shown)


def _tellings(desk: Desk, kept: KeptEvent) -> tuple[TellingLine, ...]:
    """Give the tellings of an act in the casebook's order, the one that stands for all first."""
    order = [event_id for event_id, _ in kept.tellings][:MOST_TELLINGS]
    told = {one.event_id: one for one in desk.casebook.tellings(order)}
    reports = reports_named(desk.casebook, (report_id for _, report_id in kept.tellings[:MOST_TELLINGS]))
    return tuple(
        TellingLine(told[one].event, told[one].sentence_text, reports.get(told[one].report_id))
        for one in order
        if one in told
    )
