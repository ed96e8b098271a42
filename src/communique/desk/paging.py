"""Turning the pages of a long list, by addresses that keep everything else that was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import URL
from starlette.requests import Request

SIZE = 50
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of how many are shown (from 1), and the addresses of the pages before and after, None where there are none."""

    offset: int
    size: int
    total: int
    earlier: str | None
    later: str | None

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.offset + self.size, self.total)


def paging_of(request: Request, offset: int, size: int, total: int) -> Paging:
    """Give the paging of a list of `total` rows of which `size` from `offset` on are shown."""
    here = request.url

    def at(place: int) -> str:
        moved: URL = here.include_query_params(offset=place)
        return f"{moved.path}?{moved.query}"

    earlier = at(max(0, offset - size)) if offset > 0 else None
    later = at(offset + size) if offset + size < total else None
    return Paging(offset, size, total, earlier, later)
