"""`communique add`: reports into the casebook, with their events."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, BinaryIO, cast

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from communique.casebook.kept import Added
from communique.cli.options import CasebookFile, casebook_path
from communique.cli.read import MOST_SHOWN, Paths, Published, Tally, day_of_publication
from communique.cli.show import on_screen
from communique.cli.show_kept import counted, progress
from communique.pipeline import NOT_ENGLISH, keep_reports, make_report, open_casebook
from communique.records import DroppedReport, Report
from communique.reports import STANDARD_INPUT, Columns, read_reports
from communique.scale.chunks import Outcome
from communique.scale.local import MOST_WORKERS, check_workers


def add(
    paths: Paths,
    published: Published = None,
    id_column: Annotated[str, typer.Option(help="Column with the report's id, in rows.")] = "id",
    published_column: Annotated[str, typer.Option(help="Column with the day of publication, in rows.")] = "published",
    title_column: Annotated[str, typer.Option(help="Column with the title, in rows.")] = "title",
    text_column: Annotated[str, typer.Option(help="Column with the text, in rows.")] = "text",
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, max=MOST_WORKERS, help="How many processes read.")
    ] = 1,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read anew what an earlier state of the program has read.")
    ] = False,
    casebook: CasebookFile = None,
) -> None:
    """Read reports and keep them in the casebook, with their events; the same act in several reports is one event.

    A report that is there already changes nothing; one that has changed supersedes its earlier version, which is kept.
    A file is known by its whole path, a row by its id. A run that is stopped leaves what it has kept: give the same
    command to go on. What cannot be read is listed with its reason, and the exit code is then 2.

    Examples:

      communique add report.txt --published 2025-02-25

      communique add archive/ --workers 4

      communique add wire.jsonl --id-column guid --published-column day -c wires.duckdb
    """
    day = day_of_publication(published)
    check_workers(workers)
    columns = Columns(id=id_column, published=published_column, title=title_column, text=text_column)
    stdin = cast(BinaryIO, sys.stdin.buffer) if sys.stdin is not None else io.BytesIO()
    # From another folder the same words may lead to another file, and the other way round.
    whole = [path if path == STANDARD_INPUT else os.path.abspath(path) for path in paths]
    place = casebook_path(casebook)
    found = read_reports(whole, published=day, columns=columns, standard_input=stdin, leave_out=place)
    tally = Tally()
    with open_casebook(place) as kept, progress(_PROGRESS, events=0, read=0) as step:
        done = keep_reports(
            kept, _watched(found, step), workers, lambda outcome: _count(outcome, tally, step), reread=reread
        )
        total = kept.contents()
    _print(done, tally)
    Console(highlight=False).print(
        f"the casebook holds {counted(total.reports, 'report')} and {counted(total.events, 'event')}", style="dim"
    )
    if tally.dropped:
        raise typer.Exit(2)


_PROGRESS = "{task.completed:.0f} reports, {task.fields[read]} read, {task.fields[events]} events"


def _watched(items: Iterator[Report | DroppedReport], step: Progress | None) -> Iterator[Report | DroppedReport]:
    """Give the items on, each counted; what comes from standard input is known by its words, for it has no name."""
    for item in items:
        if step is not None:
            step.advance(step.task_ids[0])
        if isinstance(item, Report) and item.report_id.partition(":")[0] == STANDARD_INPUT:
            item = replace(item, report_id=make_report(item.text, title=item.title).report_id)
        yield item


def _count(outcome: Outcome, tally: Tally, step: Progress | None) -> None:
    if isinstance(outcome, DroppedReport):
        tally.drop(outcome)
        return
    if outcome.english:
        tally.reports += 1
    else:
        name = outcome.report_id
        tally.drop(DroppedReport(name, NOT_ENGLISH, name))
    tally.events += len(outcome.events)
    if step is not None:
        step.update(step.task_ids[0], read=tally.reports, events=tally.events)


def _print(done: Added, tally: Tally) -> None:
    told = Console(stderr=True, highlight=False)
    for dropped in tally.shown:
        words = on_screen(f"{dropped.origin}: {dropped.reason}")
        told.print(Text("not read: ", style="yellow").append(words, style="default"), soft_wrap=True)
    if tally.dropped > MOST_SHOWN:
        told.print(
            f"not read: … and {tally.dropped - MOST_SHOWN:,} more (communique reports --dropped)", style="yellow"
        )
    parts = [f"{done.added:,} new", f"{done.unchanged:,} unchanged", f"{done.superseded:,} superseded"]
    if done.reread:
        parts.append(f"{done.reread:,} reread")
    parts += [f"{tally.dropped:,} not read", counted(done.events, "event")]
    Console(highlight=False).print(", ".join(parts))
