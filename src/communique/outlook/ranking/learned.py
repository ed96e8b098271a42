"""All that was learned of a history up to a morning: trees, rules, associations. Kept as text and plain numbers."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.outlook.ranking.associations import Associations
from communique.outlook.ranking.facts import Facts, Integers
from communique.outlook.ranking.features import features_of
from communique.outlook.ranking.ledger import Ledger
from communique.outlook.ranking.likeness import likeness_of
from communique.outlook.ranking.model import LEARNED_DAYS, RankingModel, learn, lesson_of
from communique.outlook.ranking.questions import Questions, questions_of
from communique.outlook.ranking.replay import hierarchy_in, mornings
from communique.outlook.ranking.rules import RuleBook

_TREES, _NUMBERS = "trees.txt", "numbers.npz"


@dataclass(frozen=True, slots=True)
class Learned:
    """What the days before `day` taught."""

    day: int
    model: RankingModel
    rules: RuleBook
    associations: Associations

    def save(self, folder: Path) -> None:
        """Write trees.txt and numbers.npz into the folder, which is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.model.save(folder / _TREES)
        numbers: dict[str, Any] = {"day": np.array(self.day), "weights": self.associations.weights}
        numbers |= self.rules.tables()
        np.savez_compressed(folder / _NUMBERS, **numbers)

    @classmethod
    def load(cls, folder: Path, facts: Facts) -> Learned:
        """Read what `save` wrote, to be used with facts of the same numbers of actors and relations.

        Raises MissingInput where the files are not there, UnreadableInput where they are no such files, UsageError
        where they were learned with other actors or relations.
        """
        path = folder / _NUMBERS
        if not path.exists():
            raise MissingInput(f"{path}: there is no such file; learn the ranking first")
        rules, associations = RuleBook(facts.directed_relations), Associations(facts)
        try:
            with np.load(path, allow_pickle=False) as numbers:
                day = int(numbers["day"])
                rules.set_tables(numbers)
                associations.set_weights(numbers["weights"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise UnreadableInput(f"{path}: no numbers that could be read: {error}; learn the ranking anew") from error
        return cls(day, RankingModel.load(folder / _TREES), rules, associations)


def learn_until(facts: Facts, day: int, *, days: int = LEARNED_DAYS, threads: int = 1) -> Learned:
    """Learn from the facts before `day`: trees from the last `days` of them, each as of its own morning.

    Raises UsageError where there is nothing to learn from.
    """
    known = facts.until(day)
    lessons = []
    questions = None
    for questions in mornings(known, max(1, day - days), day - 1):
        lesson = lesson_of(questions, features_of(questions))
        if lesson is not None:
            lessons.append(lesson)
    model = learn(lessons, threads=threads)
    if questions is None:
        raise UsageError(f"there is no fact in the {days} days before day {day}; learn from an earlier day")
    # The last morning's rules and associations have learned from its own day when the walk ended.
    return Learned(day, model, questions.rules, questions.associations)


def morning_of(facts: Facts, day: int, asked: Integers, learned: Learned) -> Questions:
    """Give questions (rows of entity, directed relation) as of the morning of `day`, whatever the facts hold later.

    Raises UsageError where `learned` has learned from that day or later ones.
    """
    if learned.day > day:
        raise UsageError(f"learned from days up to {learned.day}, which day {day} may not know; learn as of day {day}")
    known = facts.until(day)
    ledger = Ledger.as_of(known, hierarchy_in(known), day)
    return questions_of(ledger, learned.rules, likeness_of(ledger), learned.associations, asked)
