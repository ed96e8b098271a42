"""Precedents in words: what each kind of act is called, from data/words.yaml."""

from __future__ import annotations

from functools import cache

from communique.errors import KnowledgeError
from communique.ontology.loader import TYPES
from communique.outlook.kinds import QUADS, WORDS_FILE, words_of_kinds


@cache
def phrases() -> dict[str, str]:
    """Give the phrase of each type, quad and told-apart mode ("THREATEN/sanctions"), with {a} and {b} to fill.

    Raises KnowledgeError where a type or quad has no phrase, or a phrase lacks its places.
    """
    raw = words_of_kinds()
    found: dict[str, str] = {}
    for name, entry in (*((name, raw["quads"][name]) for name in QUADS), *((name, raw[name]) for name in TYPES)):
        if not isinstance(entry, dict) or "did" not in entry:
            raise KnowledgeError(f"{WORDS_FILE}: {name} needs a phrase `did`")
        found[name] = entry["did"]
        found.update({f"{name}/{mode}": phrase for mode, phrase in entry.get("modes", {}).items()})
    wrong = sorted(kind for kind, phrase in found.items() if "{a}" not in phrase or "{b}" not in phrase)
    if wrong:
        raise KnowledgeError(f"{WORDS_FILE}: {', '.join(wrong)}: a phrase needs {{a}} and {{b}}")
    return found


def told(kind: str, source: str, target: str) -> str:
    """Say in words that a source did something of this kind to a target; with ANYONE for a side not told.

    >>> told("THREATEN/sanctions", "USA", "IRN")
    'USA threatened IRN with sanctions'
    """
    names = ["anyone" if name == "*" else name for name in (source, target)]
    return phrases()[kind].format(a=names[0], b=names[1])
