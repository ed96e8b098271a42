"""Ending a process of the desk, also in the midst of its work."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor


def end_at_once(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool: nothing is lost, for what they keep is written whole or not at all."""
    for process in [*(pool._processes or {}).values()]:
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
