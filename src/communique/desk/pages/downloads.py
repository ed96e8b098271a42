"""/downloads/TABLE.FORMAT: every table of the casebook as CSV, JSON lines or Parquet, sent while it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from communique.casebook.kept import Correction, KeptForecast
from communique.casebook.table_rows import events_table, reports_table, sentences_table
from communique.desk.asked import About, EventsAsked, about_asked, day_asked
from communique.desk.desk import Desk, DeskHere
from communique.desk.report_view import all_corrections
from communique.desk.table_files import MEDIA_TYPES, TABLES, Table, TableOfRecords, TableOfStore, pieces_of
from communique.outlook.keeping import kept_forecasts
from communique.standing.picture import BOARD_ROWS

router = APIRouter()

All = Annotated[bool, Query(alias="all", description="Of corrections, also those that were undone.")]


@router.get("/downloads/{name}.{format}")
def download(
    desk: DeskHere,
    name: str,
    format: str,
    asked: Annotated[EventsAsked, Depends()],
    as_of: Annotated[str, Query(max_length=10)] = "",
    about: About = [],  # noqa: B006
    every: All = False,
) -> Response:
    """Give a table; events take the filters of /events, boards `as_of` and `about`."""
    if name not in TABLES or format not in MEDIA_TYPES:
        raise HTTPException(404)
    day = day_asked(as_of)
    makers: dict[str, Callable[[], Table]] = {
        "events": lambda: _events(desk, asked),
        "reports": lambda: TableOfStore(reports_table(desk.casebook)),
        "sentences": lambda: TableOfStore(sentences_table(desk.casebook)),
        "corrections": lambda: _corrections(desk, every=every),
        "forecasts": lambda: TableOfRecords(KeptForecast, kept_forecasts(desk.casebook)),
    }
    if name in BOARD_ROWS:
        table: Table = TableOfRecords(BOARD_ROWS[name], desk.board(name, day, about_asked(about)))
    else:
        table = makers[name]()
    # Both are words of ours: nothing that a visitor wrote gets into the header.
    headers = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingResponse(pieces_of(table, format), headers=headers, media_type=MEDIA_TYPES[format])


def _events(desk: Desk, asked: EventsAsked) -> Table:
    wanted = asked.filter()
    desk.casebook.check_names(wanted)
    return TableOfStore(events_table(desk.casebook, wanted))


def _corrections(desk: Desk, *, every: bool) -> Table:
    made = [one for one in all_corrections(desk) if every or one.undone_at is None]
    return TableOfRecords(Correction, made)
