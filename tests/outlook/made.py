"""A small world for the tests of the outlook: events from a few words, and a history in which a threat is followed by sanctions."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from communique.ontology.loader import ontology
from communique.outlook.event_history import EventHistory
from communique.records import Event, KeptEvent, Status

BEGIN = date(2020, 1, 1)


def kept(
    event_id: str,
    source: str,
    kind: str,
    target: str,
    happened: str | None,
    published: str | None = None,
    status: Status = Status.OCCURRED,
) -> KeptEvent:
    """An event as the casebook gives it; codes are joined by ";", a mode follows its type: SANCTION/embargo."""
    name, _, mode = kind.partition("/")
    told = Event(
        event_id=event_id, report_id=f"report-{event_id}", sentence=0, type=name, mode=mode or None,
        quad=ontology().types[name].quad, cameo="", intensity=0.0, source=tuple(filter(None, source.split(";"))),
        target=tuple(filter(None, target.split(";"))), source_text="", target_text="", status=status, claimed_by=None,
        condition=None, date=happened, date_precision=None, date_basis=None, location=None, context=(), anchor="",
        start=0, end=0, confidence=0.9, rule="",
    )  # fmt: skip
    return KeptEvent(told, published, ((event_id, told.report_id),))


def on(day: int) -> str:
    """The ISO day so many days after the world begins."""
    return (BEGIN + timedelta(days=day)).isoformat()


def day_of(day: int) -> date:
    return BEGIN + timedelta(days=day)


NAMES = ("NOR", "SWE", "DNK", "FIN", "ISL", "EST", "LVA", "LTU", "IRL", "BEL")


def threatening_world(days: int = 420, seed: int = 7) -> list[KeptEvent]:
    """Ten states. Now and then one threatens another; in seven cases of ten sanctions follow after some weeks, seldom without.

    They also meet, some dyads often, some never, whatever else happens.
    """
    chance = np.random.default_rng(seed)
    events: list[KeptEvent] = []

    def add(day: int, source: str, kind: str, target: str) -> None:
        events.append(kept(f"{len(events):05}", source, kind, target, on(day)))

    for a in NAMES:
        for b in NAMES:
            if a == b:
                continue
            how_often = chance.choice([0.0, 0.01, 0.05])
            for day in range(days):
                if chance.random() < how_often:
                    add(day, a, "CONSULT/visit", b)
                if chance.random() < 0.005:
                    add(day, a, "THREATEN/sanctions", b)
                    if chance.random() < 0.7:
                        add(day + int(chance.integers(12, 29)), a, "SANCTION/embargo", b)
                if chance.random() < 0.0005:
                    add(day, a, "SANCTION/embargo", b)
    return events


def history(events: list[KeptEvent]) -> EventHistory:
    return EventHistory.from_kept(events)
