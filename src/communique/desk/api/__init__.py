"""The HTTP API under /api, one file a resource: the same records as everywhere, one shape of error, paging."""

from fastapi import APIRouter

from communique.desk.api import actors, casebook, corrections, dossiers, events, outlook, reports, standing

ROUTERS: tuple[APIRouter, ...] = (
    casebook.router,
    events.router,
    reports.router,
    corrections.router,
    standing.router,
    outlook.router,
    actors.router,
    dossiers.router,
)
