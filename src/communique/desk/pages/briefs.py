"""/dossiers/NAME/brief: the brief of a dossier, to be printed; /dossiers/NAME/brief.pdf: the same, set by Typst."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from communique.casebook.kept import Dossier
from communique.desk.asked import day_asked
from communique.desk.brief import Brief, brief_of
from communique.desk.brief_pdf import pdf_of
from communique.desk.desk import Desk, DeskHere
from communique.desk.dossier import dossier_events, main_pairs, material_of
from communique.desk.forecasts import OutlookAsked
from communique.desk.pages.dossiers import acts_of, dossier_boards, dossier_named
from communique.desk.render import address, path_part, render
from communique.errors import UsageError
from communique.outlook.records import Outlook

router = APIRouter()

PATIENCE = 1.0
"""Seconds for which a brief waits for its forecasts; what is still learned then is left out, and the page says so."""


@dataclass(frozen=True, slots=True)
class BriefPage:
    """The variables of brief.html. `is_learning` tells that forecasts are still in work."""

    brief: Brief
    as_of: str
    is_learning: bool
    pdf: str
    again: str


@router.get("/dossiers/{name}/brief")
def brief_page(
    request: Request, desk: DeskHere, name: str, as_of: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show the brief of a dossier as it stood at the end of a day, or as it stands."""
    brief, is_learning = dossier_brief(desk, dossier_named(desk, name), day_asked(as_of))
    at = f"/dossiers/{path_part(name)}/brief"
    page = BriefPage(brief, as_of, is_learning, address(f"{at}.pdf", as_of=as_of), address(at, as_of=as_of))
    return render(request, "brief.html", page)


@router.get("/dossiers/{name}/brief.pdf")
def brief_pdf(desk: DeskHere, name: str, as_of: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Give the brief as PDF."""
    dossier = dossier_named(desk, name)
    day = day_asked(as_of)
    brief, _ = dossier_brief(desk, dossier, day)
    made = desk.answers.of(("pdf", brief), lambda: pdf_of(brief))
    file = f"{dossier.name}{f'-{day}' if day else ''}.pdf"
    return Response(made, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{file}"'})


def dossier_brief(desk: Desk, dossier: Dossier, as_of: date | None) -> tuple[Brief, bool]:
    """Give the brief of a dossier, and whether forecasts are still in work that would belong to it."""
    events = acts_of(desk, dossier) if as_of is None else dossier_events(desk.casebook, dossier, as_of)
    outlooks, is_learning = _outlooks(desk, main_pairs(dossier, events), as_of)

    def made() -> Brief:
        boards = dossier_boards(desk, dossier, as_of)
        return brief_of(material_of(desk.casebook, dossier, as_of, outlooks, events=events, boards=boards))

    return desk.answers.of(("brief", dossier, as_of, outlooks), made), is_learning


def _outlooks(desk: Desk, pairs: tuple[tuple[str, str], ...], as_of: date | None) -> tuple[tuple[Outlook, ...], bool]:
    """Give the outlooks of some pairs that are worked out by now; a pair of which too little was known has none."""
    found, is_learning = [], False
    deadline = time.monotonic() + PATIENCE
    for a, b in pairs:
        try:
            progress = desk.forecaster.ask(OutlookAsked(a, b, as_of=as_of), max(0.0, deadline - time.monotonic()))
        except UsageError:
            continue
        is_learning |= progress.is_working
        if progress.answer is not None:
            found.append(progress.answer)
    return tuple(found), is_learning
