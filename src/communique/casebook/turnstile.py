"""The queue before a casebook: two locks beside its file, by which processes wait for one another in fairness.

    .NAME.turn   the turnstile   everyone passes it one by one, and keeps it while waiting for the room
    .NAME.lock   the room        shared by readers; a writer has it for itself

A writer that waits for readers to leave keeps the turnstile, so that no new reader slips in before it; and a process that
lingers in the room sees by the taken turnstile that somebody waits. The system frees both locks when a process ends,
however it ends. The files are empty and stay; DuckDB's own lock on the casebook is none of ours and guards besides.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from pathlib import Path

import fasteners

from communique.errors import CasebookError

try:
    import fcntl
except ImportError:  # Windows, which does not tell who holds a lock.
    fcntl = None  # type: ignore[assignment]

# Seconds between two looks at a lock that another process holds.
_LOOK = 0.005
# The struct flock of the system: where it names the process, and the order of its fields (type first or last).
_LAYOUTS = {"linux": ("hhqqi4x", 4), "darwin": ("qqihh", 2)}


class Turnstile:
    """The two locks of one casebook for this process. It is used by one thread at a time (`door` sees to that)."""

    def __init__(self, path: Path):
        """Stand before the casebook whose real path this is; nothing is touched yet."""
        self._casebook = path
        self._turn = fasteners.InterProcessLock(path.with_name(f".{path.name}.turn"))
        self._room = fasteners.InterProcessReaderWriterLock(path.with_name(f".{path.name}.lock"))
        self._inside: str | None = None
        self.unguarded = False
        """Whether the room was entered without locks, for no lock file can be had: a folder that may not be written."""

    def enter(self, path: Path, *, writing: bool, until: float) -> None:
        """Wait at the turnstile and then for the room, until a moment of `time.monotonic`.

        A reader goes in without a lock where lock files cannot be made. Raises CasebookError, with `path` as the
        casebook's name, when the time is over; OSError where a writer can make no lock file.
        """
        try:
            self._make_files()
            self._enter(path, writing=writing, until=until)
            self.unguarded = False
        except OSError:
            if writing:
                raise
            self.unguarded = True
        except threading.ThreadError as error:
            # What a disk without locks says.
            raise CasebookError(
                f"{path}: cannot be locked ({error}); keep the casebook on a disk of this machine"
            ) from error
        self._inside = "writing" if writing else "reading"

    def _enter(self, path: Path, *, writing: bool, until: float) -> None:
        waiting = {"delay": _LOOK, "max_delay": _LOOK}
        if not self._turn.acquire(timeout=max(0.0, until - time.monotonic()), **waiting):
            try:
                # Who waits in the turnstile waits for the one in the room.
                raise in_use(path, self._in_room() or _holder_of(self._turn.lockfile))
            finally:
                self._turn.lockfile.close()
        try:
            take = self._room.acquire_write_lock if writing else self._room.acquire_read_lock
            if not take(timeout=max(0.0, until - time.monotonic()), **waiting):
                raise in_use(path, self._in_room())
        finally:
            self._turn.release()

    def leave(self) -> None:
        """Leave the room."""
        inside, self._inside = self._inside, None
        if self.unguarded or inside is None:
            return
        if inside == "writing":
            self._room.release_write_lock()
        else:
            self._room.release_read_lock()

    def somebody_waits(self) -> bool:
        """Tell whether another process stands in the turnstile; asked from inside the room."""
        if self.unguarded or self._passes():
            return False
        # Who only passes is through in a blink.
        time.sleep(_LOOK / 5)
        return not self._passes()

    def _passes(self) -> bool:
        if self._turn.acquire(blocking=False):
            self._turn.release()
            return True
        self._turn.lockfile.close()
        return False

    def _make_files(self) -> None:
        """Make the lock files where they are missing, so that whoever may read the casebook may wait for it."""
        for lock in (self._turn.path, self._room.path):
            if not os.path.exists(lock):
                readers = self._casebook.stat().st_mode & 0o444
                try:
                    made = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                except FileExistsError:
                    continue
                try:
                    os.chmod(lock, readers | readers >> 1)
                finally:
                    os.close(made)

    def _in_room(self) -> int | None:
        """Give a process that is in the room, which this one is not; None where the system does not tell."""
        try:
            self._room.acquire_write_lock(blocking=False)
            return _holder_of(self._room.lockfile)
        finally:
            self._room.release_write_lock()


def _holder_of(lockfile: object) -> int | None:
    layout = _LAYOUTS.get(sys.platform)
    if fcntl is None or layout is None or lockfile is None:
        return None
    form, place = layout
    lock = (0, 0, 0, fcntl.F_WRLCK, 0) if place == 2 else (fcntl.F_WRLCK, 0, 0, 0, 0)
    try:
        # Asked of the handle at hand, for closing another one would drop the locks of this process.
        told = fcntl.fcntl(lockfile, fcntl.F_GETLK, struct.pack(form, *lock))  # type: ignore[call-overload]
    except OSError:
        return None
    process = int(struct.unpack(form, told)[place])
    return process if process > 0 and process != os.getpid() else None


def in_use(path: Path, process: int | None) -> CasebookError:
    """Give the error of one who waited in vain, naming the process that has the casebook where it is known."""
    named = "another process" if process is None else f"process {process}"
    return CasebookError(f"{path}: is in use by {named}; wait until it is done, or end it")
