"""The door of a casebook: all who use one file in this process go through it, and it queues with other processes.

The DuckDB file is open only while it is used, and some seconds longer where nobody else waits for it.

    this process                                            others
    reader ─┐ cursor                                     ┌─ the same in each process
    reader ─┼────────► one connection ──► room ◄─ turnstile
    writer ─┘ cursor   (reading or writing)  └ .NAME.lock  └ .NAME.turn

    closed ──reader──► open for reading: the room is shared      ─┐ nobody inside, and somebody waits at the turnstile,
       └─────writer──► open for writing: the room is ours alone  ─┘ or nobody came for some seconds ──► closed

* A reader takes a cursor on the connection that is open, for reading or for writing; DuckDB's snapshots part it from the
  writer beside it. Where none is open it passes turnstile and room, and opens one for reading.
* A writer takes the connection that is open for writing. One that is open for reading is closed when its readers are gone
  (new ones wait for that, a while); then it passes turnstile and room, and opens anew. One writes at a time.
* A connection that lingers gives way: a thread looks at the turnstile, and so does everyone who leaves. From then on
  who comes anew waits until those inside are gone, and queues behind the process that waited.
* A thread that is inside comes in again at once, whoever waits, so it never waits for itself. Nobody is kept waiting for
  the sake of one who has been inside longer than a second; a long query holds up a writer, not the readers beside it.
* Waiting ends after `patience` seconds with a CasebookError. Nothing is half-done then.
* Before a fork the connection is closed; a child that was forked in the midst of use is told so.
"""

from __future__ import annotations

import atexit
import gc
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from communique.casebook.opening import connect, is_held_elsewhere, quiet_rollback, translated
from communique.casebook.turnstile import Turnstile
from communique.errors import CasebookError

# Seconds: between two looks at the turnstile; that an unused connection lingers, and one that no lock guards;
# that who comes waits for those inside to leave, when somebody else waits for the door.
_LOOK = 0.025
_LINGER = 3.0
_LINGER_UNGUARDED = 0.2
_POLITE = 1.0
_ONE_WAIT = 0.05


@dataclass(slots=True, eq=False)
class _Place:
    """One who is inside: the thread, since when (`time.monotonic`), and whether it is the writer."""

    thread: int
    since: float
    writing: bool


class Door:
    """The one way to a casebook in this process; `door_to` gives it. All methods may be called by any thread."""

    def __init__(self, path: Path):
        """Stand before the casebook whose real path this is; nothing is opened yet."""
        self.path = path
        self._shut(forked=False)

    def _shut(self, *, forked: bool) -> None:
        """Begin anew, with nobody inside."""
        self._state = threading.Condition(threading.Lock())
        self._turnstile = Turnstile(self.path)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._file: tuple[int, int] | None = None
        self._places: set[_Place] = set()
        self._for_writing = self._opening = self._upgrading = self._giving_way = self._watched = False
        self._writer: int | None = None
        self._left_at = 0.0
        self._forked = forked

    @property
    def is_open(self) -> bool:
        """Whether this process has the DuckDB file open at this moment."""
        return self._connection is not None or self._opening

    @contextmanager
    def reading(self, path: Path, patience: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor to read by. `path` is the casebook's name in messages; `patience` is in seconds."""
        with translated(path):
            with self._state:
                place = self._come_in(path, time.monotonic() + patience)
                cursor = self._cursor(place)
            try:
                # So that what is asked in several queries is of one moment.
                cursor.execute("BEGIN TRANSACTION")
                yield cursor
            finally:
                self._go(place, cursor)

    @contextmanager
    def writing(self, path: Path, patience: float) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor with a transaction, which is kept when the block ends well and undone when not."""
        with translated(path):
            with self._state:
                place = self._come_to_write(path, time.monotonic() + patience)
                cursor = self._cursor(place)
            try:
                cursor.execute("BEGIN TRANSACTION")
                try:
                    yield cursor
                    cursor.execute("COMMIT")
                except BaseException:
                    quiet_rollback(cursor)
                    raise
            finally:
                self._go(place, cursor)

    def close(self) -> None:
        """Close the file now, or when those inside have left."""
        with self._state:
            if not self._close_if_empty():
                self._giving_way = self._connection is not None

    # All below is called with the state held.

    def _come_in(self, path: Path, until: float) -> _Place:
        me = threading.get_ident()
        while True:
            self._check(path)
            if self._connection is not None and self._may_enter(me):
                return self._placed(me, writing=False)
            if not self._upgrading and (self._connection is None or self._close_if_empty()) and not self._opening:
                self._open(path, writing=False, until=until)
            else:
                self._wait(path, until)

    def _come_to_write(self, path: Path, until: float) -> _Place:
        me = threading.get_ident()
        while self._writer is not None:
            if self._writer == me:
                raise CasebookError(f"{path}: is being changed already by this very thread; end that change first")
            self._wait(path, until)
        self._writer = me
        try:
            while True:
                self._check(path)
                if self._connection is not None and self._for_writing and self._may_enter(me):
                    return self._placed(me, writing=True)
                if (self._connection is None or self._close_if_empty()) and not self._opening:
                    self._open(path, writing=True, until=until)
                elif self._connection is not None and any(place.thread == me for place in self._places):
                    raise CasebookError(f"{path}: this thread still reads in it; end that query before changing it")
                else:
                    self._upgrading = True
                    self._wait(path, until)
        except BaseException:
            self._writer = None
            raise
        finally:
            self._upgrading = False
            self._state.notify_all()

    def _check(self, path: Path) -> None:
        if self._forked:
            raise CasebookError(f"{path}: this process was forked while the casebook was in use; start it by spawn")
        if self._connection is not None and self._file != _identity(self.path):
            # Another file has been put in its place.
            self._giving_way = True

    def _may_enter(self, me: int) -> bool:
        # A writer keeps out readers while it waits to open the file for writing, but not itself when it is open.
        is_kept_out = self._giving_way or (self._upgrading and self._writer != me)
        if not is_kept_out or any(place.thread == me for place in self._places):
            return True
        return any(time.monotonic() - place.since > _POLITE for place in self._places)

    def _placed(self, me: int, *, writing: bool) -> _Place:
        place = _Place(me, time.monotonic(), writing)
        self._places.add(place)
        return place

    def _cursor(self, place: _Place) -> duckdb.DuckDBPyConnection:
        try:
            if self._connection is None:
                raise CasebookError(f"{self.path}: was closed; open it again")
            return self._connection.cursor()
        except BaseException:
            self._out(place)
            raise

    def _wait(self, path: Path, until: float) -> None:
        if time.monotonic() >= until:
            # Waiting for another process is done elsewhere, without the state.
            raise CasebookError(f"{path}: is in use by another thread of this process; wait until it is done")
        self._state.wait(_ONE_WAIT)

    def _open(self, path: Path, *, writing: bool, until: float) -> None:
        """Queue and open the file; the state is let go meanwhile."""
        self._opening = True
        self._state.release()
        connection = None
        try:
            self._turnstile.enter(path, writing=writing, until=until)
            try:
                connection = _connected(self.path, path, writing=writing, until=until)
            except BaseException:
                self._turnstile.leave()
                raise
        finally:
            self._state.acquire()
            self._opening = False
            self._connection, self._for_writing, self._giving_way = connection, writing, False
            self._file, self._left_at = _identity(self.path), time.monotonic()
            if connection is not None and not self._watched:
                self._watched = True
                threading.Thread(target=self._watch, name="casebook door", daemon=True).start()
            self._state.notify_all()

    def _close_if_empty(self) -> bool:
        """Close the connection where nobody is inside; tell whether it is closed."""
        if self._places or self._opening:
            return False
        connection, self._connection = self._connection, None
        self._giving_way = False
        if connection is not None:
            try:
                connection.close()
            finally:
                self._turnstile.leave()
                self._state.notify_all()
        return True

    def _out(self, place: _Place) -> None:
        self._places.discard(place)
        if place.writing:
            self._writer = None
        self._left_at = time.monotonic()
        if not self._places and (self._giving_way or self._turnstile.somebody_waits()):
            self._close_if_empty()
        self._state.notify_all()

    # These are called without it.

    def _go(self, place: _Place, cursor: duckdb.DuckDBPyConnection) -> None:
        try:
            cursor.close()
        finally:
            with self._state:
                self._out(place)

    def _watch(self) -> None:
        """Look, as long as the file is open, whether somebody waits for it or nobody needs it."""
        while True:
            time.sleep(_LOOK)
            with self._state:
                if self._opening:
                    continue
                if self._connection is None:
                    self._watched = False
                    return
                self._giving_way = self._giving_way or self._turnstile.somebody_waits()
                linger = _LINGER_UNGUARDED if self._turnstile.unguarded else _LINGER
                if self._giving_way or time.monotonic() - self._left_at > linger:
                    self._close_if_empty()

    def before_fork(self) -> None:
        """Close the file where nobody is inside, and keep still until after the fork."""
        self._state.acquire()
        self._close_if_empty()

    def after_fork(self, *, child: bool) -> None:
        """Go on; in the child with a door of its own, which is barred where somebody was inside."""
        if not child:
            self._state.release()
            return
        # Not closed: the parent's threads are not here to end it with, and the file is the parent's.
        _left_behind.append(self._connection)
        self._shut(forked=self._connection is not None or self._opening)


def _connected(real: Path, path: Path, *, writing: bool, until: float) -> duckdb.DuckDBPyConnection:
    """Open the file, and wait for a program that has it without queueing here (the shell of DuckDB, an older one)."""
    while True:
        try:
            return connect(real, path, writing=writing)
        except duckdb.Error as error:
            if not is_held_elsewhere(error) or time.monotonic() >= until:
                raise
        # It may be a result that nobody needs any more, in this process.
        gc.collect()
        time.sleep(_ONE_WAIT)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


_doors: weakref.WeakValueDictionary[str, Door] = weakref.WeakValueDictionary()
_doors_lock = threading.Lock()
_stopped: list[Door] = []
_left_behind: list[object] = []


def door_to(path: Path) -> Door:
    """Give the door of the casebook at `path`: one a file, by whatever name it is called."""
    real = os.path.realpath(path)
    with _doors_lock:
        door = _doors.get(real)
        if door is None:
            door = _doors[real] = Door(Path(real))
        return door


def _before_fork() -> None:
    _doors_lock.acquire()
    _stopped[:] = list(_doors.values())
    for door in _stopped:
        door.before_fork()


def _after_fork(*, child: bool) -> None:
    for door in _stopped:
        door.after_fork(child=child)
    _stopped.clear()
    _doors_lock.release()


def _close_all() -> None:
    for door in list(_doors.values()):
        door.close()


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=lambda: _after_fork(child=False),
        after_in_child=lambda: _after_fork(child=True),
    )
