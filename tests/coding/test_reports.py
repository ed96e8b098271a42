"""Tables of whole short reports, coded from the codebook by someone who had not seen the program.

As with the sentences they measure rather than pin: each table has a floor for the F1 of its events.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bench.sentences import FOLDERS, Tally, score_table

REPORTS = FOLDERS[1]
FLOORS: dict[str, float] = yaml.safe_load((Path(__file__).parent / "report_floors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(path.stem for path in REPORTS.glob("*.yaml")))
def test_a_table_of_reports_keeps_its_floor(name: str) -> None:
    rows = yaml.safe_load((REPORTS / f"{name}.yaml").read_text(encoding="utf-8"))
    assert score_table(rows, misses=False, total=Tally()).f1 >= FLOORS[name]


def test_every_table_has_a_floor() -> None:
    assert set(FLOORS) == {path.stem for path in REPORTS.glob("*.yaml")}
