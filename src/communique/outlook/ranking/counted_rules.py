"""Rules in words with whole counts: what has just passed between two actors, and how often such acts were followed so.

The counts are those of `outlook.precedents`: cases do not overlap, and only cases whose days had passed are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory, Places
from communique.outlook.features import TARGETS, Units, units_of
from communique.outlook.precedents import OTHER_WAY, SAME_WAY, RuleRecord, antecedents, antecedents_of, rules_of_unit
from communique.outlook.ranking.records import NextRule
from communique.outlook.ranking.settings import RankingSettings
from communique.outlook.records import FiredEvent
from communique.outlook.wording import phrases, told

_SHOWN_EVENTS = 3


def told_event(known: EventHistory, row: int, kind: str | None = None) -> FiredEvent:
    """Give one row of a history as an event in words; of its mode, or of its type where the mode has no words."""
    source, target = known.actors[known.source[row]], known.actors[known.target[row]]
    own = known.modes[known.mode[row]]
    kind = kind or (own if own in phrases() else TYPES[known.type[row]])
    return FiredEvent(
        event_id=known.event_ids[known.event[row]],
        date=date.fromordinal(int(known.day[row])).isoformat(),
        source=source,
        target=target,
        kind=own,
        words=told(kind, source, target),
    )


class CountedRules:
    """The rules between pairs of a history on a day; `world` is the record over all pairs."""

    def __init__(self, known: EventHistory, as_of: date, world: RuleRecord, numbers: RankingSettings) -> None:
        self._known, self._as_of, self._world, self._numbers = known, as_of, world, numbers

    def rules(self, source: int, target: int, then: str, most: int = 2) -> tuple[NextRule, ...]:
        """Give the rules set off lately that speak most for `source` doing `then` to `target`, the strongest first.

        Of a type and its modes only the one that says most is given, of equal ones the mode.
        """
        actors = len(self._known.actors)
        lower, higher = sorted((source, target))
        units = units_of(self._known, np.array([lower * actors + higher], dtype=np.int64))
        best: dict[tuple[str, int], tuple[float, NextRule]] = {}
        for direction, by, on in ((SAME_WAY, source, target), (OTHER_WAY, target, source)):
            fired = self._fired(by, on)
            if not fired:
                continue
            own = self._own_record(units, by, on)
            for number, rows in fired.items():
                found = self._rule(number, direction, (source, target), then, own, rows)
                place = (antecedents()[number].partition("/")[0], direction)
                if found is not None and (place not in best or found[0] >= best[place][0]):
                    best[place] = found
        ordered = sorted(best.values(), key=lambda each: (-each[0], each[1].antecedent, each[1].by))
        # What two do together is told both ways, and fires the same rule twice.
        told_by: dict[tuple[str, ...], NextRule] = {}
        for _, rule in ordered:
            told_by.setdefault(tuple(event.event_id for event in rule.fired_by), rule)
        return tuple(told_by.values())[:most]

    def _fired(self, by: int, on: int) -> dict[int, list[int]]:
        """Give the antecedents of the last days by their number, with the rows of their events, newest first."""
        known, today = self._known, self._as_of.toordinal()
        recent = np.flatnonzero(
            (known.source == by) & (known.target == on) & (known.day > today - self._numbers.rule_days)
        )
        recent = recent[np.argsort(-known.day[recent], kind="stable")]
        found: dict[int, list[int]] = {}
        for numbers in antecedents_of(known.chosen(recent)):
            for row, number in zip(recent.tolist(), numbers.tolist(), strict=True):
                if number >= 0:
                    found.setdefault(number, []).append(row)
        return found

    def _own_record(self, units: Units, by: int, on: int) -> RuleRecord:
        side = np.array([by], dtype=np.int32), np.array([on], dtype=np.int32)
        unit = int(units.place_of(*side)[0])
        # Base rates of the two are not asked for here, only counts.
        nothing = np.zeros((len(units), len(TARGETS)))
        days = self._numbers.rule_days
        return rules_of_unit(self._known, units, unit, nothing, self._known.seen_to(self._as_of), days)

    def _rule(
        self, number: int, direction: int, acting: tuple[int, int], then: str, own: RuleRecord, rows: Iterable[int]
    ) -> tuple[float, NextRule] | None:
        numbers, world, goal = self._numbers, self._world, TARGETS.index(then)
        world_cases, world_held = int(world.cases[number]), int(world.held[number, direction, goal])
        if world_cases < numbers.least_world_cases:
            return None
        base = float(world.expected[number, direction, goal]) / world_cases
        cases, held = int(own.cases[number]), int(own.held[number, direction, goal])
        share = (held + numbers.world_weight * world_held / world_cases) / (cases + numbers.world_weight)
        if share < numbers.least_lift * base:
            return None
        source, target = (self._known.actors[side] for side in acting)
        by, on = (source, target) if direction == SAME_WAY else (target, source)
        antecedent = antecedents()[number]
        rule = NextRule(
            antecedent=antecedent, by=by, on=on, then=then, source=source, target=target, held=held, cases=cases,
            world_held=world_held, world_cases=world_cases, world_base_rate=base,
            words=f"within {numbers.rule_days} days after {told(antecedent, by, on)}, {told(then, source, target)}"
            f" {_counted(held, cases)}; between any two actors in {world_held} of {world_cases},"
            f" where their base rates give {base:.0%}",
            fired_by=tuple(told_event(self._known, row, antecedent) for row in list(rows)[:_SHOWN_EVENTS]),
        )  # fmt: skip
        return share - base, rule


def _counted(held: int, cases: int) -> str:
    if not cases:
        return "(no case of these two has run its course yet)"
    return f"in {held} of {cases} case{'' if cases == 1 else 's'}"


def last_events(known: EventHistory, source: int, target: int, kind: int, most: int = 5) -> tuple[FiredEvent, ...]:
    """Give the last events between two actors, those of the type by the source to the target first, newest first."""
    forward = (known.source == source) & (known.target == target)
    rows: Places = np.flatnonzero(forward | (known.source == target) & (known.target == source))
    other = ~(forward[rows] & (known.type[rows] == kind))
    # Of the same day the one that was known last; rows of a history lie in one order whatever order they came in.
    order = np.lexsort((-rows, -known.day[rows], other))[:most]
    return tuple(told_event(known, row) for row in rows[order].tolist())
