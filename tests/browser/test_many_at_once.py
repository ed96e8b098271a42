"""Two browsers and a terminal work on one casebook: nothing is lost, and both browsers see all of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from communique.pipeline import open_casebook
from tests.browser.chromium import Browser, chromium
from tests.browser.reports import REPORTS
from tests.browser.running import PATIENCE, RunningDesk
from tests.browser.test_story import paste

ADDED = 12


def test_nothing_is_lost(own_desk: RunningDesk, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    for number in range(ADDED):
        told = f"Kenya signed a trade agreement with Tanzania on {number + 1} March 2025."
        (folder / f"wire-{number:02}.txt").write_text(told, encoding="utf-8")
    command = [sys.executable, "-m", "communique", "add", str(folder), "--casebook", str(own_desk.casebook)]
    with (
        chromium(tmp_path / "other") as other,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as terminal,
    ):
        paste(browser, own_desk, "From the first", "France recalled its ambassador from Mali.", "2025-03-20")
        paste(other, own_desk, "From the second", "Peru condemned Chile.", "2025-03-21")
        told, complaint = terminal.communicate(timeout=PATIENCE)
        assert terminal.returncode == 0, complaint
        assert f"{ADDED} new" in told + complaint
        for each in (browser, other):
            each.open(own_desk.at("/reports"))
            shown = each.wait_for("main").text
            assert "From the first" in shown
            assert "From the second" in shown
            assert f"{len(REPORTS) + 2 + ADDED} reports" in shown
            assert "Tanzania" in each_text(each, own_desk, "/actors/KEN")
    with open_casebook(own_desk.casebook, read_only=True) as casebook:
        assert casebook.contents().reports == len(REPORTS) + 2 + ADDED


def each_text(browser: Browser, desk: RunningDesk, path: str) -> str:
    browser.open(desk.at(path))
    return browser.wait_for("main").text
