"""Who is next, from a history: (source, type, ?) or (?, type, target), in order, with reasons, rules and precedents."""

from __future__ import annotations

from datetime import date

import numpy as np

from communique.actors.display import name_of
from communique.errors import UsageError
from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory
from communique.outlook.model import checked_day
from communique.outlook.ranking.counted_rules import CountedRules, last_events
from communique.outlook.ranking.features import NAMES
from communique.outlook.ranking.history_ranking import HistoryRanking, learn_ranking
from communique.outlook.ranking.near import near_codes
from communique.outlook.ranking.plain import plain_order
from communique.outlook.ranking.rank import Ranked, rank
from communique.outlook.ranking.reasons import tells_apart, told_reason
from communique.outlook.ranking.records import ASKED, NextActor, NextActors
from communique.outlook.ranking.settings import RankingSettings, ranking_settings

_REASONS = 5


def asked_of(text: str) -> tuple[str, str, str]:
    """Read "USA SANCTION ?" or "? SANCTION Saudi Arabia": source, type and target as they are written, one of them "?".

    Raises UsageError for another form, a type that there is not, and a mode of one.
    """
    words = text.split()
    places = [place for place, word in enumerate(words) if word in TYPES]
    places = places or [place for place, word in enumerate(words) if word.upper() in TYPES]
    form = "write source, type and target, one side a question mark, such as 'USA SANCTION ?'"
    if len(places) != 1:
        mode = next((word for word in words if word.partition("/")[0].upper() in TYPES), None)
        if mode is not None and not places:
            raise UsageError(f"{text!r}: {mode} is a mode; ask for its type, {mode.partition('/')[0].upper()}")
        raise UsageError(f"{text!r}: {form}; the type is one of {', '.join(TYPES)}")
    source, target = " ".join(words[: places[0]]), " ".join(words[places[0] + 1 :])
    if not source or not target or (source == ASKED) == (target == ASKED):
        raise UsageError(f"{text!r}: {form}")
    return source, words[places[0]].upper(), target


def next_actors(
    history: EventHistory,
    source: str,
    kind: str,
    target: str,
    as_of: date | None = None,
    *,
    ranking: HistoryRanking | None = None,
    most: int = 10,
    numbers: RankingSettings | None = None,
) -> NextActors:
    """Say who is likeliest to undergo `kind` from `source` next, or to do it to `target`; the side asked for is "?".

    Nothing that became known after `as_of` (the newest day of the history where it is None) is used. `ranking` is what
    `learn_ranking` or `kept_ranking` gave for that day; without it that is done here. Of equal scores the code that
    comes first is first.

    Raises UsageError for a type that there is not, not exactly one "?", an actor of which the history knows nothing, what
    was learned from other events, and an empty history.
    """
    numbers = numbers or ranking_settings()
    if kind not in TYPES or (source == ASKED) == (target == ASKED):
        raise UsageError(f"{source} {kind} {target}: give one of the sixteen types, and '?' for one side")
    today = checked_day(history, as_of)
    known = history.until(today)
    ranking = ranking or learn_ranking(history, today, numbers)
    if ranking.laid_out.as_of != today or ranking.fingerprint != known.fingerprint():
        raise UsageError("the ranking was learned from other events or for another day; learn one for these")
    # The same events, but numbered as they were when it was learned.
    known = ranking.laid_out.known
    asked = target if source == ASKED else source
    number = known.number(asked)
    if number is None or number == 0:
        near = near_codes(asked, _codes(known))
        raise UsageError(
            f"{asked}: no event of this actor was known by {today}" + (f"; near it: {near}" if near else "")
        )
    order = _order(ranking, number, kind, most, by_source=target == ASKED)
    return NextActors(
        source=known.actors[number] if target == ASKED else ASKED,
        type=kind,
        target=known.actors[number] if source == ASKED else ASKED,
        as_of=today.isoformat(),
        events=len(known),
        learned=ranking.learned is not None,
        note=_note(ranking, number, kind, bool(order), numbers),
        order=_told(ranking, order, number, kind, numbers, by_source=target == ASKED),
    )


def _codes(known: EventHistory) -> list[str]:
    return [known.actors[number] for number in np.union1d(known.source, known.target).tolist() if number]


def _order(ranking: HistoryRanking, number: int, kind: str, most: int, *, by_source: bool) -> tuple[Ranked, ...]:
    laid_out, relation = ranking.laid_out, TYPES.index(kind)
    entity = laid_out.entity(number)
    if ranking.learned is None or entity is None:
        directed = relation if by_source else relation + len(TYPES)
        return plain_order(laid_out.facts, -1 if entity is None else entity, directed, most)
    side = {"source": entity} if by_source else {"target": entity}
    return rank(
        laid_out.facts, ranking.learned, laid_out.morning, relation, most=most, reasons=len(NAMES), **side
    )  # fmt: skip


def _told(
    ranking: HistoryRanking, order: tuple[Ranked, ...], number: int, kind: str, numbers: RankingSettings,
    *, by_source: bool,
) -> tuple[NextActor, ...]:  # fmt: skip
    laid_out = ranking.laid_out
    known = laid_out.known
    counted = CountedRules(known, laid_out.as_of, ranking.rules, numbers)
    told = []
    for each in order:
        other = int(laid_out.actors[each.candidate])
        sides = (number, other) if by_source else (other, number)
        reasons = [told_reason(reason) for reason in each.reasons if tells_apart(reason.name)]
        told.append(
            NextActor(
                place=each.place,
                actor=known.actors[other],
                name=name_of(known.actors[other]),
                score=round(each.score, 4),
                reasons=tuple(reasons[:_REASONS]),
                rules=counted.rules(*sides, kind),
                precedents=last_events(known, *sides, TYPES.index(kind)),
            )
        )
    return tuple(told)


def _note(ranking: HistoryRanking, number: int, kind: str, found: bool, numbers: RankingSettings) -> str | None:
    laid_out = ranking.laid_out
    known, facts = laid_out.known, laid_out.facts
    if not found:
        return f"no {kind} between two actors is known by {laid_out.as_of}: there is nobody to rank"
    notes = []
    if ranking.learned is None:
        notes.append(
            "too little history to learn from: the order is plain recurrence, then dealings of any kind, then how often"
            " the same was seen with anyone"
        )
    entity = laid_out.entity(number)
    count = 0 if entity is None else int((facts.entity == entity).sum())
    if count < numbers.least_facts_of_actor:
        notes.append(
            f"too little history of {known.actors[number]}: {count} act{'' if count == 1 else 's'} with others;"
            " the order is mostly that of what others do"
        )
    if known.newest is not None and (laid_out.as_of - known.newest).days > numbers.rule_days:
        notes.append(f"the history ends on {known.newest}, {(laid_out.as_of - known.newest).days} days before")
    return "; ".join(notes) or None
