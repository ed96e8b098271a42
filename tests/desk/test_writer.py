"""The writer's queue: one write at a time, in order; what goes wrong reaches the asker."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from communique.desk.writer import Writer
from communique.errors import CasebookError, UsageError


def test_writes_run_one_at_a_time() -> None:
    writer, inside, most = Writer(), [], []

    def write() -> int:
        inside.append(1)
        most.append(len(inside))
        inside.pop()
        return threading.get_ident()

    with ThreadPoolExecutor(8) as askers:
        threads = list(askers.map(lambda _: writer.do(write), range(50)))
    writer.close()
    assert len(most) == 50
    assert max(most) == 1
    assert len(set(threads)) == 1


def test_what_a_write_raises_reaches_who_asked_for_it_and_nobody_else() -> None:
    writer = Writer()

    def fails() -> None:
        raise UsageError("no such event")

    with pytest.raises(UsageError, match="no such event"):
        writer.do(fails)
    assert writer.do(lambda: "kept") == "kept"
    writer.close()


def test_too_many_that_wait_are_turned_away_with_the_mend() -> None:
    writer, begun, may_go_on = Writer(most_waiting=1), threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        may_go_on.wait(10)

    first = threading.Thread(target=writer.do, args=(long,))
    first.start()
    begun.wait(10)
    with pytest.raises(CasebookError, match="try again in a moment"):
        writer.do(lambda: None)
    may_go_on.set()
    first.join()
    writer.close()


def test_a_closed_writer_says_that_nothing_was_changed() -> None:
    writer = Writer()
    writer.close()
    with pytest.raises(CasebookError, match="nothing was changed"):
        writer.do(lambda: None)
