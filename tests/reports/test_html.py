"""Web pages: the report in them, their own date, and the pages that have neither."""

from __future__ import annotations

import socket
from datetime import date

import pytest

from communique.errors import UnreadableInput
from communique.reports.html import PAGE_LIMIT, read_page

FIRST = "Iran and the European Union agreed on Tuesday to resume talks in Geneva, officials said."
SECOND = "The foreign minister of Oman, who hosts them, said that both sides would send their deputies."

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
<title>Talks resume in Geneva | The Paper</title>
<meta property="og:title" content="Talks resume in Geneva">
HEAD
<script>var agreed = "France invaded Spain";</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Talks resume in Geneva</h1>BODY<p>{FIRST}</p><p>{SECOND}</p></article>
<section id="comments"><div class="comment"><p>First! I say Russia will attack them all.</p></div></section>
<footer>Copyright The Paper. <a href="/terms">Terms</a></footer>
</body></html>"""


def page(head: str = "", body: str = "") -> bytes:
    return PAGE.replace("HEAD", head).replace("BODY", body).encode()


def test_the_report_is_taken_out_of_the_page_around_it() -> None:
    report = read_page(page(), "news/a.html")

    assert report.report_id == report.origin == "news/a.html"
    assert report.title == "Talks resume in Geneva"
    assert report.text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize("foreign", ["Home", "Sport", "Copyright", "invaded", "attack"])
def test_menus_scripts_and_comments_are_no_part_of_it(foreign: str) -> None:
    assert foreign not in read_page(page(), "a.html").text


DATED = [
    ("<meta property='article:published_time' content='2025-02-25T10:00:00Z'>", ""),
    ("<meta name='date' content='2025-02-25'>", "<p>Updated 2025-03-01</p>"),
    ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-02-25"}</script>', ""),
    ("<link rel='canonical' href='https://paper.example/2025/02/25/talks'>", ""),
    ("", "<time datetime='2025-02-25T08:00'>25 February</time>"),
    ("", "<span class='date'>February 25, 2025</span>"),
]


@pytest.mark.parametrize(("head", "body"), DATED)
def test_the_date_is_the_one_the_page_gives_for_itself(head: str, body: str) -> None:
    assert read_page(page(head, body), "a.html", date(2020, 1, 1)).published == date(2025, 2, 25)


def test_a_date_in_the_future_is_kept() -> None:
    head = "<meta property='article:published_time' content='2031-02-25T10:00:00Z'>"

    assert read_page(page(head), "a.html").published == date(2031, 2, 25)


def test_a_day_that_a_sentence_mentions_is_not_the_day_of_the_report() -> None:
    prose = f"<p>They spoke of the 2015-07-14 agreement and of that of 3 March 2019. {SECOND} {SECOND}</p>"

    assert read_page(page(body=prose), "a.html").published is None
    assert read_page(page(body=prose), "a.html", date(2025, 2, 25)).published == date(2025, 2, 25)


def test_a_title_that_opens_the_text_is_not_told_twice() -> None:
    report = read_page(page(), "a.html")

    assert report.title is not None
    assert report.title not in report.text
    alone = b"<html><head><title>Talks resume</title></head><body><p>Talks resume</p></body></html>"
    assert read_page(alone, "a.html").text.strip() == "Talks resume"


CLAIMS = [
    ("windows-1251", "cp1251", "Президент заявил: переговоры начнутся."),
    ("KOI8-R", "koi8-r", "Президент заявил: переговоры начнутся."),
    ("iso-8859-1", "cp1252", "Les négociations à Genève – “non”."),
    ("utf-8", "cp1252", "Les négociations étaient terminées à Genève, a déclaré le président."),
    ("no-such-thing", "cp1252", "Les négociations étaient terminées à Genève, a déclaré le président."),
    ("punycode", "cp1252", "Les négociations étaient terminées à Genève, a déclaré le président."),
    ("windows-1251", "utf-8", "Les négociations à Genève."),
]


@pytest.mark.parametrize(("claimed", "encoding", "sentence"), CLAIMS)
def test_a_page_is_read_by_what_it_claims_where_the_bytes_bear_it_out(
    claimed: str, encoding: str, sentence: str
) -> None:
    head = f"<head><meta charset='{claimed}'></head>"
    markup = f"<html>{head}<body><article><p>{sentence}</p></article></body></html>"

    assert read_page(markup.encode(encoding), "a.html").text.strip() == sentence


def test_right_to_left_text_and_entities_come_through() -> None:
    sentence = "قال الرئيس إن المحادثات ستبدأ يوم الثلاثاء في جنيف"
    markup = f"<html dir='rtl'><body><article><p>{sentence} &amp; &lt;b&gt;</p></article></body></html>"

    assert read_page(markup.encode(), "a.html").text.strip() == f"{sentence} & <b>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{FIRST}</p>",
        f"<?xml version='1.0' encoding='utf-8'?><html><body><p>{FIRST}</p></body></html>",
        f"<html><body><article><p>{FIRST}",
        f"<html><body><div><p>{FIRST}</div></p></b></table></body>",
        f"<html><body>{'<div>' * 150}<p>{FIRST}</p>{'</div>' * 150}</body></html>",
        f"<html><body><article><p>{FIRST}</p><p>&#0;&#xD800;&#x110000;</p></article></body></html>",
    ],
    ids=["fragment", "declaration", "unclosed", "crossed", "nested", "impossible characters"],
)
def test_broken_markup_still_gives_its_sentence(markup: str) -> None:
    assert FIRST in read_page(markup.encode(), "a.html").text


NOTHING = [
    (b"", "the file is empty"),
    (b"<html><head><title>Only a title</title></head><body></body></html>", "no readable text was found"),
    (b"<html><body><script>var text = 'Iran agreed';</script></body></html>", "no readable text was found"),
    (b"<html><body><img src='a.png'></body></html>", "no readable text was found"),
    (b"<html><body>" + b"<div>" * 20000 + b"</body></html>", "no readable text was found"),
    (b"<!-- only a comment -->", "no readable text was found"),
    (b"<html>\0<body><p>text</p></body></html>", "is binary"),
    (b"<html><body><p>" + b"a " * (PAGE_LIMIT // 2) + b"</p></body></html>", "longer than 5 million"),
]


@pytest.mark.parametrize(("data", "reason"), NOTHING, ids=[data[:30].decode() for data, _ in NOTHING])
def test_a_page_without_a_report_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason) as caught:
        read_page(data, "a.html")

    assert str(caught.value).startswith("a.html: ")


@pytest.mark.parametrize(
    "content",
    [
        "http://127.0.0.1:9/private",
        "https://paper.example/a",
        f"<html><head><link rel='canonical' href='http://127.0.0.1:9/x'></head><body><p>{FIRST}</p></body></html>",
        f"<html><head><base href='http://127.0.0.1:9/'></head><body><p>{FIRST}</p></body></html>",
        f"<html><body><iframe src='http://127.0.0.1:9/'></iframe><p>{FIRST}</p></body></html>",
        f"<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/x.dtd'><html><body><p>{FIRST}</p></body></html>",
    ],
)
def test_no_page_opens_a_connection(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []

    def refuse(self: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **options: tried.append(address) or [])

    read_page(content.encode(), "a.html")

    assert tried == []
