"""`read_foreign`: recognises the format of a foreign file and gives its events, streaming."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Protocol

from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.exchange.acled import AcledRows
from communique.exchange.dates import iso_day
from communique.exchange.foreign import ForeignRow, ImportedEvent, NotTaken, Reason, Refused, event_of
from communique.exchange.gdelt import GdeltRows
from communique.exchange.icews import IcewsRows
from communique.exchange.json_rows import json_rows
from communique.exchange.layouts import FORMATS, Layout, layouts, places_of
from communique.exchange.opening import Row, quoted_rows, tab_rows
from communique.exchange.phoenix import PhoenixRows
from communique.exchange.polecat import PolecatRows
from communique.exchange.quadruples import Graph, QuadrupleRows, graph_rows, is_graph, open_graph
from communique.exchange.recognise import FAMILIES, Recognised, recognise

PathLike = str | os.PathLike[str]


class _Rows(Protocol):
    def row(self, cells: list[str]) -> ForeignRow | NotTaken: ...


_READERS: dict[str, Callable[[Layout, dict[str, int]], _Rows]] = {
    "icews": IcewsRows,
    "gdelt1": GdeltRows,
    "gdelt2": GdeltRows,
    "polecat": PolecatRows,
    "phoenix": PhoenixRows,
    "phoenix-cline": PhoenixRows,
    "acled": AcledRows,
}


def read_foreign(
    path: PathLike, format: str | None = None, start: date | str | None = None
) -> Iterator[ImportedEvent | Refused]:
    """Give the events of another dataset's file, and each row that gives none with its reason, in the file's order.

    `path` is a table, also as .gz or as .zip with one member, or a folder of quadruples. `format` is one of
    FORMATS (`gdelt` for either GDELT); without it the header or the columns tell it. `start` is the day from
    which the hours of quadruples count, needed where the folder's name does not tell it.

    The format is settled before anything is given: UnreadableInput names the file, the line, what was
    expected and the mend; MissingInput, where there is no such file; UsageError for an unknown format. A
    packed file that is damaged further on raises UnreadableInput there.
    """
    if format is not None and format not in (*FORMATS, *FAMILIES):
        raise UsageError(f"there is no format {format!r}; choose {', '.join((*FORMATS, *FAMILIES))}, or leave it out")
    if not os.path.exists(path):
        raise MissingInput(
            f"{os.fspath(path)}: there is no such file or folder; check the spelling and the folder that you are in"
        )
    if format == "quadruples" or (format is None and is_graph(path)):
        return _quadruples(open_graph(path, _start_day(start)))
    if os.path.isdir(path):
        raise UnreadableInput(
            f"{os.fspath(path)}: a folder without entity2id.txt and relation2id.txt; name the files in it"
        )
    found = recognise(path, format)
    reader = _READERS[found.layout.name](found.layout, places_of(found.columns))
    return _events(os.fspath(path), _table_rows(path, found), reader, found.layout, found.lengths)


def _table_rows(path: PathLike, found: Recognised) -> Iterator[Row]:
    if found.json:
        return json_rows(path, found.columns)
    rows = tab_rows(path) if found.delimiter == "\t" else quoted_rows(path, found.delimiter)
    if found.layout.header:
        next(rows)
    return rows


def _events(
    origin: str, rows: Iterable[Row], reader: _Rows, layout: Layout, lengths: tuple[int, ...]
) -> Iterator[ImportedEvent | Refused]:
    for line, cells in rows:
        made: ImportedEvent | ForeignRow | NotTaken
        row: ForeignRow | None = None
        if isinstance(cells, NotTaken):
            made = cells
        elif len(cells) not in lengths:
            made = NotTaken(Reason.COLUMNS, f"{len(cells)} instead of {' or '.join(map(str, lengths))}")
        else:
            made = reader.row(cells)
            if isinstance(made, ForeignRow):
                row, made = made, event_of(made, layout)
        if isinstance(made, NotTaken):
            yield _refused(origin, line, made, row)
        else:
            yield made


def _refused(origin: str, line: int, why: NotTaken, row: ForeignRow | None) -> Refused:
    """A refused row tells what in it is unknown too, for the list of what to add."""
    actors: tuple[str, ...] = ()
    codes = why.unknown_codes
    if row is not None:
        actors = row.source.unknown + row.target.unknown
        codes = row.source.unknown_codes + row.target.unknown_codes + row.unknown_codes
    return Refused(origin, line, why.reason, why.detail, why.foreign_id, actors, codes)


def _quadruples(graph: Graph) -> Iterator[ImportedEvent | Refused]:
    plain = layouts()["quadruples"]
    # The numbers of one folder mean nothing in another: its name is part of the identity.
    layout = replace(plain, dataset=graph.dataset, prefix=graph.dataset.lower())
    reader = QuadrupleRows(graph)
    return (
        item
        for file in graph.files
        for item in _events(os.fspath(file), graph_rows(file), reader, layout, layout.lengths)
    )


def _start_day(start: date | str | None) -> date | None:
    if start is None or isinstance(start, date):
        return start
    day = iso_day(start)
    if day is None:
        raise UsageError(f"start {start!r}: write it as a day, such as 2014-01-01")
    return date.fromisoformat(day)
