"""What an actor's name says of its place: "Police_(India)" is India's, and police like other countries' police."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from communique.outlook.ranking.facts import Integers

_IN_PARENTHESES = re.compile(r"^(?P<kind>.*?)[_ ]?\((?P<place>[^()]+)\)$")
_CODE = re.compile(r"^(?P<place>[A-Z]{3})(?P<kind>[A-Z]{3,})$")


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The place (0: not known) and the kind of each entity, as numbers.

    Kinds that only one entity has are one kind together, for nothing can be learned of them. `kinds` and `places` are
    the numbers of numbers.
    """

    place: Integers
    kind: Integers
    places: int
    kinds: int


def hierarchy_of(names: tuple[str, ...], entities: int) -> Hierarchy:
    """Read place and kind from names; without names all have one kind and no place.

    A place is what stands in parentheses at the end ("Citizen_(Nigeria)"), or the first three letters of an actor's
    code ("IRNGOV"); an entity whose name is such a place ("Nigeria", "IRN") belongs to it, as a state.
    """
    if not names:
        nothing = np.zeros(entities, dtype=np.int64)
        return Hierarchy(nothing, nothing, 1, 1)
    parted = [_IN_PARENTHESES.match(name) or _CODE.match(name) for name in names]
    place_names = sorted({_plain(found["place"]) for found in parted if found})
    place_number = {name: number for number, name in enumerate(place_names, start=1)}
    place = np.zeros(entities, dtype=np.int64)
    kind_names: list[str] = []
    for entity, (name, found) in enumerate(zip(names, parted, strict=True)):
        if found:
            place[entity] = place_number[_plain(found["place"])]
            kind_names.append(found["kind"])
        else:
            place[entity] = place_number.get(_plain(name), 0)
            # A slash cannot be in a kind of ours, so these cannot meet a kind that is named so.
            kind_names.append("/state" if place[entity] else f"/{name}")
    number_of = {name: number for number, name in enumerate(sorted(set(kind_names)), start=1)}
    kind = np.array([number_of[name] for name in kind_names], dtype=np.int64)
    kind[np.bincount(kind)[kind] < 2] = 0
    return Hierarchy(place, kind, len(place_names) + 1, len(number_of) + 1)


def _plain(name: str) -> str:
    return name.replace("_", " ").strip().casefold()
