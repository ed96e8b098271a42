"""When a browser was here before: two moments in a cookie, by which the home page knows what is new to its reader.

A visit ends after half an hour without a page. The cookie holds when the visit before this one ended, and when this one
last asked for a page. Its name is that of the casebook, for browsers send cookies to every port of a machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.opening import now
from communique.errors import UsageError

VISIT_ENDS_AFTER = timedelta(minutes=30)
KEPT_SECONDS = 400 * 86_400
"""Browsers keep no cookie longer."""
_FORM = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Visit:
    """`since` is when the visit before this one ended (None: there was none), `latest` when this one last asked (UTC)."""

    since: datetime | None
    latest: datetime

    def as_cookie(self) -> str:
        """Give both as the cookie holds them."""
        return f"{self.since:{_FORM}}.{self.latest:{_FORM}}" if self.since else f".{self.latest:{_FORM}}"


def visit_at(cookie: str, moment: datetime) -> Visit:
    """Give the visit that a page asked for at `moment` belongs to, by the cookie that came with it.

    A cookie that says nothing we wrote, or lies in the future, is as good as none.
    """
    before, _, last = cookie.partition(".")
    since, latest = _moment(before), _moment(last)
    moment = moment.replace(microsecond=0)
    if latest is None or latest > moment:
        return Visit(None, moment)
    if moment - latest > VISIT_ENDS_AFTER:
        return Visit(latest, moment)
    return Visit(since if since and since <= latest else None, moment)


def cookie_name(casebook: Path) -> str:
    """Give the name of the cookie for a casebook."""
    return f"communique_seen_{hashlib.sha256(str(casebook.resolve()).encode()).hexdigest()[:8]}"


def visit_of(request: Request, casebook: Path, moment: datetime) -> Visit:
    """Give the visit that a request belongs to."""
    return visit_at(request.cookies.get(cookie_name(casebook), ""), moment)


def keep_visit(request: Request, answer: Response) -> None:
    """Set the cookie on a page that is answered."""
    casebook = request.app.state.desk.casebook.path
    visit = visit_of(request, casebook, now())
    answer.set_cookie(
        cookie_name(casebook), visit.as_cookie(), max_age=KEPT_SECONDS, httponly=True, samesite="strict", path="/"
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _FORM)
    except ValueError:
        return None


def moment_asked(text: str) -> datetime | None:
    """Give the moment (UTC) that a field means, a day or a time as 2025-02-25T10:30:00; None where it is empty.

    Raises UsageError where it is neither.
    """
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"since {text!r} is no day: write it as 2025-02-25") from error
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
