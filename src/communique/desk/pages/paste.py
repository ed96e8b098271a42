"""/paste: a text, or files, read now; kept in the casebook, or only looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from communique.casebook.kept import Added, KeptReport, ReportReading
from communique.desk.desk import Desk, DeskHere
from communique.desk.event_form import choices
from communique.desk.pages.reading import Reading
from communique.desk.render import path_part, render
from communique.desk.report_view import view_of_reading
from communique.desk.uploads import MOST_REPORTS, reports_in
from communique.errors import CommuniqueError, UsageError
from communique.pipeline import make_report
from communique.records import DroppedReport, Report
from communique.reports.plain import read_plain

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the form of /paste holds, as it was given."""

    text: str = ""
    title: str = ""
    published: str = ""
    report_id: str = ""

    def report(self) -> Report:
        """Give the report that was pasted; UsageError where it has neither title nor text, or a day that is none."""
        # Browsers send every line end as two characters.
        text = self.text.replace("\r\n", "\n")
        if not text.strip() and not self.title.strip():
            raise UsageError("there is no text: paste a report, or choose a file")
        return make_report(
            text, self.published.strip() or None, self.title.strip() or None, self.report_id.strip() or None
        )


@dataclass(frozen=True, slots=True)
class PastePage:
    """The variables of paste.html: what was given, and what was wrong with it."""

    given: Pasted
    fault: str | None = None
    most_reports: int = MOST_REPORTS


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A report of several that were read at once: what it is called, and what became of it."""

    report_id: str
    name: str
    english: bool
    events: int
    what: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """The variables of paste_summary.html: the reports kept, and those dropped with their reasons."""

    kept: tuple[KeptLine, ...]
    dropped: tuple[DroppedReport, ...]


@dataclass(frozen=True, slots=True)
class LookPage:
    """The variables of look.html: a report that was read and not kept, and the form that keeps it."""

    reading: Reading
    given: Pasted


@cache
def example() -> Report:
    """Give the report that /paste offers as an example."""
    data = (files("communique.desk") / "data" / "example.txt").read_bytes()
    return read_plain(data, "example")


@router.get("/paste")
def show_paste(request: Request, example_: Annotated[bool, Query(alias="example")] = False) -> Response:
    """Show the form, empty or with the example."""
    given = Pasted()
    if example_:
        report = example()
        given = Pasted(report.text.strip(), report.title or "", str(report.published or ""))
    return render(request, "paste.html", PastePage(given))


@router.post("/paste")
def paste(
    request: Request,
    desk: DeskHere,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form(max_length=2_000)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    report_id: Annotated[str, Form(max_length=500)] = "",
    file: Annotated[list[UploadFile], File()] = [],  # noqa: B006  FastAPI copies it
    what: Annotated[str, Form()] = "keep",
) -> Response:
    """Read what was given, and keep it or show it."""
    given = Pasted(text, title, published, report_id)
    try:
        uploads = [(one.filename or "file", one.file) for one in file if one.filename]
        if not uploads:
            found: list[Report | DroppedReport] = [given.report()]
        else:
            found = reports_in(uploads, published)
        return _look(request, desk, found) if what == "look" else _keep(request, desk, found)
    except CommuniqueError as error:
        page = PastePage(given, str(error))
        return render(request, "paste.html", page, status=error.http_status)


def _keep(request: Request, desk: Desk, found: Sequence[Report | DroppedReport]) -> Response:
    if len(found) == 1 and isinstance(found[0], Report):
        _, reading = desk.keep(found[0])
        if isinstance(reading, DroppedReport):
            raise UsageError(reading.reason)
        return RedirectResponse(f"/reports/{path_part(reading.report.report_id)}", status_code=303)
    kept: list[KeptLine] = []
    dropped: list[DroppedReport] = []
    for added, outcome in _kept_in_turn(desk, found):
        if isinstance(outcome, DroppedReport):
            dropped.append(outcome)
        else:
            kept.append(_line(outcome, added))
    return render(request, "paste_summary.html", SummaryPage(tuple(kept), tuple(dropped)))


def _kept_in_turn(
    desk: Desk, found: Sequence[Report | DroppedReport]
) -> Iterator[tuple[Added, ReportReading | DroppedReport]]:
    for item in found:
        if isinstance(item, Report):
            yield desk.keep(item)
        else:
            dropped = item
            yield desk.write(lambda casebook, dropped=dropped: casebook.add([dropped])), dropped  # type: ignore[misc]


def _line(reading: ReportReading, added: Added) -> KeptLine:
    report = reading.report
    name = " ".join((report.title or report.text[:120]).split())
    what = "there already" if added.unchanged else "a new version" if added.superseded else "new"
    return KeptLine(report.report_id, name, reading.english, len(reading.events), what)


def _look(request: Request, desk: Desk, found: Sequence[Report | DroppedReport]) -> Response:
    if len(found) != 1:
        raise UsageError(f"{len(found)} reports were given: looking takes one at a time; keep them to read them all")
    if isinstance(found[0], DroppedReport):
        raise UsageError(f"{found[0].origin}: {found[0].reason}")
    reading = desk.reader.read(found[0])
    if isinstance(reading, DroppedReport):
        raise UsageError(reading.reason)
    report = reading.report
    kept = KeptReport(report, 1, False, reading.english, datetime.min, len(reading.events))
    view = Reading(view_of_reading(reading, kept), False, choices())
    given = Pasted(report.text, report.title or "", str(report.published or ""), report.report_id)
    return render(request, "look.html", LookPage(view, given))
