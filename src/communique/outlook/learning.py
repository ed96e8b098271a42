"""Learns from the past how likely each kind of act is: scikit-learn's logistic regressions, and their calibration.

Two steps. One regression over all kinds of acts learns what they have in common (that what happened lately happens
again, that a busy dyad stays busy). Then each kind has its own regression, strongly held back, on that shared
judgement and on all features: how it departs. So a rare kind leans on the others and a frequent one goes its own
way. Last, what was learned from the older origins is held against the newer ones, and the log-odds are stretched and
shifted by what that shows. The uncertainty is that of the coefficients, with the windows of one dyad taken together
(a cluster-robust covariance), for they overlap; and
that by which whole horizons have differed from what was foreseen of them (`swings`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from communique.outlook.event_history import EventHistory, Places
from communique.outlook.features import TARGETS, Numbers, Snapshot, feature_names, targets_of_types
from communique.outlook.panel import Origin, origins
from communique.outlook.settings import Settings
from communique.outlook.swings import swing

_SHARED_SCALE = 10.0
"""The shared judgement is one feature among many; scaled up, the penalty hardly touches it."""
_SEED = 20261126
_FAR = 9.0
"""Log-odds go no further either way, so that no act is called impossible or certain."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """What was learned for one kind of units: coefficients and their uncertainty, as arrays.

    T targets, F features, of which S are shared. `coefficients` are [T, F + 2]: the features, the shared judgement,
    the constant. `covariance` is [T, F + 2, F + 2]. `calibration` is (shift, stretch), [T, 2]. `cases` and `rows` count
    what was learned from; `is_learned` is False where there were too few cases. `persistence` is the share of windows
    with such an act, after a window without and after one with it, [T, 2]. `swing` is the standard error by which the
    coming horizon as a whole may differ, in log-odds, [T].
    """

    shared_mean: Numbers
    shared_scale: Numbers
    shared_coefficients: Numbers
    mean: Numbers
    scale: Numbers
    coefficients: Numbers
    covariance: Numbers
    calibration: Numbers
    cases: Places
    rows: Places
    is_learned: npt.NDArray[np.bool_]
    persistence: Numbers
    swing: Numbers

    def log_odds(self, snapshot: Snapshot, target: int, rows: Places) -> tuple[Numbers, Numbers]:
        """Give the calibrated log-odds of units and their standard error; only where `is_learned`."""
        laid_out = self._laid_out(snapshot.features(target, rows), target)
        shift, stretch = self.calibration[target]
        raw = laid_out @ self.coefficients[target]
        spread = np.sum((laid_out @ self.covariance[target]) * laid_out, axis=1)
        error = np.sqrt(stretch**2 * np.maximum(spread, 0.0) + self.swing[target] ** 2)
        return np.clip(shift + stretch * raw, -_FAR, _FAR), error

    def probabilities(self, snapshot: Snapshot, rows: Places) -> tuple[Numbers, Numbers, Numbers]:
        """Give probability, low and high end of the range for units and targets, each [rows, targets].

        A target that is not learned has its base rate, with the range that so many past windows leave.
        """
        shape = (len(rows), len(TARGETS))
        probability, low, high = np.empty(shape), np.empty(shape), np.empty(shape)
        reach = normal_reach(snapshot.settings.range)
        for target in range(len(TARGETS)):
            if self.is_learned[target]:
                middle, error = self.log_odds(snapshot, target, rows)
                probability[:, target] = sigmoid(middle)
                low[:, target], high[:, target] = sigmoid(middle - reach * error), sigmoid(middle + reach * error)
            else:
                base = snapshot.base_rate[rows, target]
                probability[:, target] = base
                low[:, target], high[:, target] = _range_of_share(base, snapshot.windows, snapshot.settings.range)
        for place, quad in enumerate(targets_of_types().tolist()):
            # What is true of a type is true of its quad; two learners need not know that of each other.
            for ends in (probability, low, high):
                np.maximum(ends[:, quad], ends[:, place], out=ends[:, quad])
        return probability, low, high

    def contributions(self, snapshot: Snapshot, target: int, rows: Places) -> Numbers:
        """Give what each feature adds to the log-odds of units, beside an average one: [rows, features].

        With the constant, which is the same for all units, they add up to `log_odds` where that is not cut off.
        """
        features = snapshot.features(target, rows)
        own = (features - self.mean[target]) / self.scale[target] * self.coefficients[target, :-2]
        is_shared = self.shared_scale > 0
        # A feature speaks twice: for itself, and through the shared judgement, in which it is held against all kinds.
        through = self.shared_coefficients[:-1][is_shared] / self.shared_scale[is_shared]
        through = through * self.coefficients[target, -2] * _SHARED_SCALE
        own[:, is_shared] += (features[:, is_shared] - self.mean[target][is_shared]) * through
        return np.asarray(own * self.calibration[target, 1])

    def with_nothing_learned(self) -> Learned:
        """Give the same without anything learned: every forecast is its base rate."""
        return replace(self, is_learned=np.zeros_like(self.is_learned))

    def _laid_out(self, features: Numbers, target: int) -> Numbers:
        shared = _shared_judgement(features, self.shared_mean, self.shared_scale, self.shared_coefficients)
        own = (features - self.mean[target]) / self.scale[target]
        return np.column_stack([own, _SHARED_SCALE * shared, np.ones(len(features))])


def sigmoid(log_odds: Numbers) -> Numbers:
    """Turn log-odds into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def normal_reach(share: float) -> float:
    """Give how many standard errors either way hold this share of a normal distribution."""
    return NormalDist().inv_cdf(0.5 + share / 2.0)


def _range_of_share(share: Numbers, windows: float, holding: float) -> tuple[Numbers, Numbers]:
    """Give the range of a share that was seen in so many windows (Wilson's interval), the share within it."""
    spread = normal_reach(holding) ** 2 / windows
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = np.sqrt(spread * (share * (1.0 - share) + spread / 4.0)) / (1.0 + spread)
    return np.clip(middle - half, 0.0, share), np.clip(middle + half, share, 1.0)


def learn(history: EventHistory, as_of: date, horizon_days: int, settings: Settings, *, anyone: bool) -> Learned:
    """Learn from what was known by `as_of`, of dyads, or with `anyone` of each actor toward all others."""
    from threadpoolctl import threadpool_limits

    drawn = origins(history, as_of, horizon_days, settings, anyone=anyone)
    # One thread: the matrices are small, threads would wait for one another, and sums stay the same everywhere.
    with threadpool_limits(limits=1):
        learned = _fit(drawn, settings)
        newest = max(1, round(settings.calibration_share * len(drawn)))
        _calibrate(learned, drawn[-newest:], settings)
        learned.swing[learned.is_learned] = _swing(learned, drawn, horizon_days, settings)
    return learned


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    features: Numbers
    came: npt.NDArray[np.bool_]
    weight: Numbers
    pair: Places


def _rows(drawn: list[Origin], target: int) -> _Rows:
    return _Rows(
        np.concatenate([origin.snapshot.features(target, origin.rows) for origin in drawn]),
        np.concatenate([origin.came[origin.rows, target] for origin in drawn]),
        np.concatenate([origin.weight for origin in drawn]),
        np.concatenate([np.minimum(each.units.key, each.units.key[each.units.reverse])[each.rows] for each in drawn]),
    )


def shared_columns(settings: Settings) -> Places:
    """Give the places of the features that mean the same for every kind of act."""
    names = feature_names(settings)
    return np.array([place for place, name in enumerate(names) if not name.startswith("after ")])


def _shared_judgement(features: Numbers, mean: Numbers, scale: Numbers, coefficients: Numbers) -> Numbers:
    """`mean` and `scale` are of all features; where the scale is 0 the feature is not shared."""
    shared = scale > 0
    standard = (features[:, shared] - mean[shared]) / scale[shared]
    return np.asarray(standard @ coefficients[:-1][shared] + coefficients[-1])


def _fit(drawn: list[Origin], settings: Settings) -> Learned:
    targets, width = len(TARGETS), len(feature_names(settings))
    learned = _nothing(targets, width)
    if not drawn:
        return learned
    for target in range(targets):
        came = np.concatenate([origin.came[:, target] for origin in drawn])
        before = np.concatenate([origin.came_before[:, target] for origin in drawn])
        learned.cases[target], learned.rows[target] = came.sum(), len(came)
        learned.is_learned[target] = settings.least_cases <= came.sum() < len(came)
        for state in (0, 1):
            here = came[before == bool(state)]
            # One row of the mean is added, so that a state never seen has the mean.
            learned.persistence[target, state] = (here.sum() + learned.cases[target] / max(1, len(came))) / (
                len(here) + 1.0
            )
    if learned.is_learned.any():
        _fit_shared(learned, drawn, settings)
    for target in np.flatnonzero(learned.is_learned).tolist():
        _fit_own(learned, _rows(drawn, target), target, settings)
    return learned


def _nothing(targets: int, width: int) -> Learned:
    return Learned(
        shared_mean=np.zeros(width),
        shared_scale=np.zeros(width),
        shared_coefficients=np.zeros(width + 1),
        mean=np.zeros((targets, width)),
        scale=np.ones((targets, width)),
        coefficients=np.zeros((targets, width + 2)),
        covariance=np.zeros((targets, width + 2, width + 2)),
        calibration=np.tile([0.0, 1.0], (targets, 1)),
        cases=np.zeros(targets, dtype=np.int64),
        rows=np.zeros(targets, dtype=np.int64),
        is_learned=np.zeros(targets, dtype=np.bool_),
        persistence=np.zeros((targets, 2)),
        swing=np.zeros(targets),
    )


def _fit_shared(learned: Learned, drawn: list[Origin], settings: Settings) -> None:
    """Learn over all kinds of acts what they have in common; of rows without the act only a part is taken."""
    columns = shared_columns(settings)
    chosen, came, weight = [], [], []
    chance = np.random.default_rng(_SEED)
    total = sum(len(origin.rows) for origin in drawn) * len(TARGETS)
    share = min(1.0, settings.most_rows / max(1, total))
    for target in np.flatnonzero(learned.is_learned):
        rows = _rows(drawn, int(target))
        taken = rows.came | (chance.random(len(rows.came)) < share)
        chosen.append(rows.features[np.ix_(taken, columns)])
        came.append(rows.came[taken])
        weight.append(np.where(rows.came, 1.0, 1.0 / share)[taken] * rows.weight[taken])
    features, weights = np.concatenate(chosen), np.concatenate(weight)
    mean, scale = _moments(features, weights)
    coefficients = _logistic((features - mean) / scale, np.concatenate(came), weights, settings.shared_strength)
    learned.shared_mean[columns], learned.shared_scale[columns] = mean, scale
    learned.shared_coefficients[columns], learned.shared_coefficients[-1] = coefficients[:-1], coefficients[-1]


def _fit_own(learned: Learned, rows: _Rows, target: int, settings: Settings) -> None:
    learned.mean[target], learned.scale[target] = _moments(rows.features, rows.weight)
    laid_out = learned._laid_out(rows.features, target)
    coefficients = _logistic(laid_out[:, :-1], rows.came, rows.weight, settings.own_strength)
    learned.coefficients[target] = coefficients
    learned.covariance[target] = _covariance(laid_out, rows, sigmoid(laid_out @ coefficients), settings.own_strength)


def _moments(features: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    mean = np.average(features, axis=0, weights=weight)
    spread = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=weight))
    # A feature that never varies says nothing; it must not be blown up either.
    return mean, np.where(spread > 1e-9, spread, 1.0)


def _logistic(features: Numbers, came: npt.NDArray[np.bool_], weight: Numbers, strength: float) -> Numbers:
    """Give the coefficients, the constant last."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, solver="newton-cholesky", max_iter=100).fit(features, came, weight)
    return np.concatenate([fitted.coef_[0], fitted.intercept_])


def _covariance(laid_out: Numbers, rows: _Rows, expected: Numbers, strength: float) -> Numbers:
    """Give the covariance of the coefficients, with all windows of one pair of actors taken as one draw."""
    bread = (laid_out * (rows.weight * expected * (1.0 - expected))[:, None]).T @ laid_out
    held_back = np.full(len(bread), 1.0 / strength)
    held_back[-1] = 0.0
    inverse = np.linalg.inv(bread + np.diag(held_back) + 1e-9 * np.eye(len(bread)))
    scores = laid_out * (rows.weight * (rows.came - expected))[:, None]
    order = np.argsort(rows.pair, kind="stable")
    first = np.flatnonzero(np.diff(rows.pair[order], prepend=-1))
    of_pair = np.add.reduceat(scores[order], first, axis=0)
    return np.asarray(inverse @ (of_pair.T @ of_pair) @ inverse)


def _calibrate(learned: Learned, newest: list[Origin], settings: Settings) -> None:
    """Hold what was learned of all origins against the newest of them, and take over how it is off there."""
    for target in np.flatnonzero(learned.is_learned):
        came = np.concatenate([origin.came[:, target] for origin in newest])
        if min(came.sum(), (~came).sum()) < settings.least_calibration_cases:
            continue
        foreseen = np.concatenate(
            [learned.log_odds(each.snapshot, int(target), np.arange(len(each.units)))[0] for each in newest]
        )
        stretch, shift = _logistic(foreseen[:, None], came, np.ones(len(came)), strength=1e4)
        if stretch > 0:
            learned.calibration[target] = (shift, stretch)


def _swing(learned: Learned, drawn: list[Origin], horizon_days: int, settings: Settings) -> float:
    """Give how far whole horizons have swung, from all kinds together: of one kind alone there is too little to see."""
    foreseen, came, weight = [], [], []
    for target in np.flatnonzero(learned.is_learned).tolist():
        for origin in drawn:
            foreseen.append(sigmoid(learned.log_odds(origin.snapshot, target, origin.rows)[0]))
            came.append(origin.came[origin.rows, target].astype(np.float64))
            weight.append(origin.weight)
    horizons = 1.0 + (drawn[-1].day - drawn[0].day) / horizon_days if drawn else 0.0
    return swing(foreseen, came, weight, horizons, settings.range)
