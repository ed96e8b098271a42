"""The words of stances, as data/positions.yaml holds them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.errors import KnowledgeError
from communique.moves.rules import board_rules
from communique.records import Board

STANCES = ("for", "against")
KINDS = frozenset({"talks", "agreement", "sanctions", "proposal", "question", "actor", "deed"})


@dataclass(frozen=True, slots=True)
class StanceVerb:
    """How one verb tells a stance: by its object or by prepositions; on which kinds of object, all where it is empty."""

    stance: str
    prepositions: tuple[str, ...]
    particle: str | None
    kinds: frozenset[str]
    refusable: bool

    def allows(self, kind: str, *, deed: bool) -> bool:
        """Tell whether the verb's stance may be on such an object."""
        return not self.kinds or ("deed" if deed else kind) in self.kinds


@dataclass(frozen=True, slots=True)
class PositionWords:
    """All lists of the file, by their names there; `nouns` and `adjectives` give lemma → (stance, prepositions)."""

    verbs: dict[str, tuple[StanceVerb, ...]]
    nouns: dict[str, tuple[str, tuple[str, ...]]]
    adjectives: dict[str, tuple[str, tuple[str, ...]]]
    judging: dict[str, str]
    lists: dict[str, frozenset[str]]
    looking_through: tuple[frozenset[str], frozenset[str]]
    turning_round: tuple[frozenset[str], frozenset[str]]
    praising: tuple[tuple[str, ...], ...]
    damning: tuple[tuple[str, ...], ...]

    def holds(self, name: str, word: str) -> bool:
        """Tell whether a list of the file has a word."""
        return word in self.lists[name]


_LISTS = ("calling", "stating", "giving_up", "vocal", "carrying", "refusing", "holding_words", "talks", "sanctions",
          "proposals", "agreements", "rights", "issues", "deeds", "no_holders",
          "willing", "unwilling", "binding_under", "joining",
          "plain_nouns", "demanding", "empty_verbs", "leaving", "staying", "starting", "ending", "bare_refusing",
          "bearing", "harming", "serving", "bare_regret", "documents", "issuing", "pointing_deeds",
          "deed_types", "saying", "spokesmen", "unsure_roles", "sides", "speech_nouns", "counting_on", "deciding", "shared_deeds", "kinds_of_action")  # fmt: skip


@cache
def position_words() -> PositionWords:
    """Give the words of stances, loaded once a process; KnowledgeError names the field that is missing or wrong."""
    rest = board_rules(Board.POSITIONS).rest
    try:
        return PositionWords(
            verbs=_verbs(rest["verbs"]),
            nouns=_with_prepositions(rest["nouns"]),
            adjectives=_with_prepositions(rest["adjectives"]),
            judging={str(word): stance for stance in STANCES for word in rest["judging"][stance]},
            lists={name: frozenset(map(str, rest[name])) for name in _LISTS},
            looking_through=_nouns_and_verbs(rest["looking_through"]),
            turning_round=_nouns_and_verbs(rest["turning_round"]),
            praising=_phrases(rest["praising"]),
            damning=_phrases(rest["damning"]),
        )
    except KeyError as missing:
        raise KnowledgeError(f"positions.yaml: the field {missing.args[0]!r} is missing; add it") from missing


def _verbs(raw: list[dict[str, Any]]) -> dict[str, tuple[StanceVerb, ...]]:
    found: dict[str, tuple[StanceVerb, ...]] = {}
    for number, group in enumerate(raw, 1):
        kinds = frozenset(map(str, group.get("kinds") or ()))
        if group["stance"] not in STANCES or kinds - KINDS:
            raise KnowledgeError(
                f"positions.yaml, verbs, group {number}: stance must be for or against and kinds of {sorted(KINDS)}"
            )
        verb = StanceVerb(
            group["stance"], tuple(map(str, group.get("preposition") or ())), group.get("particle"), kinds,
            str(group.get("refusable", "")).lower() == "true",
        )  # fmt: skip
        for lemma in map(str, group["verbs"]):
            found[lemma] = (*found.get(lemma, ()), verb)
    return found


def _with_prepositions(raw: dict[str, dict[str, list[str]]]) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        str(lemma): (stance, tuple(map(str, prepositions)))
        for stance in STANCES
        for lemma, prepositions in raw[stance].items()
    }


def _nouns_and_verbs(raw: dict[str, Collection[str]]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(str, raw["nouns"])), frozenset(map(str, raw["verbs"]))


def _phrases(raw: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(phrase).split(" ")) for phrase in raw)
