"""What is held of every page: quiet console, nothing from elsewhere, no sideways scroll, WCAG 2.2 AA in both themes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser
from tests.browser.pages import PAGES, path_of
from tests.browser.running import RunningDesk

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_SHIFT = 0.1
WIDTHS = (1280, 375)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page open in the browser, and what the browser told while it opened."""

    name: str
    browser: Browser
    complaints: list[str]
    hosts: set[str]


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, one_browser: Browser, desk: RunningDesk) -> OpenPage:
    """Every page, opened once for all tests of it."""
    name: str = request.param
    one_browser.forget()
    one_browser.open(desk.at(path_of(name, desk)))
    return OpenPage(name, one_browser, one_browser.complaints(), one_browser.asked_hosts())


def test_a_page_is_quiet(page: OpenPage) -> None:
    # What is refused is told in the console by its status as well.
    refused = page.name.startswith("no such")
    assert [each for each in page.complaints if not (refused and "responded with a status of 4" in each)] == []


def test_a_page_asks_this_machine_alone(page: OpenPage) -> None:
    assert page.hosts == {"127.0.0.1"}


def test_a_page_does_not_jump(page: OpenPage) -> None:
    assert page.browser.ask("window.shift") < MOST_SHIFT, page.browser.ask("window.shifted")


def test_a_page_has_one_head(page: OpenPage) -> None:
    assert len(page.browser.all("h1")) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits(page: OpenPage, width: int) -> None:
    page.browser.width(width)
    assert page.browser.ask("innerWidth") == width
    # Charts follow the window a moment later.
    fits = page.browser.soon("document.documentElement.scrollWidth <= innerWidth")
    assert fits, wide(page.browser)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_can_be_used_by_all(page: OpenPage, theme: str, width: int) -> None:
    page.browser.theme(theme)
    page.browser.width(width)
    assert faults(page.browser) == []


def wide(browser: Browser) -> list[str]:
    """Name what sticks out at the right, outside of regions that scroll by themselves."""
    found: list[str] = browser.ask(
        "[...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > innerWidth + 1"
        " && !each.parentElement.closest('.table')).slice(0, 8).map((each) => each.outerHTML.slice(0, 120))"
    )
    return found


def faults(browser: Browser) -> list[str]:
    """Give what axe finds wrong in the page that is open: rule, words, and the first places."""
    browser.driver.execute_script(AXE.read_text("utf-8"))
    found: dict[str, Any] = browser.driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        " axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']})"
        ".then((found) => done({violations: found.violations}), (error) => done({fault: String(error)}));",
        RULES,
    )
    assert "fault" not in found, found
    return [
        f"{each['id']}: {each['help']} — {'; '.join(node['html'][:160] + ' ' + node['failureSummary'][:200] for node in each['nodes'][:3])}"
        for each in found["violations"]
    ]
