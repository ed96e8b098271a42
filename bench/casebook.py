"""Speed of the casebook and the boards: python bench/casebook.py [--events N …].

Makes invented events as other datasets have them, imports them with their moves, and times, each in a process of its
own on a file just opened: every board, the timeline of a dyad, a filter. Asked for: at 100,000 events a board under
2 s and a timeline under 200 ms.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from communique.exchange.foreign import ImportedEvent
from communique.moves.coded import moves_of_coded
from communique.ontology.loader import ontology
from communique.pipeline import open_casebook
from communique.records import DateBasis, DatePrecision, Event, Status
from communique.standing.picture import BOARDS, picture_of

# The shares of acts that a year of ICEWS has, roughly.
CODES = (
    "040",
    "042",
    "043",
    "046",
    "051",
    "057",
    "111",
    "112",
    "163",
    "085",
    "190",
    "173",
    "020",
    "036",
    "125",
    "0871",
)
SLOWEST_BOARD, SLOWEST_TIMELINE = 2.0, 0.2


def invented(number: int, seed: int = 2) -> Iterator[ImportedEvent]:
    """Events of 200 actors over three years, the busier pairs far busier."""
    chance = random.Random(seed)
    actors = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNOPQRST" for b in "ABCDEFGHIJ"]
    weights = [1 / (place + 1) for place in range(len(actors))]
    types = ontology().types
    meaning = {
        code: next((t, m) for t in types.values() for m, (c, _) in t.modes.items() if c == code or c[:2] == code[:2])
        for code in CODES
    }
    for place in range(number):
        code = chance.choice(CODES)
        source, target = chance.choices(actors, weights, k=2)
        if source == target:
            target = actors[(actors.index(source) + 1) % len(actors)]
        plover, mode = meaning[code]
        day = (date(2013, 1, 1) + timedelta(days=chance.randrange(1_095))).isoformat()
        event = Event(
            f"e{place:08}", f"made:{place}", 0, plover.name, mode, plover.quad, code, ontology().intensity(code), (source,),
            (target,), source, target, Status.OCCURRED, None, None, day, DatePrecision.DAY, DateBasis.STATED, None, (), "",
            0, 0, 0.8, "invented",
        )  # fmt: skip
        yield ImportedEvent(event, "invented", str(place), day)


def timed(path: Path, what: str) -> None:
    """Open the casebook and do one thing; prints the seconds. Runs in a process of its own."""
    begun = time.perf_counter()
    with open_casebook(path, read_only=True) as casebook:
        if what == "timeline":
            rows = len(casebook.timeline("AAX", "ABX"))
        elif what == "filter":
            rows = len(casebook.frame())
        else:
            picture = picture_of(casebook.history(boards=[what]), boards=[what])
            rows = len(picture[what])
    print(f"{what},{time.perf_counter() - begun:.3f},{rows}")


def measure(number: int, folder: Path) -> bool:
    path = folder / f"{number}.casebook"
    begun = time.perf_counter()
    with open_casebook(path) as casebook:
        casebook.add_imported(
            invented(number), "invented", moves_of=lambda row: moves_of_coded(row.event, row.published)
        )
    print(f"\n{number:,} events: imported in {time.perf_counter() - begun:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
    good = True
    for what in (*BOARDS, "timeline", "filter"):
        done = subprocess.run(
            [sys.executable, __file__, "--time", what, "--file", str(path)], capture_output=True, text=True, check=True
        )
        name, seconds, rows = done.stdout.strip().split(",")
        limit = SLOWEST_TIMELINE if what == "timeline" else SLOWEST_BOARD
        slow = float(seconds) > limit and what != "filter"
        good &= not slow
        print(f"  {name:<12} {float(seconds):7.3f} s  {int(rows):>8,} rows{'   SLOW' if slow else ''}")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="*", default=[100_000])
    parser.add_argument("--time", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.time:
        timed(options.file, options.time)
        return
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(number, Path(folder)) for number in options.events]
    # At a million the figures are told, not held.
    raise SystemExit(0 if all(good for good, n in zip(results, options.events, strict=True) if n <= 100_000) else 1)


if __name__ == "__main__":
    main()
