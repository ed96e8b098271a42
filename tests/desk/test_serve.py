"""The desk as a process of its own: told to end, it closes the casebook and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from communique.desk.serve import listening
from communique.errors import UsageError
from communique.pipeline import open_casebook


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_closes_the_casebook(tmp_path: Path, how: signal.Signals) -> None:
    path = tmp_path / "desk.casebook"
    command = [sys.executable, "-m", "communique", "desk", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            address = running.stdout.readline().strip()
            kept = httpx.put(f"{address}api/dossiers/nile", json={"title": "Nile", "actors": ["EGY"]}, timeout=60)
            running.send_signal(how)
            _, told = running.communicate(timeout=60)
        finally:
            running.kill()
    assert kept.status_code == 201
    assert "Traceback" not in told
    assert not path.with_name("desk.casebook.wal").exists()
    with open_casebook(path, read_only=True) as casebook:
        assert [each.name for each in casebook.dossiers()] == ["nile"]


def test_an_address_that_is_taken_is_told_with_the_mend() -> None:
    with listening("127.0.0.1", 0) as door, pytest.raises(UsageError, match="name another port, or --port 0"):
        listening("127.0.0.1", door.getsockname()[1])
