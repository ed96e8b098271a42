"""A feed leads to the open internet or nowhere, however its address is spelt."""

from __future__ import annotations

import pytest

from communique.errors import InputError, UsageError
from communique.feeds.addresses import Gate, addresses_of, is_public, web_address

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:7f00:1::",
]


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_of_this_machine_and_network_are_inside(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"]
)
def test_numbers_of_the_open_internet_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed", "http://2130706433/feed", "http://0x7f000001/feed", "http://0177.0.0.1/feed",
        "http://127.1/feed", "http://0/feed", "http://[::1]/feed", "http://[::ffff:127.0.0.1]/feed",
        "http://localhost/feed", "http://LOCALHOST:8080/feed",
    ],
)  # fmt: skip
def test_no_spelling_of_loopback_gets_through(url: str) -> None:
    with pytest.raises(UsageError, match="--allow-private"):
        Gate().numbers(web_address(url))


def test_a_name_is_judged_by_where_it_leads_and_one_wrong_number_is_enough() -> None:
    gate = Gate(resolve=lambda host, port: ("8.8.8.8", "10.0.0.7"))
    with pytest.raises(UsageError, match=r"news\.example leads to 10\.0\.0\.7"):
        gate.numbers(web_address("https://news.example/feed"))
    assert Gate(True, gate.resolve).numbers(web_address("https://news.example/feed")) == ("8.8.8.8", "10.0.0.7")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://e.org/f", "gopher://e.org/", "feed://e.org/f", "e.org/f", "", "//e.org",
                                 "http://", "javascript:alert(1)", "http://[::1", "http://e.org:99999/"])  # fmt: skip
def test_other_schemes_and_broken_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"https://example\.org/feed\.xml"):
        web_address(url)


def test_a_password_is_neither_sent_nor_shown() -> None:
    with pytest.raises(UsageError) as caught:
        web_address("https://me:secret@news.example/feed")
    assert "secret" not in str(caught.value)


def test_names_and_paths_in_any_script_become_what_a_request_may_hold() -> None:
    address = web_address("https://Zürich.example/é t/?q=ü&x=%20\r\nHost: evil")
    assert address.host == "xn--zrich-kva.example"
    assert address.port == 443
    assert address.path.isascii()
    assert not set("\r\n ") & set(address.path)
    assert "%20" in address.path


def test_a_host_that_is_not_known_is_told() -> None:
    with pytest.raises(InputError, match=r"the host nowhere\.invalid is not known"):
        addresses_of("nowhere.invalid", 80)
