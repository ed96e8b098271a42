"""Which format a table is in: by the names in its header, else by its number of columns and its first row."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from communique.errors import UnreadableInput
from communique.exchange.dates import iso_day
from communique.exchange.json_rows import json_objects
from communique.exchange.layouts import Layout, column_key, layouts
from communique.exchange.opening import PathLike, cut, first_line

FAMILIES: dict[str, tuple[str, ...]] = {"gdelt": ("gdelt1", "gdelt2")}
"""Names that stand for several formats, of which the columns decide."""

_VARIANTS = {"phoenix": ("phoenix", "phoenix-cline")}
_DELIMITERS = ("\t", ",", ";", "|")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table whose format is known: its columns in their order, and the lengths that its rows may have."""

    layout: Layout
    columns: tuple[str, ...]
    delimiter: str
    lengths: tuple[int, ...]
    json: bool = False


def recognise(path: PathLike, format: str | None) -> Recognised:
    """Tell the format of a table, or check that it is the one named; UnreadableInput with the mend where not."""
    wanted = _wanted(format)
    line = first_line(path)
    if line.lstrip().startswith(("{", "[")):
        found = _by_members(path, wanted)
    else:
        found = _by_header(line, wanted) or _by_columns(line, wanted)
    if found is None:
        raise UnreadableInput(f"{os.fspath(path)}, line 1: {_complaint(line, wanted, format)}")
    return found


def _wanted(format: str | None) -> tuple[Layout, ...]:
    known = layouts()
    if format is None:
        return tuple(layout for name, layout in known.items() if name != "quadruples")
    return tuple(known[name] for name in FAMILIES.get(format) or _VARIANTS.get(format) or (format,))


def _by_header(line: str, wanted: tuple[Layout, ...]) -> Recognised | None:
    for delimiter in _DELIMITERS:
        if delimiter not in line:
            continue
        columns = tuple(cut(line, delimiter))
        keys = {column_key(column) for column in columns}
        for layout in wanted:
            if layout.header and {column_key(column) for column in layout.needed} <= keys:
                return Recognised(layout, columns, delimiter, (len(columns),))
    return None


def _by_columns(line: str, wanted: tuple[Layout, ...]) -> Recognised | None:
    for delimiter in _DELIMITERS[:2]:
        cells = cut(line, delimiter)
        for layout in wanted:
            if layout.header or len(cells) not in layout.lengths or not _looks_like(layout, cells):
                continue
            # A file keeps the number of columns that it begins with.
            return Recognised(layout, layout.columns, delimiter, (len(cells),))
    return None


def _looks_like(layout: Layout, cells: list[str]) -> bool:
    """The first row must have a date where the format has it, and for its code a number."""
    columns = [column_key(column) for column in layout.columns]
    date = cells[columns.index("sqldate" if "sqldate" in columns else "date")]
    return iso_day(date) is not None and _NUMBER.fullmatch(cells[columns.index("eventcode")].strip()) is not None


def _by_members(path: PathLike, wanted: tuple[Layout, ...]) -> Recognised | None:
    _, first = next(json_objects(path), (0, {}))
    keys = {column_key(name) for name in first}
    for layout in wanted:
        if layout.header and {column_key(column) for column in layout.needed} <= keys:
            return Recognised(layout, layout.columns, "", (len(layout.columns),), True)
    return None


def _complaint(line: str, wanted: tuple[Layout, ...], format: str | None) -> str:
    delimiter = max(_DELIMITERS, key=line.count)
    cells = len(cut(line, delimiter)) if delimiter in line else 1
    if format is None:
        return (
            f"no format that is known ({cells} columns, beginning with {line[:40]!r}); expected the header of ICEWS,"
            f" POLECAT, Phoenix or ACLED, or 57, 58 or 61 columns of GDELT, or 26 of Phoenix; name the right file,"
            f" or say which it is with --format"
        )
    expected = " or ".join(
        f"a header with {', '.join(layout.needed[:4])} …"
        if layout.header
        else f"{' or '.join(map(str, sorted(layout.lengths)))} columns with a date and an event code"
        for layout in wanted
    )
    return (
        f"no {format} table ({cells} columns, beginning with {line[:40]!r}); expected {expected};"
        f" name the right file, or leave --format out and let the file tell it"
    )
