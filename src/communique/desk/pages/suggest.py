"""/suggest/actors: the options that a field for actors offers while one types."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from communique.actors.display import name_of
from communique.desk.actors_found import codes_beginning
from communique.desk.desk import DeskHere
from communique.desk.gathered import acts_of
from communique.desk.render import render

router = APIRouter()

FIELDS = ("q", "actor", "about", "a", "b", "source", "target", "actors")
"""The names of fields that may send what was typed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One option: what the field would hold, the actor's name, and how many acts of it the casebook holds."""

    value: str
    name: str
    acts: int


@dataclass(frozen=True, slots=True)
class SuggestPart:
    """The variables of suggest_part.html."""

    options: tuple[Suggestion, ...]


@router.get("/suggest/actors")
def suggest_actors(request: Request, desk: DeskHere) -> Response:
    """Give options for what was typed; of a list of actors the last is completed."""
    typed = next((request.query_params[field] for field in FIELDS if request.query_params.get(field)), "")
    before, comma, last = typed.rpartition(",")
    acts = acts_of(desk)
    kept = f"{before}{comma} " if comma else ""
    options = (
        Suggestion(kept + code, name_of(code), acts[code].acts if code in acts else 0)
        for code in codes_beginning(last, acts)
    )
    return render(request, "suggest_part.html", SuggestPart(tuple(options)))
