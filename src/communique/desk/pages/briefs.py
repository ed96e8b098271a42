"""/dossiers/NAME/brief: the brief of a dossier, to be printed; /dossiers/NAME/brief.pdf: the same, set by Typst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from communique.desk.asked import day_asked
from communique.desk.brief import Brief
from communique.desk.brief_pdf import pdf_of
from communique.desk.desk import DeskHere
from communique.desk.dossier_asked import dossier_brief, dossier_named
from communique.desk.render import address, path_part, render

router = APIRouter()


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
