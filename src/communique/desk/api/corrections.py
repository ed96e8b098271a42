"""/api/corrections: what persons put right; put an event right, take it out, add one, undo."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.by_hand import ByHand, Values, in_order, value_of
from communique.casebook.filters import EventFilter
from communique.casebook.kept import Correction
from communique.casebook.naming import codes_of
from communique.casebook.store import Casebook
from communique.casebook.values import FIELDS
from communique.desk.api.answers import (
    DEFAULT_LIMIT,
    ERRORS,
    FARTHEST,
    EventRow,
    Limit,
    Offset,
    Page,
    answer,
    model_of,
    slice_page,
)
from communique.desk.api.events import event_rows
from communique.desk.api.reports import LONGEST_ID
from communique.desk.desk import DeskHere
from communique.desk.report_view import all_corrections
from communique.errors import UsageError

router = APIRouter(tags=["corrections"], responses=ERRORS)

LONGEST = 2_000
Words = Annotated[str, Field(max_length=LONGEST)]
EventId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
_STRICT = ConfigDict(extra="forbid")


CorrectionsMade = model_of("CorrectionsMade", corrections=list[Correction], event=EventRow | None)
CorrectionsMade.__doc__ = "What was written, and the event as it stands now (null where it was taken out)."


class FieldsGiven(BaseModel):
    """Other values for fields of an event: a text, a list of texts, or null for none; names of actors become codes."""

    model_config = _STRICT
    kind: Literal["field"]
    event_id: EventId
    values: dict[str, Words | list[Words] | None] = Field(min_length=1)
    why: Words = ""


class DeletionGiven(BaseModel):
    """An event that is to be taken out: there was no such act."""

    model_config = _STRICT
    kind: Literal["delete"]
    event_id: EventId
    why: Words = ""


class AdditionGiven(BaseModel):
    """An event that reading did not find; `words` tell it in the report of the id `report`, nearest to the offset `near`."""

    model_config = _STRICT
    kind: Literal["add"]
    type: Words
    source: Words
    target: Words | None = None
    date: Words | None = None
    status: Words | None = None
    mode: Words | None = None
    report: Words | None = None
    words: Words | None = None
    near: int = Field(default=0, ge=0, le=FARTHEST)
    why: Words = ""

    def by_hand(self) -> ByHand:
        """Give the event as a person writes it."""
        return ByHand(**{name: getattr(self, name) for name in ByHand.__dataclass_fields__})


Given = Annotated[FieldsGiven | DeletionGiven | AdditionGiven, Body(discriminator="kind")]
Number = Annotated[int, Path(ge=1, le=FARTHEST, description="The correction's number.")]


@router.get("/corrections", response_model=Page[Correction], summary="List corrections")
def corrections(
    request: Request,
    desk: DeskHere,
    event_id: Annotated[str, Query(max_length=LONGEST_ID, description="Only those of this event.")] = "",
    holding: Annotated[bool, Query(description="Only those that were not undone.")] = False,
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
) -> Response:
    """What persons put right, the latest first."""
    made = [
        one
        for one in all_corrections(desk)[::-1]
        if event_id in {"", one.event_id} and not (holding and one.undone_at is not None)
    ]
    return slice_page(request, made, limit, offset)


@router.post("/corrections", response_model=CorrectionsMade, status_code=201, summary="Put an event right")
def correct(desk: DeskHere, given: Given) -> Response:
    """Set fields of an event, take an event out, or add one; of several fields all are set or none."""
    desk.check_writable()
    made = desk.write(lambda casebook: _write(casebook, given, desk.settings.who))
    return answer(_told(desk.casebook, made), 201)


@router.delete("/corrections/{correction_id}", response_model=CorrectionsMade, summary="Undo a correction")
def undo(desk: DeskHere, correction_id: Number) -> Response:
    """Undo a correction, a deletion or an addition; it stays listed, with the moment at which it was undone."""
    desk.check_writable()
    if all(one.correction_id != correction_id for one in all_corrections(desk)):
        raise HTTPException(404)
    made = desk.write(lambda casebook: casebook.undo(correction_id))
    return answer(_told(desk.casebook, [made]))


def _write(casebook: Casebook, given: FieldsGiven | DeletionGiven | AdditionGiven, who: str) -> list[Correction]:
    if isinstance(given, DeletionGiven):
        return [casebook.delete(given.event_id, who, given.why)]
    if isinstance(given, AdditionGiven):
        event, published, sentence = given.by_hand().event(casebook)
        return [casebook.add_event(event, who, given.why, published=published, sentence_text=sentence)]
    return casebook.correct_all(given.event_id, _values(given.values), who, given.why)


def _values(given: dict[str, Any]) -> Values:
    """Give values as corrections take them: names of actors as codes, lists as they are."""
    found: dict[str, object] = {}
    for name, value in given.items():
        if name not in FIELDS:
            raise UsageError(f"field {name!r}: one of {', '.join(FIELDS)}")
        if isinstance(value, list):
            if name not in {"source", "target", "context"}:
                raise UsageError(f"{name}: takes one text, no list")
            found[name] = list(codes_of(value)) if name != "context" and value else value
        else:
            found[name] = None if value is None else value_of(name, value)
    return in_order(found)


def _told(casebook: Casebook, made: list[Correction]) -> dict[str, Any]:
    rows = event_rows(casebook, EventFilter(event_ids=[made[-1].event_id], limit=1))
    return {"corrections": made, "event": rows[0] if rows else None}
