"""What talks came to: an agreement that their parties struck on their question ends them with a result.

Pure functions of moves. The step "settle" tells that an agreement was struck between those who may have talked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from communique.records import Move
from communique.standing.steps import day_of, sort_day

SETTLE = "settle"
DAYS_ON_ANY_QUESTION = 45
"""An agreement of which no report says what it is about ends talks spoken of so many days before it, not older ones."""
DAYS_ON_THE_QUESTION = 400
"""One on the question of the talks ends talks of this age."""
# Questions that are settled with another: a peace accord ends talks on a ceasefire, and not the other way round.
_SETTLED_WITH = {
    "peace": frozenset({"ceasefire", "hostages"}),
    "hostages": frozenset({"ceasefire"}),
    "ceasefire": frozenset({"hostages"}),
    "maritime": frozenset({"border"}),
}
_ON_NO_QUESTION = frozenset({"", "agreement"})
# Steps after which talks are there to be settled.
_LEADS_TO = frozenset({"begin", "resume", "go on", "hold", "suspend", "agree", "schedule", "end without result"})


def with_results(told: Sequence[Move]) -> list[Move]:
    """Give the moves of the same parties, oldest first, with each settlement as the end of the talks that it settles.

    One that settles no talks spoken of before it, or with it, is left out. Single meetings are on no question and
    come to no result.
    """
    found: list[Move] = []
    for place, move in enumerate(told):
        if move.step != SETTLE:
            found.append(move)
            continue
        open_talks = [one for one in told[:place] if one.step in _LEADS_TO]
        open_talks += [one for one in told[place:] if one.report_id == move.report_id and one.step == "hold"]
        settled = next((one for one in reversed(open_talks) if _settles(move, one)), None)
        if settled is not None:
            found.append(replace(move, step="end with result", about=settled.about, form=settled.form))
    return found


def _settles(move: Move, talks: Move) -> bool:
    question, kind = (talks.about or ("",))[0], (move.about or ("",))[0]
    if question == "general":
        return False
    loose = not question or kind in _ON_NO_QUESTION
    if not loose and question != kind and question not in _SETTLED_WITH.get(kind, ()):
        return False
    earlier, later = sort_day(day_of(talks)), sort_day(day_of(move))
    if not earlier or not later:
        return talks.report_id == move.report_id
    age = (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    return age <= (DAYS_ON_ANY_QUESTION if loose else DAYS_ON_THE_QUESTION)
