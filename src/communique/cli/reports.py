"""`communique reports` and `communique report`: what was read, its versions, and what one report tells."""

from __future__ import annotations

import os
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import KeptReport
from communique.casebook.places import sentences_in
from communique.casebook.store import Casebook
from communique.cli.options import CasebookFile, Output, casebook_path, check_output, report_id_of
from communique.cli.rows import write_rows
from communique.cli.show import on_screen, print_report
from communique.cli.show_kept import (
    ROWS_ON_SCREEN,
    console_for,
    counted,
    day_text,
    moment,
    plain_table,
)
from communique.errors import UsageError
from communique.pipeline import open_casebook
from communique.records import DroppedReport, Event


class ListFormat(StrEnum):
    """How reports are listed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def reports(
    text: Annotated[str | None, typer.Option(help="Words that all stand in title or text.")] = None,
    since: Annotated[str | None, typer.Option(help="Published from this day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option(help="Published up to this day, month or year.")] = None,
    versions: Annotated[bool, typer.Option("--versions", help="Earlier versions too.")] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="Instead, what could not be read, with the reason.")] = (
        False
    ),
    limit: Annotated[int | None, typer.Option(min=1, help="As many at most.", show_default="50 on a terminal")] = None,
    format: Annotated[ListFormat, typer.Option("--format", "-f", help="How to write them.")] = ListFormat.table,
    output: Output = None,
    casebook: CasebookFile = None,
) -> None:
    """List the reports of the casebook, the latest first: day of publication, title, id, number of events, version.

    Examples:

      communique reports --since 2025-02 --text "nuclear talks"

      communique reports --versions -f csv -o reports.csv

      communique reports --dropped
    """
    path = casebook_path(casebook)
    check_output(output, path)
    if format is ListFormat.table and output is not None:
        raise UsageError("-o goes with --format csv or jsonl")
    console = console_for()
    if limit is None and format is ListFormat.table and console.is_terminal:
        limit = ROWS_ON_SCREEN
    with open_casebook(path, read_only=True) as kept:
        if dropped:
            left = kept.dropped()[:limit]
            if format is ListFormat.table:
                _print_dropped(console, left)
            else:
                columns = ("origin", "reason", "report_id")
                write_rows(columns, [(one.origin, one.reason, one.report_id) for one in left], format.value, output)
            return
        found = kept.reports(ReportFilter(text, since, until, versions=versions, limit=limit, sort="-published"))
    if format is ListFormat.table:
        _print_list(console, found, versions)
    else:
        write_rows(_COLUMNS, [_row(one) for one in found], format.value, output)


_COLUMNS = ("report_id", "title", "published", "origin", "version", "superseded", "english", "added_at", "events")


def _row(one: KeptReport) -> tuple[object, ...]:
    report = one.report
    return (
        report.report_id, report.title, report.published, report.origin, one.version, one.superseded, one.english,
        one.added_at, one.events,
    )  # fmt: skip


def _print_list(console: Console, found: list[KeptReport], versions: bool) -> None:
    table = plain_table("published", "report", "id", "#events", "#version", *(["added (UTC)", ""] if versions else []))
    for one in found:
        report = one.report
        name = report.title or os.path.basename(report.origin or report.report_id)
        cells = [day_text(report.published), name, report.report_id, f"{one.events}", f"{one.version}"]
        if versions:
            cells += [moment(one.added_at), "superseded" if one.superseded else ""]
        if not one.english:
            cells[1] += "  (not English)"
        table.add_row(*(Text(on_screen(cell), style="dim" if one.superseded else "") for cell in cells))
    if found:
        console.print(table)
    Console(stderr=True, highlight=False).print(counted(len(found), "report"), style="dim")


def _print_dropped(console: Console, found: list[DroppedReport]) -> None:
    table = plain_table("not read", "reason")
    for one in found:
        table.add_row(Text(on_screen(one.origin)), Text(on_screen(one.reason)))
    if found:
        console.print(table)
    Console(stderr=True, highlight=False).print(f"{counted(len(found), 'report')} not read", style="dim")


def report(
    report_id: Annotated[str, typer.Argument(help="The report's id, or its file.", metavar="ID", show_default=False)],
    text: Annotated[bool, typer.Option("--text", help="Show its words.")] = False,
    version: Annotated[int | None, typer.Option(min=1, help="Show the words of this version.")] = None,
    casebook: CasebookFile = None,
) -> None:
    """Show one report with the events it tells, each with its sentence, and how many other reports tell it.

    Examples:

      communique report wire-0412

      communique report wire-0412 --version 1
    """
    with open_casebook(casebook_path(casebook), read_only=True) as kept:
        held = _versions(kept, report_id)
        newest = next(one for one in held if not one.superseded)
        shown = newest if version is None else next((one for one in held if one.version == version), None)
        if shown is None:
            raise UsageError(f"report {report_id!r} has versions 1 to {newest.version}, no {version}")
        console = console_for()
        if version is None:
            _print_told(console, kept, newest)
        _print_about(console, shown, held)
        if text or version is not None:
            for line in shown.report.text.splitlines():
                console.print(Text(on_screen(line)), soft_wrap=not console.is_terminal)


def _versions(casebook: Casebook, given: str) -> list[KeptReport]:
    held = casebook.reports(ReportFilter(report_id=report_id_of(casebook, given), versions=True))
    if not held:
        raise UsageError(f"there is no report {given!r} in the casebook; communique reports lists them")
    return held


def _print_about(console: Console, shown: KeptReport, held: list[KeptReport]) -> None:
    report = shown.report
    lines = [f"id {report.report_id}"]
    if report.origin and report.origin != report.report_id:
        lines.append(f"from {report.origin}")
    lines.append(f"version {shown.version} of {len(held)}, added {moment(shown.added_at)} UTC")
    if not shown.english:
        lines.append("not read: taken for another language than English, or for no prose")
    for line in lines:
        console.print(Text(on_screen(line), style="dim"), soft_wrap=True)


def _print_told(console: Console, casebook: Casebook, newest: KeptReport) -> None:
    report = newest.report
    acts = casebook.events(EventFilter(report_id=report.report_id))
    own = {event_id: act for act in acts for event_id, told_by in act.tellings if told_by == report.report_id}
    told: list[Event] = []
    for telling in casebook.tellings(own):
        here, act = telling.event, own[telling.event_id].event
        # What the act is today, at the place where this report tells it.
        told.append(
            replace(act, sentence=here.sentence, start=here.start, end=here.end, anchor=here.anchor, event_id=here.event_id)
        )  # fmt: skip
    told.sort(key=lambda event: (event.sentence, event.start, event.event_id))
    sentences = sentences_in({0: report.text, -1: report.title or ""}, casebook.sentences(report.report_id))
    places = {sentence.index for sentence in sentences}
    print_report(console, report, sentences, [event for event in told if event.sentence in places])
    others = {
        other for act in acts for _, other in act.tellings if other != report.report_id
    }  # fmt: skip
    if others:
        console.print(Text(f"the same acts are told by {counted(len(others), 'other report')}: ", style="dim").append(
            on_screen(", ".join(sorted(others)[:10]) + (" …" if len(others) > 10 else ""))), soft_wrap=True)  # fmt: skip
