"""A desk in a process of its own, and a browser before it; read once, and a copy for each test that changes things."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.casebook.kept import Dossier
from communique.pipeline import keep_reports, open_casebook
from tests.browser.chromium import BROWSER, DRIVER, Browser, chromium
from tests.browser.reports import REPORTS
from tests.browser.running import RunningDesk, running_desk


@pytest.fixture(scope="session", autouse=True)
def _there_is_a_browser() -> None:
    missing = [str(each) for each in (BROWSER, DRIVER) if not each.exists()]
    if missing:
        words = f"there is no {' and no '.join(missing)}: apt-get install chromium chromium-driver (.ci/browser)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with REPORTS and a dossier, not to be changed."""
    path = tmp_path_factory.mktemp("browser") / "story.casebook"
    with open_casebook(path) as casebook:
        keep_reports(casebook, REPORTS)
        made = datetime(2025, 4, 4, tzinfo=UTC)
        casebook.save_dossier(
            Dossier("iran", "The Iran file", ("IRN", "USA", "RUS"), (), "2025-01-01", None, "For the desk.", made, made)
        )
    return path


@pytest.fixture(scope="session")
def desk(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk that tests look at, and leave as it is."""
    path = tmp_path_factory.mktemp("looked-at") / "iran.casebook"
    shutil.copy(story, path)
    with running_desk(path) as running:
        yield running


@pytest.fixture
def own_desk(story: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of the test's own, to change."""
    path = tmp_path / "own.casebook"
    shutil.copy(story, path)
    with running_desk(path) as running:
        yield running


@pytest.fixture(scope="session")
def one_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser of all tests; most want it as `browser`."""
    with chromium(tmp_path_factory.mktemp("profile")) as made:
        yield made


@pytest.fixture
def browser(one_browser: Browser) -> Browser:
    """A browser that has seen nothing yet."""
    one_browser.forget()
    return one_browser
