"""A frozen run of our own cases: `python bench/frozen.py [--write]`.

bench/frozen_events.tsv holds every event that the program makes of tests/coding, a line each: table
and number, type, source, target, status, anchor. Without --write the run of now is held against it
and the difference is printed as a diff (exit code 1 if there is one), so that a change in coding
shows as the events it takes and gives; --write freezes the run of now.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from sentences import FOLDERS, read_table

FROZEN = Path(__file__).parent / "frozen_events.tsv"


def run() -> list[str]:
    """One line an event, in the order of files, rows and text."""
    lines = []
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.yaml")):
            for _, done in read_table(path):
                for event in done.events:
                    sides = "+".join(event.source), "+".join(event.target) or "-"
                    anchor = " ".join(event.anchor.split())
                    lines.append("\t".join((event.report_id, event.type, *sides, event.status.value, anchor)))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    now = run()
    if options.write:
        FROZEN.write_text("\n".join(now) + "\n", encoding="utf-8")
        print(f"{len(now)} events frozen")
        return
    before = FROZEN.read_text(encoding="utf-8").splitlines()
    changed = [
        line
        for line in difflib.unified_diff(before, now, "frozen", "now", n=0, lineterm="")
        if not line.startswith("@@")
    ]
    for line in changed:
        print(line)
    if changed:
        print("the coding has changed: look at the diff, then python bench/frozen.py --write", file=sys.stderr)
        raise SystemExit(1)
    print(f"{len(now)} events, as frozen")


if __name__ == "__main__":
    main()
