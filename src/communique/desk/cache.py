"""What was worked out for one state of the casebook, kept until the casebook changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Answer = TypeVar("Answer")

MOST_ANSWERS = 256


class Answers:
    """Answers by key, all of one state; of several threads that ask for the same, one works and the others wait.

    A new state empties it. At most MOST_ANSWERS are kept, those asked for longest ago go first. An error is not kept.
    """

    def __init__(self, state: Callable[[], str], most: int = MOST_ANSWERS) -> None:
        self._state_of_casebook = state
        self._most = most
        self._lock = threading.Lock()
        self._state = ""
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._in_work: dict[Hashable, threading.Lock] = {}

    def of(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Give the answer kept under `key`, or make it and keep it."""
        state = self._state_of_casebook()
        with self._lock:
            if state != self._state:
                self._state = state
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Answer, self._kept[key])
            turn = self._in_work.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if state == self._state and key in self._kept:
                    return cast(Answer, self._kept[key])
            try:
                answer = make()
            finally:
                with self._lock:
                    self._in_work.pop(key, None)
            with self._lock:
                if state == self._state:
                    self._kept[key] = answer
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
            return answer

    def has(self, key: Hashable) -> bool:
        """Tell whether an answer is kept for the casebook as it is now."""
        state = self._state_of_casebook()
        with self._lock:
            return state == self._state and key in self._kept
