"""Events laid out by dyad, as columns of numbers: one row for each event and each pair of actors it is between.

An act told jointly (no target) is between all who make it; an act with a target is between each who makes it and
each who undergoes it. Roles are left aside, and so is what passes within one state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from communique.actors.resolver import bare
from communique.records import Event, KeptEvent, Status
from communique.standing.alignment_weights import Weights
from communique.standing.steps import sort_day

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# Looked up once: a member of an enumeration costs more at each look than the comparison.
_OCCURRED = Status.OCCURRED


@dataclass(frozen=True, slots=True)
class Dyads:
    """All pairs of actors with their events, the events of each dyad together and oldest first.

    `pairs[i]` has its events in the slice `first[i]:first[i + 1]` of the columns. `place` is the event's place in
    `events`; `day` its day as an ordinal, NaN where none is known; `value` and `weight` are not yet decayed.
    """

    events: tuple[KeptEvent, ...]
    pairs: tuple[tuple[str, str], ...]
    first: Places
    place: Places
    day: Numbers
    value: Numbers
    weight: Numbers

    @property
    def of_pair(self) -> Places:
        """The number of the dyad of each row of the columns."""
        return np.repeat(np.arange(len(self.pairs)), np.diff(self.first))


def day_of_event(kept: KeptEvent) -> str | None:
    """Give the day, month or year from which an event counts: its own date, a plan's or supposition's publication."""
    event = kept.event
    if event.status is _OCCURRED and event.date:
        return event.date
    return kept.published or event.date


def dyads(kept: Iterable[KeptEvent], as_of: date | None, about: Collection[str], weights: Weights) -> Dyads:
    """Lay out the events that had happened by `as_of` (all where it is None) and weigh something.

    With `about` only dyads are given that one of these actors is part of.
    """
    limit = as_of.isoformat() if as_of else "9999-12-31"
    wanted = frozenset(map(_bare, about))
    dated = [(sort_day(day_of_event(each)), each) for each in kept]
    ordered = sorted((pair for pair in dated if pair[0] <= limit), key=_key)
    events: list[KeptEvent] = []
    number: dict[tuple[str, str], int] = {}
    rows: list[tuple[int, int, float, float, float]] = []
    for day, each in ordered:
        value, weight = weights.value_and_weight(each)
        if not weight:
            continue
        pairs = [pair for pair in _pairs(each.event) if not wanted or pair[0] in wanted or pair[1] in wanted]
        if pairs:
            for pair in pairs:
                rows.append((number.setdefault(pair, len(number)), len(events), _ordinal(day), value, weight))
            events.append(each)
    return _columns(tuple(events), number, rows)


def _columns(
    events: tuple[KeptEvent, ...],
    number: dict[tuple[str, str], int],
    rows: list[tuple[int, int, float, float, float]],
) -> Dyads:
    pairs = tuple(sorted(number))
    rank = np.zeros(len(pairs), dtype=np.int64)
    for place, pair in enumerate(pairs):
        rank[number[pair]] = place
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    of_pair = rank[table[:, 0].astype(np.int64)]
    order = np.argsort(of_pair, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(of_pair, minlength=len(pairs))))).astype(np.int64)
    table = table[order]
    return Dyads(events, pairs, first, table[:, 1].astype(np.int64), table[:, 2], table[:, 3], table[:, 4])


def _key(dated: tuple[str, KeptEvent]) -> tuple[str, str, str, int, int, str]:
    day, kept = dated
    event = kept.event
    return day, kept.published or "", event.report_id, event.sentence, event.start, event.event_id


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    source = dict.fromkeys(map(_bare, event.source))
    if not event.target:
        yield from sorted(_sorted(*pair) for pair in combinations(source, 2))
        return
    target = dict.fromkeys(map(_bare, event.target))
    yield from sorted({_sorted(one, other) for one, other in product(source, target) if one != other})


def _sorted(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


@cache
def _bare(code: str) -> str:
    return bare(code)


@cache
def _ordinal(day: str) -> float:
    return float(date.fromisoformat(day).toordinal()) if day else float("nan")
