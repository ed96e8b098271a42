"""When an act happened: stated dates, relative ones counted from publication, and publication.

Only phrases with a fixed meaning are read; "recently" gives nothing. Without a day of
publication relative phrases stay unresolved: no date is invented.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from communique.records import DateBasis, DatePrecision, Sentence

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"

# The first pattern that matches at a place wins; each names the function that reads it.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("full", rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b"),
    ("full", rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"),
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    ("month_year", rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"),
    ("day_month", rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?=\W|$)"),
    ("day_month", rf"\b{_MONTH}\s+{_DAY}\b(?!\s*,?\s*\d)"),
    ("ago", rf"\b{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+ago\b"),
    ("near_day", r"\b(?P<word>today|tonight|yesterday|tomorrow|this morning|last night|overnight)\b"),
    ("weekday", r"\b(?P<which>last |next |on |this |late |early )?(?P<weekday>" + "|".join(_DAYS) + r")\b"),
    ("named_month", rf"\b(?P<which>in|last|next|since|this|during|by|of|early|late|mid-?)\s+{_MONTH}(?=\W|$)"),
    ("part_year", r"\b(?P<part>early|late|earlier|later)\s+(?P<which>this|last|next)\s+(?P<unit>year|month|week)\b"),
    ("near_unit", r"\b(?P<which>this|last|next|the past|the previous|the coming)\s+(?P<unit>week|month|year|weekend)\b"),
    ("year", rf"\b(?:in|since|during|of|by|until|from|back in|late|early|mid-?)\s+{_YEAR}\b"),
    ("year", r"\b(?P<year>(?:19|20)\d\d)\b(?=\s+(?:accord|agreement|deal|treaty|war|coup|election|uprising|revolution|invasion|pact|ceasefire|attack|crisis))"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class When:
    """A date found in a sentence: ISO text, how fine, how known, and where it stands (offsets)."""

    date: str | None
    precision: DatePrecision | None
    basis: DateBasis
    start: int
    end: int
    future: bool = False


def find_dates(text: str, published: date | None) -> list[When]:
    """Give the date phrases of a sentence, in text order, none overlapping.

    A relative phrase without a day of publication is given with date None.
    """
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    for name, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            when = _read(name, match, published)
            if when is not None:
                taken.append(match.span())
                found.append(when)
    return sorted(found, key=lambda when: when.start)


def _read(name: str, match: re.Match[str], published: date | None) -> When | None:
    parts = match.groupdict()
    if name in {"full", "iso", "month_year", "year"}:
        return _stated(parts, match)
    if name == "named_month" or name == "day_month":
        return _month_without_year(parts, match, published)
    relative = {
        "ago": _ago,
        "near_day": _near_day,
        "weekday": _weekday,
        "near_unit": _near_unit,
        "part_year": _near_unit,
    }
    if published is None or not date.min.year < published.year < date.max.year:
        return When(None, None, DateBasis.RELATIVE, *match.span())
    resolved = relative[name](parts, published)
    if resolved is None:
        return None
    text, precision = resolved
    return When(text, precision, DateBasis.RELATIVE, *match.span(), future=text > published.isoformat()[: len(text)])


def _stated(parts: dict[str, str | None], match: re.Match[str]) -> When | None:
    year = int(parts["year"] or 0)
    month = int(parts["number"] or 0) if parts.get("number") else _MONTHS.get((parts.get("month") or "").lower())
    if month is None:
        return When(f"{year:04}", DatePrecision.YEAR, DateBasis.STATED, *match.span())
    if not 1 <= month <= 12:
        return None
    if not parts.get("day"):
        return When(f"{year:04}-{month:02}", DatePrecision.MONTH, DateBasis.STATED, *match.span())
    day = int(parts["day"] or 0)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return When(f"{year:04}-{month:02}-{day:02}", DatePrecision.DAY, DateBasis.STATED, *match.span())


def _month_without_year(parts: dict[str, str | None], match: re.Match[str], published: date | None) -> When | None:
    word = (parts.get("month") or "").lower()
    if word in {"may", "march", "mar"} and not match.group("month")[0].isupper():
        return None
    month = _MONTHS[word]
    if published is None:
        return When(None, None, DateBasis.RELATIVE, *match.span())
    which = (parts.get("which") or "").lower()
    day = int(parts["day"] or 0) if parts.get("day") else None
    year = published.year
    ahead = (month, day or 1) > (published.month, published.day)
    if which in {"next", "by"}:
        year += month <= published.month
    elif (ahead and month - published.month > 2) or (which in {"last", "since"} and ahead):
        year -= 1
    if day is None:
        return When(f"{year:04}-{month:02}", DatePrecision.MONTH, DateBasis.RELATIVE, *match.span())
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return When(f"{year:04}-{month:02}-{day:02}", DatePrecision.DAY, DateBasis.RELATIVE, *match.span())


def _ago(parts: dict[str, str | None], published: date) -> tuple[str, DatePrecision] | None:
    count = _NUMBERS.get((parts["count"] or "").lower()) or int(parts["count"] or 0)
    unit = (parts["unit"] or "").lower()
    if unit == "day":
        return (published - timedelta(days=count)).isoformat(), DatePrecision.DAY
    if unit == "week":
        return (published - timedelta(weeks=count)).isoformat()[:7], DatePrecision.MONTH
    if unit == "month":
        return _month_before(published, count), DatePrecision.MONTH
    return (f"{published.year - count:04}", DatePrecision.YEAR) if count < published.year - 1000 else None


def _month_before(published: date, count: int) -> str:
    months = published.year * 12 + published.month - 1 - count
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _near_day(parts: dict[str, str | None], published: date) -> tuple[str, DatePrecision]:
    word = (parts["word"] or "").lower()
    shift = {"yesterday": -1, "last night": -1, "overnight": 0, "tomorrow": 1}.get(word, 0)
    return (published + timedelta(days=shift)).isoformat(), DatePrecision.DAY


def _weekday(parts: dict[str, str | None], published: date) -> tuple[str, DatePrecision]:
    wanted = _DAYS[(parts["weekday"] or "").lower()]
    if (parts["which"] or "").strip().lower() == "next":
        ahead = (wanted - published.weekday()) % 7 or 7
        return (published + timedelta(days=ahead)).isoformat(), DatePrecision.DAY
    back = (published.weekday() - wanted) % 7
    if back == 0 and (parts["which"] or "").strip().lower() == "last":
        back = 7
    return (published - timedelta(days=back)).isoformat(), DatePrecision.DAY


def _near_unit(parts: dict[str, str | None], published: date) -> tuple[str, DatePrecision] | None:
    which, unit = (parts["which"] or "").lower(), (parts["unit"] or "").lower()
    step = -1 if which in {"last", "the past", "the previous"} else 1 if which in {"next", "the coming"} else 0
    if unit == "year":
        return f"{published.year + step:04}", DatePrecision.YEAR
    if unit == "month":
        return _month_before(published, -step), DatePrecision.MONTH
    if unit in {"week", "weekend"}:
        return (published + timedelta(weeks=step)).isoformat()[:7], DatePrecision.MONTH
    return None


def date_for(sentence: Sentence, place: int, dates: list[When], published: date | None, future: bool) -> When | None:
    """Give the date that belongs to the act at `place`: the nearest in its own clause.

    A weekday in the past is moved a week ahead for an act still to come. Without a phrase, and
    with a day of publication, the act is dated by publication (to its month), if not to come.
    """
    low, high = _clause(sentence, place)
    near = [w for w in dates if low <= w.start + sentence.start <= high]
    if near:
        anchor = sentence.tokens[place].start - sentence.start
        when = min(near, key=lambda w: abs(w.start - anchor))
        if (
            future
            and when.date
            and published
            and when.basis is DateBasis.RELATIVE
            and when.precision is DatePrecision.DAY
        ):
            if when.date < published.isoformat():
                ahead = date.fromisoformat(when.date) + timedelta(days=7)
                return When(ahead.isoformat(), when.precision, when.basis, when.start, when.end, True)
        return when
    return None


def _clause(sentence: Sentence, place: int) -> tuple[int, int]:
    """Offsets of the clause around an act: up to its nearest verb, and what hangs on it."""
    current = place
    while sentence.tokens[current].part_of_speech not in {"VERB", "AUX"} and sentence.tokens[current].head != current:
        current = sentence.tokens[current].head
    tokens = [sentence.tokens[i] for i in sentence.subtree(current)]
    above = sentence.tokens[current]
    if above.relation in {"xcomp", "ccomp", "conj"}:
        tokens += [
            sentence.tokens[i]
            for i in sentence.children[above.head]
            if sentence.tokens[i].relation in {"npadvmod", "prep", "advmod"}
        ]
        tokens += [
            sentence.tokens[j]
            for i in sentence.children[above.head]
            if sentence.tokens[i].relation == "prep"
            for j in sentence.subtree(i)
        ]
    return min(t.start for t in tokens), max(t.end for t in tokens)
