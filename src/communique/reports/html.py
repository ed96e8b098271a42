"""Web pages: the report's own text, title and date out of a saved HTML file, without any network."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import Any

from htmldate import find_date
from trafilatura import bare_extraction, load_html

from communique.errors import UnreadableInput
from communique.records import Report
from communique.reports.plain import check_text, decode_text, honest_encoding, naming, read_date

PAGE_LIMIT = 5_000_000
"""The longest page that is taken apart, in characters: above it one page can take minutes."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CHARSET_BYTES = 4096

# A date in a headline or a full paragraph is one the report talks about, not the day it appeared.
_PROSE = ("p", "li", "blockquote")
_HEADLINES = ("title", "h1", "h2", "h3", "h4", "h5", "h6")
_PROSE_LENGTH = 120

_FIRST_DAY = "1900-01-01"
_LAST_DAY = "2099-12-31"


def read_page(data: bytes, name: str, published: date | None = None) -> Report:
    """Give the report in the bytes of a web page; `published` is used where the page tells no date.

    Menus, scripts and comments by readers are left out; a headline that opens the text is cut from it,
    for it is the title. The date is the page's own (its address, markup or dateline), never one that its
    sentences mention.

    Raises UnreadableInput where the page is empty, binary, too long, or has no readable text.
    """
    with naming(name):
        page = decode_text(data, _declared_encoding(data))
        if len(page) > PAGE_LIMIT:
            raise UnreadableInput(
                f"the page is longer than {PAGE_LIMIT // 1_000_000} million characters; give its text as .txt"
            )
        try:
            title, text, day = _take_apart(page)
        except (UnreadableInput, MemoryError):
            raise
        except Exception as error:
            # A page is hostile input to three libraries, which fail in their own ways; one bad page must
            # not end the batch, so whatever they raise is told as a page that cannot be read.
            reason = f"the page cannot be taken apart ({type(error).__name__})"
            raise UnreadableInput(f"{reason}; {_MEND}") from error
        if text is None or not text.strip():
            raise UnreadableInput(f"no readable text was found in the page; {_MEND}")
        check_text(text)
        check_text(title or "")
        return Report(name, _without_headline(text, title), title, day or published, name)


_MEND = "save the page once it has loaded, or give the text as .txt"


def _declared_encoding(data: bytes) -> str | None:
    """Name the encoding that the page claims for itself, if it is an honest one."""
    found = _CHARSET.search(data, 0, _CHARSET_BYTES)
    return honest_encoding(found[1].decode("ascii")) if found else None


def _take_apart(page: str) -> tuple[str | None, str | None, date | None]:
    """Give the title, the main text and the date of a page, each None where there is none."""
    # trafilatura refuses bare fragments, and htmldate would fetch a text that is only an address:
    # so both get a whole tree, never a string.
    whole = page if "<html" in page.lower() else f"<html><body>{page}</body></html>"
    tree = load_html(whole)
    if tree is None:
        return None, None, None
    day = _find_day(tree)
    document = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LAST_DAY},
    )
    if document is None or isinstance(document, dict):
        return None, None, day
    return document.title or None, document.text, day


def _find_day(tree: Any) -> date | None:
    """Give the day that the page says it appeared on; days that its sentences mention do not count."""
    marked = deepcopy(tree)
    for element in list(marked.iter(*_HEADLINES, *_PROSE)):
        prose = element.tag in _HEADLINES or len(element.text_content()) > _PROSE_LENGTH
        if prose and element.getparent() is not None:
            element.drop_tree()
    found = find_date(marked, extensive_search=False, original_date=True, min_date=_FIRST_DAY, max_date=_LAST_DAY)
    day: date | None = read_date(found)
    return day


def _without_headline(text: str, title: str | None) -> str:
    """Give the text without a first line that only repeats the title."""
    first, _, rest = text.partition("\n")
    return rest if title and first.strip() == title.strip() and rest.strip() else text
