"""What moves a forecast adds up to the forecast itself, to the last digit."""

from __future__ import annotations

import numpy as np

from communique.outlook.drivers import drivers, parts
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS, snapshot
from communique.outlook.forecast import outlook
from communique.outlook.model import OutlookModel
from communique.outlook.panel import population


def test_the_parts_of_all_dyads_add_up_to_their_log_odds(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    learned, numbers = world_model.of_dyads, world_model.settings
    units = population(world_history, numbers, anyone=False)
    looked_at = snapshot(world_history, units, world_model.as_of, 30, numbers)
    rows = np.arange(len(units))
    for target in np.flatnonzero(learned.is_learned).tolist():
        log_odds = learned.log_odds(looked_at, target, rows)[0]
        every = sum(parts(learned, looked_at, target, rows).values())
        # All but the constant, which is the same for all.
        np.testing.assert_allclose(log_odds - every, np.full(len(rows), (log_odds - every)[0]), atol=1e-8)


def test_the_strongest_come_first_and_base_rates_have_none(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    made = outlook(world_history, "NOR", "SWE", model=world_model)
    for forecast in made.forecasts:
        sizes = [abs(each.log_odds) for each in forecast.drivers]
        assert sizes == sorted(sizes, reverse=True)
        assert forecast.learned or not forecast.drivers
    assert made.forecast("NOR", "SANCTION").drivers
    assert set(TARGETS) == {forecast.kind for forecast in made.forecasts}


def test_parts_too_small_are_left_out() -> None:
    sums = {"one": np.array([0.01]), "two": np.array([-0.7]), "three": np.array([0.3])}
    assert [each.name for each in drivers(sums, 0, 2)] == ["two", "three"]
    assert [each.name for each in drivers(sums, 0, 1)] == ["two"]
