"""Phoenix: the files of OEDA (26 columns, no header) and of the Cline Center (25, with one)."""

from __future__ import annotations

from communique.exchange.cameo_actors import code_party
from communique.exchange.crosswalk import cameo_code, meanings
from communique.exchange.dates import day_of
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.layouts import Layout


class PhoenixRows:
    """Understands the rows of one Phoenix file of either kind, given the places of its columns."""

    def __init__(self, layout: Layout, places: dict[str, int]) -> None:
        def place(*keys: str) -> int:
            return next(places[key] for key in keys if key in places)

        self.identity, self.code = place("eventid", "eid"), place("eventcode", "code")
        self.date = (place("year"), place("month"), place("day"))
        self.source, self.target = place("sourceactorfull", "source"), place("targetactorfull", "target")
        self.place = place("locationname", "placename")

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the row says, or why it is not taken."""
        identity = cells[self.identity].strip()
        if not identity:
            return NotTaken(Reason.NO_ID)
        parts = [cells[at].strip() for at in self.date]
        day = (
            day_of(*(int(part) for part in parts))
            if all(part.isdecimal() and len(part) < 5 for part in parts)
            else None
        )
        if day is None:
            return NotTaken(Reason.DATE, "-".join(parts), identity)
        written = cells[self.code]
        code = cameo_code(written)
        if code is None:
            return NotTaken(Reason.UNKNOWN_CODE, written, identity, (f"CAMEO {written}",))
        meaning = meanings()[code]
        if meaning is None:
            return NotTaken(Reason.STATEMENT, f"CAMEO {code}", identity)
        return ForeignRow(
            identity,
            day,
            meaning,
            f"CAMEO {code}",
            code_party(cells[self.source].strip(), "", day),
            code_party(cells[self.target].strip(), "", day),
            cells[self.place].strip() or None,
        )
