"""Whom a whole report is about: the two that it sets beside each other, and the armed group that "the rebels" are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from communique.actors.knowledge import knowledge
from communique.actors.resolver import bare
from communique.moves.scene import Scene
from communique.records import Sentence

# The headline and the first sentences say between whom the story is.
_LEAD = 3
_OF_AN_ENEMY = frozenset({"REB", "OPP"})


def pair_of_report(scene: Scene) -> tuple[str, ...]:
    """Give the two actors that the headline, else one of the first sentences, names alone; () where none names two."""
    for sentence in scene.sentences[:_LEAD]:
        named = dict.fromkeys(bare(code) for code in scene.discourse.actors_named(sentence))
        if len(named) == 2:
            return tuple(named)
    return ()


def with_groups_by_name(scene: Scene, codes: Iterable[str]) -> tuple[str, ...]:
    """Give codes with a country's rebels as the armed group of that country that the report names, if it is just one.

    "Santos and Timochenko signed the accord" is signed by Colombia and the FARC, where the report speaks of them.
    """
    found = []
    for code in codes:
        country, _, role = code.partition("/")
        groups = {group for group, home in _groups_named(scene) if home == country} if role in _OF_AN_ENEMY else set()
        found.append(groups.pop() if len(groups) == 1 else code)
    return tuple(dict.fromkeys(found))


def home_of(code: str) -> str | None:
    """Give the country of an armed group, None for everybody else.

    >>> home_of("ELN")
    'COL'
    """
    return _homes().get(code)


def _groups_named(scene: Scene) -> set[tuple[str, str]]:
    return {found for sentence in scene.sentences for found in _groups_in(scene, sentence)}


def _groups_in(scene: Scene, sentence: Sentence) -> Iterable[tuple[str, str]]:
    for match in dict.fromkeys(scene.discourse.covering(sentence).values()):
        entry = scene.discourse.meaning(match)
        if entry is not None and entry.kind == "group" and home_of(entry.code):
            yield entry.code, entry.detail


@cache
def _homes() -> dict[str, str]:
    return {
        entry.code: entry.detail
        for entries in knowledge().names.values()
        for entry in entries
        if entry.kind == "group" and entry.role in _OF_AN_ENEMY and entry.detail
    }
