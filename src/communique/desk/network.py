"""The net of actors at a date: who is shown, their ties, blocs and places. A pure function of ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any

from communique.actors.display import name_of
from communique.actors.resolver import bare
from communique.desk.curves import Tie
from communique.standing.alignment_groups import blocs
from communique.standing.alignment_layout import Place, places
from communique.standing.alignments import STEADY, AlignmentRow

FEWEST, MOST = 2, 150
"""Between how many actors may be shown."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the map: its place (−1 … 1), the evidence behind all its ties, and the number of its bloc, or None."""

    code: str
    name: str
    weight: float
    x: float
    y: float
    bloc: int | None


@dataclass(frozen=True, slots=True)
class ShownBloc:
    """A bloc by number, with a name of its strongest members, all members, and the mean score among them."""

    number: int
    name: str
    members: tuple[str, ...]
    cohesion: float
    opposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Actors by weight, the strongest first; their ties by evidence; their blocs, the largest first."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    blocs: tuple[ShownBloc, ...]

    def as_json(self) -> dict[str, Any]:
        """Give what the map is drawn from."""
        return {
            "actors": [
                {
                    "code": node.code,
                    "name": node.name,
                    "weight": node.weight,
                    "x": node.x,
                    "y": node.y,
                    "bloc": node.bloc,
                }
                for node in self.nodes
            ],
            "ties": [
                {"a": tie.a, "b": tie.b, "score": tie.score, "weight": tie.weight, "kind": tie.kind}
                for tie in self.ties
            ],
            "blocs": [
                {"number": bloc.number, "name": bloc.name, "members": list(bloc.members), "cohesion": bloc.cohesion}
                for bloc in self.blocs
            ],
        }


def network(
    ties: Iterable[Tie],
    most: int = 40,
    least: float = 0.0,
    about: Collection[str] = (),
    before: Mapping[str, Place] | None = None,
) -> Network:
    """Give the net of the `most` actors with most evidence, their ties of a score of at least `least` (without sign).

    With `about` only these actors and those tied to them are shown, these by the evidence of those ties. `before` are
    places to begin from, so that maps of two days look alike.
    """
    kept = [tie for tie in ties if abs(tie.score) >= max(least, 0.005)]
    wanted = [bare(code) for code in about]
    shown = set(_strongest(kept, most, wanted))
    drawn = sorted(
        (tie for tie in kept if tie.a in shown and tie.b in shown), key=lambda tie: (-tie.weight, tie.a, tie.b)
    )
    strength = _strength(drawn)
    found = tuple(
        ShownBloc(number, _name(bloc.members, strength), bloc.members, bloc.cohesion, bloc.opposed)
        for number, bloc in enumerate(blocs(map(_row, drawn)), start=1)
    )
    of_bloc = {code: bloc.number for bloc in found for code in bloc.members}
    at = places(((tie.a, tie.b, pull(tie)) for tie in drawn), before)
    nodes = tuple(
        Node(code, name_of(code), round(strength[code], 2), *at[code], of_bloc.get(code))
        for code in sorted(strength, key=lambda code: (-strength[code], code))
    )
    return Network(nodes, tuple(drawn), found)


def pull(tie: Tie) -> float:
    """Give how strongly a tie draws its ends together on the map: friends by score and evidence, rivals not at all."""
    return tie.score * log1p(tie.weight)


def _strongest(ties: Sequence[Tie], most: int, wanted: Sequence[str]) -> list[str]:
    most = min(max(most, FEWEST), MOST)
    if not wanted:
        strength = _strength(ties)
        return sorted(strength, key=lambda code: (-strength[code], code))[:most]
    near = _strength(tie for tie in ties if tie.a in wanted or tie.b in wanted)
    ranked = sorted(near, key=lambda code: (code not in wanted, -near[code], code))
    return ranked[:most]


def _strength(ties: Iterable[Tie]) -> dict[str, float]:
    strength: defaultdict[str, float] = defaultdict(float)
    for tie in ties:
        strength[tie.a] += tie.weight
        strength[tie.b] += tie.weight
    return dict(strength)


def _name(members: Sequence[str], strength: Mapping[str, float]) -> str:
    ranked = sorted(members, key=lambda code: (-strength.get(code, 0.0), code))
    return ", ".join(map(name_of, ranked[:3])) + (f" and {len(ranked) - 3} more" if len(ranked) > 3 else "")


def _row(tie: Tie) -> AlignmentRow:
    return AlignmentRow(tie.a, tie.b, tie.score, tie.weight, STEADY, tie.kind, None, (), (), tie.last_day, (), ())
