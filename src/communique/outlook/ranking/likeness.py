"""Who is like whom: actors placed near one another if they did the same to the same, by singular value decomposition.

Two maps are drawn of all that was known on a morning. In the map of deeds, an actor lies near (relation, other) if
actors like it did that; it finds pairs that never met before. In the map of company, actors who deal with the same
others lie near one another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sparse
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from communique.outlook.ranking.facts import Facts, Floats, Integers
from communique.outlook.ranking.ledger import SLOW, Ledger

DIMENSIONS = 64
"""Dimensions of both maps."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Both maps, by the ledger's numbers; rows are zero for what was not seen.

    `doer` × `deed` (by place in `relation_other`, one more row of zeros for what has no place) gives how well a deed
    fits an actor; `size` is the log of how often a deed was seen. `left` × `right` gives how well two actors go together;
    `heading` is `left` at length one. `keys` are those of `relation_other` when the maps were drawn.
    """

    doer: Floats
    deed: Floats
    size: Floats
    left: Floats
    right: Floats
    heading: Floats
    keys: Integers

    def fits(self, facts: Facts) -> bool:
        """Tell whether the maps are of so many actors, and each part of one map as wide as the other."""
        deeds = (len(self.keys) + 1,)
        company = (facts.entities, *self.left.shape[1:])
        return (
            self.doer.shape == (facts.entities, *self.deed.shape[1:])
            and self.deed.shape[:1] == self.size.shape == deeds
            and self.left.shape == self.right.shape == self.heading.shape == company
        )

    def laid_on(self, ledger: Ledger) -> Likeness:
        """Give the same maps by the numbers of another ledger of the same actors; deeds that are new have zeros."""
        counts = ledger.counts["relation_other"]
        if np.array_equal(counts.keys, self.keys):
            return self
        deed = np.zeros((len(counts) + 1, self.deed.shape[1]), dtype=np.float32)
        size = np.zeros(len(counts) + 1, dtype=np.float32)
        places = counts.find(self.keys)
        known = places < len(counts)
        deed[places[known]], size[places[known]] = self.deed[:-1][known], self.size[:-1][known]
        return replace(self, deed=deed, size=size, keys=counts.keys)


def likeness_of(ledger: Ledger) -> Likeness:
    """Draw both maps of what the ledger knows before its open day."""
    entities = ledger.facts.entities
    doer, deed, size = _deeds(ledger)
    weight = ledger.counts["pair"].counts[SLOW, :-1]
    seen = weight > 0
    company = sparse.csr_matrix(
        (np.log1p(2 * weight[seen]), (ledger.pair_entity[seen], ledger.pair_other[seen])), shape=(entities, entities)
    )
    spread = sparse.diags((np.asarray(company.sum(axis=1)).ravel() + 1) ** -0.5)
    left, right = _decomposed(spread @ company @ spread)
    heading = left / (np.linalg.norm(left, axis=1, keepdims=True) + 1e-9)
    keys = ledger.counts["relation_other"].keys
    return Likeness(doer, deed, size, left, right, heading.astype(np.float32), keys)


def _deeds(ledger: Ledger) -> tuple[Floats, Floats, Floats]:
    facts = ledger.facts
    weight = ledger.counts["triple"].counts[SLOW, :-1]
    seen = weight > 0
    triple, relation = ledger.counts["triple"].keys[seen], ledger.triple_relation[seen]
    pair = triple // facts.directed_relations
    place = ledger.counts["relation_other"].find(relation * facts.entities + pair % facts.entities)
    # Only columns of deeds that were seen: the random start depends on their number, which the future must not change.
    columns, column = np.unique(place, return_inverse=True)
    deeds = sparse.csr_matrix(
        (np.log1p(3 * weight[seen]), (pair // facts.entities, column)), shape=(facts.entities, len(columns))
    )
    by_doer = np.asarray(deeds.sum(axis=1)).ravel() + 1
    by_deed = np.asarray(deeds.sum(axis=0)).ravel() + 1
    doer, near = _decomposed(sparse.diags(by_doer**-0.5) @ deeds @ sparse.diags(by_deed**-0.5))
    places = len(ledger.counts["relation_other"]) + 1
    deed = np.zeros((places, near.shape[1]), dtype=np.float32)
    size = np.zeros(places, dtype=np.float32)
    deed[columns], size[columns] = near, np.log(by_deed)
    return doer, deed, size


def _decomposed(matrix: sparse.csr_matrix) -> tuple[Floats, Floats]:
    """Give left vectors times singular values, and right vectors, of the largest DIMENSIONS; few cells give fewer."""
    dimensions = min(DIMENSIONS, *matrix.shape)
    if dimensions == 0 or matrix.nnz == 0:
        return np.zeros((matrix.shape[0], 1), dtype=np.float32), np.zeros((matrix.shape[1], 1), dtype=np.float32)
    # Such narrow matrices gain nothing from threads, and lose much where a machine is busy.
    with threadpool_limits(limits=1):
        left, values, right = randomized_svd(
            sparse.csr_matrix(matrix),
            dimensions,
            n_oversamples=8,
            n_iter=2,
            power_iteration_normalizer="QR",
            random_state=0,
        )
    return (left * values).astype(np.float32), right.T.astype(np.float32)
