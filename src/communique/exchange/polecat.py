"""POLECAT: PLOVER types and modes, actors by name, country and sector."""

from __future__ import annotations

from functools import cache, lru_cache

from communique.exchange.crosswalk import plover_meaning
from communique.exchange.dates import iso_day
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.layouts import Layout
from communique.exchange.parties import (
    NOBODY,
    Party,
    data_rows,
    named,
    part_of,
    role_table,
    state_of,
    unknown_party,
)
from communique.records import Status

_SEVERAL = ";"
_STATUS = "status:"
_MISSING = frozenset({"", "None", "NA", "NaN", "nan"})


class PolecatRows:
    """Understands the rows of one POLECAT file, given the places of its columns."""

    def __init__(self, layout: Layout, places: dict[str, int]) -> None:
        keys = ("eventid", "eventdate", "eventtype", "eventmode", "contexts")
        self.identity, self.date, self.type, self.mode, self.contexts = (places[key] for key in keys)
        self.sides = tuple(
            (places[f"{side}name"], places[f"{side}country"], places[f"primary{side}sector"])
            for side in ("actor", "recipient")
        )
        self.place = places.get("placename")
        self.published = places.get("publicationdate")

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the row says, or why it is not taken."""
        identity = cells[self.identity].strip()
        if not identity:
            return NotTaken(Reason.NO_ID)
        day = iso_day(cells[self.date])
        if day is None:
            return NotTaken(Reason.DATE, cells[self.date], identity)
        mode = _given(cells[self.mode])
        meaning, mode_known = plover_meaning(cells[self.type], mode)
        if meaning is None:
            return NotTaken(Reason.UNKNOWN_CODE, cells[self.type], identity, (f"type {cells[self.type]}",))
        context, status, strange = _contexts(cells[self.contexts])
        if not mode_known:
            strange = (*strange, f"mode {meaning.type} {mode}")
        first, second = self.sides
        return ForeignRow(
            identity,
            day,
            meaning,
            f"PLOVER {meaning.type} {mode}".rstrip(),
            polecat_party(*(cells[at] for at in first), day),
            polecat_party(*(cells[at] for at in second), day),
            (_given(cells[self.place]) if self.place is not None else "") or None,
            iso_day(cells[self.published]) if self.published is not None else None,
            context=context,
            status=status,
            unknown_codes=strange,
        )


@lru_cache(maxsize=1 << 15)
def polecat_party(name: str, country: str, sector: str, day: str) -> Party:
    """Give the actor of a name, or of a country (several by `;`) and a sector, NOBODY where all are empty."""
    name, sector = _given(name), _given(sector).split(_SEVERAL)[0].strip().upper()
    countries = [part.strip() for part in _given(country).split(_SEVERAL) if part.strip()]
    text = name or "; ".join(countries)
    if not text:
        return NOBODY
    if name and (codes := _own_name(name, day)):
        return Party(codes, text)
    states = [state_of(part, day) for part in countries]
    role = _sectors().get(sector, "")
    if not states or None in states or not role:
        return unknown_party(text)
    return Party(tuple(dict.fromkeys(part_of(state, role) for state in states if state)), text)


def _own_name(name: str, day: str) -> tuple[str, ...]:
    state = state_of(name, day)
    return (state,) if state else named(name, day)


@cache
def _contexts(cell: str) -> tuple[tuple[str, ...], Status, tuple[str, ...]]:
    """Give our contexts, the status that they imply, and the contexts that we do not know."""
    table = _context_table()
    ours: list[str] = []
    strange: list[str] = []
    status = Status.OCCURRED
    for part in _given(cell).replace(",", _SEVERAL).split(_SEVERAL):
        key = part.strip().lower().replace(" ", "_")
        if not key:
            continue
        if key not in table:
            strange.append(f"context {key}")
        elif table[key].startswith(_STATUS):
            status = Status(table[key].removeprefix(_STATUS))
        elif table[key]:
            ours.append(table[key])
    return tuple(dict.fromkeys(ours)), status, tuple(strange)


def _given(cell: str) -> str:
    cell = cell.strip()
    return "" if cell in _MISSING else cell


@cache
def _sectors() -> dict[str, str]:
    return role_table("plover_sectors.csv", "sector")


@cache
def _context_table() -> dict[str, str]:
    return {row["theirs"]: row["ours"] for row in data_rows("plover_contexts.csv")}
