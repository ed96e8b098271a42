"""The gate: floors rise freely, fall only when told to and why, and know the cases they were set on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import gate
from confidence import Judged, calibration_error

ROOT = Path(__file__).resolve().parents[2]


def test_floors_are_lifted_to_what_is_reached_less_the_margin() -> None:
    assert gate.raised({"wire: event F1": 0.7504}, {"wire: event F1": 0.6}) == {"wire: event F1": 0.747}


def test_a_floor_is_never_lowered_by_raising() -> None:
    assert gate.raised({"wire: event F1": 0.5}, {"wire: event F1": 0.6}) == {"wire: event F1": 0.6}


def test_a_floor_whose_figure_cannot_be_had_here_is_kept() -> None:
    assert gate.raised({}, {"wire: event F1": 0.6}) == {"wire: event F1": 0.6}


def test_a_figure_below_its_floor_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.compare({"a": 0.49, "b": 0.5}, {"a": 0.5, "b": 0.5}) == ["a is 0.490: floor 0.500"]
    assert "BELOW" in capsys.readouterr().out


def test_a_new_figure_without_a_floor_is_a_fault() -> None:
    assert gate.compare({"a": 0.9}, {}) == ["a is 0.900: it has no floor"]


def test_a_figure_that_needs_absent_cases_is_skipped_with_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gate, "CASES", tmp_path / "none")
    assert gate.compare({}, {"wire: event F1": 0.6}) == []
    assert "skipped" in capsys.readouterr().out


def test_a_figure_on_our_own_cases_cannot_go_missing() -> None:
    assert gate.compare({}, {"reports/wire: event F1": 0.6}) == [
        "reports/wire: event F1 has a floor, but is no longer measured"
    ]


def test_lowering_needs_a_reason() -> None:
    run = subprocess.run(
        [sys.executable, "bench/gate.py", "--lower", "wire: event F1"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 2
    assert "--because" in run.stderr


def test_every_file_of_our_own_cases_has_the_hash_that_the_floors_were_set_on() -> None:
    known = yaml.safe_load((ROOT / "bench" / "floors.yaml").read_text(encoding="utf-8"))["cases"]
    own = {name: value for name, value in gate.hashes().items() if name.startswith(("sentences/", "reports/"))}
    assert own
    assert {name: known.get(name) for name in own} == own


@pytest.mark.parametrize(
    ("events", "error"),
    [
        ([Judged(0.85, True)] * 17 + [Judged(0.85, False)] * 3, 0.0),
        ([Judged(0.85, True)] * 20, 0.15),
        ([Judged(0.85, False)] * 10 + [Judged(0.35, True)] * 10, 0.75),
        ([], 0.0),
    ],
)
def test_the_calibration_error_is_the_mean_gap_between_confidence_and_what_is_right(
    events: list[Judged], error: float
) -> None:
    assert calibration_error(events) == pytest.approx(error)
