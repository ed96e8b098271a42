"""The vocabulary of agreements: which words make a step of one, and what one without a name is about.

Reads `data/agreements.yaml`, which says what each list is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.errors import KnowledgeError
from communique.moves.rules import board_rules
from communique.records import Board

_DEMANDS = frozenset({"step", "words", "as", "phrase", "part", "only"})
_PLACES = frozenset({"object", "subject", "poss", "compound"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a step: its words, and how the agreement stands to them (object, subject, a preposition …).

    `phrases` are lemmas that must stand below the word, where there are any. `part` tells whether the terms of an
    agreement may stand for it: no, yes, or only. `kinds` bounds the form to agreements on some matters.
    """

    step: str
    words: frozenset[str]
    places: frozenset[str]
    phrases: tuple[str, ...]
    part: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """All lists of the file, by the names they have there."""

    forms: dict[str, tuple[Form, ...]]
    operators: dict[str, str]
    kinds: dict[str, frozenset[str]]
    nouns: frozenset[str]
    empty: frozenset[str]
    parts: frozenset[str]
    measures: frozenset[str]
    imposing: frozenset[str]
    failing: frozenset[str]
    carrying: frozenset[str]
    brokering: frozenset[str]
    kept: frozenset[str]
    approving: frozenset[str]
    striking: frozenset[str]
    curbing: frozenset[str]
    taken_up: frozenset[str]
    running_out: frozenset[str]
    lasting: frozenset[str]
    of_old: frozenset[str]
    dropping: frozenset[str]
    doing: frozenset[str]
    happening: frozenset[str]
    looking_back: frozenset[str]
    apart: frozenset[str]
    sides: frozenset[str]
    plans: frozenset[str]
    plan_topics: frozenset[str]
    committing: frozenset[str]
    lasting_on: frozenset[str]
    taken_up_later: frozenset[str]
    binding: frozenset[str]
    shares: frozenset[str]
    mutual: frozenset[str]
    statements: frozenset[str]
    unsigned: frozenset[str]
    times: frozenset[str]
    only_of_truces: frozenset[str]
    spans: frozenset[str]
    several: frozenset[str]
    inspecting: frozenset[str]
    papers: frozenset[str]

    def kind_of(self, lemmas: Iterable[str]) -> str:
        """Give what an agreement is about by the words of its name, "" where they do not say."""
        found = set(lemmas)
        return next((kind for kind, words in self.kinds.items() if words & found), "")


@cache
def agreement_words() -> AgreementWords:
    """Give the vocabulary, loaded once a process; KnowledgeError names the form and the field that is wrong."""
    rules = board_rules(Board.AGREEMENTS)
    raw = rules.rest
    forms: dict[str, list[Form]] = {}
    for number, given in enumerate(raw["forms"], 1):
        form = _form(number, given, rules.steps)
        for word in sorted(form.words):
            forms.setdefault(word, []).append(form)
    operators: dict[str, str] = {}
    for name, words in raw["operators"].items():
        for word in words:
            operators.setdefault(str(word), name)
    lists = (
        "nouns",
        "empty",
        "parts",
        "measures",
        "imposing",
        "failing",
        "carrying",
        "brokering",
        "kept",
        "approving",
        "striking",
        "curbing",
        "taken_up",
        "running_out",
        "lasting",
        "of_old",
        "dropping",
        "doing",
        "happening",
        "looking_back",
        "apart",
        "sides",
        "plans",
        "plan_topics",
        "committing",
        "lasting_on",
        "taken_up_later",
        "binding",
        "shares",
        "mutual",
        "statements",
        "unsigned",
        "times",
        "only_of_truces",
        "spans",
        "several",
        "inspecting",
        "papers",
    )
    return AgreementWords(
        {word: tuple(found) for word, found in forms.items()},
        operators,
        {kind: frozenset(map(str, words)) for kind, words in raw["kinds"].items()},
        **{name: frozenset(map(str, raw[name])) for name in lists},
    )


def _form(number: int, raw: dict[str, Any], steps: dict[str, str]) -> Form:
    unknown = set(raw) - _DEMANDS
    if unknown or raw.get("step") not in steps:
        wrong = f"field {sorted(unknown)[0]!r}" if unknown else f"step {raw.get('step')!r}"
        known = sorted(_DEMANDS) if unknown else sorted(steps)
        raise KnowledgeError(f"agreements.yaml, form {number}: {wrong} is not known; choose one of {', '.join(known)}")
    part = {"true": "yes", "only": "only"}.get(str(raw.get("part", "")).lower(), "no")
    return Form(
        raw["step"], frozenset(map(str, raw["words"])), frozenset(map(str, raw["as"])),
        tuple(map(str, raw.get("phrase") or ())), part, frozenset(map(str, raw.get("only") or ())),
    )  # fmt: skip
