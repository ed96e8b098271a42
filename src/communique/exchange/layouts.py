"""How the tables of other datasets are laid out: the one reader of formats.yaml, and the places of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.errors import KnowledgeError
from communique.word_files import read_word_file

FORMATS: tuple[str, ...] = ("icews", "gdelt1", "gdelt2", "polecat", "phoenix", "acled", "quadruples")
"""The names of the formats that `read_foreign` takes; `gdelt` stands for either of the two."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One format: its dataset, its columns, and the confidence (0…1) that its events get.

    `needed` are the columns without which a file with a header is none of this format. `lengths` are the
    numbers of columns that a file without a header may have.
    """

    name: str
    dataset: str
    prefix: str
    header: bool
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    lengths: tuple[int, ...]
    confidence: float
    reason: str


@cache
def layouts() -> dict[str, Layout]:
    """Give every layout by its name; KnowledgeError where formats.yaml breaks its own rules."""
    found = {}
    for name, raw in read_word_file(files("communique.exchange") / "data" / "formats.yaml").items():
        columns = tuple(str(column) for column in raw["columns"])
        needed = tuple(str(column) for column in raw["needed"])
        confidence = float(raw["confidence"])
        if not set(needed) <= set(columns):
            raise KnowledgeError(
                f"formats.yaml, {name}: `needed` names {sorted(set(needed) - set(columns))}, no column"
            )
        if not 0.0 < confidence <= 1.0:
            raise KnowledgeError(f"formats.yaml, {name}: confidence {confidence} must be above 0 and at most 1")
        lengths = (len(columns), *(int(length) for length in raw.get("also", [])))
        found[name] = Layout(
            name,
            str(raw["dataset"]),
            str(raw["prefix"]),
            raw["header"] == "true",
            columns,
            needed,
            lengths,
            confidence,
            str(raw["reason"]),
        )
    return found


def column_key(name: str) -> str:
    """Give a column's name as it is compared: quotation marks, case, underscores and spaces do not count.

    >>> column_key(' "Event ID"'), column_key("event_id")
    ('eventid', 'eventid')
    """
    return name.strip().strip('"').replace("_", "").replace(" ", "").lower()


def places_of(columns: Sequence[str]) -> dict[str, int]:
    """Give the place of each column by its key; of two of one name the first counts."""
    places: dict[str, int] = {}
    for place, name in enumerate(columns):
        places.setdefault(column_key(name), place)
    return places
