"""The same reading on Ray Data: blocks of the input go to actors, each of which loads the model once.

The only file that imports Ray, and only when it is asked to run: Ray is the optional extra `ray`. What
travels is small: an actor gets the place of a block, reads it and writes its shard itself, so input and
output must be on a disk that all nodes share. Ray's usage reports are off before it is imported.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Callable, Generator, Sequence
from importlib.util import find_spec
from typing import Any

from communique.errors import CommuniqueError, MissingLibrary, UsageError, WorkerLost
from communique.reports import Block
from communique.scale.local import ONE_THREAD
from communique.scale.program import program
from communique.scale.shards import Step

_SECONDS_TO_ANSWER = 10.0

INSTALL = "pip install 'communique[ray]'"


class BlockReader:
    """An actor: takes batches of blocks and gives the steps they came to."""

    def __init__(self, call: Callable[[Block], Step], expected: str) -> None:
        if program() != expected:
            raise UsageError(f"a node of the cluster has {program()}, and not {expected}: install the same on all")
        self._call = call

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[int]]:
        """Read each block of a batch and write its shard."""
        steps = [self._call(Block.from_row(json.loads(str(written)))) for written in batch["block"]]
        return {"outcomes": [step.outcomes for step in steps], "events": [step.events for step in steps]}


def on_ray(
    call: Callable[[Block], Step], blocks: Sequence[Block], *, workers: int | None = None, address: str | None = None
) -> Generator[Step, None, None]:
    """Give `call(block)` for each block as it is done, in no order, by actors on Ray.

    Without `address` a Ray of this machine is started, with `workers` CPUs or all; with it, the cluster
    there is used, with at most `workers` actors of one CPU each, or as many as it has CPUs.

    Raises UsageError where Ray is not installed or no cluster answers, and WorkerLost where an actor fails.
    """
    ray = _ray()
    _start(ray, workers, address)
    try:
        available = max(1, int(ray.cluster_resources().get("CPU", 1)))
        most = workers or available
        rows = [{"block": json.dumps(block.as_row())} for block in blocks]
        pool = ray.data.ActorPoolStrategy(min_size=min(most, available), max_size=most)
        done = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            BlockReader, batch_size=1, compute=pool, num_cpus=1, fn_constructor_args=(call, program())
        )
        for batch in done.iter_batches(batch_size=None):
            for outcomes, events in zip(batch["outcomes"], batch["events"], strict=True):
                yield Step(int(outcomes), int(events))
    except ray.exceptions.RayError as error:
        raise _translated(error) from error
    finally:
        ray.shutdown()


def check_installed() -> None:
    """Raise MissingLibrary, with the mend, where Ray is not installed; without importing it."""
    if find_spec("ray") is None:
        raise MissingLibrary(f"--engine ray needs Ray, which is not installed: {INSTALL}")


def _ray() -> Any:
    """Import Ray, quiet and without its usage reports."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    check_installed()
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError(
            f"--engine ray needs Ray with its part `data`, which is broken ({error}): {INSTALL}"
        ) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    return ray


def _start(ray: Any, workers: int | None, address: str | None) -> None:
    """Start a Ray of this machine, or join the cluster at an address.

    An address that is named gets Ray's token only where the user has said so (RAY_AUTH_MODE=token): that is
    Ray's rule, which keeps the token from a stranger's machine, and ours.
    """
    if address is not None:
        _check_address(address)
    here: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(
            address or "local",
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": ONE_THREAD},
            **(here if address is None else {}),
        )
    except (ConnectionError, ValueError, RuntimeError) as error:
        if address is None:
            raise WorkerLost(f"Ray cannot be started on this machine: {error}") from error
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise _no_cluster(address, reason) from error


def _check_address(address: str) -> None:
    """Raise UsageError where nothing answers at an address at all, for Ray itself tries for many minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdigit():
        # "auto", or a name that only Ray knows.
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS_TO_ANSWER).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, str(error)) from error


def _no_cluster(address: str, reason: str) -> UsageError:
    return UsageError(
        f"--address {address}: no Ray cluster can be used there ({reason}); start one with `ray start --head`, set"
        f" RAY_AUTH_MODE=token where it asks for Ray's token, or leave --address out to use this machine"
    )


def _translated(error: Exception) -> CommuniqueError:
    """Give Ray's error as ours: the cause that an actor met, where it was one of ours, or its last line."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, CommuniqueError):
        cause = getattr(cause, "cause", None) or cause.__cause__
    if isinstance(cause, CommuniqueError):
        return cause
    lines = [line for line in str(error).splitlines() if line.strip()]
    return WorkerLost(
        f"a Ray actor failed: {lines[-1].strip() if lines else type(error).__name__}; are communique and the input on"
        f" every node? What is done is kept: run the same command again to go on"
    )
