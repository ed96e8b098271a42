"""`communique next`: who is likeliest to do something next, or to undergo it, and why."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.casebook.naming import code_of
from communique.cli.options import CasebookFile, casebook_path, day_of
from communique.cli.outlook import AsOf, Format, OutlookFormat, history_of, write_json
from communique.cli.show import on_screen
from communique.errors import UsageError
from communique.outlook.model_cache import model_folder
from communique.outlook.ranking.records import ASKED, NextActor, NextActors

_REASONS_SHOWN = 2
_PRECEDENTS_SHOWN = 2
_ORDER_ONLY = "the score only puts them in order: it is no probability"


def show_next(
    asked: Annotated[
        list[str],
        typer.Argument(help='Who, what, whom; one side a question mark: "USA SANCTION ?".', show_default=False),
    ],
    most: Annotated[int, typer.Option(min=1, help="How many of the likeliest.")] = 10,
    as_of: AsOf = None,
    format: Format = OutlookFormat.table,
    casebook: CasebookFile = None,
) -> None:
    """Say who is likeliest to undergo something from an actor next, or to do it to one; with reasons and precedents.

    Examples:

      communique next "USA SANCTION ?"

      communique next "? SANCTION IRN" --as-of 2014-09-01 --most 5
    """
    # Loaded here: the libraries behind it would slow the start of every other command.
    from communique.outlook.ranking.history_ranking import kept_ranking
    from communique.outlook.ranking.next_actors import asked_of, next_actors

    source, kind, target = asked_of(" ".join(asked))
    source, target = (side if side == ASKED else _code(side) for side in (source, target))
    path = casebook_path(casebook)
    day = day_of(as_of)
    history = history_of(path)
    ranking = kept_ranking(history, model_folder(path), day)
    found = next_actors(history, source, kind, target, day, ranking=ranking, most=most)
    if format is OutlookFormat.json:
        write_json(found.as_row())
    else:
        _print_next(Console(), found)


def _code(words: str) -> str:
    try:
        return code_of(words)
    except UsageError as error:
        from communique.outlook.ranking.near import near_names

        near = near_names(words)
        raise UsageError(f"{error}; near it: {near}" if near else str(error)) from error


def _print_next(console: Console, found: NextActors) -> None:
    heading = Text(on_screen(f"{found.source} {found.type} {found.target}"), style="bold")
    heading.append(f"  next after {found.as_of}, from {found.events} acts", style="dim")
    console.print(heading)
    if found.note:
        console.print(Text(on_screen(found.note), style="yellow"), soft_wrap=True)
    if not found.order:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("actor", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("what speaks most for or against")
    for each in found.order:
        reasons = "\n".join(f"{reason.adds:+.2f} {reason.words}" for reason in each.reasons[:_REASONS_SHOWN])
        table.add_row(str(each.place), on_screen(_named(each)), f"{each.score:.2f}", reasons)
    console.print(table)
    console.print(Text(_ORDER_ONLY, style="dim"))
    for each in found.order:
        _print_evidence(console, each)


def _named(each: NextActor) -> str:
    return each.actor if each.name == each.actor else f"{each.actor} {each.name}"


def _print_evidence(console: Console, each: NextActor) -> None:
    if not each.rules and not each.precedents:
        return
    console.print(Text(on_screen(f"{each.place}. {_named(each)}"), style="bold"), soft_wrap=True)
    for rule in each.rules:
        console.print(Text("• ", style="cyan").append(on_screen(rule.words), style="default"), soft_wrap=True)
    for event in each.precedents[:_PRECEDENTS_SHOWN]:
        words = on_screen(f"    {event.date}  {event.kind}  {event.words}  [{event.event_id}]")
        console.print(Text(words, style="dim"), soft_wrap=True)
