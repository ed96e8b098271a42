from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.casebook import Casebook


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "casebook.duckdb"


@pytest.fixture
def casebook(place: Path) -> Iterator[Casebook]:
    with Casebook.open(place) as opened:
        yield opened
