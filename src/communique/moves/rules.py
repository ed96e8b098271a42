"""What a board's file holds, data/<board>.yaml: its steps with their glosses, its word lists, and whatever its finder asks for.

`rules`, where there are any, say which step an event makes by its codes alone, the first that fits: a rule names its
`step` and any of `types`, `status` and `cameo` beginnings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError
from communique.records import Board, Event
from communique.word_files import read_word_file

_DEMANDS = frozenset({"step", "types", "status", "cameo"})


@dataclass(frozen=True, slots=True)
class StepRule:
    """One rule: its demands, empty where it makes none."""

    step: str
    types: frozenset[str]
    status: frozenset[str]
    cameo: tuple[str, ...]

    def fits(self, event: Event) -> bool:
        """Tell whether an event meets every demand."""
        return (
            (not self.types or event.type in self.types)
            and (not self.status or event.status.value in self.status)
            and (not self.cameo or event.cameo.startswith(self.cameo))
        )


@dataclass(frozen=True, slots=True)
class BoardRules:
    """All that a board's file holds; `rest` is what only its finder knows."""

    steps: dict[str, str]
    words: dict[str, tuple[str, ...]]
    rules: tuple[StepRule, ...]
    rest: dict[str, Any]

    def step(self, event: Event) -> str | None:
        """Give the step of the first rule that an event meets, None where it meets none."""
        return next((rule.step for rule in self.rules if rule.fits(event)), None)


@cache
def board_rules(board: Board) -> BoardRules:
    """Give the rules of a board, loaded once a process; KnowledgeError names the file and the field that is wrong."""
    path = files("communique.moves") / "data" / f"{board.value}.yaml"
    raw: dict[str, Any] = read_word_file(path)
    words = {name: tuple(map(str, listed)) for name, listed in (raw.get("words") or {}).items()}
    steps = {name: str(gloss) for name, gloss in raw["steps"].items()}
    rules = tuple(_rule(path.name, number, rule, steps) for number, rule in enumerate(raw.get("rules") or (), 1))
    rest = {key: value for key, value in raw.items() if key not in {"words", "steps", "rules"}}
    return BoardRules(steps, words, rules, rest)


def _rule(file: str, number: int, raw: dict[str, Any], steps: dict[str, str]) -> StepRule:
    unknown = set(raw) - _DEMANDS
    if unknown or raw.get("step") not in steps:
        wrong = f"field {sorted(unknown)[0]!r}" if unknown else f"step {raw.get('step')!r}"
        known = sorted(_DEMANDS) if unknown else sorted(steps)
        raise KnowledgeError(f"{file}, rule {number}: {wrong} is not known; choose one of {', '.join(known)}")

    def listed(field: str) -> tuple[str, ...]:
        return tuple(map(str, raw.get(field) or ()))

    return StepRule(raw["step"], frozenset(listed("types")), frozenset(listed("status")), listed("cameo"))
