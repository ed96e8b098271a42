"""Score the project's own tables: `python bench/sentences.py [--misses] [TABLE …]`.

tests/coding/sentences holds single sentences by kind, tests/coding/reports whole short reports; all
were coded from the codebook by people who had not seen what the program makes of them. A predicted
event meets a coded one when the type is its type (or a named alternative) and both sides overlap,
roles aside and blocs expanded; a reciprocal act has both sides on both ends. Optional events count
neither way. Prints precision, recall and F1 of events and the share of right statuses, a table each.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import communique
from communique.actors.knowledge import knowledge
from communique.pipeline import ReadReport, read_reports_fully
from communique.records import Event

FOLDERS = [Path(__file__).resolve().parent.parent / "tests" / "coding" / name for name in ("sentences", "reports")]


@dataclass(frozen=True)
class Coded:
    """One line `SRC TYPE[/ALTERNATIVE] TGT [status][?]` of a table."""

    source: frozenset[str]
    types: tuple[str, ...]
    target: frozenset[str]
    status: str
    optional: bool


def parties(codes: list[str] | tuple[str, ...]) -> frozenset[str]:
    """State- or organisation-level codes, negotiating formats expanded."""
    found: set[str] = set()
    for code in codes:
        head = code.split("/")[0]
        members = knowledge().members.get(head, ()) if head in {"E3", "P5", "P5+1", "E3+3"} else ()
        found.update(members or (head,))
    return frozenset(found - {"-", ""})


def coded(line: str) -> Coded:
    parts = line.removesuffix("?").split()
    source, target = parties(parts[0].split("+")), parties(parts[2].split("+"))
    status = parts[3] if len(parts) > 3 else "occurred"
    return Coded(source, tuple(parts[1].split("/")), target, status, line.endswith("?"))


class Sides(NamedTuple):
    """What of an event counts here."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]


def meets(want: Coded, event: Event | Sides) -> bool:
    if event.type not in want.types:
        return False
    source = parties(event.source)
    target = parties(event.target) or (source if len(source) > 1 else frozenset())
    if not want.target and len(want.source) > 1:
        return len((source | target) & want.source) >= 2
    return bool(source & want.source) and (not want.target or bool(target & want.target))


@dataclass
class Tally:
    texts: int = 0
    hits: int = 0
    extra: int = 0
    missed: int = 0
    right: int = 0
    judged: int = 0
    spoilt: int = 0  # texts with an event too many

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra or 1)

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed or 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)

    def show(self, name: str) -> None:
        figures = f"{self.precision:6.3f} {self.recall:6.3f} {self.f1:6.3f} {self.right / (self.judged or 1):7.3f}"
        print(f"{name:26} {self.texts:>6} {figures}")


def wanted_of(row: dict[str, Any]) -> list[Coded]:
    """The lines of a row, those that are required first."""
    return sorted((coded(line) for line in row["events"]), key=lambda want: want.optional)


def take(wanted: list[Coded], event: Event | Sides) -> Coded | None:
    """Take out of `wanted` the first line that an event meets, and give it."""
    match = next((want for want in wanted if meets(want, event)), None)
    if match is not None:
        wanted.remove(match)
    return match


def read_table(path: Path, *, second_reading: bool = True) -> Iterator[tuple[dict[str, Any], ReadReport]]:
    """Read a table's texts; a report is called by the table and its number in it."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    reports = [
        communique.make_report(row["text"], row.get("published"), row.get("title"), f"{path.stem}-{number}")
        for number, row in enumerate(rows)
    ]
    yield from zip(rows, read_reports_fully(reports, second_reading=second_reading), strict=True)


def score_table(path: Path, misses: bool, total: Tally) -> Tally:
    tally = Tally()
    for row, done in read_table(path):
        tally.texts += 1
        wanted = wanted_of(row)
        before = tally.extra
        for event in done.events:
            match = take(wanted, event)
            if match is None:
                tally.extra += 1
                if misses:
                    sides = f"{'+'.join(event.source)} {event.type} {'+'.join(event.target)}"
                    print(f"  extra  {sides} «{event.anchor}» [{event.rule}] in: {row['text'][:300]}")
                continue
            tally.hits += not match.optional
            tally.judged += 1
            tally.right += match.status == event.status.value
        tally.spoilt += tally.extra > before
        for want in wanted:
            tally.missed += not want.optional
            if misses and not want.optional:
                sides = f"{'+'.join(sorted(want.source))} {'/'.join(want.types)} {'+'.join(sorted(want.target))}"
                print(f"  missed {sides} in: {row.get('title') or ''} | {row['text'][:300]}")
    for name, value in vars(tally).items():
        setattr(total, name, getattr(total, name) + value)
    return tally


def figures(tables: Collection[str] = (), misses: bool = False) -> dict[str, float]:
    """Score and print the tables (all, or those named); gives the F1 of each, by name."""
    found = {}
    print(f"{'table':26} {'texts':>6} {'P':>6} {'R':>6} {'F1':>6} {'status':>7}")
    for folder in FOLDERS:
        total = Tally()
        for path in sorted(folder.glob("*.yaml")):
            if tables and path.stem not in tables:
                continue
            tally = score_table(path, misses, total)
            tally.show(path.stem)
            if tally.hits + tally.missed:
                found[f"{folder.name}/{path.stem}: event F1"] = tally.f1
            else:
                found[f"{folder.name}/{path.stem}: texts without an event too many"] = 1 - tally.spoilt / tally.texts
        total.show(f"all {folder.name}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", help="names of tables; all by default")
    parser.add_argument("--misses", action="store_true", help="show every missed and extra event")
    options = parser.parse_args()
    figures(options.tables, options.misses)


if __name__ == "__main__":
    main()
