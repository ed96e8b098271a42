"""Whole affairs, reports first, and the rows that an analyst expects afterwards: each is a test of its own.

Rows that the picture still lacks, or has otherwise, stand in known_missing.txt; one that comes right has to leave the list.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import affairs

MISSING = Path(__file__).parent / "known_missing.txt"


@cache
def every() -> dict[str, affairs.Verdict]:
    return {found.name: found for path in sorted(affairs.AFFAIRS.glob("*.yaml")) for found in affairs.verdicts(path)}


@cache
def known_missing() -> frozenset[str]:
    return frozenset(line for line in MISSING.read_text(encoding="utf-8").splitlines() if line)


def names() -> list[str]:
    return sorted(name for path in sorted(affairs.AFFAIRS.glob("*.yaml")) for name in affairs.names_of(path))


@pytest.mark.parametrize("name", names())
def test_the_row_stands(name: str) -> None:
    verdict = every()[name]
    if name in known_missing():
        assert not verdict.right, "comes right now: take it out of known_missing.txt (python bench/affairs.py --list)"
    else:
        assert verdict.right, f"the picture has {verdict.nearest}"


def test_the_list_of_missing_rows_names_rows_that_there_are() -> None:
    assert known_missing() <= set(names())
