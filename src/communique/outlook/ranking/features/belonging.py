"""Where actors belong: what their countries do, and what actors of their kind do."""

from __future__ import annotations

import numpy as np

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import of_one_place
from communique.outlook.ranking.questions import Questions

WORDS = {
    "place_relation_other": "this relation from the asked actor's country to the candidate",
    "place_relation_other.since": "days since this relation from the asked actor's country to the candidate",
    "place_relation_other.share": "share of this relation from the asked actor's country among all candidates",
    "place_other": "anything from the asked actor's country to the candidate",
    "entity_relation_place": "this relation from the asked actor to the candidate's country",
    "entity_place": "anything from the asked actor to the candidate's country",
    "place_relation_place": "this relation between their countries",
    "place_place": "anything between their countries",
    "kind_relation_other": "this relation from actors of this kind to the candidate",
    "kind_relation_kind": "this relation between actors of their kinds, in one country or across",
    "entity_relation_kind": "this relation from the asked actor to actors of the candidate's kind",
    "relation_kind": "this relation to actors of the candidate's kind",
    "entity_kind": "anything from the asked actor to actors of the candidate's kind",
    "relation_place": "this relation to the candidate's country",
    "one_place": "both of one country",
}


def belonging(questions: Questions) -> dict[str, Floats]:
    """Give faded counts by country and kind."""
    ledger = questions.ledger
    columns: dict[str, Floats] = {}
    for name in WORDS:
        if name in ledger.counts:
            place = ledger.find(name, questions.entity, questions.relation, questions.candidate)
            columns[name] = ledger.counts[name].counts[0][place]
            if f"{name}.since" in WORDS:
                columns[f"{name}.since"] = ledger.counts[name].days_since(place, ledger.day)
    columns["place_relation_other.share"] = questions.share(columns["place_relation_other"])
    columns["one_place"] = of_one_place(ledger.hierarchy, questions.entity, questions.candidate).astype(np.float32)
    return columns
