"""The pages, one file a page: each gathers its variables as a frozen record and hands them to its template."""

from communique.desk.pages import enter, events, home

ROUTERS = (enter.router, home.router, events.router)
