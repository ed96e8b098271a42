"""How a desk is opened: where it listens, who may come in, how much it takes."""

from __future__ import annotations

import getpass
import ipaddress
import secrets
from dataclasses import dataclass, field

from communique.errors import UsageError

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8472
LARGEST_UPLOAD = 20_000_000
"""Bytes of a request's body that are taken at most."""
LEAST_TOKEN = 12


def is_loopback(host: str) -> bool:
    """Tell whether an address or name means this machine alone."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "desk"


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """All that a desk is told when it opens.

    `host` and `port` are where it listens. `token` is what a visitor must show; None on loopback. `who` stands in the
    corrections made here. `secret` signs cookies and forms of this run; `read_only` takes no writes.

    Raises UsageError for an address beyond this machine without a token, and for a token that is easily guessed.
    """

    host: str = LOOPBACK
    port: int = DEFAULT_PORT
    token: str | None = field(default=None, repr=False)
    who: str = field(default_factory=_login_name)
    read_only: bool = False
    largest_upload: int = LARGEST_UPLOAD
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        if self.token is not None and len(self.token.strip()) < LEAST_TOKEN:
            raise UsageError(f"--token: is shorter than {LEAST_TOKEN} characters; give a longer one")
        if self.token is None and not is_loopback(self.host):
            raise UsageError(
                f"--host {self.host}: others on the network could read and write the casebook; give a --token as well"
            )

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a browser may ask for this desk; empty where any may (an address with a token)."""
        if not is_loopback(self.host):
            return frozenset()
        return frozenset({"127.0.0.1", "localhost", "[::1]", self.host.casefold()})
