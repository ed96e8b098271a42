from __future__ import annotations

import pytest

from communique.outlook.event_history import EventHistory
from communique.outlook.model import OutlookModel, learn_model
from communique.records import KeptEvent
from tests.outlook.made import threatening_world


@pytest.fixture(scope="session")
def world() -> list[KeptEvent]:
    return threatening_world()


@pytest.fixture(scope="session")
def world_history(world: list[KeptEvent]) -> EventHistory:
    return EventHistory.from_kept(world)


@pytest.fixture(scope="session")
def world_model(world_history: EventHistory) -> OutlookModel:
    return learn_model(world_history)
