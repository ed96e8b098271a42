"""/reports: the list, with those that tell the same as one; /reports/ID: the reading view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from communique.casebook.filters import ReportFilter
from communique.casebook.kept import KeptReport
from communique.casebook.told import ReportRow, report_ids, reports_named, same_tellers
from communique.desk.desk import Desk, DeskHere
from communique.desk.pages.reading import EventDetail, Reading, detail_of, done_of, reading_of
from communique.desk.paging import SIZE, Paging, paging_of
from communique.desk.render import render
from communique.desk.report_view import ReportView, sharing_reports, versions_of
from communique.records import DroppedReport

router = APIRouter()

MOST_ALIKE = 50
"""Reports that tell the same as another, shown beneath it at most."""


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """A report of the list, and the others that tell much the same, in the order of the list.

    `alike` counts them; of more than MOST_ALIKE that many are shown.
    """

    first: ReportRow
    others: tuple[ReportRow, ...]
    alike: int


@dataclass(frozen=True, slots=True)
class ReportsAsked:
    """Which reports an address asks for: words of title or text, days of publication, the origin, the order."""

    text: Annotated[str, Query(description="Words that all stand in title or text.", max_length=200)] = ""
    since: Annotated[str, Query(description="Published from this day, month or year on.")] = ""
    until: Annotated[str, Query(description="Published up to this day, month or year.")] = ""
    origin: Annotated[str, Query(description="The file, feed or address it came from, exactly.")] = ""
    sort: Annotated[str, Query(description="-published or -added, or either without the dash.")] = "-published"

    def filter(self) -> ReportFilter:
        """Give the casebook's filter."""
        return ReportFilter(
            text=self.text.strip() or None,
            since=self.since.strip() or None,
            until=self.until.strip() or None,
            origin=self.origin.strip() or None,
            sort=self.sort or "-published",
        )


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The variables of reports.html: what was asked for, the groups of this page, and what could not be read.

    `total` counts reports, `paging` groups. `dropped` are shown on the first page only.
    """

    asked: ReportsAsked
    groups: tuple[ReportGroup, ...]
    total: int
    paging: Paging
    dropped: tuple[DroppedReport, ...]


@router.get("/reports")
def reports(
    request: Request,
    desk: DeskHere,
    text: Annotated[str, Query(max_length=200)] = "",
    since: str = "",
    until: str = "",
    origin: str = "",
    sort: str = "-published",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """List the reports that are asked for."""
    asked = ReportsAsked(text, since, until, origin, sort)
    found = desk.answers.of(("report groups", asked), lambda: report_groups(desk, asked))
    shown = _shown(desk, found[offset : offset + SIZE])
    total = sum(map(len, found))
    dropped = tuple(desk.answers.of("dropped", desk.casebook.dropped)) if not offset else ()
    paging = paging_of(request, offset, SIZE, len(found))
    return render(request, "reports.html", ReportsPage(asked, shown, total, paging, dropped))


def report_groups(desk: Desk, asked: ReportsAsked) -> list[tuple[str, ...]]:
    """Give the ids of the reports that are asked for, those that tell the same together, at the place of their first."""
    same = desk.answers.of("same tellers", lambda: same_tellers(desk.casebook))
    members: dict[tuple[str, ...], list[str]] = {}
    for report_id in report_ids(desk.casebook, asked.filter()):
        members.setdefault(same.get(report_id, (report_id,)), []).append(report_id)
    return [tuple(ids) for ids in members.values()]


def _shown(desk: Desk, groups: Sequence[tuple[str, ...]]) -> tuple[ReportGroup, ...]:
    """Give the groups of one page with what the list tells of their reports."""
    rows = reports_named(desk.casebook, [one for ids in groups for one in ids[: 1 + MOST_ALIKE]])
    made = ([rows[one] for one in ids if one in rows] for ids in groups)
    return tuple(
        ReportGroup(found[0], tuple(found[1:]), len(ids) - 1) for ids, found in zip(groups, made, strict=True) if found
    )


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The variables of report.html: the reading view, all versions, and who tells how many of the same acts."""

    reading: Reading
    versions: tuple[KeptReport, ...]
    sharing: tuple[tuple[ReportRow, int], ...]

    @property
    def view(self) -> ReportView:
        """The report with what was read in it."""
        return self.reading.view


@router.get("/reports/{report_id:whole}")
def report(
    request: Request,
    desk: DeskHere,
    report_id: str,
    event: str = "",
    version: Annotated[int | None, Query(ge=1)] = None,
    done: Annotated[list[int], Query()] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """Show a report beside its events; with `event` one of them opened, with `version` an earlier one."""
    versions = versions_of(desk.casebook, report_id)
    shown = next((one for one in versions if (one.version == version if version else not one.superseded)), None)
    if shown is None:
        raise HTTPException(404)
    page = report_page(desk, shown, versions, event, done)
    return render(request, "report.html", page)


def report_page(
    desk: Desk, shown: KeptReport, versions: tuple[KeptReport, ...], event: str, done: list[int]
) -> ReportPage:
    """Give the variables of report.html for a version of a report."""
    reading = reading_of(desk, shown)
    card = reading.view.card(event) if event else None
    opened: EventDetail | None = detail_of(desk, card, shown.report.report_id) if card else None
    sharing = sharing_reports(desk.casebook, reading.view)
    return ReportPage(reading.with_opened(opened, done_of(desk, done)), versions, sharing)
