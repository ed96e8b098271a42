"""/api/standing: the boards at a date, and what changed between two; /api/network: actors and their ties."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, create_model
from starlette.requests import Request
from starlette.responses import Response

from communique.desk.api.answers import ERRORS, FARTHEST, AsOf, address_behind, answer, list_of, model_of
from communique.desk.asked import About, about_asked, day_asked
from communique.desk.changes import Change, ChangeKind, changes
from communique.desk.curves import Tie
from communique.desk.desk import DeskHere
from communique.desk.gathered import ties_on
from communique.desk.network import Node, ShownBloc, network
from communique.desk.network_asked import NetworkAsked
from communique.desk.paging import MOST
from communique.errors import UsageError
from communique.standing.agreements import AgreementRow
from communique.standing.alignments import AlignmentRow
from communique.standing.picture import BOARD_ROWS, BOARDS
from communique.standing.positions import PositionRow
from communique.standing.sanctions import SanctionRow
from communique.standing.talks import Talks
from communique.standing.votes import VoteRow

router = APIRouter(tags=["standing"], responses=ERRORS)

_fields: dict[str, Any] = {board: (list_of(row), []) for board, row in BOARD_ROWS.items()}
StandingAnswer = cast(type[BaseModel], create_model("StandingAnswer", **_fields))
AnyRow = SanctionRow | AgreementRow | Talks | PositionRow | AlignmentRow | VoteRow | None
ChangeRow = model_of("ChangeRow", Change, leave_out=("before", "after"), before=AnyRow, after=AnyRow)
NetworkAnswer = model_of(
    "NetworkAnswer", as_of=str | None, actors=list[Node], ties=list[Tie], blocs=list[ShownBloc]
)  # fmt: skip


ChangesAnswer = model_of("ChangesAnswer", items=list_of(ChangeRow), total=int)


Boards = Annotated[
    list[str], Query(max_length=20, description=f"Only this board: {', '.join(BOARDS)}; may be repeated.")
]


def boards_asked(names: list[str]) -> tuple[str, ...]:
    """Give the boards that are named, all where none is; UsageError for no such board."""
    named = [part.strip() for name in names for part in name.split(",") if part.strip()]
    for name in named:
        if name not in BOARDS:
            raise UsageError(f"board {name!r}: choose among {', '.join(BOARDS)}")
    return tuple(board for board in BOARDS if board in named or not named)


BoardLimit = Annotated[int, Query(ge=1, le=MOST, description=f"Rows of each board to give at most, {MOST:,} at once.")]
BoardOffset = Annotated[int, Query(ge=0, le=FARTHEST, description="Rows of each board to leave out at the beginning.")]
_PAGED: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "X-Total-Count": {
                "description": "How many rows each board has in all, as `sanctions=12, talks=3`.",
                "schema": {"type": "string"},
            },
            "Link": {
                "description": 'Where a board has more rows, the address of the next ones: `<…>; rel="next"`.',
                "schema": {"type": "string"},
            },
        }
    }
}


@router.get("/standing", response_model=StandingAnswer, responses=_PAGED, summary="The standing picture")
def standing(
    request: Request,
    desk: DeskHere,
    as_of: AsOf = "",
    about: About = [],  # noqa: B006
    board: Boards = [],  # noqa: B006
    limit: BoardLimit = MOST,
    offset: BoardOffset = 0,
) -> Response:
    """The boards at a date, about some actors, as `communique standing --format json` gives them: a list of rows a board.

    Long boards come in pages: the headers `X-Total-Count` and `Link` tell how many rows there are, and where the next are.
    """
    day, codes, boards = day_asked(as_of), about_asked(about), boards_asked(board)
    rows = {name: desk.board(name, day, codes) for name in boards}
    headers = {"X-Total-Count": ", ".join(f"{name}={len(found)}" for name, found in rows.items())}
    if any(offset + limit < len(found) for found in rows.values()):
        headers["Link"] = f'<{address_behind(request, limit, offset)}>; rel="next"'
    return answer({name: found[offset : offset + limit] for name, found in rows.items()}, headers=headers)


From = Annotated[str, Query(alias="from", min_length=1, max_length=10, description="The first day, as 2025-01-01.")]
To = Annotated[str, Query(max_length=10, description="The last day; all that is known, where it is empty.")]
Told = Annotated[bool, Query(description="Also rows that stand as before and are only told anew.")]


@router.get("/standing/changes", response_model=ChangesAnswer, summary="What changed between two days")
def standing_changes(
    desk: DeskHere,
    first: From,
    to: To = "",
    about: About = [],  # noqa: B006
    board: Boards = [],  # noqa: B006
    told: Told = False,
) -> Response:
    """Rows that are new, gone or stand otherwise on the last day than on the first, with the steps that came between."""
    since, until = day_asked(first, "from"), day_asked(to, "to")
    if since is None:
        raise UsageError("from: name the first day, as 2025-01-01")
    if until is not None and until < since:
        raise UsageError(f"from {since} comes after to {until}")
    codes = about_asked(about)
    found = [
        one
        for name in boards_asked(board)
        for one in changes(name, desk.board(name, since, codes), desk.board(name, until, codes))
        if told or one.kind is not ChangeKind.TOLD
    ]
    return answer({"items": found, "total": len(found)})


@router.get("/network", response_model=NetworkAnswer, summary="Actors and their signed ties")
def actor_network(desk: DeskHere, asked: Annotated[NetworkAsked, Depends()]) -> Response:
    """Actors, the ties between them (score −1 … 1) and their blocs on a day; places are for drawing (−1 … 1)."""
    day, about = day_asked(asked.as_of[:40]), about_asked([asked.about])
    made = desk.answers.of(
        ("api network", day, about, asked.least, asked.most),
        lambda: network(ties_on(desk, day), asked.most, asked.least, about),
    )
    return answer({"as_of": day, "actors": made.nodes, "ties": made.ties, "blocs": made.blocs})
