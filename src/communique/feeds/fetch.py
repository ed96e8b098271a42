"""One polite request for a feed: who asks is named, what is known is not sent again, and every step is checked."""

from __future__ import annotations

import http.client
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import urljoin

from communique.errors import InputError
from communique.feeds.addresses import Gate, web_address
from communique.feeds.connection import connected

BYTE_LIMIT = 5_000_000
"""The longest feed that is read, in bytes, as sent and as unpacked."""
MOST_REDIRECTS = 5
SILENCE = 20.0
"""How long a server may be silent, in seconds."""
LONGEST = 60.0
"""How long one answer may take in all, in seconds."""

USER_AGENT = f"communique/{version('communique')} (feed reader)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is borne: bytes, redirects, and seconds of silence and of one answer."""

    size: int = BYTE_LIMIT
    redirects: int = MOST_REDIRECTS
    silence: float = SILENCE
    longest: float = LONGEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `url` is where it came from in the end, `body` is unpacked and empty unless 200.

    `headers` have names in lower case. `moved_to` is the address to ask from now on, where the server says so.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str | None = None


def fetch(
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    gate: Gate | None = None,
    limits: Limits | None = None,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Ask once for what lies at `url`, following redirects, each checked like the first; give any answer with a status.

    `etag` and `modified` are the headers ETag and Last-Modified of the answer that is known; a server that has nothing
    newer answers 304. No proxy of the environment is used, no cookie kept, no password sent.

    Raises UsageError for an address that may not be asked, and InputError where no whole answer comes.
    """
    gate, limits = gate or Gate(), limits or Limits()
    wanted = {"If-None-Match": etag, "If-Modified-Since": modified}
    conditions = {name: value for name, value in wanted.items() if value is not None}
    here, moved_to, only_for_good = url, None, True
    for _ in range(limits.redirects + 1):
        answer = _ask(here, conditions, gate, limits, tls)
        if answer.status not in _REDIRECTS:
            return Answer(here, answer.status, answer.headers, answer.body, moved_to)
        target = answer.headers.get("location")
        if not target:
            raise InputError(f"{here} leads on (status {answer.status}) but does not say where")
        here = _led_on(here, target)
        only_for_good = only_for_good and answer.status in _FOR_GOOD
        moved_to = here if only_for_good else moved_to
    raise InputError(f"it was led on more than {limits.redirects} times, last to {here}")


def _led_on(here: str, target: str) -> str:
    try:
        return urljoin(here, target)
    except ValueError as error:
        raise InputError(f"{here} leads on to {target[:200]!r}, which is no web address ({error})") from error


def _ask(
    url: str, conditions: Mapping[str, str], gate: Gate, limits: Limits, tls: ssl.SSLContext | None
) -> Answer:  # fmt: skip
    address = web_address(url)
    numbers = gate.numbers(address)
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **conditions,
    }
    with connected(address, numbers, timeout=limits.silence, longest=limits.longest, tls=tls) as connection:
        connection.request("GET", address.path, headers=headers)
        with connection.getresponse() as response:
            told = {name.lower(): value for name, value in response.getheaders()}
            body = b"".join(_body(response, told, limits.size)) if response.status == 200 else b""
    return Answer(url, response.status, told, body)


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limit: int) -> Iterator[bytes]:
    """Give the body unpacked, piece by piece; InputError as soon as it is too long, however well it was packed."""
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise InputError(_too_long(limit))
    pieces = _pieces(response, limit)
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        yield from pieces
    elif coding in {"gzip", "x-gzip", "deflate"}:
        yield from _unpacked(pieces, limit)
    else:
        raise InputError(f"the server packed its answer as {coding!r}, which was not asked for")


def _pieces(response: http.client.HTTPResponse, limit: int) -> Iterator[bytes]:
    got = 0
    while piece := response.read(_PIECE):
        got += len(piece)
        if got > limit:
            raise InputError(_too_long(limit))
        yield piece
    if response.length:
        # A read of so many bytes at most does not tell by itself that fewer came than were announced.
        raise InputError("the answer breaks off before its end")


def _unpacked(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Unpack gzip, or deflate with its header or bare, never more than `limit` bytes of it."""
    unpacker, given = None, 0
    try:
        for piece in pieces:
            if unpacker is None:
                # The first byte of zlib's header has 8 in its low half, gzip's is 1f; bare deflate has neither.
                headed = piece[0] == 0x1F or piece[0] & 0x0F == 8
                unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32 if headed else -zlib.MAX_WBITS)
            while not unpacker.eof:
                unpacked = unpacker.decompress(piece, min(_PIECE, limit - given + 1))
                piece = unpacker.unconsumed_tail
                if not unpacked and not piece:
                    break
                given += len(unpacked)
                if given > limit:
                    raise InputError(_too_long(limit))
                yield unpacked
    except zlib.error as error:
        raise InputError(f"what the server sent cannot be unpacked ({error})") from error
    if unpacker is not None and not unpacker.eof:
        raise InputError("the packed answer breaks off before its end")


def _too_long(limit: int) -> str:
    return f"the feed is longer than {limit / 1_000_000:g} million bytes"
