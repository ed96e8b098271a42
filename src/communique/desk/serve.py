"""Serving a desk on an address, until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys

import uvicorn

from communique.desk.app import make_app
from communique.desk.desk import Desk
from communique.errors import UsageError


def listening(host: str, port: int) -> socket.socket:
    """Give a socket that listens; port 0 takes any that is free. UsageError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # By its protocol named: else asyncio sets no TCP_NODELAY, and every page on an open connection waits 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host.strip("[]"), port))
        # Here and not later: two desks may both have bound the address, but one alone can listen on it.
        made.listen()
    except (OSError, OverflowError) as error:
        made.close()
        raise UsageError(
            f"--port {port}: {host} cannot be listened on ({error}); name another port, or --port 0"
        ) from error
    return made


def serve(desk: Desk, door: socket.socket) -> None:
    """Answer on a socket until Ctrl-C or a signal to end; for the main thread."""
    # The server raises the signal once more when it has ended, which would end us before the casebook is closed.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    config = uvicorn.Config(
        make_app(desk, warm_up=True), log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=3, proxy_headers=False,
    )  # fmt: skip
    _Server(config, desk).run(sockets=[door])


class _Server(uvicorn.Server):
    """A server that, told to end, first ends the work that requests wait for: they are answered, and it goes at once."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the work, answer the last requests, close."""
        await asyncio.to_thread(self._desk.end_work)
        await super().shutdown(sockets)
