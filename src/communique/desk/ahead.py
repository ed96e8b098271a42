"""Working ahead: what pages begin with is worked out before somebody asks for it, anew after each change."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from communique.errors import CommuniqueError

# Seconds between two looks at the casebook; between two looks without a change it has come to rest.
_LOOK = 1.5
_log = logging.getLogger("communique.desk")


class WorkAhead:
    """A thread that does pieces of work when it is begun, and again each time the casebook has come to rest after a change."""

    def __init__(self, state: Callable[[], str], work: Iterable[Callable[[], object]], look: float = _LOOK) -> None:
        self._state = state
        self._work = tuple(work)
        self._look = look
        self._ended = threading.Event()

    def begin(self) -> None:
        """Start the thread; it never keeps the program from ending."""
        threading.Thread(target=self._run, name="work-ahead", daemon=True).start()

    def end(self) -> None:
        """Let it stop after the piece that it is at."""
        self._ended.set()

    def _run(self) -> None:
        done: str | None = None
        seen = self._state()
        while not self._ended.is_set():
            now = self._state()
            if now == seen and now != done:
                done = now
                self._do()
            seen = now
            self._ended.wait(self._look)

    def _do(self) -> None:
        for piece in self._work:
            if self._ended.is_set():
                return
            try:
                piece()
            except CommuniqueError as error:
                # Whoever asks for it is told; here nobody asked.
                _log.warning("working ahead: %s", error)
                return
