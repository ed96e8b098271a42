"""Plain text: the header, the encodings, and the dates that all readers share."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from communique.errors import UnreadableInput
from communique.records import Report
from communique.reports.plain import TEXT_LIMIT, find_encoding, read_date, read_plain

DAY = date(2025, 2, 25)

HEADERS = [
    # what the file holds                                    title          date  text
    ("Talks resumed.\n", None, None, "Talks resumed.\n"),
    ("Title: Talks resume\n\nTalks.", "Talks resume", None, "Talks."),
    ("Published: 2025-02-25\n\nTalks.", None, DAY, "Talks."),
    ("Title: Talks\nPublished: 2025-02-25\n\nText.", "Talks", DAY, "Text."),
    ("Published: 25 Feb 2025\r\nTitle: Talks \r\n\r\nText.\r\n", "Talks", DAY, "Text.\r\n"),
    ("Title: Talks\n \t\n\n  Text.", "Talks", None, "\n  Text."),
    ("Title: Headline alone", "Headline alone", None, ""),
    ("Title: T\nPublished:\n\nText.", "T", None, "Text."),
    ("Title: No blank line\nText.", None, None, "Title: No blank line\nText."),
    ("Text.\n\nTitle: too late\n\nMore.", None, None, "Text.\n\nTitle: too late\n\nMore."),
    ("Title: A\nTitle: B\n\nText.", None, None, "Title: A\nTitle: B\n\nText."),
    ("\n\n Text with space around \r\n\x0b", None, None, "\n\n Text with space around \r\n\x0b"),
]


@pytest.mark.parametrize(("content", "title", "day", "text"), HEADERS)
def test_a_header_is_taken_off_and_all_else_is_kept(
    content: str, title: str | None, day: date | None, text: str
) -> None:
    assert read_plain(content.encode(), "a.txt") == Report("a.txt", text, title, day, "a.txt")


def test_the_day_that_is_given_fills_in_only_where_the_file_has_none() -> None:
    fallback = date(2020, 1, 1)

    assert read_plain(b"Talks.", "a.txt", fallback).published == fallback
    assert read_plain(b"Published: 2025-02-25\n\nTalks.", "a.txt", fallback).published == DAY


ENCODINGS = [
    ("utf-8", "Pezeshkian sagte „nein“. 谈判 🕊"),
    ("utf-8-sig", "Genève: les négociations"),
    ("utf-16", "Переговоры начнутся во вторник"),
    ("utf-16-be-bom", "قال الرئيس إن المحادثات ستبدأ"),
    ("cp1252", "Le président a déclaré que les négociations étaient terminées à Genève."),
    ("cp1252", "Iran’s minister said “no” – the talks in Genève are over. Trump’s envoy agreed to meet."),
    ("cp1251", "Президент России заявил, что переговоры начнутся во вторник в Женеве."),
    ("cp1250", "Prezydent Polski oświadczył, że rozmowy rozpoczną się we wtorek w Łodzi."),
    ("cp1256", "قال الرئيس إن المحادثات ستبدأ يوم الثلاثاء في جنيف"),
    ("gb18030", "中国外交部发言人周二表示,谈判将继续进行。"),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODINGS)
def test_a_text_is_read_in_the_encoding_it_was_saved_in(encoding: str, text: str) -> None:
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)

    assert read_plain(data, "a.txt").text == text


UNREADABLE = [
    (b"", "the file is empty"),
    (b" \n\t\r\n", "the file is empty"),
    (b"\xef\xbb\xbf", "the file is empty"),
    (b"Title:\n\n", "neither text nor title"),
    (b"Talks\0resume", "is binary"),
    ("Talks".encode("utf-16-le"), "is binary"),
    (b"\xff\xfeT\x00a", "is binary"),
    (b"\xff\xfe\x00\xd8A\x00", "is binary"),
    (bytes(range(1, 256)) * 40, "is binary"),
    (b"Published: last week\n\nTalks.", "the date 'last week' cannot be read; write it as 2025-02-25"),
    (b"x" * (TEXT_LIMIT + 1), "is longer than 20 million characters"),
    ("\N{EURO SIGN}".encode() * (TEXT_LIMIT + 1), "is longer than 20 million characters"),
    (b"x" * (4 * TEXT_LIMIT + 5), "is longer than 20 million characters"),
]


@pytest.mark.parametrize(("data", "reason"), UNREADABLE, ids=[reason for _, reason in UNREADABLE])
def test_what_is_no_text_says_so_with_its_name_and_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_plain(data, "folder/a.txt")

    message = str(caught.value)
    assert message.startswith("folder/a.txt: ")
    assert reason in message
    assert ";" in message, "the mend follows the reason"


def test_a_text_of_just_the_limit_is_read() -> None:
    assert len(read_plain(b"x" * TEXT_LIMIT, "a.txt").text) == TEXT_LIMIT


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_character_cut_at_the_end_of_a_sample_does_not_change_its_encoding(cut: int) -> None:
    sample = ("x" * 50 + "🕊").encode()[:-cut]

    assert find_encoding(sample, whole=False) == "utf-8-sig"
    assert find_encoding(b"caf\xe9 et th\xe9 \xe0 Gen\xe8ve", whole=False) == "cp1252"


TEHRAN = timezone(timedelta(hours=3, minutes=30))

DATES = [
    ("2025-02-25", DAY),
    (" 2025-02-25 ", DAY),
    ("2025-02-25T23:30:00Z", DAY),
    ("2025-02-25T23:59:00-11:00", DAY),
    ("2025-02-25 10:00", DAY),
    ("2025-02-25T10:00:00.123456+03:30", DAY),
    ("2025/2/25", DAY),
    ("2025.02.25", DAY),
    ("20250225", DAY),
    ("20250225T101500Z", DAY),
    ("20250225101500", DAY),
    ("2025-W09-2", DAY),
    ("February 25, 2025", DAY),
    ("25 Feb 2025", DAY),
    ("Feb. 25th, 2025", DAY),
    ("Tue, 25 Feb 2025 10:00:00 GMT", DAY),
    ("25-Feb-2025", DAY),
    ("25/02/2025", DAY),
    ("02/25/2025", DAY),
    ("25.02.2025 10:00", DAY),
    ("04/04/2025", date(2025, 4, 4)),
    ("2031-12-31", date(2031, 12, 31)),
    (DAY, DAY),
    (datetime(2025, 2, 25, 23, 30, tzinfo=TEHRAN), DAY),
    (20250225, DAY),
    (None, None),
    ("", None),
    (" \t", None),
    (float("nan"), None),
]


@pytest.mark.parametrize(("value", "day"), DATES)
def test_a_written_date_is_the_day_that_is_written(value: object, day: date | None) -> None:
    assert read_date(value) == day


NO_DATES = [
    "yesterday",
    "soon",
    "10:30",
    "March",
    "2025",
    "Feb 2025",
    "in 2025",
    "12 2025",
    "Feb 30 2025",
    "2025-02-30",
    "2025-13-01",
    "0000-01-01",
    "99999999",
    "1740441600",
    "2025-02-25 perhaps",
    "25 février 2025",
    "5 2025 3",
    "25 Feb",
    "x" * 500,
    "February 25, 2025 " * 10,
    "\0",
    True,
    5.0,
    [DAY],
    {},
]


@pytest.mark.parametrize("value", NO_DATES, ids=lambda value: repr(value)[:30])
def test_half_a_date_is_never_guessed_to_the_full(value: object) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read; write it as 2025-02-25"):
        read_date(value)


@pytest.mark.parametrize("words", ["03/04/2025", "3.4.2025", "03-04-2025 10:00", "3 4 2025"])
def test_a_date_that_two_continents_read_differently_is_refused(words: str) -> None:
    with pytest.raises(UnreadableInput, match="one day in America and another in Europe"):
        read_date(words)
