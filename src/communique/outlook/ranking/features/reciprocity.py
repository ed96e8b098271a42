"""Tit for tat: how often and how lately the candidate did the same to the asked actor."""

from __future__ import annotations

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import FAST, USUAL
from communique.outlook.ranking.questions import Questions

WORDS = {
    "back.usual": "the same the other way round, over weeks",
    "back.fast": "the same the other way round, in days",
    "back.since": "days since the same the other way round",
    "back.usual.share": "share of the same the other way round among all candidates",
}


def reciprocity(questions: Questions) -> dict[str, Floats]:
    """Give faded counts of the fact with its sides changed."""
    ledger = questions.ledger
    counts = ledger.counts["triple"]
    place = ledger.find("triple", questions.entity, questions.turned_relation, questions.candidate)
    usual = counts.counts[USUAL][place]
    return {
        "back.usual": usual,
        "back.fast": counts.counts[FAST][place],
        "back.since": counts.days_since(place, ledger.day),
        "back.usual.share": questions.share(usual),
    }
