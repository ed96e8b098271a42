"""The data files keep their own rules: every type has words, every number is one."""

from __future__ import annotations

from communique.ontology.loader import TYPES, ontology
from communique.outlook.features import TARGETS
from communique.outlook.kinds import QUADS, quads
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


def test_quads_and_modes_are_those_of_the_ontology() -> None:
    assert quads() == {name: kind.quad for name, kind in ontology().types.items()}
    told_apart = [kind.split("/") for kind in phrases() if "/" in kind]
    assert [pair for pair in told_apart if pair[1] not in ontology().types[pair[0]].modes] == []
