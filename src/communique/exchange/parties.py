"""Whom another dataset means, in our codes: names, countries and parts of countries. Nobody is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from communique.actors.knowledge import knowledge
from communique.actors.resolver import Actor, actor_code, is_state, meanings, resolve
from communique.word_files import read_table

FOR_ITS_STATE = "state"
"""The role, in the data files, of those who act for their state: their code is the state's."""

# Places and treaties are no actors; a name may be both a place and a body, then the body counts.
_KINDS = frozenset({"state", "adjective", "demonym", "capital", "seat", "organisation", "group", "person"})
_COUNTRIES = frozenset({"state", "adjective", "demonym", "capital", "seat"})
# Pairs of name and day come again within a file sorted by date; more are not worth their memory.
_REMEMBERED = 1 << 15


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a foreign event: our codes (none where it is unknown) and the dataset's own words.

    `unknown` holds the name or code that could not be put into ours; `unknown_codes` parts of a code that
    were passed over while its rest is known.
    """

    codes: tuple[str, ...]
    text: str
    unknown: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()


NOBODY = Party((), "")


def unknown_party(text: str, unknown: str = "") -> Party:
    """Give the side that is named but that we do not know."""
    return Party((), text, (unknown or text,))


def part_of(state: str, role: str) -> str:
    """Give the code of a part of a state.

    >>> part_of("NGA", "CVL"), part_of("NGA", "state"), part_of("HAMAS", "REB")
    ('NGA/CVL', 'NGA', 'HAMAS')
    """
    return state if role == FOR_ITS_STATE else actor_code(state, role)


def expanded(code: str) -> tuple[str, ...]:
    """Give the members of a name that only stands for its states ("the two Koreas"), of any other code itself."""
    known = knowledge()
    return known.members[code] if code in known.expanding and known.members.get(code) else (code,)


@lru_cache(maxsize=_REMEMBERED)
def named(name: str, day: str) -> tuple[str, ...]:
    """Give the codes of an actor by its name on an ISO day; none where it had none then.

    A whole name of the actor files counts, or one made of a country and a word for a part of it ("Japanese
    Government"); a company that is called after a country is not that country.
    """
    known_as = _known_as().get(name, name)
    if known_as.isupper() and not meanings(known_as):
        known_as = " ".join(word.capitalize() for word in known_as.split())
    actor = resolve(known_as, day)
    if actor is None or not _is_meant(known_as, actor):
        return ()
    return expanded(actor.code)


def _is_meant(name: str, actor: Actor) -> bool:
    if meanings(name):
        # One word is a surname at best, and in capitals often none ("MUSLIM"): no person is known by it here.
        return actor.kind in _KINDS and (actor.kind != "person" or " " in name)
    # Found in a part of the name: a surname or a body in it may be another bearer's, a country with a role is not.
    return actor.kind in _COUNTRIES and bool(actor.role)


@lru_cache(maxsize=_REMEMBERED)
def state_of(country: str, day: str) -> str | None:
    """Give the code of a country by its name or ISO alpha-3 code; None for a region or an unknown name."""
    country = country.strip()
    listed = _countries()
    if country in listed:
        return listed[country] or None
    if len(country) == 3 and country.isupper() and is_state(country):
        return country
    codes = named(country, day)
    return codes[0] if len(codes) == 1 and is_state(codes[0]) else None


def role_table(file: str, key: str) -> dict[str, str]:
    """Give one of this room's tables of roles as key → role, in the order of the file."""
    return {row[key]: row["role"] for row in data_rows(file)}


def data_rows(file: str) -> list[dict[str, str]]:
    """Give the rows of one of this room's data files."""
    return read_table(files("communique.exchange") / "data" / file)


@cache
def _countries() -> dict[str, str]:
    return {row["name"]: row["code"] for row in data_rows("country_names.csv")}


@cache
def _known_as() -> dict[str, str]:
    return {row["name"]: row["known_as"] for row in data_rows("foreign_names.csv")}
