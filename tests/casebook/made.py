"""Reports, events and moves for the tests of the casebook, each made from a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from communique.casebook import ReportReading
from communique.records import Board, DateBasis, DatePrecision, Event, KeptEvent, Move, Report, Status

TEXT = "Norland imposed sanctions on Sudmark. Its envoys later met in Port Vale."
SENTENCES = ((-1, 0, 5), (0, 0, 37), (1, 38, len(TEXT)))


def event(event_id: str, report_id: str = "paper-1", **changes: Any) -> Event:
    made = Event(
        event_id=event_id, report_id=report_id, sentence=0, type="SANCTION", mode="sanctions", quad=4, cameo="163",
        intensity=-8.0, source=("NOR",), target=("SDN",), source_text="Norland", target_text="Sudmark",
        status=Status.OCCURRED, claimed_by=None, condition=None, date="2024-05-06", date_precision=DatePrecision.DAY,
        date_basis=DateBasis.STATED, location=None, context=("sanctions",), anchor="imposed", start=8, end=15,
        confidence=0.8, rule="SANCTION:1:impose; occurred: past", anchors=((0, 8, 15),),
    )  # fmt: skip
    return replace(made, **changes)


def move(told: Event, **changes: Any) -> Move:
    made = Move(
        Board.SANCTIONS, "imposed", told.report_id, told.sentence, told.event_id, told.source, told.target,
        about=("oil",), status=told.status, date=told.date, published="2024-05-07", words="Norland imposed sanctions",
    )  # fmt: skip
    return replace(made, **changes)


def reading(
    report_id: str = "paper-1",
    *events: Event,
    text: str = TEXT,
    published: date | None = date(2024, 5, 7),
    moves: tuple[Move, ...] | None = None,
) -> ReportReading:
    """A report whose events each make a move; without events it tells one, named after it."""
    told = events or (event(f"{report_id}:a", report_id),)
    report = Report(report_id, text, "Envoy", published, f"{report_id}.txt")
    made = tuple(move(one) for one in told) if moves is None else moves
    return ReportReading(report, True, SENTENCES, told, made)


def imported(number: int, dataset: str = "GRAPH", **changes: Any) -> KeptEvent:
    told = event(f"{dataset}-{number}", f"{dataset}:{number}", **changes)
    return KeptEvent(told, told.date, (), dataset=dataset, foreign_id=str(number))


def files_in(folder: Path) -> list[str]:
    """The names of what lies in a folder, without the lock files that stay beside every casebook."""
    return sorted(path.name for path in folder.iterdir() if path.suffix not in {".lock", ".turn"})
