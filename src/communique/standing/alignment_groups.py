"""Groups in the net of alignments: triads that hold together or strain, and blocs. networkx does the graph work.

A tie is a relation with a score and evidence above the bounds of data/alignments.yaml. A triad is balanced where the
product of its three signs is positive: the friend of a friend is a friend, the enemy of an enemy is one (Heider 1946;
Cartwright and Harary 1956). Pure functions of the rows: any order of rows gives the same groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from math import log1p

import networkx as nx

from communique.actors.resolver import bare
from communique.standing.alignment_weights import weights
from communique.standing.alignments import AlignmentRow

_ALLIES, _RIVALS = "alliance", "rivalry"
_SEED = 4
"""Louvain takes the actors in an order of chance; a fixed one gives the same blocs for the same rows."""


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors with ties between all of them; `scores` are those of the first and second, first and third, second
    and third member. `since` is the day on which the last of its ties became what it is, `changed` its newest event.
    """

    members: tuple[str, str, str]
    scores: tuple[float, float, float]
    balanced: bool
    since: str | None
    changed: str | None


@dataclass(frozen=True, slots=True)
class Bloc:
    """Actors who stand closer together than to the rest; `cohesion` is the mean score of the ties among them.

    `opposed` are rivals of a member with whom the ties of all members are hostile on the whole. `since` is the day on which
    the last of its inner ties became what it is, `changed` the day of their newest event.
    """

    members: tuple[str, ...]
    cohesion: float
    opposed: tuple[str, ...]
    since: str | None
    changed: str | None


def triads(rows: Iterable[AlignmentRow], about: Collection[str] = ()) -> tuple[Triad, ...]:
    """Give every three actors with ties between all of them, unbalanced ones first, then by their members.

    With `about` only triads are given that one of these actors is part of.
    """
    graph = _ties(rows)
    wanted = {bare(code) for code in about}
    found = []
    for a in graph:
        later = [other for other in sorted(graph[a]) if other > a]
        for b, c in combinations(later, 2):
            if graph.has_edge(b, c) and (not wanted or wanted & {a, b, c}):
                found.append(_triad(graph, a, b, c))
    return tuple(sorted(found, key=lambda triad: (triad.balanced, triad.members)))


def _triad(graph: nx.Graph[str], a: str, b: str, c: str) -> Triad:
    rows = [graph[a][b]["row"], graph[a][c]["row"], graph[b][c]["row"]]
    hostile = sum(row.score < 0 for row in rows)
    since, changed = _dates(rows)
    return Triad((a, b, c), (rows[0].score, rows[1].score, rows[2].score), hostile % 2 == 0, since, changed)


def blocs(rows: Iterable[AlignmentRow]) -> tuple[Bloc, ...]:
    """Give the communities among the friendly ties, the largest first: who has only one friend in it is no member.

    An actor whose ties to the rest of its community are hostile on the whole is left out of it. Two allies alone make
    a bloc, too.
    """
    graph = _ties(rows)
    friendly: nx.Graph[str] = nx.Graph()
    friendly.add_nodes_from(graph)
    for a, b, tie in graph.edges(data=True):
        if tie["row"].score > 0:
            friendly.add_edge(a, b, weight=tie["row"].score * log1p(tie["row"].weight))
    communities = nx.community.louvain_communities(friendly, weight="weight", seed=_SEED) if friendly else []
    found = [_members(graph, friendly, community) for community in communities]
    return tuple(
        sorted(
            (_bloc(graph, members) for members in found if members), key=lambda one: (-len(one.members), one.members)
        )
    )


def _members(graph: nx.Graph[str], friendly: nx.Graph[str], community: Collection[str]) -> tuple[str, ...]:
    inner = [member for member in community if _inner(graph, member, community) > 0]
    core = nx.k_core(friendly.subgraph(inner), 2)
    if core:
        return tuple(sorted(core))
    allies = [
        (-graph[a][b]["row"].score, *sorted((a, b)))
        for a, b in friendly.subgraph(inner).edges
        if graph[a][b]["row"].kind == _ALLIES
    ]
    return tuple(min(allies)[1:]) if allies else ()


def _inner(graph: nx.Graph[str], member: str, community: Collection[str]) -> float:
    return float(sum(graph[member][other]["row"].score for other in sorted(graph[member]) if other in community))


def _bloc(graph: nx.Graph[str], members: tuple[str, ...]) -> Bloc:
    inside = set(members)
    rows = [graph[a][b]["row"] for a, b in combinations(members, 2) if graph.has_edge(a, b)]
    outside = sorted({other for member in members for other in graph[member]} - inside)
    opposed = tuple(
        other
        for other in outside
        if _inner(graph, other, inside) < 0
        and any(graph[other][member]["row"].kind == _RIVALS for member in graph[other] if member in inside)
    )
    since, changed = _dates(rows)
    cohesion = round(sum(row.score for row in rows) / len(rows), 3) if rows else 0.0
    return Bloc(members, cohesion, opposed, since, changed)


def _ties(rows: Iterable[AlignmentRow]) -> nx.Graph[str]:
    """Give the graph of the ties, actors and ties in alphabetical order, each tie with its row."""
    numbers = weights()
    kept = [row for row in rows if abs(row.score) >= numbers.least_score and row.weight >= numbers.least_weight]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({code for row in kept for code in (row.a, row.b)}))
    for row in sorted(kept, key=lambda row: (row.a, row.b)):
        graph.add_edge(row.a, row.b, row=row)
    return graph


def _dates(rows: Iterable[AlignmentRow]) -> tuple[str | None, str | None]:
    rows = list(rows)
    return (
        max((row.since for row in rows if row.since), default=None),
        max((row.changed for row in rows if row.changed), default=None),
    )
