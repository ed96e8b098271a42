"""Actors that words typed by a person may mean: named so, or with a code of the casebook that begins so."""

from __future__ import annotations

from collections.abc import Collection

from communique.actors.display import actors_named, name_of
from communique.desk.gathered import ActiveActor

LONGEST = 200
"""Characters of what may be searched for."""
ACTORS_SHOWN = 12


def actors_found(words: str, acts: dict[str, ActiveActor]) -> tuple[ActiveActor, ...]:
    """Give the actors that words may mean, the one that is named just so first; then codes of the casebook."""
    named = [actor.code for actor in actors_named(words, most=ACTORS_SHOWN)]
    wanted = words.casefold()
    coded = sorted(code for code in acts if code.casefold().startswith(wanted) and "/" not in code)
    codes = list(dict.fromkeys([*(code for code in coded if code.casefold() == wanted), *named, *coded]))
    return tuple(acts.get(code, ActiveActor(code, name_of(code), 0, None)) for code in codes[:ACTORS_SHOWN])


def codes_beginning(words: str, acts: Collection[str], most: int = ACTORS_SHOWN) -> tuple[str, ...]:
    """Give codes of the actors that words may mean: those named so, then codes of the casebook that begin so."""
    wanted = words.strip().casefold()
    if not wanted:
        return ()
    named = [actor.code for actor in actors_named(wanted, most=40)]
    coded = sorted(code for code in acts if code.casefold().startswith(wanted))
    return tuple(dict.fromkeys([*named, *coded]))[:most]
