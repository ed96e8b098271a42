"""What goes wrong, as a person or a program reads it: a page, a line in a page, or one shape of JSON."""

from __future__ import annotations

from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from communique.desk.render import ErrorPage, is_part, render
from communique.errors import CommuniqueError


def error_response(request: Request, error: Exception) -> Response:
    """Answer an error: JSON under /api, a line for a part of a page, else a page; the status is the error's own."""
    status, kind, message, field = _told(error)
    if request.url.path.startswith("/api"):
        return JSONResponse(
            {"error": {"kind": kind, "message": message, "status": status, "field": field}}, status_code=status
        )
    if status == 401 and request.method == "GET" and not is_part(request):
        return RedirectResponse("/enter", status_code=303)
    page = ErrorPage(status, HTTPStatus(status).phrase, message)
    return render(request, "error_part.html" if is_part(request) else "error.html", page, status=status)


def _told(error: Exception) -> tuple[int, str, str, str | None]:
    """Give status, kind, message and field of an error."""
    if isinstance(error, CommuniqueError):
        return error.http_status, type(error).__name__, str(error), None
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        place = [str(part) for part in first["loc"] if part not in {"query", "path", "body"}]
        field = ".".join(place) or None
        return 422, "UsageError", f"{field or 'the request'}: {first['msg']}", field
    if isinstance(error, HTTPException):
        words = {404: "there is nothing here by that name", 405: "that cannot be done to this address"}
        return error.status_code, "NotFound" if error.status_code == 404 else "HTTPError", words.get(
            error.status_code, str(error.detail)
        ), None  # fmt: skip
    return 500, "Fault", "a fault of ours; the terminal that runs the desk shows it. Please report it.", None
