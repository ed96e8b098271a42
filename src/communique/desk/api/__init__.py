"""The HTTP API under /api, one file a resource: the same records as everywhere, one shape of error, paging."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
