"""What one event says of the relation of two actors: its value and its weight, by data/alignments.yaml."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.records import KeptEvent, Status
from communique.word_files import read_word_file

_FILE = "alignments.yaml"
_FULL_INTENSITY = 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the board; the data file says what each of them does.

    `types` gives type, or type/mode, → (value, weight). `friendly` and `hostile` are kinds with the least score and evidence, nearest to 0 first.
    """

    half_life_days: float
    prior: float
    types: dict[str, tuple[float, float]]
    intensity_share: float
    status: dict[Status, float]
    per_doubling: float
    most_by_tellings: float
    confidence_share: float
    friendly: tuple[tuple[str, float, float], ...]
    hostile: tuple[tuple[str, float, float], ...]
    mixed_share: float
    recent_days: int
    least_trend: float
    turning: dict[str, float]
    least_score: float
    least_weight: float

    def value_and_weight(self, kept: KeptEvent) -> tuple[float, float]:
        """Give what an event says (−1 … 1) and how much it says (0 and up); (0, 0) for a type of no bearing."""
        event = kept.event
        found = self.types.get(f"{event.type}/{event.mode}") or self.types.get(event.type)
        if found is None:
            return 0.0, 0.0
        value, weight = found
        intensity = min(1.0, abs(event.intensity) / _FULL_INTENSITY)
        value *= 1.0 - self.intensity_share + self.intensity_share * intensity
        weight *= self.status[event.status]
        weight *= 1.0 - self.confidence_share + self.confidence_share * event.confidence
        told = len(kept.tellings)
        if told > 1:
            weight *= min(self.most_by_tellings, 1.0 + self.per_doubling * math.log2(told))
        return value, weight

    def kind(self, score: float, evidence: float, friendly_share: float) -> str:
        """Name a score by the evidence behind it; `friendly_share` is the part of it that is friendly, 0 … 1."""
        bounds = self.friendly if score > 0 else self.hostile
        found = [name for name, least, behind in bounds if abs(score) >= least and evidence >= behind]
        if found:
            return found[-1]
        both = self.mixed_share <= friendly_share <= 1.0 - self.mixed_share
        return "mixed" if both else "slight"


@cache
def weights() -> Weights:
    """Give the numbers of data/alignments.yaml, loaded once a process.

    Raises KnowledgeError that names the field which is missing or no number.
    """
    raw: dict[str, Any] = read_word_file(files("communique.standing") / "data" / _FILE)
    try:
        return _weights(raw)
    except KeyError as missing:
        raise KnowledgeError(f"{_FILE}: the field {missing.args[0]!r} is missing; add it") from missing
    except (TypeError, ValueError) as wrong:
        raise KnowledgeError(f"{_FILE}: a field is no number where one belongs: {wrong}") from wrong


def _weights(raw: dict[str, Any]) -> Weights:
    types = {name: (float(given["value"]), float(given["weight"])) for name, given in raw["types"].items()}
    for name, (value, weight) in types.items():
        if not -1.0 <= value <= 1.0 or weight < 0:
            raise KnowledgeError(f"{_FILE}, types, {name}: value must lie in -1 … 1 and weight must not be negative")
    return Weights(
        half_life_days=float(raw["half_life_days"]),
        prior=float(raw["prior"]),
        types=types,
        intensity_share=float(raw["intensity_share"]),
        status={status: float(raw["status"][status.value]) for status in Status},
        per_doubling=float(raw["tellings"]["per_doubling"]),
        most_by_tellings=float(raw["tellings"]["most"]),
        confidence_share=float(raw["confidence_share"]),
        friendly=_bounds(raw["friendly_kinds"]),
        hostile=_bounds(raw["hostile_kinds"]),
        mixed_share=float(raw["mixed_share"]),
        recent_days=int(raw["trend"]["recent_days"]),
        least_trend=float(raw["trend"]["least"]),
        turning={name: float(number) for name, number in raw["turning_points"].items()},
        least_score=float(raw["ties"]["least_score"]),
        least_weight=float(raw["ties"]["least_weight"]),
    )


def _bounds(raw: dict[str, Any]) -> tuple[tuple[str, float, float], ...]:
    kinds = [(name, float(bound["score"]), float(bound["weight"])) for name, bound in raw.items()]
    return tuple(sorted(kinds, key=lambda kind: kind[1]))
