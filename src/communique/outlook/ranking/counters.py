"""Counts that fade: how often something was seen, the older the less."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from communique.outlook.ranking.facts import Floats, Integers

NEVER = 1000
"""Days since something was last seen, for what was never seen."""


class FadingCounts:
    """Counts of keys, each faded by exp(-rate) a day, at several rates; and the day each key was last seen.

    Keys are whole numbers, known from the start (for speed) with a count of zero until they are seen. Number `len` is
    the place of every other key: always zero, never seen.
    """

    def __init__(self, keys: Integers, rates: tuple[float, ...]) -> None:
        self.keys = np.unique(keys)
        self.counts: Floats = np.zeros((len(rates), len(self.keys) + 1), dtype=np.float32)
        self.last: Integers = np.full(len(self.keys) + 1, -1, dtype=np.int64)
        self._fading = np.exp(-np.array(rates, dtype=np.float32))[:, None]

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, keys: Integers) -> Integers:
        """Give the place of each key; `len(self)` for one that is not there."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        place = np.searchsorted(self.keys, keys)
        place[place == len(self.keys)] = 0
        found: Integers = np.where(self.keys[place] == keys, place, len(self.keys))
        return found

    def fade(self) -> None:
        """Let one day pass."""
        self.counts *= self._fading

    def add(self, places: Integers, day: int) -> None:
        """Count the keys at these places as seen on `day`, as often as they are given."""
        self.counts += np.bincount(places, minlength=self.counts.shape[1]).astype(np.float32)
        self.last[places] = day

    def add_all(self, places: Integers, days: Integers, today: int) -> None:
        """Count keys seen on days before `today`, faded up to the morning of `today`; days in rising order."""
        for number, fading in enumerate(self._fading[:, 0].astype(np.float64)):
            weights = fading ** (today - days)
            faded = np.bincount(places, weights=weights, minlength=self.counts.shape[1])
            self.counts[number] += faded.astype(np.float32)
        np.maximum.at(self.last, places, days)

    def days_since(self, places: Integers, day: int) -> Floats:
        """Give the days since the keys were last seen; NEVER for those that never were."""
        last = self.last[places]
        since: Floats = np.where(last < 0, NEVER, day - last).astype(np.float32)
        return since

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Tell which keys were seen at all."""
        seen: NDArray[np.bool_] = self.last[:-1] >= 0
        return seen
