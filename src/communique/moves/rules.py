"""The rules by which an act becomes a step on a board: data/<board>.yaml, first match wins.

A rule names its `step` and any of these demands: `types` of the event, its `status`, `cameo` beginnings, `trigger`
(lemmas of the act's own word), `reach` (a phrase among the act's words), `sentence` (a phrase anywhere in its
sentence), `without` (no such phrase among the act's words), `agreement: true` (the act's words name an agreement).
Words that begin with `$` stand for a list under `words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.moves.reach import Reach
from communique.records import Board, Event
from communique.word_files import read_word_file

_DEMANDS = frozenset({"step", "types", "status", "cameo", "trigger", "reach", "sentence", "without", "agreement"})


@dataclass(frozen=True, slots=True)
class StepRule:
    """One rule: its demands, empty where it makes none."""

    step: str
    types: frozenset[str]
    status: frozenset[str]
    cameo: tuple[str, ...]
    trigger: frozenset[str]
    reach: tuple[str, ...]
    sentence: tuple[str, ...]
    without: tuple[str, ...]
    agreement: bool

    def fits(self, event: Event, trigger: str, reach: Reach, sentence: Reach, *, agreement: bool) -> bool:
        """Tell whether an act meets every demand."""
        return (
            (not self.types or event.type in self.types)
            and (not self.status or event.status.value in self.status)
            and (not self.cameo or event.cameo.startswith(self.cameo))
            and (not self.trigger or trigger in self.trigger)
            and (not self.reach or reach.holds(*self.reach))
            and (not self.sentence or sentence.holds(*self.sentence))
            and not (self.without and reach.holds(*self.without))
            and (agreement or not self.agreement)
        )


@dataclass(frozen=True, slots=True)
class BoardRules:
    """All that a board's file holds: its steps with their glosses, its word lists and its rules in order."""

    steps: dict[str, str]
    words: dict[str, tuple[str, ...]]
    rules: tuple[StepRule, ...]
    rest: dict[str, Any]

    def step(self, event: Event, trigger: str, reach: Reach, sentence: Reach, *, agreement: bool = False) -> str | None:
        """Give the step of the first rule that an act meets, None where it meets none."""
        for rule in self.rules:
            if rule.fits(event, trigger, reach, sentence, agreement=agreement):
                return rule.step
        return None


@cache
def board_rules(board: Board) -> BoardRules:
    """Give the rules of a board, loaded once a process; KnowledgeError names the file and the field that is wrong."""
    path = files("communique.moves") / "data" / f"{board.value}.yaml"
    raw: dict[str, Any] = read_word_file(path)
    words = {name: tuple(map(str, listed)) for name, listed in (raw.get("words") or {}).items()}
    steps = {name: str(gloss) for name, gloss in raw["steps"].items()}
    rules = tuple(_rule(path.name, number, rule, words, steps) for number, rule in enumerate(raw["rules"], 1))
    rest = {key: value for key, value in raw.items() if key not in {"words", "steps", "rules"}}
    return BoardRules(steps, words, rules, rest)


def _rule(
    file: str, number: int, raw: dict[str, Any], words: dict[str, tuple[str, ...]], steps: dict[str, str]
) -> StepRule:
    unknown = set(raw) - _DEMANDS
    if unknown or raw.get("step") not in steps:
        wrong = f"field {sorted(unknown)[0]!r}" if unknown else f"step {raw.get('step')!r}"
        known = sorted(_DEMANDS) if unknown else sorted(steps)
        raise KnowledgeError(f"{file}, rule {number}: {wrong} is not known; choose one of {', '.join(known)}")

    def phrases(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_spelt_out(file, number, raw.get(field) or (), words)))

    return StepRule(
        raw["step"], frozenset(phrases("types")), frozenset(phrases("status")), phrases("cameo"),
        frozenset(phrases("trigger")), phrases("reach"), phrases("sentence"), phrases("without"),
        str(raw.get("agreement", "")).lower() == "true",
    )  # fmt: skip


def _spelt_out(file: str, number: int, listed: Iterable[object], words: dict[str, tuple[str, ...]]) -> Iterable[str]:
    for word in map(str, listed):
        if not word.startswith("$"):
            yield word
        elif word in words:
            yield from words[word]
        else:
            raise KnowledgeError(f"{file}, rule {number}: the list {word} is not under `words`; add it there")
