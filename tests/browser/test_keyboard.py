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


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        ActionChains(browser.driver).send_keys(key).perform()


def focused(browser: Browser) -> str:
    """Name what has the focus."""
    told: str = browser.ask(
        "(() => { const it = document.activeElement; return it === document.body ? 'body' :"
        " `${it.localName} ${it.id || it.name || ''} ${it.getAttribute('href') || ''}`.trim(); })()"
    )
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
    browser.wait_for("#picture", "As it stood on 2018-05")
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
    # Charts and boards are drawn; what can be reached now is counted, and Tab reaches all of it in that order.
    seen: list[str] = []
    for _ in range(MOST_STEPS):
        press(browser, Keys.TAB)
        place = focused(browser)
        if place == "body" or browser.ask("document.activeElement.dataset.walked === '1'"):
            break
        at = browser.ask(
            "(() => { const it = document.activeElement; it.dataset.walked = '1';"
            " const box = it.getBoundingClientRect(), look = getComputedStyle(it);"
            " return [box.width > 0 && box.height > 0, look.outlineStyle !== 'none' || look.boxShadow !== 'none']; })()"
        )
        assert at == [True, True], f"{place}: the focus cannot be seen there"
        seen.append(place)
    else:
        pytest.fail(f"{MOST_STEPS} steps did not suffice; the last were {seen[-5:]}")
    missed = browser.ask(
        "[...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main textarea,"
        " main summary')].filter((each) => each.checkVisibility({visibilityProperty: true}) && each.tabIndex >= 0"
        " && !each.disabled && !each.dataset.walked && each.type !== 'radio').map((each) => each.outerHTML.slice(0, 90))"
    )
    assert missed == []
