"""`communique actors` and `communique types`: the knowledge that coding stands on."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.actors.knowledge import knowledge
from communique.actors.resolver import actor_code, iso_day, meanings, resolve
from communique.cli.show import QUAD_STYLE
from communique.errors import CommuniqueError
from communique.ontology.loader import Ontology, ontology


class UnknownActor(CommuniqueError):
    """No actor file holds the name."""

    exit_code = 1
    http_status = 404


def actors(
    name: Annotated[str, typer.Argument(help="A name as news writes it.", show_default=False)],
    on: Annotated[
        str | None, typer.Option("--on", help="The day it was written, as 2025-02-25 (or 2025-02, 2025).")
    ] = None,
) -> None:
    """Show whom a name means: every meaning the actor files hold, and the one that counts on a day.

    Examples:

      communique actors Lavrov --on 2025-02-25

      communique actors "Blue House"

      communique actors E3
    """
    console = Console()
    day = iso_day(on)
    chosen = resolve(name, on)
    found = meanings(name)
    if chosen is None and not found:
        raise UnknownActor(f"no actor is called {name!r}; names are in the actor files (docs/actor-data.md)")
    if chosen is None:
        console.print(Text(f"{name} meant nobody on {day}; its meanings:", style="yellow"))
    else:
        line = Text(f"{name} → ").append(chosen.code, style="bold green")
        console.print(line.append(f"  {chosen.name}", style="dim"))
        members = knowledge().members.get(chosen.code, ())
        if members:
            console.print(Text(f"members: {' '.join(members)}", style="dim"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("code", "kind", "name", "office or kind", "from", "to"):
        table.add_column(column)
    for entry in dict.fromkeys(found):
        style = "" if entry.covers(day) else "dim"
        row = (
            actor_code(entry.code, entry.role),
            entry.kind,
            entry.name,
            entry.detail,
            entry.valid_from,
            entry.valid_to,
        )
        table.add_row(*(Text(cell, style=style) for cell in row))
    if table.row_count:
        console.print(table)


def types(
    name: Annotated[
        str | None, typer.Argument(help="One of the sixteen types.", metavar="[TYPE]", show_default=False)
    ] = None,
) -> None:
    """Show the event types, or one type with its modes, CAMEO codes and the frames that lead to it.

    Examples:

      communique types

      communique types SANCTION
    """
    console = Console()
    known = ontology()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    if name is None:
        for column in ("type", "quad", "covers"):
            table.add_column(column)
        for kind in known.types.values():
            table.add_row(Text(kind.name, style=f"bold {QUAD_STYLE[kind.quad]}"), str(kind.quad), kind.gloss)
        console.print(table)
        return
    kind = known.type_named(name)
    console.print(
        Text(kind.name, style=f"bold {QUAD_STYLE[kind.quad]}").append(
            f"  quad {kind.quad}: {kind.gloss}", style="default"
        )
    )
    for column in ("mode", "CAMEO", "intensity", "means"):
        table.add_column(column)
    for mode, (cameo, gloss) in kind.modes.items():
        table.add_row(mode, cameo, f"{known.intensity(cameo):+.1f}", gloss)
    console.print(table)
    console.print(_frames(known, kind.name))


# Of the words that share a frame, so many are shown.
_WORDS_SHOWN = 6


def _frames(known: Ontology, type_name: str) -> Table:
    """The frames of a type by their number (the one that an event's `rule` names), with words and an example."""
    words: dict[str, list[str]] = {}
    examples: dict[str, tuple[str, str]] = {}
    for frame in known.frames:
        if frame.type == type_name:
            number = frame.identity.split(":")[1]
            words.setdefault(number, []).append(f"{frame.lemma} {frame.particle}".strip())
            if frame.examples:
                examples[number] = (frame.mode, frame.examples[0].sentence)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="frames", title_justify="left")
    for column in ("no.", "words", "mode", "example"):
        table.add_column(column)
    for number in sorted(words, key=int):
        shown = sorted(words[number])
        more = f" … +{len(shown) - _WORDS_SHOWN}" if len(shown) > _WORDS_SHOWN else ""
        table.add_row(number, ", ".join(shown[:_WORDS_SHOWN]) + more, *examples.get(number, ("", "")))
    return table
