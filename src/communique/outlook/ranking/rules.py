"""Rules from relation to relation, learned from the past: after this between two, that often followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from communique.errors import UsageError
from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import BURST, FAST, USUAL, Ledger

RULE_RATES = (USUAL, FAST, BURST)
"""How fast what a rule starts from fades: a rule may be of weeks or of the very next day."""

_BEFORE_FIRST = 5.0
"""Faded cases without the sequel that each rule starts with, so that one lucky case is no rule."""


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that speaks for a candidate: `before` was seen between the two, after which the asked relation came.

    `held` of `cases` is how often it held so far, in days of pairs that `before` had been seen on, faded with the days
    between; `recent` how much of `before` is still fresh. All three are faded counts, so no whole numbers.
    """

    before: int
    held: float
    cases: float
    recent: float


class RuleBook:
    """For each pair of directed relations, how often the second came on a pair after the first, at each rate."""

    def __init__(self, directed_relations: int) -> None:
        shape = (directed_relations, directed_relations)
        self._held = {rate: np.zeros(shape) for rate in RULE_RATES}
        self._cases = {rate: np.zeros(directed_relations) for rate in RULE_RATES}

    def observe(self, ledger: Ledger) -> None:
        """Learn from the open day's facts, given what was known that morning; call it before the day is closed."""
        rows = ledger.rows_of_day()
        if rows.stop == rows.start:
            return
        relation = ledger.facts.relation[rows]
        came = sparse.csr_matrix(
            (np.ones(len(relation)), (ledger.pairs_of_day(), relation)),
            shape=(len(ledger.counts["pair"]), ledger.facts.directed_relations),
        )
        for rate in RULE_RATES:
            before = ledger.relations_of_pairs(rate)
            self._held[rate] += (before.T @ came).toarray()
            self._cases[rate] += np.asarray(before.sum(axis=0)).ravel()

    def tables(self) -> dict[str, NDArray[np.float64]]:
        """Give all that was learned, by name, to be kept in a file."""
        held = {f"held_{rate}": table for rate, table in self._held.items()}
        return held | {f"cases_{rate}": table for rate, table in self._cases.items()}

    def set_tables(self, tables: Mapping[str, NDArray[np.float64]]) -> None:
        """Take over what `tables` gave; UsageError where they are of another number of relations."""
        for rate in RULE_RATES:
            if tables[f"held_{rate}"].shape != self._held[rate].shape:
                raise UsageError("the rules were learned with other relations; learn them anew")
            self._held[rate] = tables[f"held_{rate}"].copy()
            self._cases[rate] = tables[f"cases_{rate}"].copy()

    def confidence(self, rate: int) -> Floats:
        """Give how often the second followed the first: directed relations × directed relations."""
        confidence: Floats = (self._held[rate] / (self._cases[rate][:, None] + _BEFORE_FIRST)).astype(np.float32)
        return confidence

    def lift(self) -> Floats:
        """Give the log of how much likelier than usual the second is among what follows the first."""
        held = self._held[FAST]
        usual = held.sum(axis=0) / max(held.sum(), 1.0)
        share = (held + 20 * usual) / (held.sum(axis=1, keepdims=True) + 20)
        lift: Floats = np.log(share / (usual + 1e-9) + 1e-9).astype(np.float32)
        return lift

    def fired(self, ledger: Ledger, pair: int, relation: int, most: int = 3) -> tuple[FiredRule, ...]:
        """Give the rules that speak most for `relation` on a pair (its place in the ledger), the strongest first."""
        if pair == len(ledger.counts["pair"]):
            return ()
        row = ledger.relations_of_pairs(USUAL)[pair]
        strength = row.data * self.confidence(USUAL)[row.indices, relation]
        found = []
        for place in np.argsort(-strength, kind="stable")[:most]:
            before = int(row.indices[place])
            held, cases = float(self._held[USUAL][before, relation]), float(self._cases[USUAL][before])
            if strength[place] > 0:
                found.append(FiredRule(before, held, cases, float(row.data[place])))
        return tuple(found)
