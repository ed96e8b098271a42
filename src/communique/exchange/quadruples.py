"""Quadruples of temporal knowledge graphs made of ICEWS: subject, relation, object, hours since a start day.

A folder holds `train.txt`, `valid.txt` and `test.txt` (all or some), `entity2id.txt` and `relation2id.txt`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.exchange.crosswalk import label_codes, label_key, meanings
from communique.exchange.dates import day_after
from communique.exchange.foreign import ForeignRow, NotTaken, Reason
from communique.exchange.icews import icews_party
from communique.exchange.opening import Row, first_line, lines_of, open_bytes, tab_rows
from communique.exchange.parties import data_rows

# Digits that reach beyond every calendar; Python refuses to read far longer numbers.
_LONGEST_HOURS = 9
PARTS = ("train.txt", "valid.txt", "test.txt")
_QUADRUPLE = re.compile(r"\d+(\t\d+){3}(\t-?\d+)?\s*")
ENTITIES, RELATIONS = "entity2id.txt", "relation2id.txt"


@dataclass(frozen=True, slots=True)
class Graph:
    """One folder of quadruples: its files in order, its names by number, the day from which hours count."""

    dataset: str
    files: tuple[Path, ...]
    entities: dict[str, str]
    relations: dict[str, str]
    start: date


def is_graph(path: str | os.PathLike[str]) -> bool:
    """Tell whether a path is a folder of quadruples, or a file of quadruples in one."""
    given = Path(path)
    folder = _folder(given)
    if not ((folder / ENTITIES).is_file() and (folder / RELATIONS).is_file()):
        return False
    return given.is_dir() or _QUADRUPLE.fullmatch(first_line(given)) is not None


def open_graph(path: str | os.PathLike[str], start: date | None) -> Graph:
    """Read the names of a folder of quadruples; `path` is the folder or one of its files of quadruples.

    `start` is the day from which its hours count, needed unless the folder's name is one of
    data/quadruple_starts.csv. Raises MissingInput, UnreadableInput or UsageError with the mend.
    """
    given = Path(path)
    folder = _folder(given)
    for name in (ENTITIES, RELATIONS):
        if not (folder / name).is_file():
            raise MissingInput(f"{folder / name}: quadruples need it for their names; put it beside them")
    if given.is_dir():
        files = tuple(folder / name for name in PARTS if (folder / name).is_file())
        if not files:
            raise MissingInput(f"{folder}: holds none of {', '.join(PARTS)}; name the folder with the quadruples")
    else:
        files = (given,)
    for file in files:
        line = first_line(file)
        if _QUADRUPLE.fullmatch(line) is None:
            raise UnreadableInput(
                f"{file}, line 1: no quadruple (it begins with {line[:40]!r}); expected subject, relation, object"
                f" and hours as numbers between tabs; name {PARTS[0]}, or the folder"
            )
    name = folder.resolve().name
    starts = {row["folder"]: row["start"] for row in data_rows("quadruple_starts.csv")}
    if start is None:
        if name.lower() not in starts:
            raise UsageError(
                f"{given}: the day from which the hours of these quadruples count is not known;"
                f" give it as start, such as 2014-01-01"
            )
        start = date.fromisoformat(starts[name.lower()])
    return Graph(name.upper(), files, _numbered(folder / ENTITIES), _numbered(folder / RELATIONS), start)


def graph_rows(file: Path) -> Iterator[Row]:
    """Give the rows of a file of quadruples: numbers between tabs."""
    yield from tab_rows(file)


class QuadrupleRows:
    """Understands the rows of one folder of quadruples.

    They carry no identifier: the four numbers are it, so the same quadruple told twice is one event.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        labels = label_codes()
        self.codes = {number: labels.get(label_key(label)) for number, label in graph.relations.items()}

    def row(self, cells: list[str]) -> ForeignRow | NotTaken:
        """Give what the quadruple says, or why it is not taken."""
        subject, relation, thing, hours = cells[:4]
        identity = f"{subject}-{relation}-{thing}-{hours}"
        graph = self.graph
        day = day_after(graph.start, int(hours)) if hours.isdecimal() and len(hours) <= _LONGEST_HOURS else None
        if day is None:
            return NotTaken(Reason.DATE, f"{hours} hours", identity)
        label = graph.relations.get(relation)
        code = self.codes.get(relation)
        if label is None or code is None:
            return NotTaken(Reason.UNKNOWN_CODE, label or relation, identity, (label or f"relation {relation}",))
        meaning = meanings()[code]
        if meaning is None:
            return NotTaken(Reason.STATEMENT, f"CAMEO {code}", identity)
        words = label.replace("_", " ")
        source, target = graph.entities.get(subject), graph.entities.get(thing)
        return ForeignRow(
            identity,
            day,
            meaning,
            f"CAMEO {code} {words}",
            icews_party(source if source is not None else f"entity {subject}", "", "", day),
            icews_party(target if target is not None else f"entity {thing}", "", "", day),
        )


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _numbered(path: Path) -> dict[str, str]:
    """Read `name TAB number`; names with spaces for underscores."""
    found: dict[str, str] = {}
    with open_bytes(path) as stream:
        for number, line in lines_of(stream, str(path)):
            try:
                name, _, key = line.decode("utf-8").rpartition("\t")
            except UnicodeDecodeError as error:
                raise UnreadableInput(f"{path}, line {number}: not UTF-8; save the file as UTF-8") from error
            if not name and not found and key.strip().isdecimal():
                # Some sets put the number of names on the first line.
                continue
            if not name or not key.strip().isdecimal():
                raise UnreadableInput(f"{path}, line {number}: expected a name, a tab and a number; mend the line")
            found[key.strip()] = name.strip().replace("_", " ")
    return found
