"""Working ahead: at the beginning, and again when the casebook has come to rest after a change; never in between."""

from __future__ import annotations

import threading

from communique.desk.ahead import WorkAhead
from communique.errors import CasebookError


class Casebook:
    """A casebook whose state is what the test says."""

    def __init__(self) -> None:
        self.now = "a"

    def state(self) -> str:
        return self.now


def test_it_works_at_the_beginning_and_after_a_change() -> None:
    casebook, done, worked = Casebook(), [], threading.Semaphore(0)

    def piece() -> None:
        done.append(casebook.now)
        worked.release()

    ahead = WorkAhead(casebook.state, [piece], look=0.001)
    ahead.begin()
    assert worked.acquire(timeout=10)
    casebook.now = "b"
    assert worked.acquire(timeout=10)
    ahead.end()
    assert done == ["a", "b"]


def test_what_goes_wrong_is_left_to_who_asks_and_the_next_change_is_worked_on() -> None:
    casebook, worked = Casebook(), threading.Semaphore(0)

    def piece() -> None:
        worked.release()
        if casebook.now == "a":
            raise CasebookError("in use")

    ahead = WorkAhead(casebook.state, [piece], look=0.001)
    ahead.begin()
    assert worked.acquire(timeout=10)
    casebook.now = "b"
    assert worked.acquire(timeout=10)
    ahead.end()


def test_it_ends_between_two_pieces() -> None:
    casebook, done, at_first, may_go_on = Casebook(), [], threading.Event(), threading.Event()

    def first() -> None:
        at_first.set()
        may_go_on.wait(10)
        done.append("first")

    ahead = WorkAhead(casebook.state, [first, lambda: done.append("second")], look=0.001)
    ahead.begin()
    assert at_first.wait(10)
    ahead.end()
    may_go_on.set()
    for thread in threading.enumerate():
        if thread.name == "work-ahead":
            thread.join(10)
    assert done == ["first"]
