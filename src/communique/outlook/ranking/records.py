"""What `next_actors` gives: who is next, in order, with reasons, rules and precedents that go straight into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from communique.outlook.records import FiredEvent

ASKED = "?"
"""Stands for the side that is asked for."""


@dataclass(frozen=True, slots=True)
class NextReason:
    """One thing that speaks for an actor: `words` with its `value` in them, and what it `adds` to the score.

    Below zero it speaks against. `name` is the feature's.
    """

    name: str
    words: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class NextRule:
    """A rule that has just been set off, counted in whole cases that do not overlap.

    After `antecedent` (a type, or TYPE/mode) by `by` toward `on`, `source` did `then` to `target` within the days in `held`
    of `cases` cases; `world_held` and `world_cases` count the same between any two actors, where the base rates of
    those would give `world_base_rate`. `fired_by` are the recent events that set it off. Association, not cause.
    """

    antecedent: str
    by: str
    on: str
    then: str
    source: str
    target: str
    held: int
    cases: int
    world_held: int
    world_cases: int
    world_base_rate: float
    words: str
    fired_by: tuple[FiredEvent, ...]


@dataclass(frozen=True, slots=True)
class NextActor:
    """An actor that may be next: its place (1: likeliest), code and name, its score, and why.

    `precedents` are the last events between the two, those of the asked type and direction first.
    """

    place: int
    actor: str
    name: str
    score: float
    reasons: tuple[NextReason, ...]
    rules: tuple[NextRule, ...]
    precedents: tuple[FiredEvent, ...]


@dataclass(frozen=True, slots=True)
class NextActors:
    """Who is next to do `type` to `target`, or to undergo it from `source`; the side that is asked for is "?".

    `as_of` is the ISO day at whose end it is asked. `learned` is False where there was too little history, and the
    order is that of plain recurrence. `score` orders and is no probability. `events` counts the events that were known;
    `note` says what a reader must know, or is None.
    """

    source: str
    type: str
    target: str
    as_of: str
    events: int
    learned: bool
    note: str | None
    order: tuple[NextActor, ...]

    def as_row(self) -> dict[str, Any]:
        """Give it as nested dictionaries and lists, ready for JSON."""
        return asdict(self)
