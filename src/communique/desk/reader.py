"""Reading reports in a process of its own, so that the pages stay quick while one is read."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from communique.casebook.kept import ReportReading
from communique.desk.processes import end_at_once
from communique.errors import WorkerLost
from communique.pipeline import read_for_casebook
from communique.records import DroppedReport, Report

Made = TypeVar("Made")


def _read(report: Report) -> ReportReading | DroppedReport:
    return read_for_casebook(report)


class Reader:
    """One process that reads reports one after the other; it begins at the first report and goes when closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def warm_up(self) -> None:
        """Start the process, so that the first report need not wait for its models."""
        self._begun().submit(_read, Report("warm-up", "Panama recalled its ambassador from Cuba."))

    def read(self, report: Report, seconds: float = 300) -> ReportReading | DroppedReport:
        """Read one report; WorkerLost where the process ends or takes longer than so many seconds."""
        return self.do(_read, report, seconds)

    def do(self, work: Callable[[Report], Made], report: Report, seconds: float = 300) -> Made:
        """Do something with one report in the reading process, by a function of a module; WorkerLost as for `read`."""
        try:
            return self._begun().submit(work, report).result(seconds)
        except (BrokenProcessPool, TimeoutError) as error:
            self.close()
            raise WorkerLost(f"{report.report_id}: the reading process ended before its work; try again") from error

    def close(self) -> None:
        """End the process, whatever it is at; a later report starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            end_at_once(pool)

    def _begun(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
            return self._pool
