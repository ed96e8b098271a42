"""communique: news reports on international affairs, kept as coded events with their evidence.

>>> import communique
>>> [event.type for event in communique.read("Panama recalled its ambassador from Cuba on Monday.")]
['SANCTION']

Keep reports and their events in a casebook, and ask how things stand:

    with communique.open_casebook("iran.casebook") as casebook:
        communique.keep_reports(casebook, [communique.make_report(text, "2025-02-25")])
        picture = communique.picture_of(casebook.history(), about=["IRN"])
        for row in picture["sanctions"]:
            print(row.sender, row.target, row.on, row.status, row.since)
"""

from communique.actors.resolver import Actor, resolve
from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.store import Casebook
from communique.errors import CasebookError, CommuniqueError, InputError, KnowledgeError, UsageError
from communique.pipeline import (
    act_type,
    history_of_reports,
    import_events,
    keep_reports,
    make_report,
    open_casebook,
    read,
    read_many,
)
from communique.records import Event, History, KeptEvent, Move, Report, Status
from communique.standing.picture import Picture, picture_of

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Casebook",
    "CasebookError",
    "CommuniqueError",
    "Event",
    "EventFilter",
    "History",
    "InputError",
    "KeptEvent",
    "KnowledgeError",
    "Move",
    "Picture",
    "Report",
    "ReportFilter",
    "Status",
    "UsageError",
    "act_type",
    "history_of_reports",
    "import_events",
    "keep_reports",
    "make_report",
    "open_casebook",
    "picture_of",
    "read",
    "read_many",
    "resolve",
]
