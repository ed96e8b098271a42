"""A brief as PDF, set by Typst: the template is ours, the brief goes in as JSON, so that no report's words are markup."""

from __future__ import annotations

import json
from importlib.resources import files

from communique.desk.brief import Brief
from communique.errors import CommuniqueError, MissingLibrary


def pdf_of(brief: Brief) -> bytes:
    """Give a brief as PDF, the same bytes for the same brief; MissingLibrary where Typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise MissingLibrary(
            "setting a PDF needs Typst: pip install 'communique[pdf]'; or print the brief's page from the browser"
        ) from error
    template = files("communique.desk") / "data" / "brief.typ"
    try:
        made = typst.compile(
            template.read_bytes(), format="pdf", sys_inputs={"brief": json.dumps(_for_template(brief))}, timestamp=0
        )
    except typst.TypstError as error:
        raise CommuniqueError(f"{brief.name}: the brief cannot be set as PDF: {error.message}") from error
    assert isinstance(made, bytes)  # one PDF is one file
    return made


def _for_template(brief: Brief) -> dict[str, object]:
    """Give the brief with each footnote marked where it stands first: there it is written out, later referred to."""
    row, seen = brief.as_row(), set[int]()
    for section in row["sections"]:
        for statement in section["statements"]:
            marked = []
            for number in statement["notes"]:
                marked.append({"number": number, "first": number not in seen})
                seen.add(number)
            statement["notes"] = marked
    return row
