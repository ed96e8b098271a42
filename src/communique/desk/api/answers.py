"""What the API answers with: records as JSON with their own names, pages of lists, and one shape of error.

The models that describe answers in the OpenAPI are made of the records, so that none can differ from its record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Generic, TypeVar, cast, get_type_hints

from fastapi import Query
from pydantic import BaseModel, create_model
from starlette.requests import Request
from starlette.responses import Response

from communique.desk.asked import LONGEST_WORDS
from communique.desk.paging import MOST, SIZE
from communique.records import Event
from communique.standing.steps import as_json

Item = TypeVar("Item")

FARTHEST = 100_000_000
"""The largest offset and number that is taken: no casebook is larger, and it fits the integers of a database."""

Limit = Annotated[int, Query(ge=1, le=MOST, description=f"Rows to give at most, {MOST:,} at once.")]
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="Rows to leave out at the beginning.")]
Actor = Annotated[str, Query(max_length=LONGEST_WORDS, description="An actor by code or name, as IRN or Iran.")]
AsOf = Annotated[str, Query(max_length=10, description="The day, as 2025-02-25; all that is known, where it is empty.")]
DEFAULT_LIMIT = SIZE


class ErrorTold(BaseModel):
    """What went wrong: `kind` names the error, `message` the mend, `field` the part of the request, where one is at fault."""

    kind: str
    message: str
    status: int
    field: str | None


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: ErrorTold


class Working(BaseModel):
    """The answer is being worked out: ask the same again after `Retry-After` seconds.

    `seconds` is how long it is in work.
    """

    state: str
    message: str
    seconds: float


class Page(BaseModel, Generic[Item]):
    """Some rows of a list: `total` are there, these begin behind `offset`; `next` is the address of those after them."""

    items: list[Item]
    total: int
    offset: int
    limit: int
    next: str | None


_MEANINGS = {
    400: "Something that means nothing here: a day, an actor, a type, a field.",
    401: "This desk asks for its token: `Authorization: Bearer TOKEN`.",
    403: "A page of another site asked, or the desk was asked for by a strange name.",
    404: "There is nothing by that name.",
    405: "That cannot be done to this address.",
    409: "The casebook cannot be read or written just now: in use too long, or too much is waiting.",
    413: "The body is larger than the desk takes.",
    415: "The body is no JSON.",
    422: "The request is not in the form that is described here.",
    500: "A fault of ours.",
    501: "What was asked for needs an extra that is not installed here.",
}
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": words} for status, words in _MEANINGS.items()
}
"""The errors that each operation may answer with, as OpenAPI describes them."""

IN_WORK: dict[int | str, dict[str, Any]] = {
    202: {"model": Working, "description": "It is being worked out; ask again after `Retry-After` seconds."}
}


def model_of(name: str, /, *records: type, leave_out: Sequence[str] = (), **further: Any) -> type[BaseModel]:
    """Give the model of an answer that holds the fields of some records side by side, and further ones by name."""
    fields: dict[str, Any] = {}
    for record in records:
        for field, kind in get_type_hints(record).items():
            if field not in leave_out:
                fields[field] = (kind, ...)
    fields |= {field: (kind, ...) for field, kind in further.items()}
    made = create_model(name, **fields)
    made.__doc__ = next((record.__doc__ for record in records if record.__doc__), None)
    return cast(type[BaseModel], made)


def list_of(model: Any) -> Any:
    """Give the type of a list of a model that was made while the program runs."""
    return list[model]


def page_of(model: Any) -> Any:
    """Give the type of a page of such a model."""
    return Page[model]


EventRow = model_of(
    "EventRow", Event,
    published=date | None, sentence_text=str | None, dataset=str | None, foreign_id=str | None, corrected=bool,
    reports=int, report_ids=list[str], event_ids=list[str],
)  # fmt: skip
"""An event of today, as a row: the columns of `communique events -f jsonl`."""


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Give a value as an answer in JSON."""
    words = json.dumps(as_json(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(words, status, dict(headers or {}), "application/json")


def address_behind(request: Request, limit: int, offset: int) -> str:
    """Give the address, without its host, of the rows after those of a request."""
    after = request.url.include_query_params(offset=offset + limit, limit=limit)
    return f"{after.path}?{after.query}"


def one_page(request: Request, items: Sequence[Any], total: int, limit: int, offset: int) -> Response:
    """Give some rows of a list, with the address of those after them."""
    more = items and offset + limit < min(total, FARTHEST)
    return answer(
        {
            "items": items,
            "total": total,
            "offset": offset,
            "limit": limit,
            "next": address_behind(request, limit, offset) if more else None,
        }
    )


def slice_page(request: Request, items: Sequence[Any], limit: int, offset: int) -> Response:
    """Give some rows of a list that is at hand as a whole."""
    return one_page(request, items[offset : offset + limit], len(items), limit, offset)


def working(seconds: float) -> Response:
    """Answer that the work goes on."""
    message = "it is being worked out; ask the same again in a moment"
    return answer({"state": "working", "message": message, "seconds": round(seconds, 1)}, 202, {"Retry-After": "2"})
