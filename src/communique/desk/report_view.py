"""One report as its page shows it: the text cut into sentences and marks, and a card for each event that it tells."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import Correction, KeptReport, ReportReading
from communique.casebook.store import Casebook
from communique.casebook.told import ReportRow, folded_with, reports_named, sentence_places, told_in
from communique.desk.desk import Desk
from communique.desk.reading_view import TEXT, TITLE, Mark, Stretch, marks_of, stretches_of
from communique.records import Event, KeptEvent, Report

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_OTHERS = 20
"""Reports that tell the same act, listed by name at most."""


def key_of(event_id: str) -> str:
    """Give an event's id as it can stand in the id of an element; another id where it holds other characters."""
    return event_id if _PLAIN.fullmatch(event_id) else hashlib.sha256(event_id.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Card:
    """An event as a report tells it (`here`) and as it stands today (`event`: folded, corrected).

    `tellings` are the (event_id, report_id) of all that tell the act, this one included. `corrections` are those that hold, of any telling of it;
    `taken_out` is the one that deleted it, None where it stands.
    """

    here: Event
    event: Event
    tellings: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...] = ()
    taken_out: Correction | None = None

    @property
    def event_id(self) -> str:
        """The id of the telling of this report."""
        return self.here.event_id

    @property
    def key(self) -> str:
        """The end of the ids of its elements."""
        return key_of(self.here.event_id)

    @property
    def reports(self) -> int:
        """The number of reports that tell the act."""
        return len({report_id for _, report_id in self.tellings})

    @property
    def put_right(self) -> frozenset[str]:
        """The fields that a person put right."""
        return frozenset(one.field for one in self.corrections if one.field)

    @property
    def added_by(self) -> str | None:
        """Who added it, None where it was read."""
        return next((one.who for one in self.corrections if one.kind == "add"), None)


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with what was read in it: title and text in pieces, the cards in text order, and those taken out."""

    kept: KeptReport
    title: tuple[Stretch, ...]
    text: tuple[Stretch, ...]
    cards: tuple[Card, ...]
    taken_out: tuple[Card, ...]
    by_id: Mapping[str, Card]

    @property
    def report(self) -> Report:
        """The report."""
        return self.kept.report

    def card(self, event_id: str | None) -> Card | None:
        """Give the card of an event, None where the report does not tell it."""
        return self.by_id.get(event_id or "")


def report_view(desk: Desk, kept: KeptReport) -> ReportView:
    """Give a version of a report with its events, of today where it is the current one."""
    report_id = kept.report.report_id
    told = told_in(desk.casebook, report_id, kept.version if kept.superseded else None)
    if kept.superseded:
        cards = [_alone(event) for event in told]
    else:
        cards = cards_of(desk, told, desk.casebook.events(EventFilter(report_id=report_id)))
    places = sentence_places(desk.casebook, report_id, kept.version)
    return _view(kept, places, cards)


def view_of_reading(reading: ReportReading, kept: KeptReport) -> ReportView:
    """Give a report that was read and not kept."""
    cards = [_alone(event) for event in reading.events]
    return _view(kept, reading.sentences, cards)


def _view(kept: KeptReport, places: Sequence[tuple[int, int, int]], cards: Iterable[Card]) -> ReportView:
    shown = sorted(cards, key=lambda card: (card.here.sentence, card.here.start, card.event_id))
    standing = tuple(card for card in shown if card.taken_out is None)
    marks: list[Mark] = [mark for card in standing for mark in marks_of(card.here, card.event.quad)]
    report = kept.report
    return ReportView(
        kept,
        stretches_of(report.title or "", TITLE, places, marks),
        stretches_of(report.text, TEXT, places, marks),
        standing,
        tuple(card for card in shown if card.taken_out is not None),
        {card.event_id: card for card in shown},
    )


def cards_of(desk: Desk, told: Sequence[Event], acts: Iterable[KeptEvent]) -> list[Card]:
    """Give a card for each telling, with the act that it belongs to, and the correction that took it out."""
    act_of = {event_id: act for act in acts for event_id, _ in act.tellings}
    corrections = corrections_by_event(desk)
    made = []
    for event in told:
        act = act_of.get(event.event_id)
        if act is None:
            own = corrections.get(event.event_id, ())
            gone = next((one for one in own if one.kind == "delete"), None) or _gone_with(desk, event.event_id)
            if gone is not None:
                made.append(replace(_alone(event), corrections=own, taken_out=gone))
            continue
        own = tuple(one for event_id, _ in act.tellings for one in corrections.get(event_id, ()))
        made.append(Card(event, act.event, act.tellings, own))
    return made


def _alone(event: Event) -> Card:
    return Card(event, event, ((event.event_id, event.report_id),))


def _gone_with(desk: Desk, event_id: str) -> Correction | None:
    """Give the deletion that took an event out by another telling of its act."""
    held = corrections_by_event(desk)
    near = folded_with(desk.casebook, event_id)
    return next((one for other in near for one in held.get(other, ()) if one.kind == "delete"), None)


def corrections_by_event(desk: Desk) -> dict[str, tuple[Correction, ...]]:
    """Give the corrections that hold, by the event that they were made on, the first one first."""

    def made() -> dict[str, tuple[Correction, ...]]:
        found: dict[str, list[Correction]] = {}
        for one in all_corrections(desk):
            if one.undone_at is None:
                found.setdefault(one.event_id, []).append(one)
        return {event_id: tuple(ones) for event_id, ones in found.items()}

    return desk.answers.of("corrections by event", made)


def all_corrections(desk: Desk) -> list[Correction]:
    """Give all corrections, also those undone, the first one first."""
    return desk.answers.of("corrections", desk.casebook.corrections)


def history_of_event(desk: Desk, event_ids: Iterable[str]) -> tuple[Correction, ...]:
    """Give the corrections of an act, by the ids of its tellings, also those undone."""
    ids = set(event_ids)
    return tuple(one for one in all_corrections(desk) if one.event_id in ids)


def versions_of(casebook: Casebook, report_id: str) -> tuple[KeptReport, ...]:
    """Give the versions of a report, the first one first; none where there is no such report."""
    held = casebook.reports(ReportFilter(report_id=report_id, versions=True))
    return tuple(sorted(held, key=lambda one: one.version))


def other_tellers(casebook: Casebook, card: Card, report_id: str) -> tuple[ReportRow, ...]:
    """Give the other reports that tell the act of a card, MOST_OTHERS at most, by their ids."""
    ids = sorted({other for _, other in card.tellings if other and other != report_id})[:MOST_OTHERS]
    return tuple(reports_named(casebook, ids).values()) if ids else ()


def sharing_reports(casebook: Casebook, view: ReportView) -> tuple[tuple[ReportRow, int], ...]:
    """Give the reports that tell some of the same acts, each with how many, those with the most first."""
    own = view.report.report_id
    shared = Counter(
        other
        for card in view.cards
        for other in {report_id for _, report_id in card.tellings}
        if other and other != own
    )
    most = sorted(shared, key=lambda report_id: (-shared[report_id], report_id))[:MOST_OTHERS]
    rows = reports_named(casebook, most) if most else {}
    return tuple((rows[one], shared[one]) for one in most if one in rows)
