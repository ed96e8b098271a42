"""The days of a history one after the other, each morning with its questions, no look into the day or beyond."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from communique.outlook.ranking.associations import Associations
from communique.outlook.ranking.facts import Facts, Integers
from communique.outlook.ranking.ledger import Ledger
from communique.outlook.ranking.likeness import Likeness, likeness_of
from communique.outlook.ranking.names import Hierarchy, hierarchy_of
from communique.outlook.ranking.questions import Questions, questions_of
from communique.outlook.ranking.rules import RuleBook

LED_IN = 40
"""Days before the first asked morning, on which associations are learned already."""
REDRAWN_EVERY = 5
"""Days after which the maps of likeness are drawn anew."""


def mornings(facts: Facts, first: int, last: int) -> Iterator[Questions]:
    """Walk from the first day on, and give the questions of each morning from day `first` to `last`, both included.

    Asked is what the day's facts answer: each (entity, relation) once. What the questions hold is only good until the
    next morning is asked for. Days without facts give nothing.
    """
    ledger = Ledger(facts, hierarchy_in(facts))
    rules, associations = RuleBook(facts.directed_relations), Associations(facts)
    likeness: Likeness | None = None
    for day in range(last + 1):
        ledger.open_day(day)
        rows = ledger.rows_of_day()
        if day >= first - LED_IN and rows.stop > rows.start:
            if likeness is None or day % REDRAWN_EVERY == 0:
                likeness = likeness_of(ledger)
            asked = np.unique(np.stack([facts.entity[rows], facts.relation[rows]], axis=1), axis=0)
            questions = questions_of(ledger, rules, likeness, associations, asked)
            if day >= first:
                yield questions
            associations.observe(questions, answers_of(questions))
        rules.observe(ledger)
        ledger.close_day()


def answers_of(questions: Questions) -> NDArray[np.bool_]:
    """Tell which rows came true on the open day: for learning and scoring, after the questions are put."""
    facts, rows = questions.ledger.facts, questions.ledger.rows_of_day()

    def numbered(entity: Integers, relation: Integers, other: Integers) -> Integers:
        return (entity * facts.directed_relations + relation) * facts.entities + other

    return np.isin(
        numbered(questions.entity, questions.relation, questions.candidate),
        numbered(facts.entity[rows], facts.relation[rows], facts.other[rows]),
    )


def hierarchy_in(facts: Facts) -> Hierarchy:
    """Give places and kinds of the entities by their names."""
    return hierarchy_of(facts.entity_names, facts.entities)
