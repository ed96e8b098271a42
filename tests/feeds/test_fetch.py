"""One request for a feed: polite, bounded, and never where it may not go. All on loopback."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from communique import __version__
from communique.errors import InputError, UsageError
from communique.feeds import Gate, fetch
from communique.feeds.fetch import Limits
from tests.feeds.server import FeedServer, Reply, rss, serving

OPEN = Gate(allow_private=True)
FEED = rss(("Recall", "http://wire.example/1", "Panama recalled its ambassador from Cuba."))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as served:
        yield served


def test_a_request_names_who_asks_and_what_it_knows(server: FeedServer) -> None:
    server.replies["/feed"] = Reply(FEED, etag='"one"', headers={"Last-Modified": "Tue, 25 Feb 2025 10:00:00 GMT"})
    first = fetch(server.url("/feed"), gate=OPEN)
    assert (first.status, first.body) == (200, FEED)
    again = fetch(
        server.url("/feed"), etag=first.headers["etag"], modified=first.headers["last-modified"], gate=OPEN
    )  # fmt: skip
    assert (again.status, again.body) == (304, b"")
    sent = server.asked[1][1]
    assert sent["user-agent"].startswith(f"communique/{__version__} ")
    assert sent["if-none-match"] == '"one"'
    assert sent["if-modified-since"] == "Tue, 25 Feb 2025 10:00:00 GMT"
    assert "cookie" not in sent


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "bare"])
def test_packed_answers_are_unpacked(server: FeedServer, coding: str) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = {"deflate": zlib.compress(FEED), "bare": bare.compress(FEED) + bare.flush()}.get(
        coding, gzip.compress(FEED)
    )
    server.replies["/feed"] = Reply(packed, headers={"Content-Encoding": coding.replace("bare", "deflate")})
    assert fetch(server.url("/feed"), gate=OPEN).body == FEED
    assert server.asked[0][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("length", [65_536, 65_537, 4_999_999, 5_000_000])
def test_a_packed_answer_up_to_the_limit_is_whole(server: FeedServer, length: int) -> None:
    server.replies["/feed"] = Reply(gzip.compress(b"x" * length), headers={"Content-Encoding": "gzip"})
    assert fetch(server.url("/feed"), gate=OPEN).body == b"x" * length


def test_a_bomb_of_gzip_ends_at_the_limit(server: FeedServer) -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert len(bomb) < 100_000
    server.replies["/bomb"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(InputError, match="longer than 5 million bytes"):
        fetch(server.url("/bomb"), gate=OPEN)


def test_a_long_answer_ends_at_the_limit_whether_its_length_is_stated_or_not(server: FeedServer) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(200):
            request.wfile.write(bytes(100_000))

    server.replies["/stated"] = Reply(bytes(5_000_001))
    server.replies["/endless"] = Reply(write=endless)
    for path in ("/stated", "/endless"):
        with pytest.raises(InputError, match="longer than 5 million bytes"):
            fetch(server.url(path), gate=OPEN)


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("gzip", b"no gzip at all", "cannot be unpacked"),
        ("gzip", gzip.compress(FEED)[:-20], "breaks off"),
        ("br", b"x", "packed its answer as 'br'"),
    ],
)
def test_what_cannot_be_unpacked_is_told(server: FeedServer, coding: str, body: bytes, reason: str) -> None:
    server.replies["/feed"] = Reply(body, headers={"Content-Encoding": coding})
    with pytest.raises(InputError, match=reason):
        fetch(server.url("/feed"), gate=OPEN)


def test_an_answer_that_breaks_off_is_no_answer(server: FeedServer) -> None:
    def half(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\n<rss")

    server.replies["/feed"] = Reply(write=half)
    with pytest.raises(InputError, match="breaks off before its end"):
        fetch(server.url("/feed"), gate=OPEN)


def test_a_silent_server_and_one_that_drips_are_left(server: FeedServer) -> None:
    left = threading.Event()

    def silent(request: BaseHTTPRequestHandler) -> None:
        left.wait(20)

    def drips(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        while not left.wait(0.01):
            request.wfile.write(b"x")

    server.replies.update({"/silent": Reply(write=silent), "/drips": Reply(write=drips)})
    try:
        with pytest.raises(InputError, match=r"silent for 0\.1 seconds"):
            fetch(server.url("/silent"), gate=OPEN, limits=Limits(silence=0.1))
        with pytest.raises(InputError, match=r"did not finish its answer within 0\.2 seconds"):
            fetch(server.url("/drips"), gate=OPEN, limits=Limits(silence=10, longest=0.2))
    finally:
        left.set()


def test_redirects_are_followed_a_few_times_and_a_lasting_move_is_told(server: FeedServer) -> None:
    server.replies.update(
        {
            "/old": Reply(status=301, headers={"Location": "new"}),
            "/new": Reply(status=302, headers={"Location": "/today"}),
            "/today": Reply(FEED),
            "/round": Reply(status=302, headers={"Location": "/round"}),
            "/lost": Reply(status=302),
        }
    )
    found = fetch(server.url("/old"), gate=OPEN)
    assert (found.url, found.moved_to, found.body) == (server.url("/today"), server.url("/new"), FEED)
    server.asked.clear()
    with pytest.raises(InputError, match="more than 5 times"):
        fetch(server.url("/round"), gate=OPEN)
    assert len(server.asked) == 6
    with pytest.raises(InputError, match="does not say where"):
        fetch(server.url("/lost"), gate=OPEN)


def test_a_redirect_to_what_is_no_address_is_told(server: FeedServer) -> None:
    server.replies["/odd"] = Reply(status=302, headers={"Location": "http://["})
    with pytest.raises(InputError, match=r"leads on to 'http://\['"):
        fetch(server.url("/odd"), gate=OPEN)


def test_a_redirect_to_a_private_address_or_another_scheme_is_not_followed(server: FeedServer) -> None:
    port = int(server.address.rpartition(":")[2])
    server.replies.update(
        {
            "/inside": Reply(status=302, headers={"Location": f"http://inside.example:{port}/secret"}),
            "/file": Reply(status=302, headers={"Location": "file:///etc/passwd"}),
            "/secret": Reply(b"secret"),
        }
    )

    class OnlyOutside(Gate):
        """Takes the server for one of the open internet under one name alone."""

        def numbers(self, address: object) -> tuple[str, ...]:
            return ("127.0.0.1",) if getattr(address, "host", "") == "outside.example" else Gate.numbers(self, address)  # type: ignore[arg-type]

    gate = OnlyOutside(resolve=lambda host, port: ("127.0.0.1",))
    with pytest.raises(UsageError, match=r"inside\.example leads to 127\.0\.0\.1"):
        fetch(f"http://outside.example:{port}/inside", gate=gate)
    with pytest.raises(UsageError, match="only http and https"):
        fetch(f"http://outside.example:{port}/file", gate=gate)
    assert server.paths() == ["/inside", "/file"]


def test_the_number_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([("8.8.8.8",), ("127.0.0.1",)])
    connected: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], *_: object) -> socket.socket:
        connected.append(place)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError, match="refused"):
        fetch("http://rebinding.example/feed", gate=Gate(resolve=lambda host, port: next(answers)))
    assert connected == [("8.8.8.8", 80)]
    assert next(answers) == ("127.0.0.1",), "the name was looked up once"


def test_the_server_hears_the_name_and_not_the_number(server: FeedServer) -> None:
    server.replies["/feed"] = Reply(FEED)
    port = int(server.address.rpartition(":")[2])
    gate = Gate(True, lambda host, port: ("127.0.0.1",))
    assert fetch(f"http://news.example:{port}/feed", gate=gate).body == FEED
    assert server.asked[0][1]["host"] == f"news.example:{port}"


def test_proxies_of_the_environment_are_not_used(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.replies["/feed"] = Reply(FEED)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch(server.url("/feed"), gate=OPEN).status == 200


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_certificate_must_be_that_of_the_name(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    hers = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    hers.load_cert_chain(certificate, key)
    names: list[str | None] = []
    hers.sni_callback = lambda sock, name, context: names.append(name)
    ours = ssl.create_default_context(cafile=str(certificate))
    gate = Gate(True, lambda host, port: ("127.0.0.1",))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def serve() -> None:
            for _ in range(2):
                taken, _ = listening.accept()
                try:
                    with hers.wrap_socket(taken, server_side=True) as secure:
                        secure.recv(4096)
                        secure.sendall(b"HTTP/1.0 200 OK\r\n\r\nhello")
                except OSError:
                    taken.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            assert fetch(f"https://news.example:{port}/", gate=gate, tls=ours).body == b"hello"
            with pytest.raises(InputError, match="certificate"):
                fetch(f"https://other.example:{port}/", gate=gate, tls=ours)
        finally:
            thread.join()
    assert names == ["news.example", "other.example"]


def test_nothing_is_kept_of_an_answer_that_is_no_feed(server: FeedServer) -> None:
    server.replies["/feed"] = Reply(b"x" * 1000, status=503, headers={"Retry-After": "60"})
    answer = fetch(server.url("/feed"), gate=OPEN)
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (503, b"", "60")
