"""An analyst's morning: a report is pasted, its events checked, one put right, and what follows from it seen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from communique.pipeline import open_casebook
from tests.browser.chromium import Browser
from tests.browser.reports import PASTED, PASTED_DAY, PASTED_TITLE
from tests.browser.running import RunningDesk, until

SEED = Path(__file__).parents[3] / "shared" / "cases" / "seed_report.txt"


def paste(browser: Browser, desk: RunningDesk, title: str, text: str, day: str) -> None:
    """Paste a report and keep it; its reading view is open afterwards."""
    browser.open(desk.at("/paste"))
    browser.fill("#title", title)
    browser.set_value("#published", day)
    browser.set_value("#text", text)
    browser.leave_by(browser.wait_for("button[value=keep]"))


def card_of(browser: Browser, words: str) -> WebElement:
    """Give the card of the event that some words tell."""
    return browser.wait_for("[data-card]", words)


def row_of(browser: Browser, board: str, *words: str) -> str:
    """Give the words of a row of a board, "" where there is none."""
    rows = (each.text for each in browser.all(f"table.standing.{board} tbody tr"))
    return next((row for row in rows if all(word in row for word in words)), "")


def test_from_a_pasted_report_to_the_standing_picture(own_desk: RunningDesk, browser: Browser) -> None:
    paste(browser, own_desk, PASTED_TITLE, PASTED, PASTED_DAY.isoformat())
    assert PASTED_TITLE in browser.wait_for("h1").text

    # Its events stand beside the text, and each has its words marked there.
    marked = {each.text for each in browser.all("#passage .told")}
    assert {"imposed sanctions on Iran", "condemned the American sanctions"} <= marked
    card = card_of(browser, "imposed sanctions on Iran")
    assert "Canada" in card.text
    assert "2025-04-14" in card.text
    assert "planned" not in card.text
    identity = card.get_attribute("id")

    browser.open(own_desk.at("/standing?board=sanctions"))
    assert "in force" in row_of(browser, "sanctions", "Canada", "Iran")

    # A mark is clicked: its card opens with who was meant, and why.
    browser.driver.back()
    browser.settle()
    next(each for each in browser.all("#passage .told") if each.text == "imposed sanctions on Iran").click()
    browser.wait_for(f"#{identity} .why", "Canada")

    # It was threatened only: put right in place.
    form = browser.wait_for(f"#{identity} .event-form")
    Select(form.find_element(By.NAME, "type")).select_by_visible_text("THREATEN")
    Select(form.find_element(By.NAME, "mode")).select_by_visible_text("sanctions")
    form.find_element(By.NAME, "why").send_keys("only threatened")
    form.find_element(By.CSS_SELECTOR, "button.main").click()
    browser.wait_for("#done", "Corrected")
    assert "THREATEN" in card_of(browser, "imposed sanctions on Iran").text

    browser.open(own_desk.at("/standing?board=sanctions"))
    assert "in force" not in row_of(browser, "sanctions", "Canada", "Iran")

    # Undone, field by field, the row is as it was; the casebook knows of both.
    browser.open(own_desk.at("/corrections"))
    while undo := browser.all("main table form button"):
        browser.leave_by(undo[0])
    browser.open(own_desk.at("/standing?board=sanctions"))
    assert "in force" in row_of(browser, "sanctions", "Canada", "Iran")
    with open_casebook(own_desk.casebook, read_only=True) as casebook:
        made = casebook.corrections()
    assert made
    assert all(each.undone_at and each.why == "only threatened" for each in made)


def test_the_slider_goes_back_in_time(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/standing?board=sanctions"))
    assert "in force" in row_of(browser, "sanctions", "European Union", "Iran")
    slider = browser.wait_for("#slider")
    assert slider.get_attribute("aria-valuetext") == "all that is told"
    browser.driver.execute_script(
        "arguments[0].value = 0; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", slider
    )
    browser.wait_for("#picture", "As it stood on 2024-11")
    browser.settle()
    assert not row_of(browser, "sanctions", "European Union", "Iran")
    day = browser.ask("document.getElementById('as_of').value")
    assert slider.get_attribute("aria-valuetext") == day
    # What is seen can be sent to a colleague.
    assert f"as_of={day}" in browser.driver.current_url


def test_a_cell_leads_to_its_sentence(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/standing?board=talks&about=IRN"))
    row = next(each for each in browser.all("table.standing.talks tr.opening") if "refused by" in each.text)
    row.find_element(By.CSS_SELECTOR, ".opens").click()
    steps = browser.wait_for("table.standing .steps", "refuse")
    link = next(each for each in steps.find_elements(By.LINK_TEXT, "in its report"))
    number = (link.get_attribute("href") or "").rpartition("#")[2]
    browser.leave_by(link)
    sentence = browser.wait_for(f"#{number}")
    assert "talks" in sentence.text
    assert browser.ask("location.hash") == f"#{number}"


def test_what_is_searched_is_found(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/"))
    browser.fill("#find", "drones")
    page = browser.wait_for("#find")
    page.send_keys("\n")
    browser.wait_for("h1", "drones")
    browser.settle()
    assert "agreed to supply Russia" in browser.wait_for("main").text
    browser.leave_by(next(each for each in browser.all("main a") if each.text.startswith("Moscow and Tehran")))
    assert "Moscow and Tehran sign for gas" in browser.wait_for("h1").text


def test_a_table_is_downloaded(desk: RunningDesk, browser: Browser, tmp_path: Path) -> None:
    browser.downloads_to(tmp_path)
    browser.open(desk.at("/events?actor=IRN"))
    shown = {each.text.partition("\n")[0] for each in browser.all("tbody tr .quad")}
    browser.wait_for("main a[href*='.csv']").click()
    until(lambda: any(tmp_path.glob("*.csv")))
    (file,) = tmp_path.glob("*.csv")
    with file.open(encoding="utf-8", newline="") as told:
        rows = list(csv.DictReader(told))
    assert {row["type"] for row in rows} == {each.split()[0] for each in shown}
    assert all("IRN" in row["source"] + row["target"] for row in rows)


def test_what_was_written_by_others_is_shown_as_words(desk: RunningDesk, browser: Browser) -> None:
    browser.open(desk.at("/search?q=table"))
    assert "Muscat offers <b>a table</b>" in browser.wait_for("main").text
    browser.open(desk.at("/reports/direct-talks"))
    assert "<script>alert('no')</script>" in browser.wait_for("#passage").text
    assert browser.complaints() == []


@pytest.mark.skipif(not SEED.exists(), reason="the seed report lies only beside a working copy")
def test_the_seed_report_is_read(own_desk: RunningDesk, browser: Browser) -> None:
    paste(browser, own_desk, "", SEED.read_text("utf-8"), "2025-02-25")
    acts = [each.text for each in browser.all("[data-card] h3")]
    assert any("Iran" in act and "REJECT" in act and "United States" in act for act in acts)
    assert any("United States" in act and "SANCTION" in act and "Iran" in act for act in acts)
    browser.open(own_desk.at("/standing?board=agreements"))
    assert "United States withdrew" in row_of(browser, "agreements", "Joint Comprehensive Plan of Action")
