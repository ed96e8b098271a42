"""What usually follows: rules from relation to relation, fired by what lately passed between the two."""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import BURST, FAST, USUAL
from communique.outlook.ranking.questions import Questions

WORDS = {
    "rule.usual": "expected by the rules of what follows what, over weeks",
    "rule.fast": "expected by the rules of what follows what, in days",
    "rule.burst": "expected by the rules of what follows what, since yesterday",
    "rule.usual.share": "share of what the rules expect over weeks among all candidates",
    "rule.fast.share": "share of what the rules expect in days among all candidates",
    "rule.burst.share": "share of what the rules expect since yesterday among all candidates",
    "rule.of_all": "share of this relation in all that the rules expect between the two",
    "learned": "log-odds that all traces between the two, weighed together, bring this relation",
    "learned.share": "share of the odds by all traces, among all candidates",
    "rule.lift": "how much likelier than usual this relation is after what passed between the two",
}


def sequels(questions: Questions) -> dict[str, Floats]:
    """Give the sum over all that lately passed between the two, each times how often the asked relation followed it."""
    ledger, rules = questions.ledger, questions.rules
    columns: dict[str, Floats] = {}
    for name, rate in (("usual", USUAL), ("fast", FAST), ("burst", BURST)):
        expected = np.asarray(ledger.relations_of_pairs(rate) @ rules.confidence(rate))
        columns[f"rule.{name}"] = _of_rows(expected, questions)
        if name == "usual":
            of_pair = np.append(expected.sum(axis=1), 0)[questions.pair]
    for name in ("usual", "fast", "burst"):
        columns[f"rule.{name}.share"] = questions.share(columns[f"rule.{name}"])
    columns["rule.of_all"] = (columns["rule.usual"] / (of_pair + 1e-3)).astype(np.float32)
    columns["learned"] = questions.associations.scores(questions)
    columns["learned.share"] = questions.share((1 / (1 + np.exp(-columns["learned"]))).astype(np.float32))
    recent = ledger.relations_of_pairs(USUAL)
    recent.data = np.minimum(recent.data, 1)
    number = np.append(np.asarray(recent.sum(axis=1)).ravel(), 0)[questions.pair]
    lift = _of_rows(np.asarray(recent @ rules.lift()), questions)
    columns["rule.lift"] = (lift / (number + 0.5)).astype(np.float32)
    return columns


def _of_rows(by_pair: Floats, questions: Questions) -> Floats:
    """Pick each row's pair and relation; zero for pairs that were never seen."""
    known = questions.pair < len(by_pair)
    values = np.zeros(len(questions.pair), dtype=np.float32)
    values[known] = by_pair[questions.pair[known], questions.relation[known]]
    return values
