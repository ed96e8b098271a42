"""How what a casebook keeps looks on a terminal, and plainly in a pipe."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from communique.casebook.places import whole_sentence
from communique.cli.show import STATUS_STYLE, evidence, on_screen, status_of, who_did_what
from communique.records import KeptEvent

# As wide as a row can become in a pipe, where nothing is folded for a screen.
WIDE = 2_000
ROWS_ON_SCREEN = 50


def console_for(file: TextIO | None = None) -> Console:
    """Give the console that prints: as wide as the screen on a terminal, in pipes and files one line a row."""
    console = Console(file=file, highlight=False)
    if file is None and (console.is_terminal or os.environ.get("COLUMNS", "").isdigit()):
        return console
    return Console(file=file, highlight=False, width=WIDE)


def progress(words: str, **fields: Any) -> Progress | nullcontext[None]:
    """Give a line on standard error that counts what goes by, where that is a terminal.

    `words` may name `{task.completed}` and `{task.fields[NAME]}` for each of `fields`.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        return nullcontext()
    bar = Progress(SpinnerColumn(), TextColumn(words), TimeElapsedColumn(), console=console, transient=True)
    bar.add_task("", total=None, **fields)
    return bar


def counted(number: int, noun: str) -> str:
    """Give "1 event", "2 events", "1,200 events"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def plain_table(*columns: str) -> Table:
    """Give an empty table in the house's style; a column whose name begins with # holds numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    for name in columns:
        numbers = name.startswith("#")
        table.add_column(name.removeprefix("#"), justify="right" if numbers else "left", overflow="fold")
    return table


def print_events(console: Console, events: Sequence[KeptEvent], *, ids: bool = False) -> None:
    """Print events as a table: when, who did what, status, how many reports tell it, how sure, the sentence."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)
    if ids:
        table.add_column("id", no_wrap=True, min_width=16)
    table.add_column("date", no_wrap=True, min_width=10)
    table.add_column("event", min_width=20)
    table.add_column("status", min_width=8)
    table.add_column("sources", justify="right", min_width=7)
    table.add_column("sure", justify="right", min_width=4)
    table.add_column("sentence", ratio=1)
    for kept in events:
        event = kept.event
        cells: list[Text | str] = [Text(on_screen(event.event_id), style="dim")] if ids else []
        cells += [day_of_event(kept), who_did_what(event), status_of(event), str(sources_of(kept))]
        table.add_row(*cells, f"{event.confidence:.2f}", sentence_of(kept))
    console.print(table)


def sources_of(kept: KeptEvent) -> int:
    """Give how many reports tell an event."""
    return len({report_id for _, report_id in kept.tellings})


def day_of_event(kept: KeptEvent) -> Text:
    """Give the date of an event, dim the day of publication where it has none."""
    return Text(kept.event.date) if kept.event.date else Text(kept.published or "", style="dim")


def timeline_line(kept: KeptEvent) -> Text:
    """Give an event as one line: the day, who did what, status where it is no plain deed, sources, the words."""
    event = kept.event
    line = Text(f"  {kept.event.date or kept.published or '?':<10}  ")
    line.append_text(who_did_what(event))
    if event.status.value != "occurred":
        line.append(f" ({event.status.value})", style=STATUS_STYLE[event.status])
    if event.claimed_by:
        line.append(f" says {event.claimed_by}", style="dim")
    if (told := sources_of(kept)) > 1:
        line.append(f" ×{told}", style="dim")
    return line.append("  ").append_text(sentence_of(kept))


def sentence_of(kept: KeptEvent) -> Text:
    """Give the sentence that tells an event, its anchor highlighted; of an imported event what its dataset says."""
    event, words = kept.event, kept.sentence_text
    if not words:
        told = " → ".join(filter(None, (event.source_text, event.target_text)))
        return Text(on_screen(told), style="dim").append(on_screen(f"  [{event.rule}]"), style="dim italic")
    at = words.find(event.anchor) if event.anchor else -1
    if at < 0:
        return Text(on_screen(words), style="dim")
    return evidence([whole_sentence(event.sentence, words)], replace(event, start=at, end=at + len(event.anchor)))


def moment(at: datetime | None) -> str:
    """Give a time of the casebook to the minute."""
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


def day_text(day: date | None) -> str:
    """Give a day as ISO text, empty where there is none."""
    return "" if day is None else day.isoformat()


def listed(codes: Iterable[str]) -> str:
    """Give codes, or anything, as one text."""
    return " ".join(map(str, codes))
