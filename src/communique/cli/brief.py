"""`communique brief`: the brief of a dossier as HTML, PDF or JSON."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from communique.casebook.kept import Dossier
from communique.casebook.store import Casebook
from communique.cli.options import CasebookFile, Output, casebook_path, check_output, day_of
from communique.errors import UsageError
from communique.pipeline import open_casebook
from communique.tables import new_file

FORMATS = (".html", ".pdf", ".json")


def brief(
    name: Annotated[str, typer.Argument(help="The dossier's name, as /dossiers shows it.", show_default=False)],
    output: Output = None,
    as_of: Annotated[str | None, typer.Option(help="As things stood at the end of this day, as 2025-02-25.")] = None,
    with_outlook: Annotated[
        bool, typer.Option("--outlook/--no-outlook", help="Say what is likely, too; that may have to be learned first.")
    ] = True,
    casebook: CasebookFile = None,
) -> None:
    """Write the brief of a dossier: what happened, how things stand, what is likely, with footnotes to sentences.

    The file's ending says what it becomes: .html, .pdf (needs the extra `pdf`) or .json; standard output gets HTML.
    Dossiers are made in the desk (communique desk).

    Examples:

      communique brief iran-nuclear -o brief.pdf

      communique brief iran-nuclear --as-of 2025-02-25 --no-outlook > brief.html
    """
    # Loaded here: the desk's libraries would slow the start of every other command.
    from communique.desk.brief import brief_of
    from communique.desk.brief_file import html_of
    from communique.desk.brief_pdf import pdf_of
    from communique.desk.dossier import material_of, outlooks_of

    if output is not None and output.suffix.lower() not in FORMATS:
        raise UsageError(f"{output}: a brief is written as {', '.join(FORMATS)}; give the file one of these endings")
    path, day = casebook_path(casebook), day_of(as_of)
    check_output(output, path)
    with open_casebook(path, read_only=True) as opened:
        dossier = _named(opened, name)
        outlooks = outlooks_of(opened, dossier, day) if with_outlook else ()
        made = brief_of(material_of(opened, dossier, day, outlooks))
    if output is None:
        sys.stdout.write(html_of(made))
        return
    ending = output.suffix.lower()
    if ending == ".pdf":
        written = pdf_of(made)
    elif ending == ".html":
        written = html_of(made).encode()
    else:
        written = json.dumps(made.as_row(), ensure_ascii=False, indent=2).encode()
    with new_file(output) as file:
        file.write(written)
    Console(stderr=True, highlight=False).print(
        f"{len(made.footnotes)} footnotes, written to {output}", soft_wrap=True, markup=False
    )


def _named(casebook: Casebook, name: str) -> Dossier:
    found = casebook.dossier(name)
    if found is None:
        names = ", ".join(each.name for each in casebook.dossiers())
        raise UsageError(
            f"there is no dossier {name!r}; "
            + (f"there are {names}" if names else "make one in the desk: communique desk")
        )
    return found
