"""The parts by themselves: facts read, names parted, counts faded, rules counted."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from communique.errors import MissingInput, UnreadableInput
from communique.outlook.ranking.counters import NEVER, FadingCounts
from communique.outlook.ranking.facts import (
    both_directions,
    hours_between_days,
    read_counts,
    read_folder,
    read_names,
)
from communique.outlook.ranking.names import hierarchy_of
from communique.outlook.ranking.replay import answers_of, mornings
from tests.outlook.ranking.world import CONSULT, RELATIONS, VISIT, facts_of


def test_a_fact_stands_in_both_directions_and_once() -> None:
    facts = both_directions(np.array([(3, 1, 2, 48), (3, 1, 2, 48)]), 5, 4)
    rows = zip(facts.entity, facts.relation, facts.other, facts.day, strict=True)
    assert sorted(tuple(map(int, row)) for row in rows) == [(2, 5, 3, 2), (3, 1, 2, 2)]


def test_a_folder_is_read_with_its_further_columns_dropped(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text("0\t1\t2\t24\t-1\n0\t1\t2\t24\t-1\n", encoding="utf-8")
    (tmp_path / "stat.txt").write_text("3 2", encoding="utf-8")
    (tmp_path / "entity2id.txt").write_text("Land\t0\nSea\t2\n", encoding="utf-8")
    assert read_folder(tmp_path)["train"].tolist() == [[0, 1, 2, 24]]
    assert read_counts(tmp_path) == (3, 2)
    assert read_names(tmp_path / "entity2id.txt", 3) == ("Land", "1", "Sea")
    assert read_names(tmp_path / "nothing.txt", 3) == ()
    assert hours_between_days(np.array([[0, 0, 0, 48], [0, 0, 0, 120]])) == 24


def test_a_broken_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"train\.txt"):
        read_folder(tmp_path)
    with pytest.raises(MissingInput, match=r"stat\.txt"):
        read_counts(tmp_path)
    (tmp_path / "train.txt").write_text("0 one 2 24\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"train\.txt"):
        read_folder(tmp_path)
    (tmp_path / "stat.txt").write_text("many", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"stat\.txt"):
        read_counts(tmp_path)
    (tmp_path / "names.txt").write_text("Land\t7\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 1"):
        read_names(tmp_path / "names.txt", 3)


def test_names_tell_place_and_kind() -> None:
    names = ("Police_(India)", "Police_(Chad)", "India", "Citizen_(India)", "Nobody", "IRNGOV", "IRN", "CHNGOV")
    found = hierarchy_of(names, len(names))
    place, kind = found.place.tolist(), found.kind.tolist()
    assert place[0] == place[2] == place[3] != place[1]
    assert place[4] == 0
    assert place[5] == place[6] != place[7]
    assert kind[0] == kind[1] != 0
    assert kind[5] == kind[7] not in (0, kind[0])
    # Only one citizen and one nobody: nothing can be learned of their kinds.
    assert kind[3] == kind[4] == 0


def test_counts_fade_and_unknown_keys_count_zero() -> None:
    counts = FadingCounts(np.array([5, 9]), (0.1, 1.0))
    counts.add(counts.find(np.array([9, 9])), 3)
    counts.fade()
    counts.fade()
    place = counts.find(np.array([9, 5, 7]))
    assert counts.counts[:, place[0]].tolist() == pytest.approx([2 * math.exp(-0.2), 2 * math.exp(-2)])
    assert counts.counts[:, place[1:]].sum() == 0
    assert counts.days_since(place, 5).tolist() == [2, NEVER, NEVER]
    assert place[2] == len(counts)


def test_a_rule_is_how_often_a_sequel_came() -> None:
    # Consultations on even days, each followed by a visit on the next.
    rows = [(0, CONSULT if day % 2 == 0 else VISIT, 1, day * 24) for day in range(20)]
    *_, questions = mornings(facts_of(np.array(rows)), 1, 19)
    confidence = questions.rules.confidence(3)
    assert confidence[CONSULT, VISIT] > 1.3 * confidence[CONSULT, CONSULT]
    assert confidence[CONSULT, VISIT + RELATIONS] == 0
    fired = questions.rules.fired(questions.ledger, int(questions.pair[0]), VISIT)
    assert fired[0].before in (CONSULT, VISIT)


def test_answers_are_the_facts_of_the_day_only() -> None:
    rows = np.array([(0, CONSULT, 1, 0), (0, CONSULT, 2, 24), (0, CONSULT, 1, 48)])
    for questions in mornings(facts_of(rows), 1, 2):
        came = {
            (int(questions.entity[row]), int(questions.candidate[row])) for row in np.flatnonzero(answers_of(questions))
        }
        # On day 1 nobody could know of 2, but 0 had been a source before; on day 2 the known pair comes again.
        assert came == ({(2, 0)} if questions.ledger.day == 1 else {(0, 1), (1, 0)})
