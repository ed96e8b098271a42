"""A text with what was read in it: sentences and marks, cut so that overlapping marks stand in one another's pieces.

Pure functions of a passage, its sentences and its marks; all offsets are of characters, as Python counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Event

TITLE, TEXT = -1, 0
"""The two passages of a report, as `Mark.side` names them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a passage that tell an event: its id, the passage, the offsets, and the quad that colours it."""

    event_id: str
    side: int
    start: int
    end: int
    quad: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage that bear the same marks: none, or the shortest first.

    `leads` tells the first piece of a telling, at which the keyboard halts.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    leads: bool = False

    @property
    def event_ids(self) -> tuple[str, ...]:
        """The events that the words tell, each once, the one with the shortest words first."""
        return tuple(dict.fromkeys(mark.event_id for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of a passage, or what stands between two (`sentence` is None)."""

    sentence: int | None
    pieces: tuple[Piece, ...]


def marks_of(event: Event, quad: int | None = None) -> tuple[Mark, ...]:
    """Give a mark for each telling of an event in its report; none for an event without words there."""
    places = event.anchors or ((event.sentence, event.start, event.end),)
    colour = event.quad if quad is None else quad
    return tuple(
        Mark(event.event_id, TITLE if sentence < 0 else TEXT, start, end, colour)
        for sentence, start, end in places
        if end > start
    )


def stretches_of(
    passage: str, side: int, sentences: Iterable[tuple[int, int, int]], marks: Iterable[Mark]
) -> tuple[Stretch, ...]:
    """Cut one passage of a report (TITLE or TEXT) into sentences, and these into pieces; together they are the passage.

    `sentences` are (index, start, end), of both passages. What lies outside of the passage is cut off, and a sentence
    that begins before the one before it ends, where that ends.
    """
    here = sorted(
        (mark for mark in marks if mark.side == side and mark.start < len(passage)),
        key=lambda mark: (mark.start, mark.end, mark.event_id),
    )
    found: list[Stretch] = []
    behind = waiting = 0
    active: list[Mark] = []
    for index, start, end in _covering(passage, side, sentences):
        while waiting < len(here) and here[waiting].start < end:
            active.append(here[waiting])
            waiting += 1
        active = [mark for mark in active if mark.end > start]
        found.append(Stretch(index, _pieces(passage, start, end, active)))
        behind = end
    assert behind == len(passage)  # the pieces cover it
    return tuple(found)


def _covering(
    passage: str, side: int, sentences: Iterable[tuple[int, int, int]]
) -> Iterable[tuple[int | None, int, int]]:
    """Give the sentences of a passage and the gaps between them, from its beginning to its end."""
    behind = 0
    for index, start, end in sorted(sentences, key=lambda place: (place[1], place[2])):
        if min(index, TEXT) != side:
            continue
        start, end = max(start, behind), min(end, len(passage))
        if start >= end:
            continue
        if start > behind:
            yield None, behind, start
        yield index, start, end
        behind = end
    if behind < len(passage):
        yield None, behind, len(passage)


def _pieces(passage: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    cuts = {start, end}
    for mark in marks:
        cuts.update(place for place in (mark.start, mark.end) if start < place < end)
    made = []
    for first, last in pairwise(sorted(cuts)):
        over = sorted(
            (mark for mark in marks if mark.start <= first and mark.end >= last),
            key=lambda mark: (mark.end - mark.start, mark.start, mark.event_id),
        )
        made.append(Piece(passage[first:last], tuple(over), any(mark.start == first for mark in over)))
    return tuple(made)
