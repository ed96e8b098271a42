"""What all pages share: the casebook, the answers kept for its present state, the reader and the writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from communique.casebook.kept import Added, ReportReading
from communique.casebook.store import Casebook
from communique.desk.cache import Answers
from communique.desk.reader import Reader
from communique.desk.settings import DeskSettings
from communique.desk.writer import Writer
from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.records import DroppedReport, History, Report
from communique.standing.picture import BOARDS, Row, picture_of

Done = TypeVar("Done")


class Desk:
    """One open desk. Pages ask it; what they change goes through `write`."""

    def __init__(self, casebook: Casebook, settings: DeskSettings | None = None) -> None:
        self.casebook = casebook
        self.settings = settings or DeskSettings()
        self.answers = Answers(casebook.state)
        self.reader = Reader()
        self._writer = Writer()

    def close(self) -> None:
        """End the reader and finish what is being written; the casebook stays open."""
        self.reader.close()
        self._writer.close()

    def write(self, change: Callable[[Casebook], Done]) -> Done:
        """Change the casebook when the writer's turn comes; UsageError where this desk only reads."""
        if self.settings.read_only:
            raise UsageError("this desk was opened with --read-only; open it without to change anything")
        return self._writer.do(lambda: change(self.casebook))

    def keep(self, report: Report) -> tuple[Added, ReportReading | DroppedReport]:
        """Read a report in the reading process and keep it, with its events and moves."""
        reading = self.reader.read(report)
        return self.write(lambda casebook: casebook.add([reading])), reading

    # Answers that several pages need, kept until the casebook changes.

    def history(self) -> History:
        """Give all events and moves."""
        return self.answers.of("history", self.casebook.history)

    def board(self, board: str, as_of: date | None = None, about: Sequence[str] = ()) -> tuple[Row, ...]:
        """Give one board of the standing picture, at a date, about some actors; UsageError for no such board."""
        if board not in BOARDS:
            raise UsageError(f"there is no board {board!r}; choose among {', '.join(BOARDS)}")
        codes = tuple(sorted(set(about)))

        def made() -> tuple[Row, ...]:
            history = self.casebook.history(codes, (board,), as_of) if codes else self.history()
            return picture_of(history, as_of, codes, (board,))[board]

        return self.answers.of(("board", board, as_of, codes), made)

    def event_history(self) -> EventHistory:
        """Give the columns that forecasts are made from."""
        return self.answers.of("event history", lambda: EventHistory.from_frame(self.casebook.frame()))


def desk_of(request: Request) -> Desk:
    """Give the desk that answers a request."""
    return cast(Desk, request.app.state.desk)


DeskHere = Annotated[Desk, Depends(desk_of)]
