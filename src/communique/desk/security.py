"""The door of the desk: what every request must show, and what every answer says to the browser.

In this order: the name by which the desk was asked for (against DNS rebinding), the size of the body, who asks, and for
writes where they come from. A write from a page of another site fails by its Origin, by Sec-Fetch-Site, and by the
missing form secret; the API takes JSON only, which another site cannot send without asking first.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from communique.desk.errors import error_response
from communique.desk.settings import DeskSettings
from communique.desk.visitors import CSRF_FIELD, CSRF_HEADER, SESSION_COOKIE, Visitor, csrf_token, visitor_of
from communique.errors import CommuniqueError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/enter", "/static/")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANSWER_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Refused(CommuniqueError):
    """A request that may not be answered."""

    http_status = 403


class NotEntered(CommuniqueError):
    """A request without the token that this desk asks for."""

    http_status = 401


class TooLarge(CommuniqueError):
    """A body larger than the desk takes."""

    http_status = 413


class Door:
    """The ASGI middleware around the whole desk."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: DeskSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it with the reason why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        visitor = visitor_of(self._settings, headers)
        scope["state"] = {**scope.get("state", {}), "visitor": visitor}
        request = Request(scope, receive)
        answering = self._answering(scope, send, visitor)
        try:
            self._check_host(headers)
            self._check_entered(scope, visitor)
            body = await self._body(request, headers) if scope["method"] not in SAFE_METHODS else None
            if body is not None:
                await self._check_write(request, headers, visitor, body)
                receive = _replayed(body)
        except CommuniqueError as error:
            await (error_response(request, error))(scope, receive, answering)
            return
        await self._app(scope, receive, answering)

    def _answering(self, scope: Scope, send: Send, visitor: Visitor) -> Send:
        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ANSWER_HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
                if (
                    visitor.is_new
                    and SESSION_COOKIE not in headers.get("set-cookie", "")
                    and self._settings.token is None
                ):
                    set_session(headers, visitor.session)
            await send(message)

        return answering

    def _check_host(self, headers: Headers) -> None:
        allowed = self._settings.hosts
        host = headers.get("host", "").casefold()
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        if allowed and name not in allowed:
            raise Refused(
                f"this desk is not called {name or 'so'!r}; open it as http://127.0.0.1:{self._settings.port}/"
            )

    def _check_entered(self, scope: Scope, visitor: Visitor) -> None:
        if not visitor.may_enter and not scope["path"].startswith(OPEN_PATHS):
            raise NotEntered("this desk asks for its token: open /enter, or send Authorization: Bearer TOKEN")

    async def _body(self, request: Request, headers: Headers) -> bytes:
        most = self._settings.largest_upload
        told = headers.get("content-length", "0")
        body = bytearray()
        if told.isdigit() and int(told) <= most:
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    break
            else:
                return bytes(body)
        raise TooLarge(f"that is more than the {most:,} bytes that a desk takes at once; use `communique add`")

    async def _check_write(self, request: Request, headers: Headers, visitor: Visitor, body: bytes) -> None:
        """Raise Refused where a write may come from a page of another site."""
        if visitor.by_bearer:
            return
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        # Browsers say "null" where a page may not tell its origin; Sec-Fetch-Site then tells more.
        if (
            origin not in (None, "null")
            and urlsplit(origin or "").netloc.casefold() != headers.get("host", "").casefold()
        ):
            raise Refused(f"a page of {origin} may not change anything here")
        if site not in {"none", "same-origin"}:
            raise Refused("a page of another site may not change anything here")
        kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
        if request.url.path.startswith("/api/") and (kind == "application/json" or not body):
            return
        given = headers.get(CSRF_HEADER) or await _form_secret(request, body)
        if not hmac.compare_digest(given.encode(), csrf_token(self._settings, visitor.session).encode()):
            raise Refused("the form is out of date: load the page again and send it once more")


async def _form_secret(request: Request, body: bytes) -> str:
    form = await Request(request.scope, _replayed(body)).form()
    given = form.get(CSRF_FIELD, "")
    return given if isinstance(given, str) else ""


def _replayed(body: bytes) -> Receive:
    """Give a body that was read once more to who reads it next."""
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def set_session(headers: MutableHeaders, session: str) -> None:
    """Set the session's cookie on an answer."""
    response = Response()
    response.set_cookie(SESSION_COOKIE, session, httponly=True, samesite="strict", path="/")
    headers.append("set-cookie", response.headers["set-cookie"])
