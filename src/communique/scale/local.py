"""Worker processes on this machine: jobs out in order, answers back in the same order, few at a time.

Each worker is a fresh interpreter, as `spawn` makes it, but it never imports the script that started it:
no `if __name__ == "__main__"` is needed. It computes on one thread, so that as many workers as there
are cores do not get in each other's way, and it loads the model once.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Generic, TypeVar, cast

from communique.errors import UsageError, WorkerLost

Job = TypeVar("Job")
Done = TypeVar("Done")

JOBS_PER_WORKER = 2
"""How many jobs a worker has at hand: the one it does, and the next."""

MOST_WORKERS = 512

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What a worker's environment says, so that numpy, BLAS, OpenMP and tokenizers keep to one thread."""

# The path is the parent's own, so that the worker finds the same modules and none in a folder of reports.
_START = "import sys; sys.path[:] = sys.argv[1:]; from communique.scale.child import serve; serve()"
_SECONDS_TO_END = 5.0


def check_workers(workers: int) -> None:
    """Raise UsageError for a number of workers that cannot be."""
    if isinstance(workers, bool) or not isinstance(workers, int) or not 1 <= workers <= MOST_WORKERS:
        raise UsageError(f"workers {workers!r}: give a whole number from 1 to {MOST_WORKERS}, such as your cores")


def in_order(call: Callable[[Job], Done], jobs: Iterable[Job], workers: int) -> Generator[Done, None, None]:
    """Give `call(job)` for each job, computed by worker processes, lazily and in the order of the jobs.

    `call` is a function of a module (or a partial of one), for it is sent to the workers by name. At
    most JOBS_PER_WORKER jobs a worker are taken from `jobs` ahead of the answer that is given. An
    error in `jobs`, and one that `call` raises, is raised after the answers to the jobs before it.

    Raises UsageError for a number of workers that cannot be, at the first step, and WorkerLost where a
    worker ends before its job: it names the process, what it did last, and the mend.
    """
    check_workers(workers)
    crew: _Crew[Job, Done] = _Crew(call, workers)
    waiting: deque[Future[Done]] = deque()
    source = iter(jobs)
    more = True
    try:
        while more or waiting:
            while more and len(waiting) < workers * JOBS_PER_WORKER:
                try:
                    waiting.append(crew.give(next(source)))
                except StopIteration:
                    more = False
                except Exception:
                    while waiting:
                        yield waiting.popleft().result()
                    raise
            if waiting:
                yield waiting.popleft().result()
    finally:
        crew.end()


class _Crew(Generic[Job, Done]):
    """Threads of which each owns a worker process, which it starts with its first job."""

    def __init__(self, call: Callable[[Job], Done], workers: int) -> None:
        self._call = call
        self._workers = workers
        self._own = threading.local()
        self._lock = threading.Lock()
        self._ended = False
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="communique-worker")

    def give(self, job: Job) -> Future[Done]:
        """Hand out a job; the answer comes later."""
        return self._threads.submit(self._ask, job)

    def end(self) -> None:
        """End every worker: at once where it is still at work, and wait until all are gone."""
        with self._lock:
            self._ended = True
            processes = list(self._processes)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        self._threads.shutdown(wait=True)
        for process in processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)

    def _ask(self, job: Job) -> Done:
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is None:
            process = self._own.process = self._start()
        try:
            if not getattr(self._own, "told", False):
                pickle.dump(self._call, _pipe(process.stdin))
                self._own.told = True
            pickle.dump(job, _pipe(process.stdin), protocol=pickle.HIGHEST_PROTOCOL)
            _pipe(process.stdin).flush()
            done, error = pickle.load(_pipe(process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as broken:
            raise WorkerLost(self._last_words(process, job)) from broken
        if error is not None:
            raise error
        return cast(Done, done)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the worker of this thread."""
        warnings = [f"-W{option}" for option in sys.warnoptions]
        with self._lock:
            if self._ended:
                raise WorkerLost("the workers are being ended")
            try:
                process = subprocess.Popen(
                    [sys.executable, *warnings, "-c", _START, *sys.path],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env={**os.environ, **ONE_THREAD},
                    # A group of its own: Ctrl-C in the terminal reaches the parent only, which ends the workers.
                    process_group=0 if os.name == "posix" else None,
                )
            except OSError as error:
                number = len(self._processes) + 1
                raise WorkerLost(
                    f"worker {number} of {self._workers} cannot be started: {error.strerror or error}; run again"
                    f" with fewer --workers (workers=…)"
                ) from error
            self._processes.append(process)
        return process

    def _last_words(self, process: subprocess.Popen[bytes], job: Job) -> str:
        """Say which worker was lost, how it ended, with what at hand, and what to do."""
        try:
            code: int | None = process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            code = None
        how = "stopped answering" if code is None else f"ended with code {code}"
        mend = "what it wrote on standard error says why; run again, or with --workers 1 (workers=1)"
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            how = f"was ended by {name}"
            if -code == signal.SIGKILL:
                mend = "most likely the memory ran out; run again with fewer --workers (workers=…)"
        number = self._processes.index(process) + 1
        return f"worker {number} of {self._workers} (process {process.pid}) {how} while it had {job}; {mend}"


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # Popen was asked for it
    return pipe


def _close(pipe: IO[bytes] | None) -> None:
    try:
        _pipe(pipe).close()
    except OSError:
        # What was still to be sent has nobody to go to.
        return
