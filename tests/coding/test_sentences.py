"""Tables of sentences by kind, coded from the codebook by someone who had not seen the program.

They measure rather than pin: each kind has a floor of sentences that come out wholly right, and
the tables grow with every kind of fault that is found.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import communique
from communique.pipeline import read_reports_fully
from tests.coding.table import Expected, coded, expected, shown

FOLDER = Path(__file__).parent / "sentences"
FLOORS: dict[str, float] = yaml.safe_load((Path(__file__).parent / "floors.yaml").read_text(encoding="utf-8"))


def load(kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    return rows


def is_right(want: Expected, got: frozenset[Any]) -> bool:
    return want.required <= got <= want.required | want.optional


@pytest.mark.parametrize("kind", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_a_kind_of_sentence_keeps_its_floor(kind: str) -> None:
    rows = load(kind)
    reports = [
        communique.make_report(row["text"], row.get("published"), row.get("title"), str(i))
        for i, row in enumerate(rows)
    ]
    wrong = []
    for row, done in zip(rows, read_reports_fully(reports), strict=True):
        want, got = expected(row["events"]), coded(done.events)
        if not is_right(want, got):
            wrong.append(f"{row['text']}\n    want {shown(want.required)}\n    got  {shown(got)}")
    share = 1 - len(wrong) / len(rows)
    assert share >= FLOORS[kind], f"{share:.2f} right of {len(rows)}, floor {FLOORS[kind]}\n" + "\n".join(wrong)


def test_every_table_has_a_floor() -> None:
    assert set(FLOORS) == {path.stem for path in FOLDER.glob("*.yaml")}
