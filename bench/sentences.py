"""Score the project's own sentence tables: `python bench/sentences.py [--misses]`.

The tables in tests/coding/sentences were coded from the codebook by people who had not seen what
the program makes of them. An event meets another when type and both sides agree (roles aside).
Prints precision, recall and F1 of events by kind of sentence, and the share of right statuses.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import yaml

import communique
from communique.pipeline import read_reports_fully

TABLES = Path(__file__).resolve().parent.parent / "tests" / "coding" / "sentences"
Sides = tuple[frozenset[str], str, frozenset[str]]


def bare(codes: list[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(code.split("/")[0] for code in codes if code != "-")


def expected(line: str) -> tuple[Sides, str, bool]:
    optional = line.endswith("?")
    parts = line.removesuffix("?").split()
    sides = (bare(parts[0].split("+")), parts[1], bare(parts[2].split("+")))
    return sides, parts[3] if len(parts) > 3 else "occurred", optional


def score_table(rows: list[dict[str, Any]], misses: bool) -> tuple[int, int, int, int, int]:
    """Give hits, extras, missed, statuses right, statuses judged."""
    reports = [
        communique.make_report(row["text"], row.get("published"), row.get("title"), str(number))
        for number, row in enumerate(rows)
    ]
    hits = extra = missed = right = judged = 0
    for row, done in zip(rows, read_reports_fully(reports), strict=True):
        wanted = [expected(line) for line in row["events"]]
        for event in done.events:
            sides = (bare(event.source), event.type, bare(event.target))
            match = next((item for item in wanted if item[0] == sides), None)
            if match is None:
                extra += 1
                if misses:
                    print(f"  extra  {event.source} {event.type} {event.target} «{event.anchor}» in: {row['text']}")
                continue
            wanted.remove(match)
            hits += not match[2]
            judged += 1
            right += match[1] == event.status.value
        for sides, _, optional in wanted:
            missed += not optional
            if misses and not optional:
                print(f"  missed {sorted(sides[0])} {sides[1]} {sorted(sides[2])} in: {row['text']}")
    return hits, extra, missed, right, judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show every missed and extra event")
    options = parser.parse_args()
    totals = [0, 0, 0, 0, 0]
    print(f"{'kind':26} {'sentences':>9} {'P':>6} {'R':>6} {'F1':>6} {'status':>7}")
    for path in sorted(TABLES.glob("*.yaml")):
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        counts = score_table(rows, options.misses)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        show(path.stem, len(rows), *counts)
    show("all", 0, *totals)


def show(name: str, sentences: int, hits: int, extra: int, missed: int, right: int, judged: int) -> None:
    precision, recall = hits / (hits + extra or 1), hits / (hits + missed or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    print(f"{name:26} {sentences or '':>9} {precision:6.3f} {recall:6.3f} {f1:6.3f} {right / (judged or 1):7.3f}")


if __name__ == "__main__":
    main()
