"""The outlook: what is likely next between two actors, for one, or in the world, with the reasons."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

import numpy as np

from communique.actors.resolver import bare
from communique.errors import UsageError
from communique.ontology.loader import TYPES
from communique.outlook.drivers import MOST_DRIVERS, drivers, parts
from communique.outlook.event_history import EventHistory, Places
from communique.outlook.features import TARGETS, Snapshot, Units, acts_of, snapshot, targets_of_types, units_of
from communique.outlook.kinds import QUADS, quads
from communique.outlook.learning import Learned
from communique.outlook.model import OutlookModel, check_horizon, checked_day, learn_model
from communique.outlook.panel import population
from communique.outlook.records import Forecast, Outlook
from communique.outlook.rules_fired import Fired, fired, precedents

BY_PROBABILITY, BY_RISE = "probability", "rise"
_ORDERS = (BY_PROBABILITY, BY_RISE)
LEAST_SHOWN = 0.01
"""A forecast below this probability says little: lists leave it out where not all are asked for."""


def outlook(
    history: EventHistory,
    a: str | None = None,
    b: str | None = None,
    horizon_days: int = 30,
    as_of: date | None = None,
    *,
    model: OutlookModel | None = None,
    top: int = 20,
    by: str = BY_PROBABILITY,
    within: bool = False,
    reasons: int = 3,
    most_drivers: int = MOST_DRIVERS,
) -> Outlook:
    """Say what is likely within so many days: between `a` and `b`, for `a` alone, or in the world.

    With two actors: each type and quad, both ways, with precedents. With one: what it does to anyone and undergoes
    from anyone, and in `next` the `top` likeliest acts it has part in. With none: `next` of the world. `by` orders
    `next` by probability, or by its rise over the base rate; acts within one state are in it only with `within`.
    Nothing that became known after `as_of` (the newest day of the history where it is None) is used. `reasons`
    and `most_drivers` are how many precedents and drivers a forecast has at most. `model` is what was learned by `learn_model` or `kept_model`; without it that is done here.

    Raises UsageError for a horizon or order that cannot be, a model of another horizon or a later day, an actor of
    which the history knows nothing, and an empty history.
    """
    if by not in _ORDERS:
        raise UsageError(f"order {by!r}: give {' or '.join(_ORDERS)}")
    today = checked_day(history, as_of)
    check_horizon(horizon_days)
    known = history.until(today)
    model = _fitting(model, known, today, horizon_days)
    if a is None:
        if b is not None:
            raise UsageError("name the first actor before the second")
        rows = next_acts(known, today, model, top, by=by, within=within)
        return Outlook(
            None, None, today.isoformat(), horizon_days, len(known), _note_of_history(known, today, model), (), rows
        )
    numbers = [_known_number(known, name, today) for name in (a, b) if name is not None]
    if len(numbers) == 1:
        return _of_actor(known, numbers[0], today, model, top, by=by, within=within)
    return _of_dyad(known, numbers[0], numbers[1], today, model, reasons, most_drivers)


def _fitting(model: OutlookModel | None, known: EventHistory, today: date, horizon_days: int) -> OutlookModel:
    if model is None:
        return learn_model(known, today, horizon_days)
    if model.horizon_days != horizon_days:
        raise UsageError(f"the model foresees {model.horizon_days} days, not {horizon_days}; learn one for that")
    if model.as_of > today:
        raise UsageError(
            f"the model has learned from what was known on {model.as_of}, after {today}; learn one for that"
        )
    return model


def _known_number(known: EventHistory, name: str, today: date) -> int:
    number = known.number(name)
    if number is not None and number != 0:
        return number
    near = get_close_matches(bare(name).upper(), known.actors[1:], n=3, cutoff=0.6)
    mend = f"did you mean {', '.join(near)}?" if near else "`communique events --actor` tells who is"
    raise UsageError(f"{name or 'an empty name'}: no event of this actor was known by {today}; {mend}")


def dyad_places(known: EventHistory, one: int, other: int, model: OutlookModel) -> tuple[Units, Places, int]:
    """Give units with both directions of a dyad among them, their places, and how many acts there are between them."""
    between = (known.source == one) & (known.target == other) | (known.source == other) & (known.target == one)
    events = int(between.sum())
    units = population(known, model.settings, anyone=False)
    if events < model.settings.least_events:
        # Base rates are drawn toward those of all dyads, so all that have ever met are laid out.
        actors = len(known.actors)
        met = population(known, model.settings.with_least_events(1), anyone=False)
        lower = np.minimum(met.source, met.target).astype(np.int64) * actors + np.maximum(met.source, met.target)
        units = units_of(known, np.append(lower, min(one, other) * actors + max(one, other)))
    directed = np.array([[one, other], [other, one]][: 1 if one == other else 2], dtype=np.int32)
    return units, units.place_of(directed[:, 0], directed[:, 1]), events


def _of_dyad(
    known: EventHistory, one: int, other: int, today: date, model: OutlookModel, reasons: int, most_drivers: int
) -> Outlook:
    units, places, events = dyad_places(known, one, other, model)
    laid_out = snapshot(known, units, today, model.horizon_days, model.settings)
    enough = events >= model.settings.least_events
    forecasts = _forecasts(
        known, units, places, laid_out, model, model.of_dyads if enough else None, reasons, most_drivers
    )
    note = _note_of_history(known, today, model)
    if not enough:
        note = (
            f"too little history: {events} act{'' if events == 1 else 's'} between them by {today}, fewer than"
            f" {model.settings.least_events}; the probabilities are base rates"
        )
    names = known.actors[one], known.actors[other]
    return Outlook(*names, today.isoformat(), model.horizon_days, events, note, forecasts)


def _note_of_history(known: EventHistory, today: date, model: OutlookModel) -> str | None:
    spans = known.seen_to(today) - known.oldest.toordinal() if known.oldest is not None else 0
    if spans < model.horizon_days:
        return (
            f"the history spans {spans} days: not one window of {model.horizon_days} days has run its course, so the"
            " probabilities are guesses; give a shorter horizon"
        )
    if known.newest is not None and (today - known.newest).days > model.horizon_days:
        return f"the history ends on {known.newest}, {(today - known.newest).days} days before {today}"
    if model.of_dyads.is_learned.any():
        return None
    return "too little history to learn from: the probabilities are base rates"


def _forecasts(
    known: EventHistory,
    units: Units,
    places: Places,
    laid_out: Snapshot,
    model: OutlookModel,
    learned: Learned | None,
    most_reasons: int = 3,
    most_drivers: int = MOST_DRIVERS,
) -> tuple[Forecast, ...]:
    """Give all kinds for some units; where nothing is learned for them, their base rates."""
    using = learned or model.of_dyads.with_nothing_learned()
    probability, low, high = using.probabilities(laid_out, places)
    counts = _counts(known, units, places)
    sides = _fired_sides(known, units, places, laid_out, model)
    moved = {target: parts(using, laid_out, target, places) for target in np.flatnonzero(using.is_learned).tolist()}
    rows = []
    for row, place in enumerate(places.tolist()):
        for target, kind in enumerate(TARGETS):
            base = float(laid_out.base_rate[place, target])
            both_ways = sides[place], sides[int(units.reverse[place])]
            reasons = precedents(both_ways, target, base, model.horizon_days, most_reasons)
            rows.append(
                Forecast(
                    source=known.actors[units.source[place]],
                    target=known.actors[units.target[place]],
                    kind=kind,
                    quad=quad_number(kind),
                    probability=float(probability[row, target]),
                    low=float(low[row, target]),
                    high=float(high[row, target]),
                    base_rate=base,
                    learned=bool(using.is_learned[target]),
                    events=int(counts[row, target]),
                    precedents=reasons,
                    drivers=drivers(moved[target], row, most_drivers) if target in moved else (),
                )
            )
    return tuple(rows)


def _fired_sides(
    known: EventHistory, units: Units, places: Places, laid_out: Snapshot, model: OutlookModel
) -> dict[int, Fired]:
    wanted = sorted({*places.tolist(), *units.reverse[places].tolist()})
    return {place: fired(known, units, place, laid_out, model) for place in wanted}


def _counts(known: EventHistory, units: Units, places: Places) -> Places:
    """Count the acts of some units so far, by target: [places, targets]."""
    acts = acts_of(known, units)
    counts = np.zeros((len(places), len(TARGETS)), dtype=np.int64)
    of_quad = targets_of_types()
    for row, place in enumerate(places.tolist()):
        types = acts.type[acts.unit == place]
        counts[row] = np.bincount(types, minlength=len(TARGETS)) + np.bincount(of_quad[types], minlength=len(TARGETS))
    return counts


def quad_number(kind: str) -> int:
    """Give the number, 1–4, of a quad's name or of a type's quad."""
    return QUADS.index(kind) + 1 if kind in QUADS else quads()[kind]


def _of_actor(
    known: EventHistory, actor: int, today: date, model: OutlookModel, top: int, *, by: str, within: bool
) -> Outlook:
    units = population(known, model.settings, anyone=True)
    places = units.place_of(np.array([actor, 0], dtype=np.int32), np.array([0, actor], dtype=np.int32))
    events = int(((known.source == actor) | (known.target == actor)).sum())
    note, learned = _note_of_history(known, today, model), model.of_actors
    if (places < 0).any():
        units = population(known, model.settings.with_least_events(1), anyone=True)
        places = units.place_of(np.array([actor, 0], dtype=np.int32), np.array([0, actor], dtype=np.int32))
        learned = learned.with_nothing_learned()
        note = (
            f"too little history: {events} acts of {known.actors[actor]} by {today}; the probabilities are base rates"
        )
    laid_out = snapshot(known, units, today, model.horizon_days, model.settings)
    forecasts = _forecasts(known, units, places, laid_out, model, learned)
    rows = next_acts(known, today, model, top, actor=actor, by=by, within=within)
    return Outlook(known.actors[actor], None, today.isoformat(), model.horizon_days, events, note, forecasts, rows)


def next_acts(
    known: EventHistory,
    today: date,
    model: OutlookModel,
    top: int,
    *,
    actor: int | None = None,
    by: str = BY_PROBABILITY,
    within: bool = False,
) -> tuple[Forecast, ...]:
    """Give the likeliest acts of all dyads with enough history (or of one actor's), types only, with their reasons."""
    units = population(known, model.settings, anyone=False)
    wanted = np.ones(len(units), dtype=np.bool_) if within else units.source != units.target
    if actor is not None:
        wanted &= (units.source == actor) | (units.target == actor)
    places = np.flatnonzero(wanted)
    if not len(places) or top < 1:
        return ()
    laid_out = snapshot(known, units, today, model.horizon_days, model.settings)
    probability = model.of_dyads.probabilities(laid_out, places)[0][:, : len(TYPES)]
    worth = probability - laid_out.base_rate[places][:, : len(TYPES)] if by == BY_RISE else probability
    # A stable order: of equal worth the first by code and type.
    best = np.argsort(-worth.ravel(), kind="stable")[:top]
    chosen = np.unique(places[best // len(TYPES)])
    all_kinds = _forecasts(known, units, chosen, laid_out, model, model.of_dyads)
    by_place = {
        (place, target): all_kinds[row * len(TARGETS) + target]
        for row, place in enumerate(chosen.tolist())
        for target in range(len(TARGETS))
    }
    return tuple(by_place[int(places[each // len(TYPES)]), int(each % len(TYPES))] for each in best)
