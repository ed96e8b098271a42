"""Make the picture of the README from real output: `python docs/picture.py`."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from communique.cli.show import print_report
from communique.pipeline import read_reports_fully
from communique.records import Report
from communique.reports import read_reports

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the picture."""
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    console.print("[bold]$[/bold] communique read examples/nuclear-talks.txt")
    found = (item for item in read_reports([str(ROOT / "examples" / "nuclear-talks.txt")]) if isinstance(item, Report))
    for done in read_reports_fully(found):
        print_report(console, done.report, done.sentences, done.events)
    console.save_svg(str(ROOT / "docs" / "images" / "read.svg"), title="communique", unique_id="communique")


if __name__ == "__main__":
    main()
