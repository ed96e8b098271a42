"""/network: actors and their signed ties at a date, as a map and as a table."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, Response

from communique.casebook.filters import EventFilter
from communique.casebook.kept import Contents
from communique.desk.asked import actors_asked
from communique.desk.desk import Desk, DeskHere
from communique.desk.gathered import has_dyads, ties_on
from communique.desk.network import FEWEST, MOST, Network, network
from communique.desk.network_asked import LEAST_SCORE, NetworkAsked
from communique.desk.render import render
from communique.standing.alignment_layout import Place

router = APIRouter()

TIES_LISTED = 200


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The variables of network.html; `net` is None where it is yet to be worked out and comes as a part."""

    asked: NetworkAsked
    net: Network | None
    contents: Contents
    months: tuple[str, ...]
    fewest: int = FEWEST
    most: int = MOST
    listed: int = TIES_LISTED


@dataclass(frozen=True, slots=True)
class TiesPart:
    """The variables of ties_part.html: the net whose ties and blocs are listed."""

    asked: NetworkAsked
    net: Network
    listed: int = TIES_LISTED


@router.get("/network")
def show_network(request: Request, desk: DeskHere, asked: Annotated[NetworkAsked, Depends()]) -> Response:
    """Show the net at a date."""
    contents = desk.contents()
    day, about = asked.day, actors_asked([asked.about])
    # A name or day that is none is refused before the page stands.
    net = _net(desk, asked, day, about) if has_dyads(desk) else None
    months = desk.answers.of(
        "months", lambda: month_ends(count.day for count in desk.casebook.days(EventFilter(status="occurred")))
    )
    return render(request, "network.html", NetworkPage(asked, net, contents, months))


@router.get("/network/ties")
def ties_part(request: Request, desk: DeskHere, asked: Annotated[NetworkAsked, Depends()]) -> Response:
    """Give the ties and blocs as tables, as a part of the page."""
    net = _net(desk, asked, asked.day, actors_asked([asked.about]))
    return render(request, "ties_part.html", TiesPart(asked, net))


@router.get("/network.json")
def network_json(desk: DeskHere, asked: Annotated[NetworkAsked, Depends()]) -> Response:
    """Give the net for the map."""
    net = _net(desk, asked, asked.day, actors_asked([asked.about]))
    return JSONResponse({"as_of": asked.as_of or None, **net.as_json()})


def month_ends(days: Iterable[date]) -> tuple[str, ...]:
    """Give the last day of every month that one of the days lies in, for the last month the last of the days."""
    known = sorted(set(days))
    ends = dict.fromkeys(day.replace(day=monthrange(day.year, day.month)[1]) for day in known)
    return tuple(min(end, known[-1]).isoformat() for end in ends)


def _net(desk: Desk, asked: NetworkAsked, day: date | None, about: tuple[str, ...]) -> Network:
    key = ("net", day, about, asked.least, asked.most)
    return desk.answers.of(key, lambda: network(ties_on(desk, day), asked.most, asked.least, about, _base(desk, about)))


def _base(desk: Desk, about: tuple[str, ...]) -> Mapping[str, Place]:
    """Give the map of all that is known, from which the maps of all days begin, so that they look alike."""

    def made() -> Mapping[str, Place]:
        whole = network(ties_on(desk, None), MOST // 2 if about else 80, LEAST_SCORE, about)
        return {node.code: (node.x, node.y) for node in whole.nodes}

    return desk.answers.of(("base of nets", about), made)
