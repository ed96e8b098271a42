"""Forecasts that were made are kept, as they were made, and scored when their horizon has passed.

They lie in the casebook, and none is ever changed. Each kind of act of an outlook is one forecast. Whether it came is
asked of the history as it is known when it is scored. Earlier versions kept them in a file of JSON lines beside the
casebook: what lies there counts too, and is taken over when the next forecast is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from communique.casebook.kept import KeptForecast
from communique.casebook.store import Casebook
from communique.errors import UnreadableInput
from communique.outlook.event_history import ANYONE, EventHistory
from communique.outlook.features import TARGETS
from communique.outlook.forecast import quad_number
from communique.outlook.records import Forecast, Outlook
from communique.outlook.scores import ReliabilityBin, brier, log_loss, reliability, skill

_SHOWN_EVENTS = 5


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """A kept forecast with what came: `came` is None while its horizon has not passed in the history.

    `brier` and `brier_base_rate` are the squared distances of the probability and of the base rate. `event_ids` are
    the first events that made it come.
    """

    forecast: KeptForecast
    came: bool | None
    brier: float | None
    brier_base_rate: float | None
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptScore:
    """How good the kept forecasts were whose horizon has passed; all scores are None where there are none."""

    kept: int
    passed: int
    came: int
    brier: float | None
    brier_base_rate: float | None
    skill: float | None
    log_loss: float | None
    reliability: tuple[ReliabilityBin, ...]


def earlier_file(casebook: str | os.PathLike[str]) -> Path:
    """Give the file beside a casebook in which earlier versions kept the forecasts made from it."""
    path = Path(casebook)
    return path.with_name(path.name + ".forecasts.jsonl")


def keep(casebook: Casebook, made: Outlook) -> int:
    """Keep the forecasts of an outlook in a casebook that is open for writing; give how many were not there before.

    Those of an earlier file are taken over first, and the file then ends in `.taken-over`. Raises UnreadableInput with
    the line of it that is no forecast; nothing is kept then.
    """
    earlier = earlier_file(casebook.path)
    before = _forecasts_in(earlier)
    if before:
        # Should the renaming fail, they are known by their ids the next time.
        casebook.keep_forecasts(before)
        os.replace(earlier, earlier.with_name(earlier.name + ".taken-over"))
    return casebook.keep_forecasts(forecasts_of(made))


def kept_forecasts(casebook: Casebook) -> tuple[KeptForecast, ...]:
    """Give all forecasts that were kept, in the order in which they were, those of an earlier file first.

    Raises UnreadableInput with the line of that file that is no forecast.
    """
    every = (*_forecasts_in(earlier_file(casebook.path)), *casebook.forecasts())
    return tuple({each.forecast_id: each for each in every}.values())


def forecasts_of(made: Outlook) -> tuple[KeptForecast, ...]:
    """Give the forecasts of an outlook as they are kept; the same outlook gives the same ids."""
    return tuple(dict.fromkeys(_kept(each, made) for each in (*made.forecasts, *made.next)))


def _forecasts_in(path: Path) -> tuple[KeptForecast, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: cannot be read as kept forecasts: {error}") from error
    return tuple(_read(line, f"{path}, line {number}") for number, line in enumerate(lines, start=1))


def scored(history: EventHistory, forecasts: Iterable[KeptForecast]) -> tuple[ScoredForecast, ...]:
    """Say of each forecast whether it came, in the order given, by what the history knows today.

    A horizon has passed when the history knows something of a day on or after its end.
    """
    newest = history.newest
    return tuple(_scored(history, each, newest) for each in forecasts)


def kept_score(scored_forecasts: Iterable[ScoredForecast]) -> KeptScore:
    """Sum up how good the forecasts were whose horizon has passed."""
    every = tuple(scored_forecasts)
    passed = [each for each in every if each.came is not None]
    if not passed:
        return KeptScore(len(every), 0, 0, None, None, None, None, ())
    foreseen = np.array([each.forecast.probability for each in passed])
    base = np.array([each.forecast.base_rate for each in passed])
    came = np.array([bool(each.came) for each in passed])
    own, of_base = brier(foreseen, came), brier(base, came)
    return KeptScore(
        kept=len(every),
        passed=len(passed),
        came=int(came.sum()),
        brier=own,
        brier_base_rate=of_base,
        skill=skill(own, of_base),
        log_loss=log_loss(foreseen, came),
        reliability=reliability(foreseen, came),
    )


def _kept(forecast: Forecast, made: Outlook) -> KeptForecast:
    until = date.fromisoformat(made.as_of) + timedelta(days=made.horizon_days)
    values: dict[str, Any] = {
        "as_of": made.as_of,
        "until": until.isoformat(),
        "horizon_days": made.horizon_days,
        "source": forecast.source,
        "target": forecast.target,
        "kind": forecast.kind,
        # Rounded, so that the last digits of another machine's arithmetic make no other forecast of it.
        **{name: round(getattr(forecast, name), 6) for name in ("probability", "low", "high", "base_rate")},
        "learned": forecast.learned,
        "reasons": tuple(each.words for each in forecast.precedents),
    }
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode("utf-8")).hexdigest()
    return KeptForecast(forecast_id=digest[:16], **values)


def _read(line: str, place: str) -> KeptForecast:
    names = {field.name for field in fields(KeptForecast)} - {"made_at"}
    try:
        row = json.loads(line)
        if set(row) != names or row["kind"] not in TARGETS:
            raise ValueError("its fields are not those of a forecast")
        date.fromisoformat(row["as_of"]), date.fromisoformat(row["until"])
        return KeptForecast(**{**row, "reasons": tuple(row["reasons"])})
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableInput(f"{place}: no kept forecast ({error}); take the line out or restore the file") from error


def _scored(history: EventHistory, kept: KeptForecast, newest: date | None) -> ScoredForecast:
    until = date.fromisoformat(kept.until)
    if newest is None or newest < until:
        return ScoredForecast(kept, None, None, None)
    found = _events(history, kept, date.fromisoformat(kept.as_of), until)
    came = float(len(found) > 0)
    return ScoredForecast(
        forecast=kept,
        came=bool(came),
        brier=(kept.probability - came) ** 2,
        brier_base_rate=(kept.base_rate - came) ** 2,
        event_ids=found[:_SHOWN_EVENTS],
    )


def _events(history: EventHistory, kept: KeptForecast, after: date, until: date) -> tuple[str, ...]:
    within = (history.day > after.toordinal()) & (history.day <= until.toordinal())
    for side, name in ((history.source, kept.source), (history.target, kept.target)):
        if name != ANYONE:
            number = history.number(name)
            within &= side == (-1 if number is None else number)
    place = TARGETS.index(kept.kind)
    is_type = place < len(TARGETS) - 4
    within &= (history.type == place) if is_type else (history.quad == quad_number(kept.kind))
    rows = np.flatnonzero(within)
    rows = rows[np.argsort(history.day[rows], kind="stable")]
    return tuple(dict.fromkeys(history.event_ids[number] for number in history.event[rows].tolist()))
