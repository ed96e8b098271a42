"""A headless Chromium that reaches nothing but this machine, and what a test asks of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.running import PATIENCE

SOON = 10.0
"""Seconds within which scripts have followed what was done, where failing to is told at once."""
BROWSER, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--force-device-scale-factor=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1280,900",
)
# Told by the page itself, from its first moment on: what its policy forbade, and how far it jumped.
WATCHES = """
window.forbidden = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.forbidden.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber}`));
window.waiting = 0;
window.asked = new WeakSet();
document.addEventListener("htmx:beforeSend", (event) => { window.waiting += 1; window.asked.add(event.detail.elt); });
document.addEventListener("htmx:afterRequest", () => { window.waiting -= 1; });
window.shift = 0;
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.shift += entry.value;
    for (const source of entry.sources) {
      const node = source.node;
      window.shifted.push(node ? `${node.nodeName}#${node.id || ""}.${node.className || ""}` : "?");
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# Parts that are still on their way: asked for, or to be asked for once the page stands.
AT_REST = """
document.readyState === "complete" && window.waiting === 0
  && ![...document.querySelectorAll("[aria-busy='true'], [hx-trigger^='load']")]
    .some((each) => each.checkVisibility() && !(window.asked.has(each) && each.ariaBusy !== "true"))
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser with one window."""

    driver: webdriver.Chrome

    def open(self, address: str) -> None:
        """Open a page and wait until it stands, with all its parts."""
        self.driver.get(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page and its parts are loaded and nothing is asked for any more."""
        self.wait(AT_REST)

    def wait(self, condition: str) -> None:
        """Wait until an expression of the page holds."""
        WebDriverWait(self.driver, PATIENCE, 0.1).until(
            lambda driver: driver.execute_script(f"return Boolean({condition.strip()})"), condition
        )

    def soon(self, condition: str) -> bool:
        """Tell whether an expression of the page holds within some seconds."""
        try:
            WebDriverWait(self.driver, SOON, 0.1).until(
                lambda driver: driver.execute_script(f"return Boolean({condition})"), condition
            )
        except TimeoutException:
            return False
        return True

    def wait_for(self, selector: str, words: str = "") -> WebElement:
        """Wait until something that can be seen stands in the page, with some words in it; give it."""

        def seen(driver: webdriver.Chrome) -> WebElement | None:
            try:
                found = driver.find_elements(By.CSS_SELECTOR, selector)
                return next((each for each in found if each.is_displayed() and words in each.text), None)
            except StaleElementReferenceException:
                return None

        found = WebDriverWait(self.driver, PATIENCE, 0.1).until(seen, f"{selector} with {words!r}")
        assert found is not None
        return found

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def ask(self, expression: str) -> Any:
        """Give the value of an expression of the page."""
        return self.driver.execute_script(f"return {expression}")

    def fill(self, selector: str, words: str) -> None:
        """Write into a field, in place of what is there."""
        field = self.wait_for(selector)
        field.clear()
        field.send_keys(words)

    def set_value(self, selector: str, value: str) -> None:
        """Set a field that keys fill in the order of some country, as those of days are."""
        self.driver.execute_script(
            "const [field, value] = arguments; field.value = value;"
            " field.dispatchEvent(new Event('input', {bubbles: true}));"
            " field.dispatchEvent(new Event('change', {bubbles: true}));",
            self.wait_for(selector),
            value,
        )

    def leave_by(self, link: WebElement) -> None:
        """Click what leads to another page, and wait until that page stands."""
        page = self.driver.find_element(By.TAG_NAME, "html")
        link.click()
        WebDriverWait(self.driver, PATIENCE, 0.1).until(staleness_of(page))
        self.settle()

    def width(self, pixels: int, height: int = 900) -> None:
        """Make the window so wide, as wide as a phone as well."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def theme(self, name: str) -> None:
        """Let the system ask for light or dark."""
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": name}]}
        )

    def downloads_to(self, folder: Path) -> None:
        self.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
        )

    def forget(self) -> None:
        """Be as new: no cookies, a window of 1280 pixels, the system's light theme, empty logs."""
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.width(1280)
        self.theme("light")
        self.complaints()
        self.asked_hosts()

    def complaints(self) -> list[str]:
        """Give what the console told since it was last asked, errors and warnings, and what the policy forbade."""
        told = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}]
        return told + list(self.ask("window.forbidden || []"))

    def asked_hosts(self) -> set[str]:
        """Give the hosts that were asked for anything since this was last called."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return {urlsplit(url).hostname or url for url in asked if urlsplit(url).scheme not in {"data", "blob", "about"}}


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start Chromium with an empty profile, and end it."""
    options = Options()
    options.binary_location = str(BROWSER)
    for each in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(executable_path=str(DRIVER)))
    try:
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCHES})
        yield Browser(driver)
    finally:
        driver.quit()
