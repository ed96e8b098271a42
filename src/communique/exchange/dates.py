"""Dates as the datasets write them, as ISO days; nothing that is no day of the calendar passes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

_WRITTEN = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?\d\d:?\d\d:?\d\d.*)?")
_SPELT = ("%d %B %Y", "%d-%B-%Y", "%d-%b-%Y", "%d %b %Y")
EARLIEST, LATEST = 1800, 2200
"""Years outside are slips of writing, not dates of events."""


@lru_cache(maxsize=1 << 16)
def iso_day(text: str) -> str | None:
    """Give the ISO day of a date, None where it is none.

    >>> iso_day("20140306"), iso_day("2014-03-06"), iso_day("06 March 2014"), iso_day("20140306121500")
    ('2014-03-06', '2014-03-06', '2014-03-06', '2014-03-06')
    >>> iso_day("20140230") is None
    True
    """
    text = text.strip()
    if written := _WRITTEN.fullmatch(text):
        return day_of(*(int(part) for part in written.groups()))
    for form in _SPELT:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        return day_of(found.year, found.month, found.day)
    return None


def day_of(year: int, month: int, day: int) -> str | None:
    """Give the ISO day of three numbers, None where the calendar has none, or not in a likely year."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1 << 14)
def day_after(start: date, hours: int) -> str | None:
    """Give the ISO day that lies so many hours after the start of `start`, None outside the likely years."""
    try:
        found = start + timedelta(hours=hours)
    except OverflowError:
        return None
    return day_of(found.year, found.month, found.day)
