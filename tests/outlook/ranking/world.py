"""A small world of habits: neighbours who consult, one who visits after each consultation, and a crowd that is random."""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Facts, both_directions

CONSULT, VISIT, ARREST = 0, 1, 2
ENTITIES, RELATIONS, DAYS = 24, 3, 60
NAMES = tuple(
    [f"Land_{number}" for number in range(8)]
    + [f"Police_(Land_{number})" for number in range(8)]
    + [f"Citizen_(Land_{number})" for number in range(8)]
)
RELATION_NAMES = ("Consult", "Make_a_visit", "Arrest")


def quads(days: int = DAYS, seed: int = 0) -> np.ndarray:
    """Land 0 consults with land 1 and visits it on the next day; police arrest citizens of their own land."""
    chance = np.random.default_rng(seed)
    rows = []
    for day in range(days):
        if day % 3 == 0:
            rows.append((0, CONSULT, 1, day * 24))
        if day % 3 == 1:
            rows.append((0, VISIT, 1, day * 24))
        for land in chance.choice(8, 3, replace=False).tolist():
            rows.append((8 + land, ARREST, 16 + land, day * 24))
        source, target = chance.choice(8, 2, replace=False).tolist()
        rows.append((source, int(chance.integers(2)), target, day * 24))
    return np.array(sorted(set(rows)), dtype=np.int64)


def facts_of(rows: np.ndarray) -> Facts:
    return both_directions(rows, ENTITIES, RELATIONS, entity_names=NAMES, relation_names=RELATION_NAMES)
