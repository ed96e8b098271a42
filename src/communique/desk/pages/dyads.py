"""/dyad?a=&b=: two actors: how they stand to each other and how that went, what each did, and the rows on both."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from communique.actors.display import name_of
from communique.casebook.kept import KeptReport
from communique.casebook.naming import code_if_named
from communique.desk.curves import Curve, relation_curve, spread
from communique.desk.desk import Desk, DeskHere
from communique.desk.gathered import acts_between, reports_telling, standing_at_once, standing_of
from communique.desk.pages.actors import StandingPart, unit_asked
from communique.desk.render import render
from communique.desk.standing_lines import BoardLines
from communique.desk.timelines import UNITS, Lanes, TypeCount, counts_by_type, day_counted, lanes
from communique.errors import UsageError
from communique.records import KeptEvent
from communique.standing.alignments import AlignmentRow, alignments

router = APIRouter()

EVENTS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class DyadsPage:
    """The variables of dyads.html: what was given so far, and what is missing."""

    a: str
    b: str
    fault: str


@dataclass(frozen=True, slots=True)
class DyadPage:
    """The variables of dyad.html: two actors, the relation (None where nothing weighs), its curve, their acts.

    `standing` is None where it comes as a part.
    """

    a: str
    b: str
    acts: int
    relation: AlignmentRow | None
    curve: Curve
    lanes: Lanes
    types: tuple[TypeCount, ...]
    events: tuple[KeptEvent, ...]
    reports: tuple[KeptReport, ...]
    standing: tuple[BoardLines, ...] | None
    units: tuple[str, ...] = UNITS


@dataclass(frozen=True, slots=True)
class Relation:
    """What the acts between two actors come to."""

    row: AlignmentRow | None
    curve: Curve
    types: tuple[TypeCount, ...]


@router.get("/dyad")
def dyad(request: Request, desk: DeskHere, a: str = "", b: str = "", unit: str = "") -> Response:
    """Show two actors; without both, ask for them."""
    if not a.strip() or not b.strip():
        return render(request, "dyads.html", DyadsPage(a.strip(), b.strip(), ""))
    try:
        a, b = two_asked(a, b)
    except UsageError as error:
        return render(request, "dyads.html", DyadsPage(a.strip(), b.strip(), str(error)), status=error.http_status)
    events = acts_between(desk, a, b)
    found = _relation(desk, a, b)
    # What has no day stands at the end of a timeline; here it comes last, too.
    dated = [kept for kept in events if day_counted(kept) is not None]
    undated = [kept for kept in events if day_counted(kept) is None]
    latest = (*reversed(dated[-EVENTS_SHOWN:]), *undated)[:EVENTS_SHOWN]
    page = DyadPage(
        a, b, len(events), found.row, found.curve, _lanes(desk, a, b, unit_asked(unit)), found.types, latest,
        reports_telling(desk, latest), standing_at_once(desk, (a, b)),
    )  # fmt: skip
    return render(request, "dyad.html", page)


@router.get("/dyad/timeline.json")
def timeline_json(desk: DeskHere, a: str, b: str, unit: str = "") -> Response:
    """Give the acts of two actors over time, by who did them, for the chart."""
    a, b = two_asked(a, b)
    found = _lanes(desk, a, b, unit_asked(unit))
    named = {
        f"{name_of(a)} → {name_of(b)}": found.there, f"{name_of(b)} → {name_of(a)}": found.back,
        "together": found.together,
    }  # fmt: skip
    axis = found.there.as_json()
    return JSONResponse(
        {key: axis[key] for key in ("unit", "periods", "first", "last")}
        | {"lanes": [{"name": name, "quads": lane.as_json()["quads"]} for name, lane in named.items()]}
    )


@router.get("/dyad/relation.json")
def relation_json(desk: DeskHere, a: str, b: str) -> Response:
    """Give the relation curve of two actors, for the chart."""
    a, b = two_asked(a, b)
    return JSONResponse({"curves": [_relation(desk, a, b).curve.as_json(f"{name_of(a)} – {name_of(b)}")]})


@router.get("/dyad/standing")
def standing_part(request: Request, desk: DeskHere, a: str, b: str) -> Response:
    """Give the rows of the boards that concern both, as a part of their page."""
    codes = two_asked(a, b)
    return render(request, "standing_part.html", StandingPart(standing_of(desk, codes), codes))


def two_asked(a: str, b: str) -> tuple[str, str]:
    """Give the codes of two actors named by code or name; UsageError where they are one, or one is none."""
    one, other = code_if_named(a), code_if_named(b)
    if one is None or other is None or one == other:
        raise UsageError(f"{a!r} and {b!r}: name two different actors, as a=IRN and b=USA")
    return one, other


def _relation(desk: Desk, a: str, b: str) -> Relation:
    def made() -> Relation:
        events = acts_between(desk, a, b)
        last = desk.contents().last_day
        dated = [day for day in map(day_counted, events) if day is not None]
        curve = relation_curve(events, a, b, spread(min(dated), max(last, *dated)) if dated and last else None)
        rows = alignments(events, last, about=(a,)) if curve.points else ()
        row = next((row for row in rows if (row.a, row.b) == (curve.a, curve.b)), None)
        return Relation(row, curve, counts_by_type(events, a, b))

    return desk.answers.of(("relation", a, b), made)


def _lanes(desk: Desk, a: str, b: str, unit: str | None) -> Lanes:
    return desk.answers.of(("lanes", a, b, unit), lambda: lanes(acts_between(desk, a, b), a, b, unit))
