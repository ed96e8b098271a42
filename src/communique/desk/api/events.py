"""/api/events: events of today, and one of them with what tells it; /api/timeline and /api/relation: two actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.filters import EventFilter
from communique.casebook.kept import Correction
from communique.casebook.naming import code_of
from communique.casebook.store import Casebook
from communique.desk.api.answers import (
    DEFAULT_LIMIT,
    ERRORS,
    EventRow,
    Limit,
    Offset,
    answer,
    list_of,
    model_of,
    one_page,
    page_of,
)
from communique.desk.asked import LONGEST_WORDS, EventsAsked
from communique.desk.curves import Curve, relation_curve
from communique.desk.desk import DeskHere
from communique.desk.gathered import acts_between
from communique.desk.report_view import history_of_event
from communique.records import Event

router = APIRouter(tags=["events"], responses=ERRORS)

MOST_TELLINGS = 100

ToldRow = model_of("ToldRow", Event, published=str | None, sentence_text=str)
EventDetail = model_of("EventDetail", EventRow, told=list_of(ToldRow), corrections=list[Correction])
Side = Annotated[str, Query(min_length=1, max_length=LONGEST_WORDS, description="An actor by code or name.")]
Day = Annotated[str, Query(max_length=10, description="A day, month or year.")]


def event_rows(casebook: Casebook, wanted: EventFilter) -> Sequence[Mapping[str, Any]]:
    """Give the events that a filter asks for as rows with the columns of `communique events`."""
    return casebook.frame(wanted).select(list(EventRow.model_fields)).to_dicts()


@router.get("/events", response_model=page_of(EventRow), summary="List events")
def events(
    request: Request,
    desk: DeskHere,
    asked: Annotated[EventsAsked, Depends()],
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
) -> Response:
    """Events of today: folded, corrected, each with its sentence and the reports that tell it."""
    wanted = asked.filter(limit, offset)
    desk.casebook.check_names(wanted)
    return one_page(request, event_rows(desk.casebook, wanted), desk.casebook.count(wanted), limit, offset)


@router.get("/events/{event_id:whole}", response_model=EventDetail, summary="Show an event")
def event(desk: DeskHere, event_id: str) -> Response:
    """The act that an event belongs to, by the id of any telling: as it stands, as each report tells it, and its corrections."""
    rows = event_rows(desk.casebook, EventFilter(event_ids=[event_id], limit=1))
    if not rows:
        raise HTTPException(404)
    ids = rows[0]["event_ids"][:MOST_TELLINGS]
    told = [
        {**one.event.as_row(), "published": one.published, "sentence_text": one.sentence_text}
        for one in desk.casebook.tellings(ids)
    ]
    return answer({**rows[0], "told": told, "corrections": history_of_event(desk, rows[0]["event_ids"])})


@router.get("/timeline", response_model=page_of(EventRow), summary="Acts between two actors")
def timeline(
    request: Request,
    desk: DeskHere,
    a: Side,
    b: Side,
    since: Day = "",
    until: Day = "",
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
) -> Response:
    """All acts between two actors, either way, the oldest first."""
    wanted = EventFilter(dyad=pair_of(a, b), since=since or None, until=until or None, limit=limit, offset=offset)
    return one_page(request, event_rows(desk.casebook, wanted), desk.casebook.count(wanted), limit, offset)


@router.get("/relation", response_model=Curve, summary="How two actors stood to each other over time")
def relation(desk: DeskHere, a: Side, b: Side) -> Response:
    """The score (−1 … 1) of two actors on days from their first act to their last, and the days on which it turned."""
    one, other = pair_of(a, b)
    curve = desk.answers.of(
        ("curve", one, other), lambda: relation_curve(acts_between(desk, one, other), one, other)
    )  # fmt: skip
    return answer(curve)


def pair_of(a: str, b: str) -> tuple[str, str]:
    """Give the codes of two actors; UsageError where one is none."""
    return code_of(a), code_of(b)
