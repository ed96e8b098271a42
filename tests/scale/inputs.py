"""Inputs for the tests of scale, and functions that worker processes find by name."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.pipeline import ReadReport, make_report, read_reports_fully
from communique.records import DroppedReport, Report

GERMAN = (
    "Die Bundesregierung hat am Montag die Angriffe Russlands auf die Ukraine verurteilt. Der Kanzler traf in Paris "
    "den Präsidenten Macron und sprach mit ihm über neue Sanktionen gegen Moskau. Iran und USA verhandeln weiter."
)
TEXTS = (
    "Panama recalled its ambassador from Cuba on Monday. Cuba condemned Panama.",
    "Turkey and Greece held talks, and both countries signed an agreement.",
    "It rained in the hills all day, and the roads were closed.",
    "Kenya attacked Somalia. The attack was condemned by Ethiopia.",
    "Iran will not negotiate with the United States, its foreign minister said.",
)


def make_reports(count: int) -> list[Report]:
    """Give short reports of which each differs, one of them in another language."""
    texts = [f"{TEXTS[number % len(TEXTS)]} Peru thanked Chile {number} times." for number in range(count)]
    if count > 3:
        texts[3] = GERMAN
    return [make_report(text, "2025-02-25", None, f"r{number}") for number, text in enumerate(texts)]


def write_rows(folder: Path, count: int) -> Path:
    """Write a folder of a JSONL file with broken and blank lines, a text, junk, and Parquet files."""
    folder.mkdir()
    rows = [{"id": report.report_id, "text": report.text, "published": "2025-02-25"} for report in make_reports(count)]
    lines = [json.dumps(row) for row in rows]
    lines[1:1] = ["no row at all", "", "  \u00a0 ", '{"text": ""}']
    lines.append('{"text": "Chad bombed Mali."}')
    (folder / "a.jsonl").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    (folder / "b.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "c.bin").write_bytes(bytes(range(256)) * 20)
    pq.write_table(pa.Table.from_pylist(rows[: count // 2]), folder / "d.parquet", row_group_size=5)
    pq.write_table(pa.table({"words": ["x"] * count}), folder / "e.parquet")
    (folder / "f.jsonl").write_text("\n\n", encoding="utf-8")
    return folder


def double(number: int) -> int:
    return 2 * number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def process_id(_: int) -> int:
    print("a stray word on standard output")
    return os.getpid()


def threads(_: int) -> list[str | None]:
    return [os.environ.get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TOKENIZERS_PARALLELISM")]


def read_with_faults(
    reports: Iterable[Report], on_fault: Callable[[DroppedReport], None] | None = None
) -> Iterator[ReadReport]:
    """Read as the pipeline does, but with a fault at each report whose id ends in 5."""
    for report in reports:
        if report.report_id.endswith("5"):
            if on_fault is None:
                raise IndexError(f"a fault at {report.report_id}")
            on_fault(DroppedReport(report.report_id, "a fault", report.report_id))
            continue
        yield from read_reports_fully([report], on_fault)
