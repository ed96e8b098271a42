"""The numbers of data/ranking.yaml: what is too little, what is enough, and which rules are worth reading."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.word_files import read_word_file

_FILE = "ranking.yaml"


@dataclass(frozen=True, slots=True)
class RankingSettings:
    """All numbers of the data file, which says what each of them does."""

    least_facts: int
    least_days: int
    least_facts_of_actor: int
    most_facts_learned: int
    rule_days: int
    world_weight: float
    least_world_cases: int
    least_lift: float


@cache
def ranking_settings() -> RankingSettings:
    """Give the numbers of the data file; KnowledgeError where one is missing, unknown or no number above 0."""
    raw: dict[str, Any] = read_word_file(files("communique.outlook.ranking") / "data" / _FILE)
    names = {field.name for field in fields(RankingSettings)}
    if set(raw) != names:
        raise KnowledgeError(f"{_FILE}: missing or unknown: {', '.join(sorted(set(raw) ^ names))}")
    for name, value in raw.items():
        if not isinstance(value, int | float) or value <= 0:
            raise KnowledgeError(f"{_FILE}, {name}: {value!r}: give a number above 0")
    return RankingSettings(**raw)
