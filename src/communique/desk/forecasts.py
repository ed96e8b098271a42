"""What takes long is worked out in a process of its own: forecasts, what-ifs, rankings, backtests.

A page asks a `Question`, and gets a `Progress`: the answer, or that it is in work, with the answer of an earlier state
of the casebook where there is one. The page then asks again after a while. The process keeps what it has learned in
the folder beside the casebook (`outlook.model_cache`), and in its memory while the casebook stays as it is.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, cast

from communique.casebook.store import Casebook
from communique.desk.processes import ENDED, BesideProcess
from communique.errors import CasebookError, UsageError, WorkerLost
from communique.outlook.backtest import Backtest, backtest
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import BY_PROBABILITY, outlook
from communique.outlook.history_cache import kept_history
from communique.outlook.keeping import KeptScore, ScoredForecast, kept_forecasts, kept_score, scored
from communique.outlook.model_cache import kept_model, model_folder
from communique.outlook.ranking.records import NextActors
from communique.outlook.records import Outlook
from communique.outlook.whatif import Hypothetical, WhatIf, whatif
from communique.pipeline import open_casebook

Answer = TypeVar("Answer")

MOST_KEPT = 64
MOST_WAITING = 16
MOST_PATIENT = 16
"""Requests that wait for an answer at once: each holds one of the threads that answer, and pages need some too."""
_NICENESS = 5
"""The process gives way to the pages: it may take its time, they may not."""


class Question(Generic[Answer]):
    """What can be asked: frozen, so that the same question is asked once; `answer` runs in the other process.

    What `takes_minutes` has a process to itself, so that others need not wait for it.
    """

    takes_minutes: ClassVar[bool] = False

    def answer(self, casebook: Casebook) -> Answer:
        """Work it out; UsageError for what cannot be asked."""
        raise NotImplementedError


@dataclass(frozen=True)
class OutlookAsked(Question[Outlook]):
    """What is likely between two actors, for one, or in the world; codes, as `outlook.forecast.outlook` takes them."""

    a: str | None = None
    b: str | None = None
    days: int = 30
    as_of: date | None = None
    top: int = 20
    by: str = BY_PROBABILITY

    def answer(self, casebook: Casebook) -> Outlook:
        """Foresee, learning first where no model is kept."""
        history = history_of(casebook)
        model = kept_model(history, model_folder(casebook.path), self.as_of, self.days)
        return outlook(history, self.a, self.b, self.days, self.as_of, model=model, top=self.top, by=self.by)


@dataclass(frozen=True)
class WhatIfAsked(Question[WhatIf]):
    """How the outlook shifts if some events had happened; of the dyads named, else of those of the events."""

    events: tuple[Hypothetical, ...]
    dyads: tuple[tuple[str, str], ...] = ()
    days: int = 30
    as_of: date | None = None

    def answer(self, casebook: Casebook) -> WhatIf:
        """Look at the outlook with and without the events."""
        history = history_of(casebook)
        day = self.as_of or max([*filter(None, (history.newest,)), *(event.day for event in self.events)])
        model = kept_model(history, model_folder(casebook.path), day, self.days)
        return whatif(history, self.events, self.dyads, self.days, day, model=model)


@dataclass(frozen=True)
class NextAsked(Question[NextActors]):
    """Who is next to undergo a type from `source`, or to do it to `target`; one of both is "?"."""

    source: str
    type: str
    target: str
    as_of: date | None = None
    most: int = 10

    def answer(self, casebook: Casebook) -> NextActors:
        """Rank, learning first where no ranking is kept."""
        # Loaded here: the libraries behind it would slow the start of the desk.
        from communique.outlook.ranking.history_ranking import kept_ranking
        from communique.outlook.ranking.next_actors import next_actors

        history = history_of(casebook)
        ranking = kept_ranking(history, model_folder(casebook.path), self.as_of)
        return next_actors(
            history, self.source, self.type, self.target, self.as_of, ranking=ranking, most=self.most
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """The forecasts that were kept, the newest first, with how they came out, and how good they were together."""

    forecasts: tuple[ScoredForecast, ...]
    score: KeptScore


@dataclass(frozen=True)
class ScoredAsked(Question[Scored]):
    """How the forecasts that were kept came out."""

    def answer(self, casebook: Casebook) -> Scored:
        """Hold each against what the casebook knows by now."""
        found = scored(history_of(casebook), kept_forecasts(casebook))
        return Scored(found[::-1], kept_score(found))


@dataclass(frozen=True)
class BacktestAsked(Question[Backtest]):
    """How good forecasts of so many days would have been from the last so many origins."""

    takes_minutes: ClassVar[bool] = True

    days: int = 30
    origins: int = 6
    until: date | None = None

    def answer(self, casebook: Casebook) -> Backtest:
        """Replay the past."""
        return backtest(history_of(casebook), self.days, self.origins, until=self.until)


def history_of(casebook: Casebook) -> EventHistory:
    """Give the history, from memory while the casebook stays as it is."""
    shelf = _shelf(casebook.path, casebook.state())
    if not shelf:
        shelf.append(kept_history(casebook))
    return shelf[0]


@lru_cache(maxsize=1)
def _shelf(path: Path, state: str) -> list[EventHistory]:
    """Give the place where the history of one state of a casebook lies, empty at first."""
    return []


def _begin() -> None:
    os.nice(_NICENESS)


def _work(path: Path, question: Question[Any]) -> Any:
    with open_casebook(path, read_only=True) as casebook:
        return question.answer(casebook)


@dataclass(frozen=True, slots=True)
class Progress(Generic[Answer]):
    """How far a question is: `answer` is None where there is none yet.

    `is_current` tells that the answer is of the casebook as it is now. `is_working` tells that one is in work, since
    `seconds`; ask again.
    """

    answer: Answer | None
    is_current: bool
    is_working: bool
    seconds: float = 0.0


@dataclass(slots=True)
class _InWork:
    """A question with the state of the casebook for which it is worked out, and the answer of an earlier one."""

    state: str
    future: Future[Any]
    before: Any = None
    begun: float = field(default_factory=time.monotonic)

    def made(self) -> Any:
        """Give the answer; None where there is none (yet)."""
        future = self.future
        return None if not future.done() or future.cancelled() or future.exception() else future.result()


class Forecaster:
    """Processes that answer questions one after the other; they begin at the first one and go when closed.

    One answers what takes seconds, another what takes minutes.
    """

    def __init__(self, casebook: Path, state: Callable[[], str]) -> None:
        self._casebook = casebook
        self._state = state
        self._lock = threading.Lock()
        self._patient = threading.BoundedSemaphore(MOST_PATIENT)
        self._process, self._process_of_minutes = BesideProcess(_begin), BesideProcess(_begin)
        self._asked: OrderedDict[Question[Any], _InWork] = OrderedDict()

    def ask(self, question: Question[Answer], patience: float = 0.0) -> Progress[Answer]:
        """Give the answer where it is there within `patience` seconds, else how far it is; the work goes on.

        Where many wait already it is told at once how far it is.
        What was asked before is not worked out again while the casebook stays as it is. Raises what answering raised,
        CasebookError where too much is waiting, WorkerLost where the process ended; asked again it is tried again.
        """
        state = self._state()
        with self._lock:
            asked = self._begun(question, state)
        try:
            answer = self._waited(asked.future, patience)
        except TimeoutError:
            return Progress(cast("Answer | None", asked.before), False, True, time.monotonic() - asked.begun)
        except ENDED as error:
            self._forget(question, asked)
            raise WorkerLost("the forecasting process ended before its work; load the page again") from error
        except UsageError:
            # What cannot be asked stays so while the casebook stays as it is.
            raise
        except Exception:
            # It may be over by the next time: the casebook was in use, the disk full.
            self._forget(question, asked)
            raise
        return Progress(cast(Answer, answer), asked.state == state, asked.state != state)

    def _waited(self, future: Future[Any], patience: float) -> Any:
        if not self._patient.acquire(blocking=False):
            return future.result(0)
        try:
            return future.result(patience)
        finally:
            self._patient.release()

    def known(self, question: Question[Answer]) -> Answer | None:
        """Give the answer for the casebook as it is now, None where there is none; nothing is begun."""
        with self._lock:
            asked = self._asked.get(question)
        return None if asked is None or asked.state != self._state() else cast("Answer | None", asked.made())

    def is_begun(self, question: Question[Any]) -> bool:
        """Tell whether a question is in work, or answered for the casebook as it is now; nothing is begun."""
        with self._lock:
            asked = self._asked.get(question)
        return asked is not None and (asked.state == self._state() or not asked.future.done())

    def close(self) -> None:
        """End the processes in the midst of their work; a later question starts others."""
        self._process.end()
        self._process_of_minutes.end()

    def _forget(self, question: Question[Any], asked: _InWork) -> None:
        with self._lock:
            if self._asked.get(question) is asked:
                del self._asked[question]

    def _begun(self, question: Question[Any], state: str) -> _InWork:
        """Give a question in work, begun where it is not, or where its answer is of an earlier state; holds the lock."""
        asked = self._asked.get(question)
        if asked is not None and (asked.state == state or not asked.future.done()):
            self._asked.move_to_end(question)
            return asked
        if sum(not each.future.done() for each in self._asked.values()) >= MOST_WAITING:
            raise CasebookError("too many forecasts are waiting to be worked out; try again in a minute")
        before = asked.made() if asked is not None else None
        process = self._process_of_minutes if question.takes_minutes else self._process
        begun = _InWork(state, process.submit(_work, self._casebook, question), before)
        self._asked[question] = begun
        self._asked.move_to_end(question)
        while len(self._asked) > MOST_KEPT:
            self._asked.popitem(last=False)
        return begun
