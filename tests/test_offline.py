"""communique needs no network and no setting: a process that may open no socket reads all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Python imports sitecustomize before anything else: from then on a socket is an error. Whoever wants to reach
# somebody is told on stderr too, in case the error is swallowed; urllib3, which spaCy brings along, only makes a
# socket to see whether the machine knows IPv6.
NO_NETWORK = """
import socket, sys

def refused(*args, **kwargs):
    print("NETWORK", args, file=sys.stderr)
    raise OSError("this process may not use the network")

class Refused(socket.socket):
    def __init__(self, *args, **kwargs):
        raise OSError("this process may not make a socket")

socket.socket = Refused
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "gethostbyaddr", "socketpair"):
    setattr(socket, name, refused)
"""

READ = """
import communique
events = communique.read("Panama recalled its ambassador from Cuba on Monday.", published="2025-02-25")
print([(event.source, event.type, event.target, event.date) for event in events])
print(communique.resolve("Lavrov", "2025-02-25").code, communique.act_type("<s>Chad</s> bombed <t>Mali</t>.")[0][0])
"""


def python(tmp_path: Path, *arguments: str, keep_environment: bool = True) -> subprocess.CompletedProcess[str]:
    """Run Python without a network, in an empty folder; without any setting but where modules are, if so asked."""
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    import communique

    source = str(Path(communique.__file__).parents[1])
    path = os.pathsep.join([str(tmp_path), source])
    environment = {**os.environ, "PYTHONPATH": path} if keep_environment else {"PYTHONPATH": path}
    work = tmp_path / "work"
    work.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_the_guard_itself_refuses_a_connection(tmp_path: Path) -> None:
    done = python(tmp_path, "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')")
    assert done.returncode != 0
    assert "NETWORK" in done.stderr


@pytest.mark.parametrize("keep_environment", [True, False], ids=["as here", "no environment variable"])
def test_a_report_is_read_without_a_socket(tmp_path: Path, keep_environment: bool) -> None:
    done = python(tmp_path, "-c", READ, keep_environment=keep_environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["[(('PAN',), 'SANCTION', ('CUB',), '2025-02-24')]", "RUS ASSAULT"]


def test_the_command_line_reads_a_page_without_a_socket_and_writes_only_where_told(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Envoy recalled</title><link rel=stylesheet href='http://example.org/x.css'></head><body>"
        "<article><p>Panama recalled its ambassador from Cuba on Monday, the foreign ministry said in a statement that "
        "gave no reason for the step.</p><img src='http://example.org/x.png'></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    done = python(tmp_path, "-m", "communique", "read", str(tmp_path / "page.html"), "-f", "jsonl", "-o", "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr
    assert '"SANCTION"' in (tmp_path / "work" / "out.jsonl").read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["out.jsonl"]


def test_importing_is_quiet_and_starts_no_model(tmp_path: Path) -> None:
    done = python(tmp_path, "-W", "error", "-c", "import sys, communique; print('spacy' in sys.modules)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\n", "")
