"""F1 of each status: `python bench/status.py`.

Two measures. On the sentences written for the classifier (training/sentences; frames were widened
from them, the rules of status were not): of the acts that the program finds between the marked actors with the right
type, how well are occurred, planned, hypothetical and denied told apart. On the gold cases, where
they are on this machine: which events come with a `condition`, against those that the gold gives one.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import communique
from communique.coding.single import unmark
from communique.pipeline import read_reports_fully
from score import f1, met_gold

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "training" / "sentences"
CASES = ROOT.parent / "shared" / "cases"
STATUSES = ("occurred", "planned", "hypothetical", "denied")
# Every third file line: the whole takes minutes.
EVERY = 3


def own_figures() -> dict[str, float]:
    """F1 of each status on our own marked sentences."""
    rows = []
    for path in sorted(SENTENCES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[::EVERY]
    rows = [row for row in rows if row["type"] != "NONE"]
    plain = [unmark(row["sentence"]) for row in rows]
    reports = [communique.make_report(text, None, None, str(number)) for number, (text, _, _) in enumerate(plain)]
    pairs: Counter[tuple[str, str]] = Counter()
    for row, (_, sources, _), done in zip(rows, plain, read_reports_fully(reports), strict=True):
        for draft in (group[0] for group in done.coding.groups):
            starts = [draft.sentence.tokens[head].start for head in draft.source.heads]
            if draft.type == row["type"] and any(a <= start < b for start in starts for a, b in sources):
                pairs[row["status"], draft.status.value] += 1
                break
    print(f"own sentences: {len(rows)}, of which the act is found in {pairs.total()}")
    found = {}
    for name in STATUSES:
        said = sum(count for (_, guess), count in pairs.items() if guess == name)
        told = sum(count for (gold, _), count in pairs.items() if gold == name)
        found[f"own sentences: F1 of {name}"] = value = f1(pairs[name, name], said, told)
        print(f"  {name:13} {told:5} F1 {value:.3f}")
    return found


def gold_figures(cases: Path = CASES) -> dict[str, float]:
    """F1 of having a condition, among the gold events that are found."""
    if not cases.is_dir():
        return {}
    hits = said = told = 0
    for row, done, met in met_gold(cases):
        for place, gold in met.items():
            bound, wanted = done.events[place].condition is not None, bool(row["events"][gold].get("condition"))
            hits, said, told = hits + (bound and wanted), said + bound, told + wanted
    value = f1(hits, said, told)
    print(f"gold cases: {told} conditional events found, F1 of having a condition {value:.3f}")
    return {"gold cases: F1 of conditional": value}


if __name__ == "__main__":
    own_figures()
    gold_figures()
