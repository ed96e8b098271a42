"""Frames of the casebook as rows of text, as Parquet, or as a table on the screen."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from communique.cli.rows import write_rows
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, plain_table
from communique.errors import UsageError
from communique.tables import cell_text, new_text_file

if TYPE_CHECKING:
    import polars

# So many rows are turned into Python's values at once.
_ROWS_AT_ONCE = 5_000
# Of a result on the screen; in a pipe all are printed.
_MOST_ON_SCREEN = 200
# Characters of a cell in a table; folding millions of them takes minutes.
_LONGEST_CELL = 20_000


def write_frame(frame: polars.DataFrame, format: str, output: Path | None) -> None:
    """Write a frame as `jsonl`, `csv` or `parquet` to a file, whole or not at all, or to standard output.

    Raises UsageError for Parquet on a terminal and for a file that cannot be written.
    """
    if format != "parquet":
        write_rows(frame.columns, _rows(frame), format, output)
        return
    if output is None and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal: name a file with -o, or pipe it on")
    # Polars takes a while to load; with a frame at hand it is.
    from polars.exceptions import PolarsError

    # Polars would hide a full disk behind an error of its own.
    packed = io.BytesIO()
    try:
        frame.write_parquet(packed)
    except PolarsError as error:
        raise UsageError(f"these columns do not go into Parquet ({error}); write them as jsonl") from error
    if output is None:
        sys.stdout.buffer.write(packed.getbuffer())
        return
    with new_text_file(output) as file:
        file.buffer.write(packed.getbuffer())


def print_frame(frame: polars.DataFrame) -> None:
    """Print a frame as a table, on a terminal the first rows with a word on how many there are."""
    console = console_for()
    most = _MOST_ON_SCREEN if console.is_terminal else frame.height
    numeric = {name for name, kind in frame.schema.items() if kind.is_numeric()}
    table = plain_table(*(f"#{name}" if name in numeric else on_screen(name) for name in frame.columns))
    for row in frame.head(most).iter_rows():
        table.add_row(*(Text(on_screen(_shortened(cell_text(value)))) for value in row))
    console.print(table)
    if frame.height > most:
        console.print(Text(f"… and {counted(frame.height - most, 'row')} more (-f csv gives all)", style="dim"))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_CELL else words[:_LONGEST_CELL] + "…"


def _rows(frame: polars.DataFrame) -> Iterator[tuple[Any, ...]]:
    for piece in frame.iter_slices(_ROWS_AT_ONCE):
        yield from piece.rows()
