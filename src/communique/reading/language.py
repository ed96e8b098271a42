"""Whether a text is English: the share of the commonest English words in it."""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?:ed|ing|es|s|d)$")
# The commonest words of English that are rare or absent in other languages' prose.
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "at",
        "by",
        "from",
        "has",
        "have",
        "had",
        "it",
        "its",
        "his",
        "her",
        "he",
        "she",
        "they",
        "their",
        "be",
        "been",
        "are",
        "were",
        "will",
        "would",
        "not",
        "said",
        "says",
        "after",
        "over",
        "but",
        "this",
        "which",
        "who",
        "an",
        "a",
        "or",
        "about",
        "into",
        "more",
        "than",
        "up",
        "out",
        "new",
    ]
)
SAMPLE_CHARACTERS = 4_000
LEAST_SHARE = 0.12
# A chronicle of headlines has few small words, but its other words are English.
LEAST_KNOWN = 0.6
FEWEST_WORDS = 25


def is_english(text: str, lexicon: Collection[str] = ()) -> bool:
    """Tell whether a text may be read as English; a short one gets the benefit of the doubt.

    A short text in another script is not English either. `lexicon` holds English lemmas, by which
    a text almost without small words is told from another language.
    """
    words = _WORD.findall(text[:SAMPLE_CHARACTERS])
    if not words:
        return False
    latin = sum(word[0].isascii() or word[0] < "\u0250" for word in words)
    if latin < 0.5 * len(words):
        return False
    if len(words) < FEWEST_WORDS or sum(word.lower() in _COMMON for word in words) >= LEAST_SHARE * len(words):
        return True
    plain = [word for word in words if word.islower()]
    known = sum(any(_ENDING.sub(end, word) in lexicon for end in ("", "e")) or word in lexicon for word in plain)
    return bool(plain) and known >= LEAST_KNOWN * len(plain)
