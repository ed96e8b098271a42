"""A feed served on loopback: what it answers is set path by path, and what it was asked stays to be looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTRY = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid>
<pubDate>Tue, 25 Feb 2025 10:00:00 GMT</pubDate><description>{text}</description></item>"""

Writer = Callable[[BaseHTTPRequestHandler], None]


def rss(*entries: tuple[str, str, str], channel: str = "") -> bytes:
    """A feed of entries, each as (title, link, text)."""
    items = "".join(ENTRY.format(title=title, link=link, text=text) for title, link, text in entries)
    head = "<title>The wire</title><link>http://wire.example/</link><description>News</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{channel}{items}</channel></rss>'.encode()


@dataclass
class Reply:
    """What one path answers; with `etag` it answers 304 to whoever knows it. `write` answers in its own way."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    write: Writer | None = None


@dataclass
class FeedServer:
    """The server: `replies` by path, and `asked` in order, as (path, headers)."""

    address: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.address + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[FeedServer]:
    """Serve on a free port of loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            served.asked.append((self.path, headers))
            reply = served.replies.get(self.path, Reply(status=404))
            # Who asks may have gone before the end, which is what some tests are about.
            with suppress(OSError):
                self.answer(reply, headers)

        def answer(self, reply: Reply, headers: dict[str, str]) -> None:
            if reply.write is not None:
                reply.write(self)
                return
            known = reply.etag is not None and headers.get("if-none-match") == reply.etag
            self.send_response(304 if known else reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.etag is not None:
                self.send_header("ETag", reply.etag)
            if not known:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if not known:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = FeedServer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class PretendClock:
    """A clock that stands until somebody waits, and then has waited at once."""

    def __init__(self, start: datetime = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)) -> None:
        self.moment = start
        self.waited: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.moment += timedelta(seconds=seconds)
