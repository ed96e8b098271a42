"""The same reading on Ray. Without the extra `ray` these tests are skipped, and say so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import UsageError
from communique.scale import cluster
from tests.scale.inputs import write_rows


def read(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # Ray starts processes and threads of its own, so it runs in a process of its own.
    return subprocess.run(
        [sys.executable, "-m", "communique", "read", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_without_ray_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'communique\[ray\]'"):
        cluster.check_installed()


@pytest.mark.ray
def test_ray_gives_the_bytes_of_the_local_engine_and_leaves_no_shards(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'communique[ray]'")
    write_rows(tmp_path / "in", 150)
    here = read("in", "-f", "jsonl", "-o", "here.jsonl", folder=tmp_path)
    there = read("in", "-f", "jsonl", "-o", "there.jsonl", "--engine", "ray", "--workers", "2", folder=tmp_path)
    assert (here.returncode, there.returncode) == (2, 2), there.stderr
    assert (tmp_path / "there.jsonl").read_bytes() == (tmp_path / "here.jsonl").read_bytes() != b""
    assert there.stderr.splitlines()[-5:] == here.stderr.splitlines()[-5:]
    assert not list(tmp_path.glob(".*.shards"))


@pytest.mark.ray
def test_an_address_where_no_cluster_is_says_so(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'communique[ray]'")
    (tmp_path / "a.jsonl").write_text('{"text": "Chad bombed Mali."}\n', encoding="utf-8")
    done = read(
        "a.jsonl", "-f", "jsonl", "-o", "b.jsonl", "--engine", "ray", "--address", "127.0.0.1:9", folder=tmp_path
    )
    assert done.returncode == 2
    assert "error: --address 127.0.0.1:9: no Ray cluster" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl"]
