"""What is known of each dyad on a day, as numbers that a learner reads: how much, how lately, by whom, among what.

A pure function of what the history tells until that day. Of the pair itself: its acts by type, quad and all
together, both ways, weighed at several half-lives; its base rate; days since the last. Of the sides: how much the
source does and the target undergoes, of the type. Of the world: how much of the type there is. And what has just been
done between the two, type by type, in both directions: the antecedents of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from communique.ontology.loader import TYPES
from communique.outlook.event_history import Days, EventHistory, Places
from communique.outlook.kinds import QUADS, quads
from communique.outlook.settings import Settings

Numbers = npt.NDArray[np.float64]

TARGETS: tuple[str, ...] = (*TYPES, *QUADS)
"""What is foreseen: that at least one act of this type, or of this quad, occurs."""

_UNSEEN = 0.05
"""The share of windows with an act of a kind of which nothing is known at all."""
_HALF_LIFE = ", half-life "
_TYPES = len(TYPES)
_ALL_TYPES = np.arange(_TYPES)
_QUAD_OF_TYPE = np.array([quads()[name] - 1 for name in TYPES], dtype=np.int64)
_OF_QUAD = (_QUAD_OF_TYPE[:, None] == np.arange(len(QUADS))[None, :]).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The directed pairs that are looked at; `reverse[i]` is the place of the pair the other way round.

    With `anyone` they are one actor toward anyone at all, and anyone toward it. `order` sorts by `key`.
    """

    source: Days
    target: Days
    reverse: Places
    key: Places
    actors: int
    anyone: bool

    def __len__(self) -> int:
        return len(self.source)

    def place_of(self, source: Days, target: Days) -> Places:
        """Give the place of each pair among the units; −1 where it is none of them."""
        wanted = source.astype(np.int64) * self.actors + target
        if not len(self.key):
            return np.full(len(wanted), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        return np.where(self.key[found] == wanted, found, -1)


def dyads(history: EventHistory, least_events: int) -> Units:
    """Give both directions of each two actors with at least so many acts between them, by their codes."""
    between = (history.source != 0) & (history.target != 0)
    one = np.minimum(history.source, history.target)[between].astype(np.int64)
    other = np.maximum(history.source, history.target)[between].astype(np.int64)
    pairs, counts = np.unique(one * len(history.actors) + other, return_counts=True)
    return units_of(history, pairs[counts >= least_events])


def units_of(history: EventHistory, pairs: Places) -> Units:
    """Give both directions of pairs, each given as smaller number · number of actors + larger number."""
    actors = len(history.actors)
    key = np.unique(np.concatenate([pairs, pairs % actors * actors + pairs // actors]))
    return _units(key, actors, anyone=False)


def actors_toward_anyone(history: EventHistory, least_events: int) -> Units:
    """Give each actor with at least so many acts toward anyone, and anyone toward it."""
    actors = len(history.actors)
    taking_part = np.bincount(history.source, minlength=actors) + np.bincount(history.target, minlength=actors)
    chosen = np.flatnonzero(taking_part >= least_events)
    chosen = chosen[chosen > 0].astype(np.int64)
    return _units(np.unique(np.concatenate([chosen * actors, chosen])), actors, anyone=True)


def _units(key: Places, actors: int, *, anyone: bool) -> Units:
    source, target = key // actors, key % actors
    reverse = np.searchsorted(key, target * actors + source)
    return Units(source.astype(np.int32), target.astype(np.int32), reverse, key, actors, anyone)


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """The acts of units, one row each: which unit, which type, on which day, known from which day on.

    `row` is the row of the history that tells it, the first of them where several do.
    """

    unit: Places
    type: Places
    day: Places
    known_on: Places
    row: Places


def acts_of(history: EventHistory, units: Units) -> Acts:
    """Give the acts of the units, in the order of the history; an act counts once for each unit."""
    if not units.anyone:
        place = units.place_of(history.source, history.target)
        chosen = place >= 0
        return _acts(place[chosen], history, np.flatnonzero(chosen))
    nobody = np.zeros_like(history.source)
    place = np.concatenate([units.place_of(history.source, nobody), units.place_of(nobody, history.target)])
    row = np.tile(np.arange(len(history)), 2)
    chosen = place >= 0
    place, row = place[chosen], row[chosen]
    # One act toward three others is one act of its source.
    told = place * max(1, len(history.event_ids)) + history.event[row]
    first = np.sort(np.unique(told, return_index=True)[1])
    first = first[np.argsort(history.known_on[row[first]], kind="stable")]
    return _acts(place[first], history, row[first])


def _acts(unit: Places, history: EventHistory, row: Places) -> Acts:
    return Acts(
        unit.astype(np.int64),
        history.type[row].astype(np.int64),
        history.day[row].astype(np.int64),
        history.known_on[row].astype(np.int64),
        row.astype(np.int64),
    )


def occurred(acts: Acts, units: int, after: int, until: int) -> npt.NDArray[np.bool_]:
    """Tell for each unit and target whether at least one act fell on a day in (after, until]: [units, targets]."""
    within = (acts.day > after) & (acts.day <= until)
    of_type = np.bincount(acts.unit[within] * _TYPES + acts.type[within], minlength=units * _TYPES)
    counts = of_type.reshape(units, _TYPES)
    return np.concatenate([counts, counts @ _OF_QUAD], axis=1) > 0


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What is known of all units at the end of one day; `features` lays it out for the learner.

    `weighed[h]` are the acts at the h-th half-life, [units, types]. `base_rate` is the share of past windows of the
    horizon that saw such an act, drawn toward the share of all units, [units, targets]; it stands on `windows` windows side by side. `since` are days since the
    last act by target, and `since_any` of any kind; both at most `Settings.longest_since`.
    """

    as_of: int
    weighed: tuple[Numbers, ...]
    given: tuple[Numbers, ...]
    received: tuple[Numbers, ...]
    base_rate: Numbers
    since: Numbers
    since_any: Numbers
    reverse: Places
    windows: float
    settings: Settings

    def features(self, target: int, rows: Places) -> Numbers:
        """Give the numbers for one target of the units in `rows`, [rows, features], by `feature_names`."""
        back, columns = self.reverse[rows], []
        own_types = _types_of(target)
        quad = own_types if target >= _TYPES else _types_of(_TYPES + int(_QUAD_OF_TYPE[target]))
        for weighed in self.weighed:
            for types in (own_types, quad, _ALL_TYPES):
                sums = weighed[:, types].sum(axis=1)
                columns += [sums[rows], sums[back]]
        for given, received in zip(self.given, self.received, strict=True):
            columns += [given[:, own_types].sum(axis=1)[rows], received[:, own_types].sum(axis=1)[rows]]
        lately = self.weighed[self.settings.antecedent_half_life]
        columns += [*lately[rows].T, *lately[back].T]
        base = self.base_rate[rows, target]
        longest = np.log1p(self.settings.longest_since)
        rest = [
            np.log(base / (1.0 - base)),
            np.log1p(self.since[rows, target]) / longest,
            np.log1p(self.since_any[rows]) / longest,
        ]
        return np.column_stack([np.log1p(np.column_stack(columns)), *rest])


def feature_names(settings: Settings) -> tuple[str, ...]:
    """Name the columns of `Snapshot.features`, in words; those that begin with "after" are the antecedents."""
    names = []
    for days in settings.half_lives:
        for what in ("such acts between them", "acts of its quad between them", "all acts between them"):
            names += [f"{what}{_HALF_LIFE}{days:g} days", f"{what}, the other way{_HALF_LIFE}{days:g} days"]
    for days in settings.activity_half_lives:
        for what in ("such acts of the source toward anyone", "such acts of anyone toward the target"):
            names.append(f"{what}{_HALF_LIFE}{days:g} days")
    names += [f"after {name}" for name in TYPES] + [f"after {name}, the other way" for name in TYPES]
    return (*names, "the base rate", "days since such an act", "days since any act")


def theme(name: str) -> str:
    """Give a feature's name without its half-life."""
    return name.partition(_HALF_LIFE)[0]


def targets_of_types() -> Places:
    """Give for each type the place of its quad among TARGETS."""
    return _TYPES + _QUAD_OF_TYPE


def _types_of(target: int) -> Places:
    return np.array([target]) if target < _TYPES else np.flatnonzero(target - _TYPES == _QUAD_OF_TYPE)


def snapshot(history: EventHistory, units: Units, as_of: date, horizon_days: int, settings: Settings) -> Snapshot:
    """Say what is known of the units at the end of a day; what became known later is not looked at."""
    known = history.until(as_of)
    today, seen_to = as_of.toordinal(), known.seen_to(as_of)
    acts = acts_of(known, units)
    age = (today - acts.day).astype(np.float64)
    cell = acts.unit * _TYPES + acts.type
    count = len(units)

    def weighed(half_life: float) -> Numbers:
        sums = np.bincount(cell, weights=np.exp2(-age / half_life), minlength=count * _TYPES)
        return np.asarray(sums, dtype=np.float64).reshape(count, _TYPES)

    given, received = _activity(known, units, today, settings)
    since = np.full((count, len(TARGETS)), float(settings.longest_since))
    latest = np.full(count * _TYPES, -np.inf)
    np.maximum.at(latest, cell, acts.day.astype(np.float64))
    days_since = today - latest.reshape(count, _TYPES)
    since[:, :_TYPES] = np.minimum(days_since, settings.longest_since)
    for quad in range(len(QUADS)):
        since[:, _TYPES + quad] = since[:, np.flatnonzero(quad == _QUAD_OF_TYPE)].min(axis=1)
    return Snapshot(
        as_of=today,
        weighed=tuple(weighed(half_life) for half_life in settings.half_lives),
        given=given,
        received=received,
        base_rate=base_rates(known, acts, count, seen_to, horizon_days, settings),
        since=since,
        since_any=since[:, :_TYPES].min(axis=1),
        reverse=units.reverse,
        windows=max(1.0, (seen_to - _begin(known, seen_to, settings)) / horizon_days),
        settings=settings,
    )


def _activity(
    known: EventHistory, units: Units, today: int, settings: Settings
) -> tuple[tuple[Numbers, ...], tuple[Numbers, ...]]:
    """Weigh what each unit's source does to anyone, and what its target undergoes from anyone, by type."""
    age = (today - known.day).astype(np.float64)
    actors = len(known.actors)
    given: list[Numbers] = []
    received: list[Numbers] = []
    for half_life in settings.activity_half_lives:
        weight = np.exp2(-age / half_life)
        for side, of_units, into in ((known.source, units.source, given), (known.target, units.target, received)):
            cell = side.astype(np.int64) * _TYPES + known.type
            sums = np.bincount(cell, weights=weight, minlength=actors * _TYPES)
            table = np.asarray(sums, dtype=np.float64).reshape(actors, _TYPES)
            if units.anyone:
                # "Anyone" as a side is all the world.
                table[0] = np.bincount(known.type, weights=weight, minlength=_TYPES)
            into.append(table[of_units])
    return tuple(given), tuple(received)


def base_rates(
    known: EventHistory, acts: Acts, units: int, seen_to: int, horizon_days: int, settings: Settings
) -> Numbers:
    """Give the share of past windows of the horizon with at least one such act, [units, targets], within (0, 1).

    A window may begin on any day since the history begins (of the last `base_rate_days`) and must have ended by
    `seen_to`. Each share is drawn toward that of all units by `base_rate_prior` windows.
    """
    begin = _begin(known, seen_to, settings)
    starts = max(0, seen_to - horizon_days - begin + 1)
    covered = np.zeros((units, len(TARGETS)))
    _add_covered(covered, acts.unit, acts.type, acts.day, begin, seen_to - horizon_days, horizon_days)
    _add_covered(
        covered, acts.unit, _TYPES + _QUAD_OF_TYPE[acts.type], acts.day, begin, seen_to - horizon_days, horizon_days
    )
    everywhere = (covered.sum(axis=0) + _UNSEEN) / (units * starts + 1.0)
    prior = settings.base_rate_prior * horizon_days
    return np.asarray((covered + prior * everywhere) / (starts + prior))


def _begin(known: EventHistory, today: int, settings: Settings) -> int:
    return max(int(known.known_on[0]) if len(known) else today, today - settings.base_rate_days)


def _add_covered(
    covered: Numbers, unit: Places, target: Places, day: Places, begin: int, last: int, horizon_days: int
) -> None:
    """Add for each unit and target how many of the days begin … last have such an act in the horizon after them."""
    if last < begin:
        return
    width = covered.shape[1]
    cell = unit * width + target
    order = np.lexsort((day, cell))
    cell, day = cell[order], day[order]
    # An act on day d is within the horizon of the windows that begin on d − horizon … d − 1.
    lower, upper = np.maximum(day - horizon_days, begin), np.minimum(day - 1, last)
    same = np.concatenate([[False], cell[1:] == cell[:-1]])
    before = np.concatenate([[begin - 1], upper[:-1]])
    lower = np.where(same, np.maximum(lower, before + 1), lower)
    np.add.at(covered.reshape(-1), cell, np.maximum(0, upper - lower + 1).astype(np.float64))
