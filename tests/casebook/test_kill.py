"""kill −9 at any moment leaves a casebook that opens, and adding again completes it without doubles."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communique.casebook import Added, Casebook
from tests.casebook.made import TEXT, event, reading

REPORTS = 60
ADDING = """
import sys
from communique.casebook import Casebook, writing
from tests.casebook.test_kill import some_readings
writing.batches.__defaults__ = (3,)
print("ready", flush=True)
with Casebook.open(sys.argv[1]) as casebook:
    casebook.add(some_readings(sys.argv[2]))
print("done", flush=True)
"""


def some_readings(version: str) -> list[object]:
    return [
        reading(f"paper-{n}", event(f"{n}-a", f"paper-{n}"), event(f"{n}-b", f"paper-{n}"), text=TEXT + version)
        for n in range(REPORTS)
    ]


def add_and_kill(place: Path, version: str, seconds: float) -> bool:
    """Add in another process and kill it some time after it began; tell whether it was done before."""
    command = [sys.executable, "-c", ADDING, str(place), version]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
        return process.stdout.read() == "done\n"


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_random_moments(place: Path, seed: int) -> None:
    moment = random.Random(seed)
    add_and_kill(place, "", moment.uniform(0.0, 0.3))
    add_and_kill(place, "", moment.uniform(0.05, 0.6))
    before = place.exists()
    with Casebook.open(place) as casebook:
        there = casebook.contents()
        assert there.reports % 3 == 0 or there.reports == REPORTS
        assert there.events == there.tellings == there.moves == 2 * there.reports
        done = casebook.add(some_readings(""))  # type: ignore[arg-type]
        assert done == Added(added=REPORTS - there.reports, unchanged=there.reports, events=2 * done.added)
        assert before or there.reports == 0
    # Now every report has changed, and is superseded while the process is killed.
    add_and_kill(place, " Changed.", moment.uniform(0.05, 0.6))
    with Casebook.open(place) as casebook:
        assert casebook.contents().events == 2 * REPORTS
        casebook.add(some_readings(" Changed."))  # type: ignore[arg-type]
        whole = casebook.contents()
        assert (whole.reports, whole.versions, whole.events, whole.moves) == (REPORTS, 2 * REPORTS, 120, 120)
        assert len({kept.event.event_id for kept in casebook.events()}) == 2 * REPORTS
