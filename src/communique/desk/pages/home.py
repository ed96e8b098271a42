"""/: what changed since the last visit, and where to go from here."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from communique.casebook.kept import Contents
from communique.desk.desk import DeskHere
from communique.desk.render import render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class HomePage:
    """The variables of home.html: what the casebook holds."""

    contents: Contents


@router.get("/")
def home(request: Request, desk: DeskHere) -> Response:
    """Show the home page."""
    return render(request, "home.html", HomePage(desk.answers.of("contents", desk.casebook.contents)))
