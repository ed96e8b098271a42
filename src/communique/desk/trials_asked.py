"""What pages and API are asked of the outlook beside forecasts: who is next, supposed events, a replay of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from communique.casebook.naming import code_of
from communique.desk.asked import actors_asked, day_asked
from communique.desk.forecasts import BacktestAsked, NextAsked
from communique.errors import UsageError
from communique.ontology.loader import TYPES
from communique.outlook.ranking.records import ASKED
from communique.outlook.whatif import Hypothetical, hypothetical_event

MOST_SUPPOSED = 12
"""Events that may be supposed at once."""


@dataclass(frozen=True, slots=True)
class NextForm:
    """What is asked: a source, a type and a target, one side "?"; the last day known."""

    source: Annotated[str, Query(max_length=200)] = ""
    type: Annotated[str, Query(max_length=20)] = "SANCTION"
    target: Annotated[str, Query(max_length=200)] = ""
    as_of: Annotated[str, Query(max_length=10)] = ""

    @property
    def is_asked(self) -> bool:
        """Tell whether anything is asked at all."""
        return bool(self.source.strip(" ?") or self.target.strip(" ?"))

    def question(self) -> NextAsked:
        """Give the question; UsageError where not exactly one side is named."""
        sides = [side.strip() for side in (self.source, self.target)]
        named = [side for side in sides if side not in {"", ASKED}]
        if len(named) != 1:
            raise UsageError("name one side and leave the other empty: that is who is asked for")
        source, target = (ASKED if side in {"", ASKED} else code_of(side) for side in sides)
        if self.type.upper() not in TYPES:
            raise UsageError(f"there is no type {self.type!r}; choose among {', '.join(TYPES)}")
        return NextAsked(source, self.type.upper(), target, day_asked(self.as_of))


@dataclass(frozen=True, slots=True)
class Supposed:
    """One row of the what-if form, as it was typed."""

    source: str = ""
    type: str = "SANCTION"
    target: str = ""
    day: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.source.strip() or self.target.strip())

    def event(self, number: int, today: date) -> Hypothetical:
        """Give the event; UsageError that names the row where it is none."""
        if not self.source.strip() or not self.target.strip():
            raise UsageError(f"event {number}: name who acts and who undergoes it")
        try:
            source, target = (";".join(actors_asked([side])) for side in (self.source, self.target))
            return hypothetical_event(f"{source} {self.type} {target} {self.day.strip() or today.isoformat()}")
        except UsageError as error:
            raise UsageError(f"event {number}: {error}") from error


@dataclass(frozen=True, slots=True)
class WhatIfForm:
    """What is supposed: lists of the same length, one item a row; the dyads looked at as "A,B"; the horizon."""

    source: Annotated[list[str], Query()] = ()  # type: ignore[assignment]
    type: Annotated[list[str], Query()] = ()  # type: ignore[assignment]
    target: Annotated[list[str], Query()] = ()  # type: ignore[assignment]
    day: Annotated[list[str], Query()] = ()  # type: ignore[assignment]
    dyad: Annotated[str, Query(max_length=200)] = ""
    days: Annotated[int, Query(ge=1, le=366)] = 30

    def rows(self) -> tuple[Supposed, ...]:
        """Give the rows that were typed; UsageError where they are too many, or fields of one are missing."""
        sides = (self.source, self.type, self.target)
        if len({len(each) for each in sides}) != 1 or len(self.day) not in {0, len(self.source)}:
            raise UsageError("each supposed event needs a source, a type, a target and a day")
        if len(self.source) > MOST_SUPPOSED:
            raise UsageError(f"suppose at most {MOST_SUPPOSED} events at once")
        days = self.day or [""] * len(self.source)
        typed = [Supposed(*each) for each in zip(*sides, days, strict=True)]
        return tuple(each for each in typed if not each.is_empty)


@dataclass(frozen=True, slots=True)
class BacktestForm:
    """Which past is replayed: the horizon, and how many origins, one horizon apart."""

    days: Annotated[int, Query(ge=1, le=366)] = 30
    origins: Annotated[int, Query(ge=1, le=24)] = 6

    def question(self) -> BacktestAsked:
        """Give the question."""
        return BacktestAsked(self.days, self.origins)
