"""/dossiers: the list, a form to make and change one; /dossiers/NAME: its home: what is new, its acts, how things stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from communique.casebook.kept import Dossier, KeptReport
from communique.casebook.opening import now
from communique.desk.asked import actors_asked
from communique.desk.brief_words import row_words
from communique.desk.desk import Desk, DeskHere
from communique.desk.dossier import dossier_events, dossier_filter, main_pairs
from communique.desk.dossier_asked import check_free, dossier_acts, dossier_boards, dossier_named
from communique.desk.gathered import reports_telling
from communique.desk.paging import Paging, paging_of
from communique.desk.render import path_part, render
from communique.desk.visits import visit_of
from communique.errors import UsageError
from communique.ontology.loader import STATUSES, TYPES
from communique.records import KeptEvent
from communique.standing.picture import Row
from communique.standing.steps import Evidence

router = APIRouter()

ROWS = 25
NEW_SHOWN = 10
NEW_DAYS = 7
"""What came in since so many days is new to who was not here before."""
REPORTS_SHOWN = 8
STANDING_SHOWN = 12
SENTENCES_SHOWN = 3
_ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class DossiersPage:
    """The variables of dossiers.html."""

    dossiers: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class DossierForm:
    """What the form of a dossier holds, as it was typed."""

    name: Annotated[str, Form(max_length=80)] = ""
    title: Annotated[str, Form(max_length=200)] = ""
    actors: Annotated[str, Form(max_length=2_000)] = ""
    contexts: Annotated[list[str], Form()] = ()  # type: ignore[assignment]
    since: Annotated[str, Form(max_length=10)] = ""
    until: Annotated[str, Form(max_length=10)] = ""
    note: Annotated[str, Form(max_length=10_000)] = ""
    was: Annotated[str, Form(max_length=80)] = ""

    def dossier(self) -> Dossier:
        """Give the dossier that is meant; UsageError for an actor that is none. Its name is made of its title if empty."""
        return Dossier(
            name=self.was.strip() or self.name.strip() or slug(self.title),
            title=self.title.strip(),
            actors=actors_asked([self.actors]),
            contexts=tuple(sorted(set(self.contexts))),
            since=self.since.strip() or None,
            until=self.until.strip() or None,
            note=self.note.strip(),
        )

    @classmethod
    def of(cls, dossier: Dossier) -> DossierForm:
        """Give the form of a dossier that is there."""
        return cls(
            dossier.name, dossier.title, ", ".join(dossier.actors), [*dossier.contexts], dossier.since or "",
            dossier.until or "", dossier.note, dossier.name,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierFormPage:
    """The variables of dossier_form.html: what was typed, what was wrong with it (None: nothing), the contexts."""

    form: DossierForm
    fault: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActsAsked:
    """Which acts of a dossier are listed."""

    quad: Annotated[str, Query(max_length=1)] = ""
    type: Annotated[str, Query(max_length=20)] = ""
    status: Annotated[str, Query(max_length=20)] = ""
    text: Annotated[str, Query(max_length=200)] = ""

    def holds(self, kept: KeptEvent) -> bool:
        """Tell whether an act is among those asked for."""
        event = kept.event
        words = f"{kept.sentence_text} {event.anchor} {event.source_text} {event.target_text}".casefold()
        return (
            self.quad in {"", str(event.quad)}
            and self.type in {"", event.type}
            and self.status in {"", event.status.value}
            and all(word in words for word in self.text.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class DossierPage:
    """The variables of dossier.html. `since` is the moment (UTC) from which on acts are new; `newest` are some of them.

    `total` counts all acts of the dossier; the list holds those asked for among the newest `looked_at`.
    """

    dossier: Dossier
    since: datetime
    was_here: bool
    new: int
    newest: tuple[KeptEvent, ...]
    asked: ActsAsked
    total: int
    looked_at: int
    acts: tuple[KeptEvent, ...]
    paging: Paging
    pairs: tuple[tuple[str, str], ...]
    reports: tuple[KeptReport, ...]
    types: tuple[str, ...] = tuple(TYPES)
    statuses: tuple[str, ...] = tuple(STATUSES)


@dataclass(frozen=True, slots=True)
class StandingShown:
    """A row of a board in words, the day it changed, a position's quote, the newest sentences behind it."""

    words: str
    changed: str | None
    quote: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board with the rows that belong to the dossier; `total` counts those left out, too."""

    board: str
    rows: tuple[StandingShown, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DossierStandingPart:
    """The variables of dossier_standing.html."""

    dossier: Dossier
    boards: tuple[BoardShown, ...]


def slug(title: str) -> str:
    """Give the name that is made of a title: small letters, digits and hyphens.

    >>> slug("The Iran nuclear file, 2025")
    'the-iran-nuclear-file-2025'
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_ID_LENGTH].strip("-")


def known_contexts(desk: Desk) -> tuple[str, ...]:
    """Give the contexts that acts may be about."""
    return tuple(desk.answers.of("contexts", desk.casebook.contexts))


@router.get("/dossiers")
def dossiers(request: Request, desk: DeskHere) -> Response:
    """List the dossiers."""
    return render(request, "dossiers.html", DossiersPage(tuple(desk.casebook.dossiers())))


@router.get("/dossiers/new")
def new_dossier(request: Request, desk: DeskHere, actors: Annotated[str, Query(max_length=2_000)] = "") -> Response:
    """Show the form of a new dossier."""
    return render(request, "dossier_form.html", DossierFormPage(DossierForm(actors=actors), None, known_contexts(desk)))


@router.post("/dossiers")
def save_dossier(request: Request, desk: DeskHere, form: Annotated[DossierForm, Depends()]) -> Response:
    """Keep a dossier, new or changed; where that cannot be, the form is shown again with the reason."""
    try:
        wanted = form.dossier()
        check_free(wanted.name)
        if not form.was and desk.casebook.dossier(wanted.name) is not None:
            raise UsageError(f"there is a dossier {wanted.name!r} already; choose another name")
        kept = desk.write(lambda casebook: casebook.save_dossier(wanted))
    except UsageError as error:
        page = DossierFormPage(form, str(error), known_contexts(desk))
        return render(request, "dossier_form.html", page, status=error.http_status)
    return RedirectResponse(f"/dossiers/{path_part(kept.name)}", status_code=303)


@router.get("/dossiers/{name}/edit")
def edit_dossier(request: Request, desk: DeskHere, name: str) -> Response:
    """Show the form of a dossier that is there."""
    page = DossierFormPage(DossierForm.of(dossier_named(desk, name)), None, known_contexts(desk))
    return render(request, "dossier_form.html", page)


@router.post("/dossiers/{name}/delete")
def delete_dossier(desk: DeskHere, name: str) -> Response:
    """Delete a dossier; the acts and reports stay."""
    desk.write(lambda casebook: casebook.delete_dossier(name))
    return RedirectResponse("/dossiers", status_code=303)


@router.get("/dossiers/{name}")
def dossier_page(
    request: Request,
    desk: DeskHere,
    name: str,
    asked: Annotated[ActsAsked, Depends()],
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Show the home of a dossier."""
    dossier = dossier_named(desk, name)
    acts = dossier_acts(desk, dossier)
    visit = visit_of(request, desk.casebook.path, now())
    since = visit.since or (now() - timedelta(days=NEW_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    new, newest = desk.answers.of(("new in dossier", dossier, since), lambda: _new(desk, dossier, since))
    total = desk.answers.of(
        ("acts in dossier", dossier), lambda: desk.casebook.count(dossier_filter(dossier))
    )  # fmt: skip
    listed = tuple(filter(asked.holds, acts))
    page = DossierPage(
        dossier, since, visit.since is not None, new, newest, asked, total, len(acts),
        listed[offset : offset + ROWS], paging_of(request, offset, ROWS, len(listed)),
        main_pairs(dossier, acts), reports_telling(desk, acts, REPORTS_SHOWN),
    )  # fmt: skip
    return render(request, "dossier.html", page)


def _new(desk: Desk, dossier: Dossier, since: datetime) -> tuple[int, tuple[KeptEvent, ...]]:
    """Give how many acts of a dossier came in since a moment, and the newest of them."""
    newest = dossier_events(desk.casebook, dossier, added_since=since, most=NEW_SHOWN)
    return desk.casebook.count(dossier_filter(dossier, added_since=since)), newest


@router.get("/dossiers/{name}/standing")
def dossier_standing(request: Request, desk: DeskHere, name: str) -> Response:
    """Give how things stand in a dossier, as a part of its home."""
    dossier = dossier_named(desk, name)
    return render(request, "dossier_standing.html", DossierStandingPart(dossier, boards_shown(desk, dossier)))


def boards_shown(desk: Desk, dossier: Dossier) -> tuple[BoardShown, ...]:
    """Give the boards of today with rows that belong to a dossier, those that changed last first."""
    return tuple(
        BoardShown(board, tuple(_shown(board, row) for row in rows[:STANDING_SHOWN]), len(rows))
        for board, rows in dossier_boards(desk, dossier).items()
        if rows
    )


def _shown(board: str, row: Row) -> StandingShown:
    quote = getattr(row, "words", None) if board == "positions" else None
    return StandingShown(row_words(board, row), row.changed, quote, tuple(row.evidence[-SENTENCES_SHOWN:]))
