"""Headlines as sentences: "Panama Recalls Ambassador" is read as "Panama recalls ambassador".

The parser was trained on running text and takes capitalised verbs for names. Every change keeps
the length of the title, so that offsets hold in the title as printed.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_](?:[\w’']*[^\W_])?")
_PLAIN_ENDINGS = (
    ("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""),
    ("ing", "e"), ("ing", ""), ("er", ""), ("ers", ""), ("est", ""), ("ly", ""),
)  # fmt: skip


def sentence_case(title: str, names: frozenset[str], common: frozenset[str]) -> str:
    """Give the title with its ordinary words in lower case.

    `names` are words that stay as they are (actors, people); `common` the English words that
    may be lowered. A title that is in sentence case already is left alone.
    """
    words = _WORD.findall(title)
    capitals = sum(word[0].isupper() for word in words)
    shouted = sum(word.isupper() and len(word) > 1 for word in words) > 0.7 * len(words) > 2
    if capitals <= 0.45 * len(words) and not shouted:
        return title

    def recase(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower()
        if len(lower) != len(word) or re.sub(r"[’'].*$", "", word) in names:
            return word
        if shouted:
            titled = word[0] + lower[1:]
            return titled if titled in names or not _is_common(lower, common) else lower
        if word.isupper() and len(word) > 1:
            return word
        return lower if word[0].isupper() and _is_common(lower, common) else word

    return _WORD.sub(recase, title)


def headline_or_text(block: str, names: frozenset[str], common: frozenset[str]) -> str:
    """Give a paragraph with the case of a sentence if it looks like a headline: short, no full stop."""
    words = len(block.split())
    if 3 <= words <= 16 and not block.rstrip().endswith((".", "!", "?", "”", '"', ":")):
        return sentence_case(block, names, common)
    return block


def _is_common(word: str, common: frozenset[str]) -> bool:
    word = re.sub(r"[’'].*$", "", word)
    if word in common:
        return True
    if len(word) > 4 and word[-3] == word[-4] and word.endswith(("ed",)) and word[:-3] in common:
        return True
    for ending, stem in _PLAIN_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1 and word[: -len(ending)] + stem in common:
            return True
    return len(word) > 6 and word.endswith("ing") and word[-4] == word[-5] and word[:-4] in common
