"""The data files keep their own rules: every type has words, every number is one."""

from __future__ import annotations

from communique.ontology.loader import TYPES
from communique.outlook.features import QUADS, TARGETS
from communique.outlook.precedents import antecedents
from communique.outlook.settings import settings
from communique.outlook.wording import phrases, told


def test_every_kind_has_words() -> None:
    assert set(phrases()) >= set(TARGETS)
    assert antecedents()[: len(TYPES)] == TYPES
    assert not set(antecedents()) & set(QUADS)
    for kind in phrases():
        words = told(kind, "AAA", "BBB")
        assert "AAA" in words
        assert "BBB" in words
        assert "{" not in words


def test_numbers_are_of_use() -> None:
    numbers = settings()
    assert list(numbers.half_lives) == sorted(numbers.half_lives)
    assert 0 < numbers.own_strength <= numbers.shared_strength
    assert numbers.least_events >= 1
