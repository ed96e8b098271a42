"""`communique outlook`: what is likely next, why, and how kept forecasts came out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.casebook.naming import code_of
from communique.cli.options import CasebookFile, casebook_path, day_of
from communique.cli.show import on_screen
from communique.errors import UsageError
from communique.outlook.event_history import ANYONE, EventHistory
from communique.outlook.forecast import BY_PROBABILITY, BY_RISE, LEAST_SHOWN, outlook
from communique.outlook.history_cache import kept_history
from communique.outlook.keeping import ScoredForecast, keep, kept_forecasts, kept_score, scored
from communique.outlook.model_cache import kept_model, model_folder
from communique.outlook.records import Forecast, Outlook
from communique.pipeline import open_casebook


class OutlookFormat(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"


Days = Annotated[int, typer.Option("--days", min=1, help="The horizon, in days.")]
AsOf = Annotated[str | None, typer.Option(help="The last day that may be known, as 2025-02-25; else the newest.")]
Format = Annotated[OutlookFormat, typer.Option("--format", "-f", help="A table, or all of it as JSON.")]


def history_of(path: Path) -> EventHistory:
    """Give the history of a casebook's events, from the columns kept beside it where they still hold."""
    with open_casebook(path, read_only=True) as casebook:
        return kept_history(casebook)


def write_json(row: dict[str, Any]) -> None:
    """Write one answer as JSON that a person can read too."""
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
    within: Annotated[bool, typer.Option("--within", help="Also acts within one state, in the list of acts.")] = False,
    reasons: Annotated[int, typer.Option(min=0, help="How many precedents are shown.")] = 8,
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
    if show_scored:
        with open_casebook(path, read_only=True) as kept:
            _print_scored(scored(kept_history(kept), kept_forecasts(kept)), top, format)
        return
    history = history_of(path)
    codes = [code_of(name) for name in actors or ()]
    if len(codes) > 2:
        raise UsageError(f"{len(codes)} actors are named: name one, two, or none for the world")
    day = day_of(as_of)
    model = kept_model(history, model_folder(path), day, days)
    order = BY_RISE if rise else BY_PROBABILITY
    a, b = (*codes, None, None)[:2]
    made = outlook(history, a, b, days, day, model=model, top=top, by=order, within=within)
    if keep_it:
        with open_casebook(path) as kept:
            new = keep(kept, made)
        print(f"kept {new} forecasts in {path}" if new else f"these forecasts are in {path} already", file=sys.stderr)
    if format is OutlookFormat.json:
        write_json(made.as_row())
    else:
        _print_outlook(Console(highlight=False), made, top, reasons)


def percent(value: float) -> str:
    """Give a probability in whole percent; what is nearly impossible or certain is not called so."""
    return f"{_whole(value)} %"


def _whole(value: float) -> str:
    return "<1" if value < LEAST_SHOWN else ">99" if value > 1.0 - LEAST_SHOWN else f"{100 * value:.0f}"


def _print_outlook(console: Console, made: Outlook, top: int, most_reasons: int) -> None:
    whom = " – ".join(filter(None, (made.a, made.b))) or "the world"
    heading = Text(on_screen(whom), style="bold")
    acts = f"{made.events:,} act{'' if made.events == 1 else 's'}"
    span = "day" if made.horizon_days == 1 else f"{made.horizon_days} days"
    heading.append(f"  the {span} after {made.as_of}, from {acts}", style="dim")
    console.print(heading)
    if made.note:
        console.print(Text(on_screen(made.note), style="yellow"))
    own = [row for row in made.forecasts if row.probability >= LEAST_SHOWN]
    own.sort(key=lambda row: (-row.probability, row.source, row.kind))
    if own and made.b:
        _print_rows(console, own, None)
    elif own:
        _print_rows(console, own[:top], "toward anyone, from anyone")
    elif made.forecasts:
        console.print(Text("no kind of act reaches 1 %; --format json has them all", style="dim"))
    if made.next:
        _print_rows(console, made.next, "the acts to expect first" if made.a else None)
    elif not made.forecasts or not made.b:
        console.print(Text("no two actors have enough history for a list of acts", style="dim"))
    _print_reasons(console, [*made.forecasts, *made.next], most_reasons)


def _print_rows(console: Console, rows: Sequence[Forecast], title: str | None) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for name in ("act", "probability", "range", "base rate", "so far"):
        table.add_column(name, justify="left" if name == "act" else "right", no_wrap=True)
    for row in rows:
        chance = percent(row.probability) if row.learned else f"{percent(row.probability)} (base rate)"
        low, high = _whole(row.low), percent(row.high)
        span = high if high == f"{low} %" else f"{low}–{high}"
        act = on_screen(f"{row.source} {row.kind} {row.target}".replace(ANYONE, "anyone"))
        table.add_row(act, chance, span, percent(row.base_rate), str(row.events))
    console.print(table)


def _print_reasons(console: Console, rows: Sequence[Forecast], most: int) -> None:
    """Each precedent once, those first of the acts that are furthest from their base rate."""
    ordered = sorted(rows, key=lambda row: -abs(row.probability - row.base_rate))
    # The weightiest of each act before the second of any.
    deepest = max((len(row.precedents) for row in rows), default=0)
    every = [row.precedents[place] for place in range(deepest) for row in ordered if place < len(row.precedents)]
    reasons = list({precedent.words: precedent for precedent in every}.values())
    for precedent in reasons[:most]:
        console.print(Text("• ", style="cyan").append(on_screen(precedent.words), style="default"), soft_wrap=True)
        for event in precedent.fired_by:
            words = on_screen(f"    {event.date}  {event.words}  [{event.event_id}]")
            console.print(Text(words, style="dim"), soft_wrap=True)
    if len(reasons) > most:
        more = f"{len(reasons) - most} more precedents: --reasons {len(reasons)}, or --format json"
        console.print(Text(more, style="dim"))


def _print_scored(results: Sequence[ScoredForecast], most: int, format: OutlookFormat) -> None:
    total = kept_score(results)
    if format is OutlookFormat.json:
        rows = [
            {"as_of": r.forecast.as_of, "until": r.forecast.until, "source": r.forecast.source, "kind": r.forecast.kind,
             "target": r.forecast.target, "probability": r.forecast.probability, "base_rate": r.forecast.base_rate,
             "came": r.came, "brier": r.brier, "event_ids": list(r.event_ids)}
            for r in results
        ]  # fmt: skip
        write_json({**asdict(total), "forecasts": rows})
        return
    console = Console(highlight=False)
    if not total.kept:
        console.print("no forecast is kept; communique outlook A B --keep keeps one")
        return
    console.print(f"{total.kept} forecasts kept; the horizon of {total.passed} has passed, {total.came} came")
    waiting = [each.forecast.until for each in results if each.came is None]
    if waiting:
        console.print(Text(f"the next can be scored once the casebook knows of {min(waiting)}", style="dim"))
    if total.brier is None or total.brier_base_rate is None:
        return
    skill = "" if total.skill is None else f", skill {total.skill:+.3f}"
    worse = " (the base rate did better)" if total.skill is not None and total.skill < 0 else ""
    console.print(f"Brier score {total.brier:.4f}, of the base rates {total.brier_base_rate:.4f}{skill}{worse}")
    _print_furthest_off(console, results, most)


def _print_furthest_off(console: Console, results: Sequence[ScoredForecast], most: int) -> None:
    """The forecasts that were furthest from what came, for they have most to teach."""
    title = "those that were furthest off"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    for name in ("as of", "act", "probability", "base rate", "came"):
        table.add_column(name, justify="right" if name in {"probability", "base rate"} else "left", no_wrap=True)
    for each in sorted(results, key=lambda one: -(one.brier or 0.0))[:most]:
        if each.came is None:
            continue
        made = each.forecast
        act = on_screen(f"{made.source} {made.kind} {made.target}".replace(ANYONE, "anyone"))
        came = "yes" if each.came else "no"
        table.add_row(made.as_of, act, percent(made.probability), percent(made.base_rate), came)
    console.print(table)
