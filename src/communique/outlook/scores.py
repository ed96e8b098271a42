"""How good probabilities were: Brier score, log loss, area under the ROC curve, reliability. Pure functions of arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_LEAST = 1e-6
"""A probability of 0 or 1 that is wrong would have no end of a log loss; it is taken for this near."""


def brier(foreseen: Numbers, came: Flags) -> float:
    """Give the mean squared distance of probabilities from what came, 0 (perfect) … 1."""
    return float(np.mean((foreseen - came) ** 2))


def log_loss(foreseen: Numbers, came: Flags) -> float:
    """Give the mean negative log-likelihood, in nats; 0 is perfect."""
    kept = np.clip(foreseen, _LEAST, 1.0 - _LEAST)
    return float(-np.mean(np.where(came, np.log(kept), np.log(1.0 - kept))))


def skill(score: float, of_baseline: float) -> float | None:
    """Give 1 − score ∕ baseline: 1 is perfect, 0 no better, below 0 worse; None where the baseline is perfect."""
    return 1.0 - score / of_baseline if of_baseline > 0 else None


def area_under_curve(foreseen: Numbers, came: Flags) -> float | None:
    """Give the chance that what came was rated above what did not; None where only one of both was seen."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(came, foreseen)) if came.any() and not came.all() else None


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Forecasts of about one probability: how many, their mean, and the share of them that came.

    `share_low` … `share_high` is where the share lies with 90 % (Wilson), were the forecasts apart from each other.
    """

    low: float
    high: float
    count: int
    foreseen: float
    came: float
    share_low: float
    share_high: float


BIN_EDGES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def bin_of(foreseen: Numbers) -> npt.NDArray[np.int64]:
    """Give for each probability the number of its bin, from 0."""
    return np.clip(np.searchsorted(BIN_EDGES, foreseen, side="left") - 1, 0, len(BIN_EDGES) - 2).astype(np.int64)


def reliability(foreseen: Numbers, came: Flags) -> tuple[ReliabilityBin, ...]:
    """Give the bins of BIN_EDGES that have a forecast; each takes its upper end in, the first 0 too."""
    place = bin_of(foreseen)
    bins = []
    for number in np.unique(place).tolist():
        within = place == number
        count, hits = int(within.sum()), int(came[within].sum())
        low, high = share_range(hits, count)
        bins.append(
            ReliabilityBin(
                BIN_EDGES[number], BIN_EDGES[number + 1], count, float(foreseen[within].mean()), hits / count, low, high
            )
        )
    return tuple(bins)


def share_range(hits: int, count: int, reach: float = 1.645) -> tuple[float, float]:
    """Give Wilson's interval of a share; (0, 1) for no count."""
    if not count:
        return 0.0, 1.0
    share, spread = hits / count, reach**2 / count
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = reach * np.sqrt(share * (1.0 - share) / count + spread / (4.0 * count)) / (1.0 + spread)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def calibration_error(foreseen: Numbers, came: Flags) -> float:
    """Give the mean distance of forecasts from what came, over the bins, each by its count; 0 is perfect."""
    bins = reliability(foreseen, came)
    return sum(each.count * abs(each.foreseen - each.came) for each in bins) / max(1, len(foreseen))
