"""Options that several commands share, and what they mean."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from communique.casebook.filters import SORTS, EventFilter
from communique.casebook.naming import code_of, codes_of
from communique.casebook.opening import default_path
from communique.casebook.store import Casebook
from communique.errors import UsageError
from communique.reports import same_file

CasebookFile = Annotated[
    Path | None,
    typer.Option(
        "--casebook", "-c", help="The casebook's file; else COMMUNIQUE_CASEBOOK, else one in your data folder.",
        show_default=False,
    ),
]  # fmt: skip

_FILTER = "Which events"
Actor = Annotated[
    str | None, typer.Option(help="On either side: a code or a name, as USA, Hamas or \"Saudi Arabia\".",
                             rich_help_panel=_FILTER)
]  # fmt: skip
Source = Annotated[str | None, typer.Option(help="Who acts.", rich_help_panel=_FILTER)]
Target = Annotated[str | None, typer.Option(help="Who undergoes it.", rich_help_panel=_FILTER)]
Dyad = Annotated[
    list[str] | None,
    typer.Option(help="Between two actors, either way: A,B (or given twice).", rich_help_panel=_FILTER),
]
Types = Annotated[
    list[str] | None,
    typer.Option("--type", help="Of this type; may be repeated (communique types).", rich_help_panel=_FILTER),
]
Quads = Annotated[
    list[int] | None,
    typer.Option(
        "--quad", min=1, max=4, rich_help_panel=_FILTER,
        help="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict; may be repeated.",
    ),
]  # fmt: skip
Since = Annotated[
    str | None, typer.Option(help="From this day, month or year on, as 2025-02-25.", rich_help_panel=_FILTER)
]
Until = Annotated[str | None, typer.Option(help="Up to this day, month or year, included.", rich_help_panel=_FILTER)]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status", help="occurred, planned, hypothetical or denied; may be repeated.", rich_help_panel=_FILTER
    ),
]
Contexts = Annotated[
    list[str] | None, typer.Option("--context", help="About this; may be repeated.", rich_help_panel=_FILTER)
]
Words = Annotated[
    str | None, typer.Option("--text", help="Words that all stand in its sentence.", rich_help_panel=_FILTER)
]
ReportId = Annotated[
    str | None, typer.Option("--report", help="Told by the report of this id.", rich_help_panel=_FILTER)
]
Dataset = Annotated[str | None, typer.Option(help="Imported from this dataset, as ICEWS.", rich_help_panel=_FILTER)]
Minimum = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="At least this sure.", rich_help_panel=_FILTER),
]
Corrected = Annotated[bool, typer.Option("--corrected", help="Put right by a person.", rich_help_panel=_FILTER)]
Sort = Annotated[
    str | None,
    typer.Option(
        help=f"By {', '.join(SORTS)}; with - before it the other way.", show_default="-date for a table, else date"
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="As many at most.", show_default="50 on a terminal, else all")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Who = Annotated[
    str | None,
    typer.Option(envvar="COMMUNIQUE_WHO", help="Who says so.", show_default="your login name"),
]
Why = Annotated[str, typer.Option(help="Why, in a few words.", show_default=False)]


def event_filter(
    *,
    actor: str | None = None,
    source: str | None = None,
    target: str | None = None,
    dyad: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    quads: Sequence[int] | None = None,
    since: str | None = None,
    until: str | None = None,
    statuses: Sequence[str] | None = None,
    contexts: Sequence[str] | None = None,
    text: str | None = None,
    report: str | None = None,
    dataset: str | None = None,
    minimum: float | None = None,
    corrected: bool = False,
    limit: int | None = None,
    sort: str | None = None,
) -> EventFilter:
    """Give the filter that the options mean, names of actors turned into codes; UsageError for what means nothing."""
    return EventFilter(
        actor=code_of(actor) if actor is not None else None,
        source=code_of(source) if source is not None else None,
        target=code_of(target) if target is not None else None,
        dyad=pair_of(dyad) if dyad else None,
        type=types,
        quad=quads,
        since=since,
        until=until,
        status=statuses,
        context=contexts,
        text=text,
        minimum_confidence=minimum,
        report_id=report,
        dataset=dataset,
        corrected=True if corrected else None,
        limit=limit,
        sort=sort or "date",
    )


def pair_of(dyad: Sequence[str]) -> tuple[str, str]:
    """Give the two codes of a dyad, given as one text "A,B" or as two; UsageError where they are not two."""
    codes = codes_of(dyad)
    if len(codes) != 2:
        raise UsageError(f"--dyad {','.join(dyad)}: name two actors, as --dyad Iran,USA")
    return codes[0], codes[1]


def who_of(given: str | None) -> str:
    """Give who says so: the name given, else the one the system knows the user by."""
    if given is not None and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("who says so is not known: give --who NAME, or set COMMUNIQUE_WHO") from error


def report_id_of(casebook: Casebook, given: str) -> str:
    """Give the id of the report that is meant: by its id, or by its file as `communique add` took it."""
    whole = os.path.abspath(given)
    return whole if casebook.report(given) is None and casebook.report(whole) is not None else given


def check_output(output: Path | None, casebook: Path) -> None:
    """Raise UsageError where the output would take the place of the casebook."""
    log = casebook.with_name(casebook.name + ".wal") if casebook.name else casebook
    if output is not None and any(
        same_file(output, own) or output.absolute() == own.absolute() for own in (casebook, log)
    ):
        raise UsageError(
            f"{output}: is the casebook or its log, and writing would replace it; name another file with -o"
        )


def casebook_path(given: Path | None) -> Path:
    """Give the casebook that is meant: the one named, else the one of the environment or of the user."""
    return given if given is not None else default_path()


def day_of(text: str | None) -> date | None:
    """Give the day that an option means; UsageError where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{text!r} is no day: write it as 2025-02-25") from error
