"""Rows of a table to a file or to standard output, as lines of JSON or of CSV."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from communique.tables import row_lines, write_lines

Row = Sequence[object]


def write_rows(names: Sequence[str], rows: Iterable[Row], format: str, output: Path | None) -> None:
    """Write rows as `jsonl` or `csv` to a file, whole or not at all, or to standard output; see `tables.row_lines`.

    Raises UsageError for a file that cannot be written.
    """
    write_lines(row_lines(names, rows, format), output or sys.stdout)
