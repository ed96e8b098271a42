"""All that was learned of a history up to a morning: trees, rules, associations, maps. Kept as text and plain numbers."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.outlook.ranking.associations import Associations
from communique.outlook.ranking.facts import Facts, Integers
from communique.outlook.ranking.features import features_of
from communique.outlook.ranking.ledger import Ledger
from communique.outlook.ranking.likeness import Likeness, likeness_of
from communique.outlook.ranking.model import LEARNED_DAYS, RankingModel, learn, lesson_of
from communique.outlook.ranking.questions import Questions, questions_of
from communique.outlook.ranking.replay import REDRAWN_EVERY, hierarchy_in, mornings
from communique.outlook.ranking.rules import RuleBook
from communique.outlook.ranking.trees import lightgbm

_TREES, _NUMBERS = "trees.txt", "numbers.npz"


@dataclass(frozen=True, slots=True)
class Learned:
    """What the days before `day` taught; `likeness` is drawn of all that was known on its morning."""

    day: int
    model: RankingModel
    rules: RuleBook
    associations: Associations
    likeness: Likeness

    def likeness_on(self, ledger: Ledger) -> Likeness:
        """Give the maps for a ledger of `day` or some days later; after as many days as in learning they are drawn anew."""
        if ledger.day - self.day >= REDRAWN_EVERY:
            return likeness_of(ledger)
        return self.likeness.laid_on(ledger)

    def save(self, folder: Path) -> None:
        """Write trees.txt and numbers.npz into the folder, which is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.model.save(folder / _TREES)
        numbers: dict[str, Any] = {"day": np.array(self.day), "weights": self.associations.weights}
        numbers |= self.rules.tables()
        numbers |= {f"likeness.{field.name}": getattr(self.likeness, field.name) for field in fields(Likeness)}
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
            with path.open("rb") as file, np.load(file, allow_pickle=False) as numbers:
                day = int(numbers["day"])
                rules.set_tables(numbers)
                associations.set_weights(numbers["weights"])
                likeness = Likeness(**{field.name: numbers[f"likeness.{field.name}"] for field in fields(Likeness)})
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise UnreadableInput(f"{path}: no numbers that could be read: {error}; learn the ranking anew") from error
        if not likeness.fits(facts):
            raise UsageError("the maps of likeness were drawn of other actors; learn them anew")
        return cls(day, RankingModel.load(folder / _TREES), rules, associations, likeness)


def learn_until(facts: Facts, day: int, *, days: int = LEARNED_DAYS, threads: int = 1) -> Learned:
    """Learn from the facts before `day`: trees from the last `days` of them, each as of its own morning.

    Raises UsageError where there is nothing to learn from, or LightGBM is missing.
    """
    # Asked first: that it is missing should be said before the walk, not after it.
    lightgbm()
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
    return after_last(known, day, model, questions)


def after_last(known: Facts, day: int, model: RankingModel, questions: Questions) -> Learned:
    """Put together what was learned when a walk over all days before `day` has ended; `questions` are its last."""
    # The last morning's rules and associations have learned from its own day by then; the maps have not.
    likeness = likeness_of(Ledger.as_of(known, hierarchy_in(known), day))
    return Learned(day, model, questions.rules, questions.associations, likeness)


def morning_of(facts: Facts, day: int, asked: Integers, learned: Learned) -> Questions:
    """Give questions (rows of entity, directed relation) as of the morning of `day`, whatever the facts hold later.

    Raises UsageError where `learned` has learned from that day or later ones.
    """
    if learned.day > day:
        raise UsageError(f"learned from days up to {learned.day}, which day {day} may not know; learn as of day {day}")
    known = facts.until(day)
    ledger = Ledger.as_of(known, hierarchy_in(known), day)
    return questions_of(ledger, learned.rules, learned.likeness_on(ledger), learned.associations, asked)
