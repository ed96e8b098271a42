"""The processes beside the pages: they go with the desk, however it goes, and few may wait for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from communique.desk.reader import Reader
from communique.desk.serve import listening
from communique.errors import CasebookError, UsageError, WorkerLost
from communique.records import Report

_DESK = """
import os, time
from communique.desk.processes import BesideProcess
beside = BesideProcess()
print(beside.submit(os.getpid).result(), flush=True)
beside.submit(time.sleep, 600)
time.sleep(600)
"""


def _is_there(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    # One that has ended and was not asked for yet is a zombie.
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc, to see which processes there are")
def test_a_desk_that_is_killed_leaves_no_process_behind() -> None:
    desk = subprocess.Popen([sys.executable, "-c", _DESK], stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    beside = int(desk.stdout.readline())
    assert _is_there(beside)
    desk.kill()
    desk.wait()
    desk.stdout.close()
    until = time.monotonic() + 20
    while _is_there(beside) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        assert not _is_there(beside)
    finally:
        with suppress(ProcessLookupError):
            os.kill(beside, signal.SIGKILL)


def _sleeps(report: Report) -> str:
    time.sleep(600)
    return report.report_id


def test_who_comes_when_many_reports_wait_is_turned_away_with_the_mend() -> None:
    reader = Reader(most_waiting=1)
    ended: list[BaseException] = []

    def waits() -> None:
        try:
            reader.do(_sleeps, Report("first", "Panama recalled its ambassador from Cuba."))
        except WorkerLost as error:
            ended.append(error)

    first = threading.Thread(target=waits)
    first.start()
    while reader._room.acquire(blocking=False):
        reader._room.release()
        time.sleep(0.01)
    with pytest.raises(CasebookError, match="try again in a moment"):
        reader.read(Report("second", "Panama recalled its ambassador from Cuba."))
    while first.is_alive():
        # It may not have begun yet.
        reader.close()
        first.join(0.2)
    assert len(ended) == 1


def test_two_desks_that_start_at_once_do_not_both_get_one_address() -> None:
    with listening("127.0.0.1", 0) as first, pytest.raises(UsageError, match="name another port"):
        listening("127.0.0.1", first.getsockname()[1])
