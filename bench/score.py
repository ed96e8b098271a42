"""Score the coder on the gold cases: `python bench/score.py [CASES] [--misses N]`.

CASES is a folder with *_dev.jsonl, seed_gold.jsonl, plv_train.tsv and gsr_dev.jsonl, by default
../shared/cases beside the project; without it the script says so and stops with exit code 0.
Event figures come from the scorer in ../shared/tools (score_events.py); type figures are
macro-F1 over the fifteen classes of that data (YIELD is CONCEDE or RETREAT).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import communique
from communique.pipeline import ReadReport, read_reports_fully

ROOT = Path(__file__).resolve().parent.parent
EVENT_FILES = {"seed_gold": "article", "wire_dev": "wire", "feature_dev": "features", "official_dev": "officials"}
SEED_DAY = "2025-02-25"
GSR_NAMES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT", "INVESTIGATE": "ACCUSE"}
YIELD = {"CONCEDE", "RETREAT"}


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_events", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(cases: Path, name: str) -> list[tuple[dict[str, Any], ReadReport]]:
    """The rows of a gold file, each with its text as the program reads it."""
    rows = [json.loads(line) for line in (cases / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]
    day = SEED_DAY if name == "seed_gold" else None
    reports = [
        communique.make_report(row["text"], row.get("published") or day, row.get("title"), row["id"]) for row in rows
    ]
    return list(zip(rows, read_reports_fully(reports), strict=True))


def met_gold(cases: Path) -> Iterator[tuple[dict[str, Any], ReadReport, dict[int, int]]]:
    """Every gold row with its reading and, by the scorer, which event of the reading meets which of the gold."""
    scorer = load_scorer(cases.parent / "tools" / "score_events.py")
    for name in EVENT_FILES:
        for row, done in read_gold(cases, name):
            rows = [event.as_row() for event in done.events]
            yield row, done, scorer.match(row["events"], rows, scorer.LEVELS["event"])


def f1(hits: int, said: int, told: int) -> float:
    """F1 of what was said `said` times, is so `told` times, and both `hits` times."""
    return 2 * hits / (said + told) if said + told else 0.0


def score_event_files(cases: Path, scorer: ModuleType, misses: int) -> dict[str, float]:
    """Score and print each file; gives the figures that bench/gate.py holds, by name."""
    found: dict[str, float] = {}
    print(f"{'file':12} {'texts':>5} {'event F1':>8} {'P':>6} {'R':>6} {'strict F1':>9} {'status':>7}")
    for name, label in EVENT_FILES.items():
        read = read_gold(cases, name)
        predicted = {row["id"]: [event.as_row() for event in done.events] for row, done in read}
        figures, faults = scorer.score([row for row, _ in read], predicted)
        event, strict = figures["event"], figures["strict"]
        print(
            f"{label:12} {figures['texts']:5} {event['f1']:8.3f} {event['precision']:6.3f} {event['recall']:6.3f} "
            f"{strict['f1']:9.3f} {figures['status']:7.3f}"
        )
        found |= {
            f"{label}: event F1": event["f1"], f"{label}: strict F1": strict["f1"], f"{label}: status": figures["status"],
        }  # fmt: skip
        for kind, where, fault in faults[:misses]:
            sides = f"{'+'.join(fault['source'])} -> {'+'.join(fault.get('target') or [])}"
            print(
                f"  {kind:6} {where} {fault['type']} {sides} «{fault['anchor']}» {fault.get('rule', '')}",
                file=sys.stderr,
            )
    return found


def marked_sentences(cases: Path) -> Iterator[tuple[str, str, str]]:
    """(file, marked sentence, type) of the two files that hold single sentences."""
    with (cases / "plv_train.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield "plv_train", row["marked_sentence"].strip('"'), row["gold_root"]
    for line in (cases / "gsr_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"].strip("{} ")
        for side, mark in (("source", "s"), ("target", "t")):
            named = row.get(side)
            for actor in named if isinstance(named, list) else []:
                words = actor.get("actorText", "")
                if words and words in text and f"<{mark}>" not in text:
                    text = text.replace(words, f"<{mark}>{words}</{mark}>", 1)
        if "<s>" in text:
            yield "gsr_dev", text, GSR_NAMES.get(row["event"], row["event"])


def macro_f1(pairs: list[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    scores = {}
    for name in sorted({gold for gold, _ in pairs}):
        hits = sum(gold == name == guess for gold, guess in pairs)
        said, told = sum(guess == name for _, guess in pairs), sum(gold == name for gold, _ in pairs)
        scores[name] = f1(hits, said, told)
    return sum(scores.values()) / len(scores), scores


def score_types(cases: Path) -> dict[str, float]:
    """Score and print the type of marked sentences; gives the macro-F1 of each file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, marked, gold in marked_sentences(cases):
        guess = communique.act_type(marked)[0][0]
        if gold == "YIELD" or (name == "plv_train" and guess in YIELD):
            guess = "YIELD" if guess in YIELD else guess
        found.setdefault(name, []).append((gold, guess))
    figures = {}
    for name, pairs in found.items():
        value, scores = macro_f1(pairs)
        figures[f"{name}{' (trained on)' if name == 'plv_train' else ''}: macro-F1 of types"] = value
        print(
            f"{name}: {len(pairs)} sentences, macro-F1 {value:.3f}  "
            + "  ".join(f"{k} {v:.2f}" for k, v in scores.items())
        )
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=ROOT.parent / "shared" / "cases")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show the first N faults of each file")
    options = parser.parse_args()
    scorer = options.cases.parent / "tools" / "score_events.py"
    if not options.cases.is_dir() or not scorer.is_file():
        print(f"{options.cases}: the gold cases and their scorer are not on this machine; nothing scored")
        return
    score_event_files(options.cases, load_scorer(scorer), options.misses)
    score_types(options.cases)


if __name__ == "__main__":
    main()
