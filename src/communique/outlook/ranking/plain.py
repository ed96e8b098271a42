"""The order where there is too little to learn from: who had it before, then who had to do with the other, then anyone.

Whole counts of days; a pure function of the facts.
"""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Facts, Integers
from communique.outlook.ranking.rank import Ranked, Reason

_SAME = "days with the same between the two"
_PAIR = "facts of any kind between the two"
_SEEN = "days on which the same was seen with anyone"


def plain_order(facts: Facts, entity: int, directed: int, most: int) -> tuple[Ranked, ...]:
    """Rank all who ever had to do with the entity, or were seen in the directed relation: the `most` likeliest.

    The score is the number of days with the very same; below one, what orders those of equal number.
    """
    asked, related = facts.entity == entity, facts.relation == directed
    same = _count(facts.other[asked & related], facts)
    pair = _count(facts.other[asked], facts)
    seen = np.bincount(np.unique(facts.day[related] * facts.entities + facts.other[related]) % facts.entities,
                       minlength=facts.entities)  # fmt: skip
    candidates = np.flatnonzero((pair > 0) | (seen > 0))
    candidates = candidates[candidates != entity]
    order = np.lexsort((candidates, -seen[candidates], -pair[candidates], -same[candidates]))
    most_seen, most_pair = int(seen.max(initial=0)) + 1, int(pair.max(initial=0)) + 1
    found = []
    for place, candidate in enumerate(candidates[order[:most]].tolist(), start=1):
        counts = int(same[candidate]), int(pair[candidate]), int(seen[candidate])
        adds = float(counts[0]), counts[1] / most_pair, counts[2] / most_seen / most_pair
        named = zip(("plain.same", "plain.pair", "plain.seen"), (_SAME, _PAIR, _SEEN), counts, adds, strict=True)
        reasons = tuple(Reason(name, words, float(count), added) for name, words, count, added in named if count)
        found.append(Ranked(place, candidate, sum(adds), reasons, (), ()))
    return tuple(found)


def _count(others: Integers, facts: Facts) -> Integers:
    return np.bincount(others, minlength=facts.entities)
