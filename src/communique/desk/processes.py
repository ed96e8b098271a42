"""A process beside the pages, for what would hold them up; it can be ended in the midst of its work."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")

ENDED = (BrokenProcessPool, CancelledError)
"""What a piece of work raises whose process ended before it was done."""


class BesideProcess:
    """One process that does pieces of work one after the other; it begins at the first one and goes when ended.

    `begin` is called in it once, a function of a module. All methods may be called by any thread.
    """

    def __init__(self, begin: Callable[[], None] | None = None) -> None:
        self._begin = begin
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Future[Made]:
        """Have work done by a function of a module; where the process has ended, however it did, another begins."""
        with self._lock:
            if self._pool is not None:
                try:
                    return self._pool.submit(work, *given, **named)
                except BrokenProcessPool:
                    # It was ended from outside, perhaps while it had nothing to do and nobody was told.
                    _end(self._pool)
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (self._begin,))
            return self._pool.submit(work, *given, **named)

    def end(self) -> None:
        """End the process, whatever it is at; what waits for it raises one of ENDED. Later work begins another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)


def _begin(begin: Callable[[], None] | None) -> None:
    """Begin in the process itself: it goes with the desk, also where the desk was killed and could not end it."""
    threading.Thread(target=_go_with_parent, name="goes with the desk", daemon=True).start()
    if begin is not None:
        begin()


def _go_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the process of a pool: nothing is lost, for what it keeps is written whole or not at all."""
    for process in [*(pool._processes or {}).values()]:
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
