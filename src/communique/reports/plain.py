"""Plain text reports, and what every reader shares: how bytes become text and how a date is read."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache

import dateparser
from charset_normalizer import from_bytes

from communique.errors import UnreadableInput
from communique.records import Report

TEXT_LIMIT = 20_000_000
"""The longest text that is taken for one report, in characters."""

BYTE_LIMIT = 4 * TEXT_LIMIT + 4
"""The most bytes such a text can have, with a byte order mark."""

_GUESS_BYTES = 256_000
"""How much of a file the guess at its encoding looks at: more makes it slower, hardly surer."""

# Without their mark these take any even number of bytes for text, and UTF-7 takes plain ASCII.
_NEVER_GUESSED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]

# Python knows "encodings" that run through escapes or take quadratic time; a page or a feed may claim only these.
_HONEST_ENCODING = re.compile(r"(?:cp\d+|iso8859-\d+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+|mac-\w+|tis-620)")

_LONGEST_DATE = 64
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?:[T ,]+\d{1,2}:?\d{2}.*|T\d{2}.*|\d{6})?",
    re.ASCII | re.DOTALL,
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+\d{4}\b.*", re.ASCII | re.DOTALL)
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_MONTH_NAME = re.compile(r"[A-Za-z]{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HEADER = re.compile(r"(Title|Published):[ \t]*([^\r\n]*?)[ \t]*(?:\r\n|\n|\r|\Z)")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")


def read_plain(data: bytes, name: str, published: date | None = None) -> Report:
    """Give the report in the bytes of a plain text file; `published` is used where the file has no date.

    Header lines `Title: …` and `Published: …` at the very start, closed by a blank line, give the title
    and the date, and are no part of the text. All else is kept to the character, line ends included.

    Raises UnreadableInput where the file is empty, binary, too long, or has a date that is none.
    """
    with naming(name):
        text = decode_text(data)
        header, start = _read_header(text)
        title = header.get("Title") or None
        day = read_date(header.get("Published"))
        body = text[start:]
        if not body.strip() and title is None:
            raise UnreadableInput("the file has neither text nor title; write the report below its header")
        return Report(name, body, title, day or published, name)


def _read_header(text: str) -> tuple[dict[str, str], int]:
    """Give the header lines and where the text after them starts; without a header, nothing and 0."""
    header: dict[str, str] = {}
    position = 0
    while (line := _HEADER.match(text, position)) and line[1] not in header:
        header[line[1]] = line[2]
        position = line.end()
        if position == len(text):
            return header, position
    blank = _BLANK_LINE.match(text, position)
    # Without the blank line it is a text that happens to begin so, and a text is never cut.
    return (header, blank.end()) if header and blank else ({}, 0)


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Put the name of the file before the message of an UnreadableInput that is raised inside."""
    try:
        yield
    except UnreadableInput as error:
        raise UnreadableInput(f"{name}: {error}") from error


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Give the text of a whole file, without its byte order mark; `declared` is the encoding it claims.

    Raises UnreadableInput where the bytes are empty, binary, no known encoding, or too long a text.
    """
    if len(data) > BYTE_LIMIT:
        raise UnreadableInput(too_long())
    encoding = find_encoding(data, declared=declared)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        raise UnreadableInput(_binary()) from error
    if not text.strip():
        raise UnreadableInput("the file is empty; leave it out, or fetch it again")
    check_text(text)
    return text


def find_encoding(data: bytes, *, whole: bool = True, declared: str | None = None) -> str:
    """Name the encoding of a file by its bytes, or by its first bytes where `whole` is False.

    UTF-8 and a byte order mark come before what the file claims, and the claim before a guess.

    Raises UnreadableInput where the bytes are binary or no encoding fits.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in data:
        raise UnreadableInput(_binary())
    if fits(data, "utf-8", whole=whole):
        return "utf-8-sig"
    if declared and fits(data, declared, whole=whole):
        return declared
    matches = from_bytes(data[:_GUESS_BYTES], cp_exclusion=_NEVER_GUESSED)
    best = matches.best()
    if best is None:
        raise UnreadableInput(_binary())
    # In a short English text with a few accents, several code pages fit alike; the western one is likelier.
    western = [match for match in matches if match.encoding == "cp1252" and match.chaos <= best.chaos]
    return "cp1252" if western and western[0].coherence >= best.coherence - 0.1 else best.encoding


def honest_encoding(claimed: str) -> str | None:
    """Give Python's name of the encoding that a page or a feed claims for itself; None for one it may not claim."""
    try:
        encoding = codecs.lookup(claimed).name
    except LookupError:
        return None
    # Browsers take Latin-1 for its superset, and so does every page that claims it.
    encoding = "cp1252" if encoding == "iso8859-1" else encoding
    return encoding if _HONEST_ENCODING.fullmatch(encoding) else None


def fits(data: bytes, encoding: str, *, whole: bool = True) -> bool:
    """Tell whether bytes can be read in an encoding; a character cut at their end counts where not whole."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return not whole and len(data) - error.start < 4 and error.end == len(data)
    except LookupError:
        return False
    return True


def check_text(text: str) -> None:
    """Raise UnreadableInput where a text is longer than we read or holds what no text holds."""
    if len(text) > TEXT_LIMIT:
        raise UnreadableInput(too_long())
    if "\0" in text:
        raise UnreadableInput("holds NUL characters, so it is binary and no text; take them out")
    if not text.isascii() and _SURROGATE.search(text):
        raise UnreadableInput("holds bytes or escapes that are no characters; save it anew as UTF-8")


def too_long() -> str:
    """Give the reason for a report that is longer than TEXT_LIMIT."""
    return f"is longer than {TEXT_LIMIT // 1_000_000} million characters; split it into single reports"


def _binary() -> str:
    return "is binary, or text in an unknown encoding; save it as UTF-8 text, HTML, JSONL, CSV or Parquet"


def read_date(value: object) -> date | None:
    """Give the day that a value tells, or None where it is empty: no value, blank, or not a number.

    Understood are dates and datetimes, ISO (`2025-02-25`, `2025-02-25T23:30Z`, `20250225`) and written
    English dates (`25 February 2025`, `Tue, 25 Feb 2025 10:00 GMT`). The day is the one that is written,
    in its own time zone. A future day is kept.

    Raises UnreadableInput where it is no full date, or one that America and Europe read differently.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if is_nothing(value):
        return None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise UnreadableInput(_no_date(value))
    words = str(value).strip()
    if not words:
        return None
    day = _parse_date(words) if len(words) <= _LONGEST_DATE else None
    if day is None:
        raise UnreadableInput(_no_date(value))
    return day


def is_nothing(value: object) -> bool:
    """Tell whether a value of a row stands for no value: None, or NaN, which tables write for it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


# The rows of one table name the same days over and over, and a written date takes half a millisecond.
@lru_cache(maxsize=4096)
def _parse_date(words: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(words):
        year, _, month, day, compact_month, compact_day = found.groups()
        return _day(int(year), int(month or compact_month), int(day or compact_day))
    numeric = _YEAR_LAST.fullmatch(words)
    if numeric:
        first, second = int(numeric[1]), int(numeric[2])
        if first <= 12 and second <= 12 and first != second:
            raise UnreadableInput(
                f"the date {words!r} is one day in America and another in Europe; write it as 2025-02-25"
            )
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    # dateparser fills in what is not there; a report's day is too much to guess.
    if not _FULL_YEAR.search(words) or not (numeric or _MONTH_NAME.search(words)):
        return None
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        moment = dateparser.parse(words, languages=["en"], settings=settings)
    except (ValueError, OverflowError, TypeError, LookupError, AttributeError):
        # It is meant to give None for words that are no date, but trips over a few of them.
        return None
    return moment.date() if isinstance(moment, datetime) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_date(value: object) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= _LONGEST_DATE else shown[:_LONGEST_DATE] + "…"
    return f"the date {shown} cannot be read; write it as 2025-02-25, or leave it empty"
