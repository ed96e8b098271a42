"""/api/reports: the reports of the casebook; a report that is sent is read, and kept unless that is not wanted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import Added, KeptReport, ReportReading
from communique.casebook.told import ReportRow, report_rows, sentence_places
from communique.desk.api.answers import (
    DEFAULT_LIMIT,
    ERRORS,
    EventRow,
    Limit,
    Offset,
    Page,
    answer,
    list_of,
    model_of,
    one_page,
)
from communique.desk.api.events import event_rows
from communique.desk.asked import LONGEST_WORDS
from communique.desk.desk import DeskHere
from communique.errors import UnreadableInput, UsageError
from communique.pipeline import make_report
from communique.records import DroppedReport, Event, Report

router = APIRouter(tags=["reports"], responses=ERRORS)

LONGEST_ID = 1_000


class SentenceRow(BaseModel):
    """A sentence of a report: its number (−1 is the title), its offsets in the text (or the title), its words."""

    sentence: int
    start: int
    end: int
    text: str


ReportDetail = model_of(
    "ReportDetail", Report, KeptReport, leave_out=("report", "events"),
    sentences=list_of(SentenceRow), events=list_of(EventRow),
)  # fmt: skip
ReportRead = model_of(
    "ReportRead",
    Report,
    english=bool,
    kept=bool,
    added=Added | None,
    sentences=list_of(SentenceRow),
    events=list[Event],
)


class ReportGiven(BaseModel):
    """A report to be read. Without `published` relative dates stay open; without `report_id` it gets a hash of its words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "Iran's foreign minister refused direct talks with the United States on Tuesday.",
                    "title": "Tehran shuts the door",
                    "published": "2025-02-25",
                }
            ]
        },
    )

    text: str = Field(min_length=1)
    title: str | None = Field(default=None, max_length=2_000)
    published: date | None = None
    report_id: str | None = Field(default=None, min_length=1, max_length=LONGEST_ID)

    def report(self) -> Report:
        """Give the report; UsageError for a text that is none."""
        if not self.text.strip():
            raise UsageError("text: is empty; send the words of the report")
        return make_report(self.text, self.published, self.title, self.report_id)


@router.get("/reports", response_model=Page[ReportRow], summary="List reports")
def reports(
    request: Request,
    desk: DeskHere,
    text: Annotated[str, Query(max_length=LONGEST_WORDS, description="Words that all stand in title or text.")] = "",
    since: Annotated[str, Query(max_length=10, description="Published from this day, month or year on.")] = "",
    until: Annotated[str, Query(max_length=10, description="Published up to it, included.")] = "",
    added_since: Annotated[datetime | None, Query(description="Kept from this moment on (UTC without a zone).")] = None,
    sort: Annotated[
        str, Query(max_length=20, description="published or added, with - the newest first.")
    ] = "-published",
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
) -> Response:
    """The reports, each in its current version, without their texts; `events` is the number that it tells."""
    asked = ReportFilter(
        text=text, since=since or None, until=until or None, added_since=added_since, sort=sort or "-published"
    )
    every = desk.answers.of(("report rows", asked), lambda: report_rows(desk.casebook, asked))
    return one_page(request, every[offset : offset + limit], len(every), limit, offset)


@router.get("/reports/{report_id:whole}", response_model=ReportDetail, summary="Show a report")
def report(desk: DeskHere, report_id: str) -> Response:
    """A report in its current version, with its text, its sentences, and the events of today that it tells."""
    kept = desk.casebook.report(report_id)
    if kept is None:
        raise HTTPException(404)
    rows = event_rows(desk.casebook, EventFilter(report_id=report_id))
    places = sentence_places(desk.casebook, report_id, kept.version)
    shown = asdict(kept)
    del shown["report"]
    return answer({**asdict(kept.report), **shown, "sentences": _sentences(kept.report, places), "events": rows})


@router.post(
    "/reports", response_model=ReportRead, status_code=201, summary="Read a report, and keep it",
    responses={200: {"model": ReportRead, "description": "It was read, and nothing of it was kept."}},
)  # fmt: skip
def read_report(
    desk: DeskHere,
    given: Annotated[ReportGiven, Body()],
    keep: Annotated[bool, Query(description="false: only read it.")] = True,
) -> Response:
    """Read a report and keep it with its events; the answer holds them as they were read.

    A report that is known with the same words changes nothing; with other words it becomes the next version.
    """
    wanted = given.report()
    added: Added | None = None
    if keep:
        desk.check_writable()
        added, reading = desk.keep(wanted)
    else:
        reading = desk.reader.read(wanted)
    if isinstance(reading, DroppedReport):
        raise UnreadableInput(f"{reading.report_id or 'the report'}: {reading.reason}")
    return answer(_read(reading, added), 201 if keep else 200)


def _read(reading: ReportReading, added: Added | None) -> dict[str, Any]:
    return {
        **asdict(reading.report),
        "english": reading.english,
        "kept": added is not None,
        "added": added,
        "sentences": _sentences(reading.report, reading.sentences),
        "events": [event.as_row() for event in reading.events],
    }


def _sentences(report: Report, places: tuple[tuple[int, int, int], ...]) -> list[dict[str, Any]]:
    title = report.title or ""
    return [
        {"sentence": index, "start": start, "end": end, "text": (title if index < 0 else report.text)[start:end]}
        for index, start, end in places
    ]
