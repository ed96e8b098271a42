"""A casebook at hand: how it is opened and closed, and how the methods of its classes get to the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from communique.casebook import folds
from communique.casebook.door import door_to
from communique.casebook.opening import OlderCasebook, check_place, default_path, translated
from communique.errors import CasebookError, UsageError

PATIENCE = 30.0


class Handle:
    """What all parts of a casebook share; a person works with `store.Casebook`."""

    def __init__(self, path: Path, *, read_only: bool, folding: folds.Folding | None, patience: float):
        self.path = path
        self.read_only = read_only
        self.patience = patience
        self._folding = folding
        self._door = door_to(path)
        self._closed = False

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        read_only: bool = False,
        fold: folds.Fold | None = None,
        fold_new: folds.FoldNew | None = None,
        patience: float = PATIENCE,
    ) -> Self:
        """Open the casebook at `path`, or at `default_path()`; a missing one is made, an older one backed up and migrated.

        `fold` tells which events of different reports are one act (`folding.fold_events`); with it every `add` folds
        what came in with what lies near, by `fold_new` (`folding.fold_new`) just as if all were folded anew. Without
        it each event is an act of its own, but for what persons decide.

        Other processes and threads may have it open at the same time, for reading and for writing. Where one waits for
        another it waits `patience` seconds at most. With `read_only` the file is never opened for writing.

        Raises CasebookError: a folder, no casebook, damaged, newer, in use too long, not writable; the file stays as it
        was. Raises UsageError for a patience below nothing.
        """
        if not patience >= 0:
            raise UsageError(f"patience {patience}: give seconds, from 0")
        place = default_path() if path is None else Path(path)
        folding = None if fold is None else folds.Folding(fold, fold_new)
        try:
            check_place(place, read_only=read_only)
            older = False
        except OlderCasebook:
            if read_only:
                raise
            older = True
        made = cls(place, read_only=read_only, folding=folding, patience=patience)
        if older:
            # The door migrates what it opens for writing.
            with made._writing():
                pass
        else:
            with made._reading():
                pass
        return made

    def close(self) -> None:
        """Close the casebook; closing twice does nothing."""
        if not self._closed:
            self._closed = True
            with translated(self.path):
                self._door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def state(self) -> str:
        """Give a token that changes whenever anything in the casebook changed, whoever changed it; for caches.

        It may change where nothing did. It looks at the file and its log from outside, which takes microseconds.
        Take it before you ask: what was asked then is of this state or a later one.
        """
        marks = []
        for name in (self.path, self.path.with_name(self.path.name + ".wal")):
            try:
                found = os.stat(name)
            except OSError:
                marks.append("-")
            else:
                marks.append(f"{found.st_ino:x}.{found.st_size:x}.{found.st_mtime_ns:x}")
        return "/".join(marks)

    @contextmanager
    def _writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection with a transaction, which is kept when the block ends well and undone when not."""
        self._check_open()
        if self.read_only:
            raise CasebookError(f"{self.path}: was opened for reading only; open it without read_only to change it")
        with self._door.writing(self.path, self.patience) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection of its own to the file, so that readers and a writer do not meet."""
        self._check_open()
        with self._door.reading(self.path, self.patience) as connection:
            yield connection

    def _check_open(self) -> None:
        if self._closed:
            raise CasebookError(f"{self.path}: was closed; open it again")
