"""The kinds of acts that are foreseen: types, and the quads that they make up, from data/words.yaml.

The ontology says the same of its types; its files take most of a second to read, and this room needs nothing else of
them. A test holds that both say the same.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.ontology.loader import TYPES
from communique.word_files import read_word_file

WORDS_FILE = "words.yaml"

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""The names of the quads 1–4."""


@cache
def words_of_kinds() -> dict[str, Any]:
    """Give the data file: the sixteen types, and under `quads` the four quads; KnowledgeError where it has others."""
    raw: dict[str, Any] = read_word_file(files("communique.outlook") / "data" / WORDS_FILE)
    of_quads = raw.get("quads")
    if set(raw) != {"quads", *TYPES} or not isinstance(of_quads, dict) or set(of_quads) != set(QUADS):
        raise KnowledgeError(f"{WORDS_FILE}: give the sixteen types and under `quads` the four quads, nothing else")
    return raw


@cache
def quads() -> dict[str, int]:
    """Give each type's quad, 1–4, in the order of TYPES; KnowledgeError where a type is in no quad, or in two."""
    of_quads = words_of_kinds()["quads"]
    found = [(name, number) for number, quad in enumerate(QUADS, start=1) for name in of_quads[quad].get("types", ())]
    if sorted(name for name, _ in found) != sorted(TYPES):
        raise KnowledgeError(f"{WORDS_FILE}, quads: each of the sixteen types stands under `types` of one quad")
    by_name = dict(found)
    return {name: by_name[name] for name in TYPES}
