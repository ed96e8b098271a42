"""Who stands with whom: a signed, weighted, decaying relation for every two actors, from the events between them.

The score is the mean of what the events say (`value`, −1 … 1), each weighing `weight · 2^(−age / half-life)`, with a
prior of no relation beside them: score = Σ weight·value·decay / (Σ weight·decay + prior). So one event moves it a
little, many move it much, and a relation of which nothing more is heard goes back to 0. The numbers stand in
data/alignments.yaml. A pure function of the events: any order of arrival gives the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from communique.errors import UsageError
from communique.records import KeptEvent
from communique.standing.alignment_dyads import Dyads, Numbers, day_of_event, dyads
from communique.standing.alignment_turns import TurningPoint, turning_points
from communique.standing.alignment_weights import Weights, weights
from communique.standing.steps import Evidence, Step

WARMING, COOLING, STEADY = "warming", "cooling", "steady"


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """How two actors stand to each other; `a` and `b` are codes without roles, in alphabetical order.

    `score` is −1 (enemies) … 1 (allies), `weight` the decayed evidence behind it (1 is about one clear act of words).
    `kind` names the score: alliance, friendly, slight, mixed, strained, rivalry; `since` is the day on which it became
    so. `trend` is warming, cooling or steady: the score against that of some months before. `changed` is the day of the newest event.
    """

    a: str
    b: str
    score: float
    weight: float
    trend: str
    kind: str
    since: str | None
    turning_points: tuple[TurningPoint, ...]
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


def alignments(
    events: Iterable[KeptEvent],
    as_of: date | None = None,
    half_life: float | None = None,
    about: Collection[str] = (),
    *,
    with_turning_points: bool = True,
) -> tuple[AlignmentRow, ...]:
    """Give a row for every two actors with an event between them by `as_of`, in alphabetical order.

    `half_life` is in days (that of the data file where it is None); ages are counted to `as_of`, without it to the
    day of the newest event. With `about` only rows are given that one of these actors is part of. Turning points cost
    most of the time where there are many dyads, and can be left out.

    Raises UsageError for a half-life that is not more than 0.
    """
    numbers = weights()
    half_life = numbers.half_life_days if half_life is None else half_life
    if not half_life > 0 or math.isinf(half_life):
        raise UsageError(f"half_life {half_life!r}: give a number of days above 0, such as 365")
    laid_out = dyads(events, as_of, about, numbers)
    if not laid_out.pairs:
        return ()
    now = float(as_of.toordinal()) if as_of else _newest(laid_out)
    scores, evidence = _scores(laid_out, now, half_life, numbers.prior)
    trends = _trends(laid_out, now, half_life, scores, numbers)
    rows = []
    for number in range(len(laid_out.pairs)):
        kind, since = _kind(laid_out, number, float(scores[number]), now, half_life, numbers)
        turns: tuple[TurningPoint, ...] = ()
        if with_turning_points:
            own = slice(laid_out.first[number], laid_out.first[number + 1])
            turns = turning_points(laid_out.day[own], laid_out.value[own], laid_out.weight[own], numbers)
        rows.append(
            _row(laid_out, number, float(scores[number]), float(evidence[number]), trends[number], kind, since, turns)
        )
    return tuple(rows)


def _newest(laid_out: Dyads) -> float:
    days = laid_out.day[~np.isnan(laid_out.day)]
    return float(days.max()) if len(days) else 0.0


def _scores(laid_out: Dyads, now: float, half_life: float, prior: float) -> tuple[Numbers, Numbers]:
    """Give score and evidence of each dyad; an event without any day counts as if it were of today."""
    age = np.nan_to_num(now - laid_out.day, nan=0.0)
    weight = laid_out.weight * np.exp2(-np.maximum(age, 0.0) / half_life)
    of_pair, count = laid_out.of_pair, len(laid_out.pairs)
    evidence: Numbers = np.bincount(of_pair, weight, count).astype(np.float64)
    score: Numbers = np.bincount(of_pair, weight * laid_out.value, count) / (evidence + prior)
    return score, evidence


def _trends(laid_out: Dyads, now: float, half_life: float, scores: Numbers, numbers: Weights) -> list[str]:
    """Compare each score with what it was some days ago; without any event since then a relation is steady.

    A dyad of which nothing was known then is compared with no relation: its first friendly acts warm it.
    """
    of_pair, count = laid_out.of_pair, len(laid_out.pairs)
    then = now - numbers.recent_days
    earlier = laid_out.day <= then
    weight = laid_out.weight * earlier * np.exp2(-np.maximum(np.nan_to_num(then - laid_out.day), 0.0) / half_life)
    evidence = np.bincount(of_pair, weight, count) + numbers.prior
    steps = scores - np.bincount(of_pair, weight * laid_out.value, count) / evidence
    recent = np.bincount(of_pair, ~earlier, count) > 0
    return [
        STEADY if not known or abs(step) < numbers.least_trend else WARMING if step > 0 else COOLING
        for step, known in zip(steps.tolist(), recent.tolist(), strict=True)
    ]


def _kind(
    laid_out: Dyads, number: int, score: float, now: float, half_life: float, numbers: Weights
) -> tuple[str, str | None]:
    """Give the kind of a relation now, and since when it has been of this kind."""
    own = slice(laid_out.first[number], laid_out.first[number + 1])
    said = weighed = friendly = 0.0
    last = float("nan")
    kind, since = "", float("nan")
    columns = (laid_out.day[own].tolist(), laid_out.value[own].tolist(), laid_out.weight[own].tolist())
    for day, value, weight in zip(*columns, strict=True):
        faded = 2.0 ** (-(day - last) / half_life) if day > last else 1.0
        said, weighed = said * faded + weight * value, weighed * faded + weight
        friendly = friendly * faded + (weight if value > 0 else 0.0)
        last = last if math.isnan(day) else day
        became = numbers.kind(said / (weighed + numbers.prior), weighed, friendly / weighed)
        if became != kind:
            kind, since = became, day
    present = numbers.kind(score, weighed * 2.0 ** (-max(0.0, now - last) / half_life), friendly / weighed)
    if present != kind and not math.isnan(last):
        since = _faded(said, weighed, friendly, last, now, half_life, numbers)
    return present, None if math.isnan(since) else date.fromordinal(int(since)).isoformat()


def _faded(
    said: float, weighed: float, friendly: float, last: float, now: float, half_life: float, numbers: Weights
) -> float:
    """Give the day on which a relation without news since `last` faded into the kind that it is of `now`."""

    def kind(day: float) -> str:
        left = 2.0 ** (-(day - last) / half_life)
        return numbers.kind(said * left / (weighed * left + numbers.prior), weighed * left, friendly / weighed)

    early, late, present = last, now, kind(now)
    while late - early > 1.0:
        middle = (early + late) / 2.0
        early, late = (early, middle) if kind(middle) == present else (middle, late)
    return min(float(math.ceil(late)), now)


def _row(
    laid_out: Dyads,
    number: int,
    score: float,
    evidence: float,
    trend: str,
    kind: str,
    since: str | None,
    turns: tuple[TurningPoint, ...],
) -> AlignmentRow:
    first, last = laid_out.first[number], laid_out.first[number + 1]
    told = [laid_out.events[place] for place in laid_out.place[first:last].tolist()]
    a, b = laid_out.pairs[number]
    history = tuple(map(_step, told))
    sentences = {
        (kept.event.report_id, kept.event.sentence): kept.sentence_text or kept.event.anchor
        for kept in told
        if kept.sentence_text or kept.event.anchor
    }
    return AlignmentRow(
        a, b, round(score, 3), round(evidence, 3), trend, kind, since, turns,
        tuple(kept.event.event_id for kept in told), history[-1].date, history,
        tuple(Evidence(*place, text) for place, text in sentences.items()),
    )  # fmt: skip


def _step(kept: KeptEvent) -> Step:
    event = kept.event
    return Step(
        day_of_event(kept), event.type, event.source, event.status, event.anchor, event.report_id, event.sentence,
        event.event_id,
    )  # fmt: skip
