"""`communique casebook`: where the casebook lies, and what it holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.text import Text

from communique.casebook.kept import Contents
from communique.cli.options import CasebookFile, casebook_path
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, day_text, moment, plain_table
from communique.pipeline import open_casebook
from communique.scale.program import program


def casebook(
    path: Annotated[bool, typer.Option("--path", help="Print only where it lies.")] = False,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="Bring the casebook of an older communique up to date, after a backup.")
    ] = False,
    casebook: CasebookFile = None,
) -> None:
    """Show where the casebook lies and what it holds: reports, events, corrections, imported datasets.

    Examples:

      communique casebook

      cp "$(communique casebook --path)" backup.duckdb

      communique casebook --migrate
    """
    place = casebook_path(casebook)
    if path:
        print(place)
        return
    with open_casebook(place, read_only=not migrate) as kept:
        contents, imports = kept.contents(), kept.imports()
    console = console_for()
    _print_contents(console, place, contents)
    if imports:
        _print_imports(console, imports)


def _print_contents(console: Console, place: Path, contents: Contents) -> None:
    console.print(Text(on_screen(str(place.absolute())), style="bold"), soft_wrap=True)
    console.print(Text(f"{_size(place)}, opened by {program()}", style="dim"), soft_wrap=True)
    span = f", {day_text(contents.first_day)} to {day_text(contents.last_day)}" if contents.first_day else ""
    earlier = contents.versions - contents.reports
    lines = [
        counted(contents.reports, "report") + (f" and {counted(earlier, 'earlier version')}" if earlier else ""),
        f"{counted(contents.events, 'event')} from {counted(contents.tellings, 'telling')}{span}",
        f"{counted(contents.moves, 'step')} in affairs",
        f"{counted(contents.corrections, 'correction')}, {counted(contents.decisions, 'decision')} on folding",
    ]
    if contents.dropped:
        lines.append(f"{counted(contents.dropped, 'report')} not read (communique reports --dropped)")
    lines += [f"{counted(number, 'event')} of {name}" for name, number in contents.datasets.items()]
    backups = sorted(place.parent.glob(f"{place.name}.before-*.bak"))
    lines += [f"backup before a migration: {backup.name}" for backup in backups]
    for line in lines:
        console.print(Text(on_screen(f"  {line}")), soft_wrap=True)


def _print_imports(console: Console, imports: list[dict[str, object]]) -> None:
    table = plain_table("imported (UTC)", "dataset", "file", "#events", "#added", "#known", "#rows refused")
    for row in imports:
        counts = cast(dict[str, int], row["counts"])
        numbers = (row["rows"], row["added"], row["known"], counts.get("refused", 0))
        begun = moment(cast(datetime, row["begun_at"]))
        cells = (begun, str(row["dataset"]), str(row["file"] or ""), *(f"{number:,}" for number in numbers))
        table.add_row(*(Text(on_screen(cell)) for cell in cells))
    console.print(table)


def _size(place: Path) -> str:
    return f"{place.stat().st_size / 1e6:,.1f} MB"
