"""What the query of an address asks for, in words of the casebook: filters of events, days, actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from communique.casebook.filters import EventFilter
from communique.casebook.naming import code_if_named, codes_of
from communique.errors import UsageError
from communique.outlook.model import check_day

FIRST_YEAR = 1800
"""The history of no casebook reaches back so far: an earlier day is a slip, and would be foreseen from nothing."""
LONGEST_WORDS = 500
"""Characters of the name of an actor."""
About = Annotated[
    list[str], Query(max_length=100, description="Only rows that concern one of these actors; may be repeated.")
]


def day_asked(text: str | None, field: str = "as_of") -> date | None:
    """Give the day that a field of a query means, None where it is empty; UsageError where it is no day."""
    if text is None or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{field} {text!r} is no day: write it as 2025-02-25") from error


def actors_asked(names: Sequence[str]) -> tuple[str, ...]:
    """Give the codes of actors named by code or name, commas parting several; none where nothing is named."""
    given = [name for name in names if name.strip(" ,")]
    return codes_of(given) if given else ()


def about_asked(names: list[str]) -> tuple[str, ...]:
    """Give the codes of the actors that are named; UsageError for one that is none, or for words without end."""
    if any(len(name) > LONGEST_WORDS for name in names):
        raise UsageError(f"about: is longer than {LONGEST_WORDS} characters; name an actor by code or name")
    return actors_asked(names)


def near_day(text: str | date | None) -> date | None:
    """Give a day that forecasts can be counted from, None for an empty text; UsageError for any other."""
    day = text if isinstance(text, date) else day_asked(text)
    if day is not None:
        check_day(day)
        if day.year < FIRST_YEAR:
            raise UsageError(f"as_of {day}: give a day of the year {FIRST_YEAR} or later")
    return day


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """Which events an address asks for: the same names under /events, /api/events and /downloads."""

    actor: Annotated[str, Query(description="On either side: a code or a name.")] = ""
    source: Annotated[str, Query(description="Who acts.")] = ""
    target: Annotated[str, Query(description="Who undergoes it.")] = ""
    dyad: Annotated[str, Query(description="Between two actors, either way: A,B.")] = ""
    type: Annotated[list[str], Query(description="Of this type; may be repeated.")] = ()  # type: ignore[assignment]
    quad: Annotated[list[str], Query(description="Of this quad, 1 to 4; may be repeated.")] = ()  # type: ignore[assignment]
    status: Annotated[list[str], Query(description="occurred, planned, hypothetical or denied.")] = ()  # type: ignore[assignment]
    context: Annotated[list[str], Query(description="About this; may be repeated.")] = ()  # type: ignore[assignment]
    since: Annotated[str, Query(description="From this day, month or year on.")] = ""
    until: Annotated[str, Query(description="Up to this day, month or year, included.")] = ""
    text: Annotated[str, Query(description="Words that all stand in the sentence.")] = ""
    report: Annotated[str, Query(description="Told by the report of this id.")] = ""
    dataset: Annotated[str, Query(description="Imported from this dataset.")] = ""
    corrected: Annotated[bool, Query(description="Put right by a person.")] = False
    sort: Annotated[str, Query(description="As date or -date, confidence, reports, …")] = "-date"

    def filter(self, limit: int | None = None, offset: int = 0) -> EventFilter:
        """Give the casebook's filter; UsageError for what means nothing."""
        quads = [each for each in self.quad if each]
        if any(each not in {"1", "2", "3", "4"} for each in quads):
            raise UsageError(f"quad {quads[0]!r}: give a number from 1 to 4")
        pair = actors_asked([self.dyad])
        if pair and len(pair) != 2:
            raise UsageError(f"dyad {self.dyad!r}: name two actors, as Iran,USA")
        return EventFilter(
            actor=code_if_named(self.actor),
            source=code_if_named(self.source),
            target=code_if_named(self.target),
            dyad=(pair[0], pair[1]) if pair else None,
            type=[each for each in self.type if each] or None,
            quad=[int(each) for each in quads] or None,
            status=[each for each in self.status if each] or None,
            context=[each for each in self.context if each] or None,
            since=self.since.strip() or None,
            until=self.until.strip() or None,
            text=self.text.strip() or None,
            report_id=self.report.strip() or None,
            dataset=self.dataset.strip() or None,
            corrected=True if self.corrected else None,
            limit=limit,
            offset=offset,
            sort=self.sort or "-date",
        )
