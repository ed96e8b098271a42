"""RSS and Atom taken apart: each entry one `Report`, known by its link.

Only bytes come in; feedparser gets them as an open stream, for a text it might take for an address or a file.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXException

from communique.errors import UnreadableInput
from communique.feeds.schedule import update_period
from communique.feeds.words import one_line, plain_text, text_of_html
from communique.records import DroppedReport, Report
from communique.reports.plain import check_text, decode_text, honest_encoding, read_date

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as it was read: its entries in the order of the feed, each a report or the reason why it is none.

    `update_period` is the number of seconds in which the feed says that nothing changes, None where it says nothing.
    `broken` tells what is wrong with its XML, None where nothing is.
    """

    url: str
    title: str | None
    items: tuple[Report | DroppedReport, ...]
    update_period: float | None = None
    broken: str | None = None

    @property
    def reports(self) -> tuple[Report, ...]:
        """The entries that are reports."""
        return tuple(item for item in self.items if isinstance(item, Report))

    @property
    def dropped(self) -> tuple[DroppedReport, ...]:
        """The entries that are none, each with its reason."""
        return tuple(item for item in self.items if isinstance(item, DroppedReport))


def read_feed(data: bytes, url: str, content_type: str | None = None, *, name: str | None = None) -> ParsedFeed:
    """Give the feed in bytes that came from `url`; `content_type` is the header that came with them.

    The text of an entry is its full content where the feed gives it, else its summary, HTML made plain. `published`
    is the day as the feed writes it, `origin` the entry's link. The report_id is a hash of the link, so that one
    entry of two feeds is one report; an entry without a link of its own has one of `name` (the address by which the
    feed is known, else `url`) and of its id.

    Raises UnreadableInput where the bytes are no feed.
    """
    parsed = _parsed(_as_utf8(data, content_type), url)
    # Plain dictionaries, for those of feedparser give one field in the place of another that is missing.
    entries = [dict(entry) for entry in parsed["entries"]]
    fault = parsed.get("bozo_exception")
    broken = one_line(fault.getMessage()) if isinstance(fault, SAXException) else None
    if not parsed.get("version") and not entries:
        kind = f" (it is sent as {one_line(content_type)[:60]})" if content_type else ""
        raise UnreadableInput(f"it is no RSS or Atom feed{kind}; give the address of the feed, not of the page")
    links = [_link(entry, url) for entry in entries]
    times = Counter(links)
    found: dict[str, Report | DroppedReport] = {}
    for number, (entry, link) in enumerate(zip(entries, links, strict=True), 1):
        own_link = link if times[link] == 1 or not entry.get("id") else None
        item = _item(entry, number, link, _report_id(entry, own_link, name or url), url)
        found.setdefault(item.report_id or "", item)
    title = one_line(text_of_html(_words(parsed["feed"].get("title")))) or None
    return ParsedFeed(url, title, tuple(found.values()), update_period(parsed["feed"]), broken)


def _as_utf8(data: bytes, content_type: str | None) -> bytes:
    """Give the bytes as UTF-8: what they are in truth comes before what header and declaration claim."""
    if not data.strip():
        raise UnreadableInput("it is empty; a feed without news still has a frame")
    claimed = _CHARSET.search(content_type or "")
    declared = _DECLARATION.match(data[:400])
    names = [claimed[1]] if claimed else []
    names += [declared[1].decode("ascii")] if declared else []
    honest = next(filter(None, map(honest_encoding, names)), None)
    return decode_text(data, honest).encode("utf-8")


def _parsed(data: bytes, url: str) -> Any:
    # Loaded here: every command would wait for it, and only watching needs it.
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # Sanitizing is for those who show HTML; here no tag is left of it.
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:
        # A feed is hostile input to a library that fails in its own ways; one feed must not end the watch.
        reason = f"the feed cannot be taken apart ({type(error).__name__}: {error})"
        raise UnreadableInput(f"{reason}; tell its publisher") from error


def _item(entry: Mapping[str, Any], number: int, link: str | None, report_id: str, url: str) -> Report | DroppedReport:
    origin = link or url
    try:
        title, text = _title(entry), _text(entry)
        if not text and not title:
            raise UnreadableInput("has neither title nor text")
        check_text(text)
        check_text(title or "")
    except UnreadableInput as error:
        where = origin if link else f"{url}, entry {number}"
        return DroppedReport(where, str(error), report_id)
    return Report(report_id, text, title, _published(entry), origin)


def _title(entry: Mapping[str, Any]) -> str | None:
    return one_line(_shown(entry.get("title_detail") or {"value": entry.get("title")})) or None


def _text(entry: Mapping[str, Any]) -> str:
    """Give the longest of an entry's contents, else its summary."""
    contents = [_shown(content) for content in entry.get("content") or ()]
    longest = max(contents, key=len, default="")
    return longest or _shown(entry.get("summary_detail") or {"value": entry.get("summary")})


def _shown(detail: Mapping[str, Any]) -> str:
    """Give the words of a text construct; base64 and media are none."""
    words, kind = _words(detail.get("value")), _words(detail.get("type")) or "text/html"
    if kind == "text/plain":
        return plain_text(words)
    return text_of_html(words) if kind in {"text/html", "application/xhtml+xml"} else ""


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _published(entry: Mapping[str, Any]) -> date | None:
    """Give the day that the entry says it appeared on, else was changed on; as written, in its own time zone."""
    for name in ("published", "created", "updated"):
        written = _words(entry.get(name))
        try:
            day = read_date(written)
        except UnreadableInput:
            # feedparser reads other forms (Korean, Greek, Hungarian), all turned into UTC.
            day = _day_of(entry.get(f"{name}_parsed"))
        if day is not None:
            return day
    return None


def _day_of(parts: Any) -> date | None:
    try:
        return date(*parts[:3]) if parts else None
    except ValueError:
        # What is written as 0000-00-00 becomes a year before the first.
        return None


def _link(entry: Mapping[str, Any], url: str) -> str | None:
    """Give the entry's link as a whole web address; None where it has none that a browser may follow."""
    written = _words(entry.get("link")).strip()
    if not written:
        return None
    try:
        whole = urljoin(url, one_line(written))
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc else None


def _report_id(entry: Mapping[str, Any], link: str | None, feed: str) -> str:
    own = _words(entry.get("id")) or f"{_title(entry)}\n{_text(entry)}"
    name = f"link\n{link}" if link else f"feed\n{feed}\n{own}"
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
