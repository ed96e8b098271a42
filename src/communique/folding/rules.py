"""The rules of folding as one read-only record, loaded from data/folding.yaml and data/words.yaml."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.ontology.loader import ontology
from communique.records import Status
from communique.word_files import read_word_file


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness or difference of two tellings adds to their score (data/folding.yaml says when)."""

    always: float
    same_day: float
    near_day: float
    same_stretch: float
    each_day_apart: float
    undated: float
    undated_near: float
    each_month_apart: float
    other_weekday: float
    other_type: float
    other_status: float
    same_mode: float
    same_sides: float
    missing_side: float
    other_role: float
    same_deed: float
    same_object: float
    other_object: float
    same_around: float
    nothing_around: float
    nothing_said: float
    other_round: float
    same_number: float
    other_number: float
    same_name: float
    other_name: float
    same_place: float
    same_context: float
    same_matter: float
    near_sentence: float
    near_text: float


@dataclass(frozen=True, slots=True)
class Rules:
    """Windows in days, pairs of types and statuses, weights and thresholds."""

    window_days: int
    background_days: int
    fresh_days: int
    clock_days: int
    like_types: dict[str, frozenset[str]]
    like_statuses: dict[str, frozenset[str]]
    placed: frozenset[str]
    spoken: frozenset[str]
    weights: Weights
    apart: float
    near_sentence_share: float
    near_text_share: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words that tell nothing, names of days and months, numbers, irregular forms, words for one thing, endings."""

    empty: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    again: frozenset[str]
    numbers: dict[str, str]
    irregular: dict[str, str]
    alike: dict[str, str]
    endings: tuple[str, ...]


@cache
def rules() -> Rules:
    """Give the rules of data/folding.yaml; KnowledgeError where the file breaks its own form."""
    raw: dict[str, Any] = read_word_file(files("communique.folding") / "data" / "folding.yaml")
    names = {field.name for field in fields(Weights)}
    if set(raw["weights"]) != names:
        raise KnowledgeError(f"folding.yaml: weights must be exactly {sorted(names)}")
    types = set(ontology().types)
    statuses = {status.value for status in Status}
    return Rules(
        window_days=int(raw["window_days"]),
        background_days=int(raw["background_days"]),
        fresh_days=int(raw["fresh_days"]),
        clock_days=int(raw["clock_days"]),
        like_types=_likes(raw["confusable"], types, "confusable"),
        like_statuses=_likes(raw["compatible_statuses"], statuses, "compatible_statuses"),
        placed=frozenset(raw["placed"]),
        spoken=frozenset(raw["spoken"]),
        weights=Weights(**{name: float(weight) for name, weight in raw["weights"].items()}),
        apart=float(raw["apart"]),
        near_sentence_share=float(raw["near_sentence_share"]),
        near_text_share=float(raw["near_text_share"]),
    )


def _likes(pairs: list[list[str]], known: set[str], field: str) -> dict[str, frozenset[str]]:
    """Each name with those it goes with, itself first of all."""
    found = {name: {name} for name in sorted(known)}
    for pair in pairs:
        if len(pair) != 2 or not known.issuperset(pair):
            raise KnowledgeError(f"folding.yaml, {field}: {pair} is no pair of {sorted(known)}")
        left, right = pair
        found[left].add(right)
        found[right].add(left)
    return {name: frozenset(others) for name, others in found.items()}


@cache
def words() -> Words:
    """Give the words of data/words.yaml."""
    raw: dict[str, Any] = read_word_file(files("communique.folding") / "data" / "words.yaml")
    return Words(
        frozenset(raw["empty"]),
        frozenset(raw["weekdays"]),
        frozenset(raw["months"]),
        frozenset(raw["again"]),
        {word: str(number) for word, number in raw["numbers"].items()},
        dict(raw["irregular"]),
        {word: line[0] for line in reversed(raw["alike"]) for word in line},
        tuple(sorted(raw["endings"], key=lambda ending: (-len(ending), ending))),
    )


def window_days() -> int:
    """Give how many days apart the first days of two tellings of one act may lie: how far a store has to look.

    The first day of a telling is that of its date, of its report where it has none.
    """
    return rules().window_days
