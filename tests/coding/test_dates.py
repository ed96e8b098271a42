"""When an act happened: phrases of the news, counted from a day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import communique
from communique.coding.dates import find_dates
from communique.records import DateBasis

TUESDAY = date(2025, 2, 25)

PHRASES = [
    ("Talks were held on Monday.", "2025-02-24"),
    ("Talks were held on Tuesday.", "2025-02-25"),
    ("Talks were held last Tuesday.", "2025-02-18"),
    ("Talks will be held next Friday.", "2025-02-28"),
    ("Talks were held yesterday.", "2025-02-24"),
    ("Talks were held two days ago.", "2025-02-23"),
    ("Talks were held three weeks ago.", "2025-02"),
    ("Talks were held two months ago.", "2024-12"),
    ("Talks were held six years ago.", "2019"),
    ("Talks were held late last year.", "2024"),
    ("Talks were held in December.", "2024-12"),
    ("Talks were held last November.", "2024-11"),
    ("Talks were held in January.", "2025-01"),
    ("Talks were held earlier this month.", "2025-02"),
    ("Talks were held last month.", "2025-01"),
    ("Talks were held on 22 July 2017.", "2017-07-22"),
    ("Talks were held on September 7, 2004.", "2004-09-07"),
    ("Talks were held on 3 January.", "2025-01-03"),
    ("Talks were held on Oct. 5.", "2024-10-05"),
    ("Talks were held in April 2015.", "2015-04"),
    ("Talks were held in 2018.", "2018"),
    ("Talks have been held since 2003.", "2003"),
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASES)
def test_a_phrase_is_counted_from_publication(sentence: str, expected: str) -> None:
    assert [when.date for when in find_dates(sentence, TUESDAY)] == [expected]


@pytest.mark.parametrize("sentence", ["Theresa may march.", "He may go, she said.", "The march of 3,000 went on."])
def test_ordinary_words_are_no_months(sentence: str) -> None:
    assert find_dates(sentence, TUESDAY) == []


def test_without_publication_relative_dates_stay_unresolved_and_stated_ones_hold() -> None:
    relative = find_dates("Talks were held on Monday.", None)
    assert [(when.date, when.basis) for when in relative] == [(None, DateBasis.RELATIVE)]
    assert [when.date for when in find_dates("Talks were held in May 2001.", None)] == ["2001-05"]


def test_an_undated_report_invents_no_date() -> None:
    (event,) = communique.read("Panama recalled its ambassador from Cuba on Monday.")
    assert event.date is None
    assert event.date_basis is None


def test_a_planned_act_on_a_weekday_lies_ahead() -> None:
    (event,) = communique.read("The French president will visit Algeria on Monday.", published=TUESDAY)
    assert event.date == "2025-03-03"


@given(st.text(max_size=80), st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_any_text_gives_only_real_dates(text: str, day: date) -> None:
    for when in find_dates(text, day):
        assert 0 <= when.start < when.end <= len(text)
        if when.date is not None and len(when.date) == 10:
            date.fromisoformat(when.date)
