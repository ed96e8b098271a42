"""The command `communique`: puts the commands together and turns errors into exit codes."""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from communique import __version__
from communique.cli.explain import explain
from communique.cli.knowledge import actors, types
from communique.cli.read import read
from communique.errors import CommuniqueError

HELP = """Reads news reports on international affairs into coded events, each with the sentence it stands on.

[bold]Examples[/bold]

  communique read report.txt --published 2025-02-25
  communique read reports/ --format jsonl -o events.jsonl
  communique explain "Panama recalled its ambassador from Cuba."
  communique actors Lavrov --on 2025-02-25
  communique types SANCTION
"""

app = typer.Typer(
    name="communique", help=HELP, no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
app.command()(read)
app.command()(explain)
app.command()(actors)
app.command()(types)


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
        Console(stderr=True).print(f"[red]error:[/red] {_escape(str(error))}", soft_wrap=True, highlight=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our pipe (head, less) has gone; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def _escape(message: str) -> str:
    from rich.markup import escape

    return escape(message)
