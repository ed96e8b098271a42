"""ICEWS: the event tables of the Dataverse, and the names in them, which its quadruples share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from communique.actors.knowledge import knowledge
from communique.exchange.crosswalk import cameo_code, meanings
from communique.exchange.dates import iso_day
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.layouts import Layout
from communique.exchange.parties import NOBODY, Party, named, part_of, role_table, state_of, unknown_party

# The last pair of brackets holds whose part the words before it are: "Member of Legislative (Govt) (China)".
_PART = re.compile(r"(?P<agent>.+?) ?\((?P<whole>[^()]*(?:\([^()]*\)?)?[^()]*)\)")


class IcewsRows:
    """Understands the rows of one ICEWS file, given the places of its columns."""

    def __init__(self, layout: Layout, places: dict[str, int]) -> None:
        self.identity, self.date, self.code, self.label = (
            places[key] for key in ("eventid", "eventdate", "cameocode", "eventtext")
        )
        self.source = tuple(places[f"source{part}"] for part in ("name", "sectors", "country"))
        self.target = tuple(places[f"target{part}"] for part in ("name", "sectors", "country"))
        self.where = tuple(places[key] for key in ("city", "district", "province", "country") if key in places)

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the row says, or why it is not taken."""
        identity = cells[self.identity].strip()
        if not identity:
            return NotTaken(Reason.NO_ID)
        day = iso_day(cells[self.date])
        if day is None:
            return NotTaken(Reason.DATE, cells[self.date], identity)
        written = cells[self.code]
        code = cameo_code(written, cells[self.label])
        if code is None:
            return NotTaken(Reason.UNKNOWN_CODE, written, identity, (f"CAMEO {written}",))
        meaning = meanings()[code]
        if meaning is None:
            return NotTaken(Reason.STATEMENT, f"CAMEO {code}", identity)
        place = ", ".join(part for at in self.where if (part := cells[at].strip()))
        return ForeignRow(
            identity,
            day,
            meaning,
            f"CAMEO {code} {cells[self.label]}".rstrip(),
            icews_party(*(cells[at] for at in self.source), day),
            icews_party(*(cells[at] for at in self.target), day),
            place or None,
        )


@lru_cache(maxsize=1 << 15)
def icews_party(name: str, sectors: str, country: str, day: str) -> Party:
    """Give the actor of an ICEWS name; where the name is unknown, of its sectors in its country.

    Sectors without a country, or a country without sectors, do not say who acts: unknown.
    """
    name = name.strip()
    if not name:
        return NOBODY
    codes = name_codes(name, day)
    if codes:
        return Party(codes, name)
    state = state_of(country, day) if country.strip() else None
    if state is not None and (role := _sector_role(sectors)):
        return Party((part_of(state, role),), name)
    return unknown_party(name)


@lru_cache(maxsize=1 << 15)
def name_codes(name: str, day: str) -> tuple[str, ...]:
    """Give the codes of an ICEWS name on an ISO day: "Citizen (Nigeria)", "Barack Obama"; none where unknown."""
    part = _PART.fullmatch(name)
    if part is None or name in _agents():
        state = state_of(name, day)
        return (state,) if state else named(name, day)
    whole = part["whole"].strip()
    state = state_of(whole, day)
    if state is None:
        # A militant of the Taliban is the Taliban; of a region, or of a party that we do not know, nobody.
        return tuple(code for code in named(whole, day) if code)
    role = _agent_role(part["agent"].strip())
    return (part_of(state, role),) if role else ()


@cache
def _agent_role(agent: str) -> str:
    """The role of "Citizen" in "Citizen (Nigeria)", "" where neither our table nor the actors' roles have it."""
    if agent in _agents():
        return _agents()[agent]
    noun = knowledge().roles.get(agent.lower())
    return noun.role if noun is not None else ""


@cache
def _sector_role(sectors: str) -> str:
    """The role of the weightiest of several sectors, "" where none is known."""
    held = set(_split_sectors(sectors))
    return next((role for sector, role in _sectors().items() if sector in held), "")


def _split_sectors(sectors: str) -> list[str]:
    """Cut at commas; names of sectors with commas of their own are looked for first."""
    found = []
    for sector in _sectors():
        if "," in sector and sector in sectors:
            found.append(sector)
            sectors = sectors.replace(sector, "")
    return found + [part.strip() for part in sectors.split(",") if part.strip()]


@cache
def _agents() -> dict[str, str]:
    return role_table("icews_agents.csv", "agent")


@cache
def _sectors() -> dict[str, str]:
    return role_table("icews_sectors.csv", "sector")
