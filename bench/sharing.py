"""How long others wait beside a busy `add`: python bench/sharing.py [--reports N] [--kept N] [--pause SECONDS].

One process adds reports, batch after batch, to a casebook that holds some already; between two batches it takes its
time, as reading does. Beside it one process reads and one corrects, each again and again. Told are the seconds of one
read and of one correction: alone, and beside the adding; and of the adding: alone, and beside them.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from communique.casebook import Casebook, EventFilter, ReportReading
from communique.casebook.writing import REPORTS_A_BATCH
from communique.records import DateBasis, DatePrecision, Event, Report, Status

TEXT = "Norland imposed sanctions on Sudmark. Its envoys later met in Port Vale."


def made(first: int, number: int, pause: float = 0.0) -> Iterator[ReportReading]:
    """Reports of two events each, with a pause before each batch."""
    for place in range(first, first + number):
        if place % REPORTS_A_BATCH == 0:
            time.sleep(pause)
        name = f"r{place:07}"
        events = tuple(
            Event(
                f"{name}{which}", name, 0, "SANCTION", "sanctions", 4, "163", -8.0, ("NOR",), ("SDN",), "Norland", "Sudmark",
                Status.OCCURRED, None, None, "2024-05-06", DatePrecision.DAY, DateBasis.STATED, None, (), "imposed", 8, 15,
                0.8, "made", ((0, 8, 15),),
            )
            for which in "ab"
        )  # fmt: skip
        yield ReportReading(Report(name, TEXT, None, date(2024, 5, 7)), True, ((0, 0, 37),), events)


def work(what: str, path: Path, number: int, pause: float) -> None:
    """Do one thing again and again, and print the seconds of each; of adding the seconds of all."""
    took = []
    with Casebook.open(path, read_only=what == "read") as casebook:
        if what == "add":
            begun = time.perf_counter()
            casebook.add(made(10_000_000, number, pause))
            print(f"{time.perf_counter() - begun:.4f}")
            return
        for place in range(number):
            time.sleep(pause)
            begun = time.perf_counter()
            if what == "read":
                casebook.events(EventFilter(actor="NOR", limit=50, sort="-date"))
            else:
                casebook.correct(f"r{place:07}a", "condition", "if asked", "bench")
            took.append(time.perf_counter() - begun)
    print(" ".join(f"{seconds:.4f}" for seconds in took))


def begun(what: str, path: Path, number: int, pause: float) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--work", what, "--file", str(path), "--reports", str(number)]
    return subprocess.Popen([*command, "--pause", str(pause)], stdout=subprocess.PIPE, text=True)


def told(name: str, process: subprocess.Popen[str]) -> None:
    seconds = sorted(map(float, process.communicate()[0].split()))
    if process.returncode:
        raise SystemExit(f"{name}: failed")
    late = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
    print(f"  {name:<28} median {statistics.median(seconds):6.3f} s   95% {late:6.3f} s   most {seconds[-1]:6.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1_280)
    parser.add_argument("--kept", type=int, default=50_000)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.file, options.reports, options.pause)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "casebook.duckdb"
        with Casebook.open(path) as casebook:
            casebook.add(made(0, options.kept))
            print(f"{casebook.count():,} events; {options.reports:,} reports more, {REPORTS_A_BATCH} a batch")
        print("alone")
        told("one read", begun("read", path, 40, 0.1))
        told("one correction", begun("correct", path, 20, 0.1))
        copy = Path(folder) / "copy.duckdb"
        copy.write_bytes(path.read_bytes())
        told("all of the adding", begun("add", copy, options.reports, options.pause))
        print("at once")
        adding = begun("add", path, options.reports, options.pause)
        others = {what: begun(what, path, 40, 0.1) for what in ("read", "correct")}
        for what, process in others.items():
            told({"read": "one read", "correct": "one correction"}[what], process)
        told("all of the adding", adding)


if __name__ == "__main__":
    main()
