"""The words of an entry: HTML as the text that a reader sees, one line a paragraph."""

from __future__ import annotations

import re

from lxml import etree

# Elements that begin and end a line; all others stand inside one.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template"})
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _Lines:
    """Gathers the words of each block as libxml2 comes by them; comments, scripts, styles and tags fall away."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._unseen = 0

    def start(self, tag: str, attributes: object) -> None:
        self._unseen += tag in _UNSEEN
        self._end_line(tag)

    def end(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN
        self._end_line(tag)

    def data(self, words: str) -> None:
        if not self._unseen:
            self._words.append(words)

    def close(self) -> list[str]:
        """Give the lines and begin anew."""
        self._end_line("p")
        lines, self._lines = self._lines, []
        return lines

    def _end_line(self, tag: str) -> None:
        if tag in _BLOCKS:
            line = one_line("".join(self._words))
            self._words.clear()
            if line:
                self._lines.append(line)


def text_of_html(written: str) -> str:
    """Give what a reader sees of a piece of HTML: paragraphs parted by a blank line, without scripts and tags."""
    # libxml2 takes linear time whatever it is given, which html.parser does not, and it ends a text at a NUL.
    data = _CONTROLS.sub("", written).encode("utf-8")
    if not data.strip():
        return ""
    parser = etree.HTMLParser(target=_Lines(), encoding="utf-8", no_network=True)
    lines: list[str] = etree.fromstring(data, parser)
    return "\n\n".join(lines)


def one_line(words: str) -> str:
    """Give words with every run of blanks as one blank, without control characters and halves of characters."""
    return _BLANKS.sub(" ", _CONTROLS.sub("", words)).strip()


def plain_text(words: str) -> str:
    """Give a plain text with its lines kept, without control characters and halves of characters."""
    return _CONTROLS.sub("", words).strip()
