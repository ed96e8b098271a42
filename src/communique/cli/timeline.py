"""`communique timeline A B`: what two actors did to each other, in time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from communique.casebook.filters import EventFilter
from communique.casebook.naming import code_of
from communique.cli.frames import write_frame
from communique.cli.options import CasebookFile, Output, Since, Until, casebook_path, check_output
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, timeline_line
from communique.errors import UsageError
from communique.pipeline import open_casebook
from communique.records import KeptEvent


class TimelineFormat(StrEnum):
    """How the timeline is written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


class Span(StrEnum):
    """What lines are grouped by."""

    month = "month"
    year = "year"


def timeline(
    a: Annotated[str, typer.Argument(help="An actor: a code or a name.", metavar="A", show_default=False)],
    b: Annotated[str, typer.Argument(help="The other.", metavar="B", show_default=False)],
    since: Since = None,
    until: Until = None,
    by: Annotated[Span, typer.Option(help="Group the lines by month or by year.")] = Span.month,
    format: Annotated[TimelineFormat, typer.Option("--format", "-f", help="How to write it.")] = TimelineFormat.table,
    output: Output = None,
    casebook: CasebookFile = None,
) -> None:
    """Show all acts between two actors, either way, one line an event in the order of time.

    ×3 stands behind an event that three reports tell. Days are those of the events, or of publication.

    Examples:

      communique timeline Iran "United States"

      communique timeline RUS UKR --since 2014 --until 2014-12 --by year

      communique timeline ISR HAMAS -f csv -o israel-hamas.csv
    """
    path = casebook_path(casebook)
    check_output(output, path)
    first, second = code_of(a), code_of(b)
    if format is TimelineFormat.table and output is not None:
        raise UsageError("-o goes with --format csv or jsonl")
    with open_casebook(path, read_only=True) as kept:
        if format is TimelineFormat.table:
            _print(f"{first} – {second}", kept.timeline(first, second, since, until), by)
        else:
            wanted = EventFilter(dyad=(first, second), since=since, until=until)
            write_frame(kept.frame(wanted), format.value, output)


def _print(heading: str, events: list[KeptEvent], by: Span) -> None:
    console = console_for()
    console.print(
        Text(on_screen(heading), style="bold").append(f"  {counted(len(events), 'event')}", style="not bold dim")
    )
    length = len("2025") if by is Span.year else len("2025-02")
    spans: dict[str, list[KeptEvent]] = {}
    for kept in events:
        spans.setdefault((kept.event.date or kept.published or "no date")[:length], []).append(kept)
    for span, found in spans.items():
        console.print(Text(f"\n{span}", style="bold"))
        for kept in found:
            line = timeline_line(kept)
            # On a screen a line is cut where it ends; in a pipe it is whole.
            if console.is_terminal:
                console.print(line, overflow="ellipsis", no_wrap=True)
            else:
                console.print(line, soft_wrap=True)
