"""/api/dossiers: saved sets of actors, contexts and days, their acts, and their brief."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.kept import Dossier
from communique.casebook.naming import codes_of
from communique.desk.api.answers import (
    DEFAULT_LIMIT,
    ERRORS,
    AsOf,
    EventRow,
    Limit,
    Offset,
    Page,
    answer,
    model_of,
    one_page,
    page_of,
    slice_page,
)
from communique.desk.api.events import event_rows
from communique.desk.asked import near_day
from communique.desk.brief import Brief
from communique.desk.desk import DeskHere
from communique.desk.dossier import dossier_filter
from communique.desk.dossier_asked import check_free, dossier_brief, dossier_named

router = APIRouter(tags=["dossiers"], responses=ERRORS)

BriefAnswer = model_of("BriefAnswer", Brief, is_learning=bool)
Name = Annotated[str, Path(max_length=80, description="The dossier's name: a-z, 0-9 and hyphens.")]


class DossierGiven(BaseModel):
    """What a dossier holds: actors by code or name, contexts, days (ISO days, months or years), a note."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"title": "The Iran nuclear file", "actors": ["Iran", "USA"], "contexts": []}]},
    )

    title: str = Field(min_length=1, max_length=200)
    actors: list[Annotated[str, Field(max_length=200)]] = Field(default=[], max_length=200)
    contexts: list[Annotated[str, Field(max_length=80)]] = Field(default=[], max_length=80)
    since: str | None = Field(default=None, max_length=10)
    until: str | None = Field(default=None, max_length=10)
    note: str = Field(default="", max_length=10_000)


@router.get("/dossiers", response_model=Page[Dossier], summary="List dossiers")
def dossiers(request: Request, desk: DeskHere, limit: Limit = DEFAULT_LIMIT, offset: Offset = 0) -> Response:
    """All dossiers, by name."""
    return slice_page(request, desk.casebook.dossiers(), limit, offset)


@router.get("/dossiers/{name}", response_model=Dossier, summary="Show a dossier")
def dossier(desk: DeskHere, name: Name) -> Response:
    """One dossier."""
    return answer(dossier_named(desk, name))


@router.put(
    "/dossiers/{name}", response_model=Dossier, summary="Save a dossier",
    responses={201: {"model": Dossier, "description": "There was none of this name."}},
)  # fmt: skip
def save_dossier(desk: DeskHere, name: Name, given: Annotated[DossierGiven, Body()]) -> Response:
    """Keep a dossier under this name, in the place of one that is there."""
    desk.check_writable()
    check_free(name)
    wanted = Dossier(
        name, given.title.strip(), codes_of(given.actors) if given.actors else (), tuple(sorted(set(given.contexts))),
        given.since or None, given.until or None, given.note,
    )  # fmt: skip
    is_new = desk.casebook.dossier(name) is None
    return answer(desk.write(lambda casebook: casebook.save_dossier(wanted)), 201 if is_new else 200)


@router.delete("/dossiers/{name}", response_model=Dossier, summary="Delete a dossier")
def delete_dossier(desk: DeskHere, name: Name) -> Response:
    """Delete a dossier and give it as it was; its acts and reports stay."""
    desk.check_writable()
    dossier_named(desk, name)
    return answer(desk.write(lambda casebook: casebook.delete_dossier(name)))


@router.get("/dossiers/{name}/events", response_model=page_of(EventRow), summary="Acts of a dossier")
def dossier_events(
    request: Request, desk: DeskHere, name: Name, limit: Limit = DEFAULT_LIMIT, offset: Offset = 0
) -> Response:
    """The acts of a dossier, the newest first."""
    wanted = dossier_filter(dossier_named(desk, name), limit=limit, offset=offset)
    return one_page(request, event_rows(desk.casebook, wanted), desk.casebook.count(wanted), limit, offset)


@router.get("/dossiers/{name}/brief", response_model=BriefAnswer, summary="The brief of a dossier")
def brief(desk: DeskHere, name: Name, as_of: AsOf = "") -> Response:
    """What happened, how things stand, who holds what, what is likely; each statement with the numbers of its footnotes.

    `is_learning` tells that forecasts are still being worked out that would belong to it.
    """
    made, is_learning = dossier_brief(desk, dossier_named(desk, name), near_day(as_of))
    return answer({**made.as_row(), "is_learning": is_learning})
