"""A desk over a casebook of a few reports, read once for all tests of the room, and a copy for each that writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.desk.settings import DeskSettings
from communique.pipeline import keep_reports, open_casebook
from communique.records import KeptEvent, Report

ADDRESS = "http://127.0.0.1:8472"

REPORTS = (
    Report(
        "tehran-refuses",
        "Iran's foreign minister refused direct talks with the United States on Tuesday. \"There will be no direct"
        ' negotiations while the pressure lasts," Abbas Araghchi said in Tehran. The United States imposed new sanctions'
        " on Iran's oil exports on Monday. Russia's foreign minister, Sergei Lavrov, met Araghchi in Tehran. Britain,"
        " France and Germany held talks with Iran in Geneva on Monday.",
        "Tehran shuts the door on direct talks",
        date(2025, 2, 25),
        "https://news.example/tehran",
    ),
    Report(
        "washington-tightens",
        "The United States imposed sanctions on Iran's oil exports on Monday. Washington threatened further sanctions"
        " against Iran. Iran condemned the sanctions.",
        "Washington tightens oil sanctions",
        date(2025, 2, 25),
    ),
    Report(
        "minsk",
        "Panama recalled its ambassador from Cuba on Monday. <script>alert('no')</script> Egypt and Qatar signed a trade"
        " agreement in Cairo on 3 March 2025.",
        "Ambassadors & <b>agreements</b>",
        date(2025, 3, 4),
    ),
)


@pytest.fixture(scope="session")
def read_casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with REPORTS, not to be changed."""
    path = tmp_path_factory.mktemp("desk") / "desk.casebook"
    with open_casebook(path) as casebook:
        keep_reports(casebook, REPORTS)
    return path


@pytest.fixture(scope="session")
def kept_acts(read_casebook: Path) -> tuple[KeptEvent, ...]:
    """The acts of that casebook."""
    with open_casebook(read_casebook, read_only=True) as casebook:
        return tuple(casebook.events())


def _visiting(path: Path, settings: DeskSettings) -> Iterator[TestClient]:
    with (
        open_casebook(path, read_only=settings.read_only) as casebook,
        TestClient(make_app(Desk(casebook, settings)), base_url=ADDRESS) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def desk(read_casebook: Path) -> Iterator[TestClient]:
    """A desk that only reads."""
    yield from _visiting(read_casebook, DeskSettings(read_only=True))


@pytest.fixture
def writing_desk(read_casebook: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A desk on a copy that the test may change."""
    path = tmp_path / "copy.casebook"
    shutil.copy(read_casebook, path)
    yield from _visiting(path, DeskSettings(who="tester"))


def form_secret(client: TestClient) -> str:
    """Give the secret that a form of the home page carries."""
    page = client.get("/").text
    return page.split('"X-CSRF-Token":"')[1].split('"')[0]
