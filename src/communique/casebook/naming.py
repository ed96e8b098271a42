"""Codes for the actors that a person names, by code or by name; in words that tell what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from communique.actors.display import code_shown_as, named_actors
from communique.actors.resolver import bare, resolve
from communique.casebook.values import is_code
from communique.errors import UsageError

_EMPTY = "an actor is a code such as USA or HAMAS, or a name, not an empty text"


def codes_of(names: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of actors named by code or by name ("Iran", "HAMAS"); commas part several."""
    given = list(names)
    parts = [part.strip() for name in given for part in name.split(",") if part.strip()]
    if given and not parts:
        raise UsageError(_EMPTY)
    return tuple(dict.fromkeys(map(code_of, parts)))


def code_of(name: str) -> str:
    """Give the code of an actor named by code or by name; a code that the actor files do not hold is taken as it is.

    One that they hold may be written in small letters, and with its role as pages show it ("Sudan (rebels)"). Raises UsageError for words that are neither, and for none.
    """
    name = name.strip()
    if not name:
        raise UsageError(_EMPTY)
    if is_code(name):
        return name
    if (shown := code_shown_as(name)) is not None:
        return shown
    found = resolve(name)
    if found is None:
        # Nobody types capitals gladly; but small letters are only taken for a code that is known.
        code = name.upper()
        if is_code(code) and bare(code) in _known_codes():
            return code
        raise UsageError(f"{name!r} is no actor that is known: give a code (communique actors NAME finds it), as USA")
    return found.code


def code_if_named(name: str) -> str | None:
    """Give the code of an actor, None for an empty text; UsageError for words that are no actor."""
    return code_of(name) if name.strip() else None


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(actor.code for actor in named_actors())
