"""`communique watch`: RSS and Atom feeds into the casebook, asked again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.options import CasebookFile, casebook_path
from communique.cli.show import on_screen
from communique.cli.show_kept import counted
from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.feeds import FeedRound, Gate, Manners
from communique.pipeline import open_casebook, watch_feeds

_SECONDS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_DURATION = re.compile(r"(\d{1,6})\s*([smhd])")


def watch(
    feeds: Annotated[
        list[str] | None, typer.Argument(help="Addresses of feeds.", metavar="URL", show_default=False)
    ] = None,
    addresses: Annotated[
        Path | None,
        typer.Option("--list", "-l", help="A file of addresses, one a line; # begins a remark.", show_default=False),
    ] = None,
    every: Annotated[
        str | None,
        typer.Option(
            help="How often, as 30s, 15m, 2h or 1d; never sooner than the server lets it.",
            show_default="as each feed says, else 15m",
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once and stop.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also feeds on this machine and inside your network.")
    ] = False,
    casebook: CasebookFile = None,
) -> None:
    """Read RSS and Atom feeds into the casebook, and go on doing so until Ctrl-C; what a link leads to is not fetched.

    Each entry is a report, known by its link: it is read once, and again only where its words have changed. A line on
    standard error tells each round. With --once the exit code is 2 where no feed could be read.

    Examples:

      communique watch https://example.org/world.xml

      communique watch --list feeds.txt --every 30m -c wires.duckdb

      communique watch --list feeds.txt --once
    """
    wanted = [*(feeds or []), *(_listed(addresses) if addresses is not None else [])]
    manners = Manners(every=_seconds(every), once=once, gate=Gate(allow_private))
    console, total = Console(stderr=True, highlight=False), _Total()
    with open_casebook(casebook_path(casebook)) as kept:
        stopped = False
        try:
            for done in watch_feeds(kept, wanted, manners):
                total.count(done)
                _tell(console, done, once=once)
        except KeyboardInterrupt:
            # How a watch ends; what was kept and remembered before stands.
            stopped = True
        held = kept.contents().reports
    summary = Console(highlight=False)
    summary.print(total.words(), soft_wrap=True)
    summary.print(f"the casebook holds {counted(held, 'report')}", style="dim")
    if once and stopped:
        raise typer.Exit(130)
    if once and total.failed and total.failed == total.rounds:
        raise typer.Exit(2)


@dataclass(slots=True)
class _Total:
    """The sum of all rounds."""

    rounds: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    unread: int = 0
    events: int = 0

    def count(self, done: FeedRound) -> None:
        self.rounds += done.asked
        self.failed += done.failure is not None
        self.new += done.new
        self.changed += done.changed
        self.unread += len(done.unread)
        self.events += done.events

    def words(self) -> str:
        return (
            f"{self.new:,} new, {self.changed:,} changed, {self.unread:,} not read, {counted(self.events, 'event')}"
            f" in {counted(self.rounds, 'round')}, {self.failed:,} of them failed"
        )


def _tell(console: Console, done: FeedRound, *, once: bool) -> None:
    line = Text(f"{done.at:%H:%M} ", style="dim").append(on_screen(done.url), style="default")
    if done.failure is not None:
        line.append(": failed: ", style="yellow").append(on_screen(done.failure), style="default")
    elif done.asked:
        counts = f"{done.new:,} new, {done.changed:,} changed, {done.known:,} known, {len(done.unread):,} not read"
        line.append(f": {counts}", style="default")
    if done.note is not None:
        line.append(f"{';' if done.asked else ':'} {on_screen(done.note)}", style="default")
    if done.next_at is not None:
        what = "not before" if once else "tried again" if done.failure is not None else "next"
        line.append(f"; {what} {_moment(done.next_at, done.at)}", style="dim")
    console.print(line, soft_wrap=True)
    for dropped in done.unread:
        words = on_screen(f"{dropped.origin}: {dropped.reason}")
        console.print(Text("  not read: ", style="yellow").append(words, style="default"), soft_wrap=True)


def _moment(moment: datetime, now: datetime) -> str:
    """Give a moment in UTC, with its day where that is not today."""
    return f"{moment:%H:%M} UTC" if moment.date() == now.date() else f"{moment:%Y-%m-%d %H:%M} UTC"


def _seconds(every: str | None) -> float | None:
    if every is None:
        return None
    found = _DURATION.fullmatch(every.strip().lower())
    if found is None:
        raise UsageError(f"--every {every!r} is no time: write it as 30s, 15m, 2h or 1d")
    return int(found[1]) * _SECONDS[found[2]]


def _listed(path: Path) -> list[str]:
    """Give the addresses in a file, one a line; blank lines and remarks are passed over."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise MissingInput(f"{path}: there is no such file; give one with an address a line") from error
    except OSError as error:
        raise UnreadableInput(
            f"{path}: cannot be read: {error.strerror}; give a file with an address a line"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path}: is no UTF-8 text; write one address a line") from error
    # A # inside an address is part of it, and it begins a remark only after a blank or at the start.
    stripped = (re.sub(r"(?:^|\s)#.*", "", line).strip() for line in lines)
    return [line for line in stripped if line]
