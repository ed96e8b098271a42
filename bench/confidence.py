"""Does confidence mean something: `python bench/confidence.py [CASES]`.

Reads our own held-out reports (tests/coding/reports/unseen_*) and, where they are on this machine,
the gold cases in CASES (by default ../shared/cases); neither had a part in fitting the weights.
Prints, for each band of confidence, how many events it holds, their mean confidence and the share
that is right, then the mean gap between the two (expected calibration error), and what precision,
recall and F1 are left of the events at or above each `--min-confidence`.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from score import met_gold
from sentences import FOLDERS, read_table, take, wanted_of

ROOT = Path(__file__).resolve().parent.parent
BANDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
THRESHOLDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


class Judged(NamedTuple):
    """One event: its confidence and whether a coded one meets it."""

    confidence: float
    right: bool


def own_reports() -> Iterator[tuple[list[Judged], int]]:
    """The judged events and the number of required ones, a pair a report."""
    for path in sorted(FOLDERS[1].glob("unseen_*.yaml")):
        for row, done in read_table(path):
            wanted = wanted_of(row)
            required = sum(not want.optional for want in wanted)
            met = [(event, take(wanted, event)) for event in done.events]
            judged = [Judged(event.confidence, line is not None) for event, line in met if not (line and line.optional)]
            yield judged, required


def gold_reports(cases: Path) -> Iterator[tuple[list[Judged], int]]:
    """The same for the gold cases."""
    for row, done, met in met_gold(cases):
        judged = [
            Judged(event.confidence, place in met)
            for place, event in enumerate(done.events)
            if place not in met or not row["events"][met[place]].get("optional")
        ]
        yield judged, sum(not event.get("optional") for event in row["events"])


def calibration_error(events: list[Judged]) -> float:
    """Mean distance between confidence and share of right ones over the bands, by their sizes."""
    gap = 0.0
    for low, high in itertools.pairwise(BANDS):
        inside = [event for event in events if low <= event.confidence < high]
        if inside:
            gap += abs(sum(event.right for event in inside) - sum(event.confidence for event in inside))
    return gap / (len(events) or 1)


def show(name: str, events: list[Judged], required: int) -> float:
    print(f"{name}: {len(events)} events, {sum(event.right for event in events)} right")
    print(f"{'confidence':>12} {'events':>7} {'mean':>6} {'right':>6}")
    for low, high in itertools.pairwise(BANDS):
        inside = [event for event in events if low <= event.confidence < high]
        if inside:
            mean = sum(event.confidence for event in inside) / len(inside)
            right = sum(event.right for event in inside) / len(inside)
            print(f"{low:>5.1f} … {min(high, 1.0):.1f} {len(inside):7} {mean:6.2f} {right:6.2f}")
    error = calibration_error(events)
    print(f"expected calibration error {error:.3f}")
    print(f"{'--min-confidence':>16} {'P':>6} {'R':>6} {'F1':>6}")
    for least in THRESHOLDS:
        kept = [event for event in events if event.confidence >= least]
        hits = sum(event.right for event in kept)
        precision, recall = hits / (len(kept) or 1), hits / (required or 1)
        print(f"{least:16.1f} {precision:6.3f} {recall:6.3f} {2 * precision * recall / (precision + recall or 1):6.3f}")
    return error


def figures(cases: Path) -> dict[str, float]:
    """Print both tables; gives 1 − calibration error of each, by name."""
    found = {}
    for name, reports in (("own", own_reports()), ("gold", gold_reports(cases) if cases.is_dir() else iter(()))):
        pairs = list(reports)
        if pairs:
            events = [event for judged, _ in pairs for event in judged]
            error = show(f"{name} cases", events, sum(required for _, required in pairs))
            found[f"{name} cases: 1 − calibration error"] = 1 - error
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=ROOT.parent / "shared" / "cases")
    figures(parser.parse_args().cases)


if __name__ == "__main__":
    main()
