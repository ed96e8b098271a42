"""RSS and Atom become reports: the words a reader sees, the day, the link; and what is no feed is told."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from communique.errors import UnreadableInput
from communique.feeds import ParsedFeed, read_feed
from communique.feeds.words import text_of_html
from communique.records import DroppedReport, Report
from tests.feeds.server import rss

URL = "http://wire.example/news/feed.xml"


def item(inside: str, *, attributes: str = "", channel: str = "", frame: str = "") -> ParsedFeed:
    """Read an RSS feed of one entry."""
    return read_feed(
        f'<?xml version="1.0"?>{frame}<rss version="2.0" {attributes}><channel><title>Wire</title>{channel}'
        f"<item>{inside}</item></channel></rss>".encode(),
        URL,
    )


def only(feed: ParsedFeed) -> Report:
    (found,) = feed.items
    assert isinstance(found, Report), found
    return found


def test_an_entry_of_rss_is_a_report() -> None:
    feed = read_feed(rss(("Recall", "http://wire.example/1", "Panama recalled its ambassador from Cuba.")), URL)
    assert (feed.title, feed.broken, feed.dropped) == ("The wire", None, ())
    found = only(feed)
    assert found.title == "Recall"
    assert found.text == "Panama recalled its ambassador from Cuba."
    assert found.published == date(2025, 2, 25)
    assert found.origin == "http://wire.example/1"


def test_an_entry_of_atom_is_a_report_by_its_full_content() -> None:
    found = only(
        read_feed(
            b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:wire</id>
            <entry><id>urn:1</id><title type="html">Talks &amp;amp; &lt;i&gt;terms&lt;/i&gt;</title>
            <link rel="alternate" href="../1.html"/><updated>2025-02-26T01:30:00+05:00</updated>
            <summary>Short.</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Peru met Chile.</p><p>They <b>agreed</b>.</p></div></content>
            </entry></feed>""",
            URL,
        )
    )
    assert found.title == "Talks & terms"
    assert found.text == "Peru met Chile.\n\nThey agreed."
    assert found.origin == "http://wire.example/1.html"
    assert found.published == date(2025, 2, 26), "the day as written, in its own time zone"


def test_full_content_comes_before_the_summary() -> None:
    found = only(
        item(
            "<title>T</title><link>http://wire.example/1</link><description>Short.</description>"
            "<content:encoded><![CDATA[<p>Long and whole &amp; full.</p><script>alert('x')</script>]]></content:encoded>",
            attributes='xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        )
    )
    assert found.text == "Long and whole & full."


def test_html_becomes_the_words_a_reader_sees() -> None:
    assert text_of_html(
        "<p>One<br>two</p><style>p{}</style><!-- no --><ul><li>a <b>b</b><li>c</ul> x &lt; y &amp; z"
    ) == ("One\n\ntwo\n\na b\n\nc\n\nx < y & z")
    assert text_of_html("   ") == ""
    assert text_of_html("half \ud800 a\x00 character") == "half a character"


def test_relative_links_are_made_whole_and_dangerous_ones_dropped() -> None:
    assert only(item("<title>T</title><link>../story/7</link>")).origin == "http://wire.example/story/7"
    for link in ("javascript:alert(1)", "file:///etc/passwd", "http://[::1"):
        assert only(item(f"<title>T</title><link>{link}</link>")).origin == URL


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("<pubDate>Tue, 25 Feb 2025 23:30:00 -0800</pubDate>", date(2025, 2, 25)),
        ('<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2025-02-25T10:00:00Z</dc:date>', date(2025, 2, 25)),
        ("<pubDate>soon</pubDate>", None),
        ("<pubDate>0000-00-00</pubDate>", None),
        ("<pubDate></pubDate>", None),
        ("", None),
    ],
)
def test_the_day_is_the_one_that_is_written_or_none(written: str, day: date | None) -> None:
    assert only(item(f"<title>T</title><link>http://wire.example/1</link>{written}")).published == day


def test_the_same_link_is_the_same_report_in_every_feed() -> None:
    entry = ("T", "http://wire.example/1", "Words.")
    here, there = read_feed(rss(entry), URL), read_feed(rss(entry), "http://other.example/feed")
    assert only(here).report_id == only(there).report_id


def test_entries_without_a_link_of_their_own_are_known_by_feed_and_id() -> None:
    one = "<title>T</title><guid isPermaLink='false'>a1</guid>"
    assert only(item(one)).report_id == only(item(one + "<description>More.</description>")).report_id
    other = read_feed(
        f"<rss version='2.0'><channel><item>{one}</item></channel></rss>".encode(), "http://other.example/"
    )
    assert only(item(one)).report_id != only(other).report_id
    live = "<link>http://wire.example/live</link>"
    feed = item(
        f"<guid isPermaLink='false'>a</guid><title>A</title>{live}</item><item><guid isPermaLink='false'>b</guid><title>B</title>{live}"
    )
    assert len({report.report_id for report in feed.reports}) == 2
    assert {report.origin for report in feed.reports} == {"http://wire.example/live"}


def test_an_entry_that_comes_twice_is_one_and_an_empty_one_is_dropped_with_its_reason() -> None:
    entry = "<title>T</title><link>http://wire.example/1</link><guid>http://wire.example/1</guid>"
    feed = item(f"{entry}</item><item>{entry}</item><item><guid isPermaLink='false'>x</guid>")
    assert [report.title for report in feed.reports] == ["T"]
    (dropped,) = feed.dropped
    assert dropped.reason == "has neither title nor text"
    assert dropped.origin == f"{URL}, entry 3"
    assert isinstance(feed.items[1], DroppedReport)


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "text/xml; charset=utf-8"),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "utf-8", "text/xml; charset=windows-1252"),
        ("utf-8", "iso-8859-1", "text/xml"),
        ("utf-16", "utf-8", None),
        ("utf-8", "punycode", "text/xml; charset=unicode_escape"),
        ("utf-8", "no-such-thing", "text/xml; charset="),
    ],
)
def test_encodings_are_read_by_what_the_bytes_are(encoding: str, declared: str, content_type: str | None) -> None:
    words = f"<?xml version='1.0' encoding='{declared}'?><rss version='2.0'><channel><item><title>Perú – née</title>"
    feed = read_feed(f"{words}</item></channel></rss>".encode(encoding), URL, content_type)
    assert (only(feed).title, feed.broken) == ("Perú – née", None)


def test_broken_xml_is_read_as_far_as_it_goes_and_told() -> None:
    feed = read_feed(
        rss(("T", "http://wire.example/1", "A & B met."), ("U", "http://wire.example/2", "C & D."))[:-20], URL
    )
    assert [report.text for report in feed.reports] == ["A & B met.", "C & D."]
    assert feed.broken


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"<!doctype html><html><body><p>A page</p></body></html>", "no RSS or Atom feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no RSS or Atom feed"),
        (b"/etc/passwd", "no RSS or Atom feed"),
        (b"http://127.0.0.1/feed", "no RSS or Atom feed"),
        (gzip.compress(b"<rss/>"), "binary"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_feed_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        read_feed(data, URL, "text/html")


def test_entities_neither_grow_nor_reach_for_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    outside = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;]>'
    assert "secret" not in only(item("<title>T</title><description>x&e;y</description>", frame=outside)).text
    grown = "".join(f'<!ENTITY b{n} "{(f"&b{n - 1};" if n else "ha ") * 10}">' for n in range(12))
    bomb = item("<title>T</title><description>x&b11;y</description>", frame=f"<!DOCTYPE rss [{grown}]>")
    assert len(only(bomb).text) < 1_000


def test_a_feed_says_how_often_it_changes() -> None:
    period = "<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>{}</sy:updatePeriod>"
    often = "<sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>{}</sy:updateFrequency>"
    for channel, seconds in {
        "<ttl>30</ttl>": 1_800.0,
        period.format("hourly"): 3_600.0,
        period.format("daily") + often.format(24): 3_600.0,
        period.format("yearly"): 86_400.0,
        "<ttl>-3</ttl>" + period.format("now and then"): None,
        "": None,
    }.items():
        assert item("<title>T</title>", channel=channel).update_period == seconds, channel
