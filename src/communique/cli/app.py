"""The command `communique`: puts the commands together and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer
from rich.console import Console
from rich.text import Text

from communique import __version__
from communique.cli.add import add
from communique.cli.backtest import show_backtest
from communique.cli.brief import brief
from communique.cli.casebook import casebook
from communique.cli.correct import correct
from communique.cli.desk import desk
from communique.cli.events import events
from communique.cli.exchange import export, import_
from communique.cli.explain import explain
from communique.cli.fold import fold
from communique.cli.knowledge import actors, types
from communique.cli.next import show_next
from communique.cli.outlook import show_outlook
from communique.cli.read import read
from communique.cli.reports import report, reports
from communique.cli.show import on_screen
from communique.cli.sql import sql
from communique.cli.standing import standing
from communique.cli.timeline import timeline
from communique.cli.watch import watch
from communique.cli.whatif import show_whatif
from communique.errors import CommuniqueError

HELP = """Reads news reports on international affairs into coded events, each with the sentence it stands on,
keeps them in a casebook, and shows where things stand.

[bold]Examples[/bold]

  communique read report.txt --published 2025-02-25
  communique add archive/ --workers 4
  communique events --dyad Iran,USA --since 2025-01
  communique standing --about Iran --as-of 2025-02-25
  communique explain "Panama recalled its ambassador from Cuba."
"""

app = typer.Typer(
    name="communique", help=HELP, no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
_PANELS: tuple[tuple[str, tuple[tuple[str, Callable[..., None]], ...]], ...] = (
    ("Read", (("read", read), ("explain", explain))),
    (
        "Casebook",
        (
            ("add", add),
            ("watch", watch),
            ("events", events),
            ("timeline", timeline),
            ("reports", reports),
            ("report", report),
            ("correct", correct),
            ("fold", fold),
            ("import", import_),
            ("export", export),
            ("sql", sql),
            ("casebook", casebook),
        ),
    ),
    ("Standing picture", (("standing", standing),)),
    (
        "Outlook",
        (("outlook", show_outlook), ("next", show_next), ("backtest", show_backtest), ("whatif", show_whatif)),
    ),
    ("Desk", (("desk", desk), ("brief", brief))),
    ("Knowledge", (("actors", actors), ("types", types))),
)
for _panel, _commands in _PANELS:
    for _name, _command in _commands:
        app.command(_name, rich_help_panel=_panel)(_command)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Options before the command."""


def main() -> None:
    """Run the command line; an error of ours is one line on stderr and its exit code."""
    try:
        app()
    except CommuniqueError as error:
        _tell(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our pipe (head, less) has gone.
        _drop_standard_output()
        sys.exit(141)
    except OSError as error:
        # A full disk, a device that fails: what was read is told by DroppedReport, so it is the writing.
        _tell(f"the output cannot be written: {error.strerror or error}")
        _drop_standard_output()
        sys.exit(1)


def _tell(message: str) -> None:
    Console(stderr=True).print(
        Text("error: ", style="red").append(on_screen(message), style="default"), soft_wrap=True, highlight=False
    )


def _drop_standard_output() -> None:
    """Keep Python from trying once more at its exit to write what could not be written."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        # It is closed, or no stream of the system.
        return
