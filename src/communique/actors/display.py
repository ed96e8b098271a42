"""How an actor is shown to a person: "IRN" is Iran, "SDN/REB" is Sudan (rebels); and which names begin so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.actors.resolver import bare
from communique.word_files import read_table

_FILES = ("states.csv", "organisations.csv", "groups.csv")


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor of the actor files: its code, the name that comes first there, and all its names, that one included."""

    code: str
    name: str
    names: tuple[str, ...]


@cache
def named_actors() -> tuple[NamedActor, ...]:
    """Give all states, organisations and groups of the actor files, in the order of the files."""
    folder = files("communique.actors") / "data"
    found: dict[str, NamedActor] = {}
    for file in _FILES:
        for row in read_table(folder / file):
            # A state that was renamed has a row for each of its names; the newest is the one without an end.
            before = found.get(row["code"])
            if before and row["valid_to"]:
                continue
            others = [part for cell in ("long_name", "other_names", "aliases") for part in row.get(cell, "").split(";")]
            names = tuple(dict.fromkeys(filter(None, [row["name"], *others])))
            # A party that stands for its state is found by its names, and is shown as the state.
            if before and file != _FILES[0]:
                found[before.code] = NamedActor(before.code, before.name, tuple(dict.fromkeys((*before.names, *names))))
            else:
                found[row["code"]] = NamedActor(row["code"], row["name"], names)
    return tuple(found.values())


@cache
def _name_of() -> dict[str, str]:
    return {actor.code: actor.name for actor in named_actors()}


@cache
def _role_names() -> dict[str, str]:
    return {row["role"]: row["name"] for row in read_table(files("communique.actors") / "data" / "role_names.csv")}


def name_of(code: str) -> str:
    """Give the name of a code for a person to read; a code that no file holds is its own name.

    >>> name_of("IRN"), name_of("SDN/REB"), name_of("HAMAS"), name_of("NOBODY")
    ('Iran', 'Sudan (rebels)', 'Hamas', 'NOBODY')
    """
    name = _name_of().get(bare(code), bare(code))
    _, slash, role = code.partition("/")
    return f"{name} ({_role_names().get(role, role)})" if slash else name


def code_shown_as(words: str) -> str | None:
    """Give the code that `name_of` shows so, where a role stands in parentheses; None where it shows none so.

    >>> code_shown_as("Sudan (rebels)"), code_shown_as("Sudan (dancers)")
    ('SDN/REB', None)
    """
    name, parenthesis, inside = words.strip().removesuffix(")").rpartition(" (")
    role = next((role for role, shown in _role_names().items() if shown == inside), None)
    code = next((actor.code for actor in named_actors() if actor.name == name), None)
    return f"{code}/{role}" if parenthesis and role and code else None


def actors_named(words: str, most: int = 10) -> tuple[NamedActor, ...]:
    """Give the actors one of whose names holds the words, those whose code or name begins with them first."""
    wanted = words.strip().casefold()
    if not wanted:
        return ()
    ranked: list[tuple[int, int, NamedActor]] = []
    for place, actor in enumerate(named_actors()):
        names = [name.casefold() for name in actor.names]
        if actor.code.casefold() == wanted or wanted in names:
            ranked.append((0, place, actor))
        elif names[0].startswith(wanted):
            ranked.append((1, place, actor))
        elif any(name.startswith(wanted) for name in names):
            ranked.append((2, place, actor))
        elif any(wanted in name for name in names):
            ranked.append((3, place, actor))
    ranked.sort(key=lambda each: each[:2])
    return tuple(actor for _, _, actor in ranked[:most])
