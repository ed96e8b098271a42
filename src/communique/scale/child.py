"""What runs in a worker process: a function comes first, then one job after another, each with its answer.

Only our own parent talks to it, through the pipes that it was started with; nothing of a report is executed.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO


def serve() -> None:
    """Answer jobs from standard input on what was standard output, until the parent closes or is gone."""
    # Ctrl-C is for the parent, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb") as answers:
        # A stray print of some library must not get among the answers.
        os.dup2(2, 1)
        try:
            _answer_all(sys.stdin.buffer, answers)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            # The parent has gone, perhaps in the middle of a word.
            os._exit(0)


def _answer_all(jobs: BinaryIO, answers: BinaryIO) -> None:
    call: Callable[[Any], Any] = pickle.load(jobs)
    while True:
        job = pickle.load(jobs)
        reply: tuple[Any, Exception | None]
        try:
            reply = call(job), None
        except Exception as error:  # noqa: BLE001
            # Whatever it is, the parent raises it in the place where one process would have.
            reply = None, sendable(error)
        pickle.dump(reply, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def sendable(error: Exception) -> Exception:
    """Give the error itself where it survives the way to another process, else one with the same words."""
    try:
        pickle.loads(pickle.dumps(error))
    except (pickle.PickleError, TypeError, ValueError, AttributeError, ImportError, LookupError):
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
