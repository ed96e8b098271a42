"""Words around names, from data/words_around_names.yaml and data/referring_words.csv."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from communique.word_files import read_table, read_word_file


@dataclass(frozen=True, slots=True)
class NameWords:
    """Titles, hyphened tails and heads, place prepositions, and the offices of titles."""

    titles: frozenset[str]
    compound_tails: frozenset[str]
    compound_heads: frozenset[str]
    place_prepositions: frozenset[str]
    former: frozenset[str]
    opposed: frozenset[str]
    seats: frozenset[str]
    statements: frozenset[str]
    serving: frozenset[str]
    own_voice: frozenset[str]
    stating: frozenset[str]
    spoken_on: frozenset[str]
    offices: dict[str, frozenset[str]]


@cache
def name_words() -> NameWords:
    """Give the words around names, loaded once a process."""
    path = files("communique.actors") / "data" / "words_around_names.yaml"
    raw = read_word_file(path)
    names = [field.name for field in fields(NameWords) if field.name != "offices"]
    lists = {name: frozenset(raw[name]) for name in names}
    return NameWords(**lists, offices={title: frozenset(found) for title, found in raw["offices"].items()})


@cache
def referring_words() -> dict[str, str]:
    """Give the nouns that mean an actor named before, with what they refer to."""
    path = files("communique.actors") / "data" / "referring_words.csv"
    return {row["word"]: row["refers_to"] for row in read_table(path)}
