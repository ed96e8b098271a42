"""`communique read`: reports in, coded events out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from communique.cli.show import on_screen, print_report
from communique.errors import UnreadableInput, UsageError
from communique.pipeline import NOT_ENGLISH, read_all, read_resumably
from communique.records import DroppedReport, Event, Reading
from communique.reports import STANDARD_INPUT, Columns, read_reports, same_file
from communique.reports.plain import read_date
from communique.scale.chunks import Outcome
from communique.scale.local import MOST_WORKERS
from communique.scale.resume import Engine, Request, Watch
from communique.scale.shards import Step
from communique.tables import by_report_line, new_text_file, write_events, write_lines, write_parquet


class Format(StrEnum):
    """What `read` writes."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


# Of reports that were not read, as many are listed; the rest are counted.
MOST_SHOWN = 20


@dataclass(slots=True)
class Tally:
    """What a batch has come to, counted as it streams by."""

    reports: int = 0
    events: int = 0
    dropped: int = 0
    shown: list[DroppedReport] = field(default_factory=list)

    def drop(self, report: DroppedReport) -> None:
        """Count a report that was not read, and keep the first few to show."""
        self.dropped += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append(report)


Published = Annotated[str | None, typer.Option(help="Day of publication of a text that carries none, as 2025-02-25.")]
Paths = Annotated[
    list[str], typer.Argument(help="Files, folders (recursive) or - for standard input.", show_default=False)
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", "-w", min=1, max=MOST_WORKERS, show_default="1; for ray, all CPUs",
        help="How many processes read; the output is the same.",
    ),
]  # fmt: skip
Resume = Annotated[
    bool, typer.Option("--resume", help="Keep what is done beside the output, so that a stopped run goes on; needs -o.")
]
Restart = Annotated[bool, typer.Option("--restart", help="Throw away what a stopped run left, and read all anew.")]
Address = Annotated[
    str | None, typer.Option(help="Ray cluster to read on, as ray://host:10001 or auto; else this machine.")
]


def read(
    paths: Paths,
    published: Published = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the events.")] = Format.table,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    by_report: Annotated[
        bool, typer.Option("--by-report", help="One JSON line a report, with id and events (jsonl).")
    ] = False,
    minimum: Annotated[
        float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out events below this confidence.")
    ] = 0.0,
    id_column: Annotated[str, typer.Option(help="Column with the report's id, in rows.")] = "id",
    published_column: Annotated[str, typer.Option(help="Column with the day of publication, in rows.")] = "published",
    title_column: Annotated[str, typer.Option(help="Column with the title, in rows.")] = "title",
    text_column: Annotated[str, typer.Option(help="Column with the text, in rows.")] = "text",
    workers: Workers = None,
    engine: Annotated[Engine, typer.Option(help="Read in processes here, or by Ray Data (extra: ray).")] = Engine.local,
    address: Address = None,
    resume: Resume = False,
    restart: Restart = False,
) -> None:
    """Read reports and print their events, each with the sentence it stands on.

    Reads plain text, HTML pages, and rows of JSONL, CSV and Parquet, each also gzipped.
    A batch shows progress and a summary on standard error; what cannot be read is listed there
    with its reason, the rest goes on, and the exit code is then 2.

    Examples:

      communique read report.txt --published 2025-02-25

      communique read archive/ -f parquet -o events.parquet --workers 4

      cat story.html | communique read - -f jsonl

      communique read wire.parquet -f jsonl -o events.jsonl --engine ray --workers 8
    """
    columns = Columns(id=id_column, published=published_column, title=title_column, text=text_column)
    choice = Choice(
        paths, day_of_publication(published), format, output, by_report, columns, workers, engine, address, resume,
        restart,
    )  # fmt: skip
    choice.check()
    tally = Tally()
    with _progress(paths) as step, choice.outcomes(step) as outcomes:
        _write(_counted(outcomes, tally, minimum, None if choice.in_shards else step), format, output, by_report)
    _summary(tally, single=format is Format.table and tally.reports <= 1)
    if tally.dropped:
        raise typer.Exit(2)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line asked for."""

    paths: list[str]
    published: date | None
    format: Format
    output: Path | None
    by_report: bool
    columns: Columns
    workers: int | None
    engine: Engine
    address: str | None
    resume: bool
    restart: bool

    @property
    def in_shards(self) -> bool:
        """Whether what is done is kept in shards beside the output."""
        return self.engine is Engine.ray or self.resume or self.restart

    def check(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.by_report and self.format is not Format.jsonl:
            raise UsageError("--by-report goes with --format jsonl")
        output = self.output
        if output is not None and any(path != STANDARD_INPUT and same_file(path, output) for path in self.paths):
            raise UsageError(f"{output}: is to be read, and writing would replace it; name another file with -o")
        if self.address is not None and self.engine is not Engine.ray:
            raise UsageError("--address goes with --engine ray")
        if self.in_shards and (output is None or self.format is Format.table):
            asked = "--engine ray" if self.engine is Engine.ray else "--resume" if self.resume else "--restart"
            raise UsageError(f"{asked} writes rows to a file: add -o FILE and -f jsonl, csv or parquet")

    @contextmanager
    def outcomes(self, step: Progress | None) -> Iterator[Iterator[Outcome]]:
        """Give what reading each report gives, in order, by the engine that was chosen."""
        if self.output is not None and self.in_shards:
            request = Request(
                self.paths, self.output, self.columns, self.published, self.engine, self.workers, self.address,
                self.restart,
            )  # fmt: skip
            with read_resumably(request, _watch(step)) as kept:
                yield kept
            return
        # A program without a terminal may have no standard input at all.
        stdin = cast(BinaryIO, sys.stdin.buffer) if sys.stdin is not None else io.BytesIO()
        found = read_reports(
            self.paths, published=self.published, columns=self.columns, standard_input=stdin, leave_out=self.output
        )
        with closing(read_all(found, self.workers or 1, with_sentences=self.format is Format.table)) as read_now:
            yield read_now


def _watch(step: Progress | None) -> Watch:
    """Tell on standard error where a stopped run goes on, and count in the progress bar."""

    def begin(there: int, wanted: int) -> None:
        if there:
            Console(stderr=True, highlight=False).print(
                f"going on with a run that was stopped: {there} of {wanted} blocks are there"
            )

    events = 0

    def stepped(done: Step) -> None:
        nonlocal events
        events += done.events
        if step is not None:
            step.update(step.task_ids[0], advance=done.outcomes, events=events)

    return Watch(begin, stepped)


def day_of_publication(published: str | None) -> date | None:
    """Give the day that --published means, whole: "2025-02-25 or so" is no day.

    Raises UsageError where it is none.
    """
    if published is None:
        return None
    try:
        day = read_date(published)
    except UnreadableInput:
        day = None
    if day is None:
        raise UsageError(f"published {published!r}: write the day as 2025-02-25")
    return day


Result = tuple[Reading, list[Event]]


def _counted(outcomes: Iterator[Outcome], tally: Tally, minimum: float, step: Progress | None) -> Iterator[Result]:
    for outcome in outcomes:
        if isinstance(outcome, DroppedReport):
            tally.drop(outcome)
            continue
        events = [event for event in outcome.events if event.confidence >= minimum]
        if outcome.english:
            tally.reports += 1
        else:
            name = outcome.report_id
            tally.drop(DroppedReport(name, NOT_ENGLISH, name))
        tally.events += len(events)
        if step is not None:
            step.update(step.task_ids[0], advance=1, events=tally.events)
        yield outcome, events


def _progress(paths: list[str]) -> Progress | nullcontext[None]:
    console = Console(stderr=True)
    if not console.is_terminal or paths == ["-"]:
        return nullcontext()
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.completed:.0f} reports, {task.fields[events]} events"), TimeElapsedColumn(),
        console=console, transient=True,
    )  # fmt: skip
    bar.add_task("reading", total=None, events=0)
    return bar


def _write(results: Iterator[Result], format: Format, output: Path | None, by_report: bool) -> None:
    if format is Format.table:
        with new_text_file(output) if output else nullcontext() as file:
            console = Console(file=file, width=None if output is None else 120)
            for result, events in results:
                if result.report is not None:
                    print_report(console, result.report, result.sentences, events)
        return
    if by_report:
        lines = (by_report_line(result.report_id, events) for result, events in results)
        write_lines(lines, output or sys.stdout)
        return
    flat = (event for _, found in results for event in found)
    if format is Format.parquet:
        if output is None and sys.stdout.isatty():
            raise UsageError("Parquet is not for a terminal: name a file with -o, or pipe it on")
        write_parquet(flat, output or cast(BinaryIO, sys.stdout.buffer))
    else:
        write_events(flat, format.value, output or sys.stdout)


def _summary(tally: Tally, *, single: bool) -> None:
    console = Console(stderr=True, highlight=False)
    for dropped in tally.shown:
        console.print(
            Text("not read: ", style="yellow").append(
                on_screen(f"{dropped.origin}: {dropped.reason}"), style="default"
            ),
            soft_wrap=True,
        )
    if tally.dropped > len(tally.shown):
        console.print(f"not read: … and {tally.dropped - len(tally.shown)} more", style="yellow")
    if not single or tally.dropped:
        read = f"{tally.reports} report{'s' * (tally.reports != 1)} read"
        console.print(f"{read}, {tally.events} event{'s' * (tally.events != 1)}; {tally.dropped} not read")
