"""Forecasts as a person reads them: which rows are shown in which order, the reasons in words with actors' names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.actors.display import name_of
from communique.ontology.loader import TYPES
from communique.outlook.event_history import ANYONE
from communique.outlook.forecast import LEAST_SHOWN
from communique.outlook.records import FiredEvent, Forecast, Outlook, Precedent
from communique.outlook.wording import told


@dataclass(frozen=True, slots=True)
class Reason:
    """A precedent in words, the recent events that set it off as (event id, day, words)."""

    words: str
    fired_by: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """A forecast with the names of its actors, and its reasons in words."""

    forecast: Forecast
    source: str
    target: str
    is_quad: bool
    reasons: tuple[Reason, ...]


def side_name(code: str) -> str:
    """Give the name of a side of a forecast; "anyone" where it is nobody in particular."""
    return "anyone" if code == ANYONE else name_of(code)


def act_words(kind: str, source: str, target: str) -> str:
    """Say in words, with names, that a source did something of this kind to a target."""
    return told(kind, side_name(source), side_name(target))


def reason_of(precedent: Precedent, days: int) -> Reason:
    """Say what was followed by what, and how often, beside what would be expected anyway."""
    after = act_words(precedent.antecedent, precedent.by, precedent.on)
    then = act_words(precedent.then, precedent.source, precedent.target)
    words = (
        f"Within {days} days after {after}, {then} in {precedent.held:,} of {precedent.cases:,} cases, against"
        f" {precedent.base_rate:.0%} of all such spans; between any two actors in {precedent.world_held:,} of"
        f" {precedent.world_cases:,}, where {precedent.world_base_rate:.0%} would be usual."
    )
    return Reason(words, tuple((each.event_id, each.date, fired_words(each)) for each in precedent.fired_by))


def fired_words(event: FiredEvent) -> str:
    """Say what a recent event was, with names."""
    kind = event.kind.removesuffix("/other")
    try:
        return act_words(kind, event.source, event.target)
    except KeyError:
        # Only some modes have words of their own.
        return act_words(kind.partition("/")[0], event.source, event.target)


def likely(forecast: Forecast, days: int) -> Likely:
    """Give one forecast as a row."""
    reasons = tuple(reason_of(each, days) for each in forecast.precedents)
    return Likely(
        forecast, side_name(forecast.source), side_name(forecast.target), forecast.kind not in TYPES, reasons
    )  # fmt: skip


def rows_of(made: Outlook, *, all_kinds: bool = False) -> tuple[Likely, ...]:
    """Give the rows of an outlook's own forecasts, the likeliest first; rare ones only where all are asked for."""
    shown = [each for each in made.forecasts if all_kinds or each.probability >= LEAST_SHOWN]
    return tuple(likely(each, made.horizon_days) for each in in_order(shown))


def next_rows(made: Outlook) -> tuple[Likely, ...]:
    """Give the rows of the likeliest acts, in the order in which the outlook has them."""
    return tuple(likely(each, made.horizon_days) for each in made.next)


def in_order(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """Put forecasts in order, the likeliest first; of equal ones by code and kind."""
    return sorted(forecasts, key=lambda each: (-each.probability, each.source, each.target, each.kind))


def strongest(made: Outlook, most: int) -> tuple[Likely, ...]:
    """Give the few rows that say most: types only, those that depart most from the base rate, then the likeliest."""
    own = [each for each in (made.forecasts or made.next) if each.kind in TYPES and each.probability >= LEAST_SHOWN]
    own.sort(key=lambda each: (-abs(each.probability - each.base_rate) - each.probability, each.source, each.kind))
    return tuple(likely(each, made.horizon_days) for each in own[:most])
