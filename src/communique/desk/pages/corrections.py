"""/corrections: all that persons put right, the latest first, each to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from communique.casebook.kept import Correction
from communique.desk.desk import DeskHere
from communique.desk.paging import SIZE, Paging, paging_of
from communique.desk.render import render
from communique.desk.report_view import all_corrections

router = APIRouter()


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """The variables of corrections.html: the corrections of this page, how many hold, whether they may be undone."""

    rows: tuple[Correction, ...]
    hold: int
    paging: Paging
    may_change: bool


@router.get("/corrections")
def corrections(request: Request, desk: DeskHere, offset: Annotated[int, Query(ge=0)] = 0) -> Response:
    """List the corrections."""
    made = all_corrections(desk)[::-1]
    hold = sum(one.undone_at is None for one in made)
    rows = tuple(made[offset : offset + SIZE])
    paging = paging_of(request, offset, SIZE, len(made))
    return render(request, "corrections.html", CorrectionsPage(rows, hold, paging, not desk.settings.read_only))


@router.post("/corrections/undo")
def undo(desk: DeskHere, number: Annotated[int, Form()]) -> Response:
    """Undo one correction and show the list again."""
    desk.write(lambda casebook: casebook.undo(number))
    return RedirectResponse("/corrections", status_code=303)
