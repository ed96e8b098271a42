"""`communique standing`: the standing picture of a casebook, or of one report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.casebook.naming import codes_of
from communique.casebook.store import Casebook
from communique.cli.options import CasebookFile, casebook_path, day_of
from communique.cli.read import day_of_publication
from communique.cli.show import on_screen
from communique.errors import UnreadableInput
from communique.pipeline import history_of_reports
from communique.records import DroppedReport, History, Report
from communique.reports import read_reports
from communique.standing.picture import BOARDS, Picture, Row, picture_of


class BoardName(StrEnum):
    """The boards that can be asked for."""

    sanctions = "sanctions"
    agreements = "agreements"
    talks = "talks"
    positions = "positions"
    alignments = "alignments"
    votes = "votes"


class PictureFormat(StrEnum):
    """How the picture is written."""

    table = "table"
    json = "json"


def standing(
    boards: Annotated[
        list[BoardName] | None, typer.Argument(help="Boards to show; all, where none is named.", show_default=False)
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day for which the picture holds, as 2025-02-25.")] = None,
    about: Annotated[
        list[str] | None, typer.Option(help="Only rows that concern this actor (a code or a name); may be repeated.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Show what this report alone gives, without a casebook.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication of --report, as 2025-02-25.")] = None,
    half_life: Annotated[
        float | None, typer.Option(min=1.0, help="Days in which an act loses half its weight in alignments.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Rows shown a board, those that changed last first.")] = 40,
    evidence: Annotated[bool, typer.Option("--evidence", help="Show the sentences behind each row.")] = False,
    format: Annotated[PictureFormat, typer.Option("--format", "-f", help="A table, or all of it as JSON.")] = (
        PictureFormat.table
    ),
    casebook: CasebookFile = None,
) -> None:
    """Show the standing picture: sanctions, agreements, talks, positions, alignments and votes, at any date.

    Each row is folded from the events that reports told, and leads to their sentences (--evidence, or JSON).

    Examples:

      communique standing --about Iran

      communique standing sanctions talks --as-of 2025-02-25 --evidence

      communique standing --report article.txt --published 2025-02-25 --format json
    """
    wanted = tuple(dict.fromkeys(board.value for board in boards)) if boards else BOARDS
    day, codes = day_of(as_of), codes_of(about or ())
    if report is not None:
        history = _history_of(report, published)
    else:
        with Casebook.open(casebook_path(casebook), read_only=True) as kept:
            history = kept.history(about=codes or None, boards=wanted, as_of=day)
    picture = picture_of(history, day, codes, wanted, half_life)
    if format is PictureFormat.json:
        json.dump(picture.as_json(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print_picture(Console(), picture, most, evidence)


def _history_of(path: Path, published: str | None) -> History:
    found = list(read_reports([str(path)], published=day_of_publication(published)))
    reports = [item for item in found if isinstance(item, Report)]
    dropped = next((item for item in found if isinstance(item, DroppedReport)), None)
    if dropped is not None:
        raise UnreadableInput(f"{dropped.origin}: {dropped.reason}")
    return history_of_reports(reports)


Columns = tuple[tuple[str, Callable[[Any], str]], ...]


def _listed(codes: Sequence[str]) -> str:
    return " ".join(codes)


_COLUMNS: dict[str, Columns] = {
    "sanctions": (
        ("sender", lambda row: row.sender),
        ("target", lambda row: row.target),
        ("on", lambda row: row.on),
        ("status", lambda row: row.status),
        ("since", lambda row: row.since or ""),
        ("relief", lambda row: _relief(row)),
    ),
    "agreements": (
        ("agreement", lambda row: row.name if (row.code or "").startswith(row.name) else f"{row.name} ({row.code})"),
        ("life", lambda row: row.life),
        ("parties", lambda row: _standing_parties(row)),
    ),
    "talks": (
        ("between", lambda row: _listed(row.parties)),
        ("about", lambda row: row.about),
        ("form", lambda row: " ".join(filter(None, (row.form, row.mediators and "by " + _listed(row.mediators))))),
        ("status", lambda row: " ".join(filter(None, (row.status, row.refused_by and "by " + _listed(row.refused_by))))),
        ("since", lambda row: row.since or ""),
        ("condition", lambda row: row.condition or ""),
    ),
    "positions": (
        ("actor", lambda row: row.actor),
        ("holder", lambda row: row.holder or ""),
        ("on", lambda row: row.on),
        ("stance", lambda row: row.stance),
        ("words", lambda row: row.words),
        ("since", lambda row: row.since or ""),
    ),
    "alignments": (
        ("a", lambda row: row.a),
        ("b", lambda row: row.b),
        ("score", lambda row: f"{row.score:+.2f}"),
        ("trend", lambda row: row.trend),
        ("kind", lambda row: row.kind),
        ("events", lambda row: str(len(row.events))),
    ),
    "votes": (
        ("body", lambda row: row.body),
        ("resolution", lambda row: row.resolution),
        ("outcome", lambda row: row.outcome),
        ("for", lambda row: _listed(row.votes["for"])),
        ("against", lambda row: _listed(row.votes["against"])),
        ("abstained", lambda row: _listed(row.votes["abstained"])),
    ),
}  # fmt: skip


# Widths below which words become columns of letters; from ROOMY on there is room for the day of change too.
_LEAST = {
    "agreement": 26,
    "parties": 26,
    "words": 28,
    "condition": 26,
    "resolution": 24,
    "between": 11,
    "status": 9,
    "holder": 9,
}
ROOMY = 100


def _relief(row: Any) -> str:
    parts = [
        "offered" if row.relief_offered else "",
        "asked for" if row.relief_asked else "",
        f"by {_listed(row.relief_by)}" if row.relief_by else "",
    ]
    return ", ".join(filter(None, parts))


def _standing_parties(row: Any) -> str:
    told = [f"{p.actor} {p.status}{f' {p.since}' if p.since else ''}" for p in row.parties if p.status != "party"]
    kept = [p.actor for p in row.parties if p.status == "party"]
    return "; ".join([*told, *([_listed(kept)] if kept else [])])


def print_picture(console: Console, picture: Picture, most: int, evidence: bool) -> None:
    """Print each board: its name and number of rows, then a table, or each row with its history and sentences."""
    for board, rows in picture.boards.items():
        console.print(Text(board, style="bold").append(f"  {len(rows)} row{'s' * (len(rows) != 1)}", style="dim"))
        if rows:
            _print_board(console, board, _latest(rows, most, board), evidence)
        if len(rows) > most:
            console.print(Text(f"  … and {len(rows) - most} more (--most, --about, or --format json)", style="dim"))


def _latest(rows: Sequence[Row], most: int, board: str) -> Sequence[Row]:
    """Give the rows that changed last where there are too many; alignments are sorted by their strength already."""
    if len(rows) <= most or board == BoardName.alignments:
        return rows[:most]
    return sorted(rows, key=lambda row: row.changed or "", reverse=True)[:most]


def _print_board(console: Console, board: str, rows: Sequence[Row], evidence: bool) -> None:
    if evidence:
        for row in rows:
            _print_with_evidence(console, board, row)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    roomy = console.width >= ROOMY
    for name, _ in _COLUMNS[board]:
        least = _LEAST.get(name)
        table.add_column(
            name, overflow="fold", no_wrap=name == "since", min_width=least if roomy or not least else 5 + least // 3
        )
    if roomy:
        table.add_column("changed", no_wrap=True)
    for row in rows:
        cells = [Text(on_screen(cell(row))) for _, cell in _COLUMNS[board]]
        table.add_row(*cells, *([Text(row.changed or "")] if roomy else []))
    console.print(table)


def _print_with_evidence(console: Console, board: str, row: Row) -> None:
    """A row on a line of its own, and under it its history, each step with the words and the report that say so."""
    cells = [on_screen(cell(row)) for _, cell in _COLUMNS[board]]
    console.print(Text("  " + "  ".join(filter(None, cells)), style="bold"), soft_wrap=True)
    for step in row.history:
        line = Text(f"    {step.date or '':<10}  ").append(f"{step.step:<20}", style="cyan")
        line.append(on_screen(f"  {step.words}")).append(on_screen(f"  [{step.report_id}]"), style="dim")
        console.print(line, soft_wrap=True)
    for sentence in row.evidence:
        console.print(Text(f"      {on_screen(sentence.text)}", style="dim"), soft_wrap=True)
    console.print()
