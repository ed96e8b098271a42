"""By keyboard alone: every page can be walked, the slider moved, a mark opened, without a mouse."""

from __future__ import annotations

import pytest
from selenium.webdriver import ActionChains, Keys

from tests.browser.chromium import Browser
from tests.browser.pages import path_of
from tests.browser.reports import REFUSAL
from tests.browser.running import RunningDesk

WALKED = ("home", "paste", "report", "events", "standing", "actor", "dyad", "network", "search", "outlook", "dossier")
MOST_STEPS = 400
PLACE = (
    "((it) => it === document.body ? 'body' : `${it.localName} ${it.id || it.name || ''} ${it.getAttribute('href') || ''}`"
    ".trim())(document.activeElement)"
)
# What has the focus; whether it had it before; whether it can be seen; whether the focus can be seen there.
STEP = """(() => {
  const it = document.activeElement, box = it.getBoundingClientRect(), look = getComputedStyle(it);
  const been = it.dataset.walked === "1";
  it.dataset.walked = "1";
  return [PLACE, been, box.width > 0 && box.height > 0, look.outlineStyle !== "none" || look.boxShadow !== "none"];
})()""".replace("PLACE", PLACE)


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        ActionChains(browser.driver).send_keys(key).perform()


def focused(browser: Browser) -> str:
    """Name what has the focus."""
    told: str = browser.ask(PLACE)
    return told


def test_the_first_key_skips_to_the_content(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/events"))
    press(browser, Keys.TAB)
    assert focused(browser) == "a  #main"
    press(browser, Keys.ENTER)
    assert focused(browser) == "main main"
    press(browser, Keys.TAB)
    assert browser.ask("document.activeElement.closest('main') !== null")


def test_a_slash_goes_to_the_search(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/reports"))
    press(browser, "/")
    assert focused(browser) == "input find"
    press(browser, *"JCPOA/")
    assert browser.ask("document.activeElement.value") == "JCPOA/"
    press(browser, Keys.BACKSPACE, Keys.ENTER)
    browser.wait_for("h1", "JCPOA")


def test_the_slider_is_moved_by_arrows(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/standing"))
    browser.driver.execute_script("document.getElementById('slider').focus()")
    press(browser, Keys.HOME)
    browser.wait_for("#picture", "As it stood on 2024-11")
    browser.settle()
    before = browser.ask("document.getElementById('as_of').value")
    assert focused(browser) == "input slider"
    press(browser, Keys.ARROW_RIGHT)
    browser.wait(f"document.getElementById('as_of').value > '{before}'")
    after = browser.ask("document.getElementById('as_of').value")
    browser.wait_for("#picture", f"As it stood on {after}")


def test_a_mark_is_opened_and_a_form_reached(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at(f"/reports/{REFUSAL}"))
    browser.driver.execute_script("document.querySelector('#passage .told').focus()")
    press(browser, Keys.ENTER)
    browser.wait_for("[data-card] .event-form")
    browser.settle()
    assert browser.ask("document.activeElement.matches('[data-card]')")
    for _ in range(30):
        press(browser, Keys.TAB)
        if browser.ask("document.activeElement.matches('.event-form select')"):
            return
    pytest.fail("Tab does not reach the form of the event that was opened")


@pytest.mark.parametrize("name", WALKED)
def test_a_page_is_walked_from_top_to_end(name: str, desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at(path_of(name, desk)))
    seen: list[str] = []
    for _ in range(MOST_STEPS):
        press(browser, Keys.TAB)
        place, been, visible, marked = browser.ask(STEP)
        # A field of a day holds several places: the day, the month, the year.
        if place == "body" or (been and not (seen and seen[-1] == place)):
            break
        assert visible, f"{place}: stands where nobody sees it"
        assert marked, f"{place}: nothing shows that it has the focus"
        seen.append(place)
    else:
        pytest.fail(f"{MOST_STEPS} steps did not suffice; the last were {seen[-5:]}")
    missed = browser.ask(
        "[...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main textarea,"
        " main summary')].filter((each) => each.checkVisibility({visibilityProperty: true}) && each.tabIndex >= 0"
        " && !each.disabled && !each.dataset.walked && each.type !== 'radio').map((each) => each.outerHTML.slice(0, 90))"
    )
    assert missed == []
