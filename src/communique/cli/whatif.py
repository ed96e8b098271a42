"""`communique whatif`: supposes events and shows how the outlook shifts."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.casebook.naming import code_of
from communique.cli.options import CasebookFile, casebook_path, day_of
from communique.cli.outlook import AsOf, Days, Format, OutlookFormat, history_of, percent, write_json
from communique.cli.show import on_screen
from communique.errors import UsageError
from communique.outlook.model_cache import kept_model, model_folder
from communique.outlook.whatif import LEAST_SHIFT, WhatIf, hypothetical_event, whatif


def show_whatif(
    events: Annotated[
        list[str], typer.Argument(help='Supposed events, each as "USA SANCTION IRN 2025-03-01".', show_default=False)
    ],
    dyad: Annotated[
        list[str] | None, typer.Option(help="A dyad to look at, as IRN,USA; may be repeated. Else those of the events.")
    ] = None,
    days: Days = 30,
    as_of: AsOf = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Rows shown, the largest shifts first.")] = 20,
    format: Format = OutlookFormat.table,
    casebook: CasebookFile = None,
) -> None:
    """Suppose events and show how the outlook shifts, with the rules that shifted it: association, not cause.

    Examples:

      communique whatif "USA SANCTION IRN 2025-03-01"

      communique whatif "USA SANCTION/embargo RUS 2014-09-01" --dyad RUS,UKR --as-of 2014-09-01
    """
    path = casebook_path(casebook)
    history = history_of(path)
    pairs = [_pair(each) for each in dyad or ()]
    supposed = [hypothetical_event(text) for text in events]
    day = day_of(as_of) or max([*filter(None, (history.newest,)), *(event.day for event in supposed)])
    model = kept_model(history, model_folder(path), day, days)
    result = whatif(history, supposed, pairs, days, day, model=model)
    if format is OutlookFormat.json:
        write_json(result.as_row())
    else:
        _print_whatif(Console(highlight=False), result, most)


def _pair(text: str) -> tuple[str, str]:
    codes = [code_of(part.strip()) for part in text.split(",") if part.strip()]
    if len(codes) != 2:
        raise UsageError(f"dyad {text!r}: name two actors, as IRN,USA")
    return codes[0], codes[1]


def _print_whatif(console: Console, result: WhatIf, most: int) -> None:
    console.print(Text(f"the {result.horizon_days} days after {result.as_of}", style="bold"))
    console.print(Text(on_screen(result.label), style="yellow"))
    for note in result.notes:
        console.print(Text(on_screen(note), style="yellow"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("act", "before", "after", "base rate"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=True)
    shifts = sorted(result.shifts, key=lambda shift: -abs(shift.change))[:most]
    shifts = [shift for shift in shifts if abs(shift.change) >= LEAST_SHIFT]
    if not shifts:
        console.print("nothing shifts by half a point; --format json has all")
        return
    for shift in shifts:
        act = on_screen(f"{shift.source} {shift.kind} {shift.target}")
        table.add_row(act, percent(shift.before), percent(shift.after), percent(shift.base_rate))
    console.print(table)
    for words in dict.fromkeys(precedent.words for shift in shifts for precedent in shift.precedents):
        console.print(Text("• ", style="cyan").append(on_screen(words), style="default"), soft_wrap=True)
