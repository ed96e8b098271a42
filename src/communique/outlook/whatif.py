"""What if: hypothetical events are added to the history, and the outlook is looked at again with the same model.

The model is learned from what really happened; only what it looks at changes. So a shift says how such events have
been followed in the past. It is association, not cause: those who act so may have been about to act otherwise too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from communique.actors.resolver import bare
from communique.errors import UsageError
from communique.ontology.loader import ontology
from communique.outlook.drivers import LEAST_LOG_ODDS
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import outlook
from communique.outlook.model import OutlookModel, checked_day, learn_model
from communique.outlook.records import Driver, Forecast, Precedent
from communique.records import Status

ASSOCIATION = "association in the past, not cause: how such events were followed, not what they bring about"
LEAST_SHIFT = 0.005
"""A shift of less, in probability, is not worth a row of a table."""
_PREFIX = "what-if:"
_ALL = 1000
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Hypothetical:
    """An event that is supposed: bare codes of those who act and undergo, the type, its mode or None, the day."""

    source: tuple[str, ...]
    type: str
    mode: str | None
    target: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Shift:
    """How one forecast shifts.

    `precedents` are the rules that the hypothetical events set off and that point the way of the shift. `drivers` say
    exactly what the learner went by: the log-odds that each theme adds or takes off, the strongest first.
    """

    source: str
    target: str
    kind: str
    quad: int
    before: float
    after: float
    low: float
    high: float
    base_rate: float
    learned: bool
    precedents: tuple[Precedent, ...]
    drivers: tuple[Driver, ...] = ()

    @property
    def change(self) -> float:
        """After less before, in probability."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would look otherwise; `shifts` by dyad as they were asked for, the largest first. `label` is to be shown."""

    as_of: str
    horizon_days: int
    hypothetical: tuple[Hypothetical, ...]
    shifts: tuple[Shift, ...]
    notes: tuple[str, ...]
    label: str = ASSOCIATION

    def as_row(self) -> dict[str, Any]:
        """Give it as nested dictionaries and lists, ready for JSON; days are ISO texts."""
        row = asdict(self)
        for event, shown in zip(self.hypothetical, row["hypothetical"], strict=True):
            shown["day"] = event.day.isoformat()
        return row


def hypothetical_event(text: str) -> Hypothetical:
    """Read "USA SANCTION IRN 2025-03-01"; several codes are joined by ";", a mode follows its type: SANCTION/embargo.

    Raises UsageError for another form, an unknown type or mode, and a day that is none.
    """
    words = text.split()
    if len(words) != 4:
        raise UsageError(f"{text!r}: give source, type, target and day, such as 'USA SANCTION IRN 2025-03-01'")
    source, kind, target, day = words
    name, _, mode = kind.partition("/")
    found = ontology().type_named(name)
    if mode and mode not in found.modes:
        raise UsageError(f"{text!r}: {found.name} has no mode {mode!r}; choose from {', '.join(found.modes)}")
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{text!r}: {day!r} is no day; write it as 2025-03-01") from error
    return Hypothetical(_codes(source, text), found.name, mode or None, _codes(target, text), when)


def _codes(joined: str, text: str) -> tuple[str, ...]:
    codes = tuple(sorted({bare(code) for code in joined.split(";") if code}))
    if not codes:
        raise UsageError(f"{text!r}: name who acts and who undergoes it by their codes")
    return codes


def with_hypothetical(history: EventHistory, events: Sequence[Hypothetical]) -> EventHistory:
    """Give the history with supposed events; their ids begin with "what-if:", each is known on its day."""
    rows = [
        (
            f"{_PREFIX}{number}", event.type, event.mode, 0.0, event.source, event.target, Status.OCCURRED.value,
            event.day.isoformat(), event.day.isoformat(),
        )
        for number, event in enumerate(events, start=1)
    ]  # fmt: skip
    return history.with_rows(rows)


def whatif(
    history: EventHistory,
    events: Iterable[str | Hypothetical],
    dyads: Iterable[tuple[str, str]] = (),
    horizon_days: int = 30,
    as_of: date | None = None,
    *,
    model: OutlookModel | None = None,
) -> WhatIf:
    """Say how the outlook of dyads (those of the events where none is named) shifts if these events had happened.

    They are looked at from `as_of`; where it is None, from the last day of history and events together. `model` is
    what was learned from the real history; without it that is done here.

    Raises UsageError for no event, one that cannot be read or lies after `as_of`, and what `outlook` refuses.
    """
    supposed = tuple(hypothetical_event(each) if isinstance(each, str) else each for each in events)
    if not supposed:
        raise UsageError("suppose at least one event, such as 'USA SANCTION IRN 2025-03-01'")
    today = as_of or max(checked_day(history, None), *(each.day for each in supposed))
    late = [each for each in supposed if each.day > today]
    if late:
        raise UsageError(f"a supposed event of {late[0].day} lies after {today}, from where it is looked at")
    known = history.until(today)
    model = model or learn_model(known, today, horizon_days)
    changed = with_hypothetical(known, supposed)
    shifts: list[Shift] = []
    notes: list[str] = []
    for a, b in dict.fromkeys(dyads or _dyads_of(supposed)):
        before = outlook(known, a, b, horizon_days, today, model=model, reasons=0, most_drivers=_ALL)
        after = outlook(changed, a, b, horizon_days, today, model=model, reasons=_ALL, most_drivers=_ALL)
        of_dyad = [_shift(one, other) for one, other in zip(before.forecasts, after.forecasts, strict=True)]
        shifts.extend(sorted(of_dyad, key=lambda each: (-abs(each.change), each.source, each.kind)))
        notes.extend(f"{a} – {b}: {note}" for note in dict.fromkeys((before.note, after.note)) if note)
    return WhatIf(today.isoformat(), horizon_days, supposed, tuple(shifts), tuple(notes))


def _dyads_of(events: Sequence[Hypothetical]) -> list[tuple[str, str]]:
    return [(one, other) for event in events for one in event.source for other in event.target]


def _shift(before: Forecast, after: Forecast) -> Shift:
    rises = after.probability >= before.probability
    own = [
        each
        for each in after.precedents
        if any(event.event_id.startswith(_PREFIX) for event in each.fired_by)
        and (each.world_held / each.world_cases > each.world_base_rate) == rises
    ]
    return Shift(
        source=after.source,
        target=after.target,
        kind=after.kind,
        quad=after.quad,
        before=before.probability,
        after=after.probability,
        low=after.low,
        high=after.high,
        base_rate=before.base_rate,
        learned=after.learned,
        precedents=tuple(own[:_SHOWN]),
        drivers=_drivers(before, after),
    )


def _drivers(before: Forecast, after: Forecast) -> tuple[Driver, ...]:
    """Give by which themes the log-odds shifted; none where one of both is a base rate, for they have no parts."""
    if not (before.drivers and after.drivers):
        return ()
    parts = {each.name: each.log_odds for each in after.drivers}
    for each in before.drivers:
        parts[each.name] = parts.get(each.name, 0.0) - each.log_odds
    ordered = sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))
    return tuple(Driver(name, change) for name, change in ordered[:_SHOWN] if abs(change) >= LEAST_LOG_ODDS)
