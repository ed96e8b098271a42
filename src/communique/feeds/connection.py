"""Connections to a number that was checked, under the name that was asked for, and with an end to all waiting."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from communique.errors import InputError
from communique.feeds.addresses import WebAddress


class _Pinned(http.client.HTTPConnection):
    """A connection to `numbers`, tried in turn; `host` is only what the request and the certificate name."""

    tls: ssl.SSLContext | None = None

    def __init__(self, address: WebAddress, numbers: Sequence[str], timeout: float):
        super().__init__(address.host, address.port, timeout=timeout)
        self._numbers = tuple(numbers)
        self.raw: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first number that answers; the name is not looked up again."""
        failure: OSError | None = None
        for number in self._numbers:
            try:
                self.raw = self.sock = socket.create_connection((number, self.port), self.timeout)
                break
            except OSError as error:
                failure = error
        else:
            raise failure if failure is not None else OSError("no address to connect to")
        if self.tls is not None:
            # The certificate must be that of the name, not of the number.
            secure = self.tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.raw = self.sock = secure
            secure.do_handshake()


class _PinnedSecure(_Pinned):
    default_port = http.client.HTTPS_PORT


class Deadline:
    """Ends a connection that lasts longer than `seconds`: a server may send a byte a minute for ever."""

    def __init__(self, connection: _Pinned, seconds: float):
        self.passed = False
        self._connection = connection
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        self.passed = True
        raw = self._connection.raw
        if raw is not None:
            with suppress(OSError):
                # Of the socket below: the one of TLS would forget its session under the hands of the reader.
                socket.socket.shutdown(raw, socket.SHUT_RDWR)

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


@contextmanager
def connected(
    address: WebAddress, numbers: Sequence[str], *, timeout: float, longest: float, tls: ssl.SSLContext | None = None
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to one of `numbers` that is closed after the block; `timeout` and `longest` are seconds.

    `timeout` is the longest silence, `longest` the longest exchange. InputError in place of what the network raises.
    """
    connection = (_PinnedSecure if address.scheme == "https" else _Pinned)(address, numbers, timeout)
    if address.scheme == "https":
        connection.tls = tls if tls is not None else ssl.create_default_context()
    deadline = Deadline(connection, longest)
    try:
        with deadline:
            yield connection
    except TimeoutError as error:
        raise InputError(f"the server was silent for {timeout:g} seconds") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if deadline.passed:
            raise InputError(_too_slow(longest)) from error
        raise InputError(f"the connection failed ({_said(error)})") from error
    finally:
        connection.close()
    if deadline.passed:
        # Cut off at the deadline an answer without a stated length would look whole.
        raise InputError(_too_slow(longest))


def _too_slow(longest: float) -> str:
    return f"the server did not finish its answer within {longest:g} seconds"


def _said(error: Exception) -> str:
    words = getattr(error, "strerror", None) or str(error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
