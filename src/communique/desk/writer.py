"""One writer with a queue: all that pages change in the casebook goes through it, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from communique.errors import CasebookError

Done = TypeVar("Done")

MOST_WAITING = 100


class Writer:
    """Runs writes one at a time, in the order in which they were asked for; the asker waits for its own."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._room = threading.BoundedSemaphore(most_waiting)

    def do(self, write: Callable[[], Done]) -> Done:
        """Run `write` when its turn comes and give what it gave; what it raises is raised here.

        Raises CasebookError where too many are waiting.
        """
        if not self._room.acquire(blocking=False):
            raise CasebookError("too many changes are waiting to be written; try again in a moment")
        try:
            try:
                waiting = self._thread.submit(write)
            except RuntimeError as error:
                raise CasebookError("the desk is closing; nothing was changed, open it again") from error
            return waiting.result()
        finally:
            self._room.release()

    def close(self) -> None:
        """Finish what is being written, and take no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)
