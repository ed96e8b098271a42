"""Through a third: whom partners of the asked actor deal with, and what actors alike do to the candidate."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import USUAL
from communique.outlook.ranking.questions import Questions

_TOO_FADED = 0.02
"""Faded counts below this are left out of chains: about four months after a single fact."""
_ALIKE = 0.4
"""Cosine from which two actors are alike."""

WORDS = {
    "chain": "the asked actor's partners deal with the candidate",
    "chain.relation": "the asked actor's partners do this to the candidate",
    "chain.relation.share": "share of what the asked actor's partners do among all candidates",
    "twins": "actors alike do this to the candidate",
    "twins.share": "share of what actors alike do among all candidates",
    "near": "the candidate is like those to whom the asked actor does this",
    "near.partners": "the candidate is like the asked actor's partners",
}


def chains(questions: Questions) -> dict[str, Floats]:
    """Give two-step walks over lately seen pairs, in all relations and in the asked one."""
    ledger, likeness = questions.ledger, questions.likeness
    entities = ledger.facts.entities
    weight = ledger.counts["pair"].counts[USUAL, :-1]
    fresh = weight >= _TOO_FADED / 2
    company = sparse.csr_matrix(
        (weight[fresh], (ledger.pair_entity[fresh], ledger.pair_other[fresh])), shape=(entities, entities)
    )
    steps = sparse.csr_matrix(sparse.diags(1 / (np.asarray(company.sum(axis=1)).ravel() + 1)) @ company)
    asked, where = np.unique(questions.asked[:, 0], return_inverse=True)
    first_step, twins = steps[asked], _twins(likeness.heading, asked)
    heading = likeness.heading
    by_chain = (first_step @ steps).toarray().astype(np.float32)
    in_chain, by_twins, aim = _in_the_relation(questions, first_step, twins, where)
    question, candidate = questions.question, questions.candidate
    row = where[question]
    columns = {
        "chain": by_chain[row, candidate],
        "chain.relation": in_chain[question, candidate],
        "twins": by_twins[question, candidate],
        "near": np.einsum("ij,ij->i", aim[question], heading[candidate]),
        "near.partners": np.einsum("ij,ij->i", (first_step @ heading)[row], heading[candidate]).astype(np.float32),
    }
    for name in ("chain.relation", "twins"):
        columns[f"{name}.share"] = questions.share(columns[name])
    return columns


def _twins(heading: Floats, asked: np.ndarray[tuple[int], np.dtype[np.int64]]) -> sparse.csr_matrix:
    """Give the actors alike to each asked one, weights summing to less than one."""
    cosine = heading[asked] @ heading.T
    cosine[cosine < _ALIKE] = 0
    cosine[np.arange(len(asked)), asked] = 0
    alike = sparse.csr_matrix(cosine**2)
    return sparse.csr_matrix(sparse.diags(1 / (np.asarray(alike.sum(axis=1)).ravel() + 1)) @ alike)


def _in_the_relation(
    questions: Questions,
    first_step: sparse.csr_matrix,
    twins: sparse.csr_matrix,
    where: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> tuple[Floats, Floats, Floats]:
    """Give, by question and entity, what partners and twins do in the relation; by question, the aim of the asked one."""
    ledger, heading = questions.ledger, questions.likeness.heading
    entities = ledger.facts.entities
    weight = ledger.counts["triple"].counts[USUAL, :-1]
    fresh = np.flatnonzero(weight > _TOO_FADED)
    fresh = fresh[np.argsort(ledger.triple_relation[fresh], kind="stable")]
    starts = np.searchsorted(ledger.triple_relation[fresh], np.arange(ledger.facts.directed_relations + 1))
    number = len(questions.asked)
    in_chain, by_twins = (np.zeros((number, entities), dtype=np.float32) for _ in range(2))
    aim = np.zeros((number, heading.shape[1]), dtype=np.float32)
    for relation in np.unique(questions.asked[:, 1]):
        rows = np.flatnonzero(questions.asked[:, 1] == relation)
        triple = fresh[starts[relation] : starts[relation + 1]]
        pair = ledger.triple_pair[triple]
        deeds = sparse.csr_matrix(
            (np.log1p(weight[triple]), (ledger.pair_entity[pair], ledger.pair_other[pair])), shape=(entities, entities)
        )
        in_chain[rows] = (first_step[where[rows]] @ deeds).toarray()
        by_twins[rows] = (twins[where[rows]] @ deeds).toarray()
        aim[rows] = deeds[questions.asked[rows, 0]] @ heading
    return in_chain, by_twins, aim
