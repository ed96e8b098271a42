"""How much is going on at all: with the candidate, in the relation, about the asked actor."""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.questions import Questions

WORDS = {
    "seen.long": "candidate in this relation with anyone, over a year",
    "seen.usual": "candidate in this relation with anyone, over weeks",
    "seen.fast": "candidate in this relation with anyone, in days",
    "seen.since": "days since the candidate was in this relation with anyone",
    "seen.usual.share": "share of this relation among all candidates",
    "busy.long": "candidate in anything, over a year",
    "busy.usual": "candidate in anything, over weeks",
    "busy.fast": "candidate in anything, in days",
    "busy.since": "days since the candidate was in anything",
    "asked.relation": "asked actor in this relation",
    "asked.relation.since": "days since the asked actor was in this relation",
    "asked.busy": "asked actor in anything",
    "relation": "the relation asked for",
}


def popularity(questions: Questions) -> dict[str, Floats]:
    """Give faded counts of the candidate and of the asked actor by themselves."""
    ledger, day = questions.ledger, questions.ledger.day
    columns: dict[str, Floats] = {}
    for name, counted in (("seen", "relation_other"), ("busy", "other")):
        counts = ledger.counts[counted]
        place = ledger.find(counted, questions.entity, questions.relation, questions.candidate)
        for rate, word in enumerate(("long", "usual", "fast")):
            columns[f"{name}.{word}"] = counts.counts[rate][place]
        columns[f"{name}.since"] = counts.days_since(place, day)
    columns["seen.usual.share"] = questions.share(columns["seen.usual"])
    for name, counted in (("asked.relation", "entity_relation"), ("asked.busy", "entity")):
        place = ledger.find(counted, questions.entity, questions.relation, questions.candidate)
        columns[name] = ledger.counts[counted].counts[0][place]
        if counted == "entity_relation":
            columns[f"{name}.since"] = ledger.counts[counted].days_since(place, day)
    columns["relation"] = questions.relation.astype(np.float32)
    return columns
