"""What gets through the door and what comes back: bodies, odd queries, the policy, templates, static files."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.desk.security import NotEntered, NotJson, Refused, TooLarge
from communique.desk.settings import DeskSettings
from communique.errors import CommuniqueError
from communique.pipeline import open_casebook

from .conftest import ADDRESS
from .test_security import error_in

TEMPLATES = Path(str(files("communique.desk") / "templates"))


@pytest.fixture
def small_desk(read_casebook: Path) -> Iterator[TestClient]:
    """A desk that takes little at once."""
    with open_casebook(read_casebook, read_only=True) as casebook:
        made = make_app(Desk(casebook, DeskSettings(read_only=True, largest_upload=2_000)))
        with TestClient(made, base_url=ADDRESS) as client:
            yield client


def test_a_body_that_is_too_large_is_not_read_to_its_end(small_desk: TestClient) -> None:
    given: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(1_000):
            given.append(number)
            yield b" " * 1_000

    told = small_desk.post("/api/reports", json={"text": "x" * 3_000})
    untold = small_desk.post("/api/reports", content=pieces(), headers={"Content-Type": "application/json"})
    for answer in (told, untold):
        assert answer.status_code == 413
        assert error_in(answer)["kind"] == "TooLarge"
    page = small_desk.post("/dossiers", data={"title": "x" * 3_000})
    assert page.status_code == 413
    assert "2,000 bytes" in page.text


def test_there_are_no_websockets(small_desk: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), small_desk.websocket_connect("/"):
        pass


@pytest.mark.parametrize("length", ["-1", "1e3", "²", "0x10", "9" * 30, " "])
def test_a_length_that_is_none_is_refused(small_desk: TestClient, length: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": length.encode("latin-1")}
    answer = small_desk.post("/api/reports", content=b"{}", headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data; boundary=x; charset=no-such", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--'),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%00" for _ in range(5_000))),
        ("application/x-www-form-urlencoded", b"csrf_token=%ff%fe%80"),
    ],
)  # fmt: skip
def test_a_broken_form_is_refused_in_words(desk: TestClient, kind: str, body: bytes) -> None:
    assert desk.post("/dossiers", content=body, headers={"Content-Type": kind}).status_code in {400, 403}


@pytest.mark.parametrize(
    "name", ["cookie", "accept", "hx-request", "x-csrf-token", "origin", "sec-fetch-site", "authorization"]
)
def test_odd_bytes_in_headers_break_nothing(desk: TestClient, name: str) -> None:
    answer = desk.get("/", headers={name: b"\xff\xfe;=\x80\xc3"})  # type: ignore[dict-item]
    assert answer.status_code == 200
    answer = desk.post("/dossiers", headers={name: b"\xff\xfe;=\x80\xc3"})  # type: ignore[dict-item]
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "text=" + "+".join(f"w{number}" for number in range(8_000)),
        "text=" + "%25_%5C%27%22%00%7F" * 50,
        "actor=" + "A" * 30_000,
        "&".join(f"type={number}" for number in range(3_000)),
        "&".join("context=trade" for _ in range(3_000)),
        "dyad=" + ",".join(["USA"] * 5_000),
        "since=" + "1" * 20_000,
        "sort=" + "-" * 20_000,
        "offset=" + "9" * 400,
        "offset=" + "9" * 20_000,
        "limit=-1",
        "%ff=%fe&text=%ff",
        "report=" + "%2e%2e%2f" * 1_000,
    ],
)
@pytest.mark.parametrize("path", ["/api/events", "/events", "/downloads/events.csv"])
def test_a_huge_or_odd_query_is_answered_and_never_a_fault(desk: TestClient, path: str, query: str) -> None:
    answer = desk.get(f"{path}?{query}")
    assert answer.status_code in {200, 400, 422}, answer.text[:300]


def test_signs_of_patterns_mean_themselves(desk: TestClient) -> None:
    every = desk.get("/api/events").json()["total"]
    assert every > 0
    for sign in ("%", "_", "*", "?", "\\", "' OR 1=1 --", "[a-z]", ".*"):
        assert desk.get("/api/events", params={"text": f"{sign}nobody{sign}"}).json()["total"] == 0
        assert desk.get("/api/reports", params={"text": f"{sign}nobody{sign}"}).json()["total"] == 0


# What is sent back


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/events", 200), ("/nothing", 404), ("/events?offset=x", 422), ("/events?type=NONE", 400),
     ("/api/events", 200), ("/api/nothing", 404), ("/api/openapi.json", 200), ("/static/desk.css", 200), ("/static/none.js", 404),
     ("/downloads/events.csv", 200), ("/downloads/none.csv", 404)],
)  # fmt: skip
def test_every_answer_carries_the_policy(desk: TestClient, path: str, status: int) -> None:
    answer = desk.get(path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == (
        "public, max-age=86400" if status == 200 and "static" in path else "no-store"
    )


def test_a_fault_of_ours_is_told_in_the_same_shape_and_with_the_policy(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a secret of the inside")

    inner = desk.app.state.desk  # type: ignore[attr-defined]
    monkeypatch.setattr(inner.casebook, "contexts", broken)
    monkeypatch.setattr(inner.answers, "of", lambda key, make: make())
    answer = desk.get("/api/contexts")
    assert answer.status_code == 500
    assert error_in(answer)["kind"] == "Fault"
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert any(record.exc_info for record in caplog.records if record.name == "communique.desk")


def test_a_line_of_the_log_is_one_line(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("communique.desk.api.reports.sentence_places", broken)
    inner = desk.app.state.desk  # type: ignore[attr-defined]
    kept = inner.casebook.report("minsk")
    monkeypatch.setattr(inner.casebook, "report", lambda report_id: kept)
    assert desk.get("/api/reports/x%0DERROR%20forged").status_code == 500
    (record,) = [record for record in caplog.records if record.name == "communique.desk"]
    assert "\r" not in record.getMessage()


@pytest.mark.parametrize(
    "path", ["/", "/events", "/api/events", "/static/desk.css", "/downloads/events.csv", "/nothing"]
)
def test_head_is_get_without_a_body(desk: TestClient, path: str) -> None:
    head, whole = desk.head(path), desk.get(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["/static/../security.py", "/static/%2e%2e/security.py", "/static/..%2fsecurity.py", "/static/..%5csecurity.py",
     "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/%00", "/static/desk.css%00.js", "/static/" + "a" * 5_000,
     "/static/%ff%fe", "/static/", "/static/vendor"],
)  # fmt: skip
def test_nothing_but_the_static_files_is_served(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 404


def test_names_of_downloads_hold_nothing_that_a_visitor_wrote(desk: TestClient) -> None:
    answer = desk.get("/downloads/events.csv", params={"text": 'x"\r\nSet-Cookie: a=b'})
    assert answer.headers["content-disposition"] == 'attachment; filename="events.csv"'
    for path in (
        "/downloads/events%0d%0a.csv",
        "/downloads/../events.csv",
        "/downloads/events.csv.exe",
        "/downloads/.csv",
    ):
        assert desk.get(path).status_code == 404


class _Inline(HTMLParser):
    """Finds what a strict policy would not run or paint: scripts and styles in the page, handlers, odd addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._within = tag if tag in {"script", "style"} else None
        if tag == "style" or (tag == "script" and "src" not in named and named.get("type") != "application/json"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or (name.startswith("on") and name[2:].isalpha()) or name.startswith("hx-on"):
                self.found.append(f"{name}=")
            if re.match(r"\s*(javascript|vbscript|data:text)", value or "", re.IGNORECASE):
                self.found.append(f"{name}={value}")
            if name in {"src", "href", "action"} and tag in {"script", "link", "form", "img", "iframe"}:
                assert (value or "").startswith(("/", "{{", "{%", "?", "#", "data:")), (tag, name, value)


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_a_script_or_a_style(template: Path) -> None:
    words = template.read_text(encoding="utf-8")
    if template.name == "brief_file.html":
        # A file to be taken away, not a page of the desk: it carries its style within, and no script.
        words = re.sub(r"<style>.*?</style>", "", words, flags=re.DOTALL)
    parser = _Inline()
    parser.feed(words)
    assert parser.found == []
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", words)


def test_what_reports_say_is_shown_and_never_run(desk: TestClient) -> None:
    for path in ("/events", "/reports", "/reports/minsk", "/search?q=Panama"):
        page = desk.get(path).text
        assert "<script>alert" not in page, path
        assert "<b>agreements</b>" not in page, path


def test_a_real_server_adds_nothing_and_keeps_the_door(read_casebook: Path) -> None:
    """Through a socket, where headers are parsed by uvicorn: a body in chunks without end, and a bare HTTP/1.0 request."""
    with open_casebook(read_casebook, read_only=True) as casebook, socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        app = make_app(Desk(casebook, DeskSettings(port=port, read_only=True, largest_upload=10_000)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", server_header=False, proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            while not server.started:
                thread.join(0.01)
            plain = _asked(port, f"GET /api/contexts HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
            assert plain.startswith(b"HTTP/1.1 200")
            assert b"server:" not in plain.lower().split(b"\r\n\r\n")[0]
            assert _asked(port, "GET /api/contexts HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 403")
            chunked = (
                f"POST /api/reports HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + f"1000\r\n{' ' * 4096}\r\n" * 4
            )
            assert _asked(port, chunked).startswith(b"HTTP/1.1 413")
        finally:
            server.should_exit = True
            thread.join()


def _asked(port: int, words: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(words.encode("ascii"))
        found = b""
        while piece := line.recv(65_536):
            found += piece
            if b"\r\n\r\n" in found and not found.startswith(b"HTTP/1.1 200"):
                break
        return found


def test_errors_of_the_door_are_of_the_tree() -> None:
    told = {kind: kind.http_status for kind in (NotEntered, NotJson, Refused, TooLarge)}
    assert set(told.values()) == {401, 415, 403, 413}
    assert all(issubclass(kind, CommuniqueError) for kind in told)
