"""Make the pictures of the README from real output: `python docs/picture.py`."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from communique.cli.show import print_report
from communique.cli.standing import print_picture
from communique.pipeline import history_of_reports, read_reports_fully
from communique.records import Report
from communique.reports import read_reports
from communique.standing.picture import picture_of

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the pictures."""
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    console.print("[bold]$[/bold] communique read examples/nuclear-talks.txt")
    found = [item for item in read_reports([str(ROOT / "examples" / "nuclear-talks.txt")]) if isinstance(item, Report)]
    for done in read_reports_fully(found):
        print_report(console, done.report, done.sentences, done.events)
    console.save_svg(str(ROOT / "docs" / "images" / "read.svg"), title="communique", unique_id="communique")

    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    console.print("[bold]$[/bold] communique standing sanctions agreements talks positions --report examples/nuclear-talks.txt")
    boards = ("sanctions", "agreements", "talks", "positions")
    print_picture(console, picture_of(history_of_reports(found), boards=boards), most=40, evidence=False)
    console.save_svg(str(ROOT / "docs" / "images" / "standing.svg"), title="communique", unique_id="standing")


if __name__ == "__main__":
    main()
