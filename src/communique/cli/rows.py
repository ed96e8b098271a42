"""Rows as lines of JSON or of CSV, with names; the values are those of Python."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from communique.tables import csv_quoted, on_one_line, write_lines

Row = Sequence[object]


def write_rows(names: Sequence[str], rows: Iterable[Row], format: str, output: Path | None) -> None:
    """Write rows as `jsonl` or `csv` to a file, whole or not at all, or to standard output.

    JSONL keeps lists as lists. CSV has a header, joins lists by `;` and what stands in them by `:`, and leaves
    what is not there empty. Raises UsageError for a file that cannot be written.
    """
    write_lines((_json_lines if format == "jsonl" else _csv_lines)(names, rows), output or sys.stdout)


def cell_text(value: object) -> str:
    """Give a value as the text of one cell: "" for None, `a;b` for a list, ISO for days and times."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(":".join(map(str, item)) if isinstance(item, list) else cell_text(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_as_text)
    return value if isinstance(value, str) else _as_text(value)


def _json_lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield on_one_line(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_as_text))


def _csv_lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield ",".join(map(csv_quoted, names))
    for row in rows:
        yield ",".join(csv_quoted(cell_text(value)) for value in row)


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
