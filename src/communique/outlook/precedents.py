"""Rules with their record: how often one kind of act followed another within the horizon, between two actors, or of one.

A rule is an antecedent (a type, or a mode of it), a direction (by the same side, or by the other) and what followed.
Its cases do not overlap: once a case has begun, the next begins only after its horizon, so that ten threats in one
week are one case. Only cases whose horizon had passed are counted. Beside the share that held stands what the base
rates of the same dyads would give: a rule that holds no more often than that says nothing. Rules are association.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory, Places
from communique.outlook.features import TARGETS, Acts, Numbers, Units, acts_of, base_rates, targets_of_types
from communique.outlook.settings import Settings
from communique.outlook.wording import phrases

SAME_WAY, OTHER_WAY = 0, 1


def antecedents() -> tuple[str, ...]:
    """Give all antecedents: the sixteen types, then the modes that have words of their own."""
    return (*TYPES, *sorted(kind for kind in phrases() if "/" in kind))


@dataclass(frozen=True, slots=True, eq=False)
class RuleRecord:
    """How often each rule held: `cases` are [antecedents], `held` and `expected` [antecedents, direction, targets].

    `expected` is how many would have held by the base rates of the dyads in which the cases fell.
    """

    cases: Numbers
    held: Numbers
    expected: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """The cases of all antecedents: which antecedent, in which unit, from which day on; by unit and day."""

    antecedent: Places
    unit: Places
    day: Places


def antecedents_of(history: EventHistory) -> tuple[Places, Places]:
    """Give for each row of a history its type's antecedent and its mode's, −1 where the mode has none."""
    number = {name: place for place, name in enumerate(antecedents())}
    of_mode = np.array([number.get(name, -1) if "/" in name else -1 for name in history.modes] or [-1])
    return history.type.astype(np.int64), of_mode[history.mode] if len(history) else np.zeros(0, dtype=np.int64)


def rule_record(
    history: EventHistory,
    units: Units,
    as_of: date,
    horizon_days: int,
    settings: Settings,
    of_units: Places | None = None,
) -> RuleRecord:
    """Count how often each rule held whose antecedent is an act of the units (or of some), by what was known on a day."""
    known = history.until(as_of)
    acts, seen_to = acts_of(known, units), known.seen_to(as_of)
    base = base_rates(known, acts, len(units), seen_to, horizon_days, settings)
    chosen = np.arange(len(units)) if of_units is None else of_units
    return _record(known, units, acts, base, chosen, seen_to, horizon_days)


def rules_of_unit(
    known: EventHistory, units: Units, unit: int, base: Numbers, seen_to: int, horizon_days: int
) -> RuleRecord:
    """Count how often each rule held whose antecedent is the act of one unit; `base` are base rates, [units, targets]."""
    among = rows_of_unit(known, units, unit) | rows_of_unit(known, units, int(units.reverse[unit]))
    chosen = known.chosen(np.flatnonzero(among))
    acts = acts_of(chosen, units)
    return _record(chosen, units, acts, base, np.array([unit]), seen_to, horizon_days)


def rows_of_unit(known: EventHistory, units: Units, unit: int) -> npt.NDArray[np.bool_]:
    """Tell for each row of a history whether it is an act of the unit; where a side is anyone, whoever it is."""
    source, target = units.source[unit], units.target[unit]
    among = np.ones(len(known), dtype=np.bool_)
    if source or not units.anyone:
        among &= known.source == source
    if target or not units.anyone:
        among &= known.target == target
    return among


def _record(
    known: EventHistory, units: Units, acts: Acts, base: Numbers, of_units: Places, seen_to: int, horizon_days: int
) -> RuleRecord:
    among = np.zeros(len(units), dtype=np.bool_)
    among[of_units] = True
    by_type, by_mode = (column[acts.row] for column in antecedents_of(known))
    cases = _cases(acts, by_type, by_mode, seen_to - horizon_days, horizon_days, among)
    count = len(antecedents())
    held, expected = np.zeros((count, 2, len(TARGETS))), np.zeros((count, 2, len(TARGETS)))
    for direction in (SAME_WAY, OTHER_WAY):
        unit = cases.unit if direction == SAME_WAY else units.reverse[cases.unit]
        np.add.at(held[:, direction], cases.antecedent, _followed(acts, unit, cases.day, horizon_days))
        np.add.at(expected[:, direction], cases.antecedent, base[unit])
    return RuleRecord(np.bincount(cases.antecedent, minlength=count).astype(np.float64), held, expected)


def _cases(
    acts: Acts, by_type: Places, by_mode: Places, last: int, horizon_days: int, among: npt.NDArray[np.bool_]
) -> Cases:
    """Pick the days on which cases begin, none within the horizon of the one before in its dyad."""
    unit = np.concatenate([acts.unit, acts.unit])
    kind = np.concatenate([by_type, by_mode])
    day = np.concatenate([acts.day, acts.day])
    usable = (kind >= 0) & (day <= last) & among[unit]
    unit, kind, day = unit[usable], kind[usable], day[usable]
    order = np.lexsort((day, unit, kind))
    unit, kind, day = unit[order], kind[order], day[order]
    begins = np.zeros(len(day), dtype=np.bool_)
    before, free_from = (-1, -1), -1
    for place, (one_kind, one_unit, one_day) in enumerate(zip(kind.tolist(), unit.tolist(), day.tolist(), strict=True)):
        if (one_kind, one_unit) != before:
            before, free_from = (one_kind, one_unit), -1
        if one_day >= free_from:
            begins[place] = True
            free_from = one_day + horizon_days
    return Cases(kind[begins], unit[begins], day[begins])


def _followed(acts: Acts, unit: Places, day: Places, horizon_days: int) -> npt.NDArray[np.float64]:
    """Tell for each case and target whether such an act fell in the horizon after its day: 0 or 1."""
    width, span = len(TARGETS), 4_000_000
    of_target = targets_of_types()
    target = np.concatenate([acts.type, of_target[acts.type]])
    when = np.sort((np.tile(acts.unit, 2) * width + target) * span + np.tile(acts.day, 2))
    begin = (unit[:, None] * width + np.arange(width)[None, :]) * span + day[:, None]
    after = np.searchsorted(when, begin, side="right")
    until = np.searchsorted(when, begin + horizon_days, side="right")
    return (until > after).astype(np.float64)
