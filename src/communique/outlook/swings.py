"""How much whole horizons differ from one another: some months see more of everything than what is known foretells.

A probability may be right on average and wrong for all dyads of one month together. How far is seen from the origins
that were learned from: what came then, all in all, against what would have been foreseen. The variance that is more
than chance is that of the swings. They were seen in few horizons, so the next one may differ from them by Student's
prediction interval, which is wide where horizons are few.
"""

from __future__ import annotations

import numpy as np

from communique.outlook.features import Numbers

LEAST_HORIZONS = 2.0
"""Of one horizon alone nobody can say how it differs from others; it is taken for two."""


def swing(foreseen: list[Numbers], came: list[Numbers], weight: list[Numbers], horizons: float, share: float) -> float:
    """Give the standard error, in log-odds, by which the coming horizon may differ from what is foreseen.

    Each list has an array for each kind and origin, of the same rows: probabilities, 1 where it came and 0 where not,
    and for how many rows each stands. `horizons` is how many the origins span side by side. The error is that which,
    times the reach of a normal distribution, gives the interval that holds `share`.
    """
    from scipy.special import ndtri, stdtrit

    variance = _variance(foreseen, came, weight)
    if variance <= 0.0:
        return 0.0
    seen = max(horizons, LEAST_HORIZONS)
    # The fit has taken the mean of the horizons seen; the coming one is held against that mean.
    widened = variance * (seen + 1.0) / (seen - 1.0)
    upper = 0.5 + share / 2.0
    return float(np.sqrt(widened) * stdtrit(seen - 1.0, upper) / ndtri(upper))


def _variance(foreseen: list[Numbers], came: list[Numbers], weight: list[Numbers]) -> float:
    """Give the mean squared swing less what chance gives, each by its precision; 0 where there are none."""
    off, by_chance, precision = [], [], []
    for probability, happened, counting in zip(foreseen, came, weight, strict=True):
        spread = probability * (1.0 - probability)
        total = float(np.sum(counting * spread))
        if total <= 0.0:
            continue
        off.append(float(np.sum(counting * (happened - probability))) / total)
        by_chance.append(float(np.sum(counting**2 * spread)) / total**2)
        precision.append(total)
    if not precision:
        return 0.0
    squares = np.array(off) ** 2 - np.array(by_chance)
    return float(np.average(squares, weights=precision))
