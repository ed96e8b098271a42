"""The casebook's commands in a shell: nothing coloured in a pipe, a full disk, a casebook that another holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.casebooks import Ran, made
from tests.cli.test_pipes import shell

__all__ = ["made"]

COMMANDS = (
    "events; timeline PAN CUB; reports; report wire-1; sql 'FROM events'; casebook; correct --list; export -f icews"
)


@pytest.fixture
def folder(made: tuple[Path, Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a casebook of its own, which the environment names."""
    shutil.copy(made[0] / "casebook.duckdb", tmp_path / "casebook.duckdb")
    monkeypatch.setenv("COMMUNIQUE_CASEBOOK", "casebook.duckdb")
    return tmp_path


def test_nothing_is_coloured_in_a_pipe(folder: Path) -> None:
    for command in COMMANDS.split("; "):
        done = shell(f"set -o pipefail; communique {command} | cat", folder)
        assert done.returncode == 0, command
        assert done.stdout or command == "correct --list"
        assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["events -f csv", "events", "export -f jsonld", "events -f parquet"])
def test_a_full_disk_is_one_clear_line(folder: Path, command: str) -> None:
    done = shell(f"communique {command} > /dev/full", folder)
    assert done.returncode == 1
    assert "error: the output cannot be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_casebook_that_another_process_has_open_is_shared_with_it(folder: Path) -> None:
    code = "import sys, communique.pipeline as p; k = p.open_casebook('casebook.duckdb'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert shell("communique events", folder).returncode == 0
        done = shell("communique correct --undo 99", folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no correction 99" in done.stderr
        holder.communicate("")


def test_a_dataset_or_a_context_that_there_is_not_is_told(folder: Path) -> None:
    for option, says in (
        ("--dataset ICEWZ", "dataset 'ICEWZ': was not imported"),
        ("--context sanctoins", "sanctions"),
    ):
        done = shell(f"communique events {option}", folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr
