"""`communique outlook`, `backtest` and `whatif`: what is likely next, why, and how far to trust it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.options import CasebookFile, casebook_path, code_of, day_of
from communique.cli.show import on_screen
from communique.errors import UsageError
from communique.outlook.backtest import Backtest, Score, backtest
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import BY_PROBABILITY, BY_RISE, outlook
from communique.outlook.keeping import forecasts_file, keep, kept_forecasts, kept_score, scored
from communique.outlook.model_cache import kept_model, model_folder
from communique.outlook.records import Forecast, Outlook
from communique.outlook.reliability_plot import reliability_svg
from communique.outlook.whatif import WhatIf, hypothetical_event, whatif
from communique.pipeline import open_casebook
from communique.tables import new_text_file


class OutlookFormat(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"


Days = Annotated[int, typer.Option("--days", min=1, help="The horizon, in days.")]
AsOf = Annotated[str | None, typer.Option(help="The last day that may be known, as 2025-02-25; else the newest.")]
Format = Annotated[OutlookFormat, typer.Option("--format", "-f", help="A table, or all of it as JSON.")]
# Below this a row of the table says little; JSON has them all.
LEAST_SHOWN = 0.01


def _history(path: Path) -> EventHistory:
    with open_casebook(path, read_only=True) as casebook:
        return EventHistory.from_frame(casebook.frame())


def _write_json(row: dict[str, Any]) -> None:
    json.dump(row, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def show_outlook(
    actors: Annotated[
        list[str] | None, typer.Argument(help="One actor or two, by code or name; none: the world.", show_default=False)
    ] = None,
    days: Days = 30,
    as_of: AsOf = None,
    top: Annotated[int, typer.Option(min=1, help="How many of the likeliest acts, for one actor or the world.")] = 20,
    rise: Annotated[bool, typer.Option("--rise", help="Order them by what is likelier than usual.")] = False,
    keep_it: Annotated[bool, typer.Option("--keep", help="Keep the forecasts, to be scored later.")] = False,
    show_scored: Annotated[bool, typer.Option("--scored", help="How the kept forecasts came out.")] = False,
    format: Format = OutlookFormat.table,
    casebook: CasebookFile = None,
) -> None:
    """Say what is likely next between two actors, for one, or in the world; with base rates and precedents.

    Examples:

      communique outlook Iran USA --days 30

      communique outlook USA RUS --as-of 2014-09-01 --keep

      communique outlook --top 10 --rise

      communique outlook --scored
    """
    path = casebook_path(casebook)
    history = _history(path)
    if show_scored:
        _print_scored(history, path, format)
        return
    codes = [code_of(name) for name in actors or ()]
    if len(codes) > 2:
        raise UsageError(f"{len(codes)} actors are named: name one, two, or none for the world")
    day = day_of(as_of)
    model = kept_model(history, model_folder(path), day, days)
    order = BY_RISE if rise else BY_PROBABILITY
    a, b = (*codes, None, None)[:2]
    made = outlook(history, a, b, days, day, model=model, top=top, by=order)
    if keep_it:
        new = keep(made, forecasts_file(path))
        print(f"kept {len(new)} forecasts in {forecasts_file(path)}", file=sys.stderr)
    if format is OutlookFormat.json:
        _write_json(made.as_row())
    else:
        _print_outlook(Console(), made)


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _print_outlook(console: Console, made: Outlook) -> None:
    whom = " – ".join(filter(None, (made.a, made.b))) or "the world"
    heading = Text(on_screen(whom), style="bold")
    heading.append(f"  the {made.horizon_days} days after {made.as_of}, from {made.events} acts", style="dim")
    console.print(heading)
    if made.note:
        console.print(Text(on_screen(made.note), style="yellow"))
    shown = [row for row in made.forecasts if row.probability >= LEAST_SHOWN] if not made.next else list(made.next)
    shown.sort(key=lambda row: (-row.probability, row.source, row.kind))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("act", "probability", "range", "base rate", "so far"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=True)
    for row in shown:
        chance = _percent(row.probability) if row.learned else f"{_percent(row.probability)} (base rate)"
        span = f"{100 * row.low:.0f}–{100 * row.high:.0f} %"
        table.add_row(
            on_screen(f"{row.source} {row.kind} {row.target}"), chance, span, _percent(row.base_rate), str(row.events)
        )
    console.print(table)
    _print_reasons(console, shown)


def _print_reasons(console: Console, rows: Sequence[Forecast]) -> None:
    """Each precedent once, with the recent events that set it off."""
    told: set[str] = set()
    for row in rows:
        for precedent in row.precedents:
            if precedent.words in told:
                continue
            told.add(precedent.words)
            console.print(Text("• ", style="cyan").append(on_screen(precedent.words), style="default"), soft_wrap=True)
            for event in precedent.fired_by:
                words = on_screen(f"    {event.date}  {event.words}  [{event.event_id}]")
                console.print(Text(words, style="dim"), soft_wrap=True)


def _print_scored(history: EventHistory, path: Path, format: OutlookFormat) -> None:
    results = scored(history, kept_forecasts(forecasts_file(path)))
    total = kept_score(results)
    if format is OutlookFormat.json:
        rows = [
            {"as_of": r.forecast.as_of, "until": r.forecast.until, "source": r.forecast.source, "kind": r.forecast.kind,
             "target": r.forecast.target, "probability": r.forecast.probability, "base_rate": r.forecast.base_rate,
             "came": r.came, "brier": r.brier, "event_ids": list(r.event_ids)}
            for r in results
        ]  # fmt: skip
        _write_json(
            {"kept": total.kept, "passed": total.passed, "brier": total.brier, "skill": total.skill, "forecasts": rows}
        )
        return
    console = Console()
    console.print(f"{total.kept} forecasts kept; the horizon of {total.passed} has passed, {total.came} came")
    if total.brier is None or total.brier_base_rate is None:
        return
    skill = (
        ""
        if total.skill is None
        else f", skill {total.skill:+.3f}{' (the base rate did better)' if total.skill < 0 else ''}"
    )
    console.print(f"Brier score {total.brier:.4f}, of the base rates {total.brier_base_rate:.4f}{skill}")


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
    history = _history(casebook_path(casebook))
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
        _write_json(result.as_row())
    else:
        _print_backtest(Console(), result)


def _print_backtest(console: Console, result: Backtest) -> None:
    days = ", ".join(origin.as_of for origin in result.origins)
    console.print(Text(f"{result.horizon_days} days from each of {len(result.origins)} origins: {days}", style="dim"))
    if result.note:
        console.print(Text(on_screen(result.note), style="yellow"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("act", "came", "Brier", "skill: climatology", "persistence", "log loss", "AUC"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=name == "act")
    for score in result.scores:
        table.add_row(*_cells(score), style="yellow" if score.is_below_baseline else "")
    console.print(table)
    if any(score.is_below_baseline for score in result.scores):
        console.print(Text("a skill below 0 means that the baseline did better", style="dim"))
    bins = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, title="how far probabilities keep their word", title_justify="left"
    )
    for name in ("foreseen", "came", "forecasts"):
        bins.add_column(name, justify="right")
    for each in result.reliability:
        bins.add_row(_percent(each.foreseen), _percent(each.came), str(each.count))
    console.print(bins)


def _cells(score: Score) -> tuple[str, ...]:
    def number(value: float | None, form: str = "+.3f") -> str:
        return "" if value is None else format(value, form)

    return (
        score.kind, f"{100 * score.came / max(1, score.forecasts):.1f} %", number(score.brier, ".4f"),
        number(score.skill_climatology), number(score.skill_persistence), number(score.log_loss, ".3f"), number(score.auc, ".3f"),
    )  # fmt: skip


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
    history = _history(path)
    pairs = [_pair(each) for each in dyad or ()]
    supposed = [hypothetical_event(text) for text in events]
    day = day_of(as_of) or max([*filter(None, (history.newest,)), *(event.day for event in supposed)])
    model = kept_model(history, model_folder(path), day, days)
    result = whatif(history, supposed, pairs, days, day, model=model)
    if format is OutlookFormat.json:
        _write_json(result.as_row())
    else:
        _print_whatif(Console(), result, most)


def _pair(text: str) -> tuple[str, str]:
    codes = [code_of(part.strip()) for part in text.split(",") if part.strip()]
    if len(codes) != 2:
        raise UsageError(f"dyad {text!r}: name two actors, as IRN,USA")
    return codes[0], codes[1]


def _print_whatif(console: Console, result: WhatIf, most: int) -> None:
    console.print(Text(on_screen(result.label), style="yellow"))
    for note in result.notes:
        console.print(Text(on_screen(note), style="yellow"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("act", "before", "after", "base rate"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=True)
    shifts = sorted(result.shifts, key=lambda shift: -abs(shift.change))[:most]
    for shift in shifts:
        act = on_screen(f"{shift.source} {shift.kind} {shift.target}")
        table.add_row(act, _percent(shift.before), _percent(shift.after), _percent(shift.base_rate))
    console.print(table)
    for words in dict.fromkeys(precedent.words for shift in shifts for precedent in shift.precedents):
        console.print(Text("• ", style="cyan").append(on_screen(words), style="default"), soft_wrap=True)
