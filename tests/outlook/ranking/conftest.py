"""What was learned of the small world, once for all tests."""

from __future__ import annotations

import pytest

from communique.outlook.ranking.learned import Learned, learn_until
from tests.outlook.ranking.world import DAYS, facts_of, quads


@pytest.fixture(scope="session")
def learned() -> Learned:
    return learn_until(facts_of(quads()), DAYS)
