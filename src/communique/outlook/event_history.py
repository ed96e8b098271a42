"""A history of events as columns of numbers: what happened, between whom, on which day, and from which day on it was known.

One row for each event and each pair it is between. All that looks ahead reads these columns and nothing else; what
was not yet known on a day is cut off by `known_on`, here and in one place (`until`).
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from communique.actors.resolver import bare
from communique.errors import UsageError
from communique.ontology.loader import TYPES
from communique.outlook.kinds import quads
from communique.records import KeptEvent, Status

if TYPE_CHECKING:
    import polars

Days = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]

ANYONE = "*"
"""Stands where an event names no other side; it has number 0 in every history."""

_OCCURRED = Status.OCCURRED.value
_FRAME_COLUMNS = (
    "event_id", "type", "mode", "intensity", "source", "target", "status", "date", "published",
)  # fmt: skip
# event_id, type, mode, intensity, source, target, status, date, published
_Row = tuple[
    str, str, str | None, float, Sequence[str] | None, Sequence[str] | None, str, str | None, str | date | None
]


@dataclass(frozen=True, slots=True, eq=False)
class EventHistory:
    """Events as columns, oldest known first; the same events give the same columns in any order of arrival.

    `day` is the day of the event and `known_on` the day on which it could be known, both as ordinals
    (`date.toordinal`). `source` and `target` number `actors` (bare codes; 0 is ANYONE: no such side is told);
    `type` numbers TYPES, `mode` numbers `modes` (as "TYPE/mode"). `quad` is 1–4, `intensity` Goldstein's. `event`
    numbers `event_ids`: an act of several actors has several rows. Acts within one state have it on both sides.
    `left_out` counts the events that are in no row: planned, hypothetical, denied, undated or without actors.
    """

    day: Days
    known_on: Days
    source: Days
    target: Days
    type: npt.NDArray[np.int8]
    mode: npt.NDArray[np.int16]
    quad: npt.NDArray[np.int8]
    intensity: npt.NDArray[np.float32]
    event: Days
    actors: tuple[str, ...]
    modes: tuple[str, ...]
    event_ids: tuple[str, ...]
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.day)

    @classmethod
    def from_kept(cls, events: Iterable[KeptEvent]) -> EventHistory:
        """Make the history of events as the casebook gives them (`Casebook.events`), in any order."""
        return _history(
            (
                kept.event.event_id, kept.event.type, kept.event.mode, kept.event.intensity, kept.event.source,
                kept.event.target, kept.event.status.value, kept.event.date, kept.published,
            )
            for kept in events
        )  # fmt: skip

    @classmethod
    def from_frame(cls, frame: polars.DataFrame) -> EventHistory:
        """Make the history of a frame of `Casebook.frame`; UsageError names the columns that are missing."""
        missing = [name for name in _FRAME_COLUMNS if name not in frame.columns]
        if missing:
            raise UsageError(f"a frame of events needs the columns {', '.join(missing)}; take it from Casebook.frame")
        return _history(zip(*(frame[name].to_list() for name in _FRAME_COLUMNS), strict=True))

    @property
    def newest(self) -> date | None:
        """The last day on which something became known; None for an empty history."""
        return date.fromordinal(int(self.known_on[-1])) if len(self) else None

    @property
    def oldest(self) -> date | None:
        """The first day on which something became known; None for an empty history."""
        return date.fromordinal(int(self.known_on[0])) if len(self) else None

    def seen_to(self, as_of: date) -> int:
        """Give the last day of which the history tells anything by then, as an ordinal; `as_of` for an empty one.

        After it nothing is known, not even that nothing happened: no window that ends later may be counted.
        """
        count = int(np.searchsorted(self.known_on, as_of.toordinal(), side="right"))
        return int(self.known_on[count - 1]) if count else as_of.toordinal()

    def until(self, as_of: date) -> EventHistory:
        """Give what was known at the end of a day: nothing published later, nothing that had not yet happened."""
        count = int(np.searchsorted(self.known_on, as_of.toordinal(), side="right"))
        return self if count == len(self) else self.chosen(slice(0, count))

    def number(self, actor: str) -> int | None:
        """Give the number of an actor's bare code; None where no row has such an actor."""
        code = bare(actor)
        if code not in self.actors:
            return None
        number = self.actors.index(code)
        return number if bool(((self.source == number) | (self.target == number)).any()) else None

    def fingerprint(self) -> str:
        """Give a hash of all that a forecast depends on: the same rows give the same, whatever came after them."""
        digest = hashlib.sha256()
        for numbers in (self.day, self.known_on, self.type.astype(np.int32), self.quad.astype(np.int32)):
            digest.update(np.ascontiguousarray(numbers).tobytes() + b"|")
        by_mode = self.mode.astype(np.int32)
        named = ((self.source, self.actors), (self.target, self.actors), (by_mode, self.modes))
        for column, names in (*named, (self.event, self.event_ids)):
            # Numbers change with what else is in a history; names do not.
            used, places = np.unique(column, return_inverse=True)
            digest.update(places.astype(np.int32).tobytes() + b"|")
            digest.update("\x00".join(names[number] for number in used.tolist()).encode("utf-8") + b"|")
        return digest.hexdigest()[:32]

    def chosen(self, chosen: slice | Places) -> EventHistory:
        """Give some of the rows, with the same numbers for actors, modes and events."""
        return replace(
            self,
            day=self.day[chosen], known_on=self.known_on[chosen], source=self.source[chosen],
            target=self.target[chosen], type=self.type[chosen], mode=self.mode[chosen], quad=self.quad[chosen],
            intensity=self.intensity[chosen], event=self.event[chosen],
        )  # fmt: skip

    def rows(self) -> Iterator[_Row]:
        """Give the rows back as records that a history can be made of, each with one source and one target."""
        for row in range(len(self)):
            source, target = self.actors[self.source[row]], self.actors[self.target[row]]
            kind, _, mode = self.modes[self.mode[row]].partition("/")
            yield (
                self.event_ids[self.event[row]], kind, mode or None, float(self.intensity[row]),
                () if source == ANYONE else (source,), () if target == ANYONE else (target,), _OCCURRED,
                date.fromordinal(int(self.day[row])).isoformat(), date.fromordinal(int(self.known_on[row])).isoformat(),
            )  # fmt: skip

    def with_rows(self, rows: Iterable[_Row]) -> EventHistory:
        """Give this history with further rows; each stands for itself, also where it names no target."""
        return _history([*self.rows(), *rows], jointly=False)


def _history(rows: Iterable[_Row], *, jointly: bool = True) -> EventHistory:
    """Lay rows out as columns; `jointly` tells that several sources without a target acted on each other."""
    left_out = 0
    told: list[tuple[int, int, str, str, str, str, str, float]] = []
    for event_id, kind, mode, intensity, source, target, status, happened, published in rows:
        days = _days(happened, published) if status == _OCCURRED and kind in TYPES else None
        pairs = _pairs(source or (), target or (), jointly=jointly)
        if days is None or not pairs:
            left_out += 1
            continue
        known_on, day = days
        name = f"{kind}/{mode}" if mode else kind
        told.extend((known_on, day, event_id, one, other, kind, name, intensity) for one, other in pairs)
    told.sort()
    return _columns(told, left_out)


def _columns(told: list[tuple[int, int, str, str, str, str, str, float]], left_out: int) -> EventHistory:
    actors = (ANYONE, *sorted({name for row in told for name in (row[3], row[4])} - {ANYONE}))
    modes = tuple(sorted({row[6] for row in told}))
    event_ids = tuple(sorted({row[2] for row in told}))
    actor_number = {name: number for number, name in enumerate(actors)}
    mode_number = {name: number for number, name in enumerate(modes)}
    event_number = {name: number for number, name in enumerate(event_ids)}
    type_number = {name: number for number, name in enumerate(TYPES)}
    quad_of = quads()
    return EventHistory(
        day=np.array([row[1] for row in told], dtype=np.int32),
        known_on=np.array([row[0] for row in told], dtype=np.int32),
        source=np.array([actor_number[row[3]] for row in told], dtype=np.int32),
        target=np.array([actor_number[row[4]] for row in told], dtype=np.int32),
        type=np.array([type_number[row[5]] for row in told], dtype=np.int8),
        mode=np.array([mode_number[row[6]] for row in told], dtype=np.int16),
        quad=np.array([quad_of[row[5]] for row in told], dtype=np.int8),
        intensity=np.array([row[7] for row in told], dtype=np.float32),
        event=np.array([event_number[row[2]] for row in told], dtype=np.int32),
        actors=actors,
        modes=modes,
        event_ids=event_ids,
        left_out=left_out,
    )


def _pairs(source: Sequence[str], target: Sequence[str], *, jointly: bool) -> list[tuple[str, str]]:
    """Give the directed pairs of an act: each source on each target; of a joint act each on each other, both ways."""
    sources, targets = sorted(set(map(bare, source))), sorted(set(map(bare, target)))
    if not sources and not targets:
        return []
    if jointly and len(source) > 1 and not targets:
        # "USA and USA/MIL met" is within one state; it is still one act of it.
        return list(permutations(sources, 2)) or [(sources[0], sources[0])]
    return list(product(sources or [ANYONE], targets or [ANYONE]))


def _days(happened: str | None, published: str | date | None) -> tuple[int, int] | None:
    """Give (known on, day) as ordinals; None where neither day is known.

    An event of which only the month or year is told counts from its last day, or from publication where that is
    earlier: it is never taken for older than it can be. What was published before it happened counts as known when
    it happened; a wrong date must not tell the future.
    """
    told = published.toordinal() if isinstance(published, date) else _last_day(published) if published else None
    day = _last_day(happened) if happened else told
    if day is None:
        return None
    if told is not None and happened is not None and len(happened) < 10:
        day = min(day, told)
    return (day if told is None else max(day, told)), day


@cache
def _last_day(text: str) -> int:
    """Give the last day of an ISO day, month or year as an ordinal."""
    parts = [int(part) for part in text[:10].split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1]).toordinal()
