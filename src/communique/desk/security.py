"""The door of the desk: what every request must show, and what every answer says to the browser.

In this order: the name by which the desk was asked for (against DNS rebinding), who asks, where from, the size of the body,
and for writes whether they were meant. A write from a page of another site fails by its Origin, by Sec-Fetch-Site, and by
the missing form secret; the API takes JSON only, which another site cannot send without asking first. What another site
would load into its own pages (an image, a script, a frame) is refused too.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from communique.desk.errors import error_response, is_api
from communique.desk.settings import DeskSettings
from communique.desk.visitors import (
    CSRF_FIELD,
    CSRF_HEADER,
    Visitor,
    csrf_token,
    same_words,
    session_cookie,
    visitor_of,
)
from communique.errors import CommuniqueError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ENTER, STATIC = "/enter", "/static/"
LARGEST_UNENTERED = 10_000
"""Bytes of a body that are taken from who has not shown the token."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANSWER_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_HOST = re.compile(r"([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")
_NOT_HERE = 1008
"""The desk talks no websockets."""
_log = logging.getLogger("communique.desk")


class Refused(CommuniqueError):
    """A request that may not be answered."""

    http_status = 403


class NotEntered(CommuniqueError):
    """A request without the token that this desk asks for."""

    http_status = 401


class TooLarge(CommuniqueError):
    """A body larger than the desk takes."""

    http_status = 413


class NotJson(CommuniqueError):
    """A body for the API that is not said to be JSON."""

    http_status = 415


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
            else:
                await send({"type": "websocket.close", "code": _NOT_HERE})
            return
        visitor = visitor_of(self._settings, Headers(scope=scope))
        scope["state"] = {**scope.get("state", {}), "visitor": visitor}
        answering = _Answering(scope, send)
        if scope["method"] == "HEAD" and not scope["path"].startswith(STATIC):
            # Pages know GET alone; the body of their answer is left out.
            scope["method"] = "GET"
        try:
            receive = await self._let_in(scope, receive, visitor)
            await self._app(scope, receive, answering)
        except ClientDisconnect:
            _log.info("a visitor went away while sending")
        except Exception as error:
            if answering.has_begun:
                raise
            if not isinstance(error, CommuniqueError | HTTPException):
                # Here and not further out, so that this answer too carries the headers of all answers.
                _log.error("%s %r", scope["method"], scope["path"], exc_info=error)
            await (error_response(Request(scope), error))(scope, receive, answering)

    async def _let_in(self, scope: Scope, receive: Receive, visitor: Visitor) -> Receive:
        """Give what the body is read from by those behind the door; raise what keeps the request out."""
        headers = Headers(scope=scope)
        self._check_host(headers)
        path = scope["path"]
        if not visitor.may_enter and path != ENTER and not path.startswith(STATIC):
            raise NotEntered("this desk asks for its token: open /enter, or send Authorization: Bearer TOKEN")
        if not visitor.by_bearer:
            _check_site(scope, headers)
        if scope["method"] in SAFE_METHODS:
            return receive
        body = await self._body(Request(scope, receive), headers, visitor)
        await self._check_meant(scope, headers, visitor, body)
        return _replayed(body)

    def _check_host(self, headers: Headers) -> None:
        allowed = self._settings.hosts
        host = headers.get("host", "").casefold()
        found = _HOST.fullmatch(host)
        if found is None or (allowed and found[1] not in allowed):
            raise Refused(
                f"this desk is not called {host[:80]!r}; open it as http://127.0.0.1:{self._settings.port}/"
            )  # fmt: skip

    async def _body(self, request: Request, headers: Headers, visitor: Visitor) -> bytes:
        most = self._settings.largest_upload if visitor.may_enter else LARGEST_UNENTERED
        told = headers.get("content-length", "0")
        body = bytearray()
        if re.fullmatch(r"[0-9]{1,18}", told) and int(told) <= most:
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    break
            else:
                return bytes(body)
        raise TooLarge(f"that is more than the {most:,} bytes that a desk takes at once; use `communique add`")

    async def _check_meant(self, scope: Scope, headers: Headers, visitor: Visitor, body: bytes) -> None:
        """Raise where a write does not show that it was meant: JSON for the API, else a form with its secret."""
        if is_api(scope["path"]):
            kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
            # A page of another site can send a form, or nothing, unasked; but neither JSON nor PUT and DELETE.
            if kind != "application/json" and (body or scope["method"] == "POST"):
                raise NotJson("the API takes JSON: send the body with Content-Type: application/json")
            return
        if visitor.by_bearer or scope["path"] == ENTER:
            # Who enters has no session yet; knowing the token is what shows that it is meant.
            return
        given = headers.get(CSRF_HEADER) or await _form_secret(scope, body)
        if not same_words(given, csrf_token(self._settings, visitor.session)):
            raise Refused("the form is out of date: load the page again and send it once more")


def _check_site(scope: Scope, headers: Headers) -> None:
    """Raise Refused for a write from a page of another site, and for what such a page would load into itself."""
    site = headers.get("sec-fetch-site", "none")
    if scope["method"] in SAFE_METHODS:
        # A link from another site opens a page; an image, a script or a frame of it opens nothing.
        is_opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if site in {"cross-site", "same-site"} and not is_opened:
            raise Refused("a page of another site may not load this into itself")
        return
    origin = headers.get("origin")
    # Browsers say "null" where a page may not tell its origin; Sec-Fetch-Site then tells more.
    if origin not in (None, "null") and origin.partition("://")[2].casefold() != headers.get("host", "").casefold():
        raise Refused(f"a page of {origin[:200]} may not change anything here")
    if site not in {"none", "same-origin"}:
        raise Refused("a page of another site may not change anything here")


async def _form_secret(scope: Scope, body: bytes) -> str:
    # A text that is pasted may be long; the door has limited the whole.
    async with Request(scope, _replayed(body)).form(max_part_size=len(body)) as form:
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


class _Answering:
    """Sends an answer with the headers of all answers, and to HEAD without its body."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.has_begun = False
        self._send = send
        self._is_head = scope["method"] == "HEAD"
        self._has_ended = False

    async def __call__(self, message: Message) -> None:
        """Send one message of the answer."""
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in ANSWER_HEADERS.items():
                headers.setdefault(name, value)
            # Static files say themselves how long they may be kept.
            headers.setdefault("cache-control", "no-store")
        elif self._is_head and message["type"] == "http.response.body":
            if self._has_ended:
                return
            self._has_ended = True
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)


def set_session(headers: MutableHeaders, settings: DeskSettings, session: str) -> None:
    """Set the session's cookie on an answer."""
    response = Response()
    response.set_cookie(session_cookie(settings), session, httponly=True, samesite="strict", path="/")
    headers.append("set-cookie", response.headers["set-cookie"])
