"""Where actors stand on a map of their ties, so that friends lie near one another; networkx does the arithmetic.

A pure function: the same ties and starting places in any order give the same map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
import numpy.typing as npt

Place = tuple[float, float]

_SEED = 4
_STEPS = 80
_STEPS_FROM_BEFORE = 25
_STEPS_APART, _ROOM = 30, 0.3
_PULL_OF_RIVALS = 0.03
"""Rivals pull a little, too, so that who has only enemies stays near them and not at the rim."""
_PULL_OF_ALL = 0.012
"""Everyone pulls everyone a little, so that groups without ties between them stay on one map."""


def places(ties: Iterable[tuple[str, str, float]], before: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """Give a place, x and y from −1 to 1, for every actor with a tie; `ties` are (a, b, pull), rivals below 0.

    With `before` actors begin where they stood and move little; who is new begins amid those it is tied to.
    """
    graph: nx.Graph[str] = nx.Graph()
    pulls = {(min(a, b), max(a, b)): pull for a, b, pull in ties if a != b}
    actors = sorted({code for pair in pulls for code in pair})
    graph.add_nodes_from(actors)
    for number, one in enumerate(actors):
        for other in actors[number + 1 :]:
            pull = pulls.get((one, other))
            graph.add_edge(one, other, weight=_PULL_OF_ALL + (0.0 if pull is None else max(pull, _PULL_OF_RIVALS)))
    start = _start(graph, pulls, before) if before else None
    if len(actors) < 2:
        return dict.fromkeys(actors, (0.0, 0.0))
    found = nx.spring_layout(
        graph, pos=start, iterations=_STEPS_FROM_BEFORE if start else _STEPS, seed=_SEED, method="force"
    )
    at = _apart(np.array([found[code] for code in actors]))
    return {code: (round(float(x), 4), round(float(y), 4)) for code, (x, y) in zip(actors, at, strict=True)}


def _apart(at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Move those who stand too close away from one another, so that their names can be read, and fill the map again."""
    least = min(_ROOM, 1.6 / np.sqrt(len(at)))
    for _ in range(_STEPS_APART):
        gap = at[:, None, :] - at[None, :, :]
        # A name is wider than it is high.
        far = np.hypot(gap[..., 0], gap[..., 1] * 1.3)
        np.fill_diagonal(far, np.inf)
        push = np.clip((least - far) / 2, 0, None) / np.maximum(far, 1e-6)
        at = at + (push[..., None] * gap).sum(axis=1)
    at = at - (at.max(axis=0) + at.min(axis=0)) / 2
    reach: npt.NDArray[np.float64] = at / np.maximum(np.abs(at).max(axis=0), 1e-6)
    return reach


def _start(
    graph: nx.Graph[str], pulls: Mapping[tuple[str, str], float], before: Mapping[str, Place]
) -> dict[str, Place]:
    """Give the places to begin from; no two the same, for then nothing would push them apart."""
    start: dict[str, Place] = {}
    for number, code in enumerate(graph):
        if code in before:
            start[code] = before[code]
            continue
        near = [
            before[other]
            for pair in sorted(pulls)
            if code in pair
            for other in pair
            if other != code and other in before
        ]
        middle = (sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)) if near else (0.0, 0.0)
        start[code] = (middle[0] + 0.01 * (number % 7 - 3), middle[1] + 0.01 * (number % 5 - 2))
    return start
