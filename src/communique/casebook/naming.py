"""Codes for the actors that a person names, by code or by name; in words that tell what to write instead."""

from __future__ import annotations

from collections.abc import Iterable

from communique.actors.resolver import resolve
from communique.casebook.values import is_code
from communique.errors import UsageError


def codes_of(names: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of actors named by code or by name ("Iran", "HAMAS"); commas part several."""
    given = list(names)
    parts = [part.strip() for name in given for part in name.split(",") if part.strip()]
    if given and not parts:
        raise UsageError("an actor is a code such as USA or HAMAS, or a name, not an empty text")
    return tuple(dict.fromkeys(map(code_of, parts)))


def code_of(name: str) -> str:
    """Give the code of an actor named by code or by name; a code that the actor files do not hold is taken as it is.

    Raises UsageError for words that are neither.
    """
    if not name or is_code(name):
        return name
    found = resolve(name)
    if found is None:
        raise UsageError(f"{name!r} is no actor that is known: give a code (communique actors NAME finds it), as USA")
    return found.code
