"""The questions of a morning, with the candidates for each: who may be next at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from communique.outlook.ranking.facts import Floats, Integers
from communique.outlook.ranking.ledger import USUAL, Ledger
from communique.outlook.ranking.likeness import Likeness
from communique.outlook.ranking.rules import RuleBook

POPULAR = 80
"""How many of those most often seen in a relation are candidates for every question of it."""
FITTING = 40
"""How many of those whom actors like the asked one deal with so are candidates."""


@dataclass(frozen=True)
class Questions:
    """Questions (entity, relation, ?) of the open day, and their candidates, one row a candidate.

    `question` numbers the rows' question; `asked` is questions × 2: entity, directed relation. The rows of a question lie
    together, its candidates in the order of their numbers. `ledger`, `rules` and `likeness` are as of that morning.
    """

    ledger: Ledger
    rules: RuleBook
    likeness: Likeness
    asked: Integers
    question: Integers
    candidate: Integers

    @cached_property
    def entity(self) -> Integers:
        """Give the asked entity of each row."""
        entity: Integers = self.asked[self.question, 0]
        return entity

    @cached_property
    def relation(self) -> Integers:
        """Give the asked directed relation of each row."""
        relation: Integers = self.asked[self.question, 1]
        return relation

    @cached_property
    def turned_relation(self) -> Integers:
        """Give the same relation seen from the other side, for each row."""
        relations = self.ledger.facts.relations
        return np.where(self.relation < relations, self.relation + relations, self.relation - relations)

    @cached_property
    def pair(self) -> Integers:
        """Give each row's place in the ledger's count of pairs."""
        return self.ledger.find("pair", self.entity, self.relation, self.candidate)

    @cached_property
    def deed(self) -> Integers:
        """Give each row's place in the ledger's count of relation and other."""
        return self.ledger.find("relation_other", self.entity, self.relation, self.candidate)

    def share(self, values: Floats) -> Floats:
        """Give each row's part of the sum over its question's candidates; what is below zero counts as zero."""
        positive = np.maximum(values, 0)
        sums = np.bincount(self.question, weights=positive, minlength=len(self.asked))
        share: Floats = (positive / (sums[self.question] + 1e-3)).astype(np.float32)
        return share


def questions_of(ledger: Ledger, rules: RuleBook, likeness: Likeness, asked: Integers) -> Questions:
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
        ledger, rules, likeness, asked, np.concatenate([nobody, *question]), np.concatenate([nobody, *candidate])
    )


def _largest(values: Floats, most: int) -> Integers:
    """Give the places of the largest values; of equal ones the first."""
    return np.argsort(-values, kind="stable")[:most]
