"""/api/actors: who is who; /api/types and /api/contexts: the words of the ontology."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.actors.display import name_of, named_actors
from communique.actors.resolver import bare
from communique.casebook.filters import EventFilter
from communique.casebook.kept import DyadCount
from communique.casebook.values import is_code
from communique.desk.actors_found import codes_beginning
from communique.desk.api.answers import DEFAULT_LIMIT, ERRORS, Limit, Offset, Page, answer, slice_page
from communique.desk.desk import DeskHere
from communique.desk.gathered import ActiveActor, active_actors, acts_of, is_known
from communique.ontology.loader import TYPES, ontology

router = APIRouter(tags=["actors and types"], responses=ERRORS)

MOST_NAMED = 200
MOST_PARTNERS = 20


class ActorDetail(BaseModel):
    """An actor: its names, its acts on either side, by quad (1 to 4), the last day, and with whom it has most acts."""

    code: str
    name: str
    names: list[str]
    acts: int
    last_day: date | None
    quads: dict[str, int]
    dyads: list[DyadCount]


class ModeRow(BaseModel):
    """A mode of a type: its CAMEO code, Goldstein's intensity (−10 … 10), and what it means."""

    name: str
    cameo: str
    intensity: float
    gloss: str


class TypeRow(BaseModel):
    """One of the sixteen types: its quad (1 to 4), what it means, its modes."""

    name: str
    quad: int
    gloss: str
    default_mode: str
    modes: list[ModeRow]


class Contexts(BaseModel):
    """What events may be about."""

    items: list[str]


@router.get("/actors", response_model=Page[ActiveActor], summary="List actors")
def actors(
    request: Request,
    desk: DeskHere,
    q: Annotated[str, Query(max_length=200, description="Names or codes that begin so, or hold it.")] = "",
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
) -> Response:
    """The actors of the casebook, those with most acts first; with `q` those that are named so, also without acts."""
    if not q.strip():
        return slice_page(request, active_actors(desk), limit, offset)
    known = acts_of(desk)
    found = [
        known.get(code) or ActiveActor(code, name_of(code), 0, None)
        for code in codes_beginning(q, known, MOST_NAMED)
    ]  # fmt: skip
    return slice_page(request, found, limit, offset)


@router.get("/actors/{code:path}", response_model=ActorDetail, summary="Show an actor")
def actor(desk: DeskHere, code: str) -> Response:
    """An actor by its code, as IRN or USA/GOV."""
    if not is_code(code) or not is_known(desk, code):
        raise HTTPException(404)
    found = acts_of(desk).get(code)
    names = next((one.names for one in named_actors() if one.code == bare(code)), ())
    asked = EventFilter(actor=code)
    quads = dict.fromkeys("1234", 0)
    for row in desk.casebook.days(asked):
        quads[str(row.quad)] += row.events
    pairs = [one for one in desk.casebook.dyads(asked, MOST_PARTNERS) if bare(code) in {one.a, one.b}]
    detail: dict[str, Any] = {
        "code": code,
        "name": name_of(code),
        "names": names,
        "acts": found.acts if found else 0,
        "last_day": found.last_day if found else None,
        "quads": quads,
        "dyads": pairs,
    }
    return answer(detail)


@router.get("/types", response_model=list[TypeRow], summary="List types")
def types() -> Response:
    """The sixteen types of events, in the codebook's order."""
    made = ontology()
    return answer(
        [
            {
                "name": kind.name,
                "quad": kind.quad,
                "gloss": kind.gloss,
                "default_mode": kind.default_mode,
                "modes": [
                    {"name": mode, "cameo": str(cameo), "intensity": made.intensity(str(cameo)), "gloss": gloss}
                    for mode, (cameo, gloss) in kind.modes.items()
                ],
            }
            for kind in (made.types[name] for name in TYPES)
        ]
    )


@router.get("/contexts", response_model=Contexts, summary="List contexts")
def contexts(desk: DeskHere) -> Response:
    """The contexts that events of this casebook may have."""
    return answer({"items": desk.answers.of("contexts", desk.casebook.contexts)})
