"""/reading/…: the parts of the reading view, and the forms by which events are put right there.

Each write answers with the part that shows its outcome, or without htmx by the way back to the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from communique.actors.resolver import bare
from communique.casebook.by_hand import ByHand
from communique.casebook.kept import Correction, KeptReport
from communique.casebook.store import Casebook
from communique.casebook.told import ReportRow
from communique.desk.desk import Desk, DeskHere
from communique.desk.event_form import Choices, EventForm, as_json, choices, form_in, form_of, write_changes
from communique.desk.reasons import LeftOut, Reason, reasons_of
from communique.desk.render import ErrorPage, address, is_part, path_part, render
from communique.desk.report_view import (
    Card,
    ReportView,
    all_corrections,
    cards_of,
    history_of_event,
    key_of,
    other_tellers,
    report_view,
)
from communique.desk.standing_lines import BOARDS, BoardLines, board_lines
from communique.errors import CommuniqueError, UsageError
from communique.records import KeptEvent

router = APIRouter(prefix="/reading")


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event opened: who else tells it, what was put right in it, and its form.

    `before` is the form as it stands, in JSON. `report_id` is "" where it is shown without its report.
    """

    card: Card
    report_id: str
    others: tuple[ReportRow, ...]
    history: tuple[Correction, ...]
    form: EventForm
    before: str
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The variables of the reading view: a report with its events, the one opened, and what was just done.

    `adding` is the form of an event to be added, `words` those that were chosen for it, `fault` what was wrong with it.
    """

    view: ReportView
    may_change: bool
    choices: Choices
    opened: EventDetail | None = None
    done: tuple[Correction, ...] = ()
    adding: EventForm = field(default_factory=EventForm)
    words: str = ""
    fault: str | None = None

    def with_opened(self, opened: EventDetail | None, done: tuple[Correction, ...]) -> Reading:
        """Give the same with an event opened, and what was just done."""
        return replace(self, opened=opened, done=done)


@dataclass(frozen=True, slots=True)
class CardPart:
    """The variables of reading_card.html: one card, opened or not, of a report."""

    card: Card
    report_id: str
    opened: EventDetail | None
    may_change: bool
    choices: Choices


@dataclass(frozen=True, slots=True)
class WhyPart:
    """The variables of why.html: why an event was coded, by reading its report once more, and what was left out near it."""

    report_id: str
    event_id: str
    rule: str
    told: tuple[Reason, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class StandingPart:
    """The variables of event_standing.html: the rows of the standing picture that an act stands behind."""

    boards: tuple[BoardLines, ...]
    about: str


def reading_of(desk: Desk, kept: KeptReport) -> Reading:
    """Give the reading view of a version of a report, nothing opened."""
    may_change = not desk.settings.read_only and not kept.superseded
    return Reading(report_view(desk, kept), may_change, choices())


def detail_of(desk: Desk, card: Card, report_id: str) -> EventDetail:
    """Give an event opened."""
    # By itself an act is shown with all that tell it anyway.
    others = other_tellers(desk.casebook, card, report_id) if report_id else ()
    ids = [event_id for event_id, _ in card.tellings]
    form = form_of(card.event)
    return EventDetail(card, report_id, others, history_of_event(desk, ids), form, as_json(form))


def done_of(desk: Desk, numbers: list[int]) -> tuple[Correction, ...]:
    """Give the corrections of some numbers, as the casebook tells them; none for numbers that there are not."""
    wanted = set(numbers)
    return tuple(one for one in all_corrections(desk) if one.correction_id in wanted) if wanted else ()


def card_of_act(desk: Desk, act: KeptEvent, event_id: str) -> Card:
    """Give the card of an act by itself, as one of its tellings has it."""
    told = [one.event for one in desk.casebook.tellings([event_id])]
    made = cards_of(desk, told or [act.event], [act])
    return made[0]


def _current(desk: Desk, report_id: str) -> KeptReport:
    kept = desk.casebook.report(report_id)
    if kept is None:
        raise HTTPException(404)
    return kept


@router.get("/event")
def event_part(request: Request, desk: DeskHere, event: str, report: str = "", closed: bool = False) -> Response:
    """Show one card opened, or closed again."""
    act = desk.casebook.event(event)
    if not is_part(request):
        return RedirectResponse(place_of(report, event), status_code=303)
    if act is None:
        raise HTTPException(404)
    card = card_of_act(desk, act, event)
    opened = None if closed else detail_of(desk, card, report)
    part = CardPart(card, report, opened, not desk.settings.read_only, choices())
    return render(request, "reading_card.html", part)


@router.get("/why")
def why(request: Request, desk: DeskHere, event: str, report: str) -> Response:
    """Show why an event was coded, by reading its report once more."""
    kept = _current(desk, report)
    found = reasons_of(desk.reader, kept.report)
    act = desk.casebook.event(event)
    told = found.of(event)
    rule = next((one.event.rule for one in desk.casebook.tellings([event])), act.event.rule if act else "")
    sentences = {one.event.sentence for one in desk.casebook.tellings([event])}
    left_out = tuple(one for one in found.left_out if one.sentence in sentences)
    page = WhyPart(report, event, rule, told, left_out)
    return render(request, "why.html" if is_part(request) else "why_page.html", page)


@router.get("/standing")
def standing(request: Request, desk: DeskHere, event: str) -> Response:
    """Show the rows of the standing picture that an act stands behind."""
    act = desk.casebook.event(event)
    if act is None:
        raise HTTPException(404)
    ids = {event_id for event_id, _ in act.tellings}
    about = tuple(sorted({bare(code) for code in (*act.event.source, *act.event.target)}))
    boards = []
    for board in BOARDS:
        rows = [row for row in desk.board(board, about=about) if ids.intersection(row.events)]
        if rows:
            boards.append(board_lines(board, rows, (), most=len(rows)))
    part = StandingPart(tuple(boards), ",".join(about))
    return render(request, "event_standing.html" if is_part(request) else "event_standing_page.html", part)


# What a person puts right

Text = Annotated[str, Form(max_length=2_000)]


@router.post("/correct")
def correct(
    request: Request,
    desk: DeskHere,
    given: Annotated[EventForm, Depends()],
    event: Text,
    report: Text = "",
    before: Annotated[str, Form(max_length=20_000)] = "",
    why: Text = "",
) -> Response:
    """Put right what a person changed in the form of an event."""
    act = desk.casebook.event(event)
    stood = form_in(before) or (form_of(act.event) if act else EventForm())
    try:
        made = desk.write(lambda casebook: write_changes(casebook, event, stood, given, desk.settings.who, why))
    except CommuniqueError as error:
        return _faulty(request, desk, error, report, event, given)
    return _answer(request, desk, report, event, made, "Corrected.")


@router.post("/delete")
def delete(request: Request, desk: DeskHere, event: Text, report: Text = "", why: Text = "") -> Response:
    """Take an event out."""
    try:
        made = desk.write(lambda casebook: casebook.delete(event, desk.settings.who, why))
    except CommuniqueError as error:
        return _faulty(request, desk, error, report, event)
    return _answer(request, desk, report, event, (made,), "Deleted.")


@router.post("/add")
def add(
    request: Request,
    desk: DeskHere,
    given: Annotated[EventForm, Depends()],
    report: Text,
    words: Text = "",
    near: Annotated[int, Form(ge=0)] = 0,
    why: Text = "",
) -> Response:
    """Add an event that reading did not find, told by words of a report."""
    by_hand = ByHand(
        given.type or None, given.source.strip() or None, given.target.strip() or None, given.date.strip() or None,
        given.status, given.mode or None, report, words, near,
    )  # fmt: skip

    def written(casebook: Casebook) -> Correction:
        if not words.strip():
            raise UsageError("words: select those in the text that tell the event, or write them as they stand there")
        event, published, sentence = by_hand.event(casebook)
        return casebook.add_event(event, desk.settings.who, why, published=published, sentence_text=sentence)

    try:
        made = desk.write(written)
    except CommuniqueError as error:
        return _faulty(request, desk, error, report, "", given, words)
    return _answer(request, desk, report, made.event_id, (made,), "Added.")


@router.post("/undo")
def undo(
    request: Request, desk: DeskHere, number: Annotated[list[int], Form()], report: Text = "", event: Text = ""
) -> Response:
    """Undo corrections, the last one first: all of them or none."""
    try:
        made = tuple(desk.write(lambda casebook: casebook.undo_all(number)))
    except CommuniqueError as error:
        return _faulty(request, desk, error, report, event)
    return _answer(request, desk, report, event or made[0].event_id, made, "Undone.")


def place_of(report_id: str, event_id: str, done: tuple[Correction, ...] = ()) -> str:
    """Give the address at which an event is seen: in its report, or by itself; with what was just done."""
    numbers = [one.correction_id for one in done]
    if report_id:
        query = address(f"/reports/{path_part(report_id)}", event=event_id, done=numbers)
        return f"{query}#e-{key_of(event_id)}" if event_id else query
    return address(f"/events/{path_part(event_id)}", done=numbers)


def _answer(
    request: Request, desk: Desk, report_id: str, event_id: str, made: tuple[Correction, ...], words: str
) -> Response:
    """Answer a write: the reading view anew where it was asked for in a page, else the way back."""
    if not is_part(request) or not report_id:
        place = place_of(report_id, event_id, made)
        if is_part(request):
            return Response(status_code=204, headers={"HX-Redirect": place})
        return RedirectResponse(place, status_code=303)
    reading = reading_of(desk, _current(desk, report_id))
    card = reading.view.card(event_id)
    opened = detail_of(desk, card, report_id) if card and card.taken_out is None else None
    shown = reading.with_opened(opened, done_of(desk, [one.correction_id for one in made]))
    events = {"say": words, "opened": f"e-{key_of(event_id)}" if card else "done"}
    return render(
        request, "reading_part.html", shown, headers={"HX-Trigger-After-Settle": json.dumps(events)}
    )  # fmt: skip


def _faulty(
    request: Request,
    desk: Desk,
    error: CommuniqueError,
    report_id: str,
    event_id: str,
    given: EventForm | None = None,
    words: str = "",
) -> Response:
    """Answer a write that cannot be: the words beside the form, which keeps what was written in it."""
    if is_part(request):
        place = f"fault-{key_of(event_id)}" if event_id else "fault-add"
        return render(
            request, "error_part.html", ErrorPage(HTTPStatus(error.http_status).phrase, str(error)),
            status=error.http_status,
            headers={"HX-Retarget": f"#{place}", "HX-Reswap": "innerHTML"},
        )  # fmt: skip
    kept = desk.casebook.report(report_id) if report_id else None
    if kept is None:
        raise error
    reading = reading_of(desk, kept)
    card = reading.view.card(event_id) if event_id else None
    if card is None:
        shown = replace(reading, fault=str(error), words=words, adding=given or EventForm())
    else:
        detail = detail_of(desk, card, report_id)
        shown = replace(reading, opened=replace(detail, fault=str(error), form=given or detail.form))
    return render(request, "reading_page.html", shown, status=error.http_status)
