"""How the features are weighed: boosted trees, learned to put what came true before what did not.

LightGBM's trees with the listwise objective XE-NDCG (Bruch, 2021). A model is kept as LightGBM's own text, so that
nothing but numbers is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from communique.errors import UnreadableInput, UsageError
from communique.outlook.ranking.facts import Floats, Integers
from communique.outlook.ranking.features import NAMES
from communique.outlook.ranking.questions import Questions
from communique.outlook.ranking.replay import answers_of
from communique.outlook.ranking.trees import lightgbm

if TYPE_CHECKING:
    from lightgbm import Booster

LEARNED_DAYS = 90
"""How many of the last days are learned from; the days before them only fill the ledger."""
SHORTLIST = 60
"""How many of a question's candidates are weighed by the trees, in learning as in ranking: the likeliest at first sight."""
LOWEST = 50.0
"""No score of the trees is below minus this, and none at first sight above it."""
_FIRST_SIGHT = {
    "learned.share": 4.0,
    "same.usual.share": 3.0,
    "rule.usual.share": 3.0,
    "pair.usual.share": 2.0,
    "fit.sized.share": 2.0,
    "seen.usual.share": 1.0,
    "company.share": 1.0,
}

_SETTINGS = {
    "objective": "rank_xendcg",
    "num_leaves": 40,
    "learning_rate": 0.07,
    "min_data_in_leaf": 150,
    "lambda_l2": 5.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 127,
    "label_gain": [0, 1],
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
ROUNDS = 300
"""Trees of a model."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from one morning: features, which rows came true, and how many rows each question has."""

    table: Floats
    came: NDArray[np.bool_]
    sizes: Integers


class RankingModel:
    """Trees over NAMES, or over some of them where families were left out on purpose."""

    def __init__(self, booster: Booster) -> None:
        names = booster.feature_name()
        unknown = sorted(set(names) - set(NAMES))
        if unknown:
            raise UsageError(f"the model knows features that there are not: {', '.join(unknown)}; learn it anew")
        self._booster = booster
        self._columns = [NAMES.index(name) for name in names]

    @property
    def names(self) -> tuple[str, ...]:
        """Give the columns that the model looks at."""
        return tuple(NAMES[column] for column in self._columns)

    def scores(self, table: Floats, threads: int = 1) -> Floats:
        """Give a score for each row of features; higher is likelier, and only the order means something."""
        if not len(table):
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self._booster.predict(table[:, self._columns], num_threads=threads), dtype=np.float32)

    def contributions(self, table: Floats) -> Floats:
        """Give what each of `names` adds to each row's score (Shapley values of the trees), and last the base."""
        found = self._booster.predict(table[:, self._columns], pred_contrib=True, num_threads=1)
        return np.asarray(found, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the model as LightGBM's text."""
        path.write_text(self._booster.model_to_string(), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> RankingModel:
        """Read a model that `save` wrote; UnreadableInput where it is none, UsageError where LightGBM is missing."""
        library = lightgbm()
        try:
            return cls(library.Booster(model_str=path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, library.basic.LightGBMError) as error:
            raise UnreadableInput(f"{path}: no model that could be read: {error}; learn it anew") from error


def first_sight_of(table: Floats) -> Floats:
    """Give a plain score, a weighted sum of shares, by which the shortlist is made."""
    return sum(
        (weight * table[:, NAMES.index(name)] for name, weight in _FIRST_SIGHT.items()),
        start=np.zeros(len(table), dtype=np.float32),
    )


def shortlist_of(questions: Questions, table: Floats, most: int = SHORTLIST) -> NDArray[np.bool_]:
    """Tell which rows are on their question's shortlist; of equal ones the lower number is."""
    order = np.lexsort((-first_sight_of(table), questions.question))
    starts = np.searchsorted(questions.question, np.arange(len(questions.asked)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - starts[questions.question]
    return rank < most


def lesson_of(questions: Questions, table: Floats) -> Lesson | None:
    """Keep of a morning what can be learned from; None where no candidate on a shortlist came true."""
    came = answers_of(questions)
    number = len(questions.asked)
    kept = shortlist_of(questions, table)
    answered = np.bincount(questions.question, weights=came & kept, minlength=number) > 0
    kept &= answered[questions.question]
    if not kept.any():
        return None
    sizes = np.bincount(questions.question[kept], minlength=number)
    return Lesson(table[kept], came[kept], sizes[sizes > 0])


def ranking_scores(model: RankingModel, questions: Questions, table: Floats, threads: int = 1) -> Floats:
    """Give a score for each row: the trees' for the shortlist, and below them all at first sight for the others."""
    listed = shortlist_of(questions, table)
    first_sight = first_sight_of(table)
    scores: Floats = first_sight - first_sight.max(initial=0) - LOWEST
    scores[listed] = np.maximum(model.scores(table[listed], threads), -LOWEST)
    return scores


def learn(
    lessons: Sequence[Lesson], *, names: Sequence[str] = NAMES, threads: int = 1, rounds: int = ROUNDS
) -> RankingModel:
    """Learn from lessons, by the features of `names` only; UsageError where there are none, or LightGBM is missing.

    The same lessons give the same model with any number of threads.
    """
    if not lessons:
        raise UsageError("there is nothing to learn from: no day has a fact whose target was seen before")
    columns = [NAMES.index(name) for name in names]
    library = lightgbm()
    data = library.Dataset(
        np.concatenate([lesson.table[:, columns] for lesson in lessons]),
        np.concatenate([lesson.came for lesson in lessons]).astype(np.float32),
        group=np.concatenate([lesson.sizes for lesson in lessons]),
        feature_name=list(names),
        params=_SETTINGS,
    )
    return RankingModel(library.train({**_SETTINGS, "num_threads": threads}, data, rounds))
