"""Who may come in, and whether a write was meant: cookies, the token, and the secret that every form carries.

A visitor has a session cookie (HttpOnly, SameSite=Strict). Where the desk has a token, the session holds only after
the token was shown at /enter, or each request brings it as `Authorization: Bearer`. A form carries a secret derived from
the session, which a page of another site cannot know. All comparisons take the same time whatever is given.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from communique.desk.settings import DeskSettings

SESSION_COOKIE = "communique_session"
CSRF_HEADER, CSRF_FIELD = "x-csrf-token", "csrf_token"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: the session (new where the browser had none), whether it may come in, and how it showed that."""

    session: str
    is_new: bool
    may_enter: bool
    by_bearer: bool


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
    return settings.token is not None and hmac.compare_digest(given.encode(), settings.token.encode())


def visitor_of(settings: DeskSettings, headers: Headers) -> Visitor:
    """Give who asks, by the cookie and the Authorization header of a request."""
    kind, _, given = headers.get("authorization", "").partition(" ")
    by_bearer = kind.casefold() == "bearer" and is_token(settings, given.strip())
    session = cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE, "")
    number, _, signature = session.partition(".")
    has_entered = bool(number) and hmac.compare_digest(
        signature.encode(), _signed(settings, "entered", number).encode()
    )
    if not has_entered:
        # A session that this run did not sign (an older run's, or none) is begun anew.
        session = entered_session(settings) if settings.token is None else secrets.token_urlsafe(24)
    return Visitor(session, not has_entered, has_entered or by_bearer or settings.token is None, by_bearer)
