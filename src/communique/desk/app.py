"""The desk as an ASGI application: the door, the pages, the API, and what errors look like."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.staticfiles import StaticFiles

from communique import __version__
from communique.desk.api import ROUTERS as API_ROUTERS
from communique.desk.desk import Desk
from communique.desk.errors import error_response
from communique.desk.pages import ROUTERS as PAGE_ROUTERS
from communique.desk.security import Door
from communique.errors import CommuniqueError

STATIC = Path(__file__).parent / "static"
MOST_THREADS = 80
"""Requests that are answered at once: more than may wait for the reader, the writer and forecasts together."""


def make_app(desk: Desk, *, warm_up: bool = False) -> FastAPI:
    """Give the application that serves a desk; it closes the desk when it ends.

    With `warm_up` the reading process starts at once, and the answers that pages begin with are worked out.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = MOST_THREADS
        if warm_up:
            desk.warm_up()
        yield
        desk.close()

    app = FastAPI(
        title="communique",
        version=__version__,
        summary="Events, reports, the standing picture and forecasts of one casebook.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        # A text that is pasted may be long; the door limits the whole body.
        form_limits={"max_part_size": desk.settings.largest_upload},
    )
    app.state.desk = desk
    app.mount("/static", _CachedFiles(directory=STATIC), name="static")
    for router in PAGE_ROUTERS:
        app.include_router(router, include_in_schema=False)
    for router in API_ROUTERS:
        app.include_router(router, prefix="/api")
    for kind in (CommuniqueError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _answer)
    # What else goes wrong is answered by the door.
    app.add_middleware(Door, settings=desk.settings)
    return app


def _answer(request: Request, error: Exception) -> Response:
    answer = error_response(request, error)
    if answer.status_code == 405:
        answer.headers["allow"] = ", ".join(_methods_of(request))
    return answer


def _methods_of(request: Request) -> list[str]:
    """Give the methods that an address takes; each of them is a route of its own."""
    found: set[str] = set()
    for prefix, routers in (("", PAGE_ROUTERS), ("/api", API_ROUTERS)):
        # A scope of its own: that of the request remembers the route that was found.
        path = request.scope["path"].removeprefix(prefix)
        scope = {"type": "http", "method": request.method, "path": path, "root_path": "", "headers": []}
        for route in (route for router in routers for route in router.routes):
            if route.matches(scope)[0] is not Match.NONE:
                found |= getattr(route, "methods", set())
    return sorted(found | {"HEAD"} if "GET" in found else found)


class _CachedFiles(StaticFiles):
    """Files of the package; their addresses carry the version, so a browser may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Give a file with the header that lets it be kept for a day."""
        parent: Callable[..., Response] = super().file_response
        response = parent(*args, **kwargs)
        response.headers["cache-control"] = "public, max-age=86400"
        return response
