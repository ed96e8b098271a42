"""What is known on the morning of a day: counts of all that happened before it, by actor, pair, kind and place.

A ledger is moved on day by day, and never looks ahead: `open_day` lets a day pass, `close_day` writes its facts down.
Which keys there will ever be is known from the start, but a key that was not seen yet counts zero and is passed over by
all who read the ledger (`tests/outlook/ranking/test_no_look_ahead.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import scipy.sparse as sparse

from communique.outlook.ranking.counters import FadingCounts
from communique.outlook.ranking.facts import Facts, Integers
from communique.outlook.ranking.names import Hierarchy

SLOW, USUAL, FAST, BURST = 0, 1, 2, 3
RATES = (0.004, 0.03, 0.12, 0.5)
"""Fading a day: half is left after 173, 23, 6 and 1.4 days."""
_LONG_ONLY = (0.015,)

KeyMaker = Callable[[Facts, Hierarchy, Integers, Integers, Integers], Integers]
"""Gives the keys of facts (asked entity, directed relation, other)."""

# What is counted: the name of the count, its rates, and the number that a fact's key is. e: the entity asked about,
# r: the directed relation, o: the other one, who is asked for.
_COUNTED: Mapping[str, tuple[tuple[float, ...], KeyMaker]] = {
    # Sorted by pair first, so that the relations of a pair lie together (`Ledger.relations_of_pairs`).
    "triple": (RATES, lambda f, h, e, r, o: (e * f.entities + o) * f.directed_relations + r),
    "pair": (RATES, lambda f, h, e, r, o: e * f.entities + o),
    "relation_other": (RATES[:3], lambda f, h, e, r, o: r * f.entities + o),
    "entity_relation": ((0.02,), lambda f, h, e, r, o: e * f.directed_relations + r),
    "other": ((0.004, 0.03, 0.2), lambda f, h, e, r, o: o),
    "entity": ((0.03,), lambda f, h, e, r, o: e),
    "place_relation_other": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (h.place[e] * f.directed_relations + r) * f.entities + o,
    ),
    "place_other": (_LONG_ONLY, lambda f, h, e, r, o: h.place[e] * f.entities + o),
    "entity_relation_place": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (e * f.directed_relations + r) * h.places + h.place[o],
    ),
    "entity_place": (_LONG_ONLY, lambda f, h, e, r, o: e * h.places + h.place[o]),
    "place_relation_place": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (h.place[e] * f.directed_relations + r) * h.places + h.place[o],
    ),
    "place_place": (_LONG_ONLY, lambda f, h, e, r, o: h.place[e] * h.places + h.place[o]),
    "kind_relation_other": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (h.kind[e] * f.directed_relations + r) * f.entities + o,
    ),
    "kind_relation_kind": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (
            ((h.kind[e] * f.directed_relations + r) * h.kinds + h.kind[o]) * 2 + of_one_place(h, e, o)
        ),
    ),
    "entity_relation_kind": (
        _LONG_ONLY,
        lambda f, h, e, r, o: (e * f.directed_relations + r) * h.kinds + h.kind[o],
    ),
    "relation_kind": (_LONG_ONLY, lambda f, h, e, r, o: (r * h.kinds + h.kind[o]) * 2 + of_one_place(h, e, o)),
    "entity_kind": (_LONG_ONLY, lambda f, h, e, r, o: e * h.kinds + h.kind[o]),
    "relation_place": (_LONG_ONLY, lambda f, h, e, r, o: r * h.places + h.place[o]),
}


def of_one_place(hierarchy: Hierarchy, entity: Integers, other: Integers) -> Integers:
    """Give 1 where both are known to belong to one place, else 0."""
    place = hierarchy.place[entity]
    one: Integers = ((place == hierarchy.place[other]) & (place > 0)).astype(np.int64)
    return one


class Ledger:
    """The counts of all facts before the open day."""

    def __init__(self, facts: Facts, hierarchy: Hierarchy) -> None:
        self.facts = facts
        self.hierarchy = hierarchy
        self.day = -1
        self.is_open = False
        self.counts: dict[str, FadingCounts] = {}
        self._places: dict[str, Integers] = {}
        for name, (rates, key) in _COUNTED.items():
            keys = key(facts, hierarchy, facts.entity, facts.relation, facts.other)
            self.counts[name] = FadingCounts(keys, rates)
            self._places[name] = self.counts[name].find(keys)
        triples, pairs = self.counts["triple"].keys, self.counts["pair"].keys
        self.triple_relation = triples % facts.directed_relations
        self.triple_pair = self.counts["pair"].find(triples // facts.directed_relations)
        self._pair_starts = np.searchsorted(self.triple_pair, np.arange(len(pairs) + 1))
        self.pair_entity, self.pair_other = pairs // facts.entities, pairs % facts.entities
        self._entity_starts = np.searchsorted(self.pair_entity, np.arange(facts.entities + 1))
        relation_other = self.counts["relation_other"].keys
        self.popular_relation = relation_other // facts.entities
        self.popular_other = relation_other % facts.entities
        self._relation_starts = np.searchsorted(self.popular_relation, np.arange(facts.directed_relations + 1))

    @classmethod
    def as_of(cls, facts: Facts, hierarchy: Hierarchy, day: int) -> Ledger:
        """Give the ledger of the morning of `day` at once, of facts that all lie before it."""
        ledger = cls(facts, hierarchy)
        ledger.day, ledger.is_open = day, True
        for name, counts in ledger.counts.items():
            counts.add_all(ledger._places[name], facts.day, day)
        return ledger

    def find(self, name: str, entity: Integers, relation: Integers, other: Integers) -> Integers:
        """Give the places of the keys of candidate facts in one of the counts."""
        key = _COUNTED[name][1]
        return self.counts[name].find(key(self.facts, self.hierarchy, entity, relation, other))

    def open_day(self, day: int) -> None:
        """Let one day pass, and be ready for the questions of `day`."""
        self.day, self.is_open = day, True
        for counts in self.counts.values():
            counts.fade()

    def close_day(self) -> None:
        """Write down the facts of the open day; what was known that morning is gone with it."""
        self.is_open = False
        rows = self.rows_of_day()
        if rows.stop > rows.start:
            for name, counts in self.counts.items():
                counts.add(self._places[name][rows], self.day)

    def rows_of_day(self) -> slice:
        """Give the rows of the open day's facts."""
        first, last = np.searchsorted(self.facts.day, [self.day, self.day + 1])
        return slice(int(first), int(last))

    def pairs_of_day(self) -> Integers:
        """Give the places of the pairs of the open day's facts; not to be read before the day's questions are answered."""
        return self._places["pair"][self.rows_of_day()]

    def partners(self, entity: int) -> Integers:
        """Give all whom the entity had to do with before the open day, sorted."""
        pairs = slice(self._entity_starts[entity], self._entity_starts[entity + 1])
        return self.pair_other[pairs][self.counts["pair"].seen[pairs]]

    def places_of_relation(self, relation: int) -> Integers:
        """Give the places, in the count `relation_other`, of those seen in the relation before the open day."""
        places = np.arange(self._relation_starts[relation], self._relation_starts[relation + 1])
        return places[self.counts["relation_other"].seen[places]]

    def relations_of_pairs(self, rate: int) -> sparse.csr_matrix:
        """Give the faded counts of relations by pair: pairs × directed relations."""
        shape = (len(self.counts["pair"]), self.facts.directed_relations)
        return sparse.csr_matrix(
            (self.counts["triple"].counts[rate, :-1], self.triple_relation, self._pair_starts), shape=shape
        )
