"""Reading reports in a process of its own, so that the pages stay quick while one is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from communique.casebook.kept import ReportReading
from communique.desk.processes import ENDED, BesideProcess
from communique.errors import CasebookError, WorkerLost
from communique.pipeline import read_for_casebook
from communique.records import DroppedReport, Report

Made = TypeVar("Made")

MOST_WAITING = 16
"""Reports that wait to be read: each holds one of the threads that answer, and pages need some too."""


class Reader:
    """One process that reads reports one after the other; it begins at the first report and goes when closed."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._process = BesideProcess()
        self._room = threading.BoundedSemaphore(most_waiting)

    def warm_up(self) -> None:
        """Start the process, so that the first report need not wait for its models."""
        self._process.submit(read_for_casebook, Report("warm-up", "Panama recalled its ambassador from Cuba."))

    def read(self, report: Report, seconds: float = 300) -> ReportReading | DroppedReport:
        """Read one report; WorkerLost where the process ends or takes longer than so many seconds, CasebookError as for `do`."""
        return self.do(read_for_casebook, report, seconds)

    def do(self, work: Callable[[Report], Made], report: Report, seconds: float = 300) -> Made:
        """Do something with one report in the reading process, by a function of a module; WorkerLost as for `read`.

        Raises CasebookError where too many are waiting.
        """
        if not self._room.acquire(blocking=False):
            raise CasebookError("too many reports are waiting to be read; try again in a moment")
        try:
            return self._done(work, report, seconds)
        finally:
            self._room.release()

    def _done(self, work: Callable[[Report], Made], report: Report, seconds: float) -> Made:
        done = self._process.submit(work, report)
        try:
            return done.result(seconds)
        except (*ENDED, TimeoutError) as error:
            # Others that waited behind it lose their work with it; by then it is ended, and must not be once more.
            if not done.done():
                self.close()
            raise WorkerLost(f"{report.report_id}: the reading process ended before its work; try again") from error

    def close(self) -> None:
        """End the process, whatever it is at; a later report starts another."""
        self._process.end()
