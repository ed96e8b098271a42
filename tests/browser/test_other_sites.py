"""A page of another port, open in the same browser: it can neither change the casebook nor read from the desk.

To a browser ports of one machine are one site, so that cookies go along: only the desk itself can refuse.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from communique.pipeline import open_casebook
from tests.browser.chromium import Browser
from tests.browser.running import RunningDesk

# What such a page can try: a form that goes off by itself, requests with and without being asked first, reading.
SCRIPT = """
const told = {};
async function attempt(name, path, options) {
  try {
    const answer = await fetch("DESK" + path, options);
    told[name] = answer.type === "opaque" ? "sent unseen" : `read ${(await answer.text()).length}`;
  } catch (error) { told[name] = "refused"; }
}
(async () => {
  const dossier = JSON.stringify({title: "Taken", actors: ["IRN"]});
  await attempt("read the events", "/api/events", {});
  await attempt("write by JSON", "/api/dossiers/taken", {method: "PUT", headers: {"content-type": "application/json"}, body: dossier});
  await attempt("write as plain text", "/api/reports", {method: "POST", mode: "no-cors", headers: {"content-type": "text/plain"}, body: JSON.stringify({text: "Peru condemned Chile."})});
  await attempt("write by a form", "/paste", {method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({text: "Peru condemned Chile.", keep: "keep"})});
  document.title = "tried " + JSON.stringify(told);
})();
"""
FORM = """<!doctype html><title>form</title><form id="f" method="post" action="DESK/dossiers">
<input name="title" value="Taken"><input name="actors" value="IRN"></form><script>document.getElementById("f").submit()</script>"""


@contextmanager
def other_site(desk: RunningDesk) -> Iterator[str]:
    pages = {
        "/": f"<!doctype html><title>waiting</title><script>{SCRIPT}</script>".replace("DESK", desk.address),
        "/form": FORM.replace("DESK", desk.address),
    }

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, "").encode()
            self.send_response(200 if page else 404)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_of_another_site_changes_and_reads_nothing(own_desk: RunningDesk, browser: Browser) -> None:
    browser.open(own_desk.at("/"))
    with open_casebook(own_desk.casebook, read_only=True) as casebook:
        before = casebook.contents(), casebook.dossiers()
    with other_site(own_desk) as site:
        browser.driver.get(site + "/")
        browser.wait("document.title.startsWith('tried')")
        told = str(browser.driver.title)
        assert '"read the events":"refused"' in told
        assert '"write by JSON":"refused"' in told
        browser.driver.get(site + "/form")
        browser.wait("document.querySelector('h1') !== null")
        assert "Forbidden" in str(browser.ask("document.querySelector('h1').textContent"))
    with open_casebook(own_desk.casebook, read_only=True) as casebook:
        assert (casebook.contents(), casebook.dossiers()) == before
