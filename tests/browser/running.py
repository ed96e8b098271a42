"""A desk as a process of its own, as a person starts it."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 90.0
"""Seconds that a step may take on a busy machine; a test that waits that long has failed."""


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """Where a desk answers, and the casebook it has open."""

    address: str
    casebook: Path

    def at(self, path: str) -> str:
        return self.address + path

    def get(self, path: str) -> str:
        """Give a page without a browser."""
        with urllib.request.urlopen(self.at(path), timeout=PATIENCE) as answer:
            words: bytes = answer.read()
        return words.decode("utf-8")


@contextmanager
def running_desk(casebook: Path, *options: str) -> Iterator[RunningDesk]:
    """Start `communique desk` on a casebook, give where it answers, and end it."""
    log = casebook.with_suffix(".log")
    command = [sys.executable, "-m", "communique", "desk", str(casebook), "--port", "0", *options]
    with log.open("wb") as told, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip().rstrip("/")
            assert address, log.read_text("utf-8")
            until(lambda: process.poll() is not None or answers(address + "/static/icon.svg"))
            assert process.poll() is None, log.read_text("utf-8")
            yield RunningDesk(address, casebook)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def answers(address: str) -> bool:
    """Tell whether an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE):
            return True
    except urllib.error.URLError:
        return False


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; TimeoutError where it never does."""
    last = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > last:
            raise TimeoutError(f"waited {PATIENCE:.0f} s in vain")
        time.sleep(0.05)
