"""What the outlook gives: forecasts with their precedents, as frozen records that go straight into JSON (`as_row`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FiredEvent:
    """A recent event that set off a rule; `words` say it with codes, `date` is its ISO day."""

    event_id: str
    date: str
    source: str
    target: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """A rule that has just been set off, and its record.

    After `antecedent` (a type, or TYPE/mode) by `by` toward `on`, `source` did `then` to `target` within the horizon in
    `held` of `cases` cases; `base_rate` is the share of all windows of this dyad. `world_held`, `world_cases` and
    `world_base_rate` are the same over all dyads. `words` say it as a sentence. Association, not cause.
    """

    antecedent: str
    by: str
    on: str
    then: str
    source: str
    target: str
    held: int
    cases: int
    base_rate: float
    world_held: int
    world_cases: int
    world_base_rate: float
    words: str
    fired_by: tuple[FiredEvent, ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """What moves a forecast: a theme in words, and the log-odds it adds to those of an average dyad (or takes off)."""

    name: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely it is that `source` does at least one act of a kind to `target` within the horizon.

    `kind` is a type or the name of a quad, `quad` its number, 1–4; a side may be "*": anyone. `low` and `high` hold the
    share of data/outlook.yaml's `range`. `base_rate` is the share of past windows. Where `learned` is False the
    probability is the base rate, for there is too little to learn from. `events` counts such acts so far.
    `drivers` are what the learner goes by, the strongest first; none where it is a base rate.
    """

    source: str
    target: str
    kind: str
    quad: int
    probability: float
    low: float
    high: float
    base_rate: float
    learned: bool
    events: int
    precedents: tuple[Precedent, ...] = ()
    drivers: tuple[Driver, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is likely next: between two actors, for one (`b` is None), or in the world (`a` is None too).

    `as_of` is the ISO day at whose end it is made: nothing that became known later is in it. `forecasts` has all kinds, a
    row each and each way. `next` is the list of the likeliest acts, where more than two actors are looked at.
    `events` counts the acts that it stands on; `note` says what a reader must know (too little history), or None.
    """

    a: str | None
    b: str | None
    as_of: str
    horizon_days: int
    events: int
    note: str | None
    forecasts: tuple[Forecast, ...]
    next: tuple[Forecast, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Give the outlook as nested dictionaries and lists, ready for JSON."""
        return asdict(self)

    def forecast(self, source: str, kind: str) -> Forecast:
        """Give the forecast of one kind by one side; KeyError where there is none."""
        for each in self.forecasts:
            if each.source == source and each.kind == kind:
                return each
        raise KeyError((source, kind))
