"""Steps on the board of positions: written by its helper."""

from __future__ import annotations

from collections.abc import Iterable

from communique.moves.scene import Scene
from communique.records import Move


def find_positions(scene: Scene) -> Iterable[Move]:
    """Give the steps that a report tells."""
    return ()
