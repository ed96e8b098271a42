"""All moves that one report tells; the only file of the room that knows every board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from communique.actors.discourse import Discourse
from communique.coding.draft import Draft
from communique.moves.agreements import find_agreement_moves
from communique.moves.positions import find_positions
from communique.moves.sanctions import find_sanctions
from communique.moves.scene import Scene
from communique.moves.talks import find_talks
from communique.moves.votes import find_votes
from communique.records import Event, Move, Report, Sentence

FINDERS: tuple[Callable[[Scene], Iterable[Move]], ...] = (
    find_sanctions,
    find_agreement_moves,
    find_talks,
    find_positions,
    find_votes,
)


def find_moves(
    report: Report,
    sentences: Sequence[Sentence],
    discourse: Discourse,
    told: Iterable[tuple[Event, Sequence[Draft]]],
) -> tuple[Move, ...]:
    """Give every step that a report tells on any board, board by board, each in text order."""
    scene = Scene(report, sentences, discourse, told)
    return tuple(
        move for find in FINDERS for move in sorted(find(scene), key=lambda move: (move.order, move.step, move.about))
    )
