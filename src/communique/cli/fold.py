"""`communique fold`: what a person says about two events: the same act, or not."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.casebook.kept import FoldDecision
from communique.casebook.store import Casebook
from communique.cli.options import CasebookFile, Who, Why, casebook_path, who_of
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, moment, plain_table, print_events
from communique.errors import UsageError
from communique.pipeline import open_casebook


def fold(
    a: Annotated[
        str | None, typer.Argument(help="An event (communique events --ids).", metavar="[EVENT_A]", show_default=False)
    ] = None,
    b: Annotated[str | None, typer.Argument(help="Another.", metavar="[EVENT_B]", show_default=False)] = None,
    same: Annotated[
        bool | None, typer.Option("--same/--different", help="They are one act, or they are two.", show_default=False)
    ] = None,
    undo: Annotated[
        int | None, typer.Option("--undo", min=1, help="Withdraw the decision of this number.", metavar="N")
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List all decisions.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Fold all events of the casebook anew.")] = False,
    imported: Annotated[bool, typer.Option("--imported", help="With --all: imported events too.")] = False,
    who: Who = None,
    why: Why = "",
    casebook: CasebookFile = None,
) -> None:
    """Say that two events are the same act, or are not; it holds against what the program finds, until undone.

    Reports are folded as they are added. --all does it anew, with the same result unless the program has changed.

    Examples:

      communique fold 1f0c8e2a9b7d4411 77ab01c2d3e4f590 --same --why "one strike, told by two agencies"

      communique fold 1f0c8e2a9b7d4411 77ab01c2d3e4f590 --different

      communique fold --list; communique fold --undo 2

      communique fold --all --imported
    """
    pair = a is not None or b is not None or same is not None
    if sum([pair, undo is not None, show, everything]) != 1:
        raise UsageError("give two events with --same or --different, or one of --undo, --list, --all")
    if pair and (a is None or b is None or same is None):
        raise UsageError("give two events (communique events --ids), and --same or --different")
    if imported and not everything:
        raise UsageError("--imported goes with --all")
    with open_casebook(casebook_path(casebook), read_only=show) as kept:
        if show:
            _print_list(kept.decisions())
        elif everything:
            before = kept.contents().events
            kept.refold(imported=imported)
            now = kept.contents()
            words = counted(now.tellings, "telling")
            print(f"{words} are {counted(now.events, 'event')}, {before:,} before")
        elif undo is not None:
            _tell(kept, kept.undecide(undo), " withdrawn")
        else:
            _tell(kept, kept.decide(str(a), str(b), bool(same), who_of(who), why), "")


def _tell(casebook: Casebook, made: FoldDecision, state: str) -> None:
    """Say what was done, and show the events as they stand now."""
    console = console_for()
    words = "the same act" if made.same else "different acts"
    line = f"decision {made.decision_id}{state}: that {made.event_a} and {made.event_b} are {words}"
    console.print(Text(on_screen(line)), soft_wrap=True)
    now = {kept.event.event_id: kept for one in (made.event_a, made.event_b) if (kept := casebook.event(one))}
    print_events(console, list(now.values()), ids=True)


def _print_list(made: list[FoldDecision]) -> None:
    table = plain_table("#no.", "event", "event", "are", "who", "why", "when (UTC)", "")
    for one in made:
        cells = (
            str(one.decision_id), one.event_a, one.event_b, "the same" if one.same else "different", one.who, one.why,
            moment(one.made_at), "withdrawn" if one.withdrawn_at else "",
        )  # fmt: skip
        table.add_row(*(Text(on_screen(cell), style="dim" if one.withdrawn_at else "") for cell in cells))
    if made:
        console_for().print(table)
    Console(stderr=True, highlight=False).print(counted(len(made), "decision"), style="dim")
