"""What speaks for a candidate: one file a family, each a function of the morning's questions to named columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from communique.errors import UsageError
from communique.outlook.ranking.facts import Floats
from communique.outlook.ranking.features import (
    acquaintance,
    belonging,
    chains,
    kinship,
    popularity,
    reciprocity,
    repetition,
    sequels,
)
from communique.outlook.ranking.questions import Questions

Family = Callable[[Questions], dict[str, Floats]]

FAMILIES: Mapping[str, tuple[Family, Mapping[str, str]]] = {
    "repetition": (repetition.repetition, repetition.WORDS),
    "reciprocity": (reciprocity.reciprocity, reciprocity.WORDS),
    "acquaintance": (acquaintance.acquaintance, acquaintance.WORDS),
    "popularity": (popularity.popularity, popularity.WORDS),
    "sequels": (sequels.sequels, sequels.WORDS),
    "belonging": (belonging.belonging, belonging.WORDS),
    "kinship": (kinship.kinship, kinship.WORDS),
    "chains": (chains.chains, chains.WORDS),
}
"""The families of features by name, with the words for each of their columns."""

NAMES: tuple[str, ...] = tuple(name for _, words in FAMILIES.values() for name in words)
"""The columns of a table of features, in order."""

WORDS: Mapping[str, str] = {name: word for _, words in FAMILIES.values() for name, word in words.items()}
"""What each column says."""


def features_of(questions: Questions) -> Floats:
    """Give the features of all candidates: rows of the questions × NAMES.

    Raises UsageError where the day is over, for the ledger then holds its answers.
    """
    if not questions.ledger.is_open or questions.ledger.day != questions.day:
        raise UsageError(f"day {questions.day} is over: take the features of a morning before the next is asked for")
    table = np.empty((len(questions.candidate), len(NAMES)), dtype=np.float32)
    column_of = {name: number for number, name in enumerate(NAMES)}
    for family, words in FAMILIES.values():
        columns = family(questions)
        for name in words:
            table[:, column_of[name]] = columns[name]
    return table
