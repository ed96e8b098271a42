"""The numbers of data/outlook.yaml: what the outlook looks back on, learns from, and takes for too little."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.word_files import read_word_file

_FILE = "outlook.yaml"


@dataclass(frozen=True, slots=True)
class Settings:
    """All numbers of the outlook; the data file says what each of them does. Days, shares and counts."""

    half_lives: tuple[float, ...]
    antecedent_half_life: int
    activity_half_lives: tuple[float, ...]
    longest_since: int
    base_rate_days: int
    base_rate_prior: float
    least_events: int
    origins: int
    origin_step: float
    burn_in: float
    most_rows: int
    least_cases: int
    shared_strength: float
    own_strength: float
    calibration_share: float
    least_calibration_cases: int
    range: float

    def with_least_events(self, least_events: int) -> Settings:
        """Give the same numbers with another least number of acts of a dyad."""
        return replace(self, least_events=least_events)


@cache
def settings() -> Settings:
    """Give the numbers of the data file; KnowledgeError where one is missing, unknown or no number."""
    raw: dict[str, Any] = read_word_file(files("communique.outlook") / "data" / _FILE)
    names = {field.name for field in fields(Settings)}
    if set(raw) != names:
        raise KnowledgeError(f"{_FILE}: missing or unknown: {', '.join(sorted(set(raw) ^ names))}")
    values: dict[str, Any] = {}
    for name, value in raw.items():
        numbers = value if isinstance(value, list) else [value]
        if not numbers or not all(isinstance(number, int | float) and number >= 0 for number in numbers):
            raise KnowledgeError(f"{_FILE}, {name}: {value!r}: give numbers of 0 and above")
        values[name] = tuple(map(float, value)) if isinstance(value, list) else value
    made = Settings(**values)
    if not 0 < made.range < 1 or made.antecedent_half_life >= len(made.half_lives):
        raise KnowledgeError(f"{_FILE}: range lies between 0 and 1, antecedent_half_life numbers one of half_lives")
    return made
