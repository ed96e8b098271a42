"""The words that change an act without being one, from data/operators.yaml."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from communique.errors import KnowledgeError
from communique.word_files import read_word_file


@dataclass(frozen=True, slots=True)
class Operators:
    """Word classes of the coding rules; each field is a list in operators.yaml."""

    speech: frozenset[str]
    speech_prepositions: frozenset[str]
    channels: frozenset[str]
    denying: frozenset[str]
    denying_anything: frozenset[str]
    denying_adjectives: frozenset[str]
    denying_gerunds: frozenset[str]
    supposing_gerunds: frozenset[str]
    ruled_out: frozenset[str]
    ruled_in: frozenset[str]
    doubting_adjectives: frozenset[str]
    negatives: frozenset[str]
    planning: frozenset[str]
    planning_adjectives: frozenset[str]
    planning_nouns: frozenset[str]
    planning_modifiers: frozenset[str]
    planning_objects: frozenset[str]
    planning_auxiliaries: frozenset[str]
    supposing: frozenset[str]
    supposing_nouns: frozenset[str]
    supposing_modifiers: frozenset[str]
    supposing_objects: frozenset[str]
    supposing_auxiliaries: frozenset[str]
    supposing_adverbs: frozenset[str]
    supposing_marks: frozenset[str]
    factual: frozenset[str]
    light: frozenset[str]
    condition_marks: frozenset[str]
    lasting: frozenset[str]
    weighing: frozenset[str]
    blaming: frozenset[str]
    untrue: frozenset[str]
    creditable: frozenset[str]
    labelling: frozenset[str]
    needed: frozenset[str]
    any_deed: frozenset[str]
    crowd_deeds: frozenset[str]
    rebel_deeds: frozenset[str]
    answers: frozenset[str]


@cache
def operators() -> Operators:
    """Give the word classes, loaded once a process; KnowledgeError where one is missing."""
    path = files("communique.coding") / "data" / "operators.yaml"
    raw = read_word_file(path)
    names = {field.name for field in fields(Operators)}
    if set(raw) != names:
        raise KnowledgeError(f"operators.yaml: missing {sorted(names - set(raw))}, unknown {sorted(set(raw) - names)}")
    return Operators(**{name: frozenset(str(word) for word in raw[name]) for name in names})
