"""`communique backtest`: replays the past, to show how far forecasts can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.options import CasebookFile, casebook_path, day_of
from communique.cli.outlook import Days, Format, OutlookFormat, history_of, write_json
from communique.cli.show import on_screen
from communique.outlook.backtest import Backtest, Score, backtest
from communique.outlook.coverage import RangeCheck
from communique.outlook.reliability_plot import reliability_svg
from communique.tables import new_text_file


def show_backtest(
    days: Days = 30,
    origins: Annotated[int, typer.Option(min=1, help="How many origins, one horizon apart.")] = 6,
    since: Annotated[str | None, typer.Option(help="No origin before this day.")] = None,
    until: Annotated[str | None, typer.Option(help="The day on which the last horizon ends; else the newest.")] = None,
    of_actors: Annotated[bool, typer.Option("--actors", help="Each actor toward anyone, instead of dyads.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Write the reliability plot to this SVG file.")] = None,
    format: Format = OutlookFormat.table,
    casebook: CasebookFile = None,
) -> None:
    """Replay the past: how good forecasts were, against climatology and persistence, without a look into the future.

    Examples:

      communique backtest

      communique backtest --days 7 --origins 12 --plot reliability.svg
    """
    history = history_of(casebook_path(casebook))
    console = Console(stderr=True, highlight=False)
    seen: Callable[[date], None] | None = None
    if console.is_terminal:

        def seen(day: date) -> None:
            console.print(f"replayed from {day}")

    result = backtest(history, days, origins, day_of(since), day_of(until), of_actors=of_actors, seen=seen)
    if plot is not None:
        with new_text_file(plot) as file:
            file.write(reliability_svg(result))
    if format is OutlookFormat.json:
        write_json(result.as_row())
    else:
        _print_backtest(Console(highlight=False), result)


def _print_backtest(console: Console, result: Backtest) -> None:
    days = ", ".join(origin.as_of for origin in result.origins)
    console.print(Text(f"{result.horizon_days} days from each of {len(result.origins)} origins: {days}", style="dim"))
    if result.note:
        console.print(Text(on_screen(result.note), style="yellow"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("act", "came", "Brier", "skill to\nclimat.", "skill to\npersist.", "log\nloss", "AUC", "ranges\nheld"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=True)
    for score in result.scores:
        table.add_row(*_cells(score), style="yellow" if score.is_below_baseline else "")
    console.print(table)
    if any(score.is_below_baseline for score in result.scores):
        console.print(Text("a skill below 0 means that the baseline did better", style="dim"))
    _print_reliability(console, result)


def _print_reliability(console: Console, result: Backtest) -> None:
    title = "how far probabilities keep their word, over all types"
    bins = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for name in ("foreseen", "came", "forecasts", "range", "ranges held"):
        bins.add_column(name, justify="right")
    ranges = {each.low: each for each in result.ranges}
    for each in result.reliability:
        own = ranges[each.low]
        span = f"{100 * own.range_low:.1f}–{100 * own.range_high:.1f} %"
        foreseen, came = (f"{100 * share:.1f} %" for share in (each.foreseen, each.came))
        bins.add_row(foreseen, came, f"{each.count:,}", span, _held(own.check))
    console.print(bins)
    console.print(
        Text(
            "ranges held: of the forecasts of each origin taken together, how often the share that came lay in their"
            " mean range; nine in ten should",
            style="dim",
        )
    )


def _held(check: RangeCheck) -> str:
    return f"{check.held}/{check.groups}" if check.groups else "–"


def _cells(score: Score) -> tuple[str, ...]:
    def number(value: float | None, form: str = "+.3f") -> str:
        return "" if value is None else format(value, form)

    return (
        score.kind, f"{100 * score.came / max(1, score.forecasts):.1f} %", number(score.brier, ".4f"),
        number(score.skill_climatology), number(score.skill_persistence), number(score.log_loss, ".3f"), number(score.auc, ".3f"),
        _held(score.ranges),
    )  # fmt: skip
