"""Models are found again for the same events, learned anew for others, and never trusted to run anything."""

from __future__ import annotations

import pickle
import zipfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from communique.outlook import model_cache
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import outlook
from communique.outlook.model import OutlookModel
from communique.outlook.model_cache import kept_model, model_folder, write_model
from communique.records import KeptEvent
from tests.outlook.made import history, kept, on


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch, world_model: OutlookModel) -> list[object]:
    """Counts how often a model is learned, and gives the one learned already."""
    calls: list[object] = []

    def learn(known: EventHistory, *others: object) -> OutlookModel:
        calls.append(others)
        return world_model

    monkeypatch.setattr(model_cache, "learn_model", learn)
    return calls


def test_a_model_is_learned_once_and_gives_the_same_outlook(
    world_history: EventHistory, learned: list[object], tmp_path: Path
) -> None:
    folder = model_folder(tmp_path / "gulf.duckdb")
    first = kept_model(world_history, folder)
    again = kept_model(world_history, folder)
    assert len(learned) == 1
    assert first is not again
    assert outlook(world_history, "NOR", "SWE", model=again) == outlook(world_history, "NOR", "SWE", model=first)


def test_other_events_another_day_or_horizon_need_another(
    world: list[KeptEvent], world_history: EventHistory, learned: list[object], tmp_path: Path
) -> None:
    kept_model(world_history, tmp_path)
    assert world_history.newest is not None
    kept_model(world_history, tmp_path, world_history.newest - timedelta(days=1))
    kept_model(world_history, tmp_path, None, 14)
    kept_model(history([*world, kept("new", "NOR", "AID", "SWE", on(10))]), tmp_path)
    assert len(learned) == 4


@pytest.mark.parametrize("junk", [b"", b"junk", pickle.dumps({"a": 1}), b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_learned_anew(
    junk: bytes, world_history: EventHistory, learned: list[object], tmp_path: Path
) -> None:
    kept_model(world_history, tmp_path)
    (place,) = tmp_path.glob("*.npz")
    place.write_bytes(junk)
    kept_model(world_history, tmp_path)
    assert len(learned) == 2


def test_an_array_of_objects_is_not_loaded(world_history: EventHistory, learned: list[object], tmp_path: Path) -> None:
    kept_model(world_history, tmp_path)
    (place,) = tmp_path.glob("*.npz")
    with zipfile.ZipFile(place, "w") as archive, archive.open("of_dyads.mean.npy", "w") as file:
        np.lib.format.write_array(file, np.array([{"run": "me"}], dtype=object), allow_pickle=True)
    kept_model(world_history, tmp_path)
    assert len(learned) == 2


def test_the_folder_keeps_the_newest_models_only(world_model: OutlookModel, tmp_path: Path) -> None:
    for number in range(15):
        write_model(world_model, tmp_path / f"{number:032}-2020-01-01-30-0.npz")
    others = [tmp_path / "history.npz", tmp_path / "ranking.npz"]
    for other in others:
        other.write_bytes(b"not a model")
    model_cache._drop_oldest(tmp_path)
    assert len(list(tmp_path.iterdir())) == 12 + len(others)
    assert all(other.exists() for other in others)


def test_a_folder_that_cannot_be_made_is_no_error(
    world_history: EventHistory, learned: list[object], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert kept_model(world_history, tmp_path / "file") is not None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"
