"""The dossier that an address names, with what pages, brief and API show of it, kept until the casebook changes."""

from __future__ import annotations

import time
from datetime import date

from starlette.exceptions import HTTPException

from communique.casebook.kept import Dossier
from communique.desk.brief import Brief, brief_of
from communique.desk.desk import Desk
from communique.desk.dossier import boards_of, dossier_events, main_pairs, material_of
from communique.desk.forecasts import OutlookAsked
from communique.errors import UsageError
from communique.outlook.records import Outlook
from communique.records import KeptEvent
from communique.standing.picture import Row

RESERVED = frozenset({"new"})
"""Names that no dossier may have, for the desk has pages of these names."""
PATIENCE = 1.0
"""Seconds for which a brief waits for its forecasts; what is still learned then is left out, and the page says so."""


def dossier_named(desk: Desk, name: str) -> Dossier:
    """Give a dossier; HTTPException 404 where there is none."""
    found = desk.answers.of(("dossier", name), lambda: desk.casebook.dossier(name))
    if found is None:
        raise HTTPException(404)
    return found


def check_free(name: str) -> None:
    """Raise UsageError for a name that the desk needs itself."""
    if name in RESERVED:
        raise UsageError(f"dossier {name!r}: that name is taken by the desk; choose another")


def dossier_acts(desk: Desk, dossier: Dossier) -> tuple[KeptEvent, ...]:
    """Give the acts of a dossier that are looked at, the newest first: MOST_ACTS of `desk.dossier` at most."""
    return desk.answers.of(("acts of dossier", dossier), lambda: dossier_events(desk.casebook, dossier))


def dossier_boards(desk: Desk, dossier: Dossier, as_of: date | None = None) -> dict[str, tuple[Row, ...]]:
    """Give the rows of each board that belong to a dossier."""
    acts = dossier_acts(desk, dossier)
    key = ("boards of dossier", dossier, as_of)
    return desk.answers.of(key, lambda: boards_of(desk.casebook, dossier, acts, as_of))


def dossier_brief(desk: Desk, dossier: Dossier, as_of: date | None) -> tuple[Brief, bool]:
    """Give the brief of a dossier, and whether forecasts are still in work that would belong to it."""
    events = dossier_acts(desk, dossier) if as_of is None else dossier_events(desk.casebook, dossier, as_of)
    outlooks, is_learning = _outlooks(desk, main_pairs(dossier, events), as_of)

    def made() -> Brief:
        boards = dossier_boards(desk, dossier, as_of)
        return brief_of(material_of(desk.casebook, dossier, as_of, outlooks, events=events, boards=boards))

    return desk.answers.of(("brief", dossier, as_of, outlooks), made), is_learning


def _outlooks(desk: Desk, pairs: tuple[tuple[str, str], ...], as_of: date | None) -> tuple[tuple[Outlook, ...], bool]:
    """Give the outlooks of some pairs that are worked out by now; a pair of which too little was known has none."""
    found, is_learning = [], False
    deadline = time.monotonic() + PATIENCE
    for a, b in pairs:
        try:
            progress = desk.forecaster.ask(OutlookAsked(a, b, as_of=as_of), max(0.0, deadline - time.monotonic()))
        except UsageError:
            continue
        is_learning |= progress.is_working
        if progress.answer is not None:
            found.append(progress.answer)
    return tuple(found), is_learning
