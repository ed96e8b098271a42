"""Who is like whom: what actors like the asked one do, and candidates like those it deals with."""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.questions import Questions

WORDS = {
    "fit": "actors like the asked one do this to the candidate",
    "fit.sized": "actors like the asked one do this to the candidate, weighed by how often anyone does",
    "fit.sized.share": "share of what actors like the asked one do among all candidates",
    "fit.back": "actors like the candidate have this done to them by the asked one",
    "fit.back.share": "share of what is done to actors like the candidate among all candidates",
    "company": "the two go with the same others",
    "company.share": "share of going with the same others among all candidates",
    "alike": "the two are alike in whom they deal with",
}


def kinship(questions: Questions) -> dict[str, Floats]:
    """Give the products of the maps of likeness."""
    likeness, ledger = questions.likeness, questions.ledger
    entity, candidate = questions.entity, questions.candidate
    turned = ledger.find("relation_other", candidate, questions.turned_relation, entity)
    columns = {
        "fit": _product(likeness.doer[entity], likeness.deed[questions.deed]),
        "fit.back": _product(likeness.doer[candidate], likeness.deed[turned]),
        "company": _product(likeness.left[entity], likeness.right[candidate]),
        "alike": _product(likeness.heading[entity], likeness.heading[candidate]),
    }
    columns["fit.sized"] = columns["fit"] * np.exp(0.5 * likeness.size[questions.deed])
    for name in ("fit.sized", "fit.back", "company"):
        columns[f"{name}.share"] = questions.share(columns[name])
    return columns


def _product(left: Floats, right: Floats) -> Floats:
    product: Floats = np.einsum("ij,ij->i", left, right)
    return product
