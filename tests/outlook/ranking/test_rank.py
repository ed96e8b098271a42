"""Who is next in a small world of habits, and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from communique.errors import MissingInput, UnreadableInput, UsageError
from communique.outlook.ranking.facts import Facts
from communique.outlook.ranking.features import FAMILIES, NAMES, WORDS, features_of
from communique.outlook.ranking.learned import Learned, learn_until
from communique.outlook.ranking.model import RankingModel, ranking_scores
from communique.outlook.ranking.rank import rank
from communique.outlook.ranking.replay import answers_of, mornings
from tests.outlook.ranking.world import ARREST, CONSULT, DAYS, VISIT, facts_of, quads


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(quads())


@pytest.mark.parametrize(
    ("relation", "asked", "first"),
    [
        (CONSULT, {"source": 0}, 1),
        (CONSULT, {"target": 1}, 0),
        (VISIT, {"source": 0}, 1),
        (ARREST, {"source": 9}, 17),
        (ARREST, {"target": 18}, 10),
    ],
)
def test_habits_are_found(facts: Facts, learned: Learned, relation: int, asked: dict[str, int], first: int) -> None:
    assert rank(facts, learned, DAYS, relation, **asked)[0].candidate == first


def test_a_place_in_the_list_comes_with_its_reasons(facts: Facts, learned: Learned) -> None:
    first = rank(facts, learned, DAYS, VISIT, source=0, reasons=len(NAMES))[0]
    assert first.place == 1
    assert {reason.name for reason in first.reasons} == set(NAMES)
    assert all(reason.words == WORDS[reason.name] for reason in first.reasons)
    # The latest facts of the relation come first, and all of them are before the asked day.
    assert first.precedents[0].relation == VISIT
    assert all(past.day < DAYS for past in first.precedents)
    assert CONSULT in {rule.before for rule in first.rules}
    assert all(0 < rule.held <= rule.cases for rule in first.rules)


def test_the_reasons_add_up_to_the_score(facts: Facts, learned: Learned) -> None:
    questions = next(mornings(facts, DAYS - 1, DAYS - 1))
    table = features_of(questions)
    parts = learned.model.contributions(table)
    assert np.allclose(parts.sum(axis=1), learned.model.scores(table), atol=1e-4)


def test_the_last_days_are_ranked_better_than_by_chance() -> None:
    facts = facts_of(quads(90, seed=3))
    model = learn_until(facts, 70).model
    better, number = 0.0, 0
    for questions in mornings(facts, 70, 89):
        scores = ranking_scores(model, questions, features_of(questions))
        for row in np.flatnonzero(answers_of(questions)):
            rivals = scores[questions.question == questions.question[row]]
            better += 1 / (1 + (rivals > scores[row]).sum())
            number += 1
    assert better / number > 0.6


def test_the_same_facts_in_any_order_give_the_same_list(facts: Facts, learned: Learned) -> None:
    rows = quads()
    shuffled = facts_of(np.random.default_rng(5).permutation(rows))
    again = learn_until(shuffled, DAYS)
    for relation in (CONSULT, VISIT, ARREST):
        assert rank(facts, learned, DAYS, relation, source=0) == rank(shuffled, again, DAYS, relation, source=0)


def test_what_was_learned_is_kept_and_read_again(tmp_path: Path, facts: Facts, learned: Learned) -> None:
    learned.save(tmp_path)
    again = Learned.load(tmp_path, facts)
    assert rank(facts, again, DAYS, VISIT, source=0) == rank(facts, learned, DAYS, VISIT, source=0)
    assert {path.name for path in tmp_path.iterdir()} == {"trees.txt", "numbers.npz"}


def test_what_cannot_be_read_is_said(tmp_path: Path, facts: Facts, learned: Learned) -> None:
    with pytest.raises(MissingInput, match=r"numbers\.npz"):
        Learned.load(tmp_path / "nowhere", facts)
    learned.save(tmp_path)
    (tmp_path / "numbers.npz").write_bytes(b"junk")
    with pytest.raises(UnreadableInput, match="learn the ranking anew"):
        Learned.load(tmp_path, facts)
    (tmp_path / "trees.txt").write_text("no trees", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"trees\.txt"):
        RankingModel.load(tmp_path / "trees.txt")


@pytest.mark.parametrize("asked", [{}, {"source": 0, "target": 1}, {"source": 99}, {"target": -1}])
def test_a_question_must_have_one_side_that_is_known(facts: Facts, learned: Learned, asked: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        rank(facts, learned, DAYS, CONSULT, **asked)


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(UsageError):
        learn_until(facts_of(quads(3)), 1)


def test_each_column_has_its_words_and_one_family() -> None:
    assert len(NAMES) == len(set(NAMES)) == len(WORDS)
    assert all(words for _, words in FAMILIES.values())
