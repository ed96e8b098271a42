"""`communique desk`: the web desk over a casebook, on this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.options import Who, casebook_path, who_of
from communique.cli.show import on_screen
from communique.desk.settings import DEFAULT_PORT, LOOPBACK, DeskSettings
from communique.pipeline import open_casebook

TOKEN_VARIABLE = "COMMUNIQUE_TOKEN"


def desk(
    casebook: Annotated[
        Path | None, typer.Argument(help="The casebook's file, made where it is missing.", show_default=False)
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where it listens; 0: any free port.")] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="The address; any but this machine's needs --token.")] = LOOPBACK,
    token: Annotated[
        str | None,
        typer.Option(
            envvar=TOKEN_VARIABLE, help="What a visitor must show; rather set the variable than type it here."
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show, but change nothing.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = False,
    who: Who = None,
) -> None:
    """Open the desk: read reports, check and correct their events, and see how things stand, in the browser.

    It listens on this machine alone, and fetches nothing. `communique add` and `watch` may work on the same casebook
    meanwhile. Ctrl-C ends it.

    Examples:

      communique desk

      communique desk iran.casebook --port 9000 --open

      COMMUNIQUE_TOKEN=$(openssl rand -hex 16) communique desk --host 0.0.0.0
    """
    # Loaded here: the desk's libraries would slow the start of every other command.
    from communique.desk.desk import Desk
    from communique.desk.serve import listening, serve

    settings = DeskSettings(host=host, port=port, token=token, who=who_of(who), read_only=read_only)
    with open_casebook(casebook_path(casebook), read_only=read_only) as kept, listening(host, port) as door:
        settings = replace(settings, port=door.getsockname()[1])
        address = f"http://{host if ':' not in host else f'[{host}]'}:{settings.port}/"
        console = Console(stderr=True, highlight=False)
        console.print(f"[bold]communique desk[/bold] on {on_screen(str(kept.path))}")
        console.print(f"  {address}   (Ctrl-C ends it)")
        # A pipe reads the address alone.
        if not sys.stdout.isatty():
            print(address, flush=True)
        if open_browser and os.environ.get("CI") is None:
            typer.launch(address)
        serve(Desk(kept, settings), door)
