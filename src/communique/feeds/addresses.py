"""Where a feed may lead: http and https, and no address of this machine or of the network it stands in.

The check is made of the numbers that a name leads to, never of its spelling, and those very numbers are connected
to (connection.py): so neither "0x7f.1" nor a name that leads elsewhere a moment later gets past it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from communique.errors import InputError, UsageError

_PORTS = {"http": 80, "https": 443}
# What may stand in a path or query as it is; all else is escaped, blanks and letters with accents above all.
_PLAIN_IN_PATH = "/:@!$&'()*+,;=~%?-._[]"
# An IPv6 address that only carries an IPv4 address in its last 32 bits: NAT64 and the old "compatible" form.
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# Translation for one network alone (RFC 8215): wherever it leads, it leads inside.
_LOCAL_TRANSLATION = IPv6Network("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address taken apart: `host` in ASCII and without brackets, `path` with its query, as a request writes it."""

    scheme: str
    host: str
    port: int
    path: str


def web_address(url: str) -> WebAddress:
    """Give a URL taken apart.

    Raises UsageError where it is none of http or https, names no host, or holds a name and password.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url}: is no web address ({error}); write it as https://example.org/feed.xml") from error
    if parts.scheme not in _PORTS or not host:
        raise UsageError(f"{url}: only http and https are read; write the address as https://example.org/feed.xml")
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"{parts.scheme}://{host}: names and passwords in an address are not sent; leave them out")
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UsageError(f"{url}: {host!r} cannot be the name of a host") from error
    path = quote(parts.path or "/", safe=_PLAIN_IN_PATH)
    query = f"?{quote(parts.query, safe=_PLAIN_IN_PATH)}" if parts.query else ""
    return WebAddress(parts.scheme, name, _PORTS[parts.scheme] if port is None else port, path + query)


def addresses_of(host: str, port: int) -> tuple[str, ...]:
    """Give the numbers that a host leads to, as the system has them; InputError where it is not known."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the host {host} is not known ({reason}); check its spelling and the network") from error
    # The same number comes once for each kind of socket; the order is the system's preference.
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(number: str) -> bool:
    """Tell whether an IP address lies in the open internet, whatever form it is carried in."""
    address = ip_address(number)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.scope_id is not None or address.is_site_local or address in _LOCAL_TRANSLATION:
        return False
    carried = _carried(address)
    if carried:
        return all(is_public(str(inner)) for inner in carried)
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> list[IPv4Address]:
    """Give the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64, compatible."""
    found = [inner for inner in (address.ipv4_mapped, address.sixtofour) if inner is not None]
    if address.teredo is not None:
        found.extend(address.teredo)
    if any(address in network for network in _CARRIERS):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return found


@dataclass(frozen=True, slots=True)
class Gate:
    """Says to which numbers a connection may be made; `resolve` gives the numbers of a host and port."""

    allow_private: bool = False
    resolve: Callable[[str, int], tuple[str, ...]] = addresses_of

    def numbers(self, address: WebAddress) -> tuple[str, ...]:
        """Give the numbers to connect to, the preferred first.

        Raises UsageError where any of them is private, loopback, link-local, multicast or reserved, unless those are
        allowed, and InputError where the host is not known.
        """
        found = self.resolve(address.host, address.port)
        if not found:
            raise InputError(f"the host {address.host} has no address")
        if self.allow_private:
            return found
        for number in found:
            if not is_public(number):
                named = number if address.host == number else f"{address.host} leads to {number}, which"
                raise UsageError(
                    f"{named} is no address of the open internet; feeds inside a network are read with --allow-private"
                    f" (allow_private=True)"
                )
        return found
