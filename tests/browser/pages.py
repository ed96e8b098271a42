"""All pages of the desk over the story's casebook: what is held of every page is held of these."""

from __future__ import annotations

import json

from tests.browser.reports import DIRECT_TALKS, OIL, REFUSAL
from tests.browser.running import RunningDesk

PAGES = {
    "home": "/",
    "home since a day": "/?since=2025-01-01",
    "enter": "/enter",
    "paste": "/paste",
    "example": "/paste?example=1",
    "reports": "/reports",
    "report": f"/reports/{REFUSAL}",
    "hostile report": f"/reports/{DIRECT_TALKS}",
    "no such report": "/reports/nothing",
    "events": "/events",
    "events of a dyad": "/events?dyad=IRN,USA&quad=3",
    "event": "/events/EVENT",
    "corrections": "/corrections",
    "standing": "/standing",
    "standing at a day": "/standing?as_of=2025-02-24&about=IRN",
    "one board": "/standing?board=sanctions",
    "board told in words": "/standing?words=oil",
    "no such board": "/standing?board=nothing",
    "changes": "/standing/changes?from=2025-02-20&to=2025-03-10",
    "actors": "/actors",
    "actor": "/actors/IRN",
    "dyad": "/dyad?a=IRN&b=USA",
    "network": "/network",
    "network at a day": "/network?as_of=2025-02-25",
    "search": "/search?q=Iran",
    "nothing found": "/search?q=zzzz",
    "outlook": "/outlook?a=IRN&b=USA",
    "who is next": "/outlook/next",
    "what if": "/outlook/what-if",
    "who is next, answered": "/outlook/next?source=USA&type=SANCTION",
    "what if, answered": "/outlook/what-if?source=USA&type=SANCTION&target=IRN&day=2025-04-04",
    "kept forecasts": "/outlook/kept",
    "backtest": "/outlook/backtest",
    "dossiers": "/dossiers",
    "new dossier": "/dossiers/new",
    "dossier": "/dossiers/iran",
    "edit dossier": "/dossiers/iran/edit",
    "brief": "/dossiers/iran/brief",
    "api": "/api",
    "no such page": "/nothing",
}


def path_of(name: str, desk: RunningDesk) -> str:
    """Give the address of a page; that of an event is asked for."""
    path = PAGES[name]
    if "EVENT" in path:
        path = path.replace("EVENT", event_of(desk, OIL))
    return path


def event_of(desk: RunningDesk, report_id: str) -> str:
    """Give the id of the first event that a report tells."""
    found = json.loads(desk.get(f"/api/events?report={report_id}&limit=1"))
    return str(found["items"][0]["event_id"])
