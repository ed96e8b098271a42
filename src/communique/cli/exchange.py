"""`communique import` and `communique export`: other people's event tables in, and ours out in their form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from communique.casebook.kept import Imported
from communique.cli.frames import write_frame
from communique.cli.options import (
    Actor,
    CasebookFile,
    Contexts,
    Corrected,
    Dataset,
    Dyad,
    Minimum,
    Output,
    Quads,
    ReportId,
    Since,
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
from communique.cli.rows import write_rows
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, plain_table, progress
from communique.exchange import (
    FORMATS,
    ExportTally,
    ImportTally,
    read_foreign,
    write_gdelt,
    write_icews,
    write_jsonld,
    write_polecat,
)
from communique.pipeline import import_events, open_casebook
from communique.records import KeptEvent
from communique.tables import PathLike

# Of what is unknown, as many of the commonest are shown.
_MOST_UNKNOWN = 15
_PROGRESS = "{task.completed:.0f} rows, {task.fields[kept]} events"


def import_(
    paths: Annotated[list[str], typer.Argument(help="Tables, also .gz or .zip; folders of quadruples.")],
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}.", show_default="told by the file itself"),
    ] = None,
    start: Annotated[
        str | None, typer.Option(help="Day from which the hours of quadruples count.", show_default=False)
    ] = None,
    unknown: Annotated[
        Path | None, typer.Option(help="Write all unknown actors and codes to this CSV file, with their counts.")
    ] = None,
    casebook: CasebookFile = None,
) -> None:
    """Keep the events of other datasets: ICEWS, GDELT 1.0 and 2.0, POLECAT, Phoenix, ACLED, files of quadruples.

    Their codes become ours by the crosswalk, and their actors' codes; their ids are kept, so that a row that is
    imported again changes nothing. What is unknown is counted and listed, never guessed.

    Examples:

      communique import events.2014.20150313084533.tab

      communique import 20150218230000.export.CSV.zip --unknown unknown.csv

      communique import icews14/ --start 2014-01-01
    """
    place = casebook_path(casebook)
    check_output(unknown, place)
    for path in paths:
        # A format that is not known raises here, before anything of any file is kept.
        read_foreign(path, format, start)
    tally = ImportTally()
    done: list[Imported] = []
    with open_casebook(place) as kept, progress(_PROGRESS, kept=0) as step:
        for path in paths:
            imported, of_file = import_events(kept, path, format, start, _watch(step, tally))
            done.append(imported)
            _join(tally, of_file)
    _print_imported(done, tally)
    if unknown is not None:
        rows = [
            *(("actor", name, count) for name, count in tally.top_unknown_actors(len(tally.unknown_actors))),
            *(("code", name, count) for name, count in tally.top_unknown_codes(len(tally.unknown_codes))),
        ]
        write_rows(("kind", "unknown", "rows"), rows, "csv", unknown)


def _watch(step: Progress | None, before: ImportTally) -> Callable[[ImportTally], None] | None:
    if step is None:
        return None

    def told(tally: ImportTally) -> None:
        step.update(step.task_ids[0], completed=before.rows + tally.rows, kept=before.kept + tally.kept)

    return told


def _join(tally: ImportTally, other: ImportTally) -> None:
    tally.rows += other.rows
    tally.kept += other.kept
    tally.both_known += other.both_known
    tally.refused += other.refused
    tally.unknown_actors += other.unknown_actors
    tally.unknown_codes += other.unknown_codes


def _print_imported(done: list[Imported], tally: ImportTally) -> None:
    console = console_for()
    datasets = " and ".join(dict.fromkeys(one.dataset for one in done))
    added, known = sum(one.added for one in done), sum(one.known for one in done)
    line = f"{counted(tally.rows, 'row')} of {on_screen(datasets)}: {counted(added, 'event')} added, {known:,} known before"
    console.print(
        f"{line}, {tally.rows - tally.kept:,} refused; both sides known in {tally.both_known:,}", soft_wrap=True
    )
    for reason, number in sorted(tally.refused.items(), key=lambda pair: (-pair[1], pair[0])):
        console.print(Text(f"  {number:>9,} refused: {reason.value}", style="dim"), soft_wrap=True)
    for title, top, all_of in (
        ("unknown actor", tally.top_unknown_actors(_MOST_UNKNOWN), tally.unknown_actors),
        ("unknown code", tally.top_unknown_codes(_MOST_UNKNOWN), tally.unknown_codes),
    ):
        if not top:
            continue
        table = plain_table(title, "#rows")
        for name, number in top:
            table.add_row(Text(on_screen(name)), f"{number:,}")
        console.print(table)
        if len(all_of) > len(top):
            console.print(Text(f"… and {len(all_of) - len(top):,} more (--unknown FILE writes all)", style="dim"))


class ExportFormat(StrEnum):
    """The forms in which events go out."""

    gdelt1 = "gdelt1"
    gdelt2 = "gdelt2"
    icews = "icews"
    polecat = "polecat"
    jsonld = "jsonld"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="The form.", show_default=False)],
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
    limit: Annotated[int | None, typer.Option(min=1, help="As many at most.", show_default=False)] = None,
    output: Output = None,
    casebook: CasebookFile = None,
) -> None:
    """Write events as GDELT-like, ICEWS-like or POLECAT-like tables, as JSON-LD, or in columns of our own.

    Tables of other projects hold deeds of one day between two actors: what is planned, hypothetical or denied, or has
    no day, is left out of them and counted. JSON-LD, CSV, JSONL and Parquet hold all.

    Examples:

      communique export -f gdelt2 -o events.export.CSV

      communique export -f icews --since 2025 --actor Iran -o iran.tab

      communique export -f jsonld -o events.jsonld
    """
    path = casebook_path(casebook)
    check_output(output, path)
    wanted = event_filter(
        actor=actor, source=source, target=target, dyad=dyad, types=types, quads=quads, since=since, until=until,
        statuses=statuses, contexts=contexts, text=text, report=report, dataset=dataset, minimum=minimum,
        corrected=corrected, limit=limit,
    )  # fmt: skip
    with open_casebook(path, read_only=True) as kept:
        kept.check_names(wanted)
        if report is not None:
            wanted = replace(wanted, report_id=report_id_of(kept, report))
        if format in {ExportFormat.csv, ExportFormat.jsonl, ExportFormat.parquet}:
            frame = kept.frame(wanted)
            write_frame(frame, format.value, output)
            tally = ExportTally(rows=frame.height, events=frame.height)
        else:
            tally = _write(format, kept.stream(replace(wanted, sort="date")), output or sys.stdout)
    _print_exported(tally)


def _write(format: ExportFormat, events: Iterable[KeptEvent], target: TextIO | PathLike) -> ExportTally:
    if format is ExportFormat.jsonld:
        number = write_jsonld(events, target)
        return ExportTally(rows=number, events=number)
    if format is ExportFormat.icews:
        return write_icews(events, target)
    if format is ExportFormat.polecat:
        return write_polecat(events, target)
    return write_gdelt(events, target, "1.0" if format is ExportFormat.gdelt1 else "2.0")


def _print_exported(tally: ExportTally) -> None:
    told = Console(stderr=True, highlight=False)
    told.print(f"{counted(tally.rows, 'row')} of {counted(tally.events, 'event')} written", style="dim")
    for reason, number in sorted(tally.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        told.print(Text(f"  {counted(number, 'event')} left out: {reason.value}", style="dim"), soft_wrap=True)
