"""When a feed is asked again: as the user wants, never sooner than the server lets it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from communique.feeds.schedule import DAY, HOUR, LONGEST_BACKOFF, MINUTE, backoff, fresh_for, interval, retry_after

NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120.0),
        ("Sat, 01 Mar 2025 12:10:00 GMT", 600.0),
        ("Sat, 01 Mar 2025 11:00:00 GMT", None),
        ("99999999999", 7 * DAY),
        ("later", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(written: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": written}, NOW) == seconds


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        ("max-age=600", "", 600.0),
        ("public, max-age=600", "500", 100.0),
        ("max-age=60", "90", None),
        ("max-age=31536000", "", DAY),
        ("no-cache", "", None),
        ("s-maxage=600", "", None),
    ],
)
def test_an_answer_holds_as_long_as_it_says(control: str, age: str, seconds: float | None) -> None:
    assert fresh_for({"cache-control": control, "age": age}) == seconds


def test_without_a_word_of_the_user_the_feed_decides_but_not_below_five_minutes() -> None:
    assert interval(None, ()) == 15 * MINUTE
    assert interval(None, (None, HOUR)) == HOUR
    assert interval(None, (60.0,)) == 5 * MINUTE


def test_the_user_may_go_below_five_minutes_but_not_below_the_server() -> None:
    assert interval(30.0, (None,)) == 30.0
    assert interval(30.0, (10.0, 120.0)) == 120.0
    assert interval(HOUR, (120.0,)) == HOUR


def test_each_failure_doubles_the_wait_up_to_a_cap() -> None:
    waits = [backoff(None, failures) for failures in range(1, 9)]
    assert waits[:3] == [15 * MINUTE, 30 * MINUTE, HOUR]
    assert waits[-1] == LONGEST_BACKOFF
    assert backoff(10.0, 1) == 5 * MINUTE
    assert backoff(DAY, 4) == DAY
    assert backoff(None, 10_000) == LONGEST_BACKOFF
