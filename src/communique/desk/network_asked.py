"""What an address asks for of the net of actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from communique.desk.asked import day_asked
from communique.desk.network import FEWEST, MOST

LEAST_SCORE = 0.15


@dataclass(frozen=True, slots=True)
class NetworkAsked:
    """What an address asks for: the day, whom the net is about, the least score without sign, how many actors."""

    as_of: Annotated[str, Query(description="The day, as 2014-08-01; all that is known, where it is empty.")] = ""
    about: Annotated[str, Query(description="Only these actors and those tied to them; commas part several.")] = ""
    least: Annotated[float, Query(ge=0, le=1, description="Ties of at least this score, without its sign.")] = (
        LEAST_SCORE
    )
    most: Annotated[int, Query(ge=FEWEST, le=MOST, description="How many actors.")] = 40

    @property
    def day(self) -> date | None:
        """The day asked for; UsageError where it is none."""
        return day_asked(self.as_of)
