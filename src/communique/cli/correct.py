"""`communique correct`: what a person puts right, laid over what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.casebook.by_hand import ByHand
from communique.casebook.kept import Correction
from communique.casebook.store import Casebook
from communique.casebook.values import FIELDS
from communique.cli.corrections import values_of
from communique.cli.options import CasebookFile, Who, Why, casebook_path, check_output, report_id_of, who_of
from communique.cli.show import on_screen
from communique.cli.show_kept import console_for, counted, moment, plain_table, print_events
from communique.errors import UsageError
from communique.pipeline import open_casebook
from communique.tables import cell_text

EventId = Annotated[
    str | None, typer.Argument(help="The event (communique events --ids).", metavar="[EVENT_ID]", show_default=False)
]
Values = Annotated[
    list[str] | None,
    typer.Option("--set", help=f"field=value, one of {', '.join(FIELDS)}; may be repeated; date= clears it."),
]
Export = Annotated[
    Path | None, typer.Option("--export", help="Write the corrections that hold to this file, as JSONL to learn from.")
]
_ADDED = "The event to add"
TypeAdded = Annotated[str | None, typer.Option(help="Its type.", rich_help_panel=_ADDED)]
SourceAdded = Annotated[str | None, typer.Option(help="Who acts; commas part several.", rich_help_panel=_ADDED)]
TargetAdded = Annotated[str | None, typer.Option(help="Who undergoes it.", rich_help_panel=_ADDED)]
DateAdded = Annotated[str | None, typer.Option(help="Its day, month or year.", rich_help_panel=_ADDED)]
StatusAdded = Annotated[
    str | None, typer.Option(help="Whether it happened.", show_default="occurred", rich_help_panel=_ADDED)
]
ModeAdded = Annotated[
    str | None, typer.Option(help="Its mode (communique types TYPE); else the type's own.", rich_help_panel=_ADDED)
]
ReportAdded = Annotated[str | None, typer.Option(help="The report that tells it.", rich_help_panel=_ADDED)]
WordsAdded = Annotated[
    str | None, typer.Option(help="The words that tell it, as they stand in the report.", rich_help_panel=_ADDED)
]


def correct(
    event_id: EventId = None,
    values: Values = None,
    delete: Annotated[bool, typer.Option("--delete", help="Take the event out: there was no such act.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Add an event that reading did not find.")] = False,
    undo: Annotated[
        int | None, typer.Option("--undo", min=1, help="Undo the correction of this number.", metavar="N")
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List all corrections.")] = False,
    export: Export = None,
    who: Who = None,
    why: Why = "",
    type: TypeAdded = None,
    source: SourceAdded = None,
    target: TargetAdded = None,
    date: DateAdded = None,
    status: StatusAdded = None,
    mode: ModeAdded = None,
    report: ReportAdded = None,
    words: WordsAdded = None,
    casebook: CasebookFile = None,
) -> None:
    """Put an event right, take it out or add one; each is a row of its own, which reading again never overwrites.

    Examples:

      communique correct 1f0c8e2a9b7d4411 --set type=CONSULT --set target=Iran --why "a meeting, no threat"

      communique correct 1f0c8e2a9b7d4411 --delete --why "a film, not the war"

      communique correct --add --type SANCTION --source EU --target Belarus --date 2021-06-24

      communique correct --list; communique correct --undo 3; communique correct --export learned.jsonl
    """
    by_hand = ByHand(type, source, target, date, status, mode, report, words)
    asked = {
        "--set": bool(values), "--delete": delete, "--add": add, "--undo": undo is not None, "--list": show,
        "--export": export is not None,
    }  # fmt: skip
    _check(asked, event_id, by_hand)
    path = casebook_path(casebook)
    check_output(export, path)
    with open_casebook(path, read_only=show or export is not None) as kept:
        if show:
            _print_list(kept.corrections())
        elif export is not None:
            print(f"{counted(kept.export_corrections(export), 'correction')} written to {on_screen(str(export))}")
        elif undo is not None:
            _tell(kept, [kept.undo(undo)])
        elif event_id is None:
            if report is not None:
                by_hand = replace(by_hand, report=report_id_of(kept, report))
            event, published, sentence = by_hand.event(kept)
            _tell(kept, [kept.add_event(event, who_of(who), why, published=published, sentence_text=sentence)])
        else:
            _tell(kept, _put_right(kept, event_id, values or (), delete, who_of(who), why))


def _check(asked: Mapping[str, bool], event_id: str | None, by_hand: ByHand) -> None:
    """Raise UsageError where not exactly one thing is asked for, or what is given does not go with it."""
    if sum(asked.values()) != 1:
        raise UsageError(f"give one of {', '.join(asked)}")
    if (event_id is not None) != (asked["--set"] or asked["--delete"]):
        raise UsageError("an event's id (communique events --ids) goes with --set or --delete, and they with it")
    if not asked["--add"] and not by_hand.is_empty():
        raise UsageError("--type, --source and what else tells of an event go with --add; use --set field=value")
    if asked["--add"] and (by_hand.type is None or by_hand.source is None):
        raise UsageError("--add: an event has a --type and a --source at least")


def _put_right(
    casebook: Casebook, event_id: str, values: Sequence[str], delete: bool, who: str, why: str
) -> list[Correction]:
    if delete:
        return [casebook.delete(event_id, who, why)]
    return casebook.correct_all(event_id, values_of(values), who, why)


def _tell(casebook: Casebook, made: list[Correction]) -> None:
    """Say what was done, and show the event as it stands now."""
    console = console_for()
    for one in made:
        undone = " undone" if one.undone_at is not None else ""
        console.print(Text(on_screen(f"correction {one.correction_id}{undone}: {_what(one)}")), soft_wrap=True)
    now = casebook.event(made[-1].event_id)
    if now is not None:
        print_events(console, [now], ids=True)


def _what(one: Correction) -> str:
    told = f"{' '.join(one.told.source)} {one.told.type} {' '.join(one.told.target)}".strip()
    if one.kind == "field":
        return f"{one.field} {_value(one.former)} → {_value(one.value)}"
    return f"{'deleted' if one.kind == 'delete' else 'added'} {told}"


def _value(value: object) -> str:
    return cell_text(value) or "—"


def _print_list(made: list[Correction]) -> None:
    console = console_for()
    table = plain_table("#no.", "event", "correction", "who", "why", "when (UTC)", "")
    for one in made:
        state = "undone" if one.undone_at else "" if one.attached else "waits for its event"
        cells = (str(one.correction_id), one.event_id, _what(one), one.who, one.why, moment(one.made_at), state)
        table.add_row(*(Text(on_screen(cell), style="dim" if one.undone_at else "") for cell in cells))
    if made:
        console.print(table)
    held = sum(one.undone_at is None for one in made)
    Console(stderr=True, highlight=False).print(f"{counted(len(made), 'correction')}, {held:,} hold", style="dim")
