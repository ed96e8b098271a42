"""The quality gate: `python bench/gate.py [--raise] [--lower NAME --because TEXT] [--accept-cases]`.

Holds every figure of bench/score.py, sentences.py, status.py, confidence.py, folding.py, affairs.py, outlook.py and ranking.py
against its floor in bench/floors.yaml, and every file of cases against the hash that stands there.
Figures on the gold cases are skipped, and said to be, where ../shared/cases is not on this machine;
those on the project's own cases are always held. Exit code 1 where a figure is below its floor, a
new figure has none, or a file of cases has changed.

  python bench/gate.py --raise                       lift floors to what is reached now, less MARGIN
  python bench/gate.py --lower "wire: event F1" --because "the gold case 14 was mended"
  python bench/gate.py --accept-cases                take the hashes of the cases as they are now
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from pathlib import Path
from typing import Any

import yaml

import affairs
import confidence
import folding
import outlook
import ranking
import score
import sentences
import status

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "bench" / "floors.yaml"
CASES = ROOT.parent / "shared" / "cases"
OWN = (
    ROOT / "tests" / "coding" / "sentences",
    ROOT / "tests" / "coding" / "reports",
    ROOT / "tests" / "folding" / "stories",
    ROOT / "tests" / "standing" / "affairs",
)
OWN_FIGURES = ("sentences/", "reports/", "own ", "folding ", "affairs ")
# Less than this below what was reached is no fall: the last bits of another processor's arithmetic.
MARGIN = 0.003
HEAD = """# The least that each figure of the gate may be, and the hashes of the cases (bench/gate.py).
# Raised by --raise; lowered only by --lower NAME --because TEXT, which leaves the reason below.
"""


def measured() -> dict[str, float]:
    """Every figure that can be had on this machine, by name; prints the tables on the way."""
    found = {**sentences.figures(), **status.own_figures()}
    if CASES.is_dir():
        found |= score.score_event_files(CASES, score.load_scorer(CASES.parent / "tools" / "score_events.py"), 0)
        found |= score.score_types(CASES) | status.gold_figures(CASES)
    found |= confidence.figures(CASES) | folding.figures() | affairs.figures()
    return found | outlook.figures(CASES) | ranking.figures(CASES)


def hashes() -> dict[str, str]:
    """SHA-256 of every file of cases on this machine; those of the project always, the gold where it is."""
    paths = [path for folder in OWN for path in sorted(folder.glob("*.yaml"))]
    names = [*(f"{name}.jsonl" for name in score.EVENT_FILES), "plv_train.tsv", "gsr_dev.jsonl"]
    paths += [CASES / name for name in names if CASES.is_dir()] + sorted(
        (ROOT / "training" / "sentences").glob("*.tsv")
    )
    return {f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths}


def compare(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Print each figure beside its floor; gives what is wrong."""
    faults = []
    print(f"\n{'figure':52} {'now':>6} {'floor':>6}")
    for name in sorted({*found, *floors}):
        if name not in found:
            gold = not name.startswith(OWN_FIGURES) and not CASES.is_dir()
            print(f"{name:52} {'—':>6} {floors[name]:6.3f}  {'skipped: needs ../shared/cases' if gold else 'GONE'}")
            faults += [] if gold else [f"{name} has a floor, but is no longer measured"]
            continue
        floor = floors.get(name)
        verdict = "no floor" if floor is None else "BELOW" if found[name] < floor else ""
        print(f"{name:52} {found[name]:6.3f} {'—' if floor is None else f'{floor:.3f}':>6}  {verdict}".rstrip())
        if verdict:
            faults.append(
                f"{name} is {found[name]:.3f}: {'it has no floor' if floor is None else f'floor {floor:.3f}'}"
            )
    return faults


def raised(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Floors lifted to what was found, less the margin; never lowered."""
    lifted = {name: math.floor((value - MARGIN) * 1000) / 1000 for name, value in found.items()}
    return {name: max(lifted.get(name, 0.0), floors.get(name, 0.0)) for name in sorted({*lifted, *floors})}


def write(kept: dict[str, Any]) -> None:
    FLOORS.write_text(HEAD + yaml.safe_dump(kept, sort_keys=False, allow_unicode=True), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true")
    parser.add_argument("--lower", metavar="NAME")
    parser.add_argument("--because", metavar="TEXT")
    parser.add_argument("--accept-cases", action="store_true")
    options = parser.parse_args()
    if bool(options.lower) != bool(options.because):
        parser.error("--lower NAME and --because TEXT go together")
    kept = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    floors, known = kept.get("floors", {}), kept.get("cases", {})
    reasons = kept.get("lowered", [])
    if options.lower and options.lower not in floors:
        parser.error(f"no figure is called {options.lower!r}: see {FLOORS.relative_to(ROOT)}")
    found, now = measured(), hashes()
    if options.lower and not found.get(options.lower, 1.0) < floors[options.lower]:
        parser.error(f"{options.lower!r} is not below its floor here, or cannot be measured here: nothing to lower")
    if options.lower:
        reasons.append({"figure": options.lower, "from": floors[options.lower], "because": options.because})
        floors[options.lower] = raised({options.lower: found[options.lower]}, {})[options.lower]
    if options.lift:
        floors = raised(found, floors)
    if options.accept_cases:
        known = now if CASES.is_dir() else {**{name: value for name, value in known.items() if "cases/" in name}, **now}
    if options.lower or options.lift or options.accept_cases:
        write({"floors": floors, "cases": known, "lowered": reasons})
    faults = compare(found, floors)
    faults += [f"{name} is not the file that the floors were set on: --accept-cases takes it"
               for name, value in now.items() if known.get(name) != value]  # fmt: skip
    gone = [name for name in known if name not in now and (CASES.is_dir() or not name.startswith("cases/"))]
    faults += [f"{name} is gone: --accept-cases forgets it" for name in gone]
    for fault in faults:
        print(fault, file=sys.stderr)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
