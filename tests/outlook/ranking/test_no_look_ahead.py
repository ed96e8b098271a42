"""A question of a morning knows nothing of its own day or of any later one."""

from __future__ import annotations

import numpy as np
import pytest

from communique.errors import UsageError
from communique.outlook.ranking.features import NAMES, features_of
from communique.outlook.ranking.learned import Learned, learn_until, morning_of
from communique.outlook.ranking.rank import rank
from communique.outlook.ranking.replay import mornings
from tests.outlook.ranking.world import CONSULT, DAYS, VISIT, facts_of, quads

DAY = 40


def table_of(rows: np.ndarray, day: int) -> dict[tuple[int, int, int], list[float]]:
    """Give the features by question and candidate, as of the morning of `day`."""
    questions = next(mornings(facts_of(rows), day, day))
    table = features_of(questions)
    keys = zip(questions.entity.tolist(), questions.relation.tolist(), questions.candidate.tolist(), strict=True)
    return dict(zip(keys, table.tolist(), strict=True))


@pytest.mark.parametrize("planted_day", [DAY, DAY + 1, DAY + 15])
def test_a_planted_fact_of_today_or_later_changes_nothing(planted_day: int) -> None:
    planted = [(source, VISIT, target, planted_day * 24) for source in (2, 3) for target in (5, 11, 20)]
    before = table_of(quads(), DAY)
    after = table_of(np.concatenate([quads(), np.array(planted)]), DAY)
    assert before.keys() <= after.keys()
    assert all(after[key] == values for key, values in before.items())
    asked = {key[:2] for key in before}
    # No candidate more either: who is first met later is nobody yet.
    assert {key for key in after if key[:2] in asked} == before.keys()


def test_who_will_once_be_seen_in_a_relation_is_not_known_before() -> None:
    # Citizen 22 was consulted, never visited; that somebody visits it on day 7 must not show on day 6.
    rows = np.concatenate([quads(7), np.array([(5, CONSULT, 22, 4 * 24), (5, VISIT, 1, 6 * 24)])])
    before = table_of(rows, 6)
    after = table_of(np.concatenate([rows, np.array([(9, VISIT, 22, 7 * 24)])]), 6)
    assert before[5, VISIT, 22][NAMES.index("seen.long")] == 0
    assert all(after[key] == values for key, values in before.items())


def test_a_planted_fact_of_yesterday_does_change_something() -> None:
    planted = np.array([(0, CONSULT, 1, (DAY - 1) * 24), (0, VISIT, 1, (DAY - 1) * 24)])
    assert table_of(quads(), DAY) != table_of(np.concatenate([quads(), planted]), DAY)


def test_taking_the_day_and_the_future_away_changes_no_morning() -> None:
    rows = quads()
    # One fact must stay on the day itself, for its question to be asked.
    kept = rows[(rows[:, 3] < DAY * 24)]
    one = rows[rows[:, 3] == DAY * 24][:1]
    alone = table_of(np.concatenate([kept, one]), DAY)
    whole = table_of(rows, DAY)
    assert alone
    assert all(whole[key] == values for key, values in alone.items())


def test_learning_until_a_day_does_not_see_it() -> None:
    rows = quads()
    planted = np.array([(4, VISIT, 20, day * 24) for day in range(DAY, DAYS)])
    plain, leaking = (learn_until(facts_of(given), DAY) for given in (rows, np.concatenate([rows, planted])))
    ask = {"day": DAY, "relation": VISIT, "source": 0}
    assert rank(facts_of(rows), plain, **ask) == rank(facts_of(np.concatenate([rows, planted])), leaking, **ask)


def test_what_was_learned_of_later_days_is_refused(learned: Learned) -> None:
    with pytest.raises(UsageError, match="may not know"):
        morning_of(facts_of(quads()), DAYS - 1, np.array([[0, CONSULT]]), learned)


def test_the_ledger_at_once_is_the_ledger_day_by_day(learned: Learned) -> None:
    rows = np.concatenate([quads(), np.array([(0, CONSULT, 1, DAYS * 24)])])
    walked = next(mornings(facts_of(rows), DAYS, DAYS))
    at_once = morning_of(facts_of(rows), DAYS, walked.asked, learned)
    assert walked.candidate.tolist() == at_once.candidate.tolist()
    apart = np.abs(features_of(walked) - features_of(at_once)).max(axis=0)
    # Learned values differ by the days of leading in; the counts are the same but for rounding.
    for name, distance in zip(NAMES, apart.tolist(), strict=True):
        if name.startswith(("same", "pair", "back", "seen", "busy", "place", "kind")):
            assert distance < 1e-3, name


def test_features_are_not_taken_once_the_day_is_over() -> None:
    *_, questions = mornings(facts_of(quads()), DAY, DAY)
    with pytest.raises(UsageError, match="is over"):
        features_of(questions)
