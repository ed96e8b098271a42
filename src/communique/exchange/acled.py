"""ACLED: exports with a header, actors by names that say what they are ("Military Forces of Sudan (2019-)")."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from communique.exchange.crosswalk import Meaning, meanings
from communique.exchange.dates import iso_day
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.layouts import Layout
from communique.exchange.parties import NOBODY, Party, data_rows, named, part_of, role_table, state_of, unknown_party
from communique.records import DatePrecision

_FORM_IN = re.compile(r"(?P<form>[^()]+?) \((?P<country>[^()]+(?:\([^()]*\))?)\)")
_TO_THE_DAY = frozenset({"", "1"})


class AcledRows:
    """Understands the rows of one ACLED export, given the places of its columns."""

    def __init__(self, layout: Layout, places: dict[str, int]) -> None:
        keys = ("eventidcnty", "eventdate", "subeventtype", "actor1", "actor2")
        self.identity, self.date, self.kind, self.source, self.target = (places[key] for key in keys)
        self.precision = places.get("timeprecision")
        self.where = tuple(places[key] for key in ("location", "admin1", "country") if key in places)

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the row says, or why it is not taken.

        ACLED dates some events to a week or a month only: of those the month is kept.
        """
        identity = cells[self.identity].strip()
        if not identity:
            return NotTaken(Reason.NO_ID)
        day = iso_day(cells[self.date])
        if day is None:
            return NotTaken(Reason.DATE, cells[self.date], identity)
        written = cells[self.kind].strip()
        if written.lower() not in _kinds():
            return NotTaken(Reason.UNKNOWN_CODE, written, identity, (f"sub-event type {written}",))
        meaning = _kinds()[written.lower()]
        if meaning is None:
            return NotTaken(Reason.NO_ACT, written, identity)
        exact = self.precision is None or cells[self.precision].strip() in _TO_THE_DAY
        place = ", ".join(dict.fromkeys(part for at in self.where if (part := cells[at].strip())))
        return ForeignRow(
            identity,
            day if exact else day[:7],
            meaning,
            f"{written}, CAMEO {meaning.cameo}",
            acled_party(cells[self.source], day),
            acled_party(cells[self.target], day),
            place or None,
            precision=DatePrecision.DAY if exact else DatePrecision.MONTH,
        )


@lru_cache(maxsize=1 << 15)
def acled_party(name: str, day: str) -> Party:
    """Give the actor of an ACLED name on an ISO day, NOBODY where it is empty."""
    name = name.strip()
    if not name:
        return NOBODY
    codes = _form_codes(name, day) or _body_codes(name, day)
    return Party(codes, name) if codes else unknown_party(name)


def _form_codes(name: str, day: str) -> tuple[str, ...]:
    """ "Military Forces of Sudan (2019-)", "Protesters (India)": a kind of actor and its country."""
    for words, code in _factions().items():
        # Forces that bear a state's name but do not act for its government.
        if name.endswith(f") {words}"):
            return (code,)
    for form, role in _forms().items():
        if name.startswith(f"{form} of "):
            country = name.removeprefix(f"{form} of ").partition(" (")[0]
        elif (found := _FORM_IN.fullmatch(name)) and found["form"] == form:
            country = found["country"]
        else:
            continue
        state = state_of(country, day)
        return (part_of(state, role),) if state is not None else ()
    return ()


def _body_codes(name: str, day: str) -> tuple[str, ...]:
    """ "RSF: Rapid Support Forces", "Hamas Movement": by the name; the acronym alone may be another's."""
    plain = re.sub(r" \([^()]*\)$", "", name)
    for words in (plain, plain.partition(":")[2].strip(), plain.removesuffix(" Movement")):
        if words and (codes := named(words, day)):
            return codes
    return ()


@cache
def _kinds() -> dict[str, Meaning | None]:
    known = meanings()
    return {
        row["sub_event"].lower(): known[row["cameo"]] if row["cameo"] else None for row in data_rows("acled_events.csv")
    }


@cache
def _forms() -> dict[str, str]:
    """The roles of kinds of actors, the longest first: a mutiny of the forces is not the forces."""
    table = role_table("acled_actors.csv", "form")
    return {form: table[form] for form in sorted(table, key=len, reverse=True)}


@cache
def _factions() -> dict[str, str]:
    return {row["words"]: row["code"] for row in data_rows("acled_factions.csv")}
