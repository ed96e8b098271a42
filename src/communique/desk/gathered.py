"""What several pages ask the desk alike, kept until the casebook changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.actors.display import name_of, named_actors
from communique.actors.resolver import bare
from communique.casebook.filters import EventFilter
from communique.casebook.kept import KeptReport
from communique.desk import timelines
from communique.desk.board_view import KeyedRow, newest_first
from communique.desk.curves import Tie, laid_out, ties_at
from communique.desk.desk import Desk
from communique.desk.standing_lines import BOARDS, BoardLines, keyed_lines
from communique.records import KeptEvent
from communique.standing.alignment_dyads import Dyads
from communique.standing.picture import Row

MOST_REPORTS = 6


@dataclass(frozen=True, slots=True)
class ActiveActor:
    """An actor of the casebook: its code and name, its acts on either side, and the day of the last."""

    code: str
    name: str
    acts: int
    last_day: date | None


def active_actors(desk: Desk) -> tuple[ActiveActor, ...]:
    """Give all actors of the casebook, with and without roles, those with most acts first."""

    def made() -> tuple[ActiveActor, ...]:
        return tuple(
            ActiveActor(found.code, name_of(found.code), found.events, found.last_day)
            for found in desk.casebook.actors(None)
        )

    return desk.answers.of("active actors", made)


def acts_of(desk: Desk) -> dict[str, ActiveActor]:
    """Give all actors of the casebook by their codes."""
    return desk.answers.of("acts of actors", lambda: {found.code: found for found in active_actors(desk)})


def is_known(desk: Desk, code: str) -> bool:
    """Tell whether the casebook or the actor files hold a code, its role aside."""
    state = bare(code)
    return code in acts_of(desk) or state in acts_of(desk) or any(actor.code == state for actor in named_actors())


def dyads_of(desk: Desk) -> Dyads:
    """Give all acts laid out by dyad; it takes a second or two at 100,000 acts, once for each state of the casebook."""
    return desk.answers.of("laid out", lambda: laid_out(desk.history().events))


def has_dyads(desk: Desk) -> bool:
    """Tell whether `dyads_of` would answer at once."""
    return desk.answers.has("laid out")


def ties_on(desk: Desk, as_of: date | None) -> tuple[Tie, ...]:
    """Give the ties of all actors on a day, by all that is known where it is None."""
    return desk.answers.of(("ties", as_of), lambda: ties_at(dyads_of(desk), as_of))


def actor_timeline(desk: Desk, code: str, unit: str | None) -> timelines.Timeline:
    """Give the acts of an actor, by whom or on whom, counted over time."""

    def made() -> timelines.Timeline:
        counted = desk.casebook.days(EventFilter(actor=code))
        return timelines.timeline(((row.day, row.quad, row.events) for row in counted), unit)

    return desk.answers.of(("timeline", code, unit), made)


def acts_between(desk: Desk, a: str, b: str) -> tuple[KeptEvent, ...]:
    """Give all acts between two actors, either way, oldest first."""
    return desk.answers.of(("dyad", a, b), lambda: tuple(desk.casebook.timeline(a, b)))


def standing_of(desk: Desk, codes: Sequence[str]) -> tuple[BoardLines, ...]:
    """Give the rows of today's boards that concern every one of the actors; boards without such rows are left out."""
    about = tuple(codes)

    def made() -> tuple[BoardLines, ...]:
        found = (keyed_lines(board, _rows(desk, board, about), about) for board in BOARDS)
        return tuple(lines for lines in found if lines.total)

    return desk.answers.of(("standing lines", about), made)


def _rows(desk: Desk, board: str, about: tuple[str, ...]) -> Iterable[tuple[str, Row]]:
    if desk.has_board(board):
        return desk.keyed_board(board).items()
    return (("", row) for row in desk.board(board, None, about))


def newest_rows(
    desk: Desk, board: str, words: str = "", as_of: date | None = None, about: Sequence[str] = ()
) -> tuple[KeyedRow, ...]:
    """Give the rows of a board in which all words occur, those that changed last first."""
    codes = tuple(about)
    return desk.boards.of(
        ("newest first", board, as_of, codes, words),
        lambda: newest_first(board, desk.keyed_board(board, as_of, codes), words),
    )


def standing_at_once(desk: Desk, codes: Sequence[str]) -> tuple[BoardLines, ...] | None:
    """Give the same where the boards are worked out already; None where a page had better ask for it as a part."""
    ready = desk.answers.has(("standing lines", tuple(codes))) or all(map(desk.has_board, BOARDS))
    return standing_of(desk, codes) if ready else None


def reports_telling(desk: Desk, events: Iterable[KeptEvent], most: int = MOST_REPORTS) -> tuple[KeptReport, ...]:
    """Give the reports that tell these acts, in the order in which the acts first name them: `most` of them."""
    ids = dict.fromkeys(report_id for kept in events if kept.dataset is None for _, report_id in kept.tellings)
    found: list[KeptReport] = []
    for report_id in ids:
        if len(found) == most:
            break
        if (report := desk.casebook.report(report_id)) is not None:
            found.append(report)
    return tuple(found)
