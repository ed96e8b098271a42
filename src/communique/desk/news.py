"""What changed on the boards since a moment, by what came into the casebook since then.

A small casebook is folded whole, as it was known then and as it is known now. Of a large one only the rows of the actors
of whom something new was told are folded; where that is too much as well, the rows that changed on its last days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from communique.actors.resolver import bare
from communique.casebook.filters import EventFilter
from communique.desk.board_view import BoardChanges, KeyedRow, board_changes, newest_first
from communique.desk.desk import Desk
from communique.desk.row_keys import rows_by_key
from communique.standing.picture import BOARDS, Row, picture_of
from communique.standing.steps import sort_day

FOLDED_WHOLE = 5_000
"""Events and moves of a casebook up to which all of it is folded twice: well under a second."""
MOST_NEW_ACTS = 300
MOST_ACTORS = 12
LAST_DAYS = 7
ROWS_A_BOARD = 5


@dataclass(frozen=True, slots=True)
class LatestRows:
    """The rows of a board that changed on the casebook's last days, the latest first, and how many there are."""

    board: str
    rows: tuple[KeyedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class StandingNews:
    """What changed on the boards: `changed`, or `latest` where too much is new to be compared.

    `about` are the actors whose rows were compared, none where all were.
    """

    changed: tuple[BoardChanges, ...] = ()
    latest: tuple[LatestRows, ...] = ()
    about: tuple[str, ...] = ()


def standing_news(desk: Desk, since: datetime) -> StandingNews:
    """Give what changed on the boards since a moment (UTC); boards on which nothing did are left out."""
    return desk.answers.of(("standing news", since), lambda: _made(desk, since))


def _made(desk: Desk, since: datetime) -> StandingNews:
    contents = desk.contents()
    if contents.events + contents.moves <= FOLDED_WHOLE:
        return StandingNews(_compared(desk, since, ()))
    new = desk.casebook.events(EventFilter(added_since=since, limit=MOST_NEW_ACTS + 1))
    told = Counter(bare(code) for kept in new for code in {*kept.event.source, *kept.event.target})
    if len(new) > MOST_NEW_ACTS or len(told) > MOST_ACTORS:
        return StandingNews(latest=_latest(desk))
    about = tuple(sorted(told))
    return StandingNews(_compared(desk, since, about) if about else (), about=about)


def _compared(desk: Desk, since: datetime, about: Sequence[str]) -> tuple[BoardChanges, ...]:
    """Compare what is known now with what was known then, both as of the same day: what only fades is no news."""
    last = desk.contents().last_day
    then = picture_of(desk.casebook.history(about or None, known_by=since), last, about)
    now = picture_of(desk.casebook.history(about) if about else desk.history(), last, about)
    found = [board_changes(board, then[board], now[board], ROWS_A_BOARD) for board in BOARDS]
    return tuple(each for each in found if each.changes)


def _latest(desk: Desk) -> tuple[LatestRows, ...]:
    last = desk.contents().last_day
    if last is None:
        return ()
    first = (last - timedelta(days=LAST_DAYS)).isoformat()
    found = [latest_rows(board, desk.board(board), first) for board in BOARDS]
    return tuple(each for each in found if each.rows)


def latest_rows(board: str, rows: Sequence[Row], first: str, most: int = ROWS_A_BOARD) -> LatestRows:
    """Give the rows of a board that changed on an ISO day or after, the latest first."""
    late = {key: row for key, row in rows_by_key(board, rows).items() if sort_day(row.changed) >= first}
    newest = newest_first(board, late)
    return LatestRows(board, newest[:most], len(newest))
