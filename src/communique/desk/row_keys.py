"""Which row of a board is which, at any date: keys made of what a row is about, not of how it stands.

Pure functions of rows. The same sanctions of the same sender on the same target have the same key in January and in June.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from communique.standing.picture import Row
from communique.standing.steps import sort_day

KEY_LENGTH = 16

_IDENTITIES: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "sanctions": lambda row: (row.sender, row.target, row.on),
    "agreements": lambda row: (row.code or row.name,),
    # The form is left out: talks may turn from indirect to direct.
    "talks": lambda row: (*row.parties, row.about),
    "positions": lambda row: (row.actor, row.holder or "", row.on_kind, row.on),
    "alignments": lambda row: (row.a, row.b),
    "votes": lambda row: (row.body, row.resolution),
}


def identity_of(board: str, row: Row) -> tuple[str, ...]:
    """Give what a row of a board is about: its actors and its matter. KeyError for no such board."""
    return _IDENTITIES[board](row)


def rows_by_key(board: str, rows: Sequence[Row]) -> dict[str, Row]:
    """Give the rows of a board by their keys, in the order given.

    Rows about the same (two rounds of talks years apart) are told apart by which began first.
    """
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        alike[identity_of(board, row)].append(place)
    keys = [""] * len(rows)
    for identity, places in alike.items():
        if len(places) > 1:
            places.sort(key=lambda place: (_began(rows[place]), place))
        for number, place in enumerate(places):
            keys[place] = _key(board, identity, number)
    return dict(zip(keys, rows, strict=True))


def _began(row: Row) -> tuple[str, str, str]:
    first = row.history[0] if row.history else None
    return (sort_day(first.date), first.report_id, first.words) if first else ("", "", "")


def _key(board: str, identity: tuple[str, ...], number: int) -> str:
    told = json.dumps([board, *identity, number], ensure_ascii=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:KEY_LENGTH]
