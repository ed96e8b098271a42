"""A casebook for the tests of the command line: made once a module by `communique add`, copied for each test."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import CommuniqueError

PANAMA = "Panama recalled its ambassador from Cuba on Monday. Cuba called the step a mistake and condemned Panama.\n"
WIRE = (
    {"id": "wire-1", "published": "2025-02-25", "title": "Panama calls its ambassador home",
     "text": "Panama on Monday recalled its ambassador from Cuba."},
    {"id": "wire-2", "published": "2025-03-03", "title": "Kenya strikes",
     "text": "Kenya attacked Somalia on Sunday. Peru and Chile held talks in Lima on Saturday."},
    {"id": "wire-3", "published": "2024-11-05", "title": "Warning",
     "text": "Egypt threatened to sanction Sudan if Sudan closes the port."},
)  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def table(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


Run = Callable[..., Ran]


def ran(*arguments: str, stdin: bytes | None = None) -> Ran:
    """Run `communique …` as the shell would; an error of ours is its message and exit code."""
    done = CliRunner().invoke(app, list(arguments), input=stdin)
    if isinstance(done.exception, CommuniqueError):
        return Ran(done.exception.exit_code, done.stdout, f"{done.stderr}error: {done.exception}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def write_reports(folder: Path) -> None:
    """Two files of reports: a text, and rows of which one tells the same act and one is broken."""
    (folder / "panama.txt").write_text(PANAMA, encoding="utf-8")
    rows = [json.dumps(row) for row in WIRE]
    (folder / "wire.jsonl").write_text("\n".join([*rows[:2], "no row at all", *rows[2:]]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder with reports and the casebook of them, and what adding them said."""
    folder = tmp_path_factory.mktemp("made")
    write_reports(folder)
    paths = [str(folder / name) for name in ("panama.txt", "wire.jsonl")]
    return folder, ran("add", *paths, "--published", "2025-02-25", "-c", str(folder / "casebook.duckdb"))


@pytest.fixture
def run(made: tuple[Path, Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `communique …` with a casebook of its own, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("COMMUNIQUE_CASEBOOK", str(tmp_path / "casebook.duckdb"))
    monkeypatch.setenv("COMMUNIQUE_WHO", "Ada")
    shutil.copy(made[0] / "casebook.duckdb", tmp_path / "casebook.duckdb")
    return ran
