"""/enter: where a visitor shows the token of a desk that asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from communique.desk.desk import DeskHere
from communique.desk.render import render
from communique.desk.security import set_session
from communique.desk.visitors import entered_session, is_token

router = APIRouter()


@dataclass(frozen=True, slots=True)
class EnterPage:
    """The variables of enter.html: what was wrong with the token that was given, or None."""

    fault: str | None = None


@router.get("/enter")
def show_enter(request: Request) -> Response:
    """Ask for the token."""
    return render(request, "enter.html", EnterPage())


@router.post("/enter")
def enter(request: Request, desk: DeskHere, token: Annotated[str, Form()] = "") -> Response:
    """Let a visitor in who gives the token; with another one the form is shown again."""
    if desk.settings.token is None:
        return RedirectResponse("/", status_code=303)
    if not is_token(desk.settings, token):
        return render(request, "enter.html", EnterPage("That is not the token of this desk."), status=401)
    answer = RedirectResponse("/", status_code=303)
    set_session(answer.headers, desk.settings, entered_session(desk.settings))
    return answer
