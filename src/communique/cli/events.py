"""`communique events`: the events of a casebook, filtered, sorted, on the screen or in a file."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.casebook.filters import EventFilter
from communique.casebook.store import Casebook
from communique.cli.frames import write_frame
from communique.cli.options import (
    Actor,
    CasebookFile,
    Contexts,
    Corrected,
    Dataset,
    Dyad,
    Limit,
    Minimum,
    Output,
    Quads,
    ReportId,
    Since,
    Sort,
    Source,
    Statuses,
    Target,
    Types,
    Until,
    Words,
    casebook_path,
    check_output,
    event_filter,
    report_id_of,
)
from communique.cli.show_kept import ROWS_ON_SCREEN, console_for, counted, print_events
from communique.pipeline import open_casebook
from communique.tables import new_text_file


class Format(StrEnum):
    """What `events` writes."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def events(
    actor: Actor = None,
    source: Source = None,
    target: Target = None,
    dyad: Dyad = None,
    types: Types = None,
    quads: Quads = None,
    since: Since = None,
    until: Until = None,
    statuses: Statuses = None,
    contexts: Contexts = None,
    text: Words = None,
    report: ReportId = None,
    dataset: Dataset = None,
    minimum: Minimum = None,
    corrected: Corrected = False,
    sort: Sort = None,
    limit: Limit = None,
    ids: Annotated[bool, typer.Option("--ids", help="Show the ids of events, for correct and fold.")] = False,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write them.")] = Format.table,
    output: Output = None,
    casebook: CasebookFile = None,
) -> None:
    """List events of the casebook: folded, corrected, each with the sentence it stands on and its number of sources.

    CSV, JSONL and Parquet have the columns of the record, then the day of publication, the sentence, and the reports
    that tell it.

    Examples:

      communique events --dyad Iran,USA --since 2025-01

      communique events --actor Hamas --quad 4 --sort -reports

      communique events --type SANCTION --status occurred -f csv -o sanctions.csv
    """
    path = casebook_path(casebook)
    check_output(output, path)
    wanted = event_filter(
        actor=actor, source=source, target=target, dyad=dyad, types=types, quads=quads, since=since, until=until,
        statuses=statuses, contexts=contexts, text=text, report=report, dataset=dataset, minimum=minimum,
        corrected=corrected, limit=limit, sort=sort or ("-date" if format is Format.table else "date"),
    )  # fmt: skip
    with open_casebook(path, read_only=True) as kept:
        if report is not None:
            wanted = replace(wanted, report_id=report_id_of(kept, report))
        kept.check_names(wanted)
        if format is Format.table:
            _print(kept, wanted, output, ids)
        else:
            write_frame(kept.frame(wanted), format.value, output)


def _print(casebook: Casebook, wanted: EventFilter, output: Path | None, ids: bool) -> None:
    with new_text_file(output) if output else nullcontext() as file:
        console = console_for(file)
        if wanted.limit is None and file is None and console.is_terminal:
            wanted = replace(wanted, limit=ROWS_ON_SCREEN)
        found = casebook.events(wanted)
        print_events(console, found, ids=ids)
    there = casebook.count(wanted) if len(found) == wanted.limit else len(found)
    shown = (
        f"{counted(there, 'event')}, {len(found)} shown (--limit)" if there > len(found) else counted(there, "event")
    )
    Console(stderr=True, highlight=False).print(shown, style="dim")
