"""The command line in a shell: pipes, other programs at both ends, colours, exit codes of the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique import __version__

PANAMA = "Panama recalled its ambassador from Cuba on Monday."


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell line, in which `communique` is the program, as another process."""
    environment = {**os.environ, "PYTHONWARNINGS": "error::ResourceWarning"}
    program = f'communique() {{ "{sys.executable}" -m communique "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = shell("communique --version", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"communique {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments", ["read report.txt", "explain report.txt", "types ASSAULT", "actors Hamas", "--help"]
)
def test_nothing_is_coloured_in_a_pipe(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "report.txt").write_text(PANAMA, encoding="utf-8")
    done = shell(f"set -o pipefail; communique {arguments} | cat", tmp_path)
    assert done.returncode == 0
    assert done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(
        "\n".join(f"Kenya condemned Somalia {n} times." for n in range(3)), encoding="utf-8"
    )
    done = shell("communique types ASSAULT | head -1; communique read long.txt -f jsonl | head -c 10", tmp_path)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_standard_input_of_another_program_is_read_and_the_exit_code_is_ours(tmp_path: Path) -> None:
    done = shell("printf 'Turkey and Greece held talks.' | communique read - -f jsonl", tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["type"] == "CONSULT"
    assert shell("head -c 3000 /dev/urandom | communique read - -f jsonl", tmp_path).returncode == 2


def test_without_a_standard_input_there_is_nothing_in_it(tmp_path: Path) -> None:
    done = shell("communique read - <&-", tmp_path)
    assert done.returncode == 2
    assert "not read: -: the file is empty" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "parquet"])
@pytest.mark.parametrize("place", ["> /dev/full", "-o /dev/full"])
def test_a_full_disk_is_one_clear_line(tmp_path: Path, format: str, place: str) -> None:
    (tmp_path / "report.txt").write_text(PANAMA, encoding="utf-8")
    done = shell(f"communique read report.txt -f {format} {place}", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: the output cannot be written: No space left on device")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
