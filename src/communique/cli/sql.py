"""`communique sql`: questions to the casebook's tables in SQL, reading only."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from communique.casebook.store import Casebook
from communique.cli.frames import print_frame, write_frame
from communique.cli.options import CasebookFile, Output, casebook_path, check_output
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for
from communique.errors import UsageError
from communique.pipeline import open_casebook

# What each table holds, for those who have not seen it.
_TABLES = {
    "events": "the acts of today, folded and corrected, one a row",
    "tellings": "every event of every version of every report, and those imported or added; live: counts today",
    "reports": "reports in all their versions; current: the one that counts",
    "sentences": "where the sentences of each version stand in its text (−1: in its title)",
    "moves": "the steps in affairs that the standing picture is folded from",
    "folds": "which events are one act",
    "fold_decisions": "what persons said about two events: same or not",
    "corrections": "what persons put right, with who, when and why",
    "forecasts": "forecasts that were kept, as they were made",
    "dossiers": "sets of actors and contexts that are followed",
    "dropped_reports": "what could not be read, with the reason",
    "imports": "what was imported, from which file",
    "migrations": "which steps the tables went through",
}


class SqlFormat(StrEnum):
    """How the rows are written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def sql(
    query: Annotated[
        str | None, typer.Argument(help="One query, or - to read it from standard input.", show_default=False)
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="List the tables and their columns.")] = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop a query that takes longer.", show_default=False)
    ] = None,
    format: Annotated[SqlFormat, typer.Option("--format", "-f", help="How to write the rows.")] = SqlFormat.table,
    output: Output = None,
    casebook: CasebookFile = None,
) -> None:
    """Ask the casebook in SQL (DuckDB's); it only reads, and reaches no file, no network and no extension.

    source, target and context are lists; source_actors and target_actors hold the codes with and without their roles,
    so that list_contains(source_actors, 'USA') finds USA/GOV too.

    Examples:

      communique sql "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY n DESC"

      communique sql "SELECT date, sentence_text FROM events WHERE list_contains(target_actors, 'IRN')"

      communique sql "SELECT strftime(first_day, '%Y-%m') AS month, avg(intensity) FROM events GROUP BY ALL" -f csv

      communique sql --tables
    """
    path = casebook_path(casebook)
    check_output(output, path)
    if query is None and not tables:
        raise UsageError("give a query, or --tables to see what can be asked")
    if format is SqlFormat.table and output is not None:
        raise UsageError("-o goes with --format csv, jsonl or parquet")
    with open_casebook(path, read_only=True) as kept:
        if tables:
            _print_tables(kept)
            return
        frame = kept.sql(sys.stdin.read() if query == "-" else str(query), seconds=seconds)
    if format is SqlFormat.table:
        print_frame(frame)
    else:
        write_frame(frame, format.value, output)


def _print_tables(casebook: Casebook) -> None:
    console = console_for()
    shown = casebook.sql("SHOW ALL TABLES").to_dicts()
    order = list(_TABLES)
    shown.sort(key=lambda row: (order.index(row["name"]) if row["name"] in order else len(order), row["name"]))
    for row in shown:
        heading = Text(on_screen(row["name"]), style="bold")
        console.print(heading.append(f"  {_TABLES.get(row['name'], '')}", style="not bold dim"), soft_wrap=True)
        columns = (f"{name} {kind}" for name, kind in zip(row["column_names"], row["column_types"], strict=True))
        console.print(Text("  " + ", ".join(map(on_screen, columns))), soft_wrap=not console.is_terminal)
