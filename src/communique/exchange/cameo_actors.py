"""CAMEO's actor codes (`IRNGOV`, `IGOUNO`, `PSEREBHMS`) in ours; data/cameo_actors.csv holds the parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.actors.knowledge import knowledge
from communique.actors.resolver import is_state
from communique.exchange.parties import NOBODY, Party, data_rows, named, part_of, unknown_party

_LENGTH = 3
# Peoples and faiths of a country are its society, not its state.
_SOCIETY = "CVL"


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    ours: str


@lru_cache(maxsize=1 << 15)
def code_party(code: str, name: str, day: str) -> Party:
    """Give the actor of a CAMEO code, NOBODY where code and name are empty.

    The last body that the code names counts (`IGOUNOIAE` is the IAEA), else the country with its first
    role. Where only parts are unknown they are listed and the rest stands; a country with nothing but
    unknown parts is not that country, and so unknown. `name` is looked up, on the ISO day, where the code
    itself leaves the actor open; it is the text of the side.
    """
    code = code.strip()
    text = name.strip() or code
    if not code:
        return NOBODY if not text else Party(named(text, day), text, () if named(text, day) else (text,))
    state, body, role, unknown = _read(code)
    if (unknown or not (state or body)) and code in own_bodies():
        return Party((code,), text)
    if body:
        return Party((body,), text, (), unknown)
    if unknown and name and (codes := _body_named(name, day)):
        return Party(codes, text, (), unknown)
    if state and (role or not unknown):
        return Party((part_of(state, role) if role else state,), text, (), unknown)
    if not state and name and (codes := named(name.strip(), day)):
        return Party(codes, text, (), unknown)
    return unknown_party(text, code)


def _read(code: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Give state, body, role and the parts that we do not know."""
    state, body, role = "", "", ""
    people = False
    unknown: list[str] = []
    for place, chunk in enumerate(_chunks(code)):
        part = _part(chunk, place == 0)
        if part is None:
            unknown.append(chunk)
        elif part.kind == "country":
            state = state or part.ours
        elif part.kind == "body":
            body = part.ours
        elif part.kind == "role":
            role = role or part.ours
        elif part.kind in {"people", "faith", "sphere"}:
            people = True
    return state, body, role or (_SOCIETY if people and state else ""), tuple(unknown)


def _chunks(code: str) -> Iterator[str]:
    for start in range(0, len(code), _LENGTH):
        yield code[start : start + _LENGTH].upper()


@cache
def _part(chunk: str, first: bool) -> _Part | None:
    """At the head of a code a state's own code is that state; behind it the lists of CAMEO come first."""
    listed = _parts().get(chunk)
    if is_state(chunk) and (first or listed is None):
        return _Part("country", chunk)
    return listed


@cache
def body_codes() -> dict[str, str]:
    """Give the CAMEO code of each of our bodies that has one, the first of several."""
    found: dict[str, str] = {}
    for code, part in _parts().items():
        if part.kind == "body":
            found.setdefault(part.ours, code)
    return found


@cache
def own_bodies() -> frozenset[str]:
    """Give the codes of all organisations and groups of the actor files that are no part of a state."""
    return frozenset(
        entry.code
        for entries in knowledge().names.values()
        for entry in entries
        if entry.kind in {"organisation", "group"} and "/" not in entry.code and not is_state(entry.code)
    )


@cache
def _parts() -> dict[str, _Part]:
    return {row["code"]: _Part(row["kind"], row["ours"]) for row in data_rows("cameo_actors.csv")}


def _body_named(name: str, day: str) -> tuple[str, ...]:
    """The body behind an unknown code, where the dataset gives its name; a state would be too coarse."""
    codes = named(name.strip(), day)
    return codes if codes and not is_state(codes[0]) else ()
