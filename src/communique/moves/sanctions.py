"""Steps on the board of sanctions: written by its helper."""

from __future__ import annotations

from collections.abc import Iterable

from communique.moves.scene import Scene
from communique.records import Move


def find_sanctions(scene: Scene) -> Iterable[Move]:
    """Give the steps that a report tells."""
    return ()
