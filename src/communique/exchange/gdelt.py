"""GDELT 1.0 and 2.0: export files without a header, actors as CAMEO codes."""

from __future__ import annotations

from communique.exchange.cameo_actors import code_party
from communique.exchange.crosswalk import cameo_code, meanings
from communique.exchange.dates import iso_day
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.layouts import Layout

# GDELT writes a code of its own for what its coder could not name.
_NO_CODE = "---"


class GdeltRows:
    """Understands the rows of one GDELT file, given the places of its columns."""

    def __init__(self, layout: Layout, places: dict[str, int]) -> None:
        names = ("globaleventid", "sqldate", "eventcode", "actiongeofullname", "dateadded")
        self.identity, self.date, self.code, self.place, self.added = (places[name] for name in names)
        self.sides = tuple((places[f"actor{side}code"], places[f"actor{side}name"]) for side in (1, 2))

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the row says, or why it is not taken."""
        identity = cells[self.identity].strip()
        if not identity:
            return NotTaken(Reason.NO_ID)
        day = iso_day(cells[self.date])
        if day is None:
            return NotTaken(Reason.DATE, cells[self.date], identity)
        written = cells[self.code]
        code = cameo_code(written)
        if code is None:
            return NotTaken(Reason.UNKNOWN_CODE, written, identity, (f"CAMEO {written}",))
        meaning = meanings()[code]
        if meaning is None:
            return NotTaken(Reason.STATEMENT, f"CAMEO {code}", identity)
        (first_code, first_name), (second_code, second_name) = self.sides
        return ForeignRow(
            identity,
            day,
            meaning,
            f"CAMEO {code}",
            code_party(cells[first_code].replace(_NO_CODE, ""), cells[first_name], day),
            code_party(cells[second_code].replace(_NO_CODE, ""), cells[second_name], day),
            cells[self.place].strip() or None,
            iso_day(cells[self.added]),
        )
