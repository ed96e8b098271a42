"""What moves a forecast: the model is linear in its features, so its log-odds fall into parts that add up exactly."""

from __future__ import annotations

import numpy as np

from communique.outlook.event_history import Places
from communique.outlook.features import Numbers, Snapshot, feature_names, theme
from communique.outlook.learning import Learned
from communique.outlook.records import Driver

MOST_DRIVERS = 4
LEAST_LOG_ODDS = 0.05
"""Parts of fewer log-odds than this are not worth a line."""


def parts(learned: Learned, snapshot: Snapshot, target: int, rows: Places) -> dict[str, Numbers]:
    """Give for each theme how many log-odds it adds to those of an average dyad, [rows]; only where learned.

    A theme is a feature at all its half-lives together.
    """
    each = learned.contributions(snapshot, target, rows)
    sums: dict[str, Numbers] = {}
    for place, name in enumerate(feature_names(snapshot.settings)):
        of = theme(name)
        sums[of] = sums.get(of, np.zeros(len(rows))) + each[:, place]
    return sums


def drivers(sums: dict[str, Numbers], row: int, most: int = MOST_DRIVERS) -> tuple[Driver, ...]:
    """Give the themes that move one forecast most, the strongest first; all of them where `most` lets them."""
    found = sorted(((float(values[row]), name) for name, values in sums.items()), key=lambda x: (-abs(x[0]), x[1]))
    least = LEAST_LOG_ODDS if most < len(found) else 0.0
    return tuple(Driver(name, value) for value, name in found[:most] if abs(value) >= least)
