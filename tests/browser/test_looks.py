"""Light and dark: by the system's wish, and by the button, which is remembered and redraws the charts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.chromium import Browser
from tests.browser.pages import path_of
from tests.browser.running import RunningDesk

PICTURES = os.environ.get("COMMUNIQUE_SCREENSHOTS")
PICTURED = ("home", "report", "standing", "dyad", "network", "outlook")


def paper(browser: Browser) -> str:
    """Give the colour of the page."""
    told: str = browser.ask("getComputedStyle(document.body).backgroundColor")
    return told


def test_the_system_asks_for_dark(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/"))
    light = paper(browser)
    browser.theme("dark")
    assert paper(browser) != light


def test_the_button_shows_the_other_and_is_remembered(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/events"))
    system = paper(browser)
    browser.wait_for("#theme").click()
    assert browser.ask("document.documentElement.dataset.theme") == "dark"
    dark = paper(browser)
    assert dark != system
    browser.open(desk.at("/reports"))
    assert paper(browser) == dark
    browser.wait_for("#theme").click()
    assert paper(browser) == system
    assert browser.ask("document.documentElement.dataset.theme") is None


@pytest.mark.skipif(not PICTURES, reason="COMMUNIQUE_SCREENSHOTS names no folder for the pictures of the docs")
@pytest.mark.parametrize("name", PICTURED)
def test_pictures_for_the_docs(name: str, desk: RunningDesk, browser: Browser) -> None:
    folder = Path(PICTURES or "")
    folder.mkdir(parents=True, exist_ok=True)
    browser.width(1280, 860)
    browser.open(desk.at(path_of(name, desk)))
    if name == "report":
        browser.wait_for("#passage .told").click()
        browser.settle()
        browser.driver.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    browser.wait("!document.getAnimations().length")
    file = folder / f"desk-{name}.png"
    file.write_bytes(browser.driver.get_screenshot_as_png())
    assert file.stat().st_size > 10_000
