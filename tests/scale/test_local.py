"""Worker processes: the order, the bounds, and what becomes of errors and of workers that die."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest

import communique
from communique.errors import UsageError, WorkerLost
from communique.pipeline import read_all
from communique.records import DroppedReport, Report
from communique.scale.chunks import Manner, answer, cut
from communique.scale.local import JOBS_PER_WORKER, in_order
from tests.scale.inputs import die_at_three, double, make_reports, process_id, read_with_faults, threads


def test_answers_come_in_the_order_of_the_jobs_however_many_work() -> None:
    for workers in (1, 3):
        assert list(in_order(double, range(40), workers)) == [2 * number for number in range(40)]
    assert list(in_order(double, [], 2)) == []


def test_the_stream_is_lazy_and_the_jobs_ahead_are_bounded() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    with closing(in_order(double, endless(), 2)) as answers:
        assert [next(answers) for _ in range(5)] == [2, 4, 6, 8, 10]
        assert taken <= 5 + 2 * JOBS_PER_WORKER


def test_workers_are_other_processes_of_one_thread_and_go_with_the_stream() -> None:
    with closing(in_order(process_id, range(100), 2)) as answers:
        found = {next(answers) for _ in range(20)}
    assert os.getpid() not in found
    for process in found:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert list(in_order(threads, [0], 1)) == [["1", "1", "false"]]


def test_a_worker_that_dies_is_named_with_its_work_and_the_mend() -> None:
    answers = in_order(die_at_three, range(50), 2)
    assert [next(answers) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(
        WorkerLost, match=r"worker \d of 2 \(process \d+\) was ended by SIGKILL .* 3; .*fewer --workers"
    ):
        list(answers)


def test_an_error_in_a_job_is_raised_in_its_place() -> None:
    answers = in_order(math.sqrt, [4.0, -1.0, 9.0], 2)
    assert next(answers) == 2.0
    with pytest.raises(ValueError, match="math domain"):
        next(answers)


def test_an_error_of_the_source_comes_after_the_answers_before_it() -> None:
    def source() -> Iterator[int]:
        yield from (1, 2, 3)
        raise OSError("the disk has gone")

    answers = in_order(double, source(), 2)
    assert [next(answers) for _ in range(3)] == [2, 4, 6]
    with pytest.raises(OSError, match="gone"):
        next(answers)


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "2", 100_000])
def test_a_number_of_workers_that_cannot_be_is_refused_at_the_call(workers: object) -> None:
    with pytest.raises(UsageError, match="whole number"):
        communique.read_many([], workers=workers)  # type: ignore[arg-type]


def test_two_workers_give_the_events_of_one_in_their_order() -> None:
    reports = make_reports(75)
    one = list(communique.read_many(reports))
    assert list(communique.read_many(iter(reports), workers=2)) == one
    assert [event.report_id for event in one] == sorted(
        (event.report_id for event in one), key=lambda name: int(name[1:])
    )


def test_two_workers_tell_what_one_tells_in_its_place() -> None:
    items: list[Report | DroppedReport] = list(make_reports(70))
    for place in (0, 20, 64, 70):
        items.insert(place, DroppedReport(f"junk {place}", "it is junk"))
    one = list(read_all(items, with_sentences=True))
    assert list(read_all(items, 2, with_sentences=True)) == one
    assert sum(isinstance(outcome, DroppedReport) for outcome in one) == 4


def test_a_fault_in_a_worker_is_told_or_raised_as_in_one_process() -> None:
    reports = make_reports(36)
    manner = Manner(read_with_faults)
    alone = [outcome for chunk in cut(reports) for outcome in answer(manner, chunk).outcomes]
    assert [o for done in in_order(partial(answer, manner), cut(reports), 2) for o in done.outcomes] == alone
    assert sum(isinstance(outcome, DroppedReport) for outcome in alone) == 4
    raised = [done.error for done in in_order(partial(answer, Manner(read_with_faults, False)), cut(reports), 2)]
    assert [type(error) for error in raised] == [IndexError, IndexError]
