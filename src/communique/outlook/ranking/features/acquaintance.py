"""Whatever passed between the two: pair history over all relations."""

from __future__ import annotations

from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.ledger import BURST, FAST, SLOW, USUAL
from communique.outlook.ranking.questions import Questions

WORDS = {
    "pair.long": "anything between the two, over a year",
    "pair.usual": "anything between the two, over weeks",
    "pair.fast": "anything between the two, in days",
    "pair.burst": "anything between the two, yesterday",
    "pair.since": "days since anything between the two",
    "pair.usual.share": "share of dealings over weeks among all candidates",
    "pair.fast.share": "share of dealings in days among all candidates",
}


def acquaintance(questions: Questions) -> dict[str, Floats]:
    """Give faded counts of all facts between the two, and their shares."""
    counts = questions.ledger.counts["pair"]
    columns = {
        f"pair.{name}": counts.counts[rate][questions.pair]
        for name, rate in (("long", SLOW), ("usual", USUAL), ("fast", FAST), ("burst", BURST))
    }
    shares = {f"pair.{name}.share": questions.share(columns[f"pair.{name}"]) for name in ("usual", "fast")}
    return columns | {"pair.since": counts.days_since(questions.pair, questions.ledger.day)} | shares
