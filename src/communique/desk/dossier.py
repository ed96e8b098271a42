"""What belongs to a dossier: its acts, the rows of the standing picture, its pairs of actors, and what a brief is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from communique.actors.resolver import bare
from communique.casebook.filters import EventFilter, first_day, last_day
from communique.casebook.kept import Dossier, KeptReport
from communique.casebook.store import Casebook
from communique.errors import UsageError
from communique.outlook.forecast import outlook
from communique.outlook.history_cache import kept_history
from communique.outlook.model_cache import kept_model, model_folder
from communique.outlook.records import Outlook
from communique.records import KeptEvent
from communique.standing.alignments import alignments
from communique.standing.picture import ALIGNMENTS, BOARDS, Row, picture_of
from communique.standing.steps import sort_day

MOST_ACTS = 5_000
"""Acts of a dossier that are looked at, the newest first."""
MAIN_PAIRS = 3
MOST_SHOWN = 60
"""Acts that a brief tells one by one."""
MOST_ROWS = 25
SENTENCES_A_ROW = 3
"""Rows of a board in a brief, and the newest sentences behind each."""


def dossier_events(
    casebook: Casebook,
    dossier: Dossier,
    until: date | None = None,
    added_since: datetime | None = None,
    most: int = MOST_ACTS,
) -> tuple[KeptEvent, ...]:
    """Give the acts of a dossier, the newest first, `most` of them: what `dossier_filter` asks for."""
    return tuple(casebook.events(dossier_filter(dossier, until, added_since, most)))


def dossier_filter(
    dossier: Dossier,
    until: date | None = None,
    added_since: datetime | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> EventFilter:
    """Give the filter for the acts of a dossier, the newest first: of its days and contexts, and among its actors.

    With one actor all of its acts, with several those between two of them, or of one of them on nobody named; with none
    all of its contexts. `until` cuts off what happened after that day, `added_since` what the casebook knew before.
    """
    own = last_day(dossier.until, "until") if dossier.until else None
    several = len(dossier.actors) > 1
    return EventFilter(
        actor=dossier.actors[0] if len(dossier.actors) == 1 else None,
        among=dossier.actors if several else None,
        context=dossier.contexts or None,
        since=dossier.since,
        until=min(filter(None, (own, until)), default=None),
        added_since=added_since,
        limit=limit,
        offset=offset,
        sort="-date",
    )


def _newest_first(kept: KeptEvent) -> tuple[int, str]:
    day = kept.event.date or kept.published
    return -last_day(day, "date").toordinal() if day else 0, kept.event.event_id


def main_pairs(dossier: Dossier, events: Iterable[KeptEvent], most: int = MAIN_PAIRS) -> tuple[tuple[str, str], ...]:
    """Give the pairs of actors with most acts between them, those of the dossier where it names several."""
    own = {bare(code) for code in dossier.actors}
    counted: Counter[tuple[str, str]] = Counter()
    for kept in events:
        sources, targets = ({bare(code) for code in side} for side in (kept.event.source, kept.event.target))
        pairs = {tuple(sorted((a, b))) for a in sources for b in targets or sources if a != b}
        counted.update((a, b) for a, b in pairs if len(own & {a, b}) == min(len(own), 2))
    return tuple(pair for pair, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most])


_PARTIES: dict[str, Callable[[Any], Iterable[str]]] = {
    "sanctions": lambda row: (row.sender, row.target),
    "agreements": lambda row: (party.actor for party in row.parties),
    "talks": lambda row: row.parties,
    "positions": lambda row: (row.actor,),
    "alignments": lambda row: (row.a, row.b),
    "votes": lambda row: (row.body, *(code for codes in row.votes.values() for code in codes)),
}
_QUESTION: dict[str, Callable[[Any], str | None]] = {
    "sanctions": lambda row: "sanctions",
    "agreements": lambda row: row.question,
    "talks": lambda row: row.about,
    "positions": lambda row: row.on,
    "votes": lambda row: row.about,
}


def rows_within(
    board: str, rows: Iterable[Row], dossier: Dossier, event_ids: Collection[str] = frozenset()
) -> tuple[Row, ...]:
    """Give the rows of a board that belong to a dossier.

    One of its parties must be an actor of the dossier; two, where both name several (a position is one actor's, and
    a vote one body's). Where the dossier has contexts, the row's question is one of them, or one of its events is among
    `event_ids`, those of the dossier's acts; how actors are aligned is no matter of contexts.
    What was held or voted before its first day is left out; what stands since then is not.
    """
    own = {bare(code) for code in dossier.actors}
    since = first_day(dossier.since, "since") if dossier.since else None
    found = []
    for row in rows:
        parties = {bare(code) for code in _PARTIES[board](row)}
        needed = 1 if board in {"positions", "votes"} else min(len(own), max(1, len(parties)), 2)
        if own and len(own & parties) < needed:
            continue
        told_of = board == "alignments" or _QUESTION[board](row) in dossier.contexts
        if dossier.contexts and not told_of and not any(each in event_ids for each in row.events):
            continue
        if board in {"positions", "votes"} and since and row.changed and last_day(row.changed, "changed") < since:
            continue
        found.append(row)
    return tuple(sorted(found, key=lambda row: sort_day(row.changed), reverse=True))


def ids_of(events: Iterable[KeptEvent]) -> frozenset[str]:
    """Give the ids of all tellings of some acts."""
    return frozenset(event_id for kept in events for event_id, _ in (*kept.tellings, (kept.event.event_id, "")))


def weightiest(events: Iterable[KeptEvent], most: int = MOST_SHOWN) -> tuple[KeptEvent, ...]:
    """Give the acts that say most, the oldest first: those that most reports tell, then the strongest, then the newest."""
    ranked = sorted(events, key=lambda kept: (-len(kept.tellings), -abs(kept.event.intensity), *_newest_first(kept)))
    return tuple(sorted(ranked[:most], key=lambda kept: (kept.event.date or kept.published or "", kept.event.event_id)))


@dataclass(frozen=True, slots=True)
class Material:
    """All that a brief is made of; `brief.brief_of` makes it.

    `events` are the dossier's acts, the newest first, MOST_ACTS at most; `total` counts them all. `boards` are its rows. `outlooks` are those of its main pairs.
    `reports` holds the reports behind all that by id, `acts` the acts that set off a precedent by id.
    """

    dossier: Dossier
    as_of: date | None
    events: tuple[KeptEvent, ...] = ()
    boards: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    outlooks: tuple[Outlook, ...] = ()
    reports: Mapping[str, KeptReport] = field(default_factory=dict)
    acts: Mapping[str, KeptEvent] = field(default_factory=dict)
    total: int = 0


def boards_of(
    casebook: Casebook, dossier: Dossier, events: Sequence[KeptEvent], as_of: date | None
) -> dict[str, tuple[Row, ...]]:
    """Give the rows of each board that belong to a dossier, as they stand on a day."""
    codes = tuple(sorted({bare(code) for code in dossier.actors}))
    told = tuple(board for board in BOARDS if board != ALIGNMENTS)
    found = dict(picture_of(casebook.history(codes or None, told, as_of), as_of, codes, told).boards)
    if codes:
        # Without actors all dyads would be aligned, which says nothing of a question.
        found[ALIGNMENTS] = _relations(casebook, codes, as_of)
    ids = ids_of(events)
    return {board: rows_within(board, rows, dossier, ids) for board, rows in found.items()}


def _relations(casebook: Casebook, codes: tuple[str, ...], as_of: date | None) -> tuple[Row, ...]:
    """Give how some actors stand with each other, or one with all, by all acts between them and not those of a context."""
    wanted = EventFilter(among=codes, until=as_of) if len(codes) > 1 else EventFilter(actor=codes[0], until=as_of)
    rows = alignments(casebook.events(wanted), as_of, None, codes, with_turning_points=False)
    return cast("tuple[Row, ...]", rows)


def material_of(
    casebook: Casebook,
    dossier: Dossier,
    as_of: date | None = None,
    outlooks: tuple[Outlook, ...] = (),
    *,
    events: tuple[KeptEvent, ...] | None = None,
    boards: Mapping[str, tuple[Row, ...]] | None = None,
) -> Material:
    """Gather what a brief is made of; what is at hand already (`events`, `boards`) is not asked for again."""
    events = dossier_events(casebook, dossier, as_of) if events is None else events
    boards = boards_of(casebook, dossier, events, as_of) if boards is None else boards
    fired = {
        event.event_id
        for made in outlooks
        for forecast in made.forecasts
        for precedent in forecast.precedents
        for event in precedent.fired_by
    }
    acts = (
        {each.event.event_id: each for each in casebook.events(EventFilter(event_ids=sorted(fired)))} if fired else {}
    )
    shown = (kept for kept in (*weightiest(events), *acts.values()) if kept.dataset is None)
    wanted = {kept.event.report_id for kept in shown}
    for rows in boards.values():
        wanted |= {each.report_id for row in rows[:MOST_ROWS] for each in row.evidence[-SENTENCES_A_ROW:]}
    total = casebook.count(dossier_filter(dossier, as_of))
    return Material(dossier, as_of, events, boards, outlooks, reports_by_id(casebook, wanted), acts, total)


def reports_by_id(casebook: Casebook, report_ids: Iterable[str]) -> dict[str, KeptReport]:
    """Give reports by their ids; ids of imported events, which no report tells, are left out."""
    found = {}
    for report_id in sorted(set(report_ids)):
        report = casebook.report(report_id)
        if report is not None:
            found[report_id] = report
    return found


def outlooks_of(casebook: Casebook, dossier: Dossier, as_of: date | None = None, days: int = 30) -> tuple[Outlook, ...]:
    """Give the outlooks of a dossier's main pairs, learning first where no model is kept, which may take half a minute.

    A pair of which nothing was known by then has none. Where nothing is known at all there are none.
    """
    pairs = main_pairs(dossier, dossier_events(casebook, dossier, as_of))
    if not pairs:
        return ()
    history = kept_history(casebook)
    try:
        model = kept_model(history, model_folder(casebook.path), as_of, days)
    except UsageError:
        return ()
    found = []
    for a, b in pairs:
        with suppress(UsageError):
            found.append(outlook(history, a, b, days, as_of, model=model))
    return tuple(found)
