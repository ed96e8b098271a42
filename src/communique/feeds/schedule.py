"""When a feed is asked again: what the user wants, never sooner than the server and the feed let it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0

USUAL = 15 * MINUTE
"""How often a feed is asked that says nothing about itself, in seconds."""
LEAST = 5 * MINUTE
"""How often at most, in seconds, where the user does not say otherwise."""
LEAST_EVERY = 10.0
"""The shortest time that the user may say, in seconds."""
LONGEST_HINT = DAY
"""A feed that says it changes once a year is asked once a day all the same, in seconds."""
LONGEST_RETRY = 7 * DAY
"""The longest Retry-After that is borne, in seconds."""
LONGEST_BACKOFF = 6 * HOUR
"""The longest time between two tries of a feed that fails, in seconds."""
BUSY = MINUTE
"""When a casebook that somebody else has open is tried again, in seconds."""

_PERIODS = {"hourly": HOUR, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def update_period(channel: Mapping[str, Any]) -> float | None:
    """Give the seconds in which a feed says that nothing changes: its <ttl> in minutes, or sy:updatePeriod."""
    told = []
    ttl = str(channel.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit():
        told.append(min(int(ttl[:10]) * MINUTE, LONGEST_HINT))
    period = _PERIODS.get(str(channel.get("sy_updateperiod") or "").strip().lower())
    if period is not None:
        times = str(channel.get("sy_updatefrequency") or "").strip()
        told.append(period / max(1, int(times[:6])) if times.isascii() and times.isdigit() else period)
    return min(max(told), LONGEST_HINT) if told and max(told) > 0 else None


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Give the seconds for which an answer says that it holds (Cache-Control: max-age, less its Age)."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    if found is None:
        return None
    age = headers.get("age", "").strip()
    left = int(found[1]) - (int(age[:10]) if age.isascii() and age.isdigit() else 0)
    return min(float(left), LONGEST_HINT) if left > 0 else None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give the seconds that a server asks to be left alone (Retry-After, in seconds or as a date); None if it does not."""
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return min(float(written[:10]), LONGEST_RETRY)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    seconds = ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds()
    return min(seconds, LONGEST_RETRY) if seconds > 0 else None


def interval(every: float | None, hints: Sequence[float | None]) -> float:
    """Give the seconds until a feed that answered is asked again; `hints` are what it and its server say."""
    told = max((hint for hint in hints if hint is not None), default=None)
    if every is not None:
        return max(every, told or 0.0)
    return max(LEAST, USUAL if told is None else told)


def backoff(every: float | None, failures: int) -> float:
    """Give the seconds until a feed is tried again that failed this many times running: doubled each time, to a cap."""
    first = max(LEAST, every or USUAL)
    return max(first, min(LONGEST_BACKOFF, first * math.pow(2.0, min(failures - 1, 20))))
