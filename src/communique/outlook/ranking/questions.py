"""The questions of a morning with all that was learned up to it: what features are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.outlook.ranking.associations import Associations
from communique.outlook.ranking.facts import Floats, Integers
from communique.outlook.ranking.ledger import USUAL, Ledger
from communique.outlook.ranking.likeness import Likeness
from communique.outlook.ranking.rows import CandidateRows
from communique.outlook.ranking.rules import RuleBook

POPULAR = 80
"""How many of those most often seen in a relation are candidates for every question of it."""
FITTING = 40
"""How many of those whom actors like the asked one deal with so are candidates."""


@dataclass(frozen=True)
class Questions(CandidateRows):
    """Candidate rows, and the rules, maps and associations as of that morning."""

    rules: RuleBook
    likeness: Likeness
    associations: Associations


def questions_of(
    ledger: Ledger, rules: RuleBook, likeness: Likeness, associations: Associations, asked: Integers
) -> Questions:
    """Put the questions to the ledger: candidates are known partners, the relation's most seen, and who fits.

    An actor is no candidate for itself.
    """
    popular: dict[int, Integers] = {}
    question, candidate = [], []
    for number, (entity, relation) in enumerate(asked.tolist()):
        places = ledger.places_of_relation(relation)
        if relation not in popular:
            seen = ledger.counts["relation_other"].counts[USUAL, places]
            popular[relation] = ledger.popular_other[places[_largest(seen, POPULAR)]]
        fit = (likeness.deed[places] @ likeness.doer[entity]) * np.exp(0.5 * likeness.size[places])
        fitting = ledger.popular_other[places[_largest(fit, FITTING)]]
        found = np.unique(np.concatenate([ledger.partners(entity), popular[relation], fitting]))
        found = found[found != entity]
        question.append(np.full(len(found), number, dtype=np.int64))
        candidate.append(found)
    nobody = np.zeros(0, dtype=np.int64)
    return Questions(
        ledger,
        asked,
        np.concatenate([nobody, *question]),
        np.concatenate([nobody, *candidate]),
        ledger.day,
        rules,
        likeness,
        associations,
    )


def _largest(values: Floats, most: int) -> Integers:
    """Give the places of the largest values; of equal ones the first."""
    return np.argsort(-values, kind="stable")[:most]
