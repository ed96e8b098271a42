"""Who may come in, and the secret that every form carries: cookies, the token, all compared in constant time.

A desk without a token serves this machine alone and knows no visitors: its forms carry one secret for as long as it
runs, which a page of another site cannot read. Where the desk has a token, a visitor shows it at /enter and gets a
session cookie (HttpOnly, SameSite=Strict), or each request brings it as `Authorization: Bearer`; a form then carries a
secret made of the session. Browsers share cookies among all ports of a machine: the cookie is named after the desk's port,
so that two desks do not put each other's visitors out.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from communique.desk.settings import DeskSettings

CSRF_HEADER, CSRF_FIELD = "x-csrf-token", "csrf_token"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the session ("" where there is none), whether it may come in, and whether by the Authorization header."""

    session: str
    may_enter: bool
    by_bearer: bool


def session_cookie(settings: DeskSettings) -> str:
    """Give the name of the session's cookie."""
    return f"communique_session_{settings.port}"


def _signed(settings: DeskSettings, *parts: str) -> str:
    return hmac.new(settings.secret, "\n".join(parts).encode(), sha256).hexdigest()


def csrf_token(settings: DeskSettings, session: str) -> str:
    """Give the secret that forms of this session carry."""
    return _signed(settings, "form", session)


def entered_session(settings: DeskSettings) -> str:
    """Give a new session that has shown the token."""
    number = secrets.token_urlsafe(24)
    return f"{number}.{_signed(settings, 'entered', number)}"


def is_token(settings: DeskSettings, given: str) -> bool:
    """Tell whether what was given is the desk's token."""
    return settings.token is not None and same_words(given, settings.token)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def visitor_of(settings: DeskSettings, headers: Headers) -> Visitor:
    """Give who asks, by the cookie and the Authorization header of a request."""
    if settings.token is None:
        return Visitor("", True, False)
    kind, _, given = headers.get("authorization", "").partition(" ")
    # Headers are read as Latin-1; a token beyond ASCII is sent as UTF-8.
    shown = given.strip().encode("latin-1", "replace").decode("utf-8", "replace")
    by_bearer = kind.casefold() == "bearer" and is_token(settings, shown)
    session = cookie_parser(headers.get("cookie", "")).get(session_cookie(settings), "")
    number, _, signature = session.partition(".")
    has_entered = bool(number) and same_words(signature, _signed(settings, "entered", number))
    return Visitor(session if has_entered else "", has_entered or by_bearer, by_bearer)
