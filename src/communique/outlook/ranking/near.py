"""Which known actors are written like a name or code that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from communique.actors.display import name_of, named_actors

_MOST = 3


def near_codes(words: str, codes: Iterable[str]) -> str:
    """Give the nearest of some codes, by code or name, as "IRN (Iran), IRQ (Iraq)"; empty where none is near."""
    return _nearest(words, ((spelling, code) for code in codes for spelling in (code, name_of(code))))


def near_names(words: str) -> str:
    """Give the nearest actors of the actor files by any of their names; empty where none is near."""
    return _nearest(words, ((name, actor.code) for actor in named_actors() for name in (actor.code, *actor.names)))


def _nearest(words: str, spelt: Iterable[tuple[str, str]]) -> str:
    code_of: dict[str, str] = {}
    for spelling, code in spelt:
        code_of.setdefault(spelling.casefold(), code)
    found = get_close_matches(words.casefold(), code_of, n=3 * _MOST, cutoff=0.6)
    codes = list(dict.fromkeys(code_of[spelling] for spelling in found))[:_MOST]
    return ", ".join(code if name_of(code) == code else f"{code} ({name_of(code)})" for code in codes)
