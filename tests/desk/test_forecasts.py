"""What takes long is worked out in a process beside the pages; a page gets the answer, or hears how far it is."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.casebook.store import Casebook
from communique.desk.forecasts import MOST_PATIENT, MOST_WAITING, Forecaster, Question
from communique.errors import CasebookError, UsageError, WorkerLost


@dataclass(frozen=True)
class Reports(Question[int]):
    """How many reports there are; `seconds` is how long one takes to say so."""

    seconds: float = 0.0

    def answer(self, casebook: Casebook) -> int:
        time.sleep(self.seconds)
        return casebook.contents().reports


@dataclass(frozen=True)
class Wrong(Question[int]):
    def answer(self, casebook: Casebook) -> int:
        raise UsageError("that cannot be asked")


@dataclass(frozen=True)
class Fatal(Question[int]):
    def answer(self, casebook: Casebook) -> int:
        os._exit(1)


@dataclass(frozen=True)
class Process(Question[int]):
    """The number of the process that answers."""

    def answer(self, casebook: Casebook) -> int:
        return os.getpid()


@dataclass(frozen=True)
class InUse(Question[int]):
    """How many reports there are; cannot be said as long as a file lies there."""

    file: Path

    def answer(self, casebook: Casebook) -> int:
        if self.file.exists():
            raise CasebookError("somebody has it open; wait")
        return casebook.contents().reports


@dataclass(frozen=True)
class Replay(Question[int]):
    takes_minutes = True

    def answer(self, casebook: Casebook) -> int:
        time.sleep(600)
        return 0


class State:
    """The state of a casebook, as the test sets it."""

    now = "first"

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def forecaster(read_casebook: Path, state: State) -> Iterator[Forecaster]:
    made = Forecaster(read_casebook, state)
    yield made
    made.close()


def test_a_question_is_answered_in_time_or_in_work(forecaster: Forecaster) -> None:
    first = forecaster.ask(Reports(0.5))
    assert (first.answer, first.is_current, first.is_working) == (None, False, True)
    done = forecaster.ask(Reports(0.5), 60)
    assert (done.answer, done.is_current, done.is_working) == (3, True, False)
    assert forecaster.known(Reports(0.5)) == 3
    assert forecaster.known(Reports(0.25)) is None


def test_when_the_casebook_changes_the_former_answer_is_shown_meanwhile(forecaster: Forecaster, state: State) -> None:
    forecaster.ask(Reports(0.3), 60)
    state.now = "second"
    assert forecaster.known(Reports(0.3)) is None
    meanwhile = forecaster.ask(Reports(0.3))
    assert (meanwhile.answer, meanwhile.is_current, meanwhile.is_working) == (3, False, True)
    assert forecaster.ask(Reports(0.3), 60).is_current


def test_what_cannot_be_asked_is_raised_where_it_was_asked(forecaster: Forecaster) -> None:
    with pytest.raises(UsageError, match="that cannot be asked"):
        forecaster.ask(Wrong(), 60)
    assert forecaster.known(Wrong()) is None
    assert forecaster.ask(Reports(), 60).answer == 3


def test_a_process_that_dies_is_told_and_another_takes_its_place(forecaster: Forecaster) -> None:
    with pytest.raises(WorkerLost, match="load the page again"):
        forecaster.ask(Fatal(), 60)
    assert forecaster.ask(Reports(), 60).answer == 3


def test_a_process_that_died_while_it_had_nothing_to_do_is_replaced(forecaster: Forecaster) -> None:
    died = forecaster.ask(Process(), 60).answer
    assert died is not None
    os.kill(died, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(died, 0)
        except ProcessLookupError:
            break
        time.sleep(0.02)
    assert forecaster.ask(Reports(), 60).answer == 3


def test_a_fault_that_may_be_over_is_tried_again(forecaster: Forecaster, tmp_path: Path) -> None:
    file = tmp_path / "in use"
    file.touch()
    with pytest.raises(CasebookError, match="somebody has it open"):
        forecaster.ask(InUse(file), 60)
    file.unlink()
    assert forecaster.ask(InUse(file), 60).answer == 3


def test_too_many_questions_at_once_are_refused(forecaster: Forecaster) -> None:
    for number in range(MOST_WAITING):
        forecaster.ask(Reports(600.0 + number))
    with pytest.raises(CasebookError, match="too many forecasts are waiting"):
        forecaster.ask(Reports())


def test_who_comes_when_many_wait_for_an_answer_is_told_at_once_how_far_it_is(forecaster: Forecaster) -> None:
    asked = Reports(600.0)
    with ThreadPoolExecutor(MOST_PATIENT) as visitors:
        waiting = [visitors.submit(forecaster.ask, asked, 600.0) for _ in range(MOST_PATIENT)]
        while forecaster._patient.acquire(blocking=False):
            forecaster._patient.release()
            time.sleep(0.01)
        assert forecaster.ask(asked, 600.0).is_working
        forecaster.close()
        assert all(isinstance(one.exception(60), WorkerLost) for one in waiting)


def test_closing_ends_the_work_and_a_later_question_begins_anew(forecaster: Forecaster) -> None:
    forecaster.ask(Reports(600.0))
    forecaster.close()
    assert forecaster.ask(Reports(), 60).answer == 3
    with pytest.raises(WorkerLost):
        forecaster.ask(Reports(600.0))


def test_what_takes_minutes_keeps_nobody_waiting(forecaster: Forecaster) -> None:
    forecaster.ask(Replay())
    assert forecaster.ask(Reports(), 60).answer == 3
    assert forecaster.is_begun(Replay())
    assert not forecaster.is_begun(Reports(1.0))
