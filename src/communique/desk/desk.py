"""What all pages share: the casebook, the answers kept for its present state, the reader and the writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from communique.actors.resolver import resolve
from communique.casebook.kept import Added, Contents, ReportReading
from communique.casebook.store import Casebook
from communique.desk.ahead import WorkAhead
from communique.desk.cache import Answers
from communique.desk.forecasts import Forecaster
from communique.desk.reader import Reader
from communique.desk.row_keys import rows_by_key
from communique.desk.settings import DeskSettings
from communique.desk.whole_ids import without_address
from communique.desk.writer import Writer
from communique.errors import UsageError
from communique.records import DroppedReport, History, Report
from communique.standing.picture import BOARDS, Row, picture_of

Done = TypeVar("Done")
MOST_BOARDS = 48
_A_NAME = "United Nations"


class Desk:
    """One open desk. Pages ask it; what they change goes through `write`."""

    def __init__(self, casebook: Casebook, settings: DeskSettings | None = None) -> None:
        self.casebook = casebook
        self.settings = settings or DeskSettings()
        self.answers = Answers(casebook.state)
        # A board of a large casebook holds tens of thousands of steps: few are kept, whole or sorted.
        self.boards = Answers(casebook.state, most=MOST_BOARDS)
        self.reader = Reader()
        self.forecaster = Forecaster(casebook.path, casebook.state)
        self._writer = Writer()
        self._ahead = WorkAhead(casebook.state, self._first_answers())

    def close(self) -> None:
        """End the reader and the forecaster, and finish what is being written; the casebook stays open."""
        self.end_work()
        self._writer.close()

    def end_work(self) -> None:
        """End what is being read and foreseen; who waits for it is told that it was ended."""
        self._ahead.end()
        self.reader.close()
        self.forecaster.close()

    def write(self, change: Callable[[Casebook], Done]) -> Done:
        """Change the casebook when the writer's turn comes; UsageError where this desk only reads."""
        self.check_writable()
        return self._writer.do(lambda: change(self.casebook))

    def check_writable(self) -> None:
        """Raise UsageError where this desk only reads; for what would work long before it writes."""
        if self.settings.read_only:
            raise UsageError("this desk was opened with --read-only; open it without to change anything")

    def keep(self, report: Report) -> tuple[Added, ReportReading | DroppedReport]:
        """Read a report in the reading process and keep it, with its events and moves."""
        self.check_writable()
        reading = without_address(report) or self.reader.read(report)
        return self.write(lambda casebook: casebook.add([reading])), reading

    def warm_up(self) -> None:
        """Start the reading process, and work out in the background what pages begin with: the boards of today."""
        self.reader.warm_up()
        self._ahead.begin()

    def _first_answers(self) -> tuple[Callable[[], object], ...]:
        # Loaded here, for it asks the desk itself.
        from communique.desk.gathered import dyads_of

        # The first name that a person types would wait for the names of all actors.
        return (
            partial(resolve, _A_NAME), self.contents, *(partial(self.board, board) for board in BOARDS),
            partial(dyads_of, self),
        )  # fmt: skip

    # Answers that several pages need, kept until the casebook changes.

    def contents(self) -> Contents:
        """Count what the casebook holds."""
        return self.answers.of("contents", self.casebook.contents)

    def history(self) -> History:
        """Give all events and moves."""
        return self.answers.of("history", self.casebook.history)

    def _history_by_board(self) -> dict[str, History]:
        """Give the history with the moves of each board alone."""

        # Asked for in here, not before: a write in between would let the moves of before pass for those of now.
        def made() -> dict[str, History]:
            history = self.history()
            return {name: replace(history, moves=tuple(m for m in history.moves if m.board == name)) for name in BOARDS}

        return self.answers.of("history by board", made)

    def board(self, board: str, as_of: date | None = None, about: Sequence[str] = ()) -> tuple[Row, ...]:
        """Give one board of the standing picture, at a date, about some actors; UsageError for no such board."""
        if board not in BOARDS:
            raise UsageError(f"there is no board {board!r}; choose among {', '.join(BOARDS)}")
        codes = tuple(sorted(set(about)))
        kept = self.answers if codes else self.boards
        return kept.of(("board", board, as_of, codes), lambda: self._folded(board, as_of, codes))

    def keyed_board(self, board: str, as_of: date | None = None, about: Sequence[str] = ()) -> dict[str, Row]:
        """Give the same as `board` by the keys of the rows, which are the same at every date."""
        key = ("keyed", board, as_of, tuple(sorted(set(about))))
        return self.boards.of(key, lambda: rows_by_key(board, self.board(board, as_of, about)))

    def has_board(self, board: str, as_of: date | None = None, about: Sequence[str] = ()) -> bool:
        """Tell whether `board` would answer at once."""
        codes = tuple(sorted(set(about)))
        return (self.answers if codes else self.boards).has(("board", board, as_of, codes))

    def _folded(self, board: str, as_of: date | None, codes: tuple[str, ...]) -> tuple[Row, ...]:
        if codes:
            return picture_of(self.casebook.history(codes, (board,), as_of), as_of, codes, (board,))[board]
        return picture_of(self._history_by_board()[board], as_of, (), (board,))[board]


def desk_of(request: Request) -> Desk:
    """Give the desk that answers a request."""
    return cast(Desk, request.app.state.desk)


DeskHere = Annotated[Desk, Depends(desk_of)]
