"""Forecasts that moved: what was foreseen when it was kept, beside what is foreseen today, for the same question.

Nothing is learned for it: where no model of today's events lies beside the casebook, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communique.casebook.kept import KeptForecast
from communique.casebook.store import Casebook
from communique.desk.forecasts import Question, history_of
from communique.errors import UsageError
from communique.outlook.event_history import ANYONE
from communique.outlook.forecast import outlook
from communique.outlook.model_cache import has_model, kept_model, model_folder
from communique.outlook.records import Forecast

MOST_QUESTIONS = 24
TOP = 5


@dataclass(frozen=True, slots=True)
class MovedForecast:
    """A forecast that was kept, and the probability of today (None where its actors have no forecast today)."""

    kept: KeptForecast
    today: float | None

    @property
    def by(self) -> float | None:
        """By how much it moved, as a difference of probabilities."""
        return None if self.today is None else self.today - self.kept.probability


@dataclass(frozen=True, slots=True)
class OutlookNews:
    """What moved, the most first, and what is likeliest in the world as of the newest day."""

    as_of: str
    moved: tuple[MovedForecast, ...]
    next: tuple[Forecast, ...]


@dataclass(frozen=True)
class OutlookNewsAsked(Question["OutlookNews | None"]):
    """What became of kept forecasts; None where no model of today's events is kept."""

    kept: tuple[KeptForecast, ...]
    days: int = 30
    top: int = TOP

    def answer(self, casebook: Casebook) -> OutlookNews | None:
        """Foresee anew, by models that are there."""
        history = history_of(casebook)
        if history.newest is None:
            return None
        folder = model_folder(casebook.path)
        there = {
            days: kept_model(history, folder, None, days)
            for days in sorted({self.days, *(each.horizon_days for each in self.kept)})
            if has_model(history, folder, days)
        }
        if self.days not in there and not any(each.horizon_days in there for each in self.kept):
            return None
        today: dict[tuple[str, str, str, int], float] = {}
        for a, b, days in sorted({(*_sides(each), each.horizon_days) for each in self.kept}):
            if days in there and a:
                try:
                    made = outlook(history, a, b or None, days, model=there[days], reasons=0, most_drivers=0, top=0)
                except UsageError:
                    # Actors that the casebook no longer knows have no outlook.
                    continue
                today |= {(each.source, each.target, each.kind, days): each.probability for each in made.forecasts}
        world = there.get(self.days)
        likely = outlook(history, None, None, self.days, model=world, top=self.top, reasons=1).next if world else ()
        return OutlookNews(str(history.newest), moved_most(self.kept, today), likely)


def last_asked(kept: Iterable[KeptForecast], most: int = MOST_QUESTIONS) -> tuple[KeptForecast, ...]:
    """Give, of forecasts kept for the same question, the last one; of all, those kept last."""
    latest: dict[tuple[str, str, str, int], KeptForecast] = {}
    for each in kept:
        question = _question(each)
        latest.pop(question, None)
        latest[question] = each
    return tuple(reversed(latest.values()))[:most]


def moved_most(
    kept: Iterable[KeptForecast], today: dict[tuple[str, str, str, int], float]
) -> tuple[MovedForecast, ...]:
    """Give kept forecasts with today's probability of the same question, those that moved most first."""
    found = [MovedForecast(each, today.get(_question(each))) for each in kept]
    return tuple(sorted(found, key=lambda each: -abs(each.by or 0.0)))


def has_passed(kept: KeptForecast, day: date | None) -> bool:
    """Tell whether the days that a forecast is about are over."""
    return day is not None and kept.until <= day.isoformat()


def _question(kept: KeptForecast) -> tuple[str, str, str, int]:
    return kept.source, kept.target, kept.kind, kept.horizon_days


def _sides(kept: KeptForecast) -> tuple[str, str]:
    named = sorted(side for side in (kept.source, kept.target) if side != ANYONE)
    return (named[0], named[1]) if len(named) == 2 else (named[0] if named else "", "")
