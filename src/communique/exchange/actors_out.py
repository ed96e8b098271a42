"""Our actor codes in the words of other datasets: CAMEO codes, ICEWS names, POLECAT's names and sectors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from communique.actors.knowledge import knowledge
from communique.actors.resolver import is_state
from communique.exchange.cameo_actors import body_codes
from communique.exchange.parties import data_rows, named, state_of


@dataclass(frozen=True, slots=True)
class RoleNames:
    """How one role is written elsewhere; the empty role is the state itself."""

    cameo: str
    agent: str
    sector: str
    plover: str


@dataclass(frozen=True, slots=True)
class OutActor:
    """An actor in the words of other datasets; empty where they have none.

    `state` is the ISO code of its country, `country` that country's name, `name` its own name, `agent` its
    name as ICEWS writes it; `cameo` the whole CAMEO code and `group` the part of it that names a body.
    """

    cameo: str
    state: str
    group: str
    role: RoleNames
    name: str
    country: str
    agent: str


@dataclass(frozen=True, slots=True)
class _Body:
    kind: str
    country: str
    role: str
    names: tuple[str, ...]


@lru_cache(maxsize=1 << 14)
def out_actor(code: str, day: str) -> OutActor:
    """Give an actor's words on an ISO day; a code that the actor files do not hold stands for itself."""
    if not code:
        return OutActor("", "", "", RoleNames("", "", "", ""), "", "", "")
    state, _, role = code.partition("/")
    if is_state(state):
        names = _roles().get(role, RoleNames(role, role, role, role))
        country = _state_name(state, day)
        agent = f"{names.agent} ({country})" if role else country
        return OutActor(state + names.cameo, state, "", names, country if not role else "", country, agent)
    body = _bodies().get(code)
    if body is None:
        return OutActor(code, "", code, RoleNames("", "", "", ""), code, "", code)
    seats = {
        entry.name for entries in knowledge().names.values() for entry in entries if entry.kind in {"capital", "seat"}
    }
    own = [name for name in body.names if name not in seats]
    name = next((name for name in own if named(name, day) == (code,)), code)
    group = body_codes().get(code, "")
    if body.kind == "organisation":
        return OutActor(
            f"IGO{group}" if group else code, "", group or code, RoleNames("", "", "", "IGO"), name, "", name
        )
    names = _roles().get(body.role, RoleNames("", "", "", ""))
    home = body.country if is_state(body.country) else ""
    country = _state_name(home, day) if home else ""
    return OutActor(f"{home}{names.cameo}{group}" if group else code, home, group or code, names, name, country, name)


def _state_name(state: str, day: str) -> str:
    name = _state_names()[state]
    return name if state_of(name, day) == state else state


@cache
def _roles() -> dict[str, RoleNames]:
    return {
        row["role"]: RoleNames(row["cameo"], row["icews_agent"], row["icews_sector"], row["plover"])
        for row in data_rows("role_names.csv")
    }


@cache
def _state_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for entries in knowledge().names.values():
        for entry in entries:
            if entry.kind == "state":
                found.setdefault(entry.code, entry.name)
    return found


@cache
def _bodies() -> dict[str, _Body]:
    found: dict[str, _Body] = {}
    for entries in knowledge().names.values():
        for entry in entries:
            if entry.kind in {"organisation", "group"} and "/" not in entry.code and not is_state(entry.code):
                held = found.get(entry.code)
                country = entry.detail if entry.kind == "group" else ""
                names = (*held.names, entry.name) if held else (entry.name,)
                found[entry.code] = _Body(entry.kind, country, entry.role, names)
    return found
