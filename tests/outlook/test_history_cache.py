"""A history's columns are kept beside the casebook: found again for the same state, never for another, never trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import casebook as made_up
from communique.casebook.store import Casebook
from communique.outlook.event_history import EventHistory
from communique.outlook.history_cache import FILE, kept_history, read_history, write_history
from communique.outlook.model_cache import model_folder


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "invented.casebook") as opened:
        opened.add_imported(made_up.invented(300), "invented")
        yield opened


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often columns are laid out anew."""
    calls: list[int] = []
    whole = EventHistory.from_frame

    def counted(frame: object) -> EventHistory:
        calls.append(1)
        return whole(frame)  # type: ignore[arg-type]

    monkeypatch.setattr(EventHistory, "from_frame", counted)
    return calls


def test_the_same_state_is_laid_out_once_and_another_anew(casebook: Casebook, laid_out: list[int]) -> None:
    first, again = kept_history(casebook), kept_history(casebook)
    assert len(laid_out) == 1
    assert again.fingerprint() == first.fingerprint()
    assert (again.left_out, again.newest, len(again)) == (first.left_out, first.newest, len(first))
    gone = first.event_ids[0]
    casebook.delete(gone, "me")
    after = kept_history(casebook)
    assert len(laid_out) == 2
    assert gone not in after.event_ids


@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_made_anew(junk: bytes, casebook: Casebook, laid_out: list[int]) -> None:
    first = kept_history(casebook)
    (model_folder(casebook.path) / FILE).write_bytes(junk)
    assert kept_history(casebook).fingerprint() == first.fingerprint()
    assert len(laid_out) == 2


def test_numbers_that_name_nobody_are_refused(world_history: EventHistory, tmp_path: Path) -> None:
    place = tmp_path / FILE
    write_history(world_history, place, "now")
    assert read_history(place, "earlier") is None
    assert read_history(place, "now") is not None
    stored = dict(np.load(place))
    stored["source"] = stored["source"] + len(world_history.actors)
    np.savez(place, **stored)
    assert read_history(place, "now") is None
