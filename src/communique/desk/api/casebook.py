"""/api/casebook: what the casebook holds, and its state; /api/search: words in reports, sentences and names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from communique import __version__
from communique.casebook.kept import Contents, SearchAnswer
from communique.desk.actors_found import LONGEST, actors_found
from communique.desk.api.answers import ERRORS, answer, model_of
from communique.desk.desk import DeskHere
from communique.desk.gathered import ActiveActor, acts_of
from communique.standing.steps import as_json

router = APIRouter(tags=["casebook"], responses=ERRORS)

CasebookAnswer = model_of("CasebookAnswer", Contents, name=str, version=str, state=str, read_only=bool)
FoundAnswer = model_of("FoundAnswer", SearchAnswer, actors=list[ActiveActor])


@router.get("/casebook", response_model=CasebookAnswer, summary="What the casebook holds")
def casebook(desk: DeskHere) -> Response:
    """Numbers of the casebook, the version of communique, and `state`: it changes when anything in the casebook changed."""
    # The state is taken first: what is counted is of this state or a later one.
    told = {
        "name": desk.casebook.path.name,
        "version": __version__,
        "state": desk.casebook.state(),
        "read_only": desk.settings.read_only,
    }
    return answer({**as_json(desk.contents()), **told})


@router.get("/search", response_model=FoundAnswer, summary="Search")
def search(
    desk: DeskHere,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST, description="Words that must all occur.")],
    limit: Annotated[int, Query(ge=1, le=100, description="How many of each kind at most.")] = 20,
) -> Response:
    """Reports that hold the words, events in whose sentence they stand, and actors that are named so; the newest first."""
    found = desk.casebook.search(q, limit)
    return answer({**as_json(found), "actors": actors_found(" ".join(q.split()), acts_of(desk))[:limit]})
