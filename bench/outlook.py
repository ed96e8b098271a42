"""Held against the past: the outlook's backtest over a casebook, and how long learning and asking take.

bench/gate.py holds the figures of `figures`: the backtest over ICEWS 2014 against its baselines.

python bench/outlook.py CASEBOOK [--days 30] [--origins 6] [--json FILE] [--svg FILE]
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from communique.casebook import Casebook
from communique.outlook.backtest import Backtest, Score, backtest
from communique.outlook.coverage import RangeCheck
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import outlook
from communique.outlook.model import learn_model
from communique.outlook.reliability_plot import reliability_svg
from communique.pipeline import import_events


def main() -> None:
    given = _arguments()
    with Casebook.open(given.casebook, read_only=True) as casebook:
        frame = casebook.frame()
    begun = time.perf_counter()
    history = EventHistory.from_frame(frame)
    print(f"{frame.height:,} events in {len(history):,} rows, {history.oldest} to {history.newest}")
    print(f"laid out in {time.perf_counter() - begun:.1f} s")
    _speed(history, given.days)
    begun = time.perf_counter()
    result = backtest(history, given.days, given.origins)
    print(f"backtest of {len(result.origins)} origins in {time.perf_counter() - begun:.0f} s")
    _show(result)
    if given.json:
        given.json.write_text(json.dumps(result.as_row(), indent=1) + "\n", encoding="utf-8")
    if given.svg:
        given.svg.write_text(reliability_svg(result), encoding="utf-8")


def figures(cases: Path) -> dict[str, float]:
    """Give the gate's figures from ICEWS 2014 (30 days, six origins); none where it is not on this machine."""
    events = cases / "icews14" / "train.txt"
    if not events.is_file():
        print("outlook: skipped, for the events of ICEWS 2014 are not on this machine")
        return {}
    with tempfile.TemporaryDirectory() as folder, Casebook.open(Path(folder) / "icews14.casebook") as casebook:
        import_events(casebook, events, start="2014-01-01")
        history = EventHistory.from_frame(casebook.frame())
    result = backtest(history, 30, 6)
    _show(result)
    score = result.score("all types")
    found = {
        "skill against climatology": score.skill_climatology,
        "skill against persistence": score.skill_persistence,
        "AUC": score.auc,
        "1 − calibration error": 1.0 - score.calibration_error,
        "ranges held": score.ranges.held / score.ranges.groups,
    }
    return {f"outlook: {name}": value for name, value in found.items() if value is not None}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("casebook", type=Path)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--origins", type=int, default=6)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--svg", type=Path)
    return parser.parse_args()


def _speed(history: EventHistory, days: int) -> None:
    begun, used = time.perf_counter(), time.process_time()
    model = learn_model(history, None, days)
    print(f"learned in {time.perf_counter() - begun:.1f} s ({time.process_time() - used:.1f} s of processor)")
    busiest = outlook(history, None, None, days, model=model, top=1).next[0]
    begun = time.perf_counter()
    outlook(history, busiest.source, busiest.target, days, model=model)
    print(f"outlook {busiest.source} {busiest.target} in {time.perf_counter() - begun:.2f} s")


def _show(result: Backtest) -> None:
    for origin in result.origins:
        print(
            f"  {origin.as_of}  {origin.dyads:5} directed dyads, Brier {origin.brier:.4f}, skill {_signed(origin.skill_climatology)} {_signed(origin.skill_persistence)}"
        )
    print(
        f"{'kind':22}{'came':>7}{'Brier':>8}{'vs clim.':>10}{'vs pers.':>10}{'log loss':>10}{'(clim.)':>9}{'AUC':>7}{'(clim.)':>9}{'cal. err.':>10}{'ranges held':>14}"
    )
    for score in result.scores:
        print(_line(score))
    print(result.note or "no kind is below a baseline")
    ranges = {each.low: each for each in result.ranges}
    for each in result.reliability:
        own = ranges[each.low]
        print(
            f"  {each.low:4.2f}–{each.high:4.2f} {each.count:7,} foreseen {each.foreseen:.3f} came {each.came:.3f} [{each.share_low:.3f} {each.share_high:.3f}]"
            f" range {own.range_low:.3f}–{own.range_high:.3f} held {_held(own.check)}"
        )


def _line(score: Score) -> str:
    return (
        f"{score.kind:22}{score.came / score.forecasts:7.1%}{score.brier:8.4f}{_signed(score.skill_climatology):>10}"
        f"{_signed(score.skill_persistence):>10}{score.log_loss:10.4f}{score.log_loss_climatology:9.4f}"
        f"{score.auc or float('nan'):7.3f}{score.auc_climatology or float('nan'):9.3f}{score.calibration_error:10.4f}{_held(score.ranges):>14}"
    )


def _held(check: RangeCheck) -> str:
    """Strictly within, then also no further off than chance takes them."""
    return f"{check.held} ({check.near}) of {check.groups}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"


if __name__ == "__main__":
    main()
