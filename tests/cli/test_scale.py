"""`communique read` with workers and shards: the same bytes, clean ends, clear refusals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scale.inputs import write_rows

# A shell that runs tests in the background lets its children ignore Ctrl-C.
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from communique.cli.app import main; main()"
)


def start(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, "read", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "error::ResourceWarning"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str, folder: Path) -> tuple[int, str, str]:
    process = start(*arguments, folder=folder)
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    write_rows(tmp_path / "in", 150)
    return tmp_path


def test_two_workers_and_shards_write_and_tell_what_one_does(batch: Path) -> None:
    one = run("in", "-f", "jsonl", "-o", "one", folder=batch)
    assert one[0] == 2
    assert "not read" in one[2]
    for options in (["--workers", "2"], ["--resume"]):
        assert run("in", "-f", "jsonl", "-o", "other", *options, folder=batch) == one
        assert (batch / "other").read_bytes() == (batch / "one").read_bytes() != b""
    assert run("in", "-w", "2", folder=batch) == run("in", folder=batch)
    assert sorted(path.name for path in batch.iterdir()) == ["in", "one", "other"]


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_an_ended_run_leaves_no_worker_and_goes_on(tmp_path: Path, ending: signal.Signals) -> None:
    write_rows(tmp_path / "in", 600)
    process = start("in", "-f", "jsonl", "-o", "two", "-w", "2", "--resume", folder=tmp_path)
    shards = tmp_path / ".two.shards"
    until(lambda: bool(list(shards.glob("*.jsonl"))))
    workers = children(process.pid)
    process.send_signal(ending)
    _, err = process.communicate(timeout=60)
    assert process.returncode not in (0, 2)
    assert "Traceback" not in err
    assert workers
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert not (tmp_path / "two").exists()
    code, _, err = run("in", "-f", "jsonl", "-o", "two", "-w", "2", "--resume", folder=tmp_path)
    assert (code, err.splitlines()[0].split(":")[0]) == (2, "going on with a run that was stopped")
    run("in", "-f", "jsonl", "-o", "one", folder=tmp_path)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != b""


def children(process: int) -> list[int]:
    if not Path("/proc").is_dir():
        pytest.skip("this system shows no processes in /proc")
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for task in found for number in task.read_text(encoding="ascii").split()]


def until(done: object, seconds: float = 60.0) -> None:
    """Wait until something holds: no measure of time, only an end to the waiting."""
    end = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["in", "--resume"], "--resume writes rows to a file: add -o FILE and -f jsonl, csv or parquet"),
        (["in", "--engine", "ray", "-f", "jsonl"], "--engine ray writes rows to a file: add -o"),
        (["in", "--restart", "-o", "x"], "--restart writes rows to a file"),
        (["in", "--address", "auto"], "--address goes with --engine ray"),
        (["-", "--resume", "-o", "x", "-f", "csv"], "standard input"),
        (["in", "--resume", "-o", "no/folder/x", "-f", "csv"], "no/folder"),
    ],
)
def test_options_that_do_not_go_together_are_refused(batch: Path, arguments: list[str], told: str) -> None:
    code, out, err = run(*arguments, folder=batch)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in batch.iterdir()) == ["in"]
