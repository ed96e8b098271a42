"""What goes wrong, as a person or a program reads it: a page, a line in a page, or one shape of JSON."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from communique.desk.render import ErrorPage, is_part, render
from communique.errors import CommuniqueError

_API, _DOWNLOADS = "/api/", "/downloads/"
_WORDS = {404: "there is nothing here by that name", 405: "that cannot be done to this address"}
_LONGEST = 2_000
"""Characters of a message; what a visitor wrote is repeated in it."""


def is_api(path: str) -> bool:
    """Tell whether a path is one of the API."""
    return path.startswith(_API)


def error_response(request: Request, error: Exception) -> Response:
    """Answer an error: JSON under /api, a line for a part of a page, else a page; the status is the error's own.

    A download that fails answers JSON too, unless a browser asks for it.
    """
    status, kind, message, field = _told(error)
    headers = dict(getattr(error, "headers", None) or {})
    path = request.scope["path"]
    if is_api(path) or (path.startswith(_DOWNLOADS) and "text/html" not in request.headers.get("accept", "")):
        told = {"error": {"kind": kind, "message": message, "status": status, "field": field}}
        # Half a character, which JSON can name and UTF-8 cannot, stays escaped.
        return Response(json.dumps(told), status, headers, "application/json")
    if status == 401 and request.method == "GET" and not is_part(request):
        return RedirectResponse("/enter", status_code=303)
    page = ErrorPage(HTTPStatus(status).phrase, message.encode("utf-8", "replace").decode())
    return render(
        request, "error_part.html" if is_part(request) else "error.html", page, status=status, headers=headers
    )


def _told(error: Exception) -> tuple[int, str, str, str | None]:
    """Give status, kind, message and field of an error."""
    if isinstance(error, CommuniqueError):
        return error.http_status, type(error).__name__, str(error)[:_LONGEST], None
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return 422, "UsageError", "the body is no JSON that can be read", None
        place = [str(part) for part in first["loc"] if part not in {"query", "path", "body"}]
        field = ".".join(place)[:_LONGEST] or None
        return 422, "UsageError", f"{field or 'the request'}: {first['msg']}"[:_LONGEST], field
    if isinstance(error, HTTPException):
        kind = "NotFound" if error.status_code == 404 else "HTTPError"
        return error.status_code, kind, _WORDS.get(error.status_code, str(error.detail)), None
    return 500, "Fault", "a fault of ours; the terminal that runs the desk shows it. Please report it.", None
