"""Candidate rows: the questions of a morning, and for each who may be next at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from communique.outlook.ranking.facts import Floats, Integers
from communique.outlook.ranking.ledger import Ledger


@dataclass(frozen=True)
class CandidateRows:
    """Questions (entity, relation, ?) of the open day, and their candidates, one row a candidate.

    `question` numbers the rows' question; `asked` is questions × 2: entity, directed relation. The rows of a question lie
    together, its candidates in the order of their numbers. `ledger` is as of the morning of `day`.
    """

    ledger: Ledger
    asked: Integers
    question: Integers
    candidate: Integers
    day: int

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
