"""The very same again: how often and how lately this relation was seen from the asked actor to the candidate."""

from __future__ import annotations

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import BURST, FAST, SLOW, USUAL
from communique.outlook.ranking.questions import Questions

WORDS = {
    "same.long": "the same between the two, over a year",
    "same.usual": "the same between the two, over weeks",
    "same.fast": "the same between the two, in days",
    "same.burst": "the same between the two, yesterday",
    "same.since": "days since the same between the two",
    "same.long.share": "share of the same, over a year, among all candidates",
    "same.usual.share": "share of the same, over weeks, among all candidates",
    "same.fast.share": "share of the same, in days, among all candidates",
}


def repetition(questions: Questions) -> dict[str, Floats]:
    """Give faded counts of the same fact, and their shares among the candidates."""
    ledger = questions.ledger
    counts = ledger.counts["triple"]
    place = ledger.find("triple", questions.entity, questions.relation, questions.candidate)
    columns = {
        f"same.{name}": counts.counts[rate][place]
        for name, rate in (("long", SLOW), ("usual", USUAL), ("fast", FAST), ("burst", BURST))
    }
    shares = {f"same.{name}.share": questions.share(columns[f"same.{name}"]) for name in ("long", "usual", "fast")}
    return columns | {"same.since": counts.days_since(place, ledger.day)} | shares
