"""The events of a casebook as facts: who did what to whom, types as relations, days counted from the first.

What the outlook leaves out is left out here too: acts that did not occur, undated ones. So are acts within one actor
and acts without another side, for nobody can be named as next in them. The cut by what was known is made in
`event_history`, and actors are numbered anew after it: nothing later comes in, not even as a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory
from communique.outlook.ranking.facts import Facts, Integers, both_directions
from communique.outlook.ranking.model import LEARNED_DAYS
from communique.outlook.ranking.settings import RankingSettings

LONGEST_DAYS = 1_500
"""Older facts are not laid out: of the slowest fading count a four hundredth is left by then."""


@dataclass(frozen=True, slots=True, eq=False)
class HistoryFacts:
    """Facts of what was `known` at the end of `as_of`.

    Relation r is `TYPES[r]`; entity i has the number `actors[i]` in `known`, and their order is that of the codes.
    `first` is the ordinal of day 0.
    """

    known: EventHistory
    facts: Facts
    actors: Integers
    first: int
    as_of: date

    @property
    def morning(self) -> int:
        """Give the day that is asked about: the one after `as_of`, counted from the first."""
        return self.as_of.toordinal() + 1 - self.first

    @property
    def end(self) -> int:
        """Give the day after the last fact: there is nothing to learn from beyond it."""
        return int(self.facts.day[-1]) + 1 if len(self.facts.day) else 0

    def entity(self, number: int) -> int | None:
        """Give the entity of an actor's number in `known`; None where it is in no fact."""
        place = int(np.searchsorted(self.actors, number))
        return place if place < len(self.actors) and self.actors[place] == number else None

    def facts_since(self, day: int) -> tuple[int, int]:
        """Give how many facts there are from a day on, and on how many days."""
        # Each fact stands in both directions.
        days = self.facts.day[self.facts.day >= day]
        return len(days) // 2, len(np.unique(days))

    def days_to_learn(self, numbers: RankingSettings) -> int:
        """Give how many of the last days to learn from; 0 where there is too little to learn from at all."""
        count, days = self.facts_since(self.end - LEARNED_DAYS)
        if count < numbers.least_facts or days < numbers.least_days:
            return 0
        if count <= numbers.most_facts_learned:
            return LEARNED_DAYS
        newest = self.facts.day[max(0, len(self.facts.day) - 2 * numbers.most_facts_learned)]
        return max(numbers.least_days, self.end - int(newest) - 1)


def facts_known(history: EventHistory, as_of: date) -> HistoryFacts:
    """Lay out what was known at the end of a day; several events of one type between two on one day are one fact."""
    known = history.until(as_of)
    chosen = (known.source != 0) & (known.target != 0) & (known.source != known.target)
    newest = int(known.day[chosen].max()) if chosen.any() else as_of.toordinal()
    chosen &= known.day > newest - LONGEST_DAYS
    first = int(known.day[chosen].min()) if chosen.any() else newest
    sides = np.stack([known.source[chosen], known.target[chosen]], axis=1).astype(np.int64)
    actors, sides_numbered = np.unique(sides, return_inverse=True)
    source, target = sides_numbered.reshape(sides.shape).T
    quads = np.stack([source, known.type[chosen].astype(np.int64), target, known.day[chosen] - first], axis=1)
    facts = both_directions(quads, len(actors), len(TYPES), hours_a_day=1, relation_names=TYPES)
    return HistoryFacts(known, facts, actors, first, as_of)
