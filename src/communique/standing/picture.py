"""The whole standing picture: all boards of one history, at a date, about some actors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, cast

from communique.actors.resolver import bare
from communique.errors import UsageError
from communique.memory import no_collecting
from communique.records import History
from communique.standing.agreements import AgreementRow, agreements
from communique.standing.alignments import AlignmentRow, alignments
from communique.standing.positions import PositionRow, positions
from communique.standing.sanctions import SanctionRow, sanctions
from communique.standing.steps import Evidence, Step, as_json, touches
from communique.standing.talks import Talks, talks
from communique.standing.votes import VoteRow, votes

ALIGNMENTS = "alignments"
BOARDS: tuple[str, ...] = ("sanctions", "agreements", "talks", "positions", ALIGNMENTS, "votes")
"""The boards in the order in which they are shown."""
BOARD_ROWS: dict[str, type] = dict(
    zip(BOARDS, (SanctionRow, AgreementRow, Talks, PositionRow, AlignmentRow, VoteRow), strict=True)
)
"""The record of each board's rows."""

TURNING_POINTS_UP_TO = 20_000
"""With more events, turning points are looked for only about actors that are named: the search is slow."""


class Row(Protocol):
    """What the rows of all boards have."""

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the events behind the row."""

    @property
    def changed(self) -> str | None:
        """The ISO day, month or year on which the row last changed."""

    @property
    def history(self) -> tuple[Step, ...]:
        """The steps that made the row, oldest first."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that it stands on."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The boards asked for, each a tuple of rows; the others are absent.

    `as_of` is the ISO day for which it holds, None for all that is known; `about` the actors asked about.
    """

    boards: Mapping[str, tuple[Row, ...]]
    as_of: str | None = None
    about: tuple[str, ...] = field(default=())

    def __getitem__(self, board: str) -> tuple[Row, ...]:
        return self.boards[board]

    def as_json(self) -> dict[str, Any]:
        """Give one object with a list a board, JSON-ready; the field names are those of the rows."""
        return {board: [as_json(row) for row in rows] for board, rows in self.boards.items()}


def concerned(row: Row, board: str) -> Iterable[str]:
    """Give the codes of those whom a row of a board concerns."""
    return _CONCERNED[board](row)


_CONCERNED: dict[str, Callable[[Any], Iterable[str]]] = {
    "sanctions": lambda row: (row.sender, row.target),
    "agreements": lambda row: (party.actor for party in row.parties),
    "talks": lambda row: (*row.parties, *row.mediators),
    "positions": lambda row: (row.actor, *_actors_in(row.on)),
    ALIGNMENTS: lambda row: (row.a, row.b),
    "votes": lambda row: (row.body, *(code for codes in row.votes.values() for code in codes)),
}


def _actors_in(words: str) -> Iterable[str]:
    """The codes that stand in the words of a question: "talks with USA"."""
    return (word for word in words.replace(",", " ").split() if word.isupper())


def picture_of(
    history: History,
    as_of: date | None = None,
    about: Collection[str] = (),
    boards: Sequence[str] = BOARDS,
    half_life: float | None = None,
) -> Picture:
    """Fold a history into the boards asked for, as they stood on `as_of` (None: by all that is told).

    `about` keeps the rows that concern one of these actors, roles aside. `half_life` is that of alignments, in
    days. The same events and moves in any order give the same picture.

    Raises UsageError for a board that there is not.
    """
    unknown = [board for board in boards if board not in BOARDS]
    if unknown:
        raise UsageError(f"there is no board {unknown[0]!r}; choose among {', '.join(BOARDS)}")
    codes = tuple(dict.fromkeys(bare(code) for code in about))
    with no_collecting():
        found = {board: _rows(board, history, as_of, codes, half_life) for board in BOARDS if board in boards}
    return Picture(found, as_of.isoformat() if as_of else None, codes)


def _rows(
    board: str, history: History, as_of: date | None, about: tuple[str, ...], half_life: float | None
) -> tuple[Row, ...]:
    if board == ALIGNMENTS:
        turning_points = bool(about) or len(history.events) <= TURNING_POINTS_UP_TO
        found: Any = alignments(history.events, as_of, half_life, about, with_turning_points=turning_points)
        return cast(tuple[Row, ...], found)
    moves = [move for move in history.moves if move.board.value == board]
    # Coded events without words say which known agreement was signed near their day.
    further = (history.events,) if board == "agreements" else ()
    rows = _FOLDS[board](moves, as_of, history.sentences, *further)
    return tuple(row for row in rows if touches(concerned(row, board), about))


_FOLDS: dict[str, Callable[..., Sequence[Any]]] = {
    "sanctions": sanctions,
    "agreements": agreements,
    "talks": talks,
    "positions": positions,
    "votes": votes,
}

__all__ = [
    "BOARDS",
    "BOARD_ROWS",
    "AgreementRow",
    "AlignmentRow",
    "Picture",
    "PositionRow",
    "Row",
    "SanctionRow",
    "Talks",
    "VoteRow",
    "concerned",
    "picture_of",
]
