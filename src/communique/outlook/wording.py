"""Precedents in words: what each kind of act is called, from data/words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from communique.errors import KnowledgeError
from communique.ontology.loader import TYPES, ontology
from communique.outlook.features import QUADS
from communique.word_files import read_word_file

_FILE = "words.yaml"


@cache
def phrases() -> dict[str, str]:
    """Give the phrase of each type, quad and told-apart mode ("THREATEN/sanctions"), with {a} and {b} to fill.

    Raises KnowledgeError where a type is missing, a mode unknown, or a phrase without its places.
    """
    raw = read_word_file(files("communique.outlook") / "data" / _FILE)
    found: dict[str, str] = dict(raw.get("quads", {}))
    for name in TYPES:
        entry = raw.get(name)
        if not isinstance(entry, dict) or "did" not in entry:
            raise KnowledgeError(f"{_FILE}: {name} needs a phrase `did`")
        found[name] = entry["did"]
        known = ontology().types[name].modes
        for mode, phrase in entry.get("modes", {}).items():
            if mode not in known:
                raise KnowledgeError(f"{_FILE}, {name}: {mode!r} is no mode of it in ontology/data/types/{name}.yaml")
            found[f"{name}/{mode}"] = phrase
    if set(raw) - {"quads", *TYPES} or set(raw.get("quads", {})) != set(QUADS):
        raise KnowledgeError(f"{_FILE}: give the sixteen types and under `quads` the four quads, nothing else")
    wrong = sorted(kind for kind, phrase in found.items() if "{a}" not in phrase or "{b}" not in phrase)
    if wrong:
        raise KnowledgeError(f"{_FILE}: {', '.join(wrong)}: a phrase needs {{a}} and {{b}}")
    return found


def told(kind: str, source: str, target: str) -> str:
    """Say in words that a source did something of this kind to a target; with ANYONE for a side not told.

    >>> told("THREATEN/sanctions", "USA", "IRN")
    'USA threatened IRN with sanctions'
    """
    names = ["anyone" if name == "*" else name for name in (source, target)]
    return phrases()[kind].format(a=names[0], b=names[1])
