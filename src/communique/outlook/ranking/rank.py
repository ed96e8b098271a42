"""One question answered with its reasons: who is next, what spoke for each, and what had happened before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.errors import UsageError
from communique.outlook.ranking.facts import Facts
from communique.outlook.ranking.features import WORDS, features_of
from communique.outlook.ranking.learned import Learned, morning_of
from communique.outlook.ranking.model import RankingModel, ranking_scores
from communique.outlook.ranking.rules import FiredRule


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature, in words, with its value and what it adds to the score (below zero: it speaks against)."""

    name: str
    words: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Precedent:
    """A fact before the asked day between the two: day and directed relation, seen from the asked actor."""

    day: int
    relation: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its place (1: likeliest), its score, and why.

    `precedents` are the latest facts between the two, those of the asked relation first; `rules` are what fired.
    """

    place: int
    candidate: int
    score: float
    reasons: tuple[Reason, ...]
    precedents: tuple[Precedent, ...]
    rules: tuple[FiredRule, ...]


def rank(
    facts: Facts,
    learned: Learned,
    day: int,
    relation: int,
    *,
    source: int | None = None,
    target: int | None = None,
    most: int = 10,
    reasons: int = 5,
) -> tuple[Ranked, ...]:
    """Answer (source, relation, ?) or (?, relation, target) as of the morning of `day`: the `most` likeliest.

    `relation` is the plain relation; facts of `day` and after it are not looked at. Of equal scores the lower number is
    first. An actor of whom nothing is known gets the relation's most seen; a relation never seen gets no answer.

    Raises UsageError where not exactly one side is given, or a number is not in the facts, or `learned` knows
    later days.
    """
    if (source is None) == (target is None):
        raise UsageError("give a source or a target: the other one is asked for")
    entity = source if source is not None else target
    if entity is None or not 0 <= entity < facts.entities or not 0 <= relation < facts.relations:
        raise UsageError(f"actor {entity} or relation {relation} is not in the facts")
    directed = relation if source is not None else relation + facts.relations
    questions = morning_of(facts, day, np.array([[entity, directed]], dtype=np.int64), learned)
    table = features_of(questions)
    scores = ranking_scores(learned.model, questions, table)
    order = np.lexsort((questions.candidate, -scores))[:most]
    if not len(order):
        return ()
    parts = learned.model.contributions(table[order])
    known = facts.until(day)
    found = []
    for place, row in enumerate(order.tolist(), start=1):
        candidate = int(questions.candidate[row])
        found.append(
            Ranked(
                place,
                candidate,
                float(scores[row]),
                _reasons(learned.model, table[row], parts[place - 1], reasons),
                _precedents(known, entity, directed, candidate),
                questions.rules.fired(questions.ledger, int(questions.pair[row]), directed),
            )
        )
    return tuple(found)


def _reasons(
    model: RankingModel, values: np.ndarray[tuple[int], np.dtype[np.float32]], parts: np.ndarray, most: int
) -> tuple[Reason, ...]:
    value_of = dict(zip(WORDS, values.tolist(), strict=True))
    strongest = np.argsort(-np.abs(parts[:-1]), kind="stable")[:most]
    return tuple(
        Reason(name, WORDS[name], value_of[name], float(parts[number]))
        for number, name in ((int(number), model.names[number]) for number in strongest)
    )


def _precedents(known: Facts, entity: int, relation: int, candidate: int, most: int = 5) -> tuple[Precedent, ...]:
    rows = np.flatnonzero((known.entity == entity) & (known.other == candidate))
    found = [Precedent(int(known.day[row]), int(known.relation[row])) for row in rows]
    found.sort(key=lambda fact: (fact.relation != relation, -fact.day, fact.relation))
    return tuple(found[:most])
