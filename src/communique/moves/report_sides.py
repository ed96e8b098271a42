"""Whom a whole report is about: the two that it sets beside each other, and the armed group that "the rebels" are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from communique.actors.discourse import Discourse
from communique.actors.knowledge import knowledge
from communique.actors.resolver import bare, is_state
from communique.records import Move

# The headline and the first sentences say between whom the story is.
_LEAD = 3
_OF_AN_ENEMY = frozenset({"REB", "OPP"})


def pair_of_report(discourse: Discourse) -> tuple[str, ...]:
    """Give the two actors that the headline, else one of the first sentences, names alone; () where none names two."""
    for sentence in discourse.order[:_LEAD]:
        named = dict.fromkeys(bare(code) for code in discourse.actors_named(sentence))
        for several in (tuple(named), tuple(code for code in named if is_state(code) or home_of(code))):
            if len(several) == 2:
                return several
    return ()


def by_name_of_group(discourse: Discourse, move: Move) -> Move:
    """Give a move with a country's rebels as the armed group of that country that the report named last.

    "Santos and Timochenko signed the accord" is signed by Colombia and the FARC, where the report speaks of them.
    """
    source, target = (tuple(_by_name(discourse, move.sentence, codes)) for codes in (move.source, move.target))
    return replace(move, source=source, target=target) if (source, target) != (move.source, move.target) else move


def _by_name(discourse: Discourse, sentence: int, codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        country, _, role = code.partition("/")
        groups = [found for found in _groups_named(discourse) if found[2] == country] if role in _OF_AN_ENEMY else []
        before = [group for at, group, _ in groups if at <= sentence]
        yield before[-1] if before else groups[0][1] if groups else code


def home_of(code: str) -> str | None:
    """Give the country of an armed group, None for everybody else.

    >>> home_of("ELN")
    'COL'
    """
    return _homes().get(code)


def _groups_named(discourse: Discourse) -> list[tuple[int, str, str]]:
    """Give (sentence, group, country) for the armed groups that the report names, in text order."""
    return [
        (sentence.index, entry.code, entry.detail)
        for sentence in discourse.order
        for match in dict.fromkeys(discourse.covering(sentence).values())
        if (entry := discourse.meaning(match)) is not None and entry.kind == "group" and home_of(entry.code)
    ]


@cache
def _homes() -> dict[str, str]:
    return {
        entry.code: entry.detail
        for entries in knowledge().names.values()
        for entry in entries
        if entry.kind == "group" and entry.role in _OF_AN_ENEMY and entry.detail
    }
