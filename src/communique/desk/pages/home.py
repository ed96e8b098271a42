"""/: what changed since the last visit, and where to go from here; its slower parts are loaded after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import Contents, Dossier, KeptForecast, KeptReport
from communique.casebook.opening import now
from communique.desk.desk import Desk, DeskHere
from communique.desk.moved import OutlookNews, OutlookNewsAsked, has_passed, last_asked
from communique.desk.news import StandingNews, standing_news
from communique.desk.render import render
from communique.desk.visits import moment_asked, visit_of
from communique.errors import UsageError
from communique.outlook.keeping import kept_forecasts
from communique.outlook.model_cache import model_folder
from communique.records import KeptEvent

router = APIRouter()

LATEST = 6
COUNTED_UP_TO = 100
"""New reports are counted up to this many."""
FORECASTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class News:
    """What came into the casebook since a moment (or at all): how many, and the latest."""

    reports: int
    latest_reports: tuple[KeptReport, ...]
    events: int
    latest_events: tuple[KeptEvent, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The variables of home.html.

    `since` is the moment (UTC) since when things are new: that of the visit before, or `chosen`; None on the first visit.
    """

    contents: Contents
    since: datetime | None
    chosen: str
    news: News
    dossiers: tuple[Dossier, ...]
    fault: str | None = None
    counted_up_to: int = COUNTED_UP_TO

    @property
    def is_empty(self) -> bool:
        """Whether the casebook holds nothing yet."""
        return not self.contents.reports and not self.contents.events


@dataclass(frozen=True, slots=True)
class HomeStanding:
    """The variables of home_standing.html: what changed on the boards since a moment."""

    news: StandingNews


@dataclass(frozen=True, slots=True)
class HomeOutlook:
    """The variables of home_outlook.html.

    `news` is None where no model is kept, or while it is worked out (`is_working`). `kept` are the forecasts to compare.
    """

    kept: tuple[KeptForecast, ...]
    news: OutlookNews | None
    is_working: bool
    passed: int
    shown: int = FORECASTS_SHOWN


@router.get("/")
def home(request: Request, desk: DeskHere, since: Annotated[str, Query(max_length=40)] = "") -> Response:
    """Show the home page."""
    fault, moment = None, None
    try:
        moment = moment_asked(since) or visit_of(request, desk.casebook.path, now()).since
    except UsageError as error:
        fault = str(error)
    dossiers = desk.answers.of("dossiers", lambda: tuple(desk.casebook.dossiers()))
    news = desk.answers.of(("news", moment), lambda: _news(desk, moment))
    page = HomePage(desk.contents(), moment, since, news, dossiers, fault)
    return render(request, "home.html", page, status=400 if fault else 200)


def _news(desk: Desk, since: datetime | None) -> News:
    casebook = desk.casebook
    reports = casebook.reports(
        ReportFilter(added_since=since, limit=COUNTED_UP_TO + 1 if since else LATEST, sort="-published")
    )
    events = casebook.events(EventFilter(added_since=since, limit=LATEST, sort="-date"))
    contents = desk.contents()
    return News(
        len(reports) if since else contents.reports,
        tuple(reports[:LATEST]),
        casebook.count(EventFilter(added_since=since)) if since else contents.events,
        tuple(events),
    )


@router.get("/home/standing")
def standing(request: Request, desk: DeskHere, since: Annotated[str, Query(max_length=40)]) -> Response:
    """Give what changed on the boards since a moment."""
    moment = moment_asked(since)
    if moment is None:
        raise UsageError("since: give the day since when, as 2025-02-25")
    return render(request, "home_standing.html", HomeStanding(standing_news(desk, moment)))


@router.get("/home/outlook")
def likely(request: Request, desk: DeskHere) -> Response:
    """Give the forecasts that moved; nothing is learned for it, and what is worked out is asked for again."""
    every = desk.answers.of("kept forecasts", lambda: kept_forecasts(desk.casebook))
    last = desk.contents().last_day
    still_open = last_asked(each for each in every if not has_passed(each, last))
    passed = sum(has_passed(each, last) for each in every)
    if not model_folder(desk.casebook.path).is_dir():
        return render(request, "home_outlook.html", HomeOutlook(still_open, None, False, passed))
    progress = desk.forecaster.ask(OutlookNewsAsked(still_open))
    is_working = progress.is_working and progress.answer is None
    return render(request, "home_outlook.html", HomeOutlook(still_open, progress.answer, is_working, passed))
