"""One writer with a queue: all that pages change in the casebook goes through it, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TypeVar

from communique.errors import CasebookError

Done = TypeVar("Done")

MOST_WAITING = 24
"""Each that waits holds one of the threads that answer, and pages need some too."""
_CLOSING = "the desk is closing; nothing was changed, open it again"


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
            return self._submitted(write).result()
        except CancelledError as error:
            raise CasebookError(_CLOSING) from error
        finally:
            self._room.release()

    def _submitted(self, write: Callable[[], Done]) -> Future[Done]:
        try:
            return self._thread.submit(write)
        except RuntimeError as error:
            # It takes no more after `close`.
            raise CasebookError(_CLOSING) from error

    def close(self) -> None:
        """Finish what is being written, and take no more."""
        self._thread.shutdown(wait=True, cancel_futures=True)
