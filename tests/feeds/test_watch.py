"""Feeds watched over hours that pass in no time: what is new is kept once, and servers are treated as they ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from communique.errors import CasebookError, UnreadableInput, UsageError
from communique.feeds import FeedRound, Gate, Kept, watch
from communique.feeds.watch import Manners
from communique.records import DroppedReport, Report
from tests.feeds.server import FeedServer, PretendClock, Reply, rss, serving

ONE = ("Recall", "http://wire.example/1", "Panama recalled its ambassador from Cuba.")
TWO = ("Talks", "http://wire.example/2", "Peru met Chile.")


@dataclass
class Shelf:
    """Keeps reports as a casebook does, in memory; `busy` is how often it is in use elsewhere."""

    reports: dict[str, Report] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    busy: int = 0

    def keep(self, items: Sequence[Report | DroppedReport]) -> Kept:
        if self.busy:
            self.busy -= 1
            raise CasebookError("wires.duckdb: is in use by another process")
        new = changed = unchanged = 0
        for item in items:
            if isinstance(item, Report):
                self.given.append(item.title or "")
                before = self.reports.get(item.report_id)
                new += before is None
                unchanged += before == item
                changed += before is not None and before != item
                self.reports[item.report_id] = item
        return Kept(new, changed, unchanged, unread=tuple(item for item in items if isinstance(item, DroppedReport)))

    def holds(self, ids: Sequence[str]) -> bool:
        return all(one in self.reports for one in ids)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as served:
        yield served


@dataclass
class Desk:
    """A server, a shelf, a clock and the file between runs."""

    server: FeedServer
    path: Path
    shelf: Shelf = field(default_factory=Shelf)
    clock: PretendClock = field(default_factory=PretendClock)

    def watch(self, *paths: str, once: bool = False, every: float | None = None) -> Iterator[FeedRound]:
        manners = Manners(every=every, once=once, gate=Gate(allow_private=True), clock=self.clock)
        urls = [self.server.url(path) for path in paths]
        return watch(urls, self.shelf.keep, self.path, self.shelf.holds, manners)

    def once(self, *paths: str) -> list[FeedRound]:
        return list(self.watch(*paths, once=True))


@pytest.fixture
def desk(server: FeedServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path / "wires.duckdb.feeds.json")


def counts(done: FeedRound) -> tuple[int, int, int, int]:
    assert done.failure is None, done
    return done.new, done.changed, done.known, len(done.unread)


def test_an_entry_is_kept_once_and_again_only_when_its_words_change(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    rounds = desk.watch("/a")
    assert counts(next(rounds)) == (1, 0, 0, 0)
    assert counts(next(rounds)) == (0, 0, 1, 0)
    desk.server.replies["/a"] = Reply(rss(TWO, ONE))
    assert counts(next(rounds)) == (1, 0, 1, 0)
    desk.server.replies["/a"] = Reply(rss(TWO, (*ONE[:2], "Panama recalled its envoy.")))
    assert counts(next(rounds)) == (0, 1, 1, 0)
    assert desk.shelf.given == ["Recall", "Talks", "Recall"]
    assert desk.clock.waited == [900.0, 900.0, 900.0]


def test_a_day_that_moves_without_the_words_is_no_change(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    rounds = desk.watch("/a")
    next(rounds)
    desk.server.replies["/a"] = Reply(rss(ONE).replace(b"25 Feb", b"26 Feb"))
    assert counts(next(rounds)) == (0, 0, 1, 0)


def test_what_is_known_is_not_sent_again_even_after_a_new_start(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE, TWO), etag='"v1"')
    desk.once("/a")
    (again,) = desk.once("/a")
    assert counts(again) == (0, 0, 2, 0)
    assert desk.server.asked[1][1]["if-none-match"] == '"v1"'
    assert json.loads(desk.path.read_text(encoding="utf-8"))["feeds"][desk.server.url("/a")]["etag"] == '"v1"'


def test_what_is_remembered_is_not_trusted_beside_another_casebook(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE, TWO), etag='"v1"')
    desk.once("/a")
    desk.shelf = Shelf()
    (again,) = desk.once("/a")
    assert counts(again) == (2, 0, 0, 0)
    assert "if-none-match" not in desk.server.asked[1][1]


def test_one_article_in_two_feeds_is_one_report_told_by_the_first(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    desk.server.replies["/b"] = Reply(rss((*ONE[:2], "In other words."), TWO))
    first, second = desk.once("/a", "/b")
    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (1, 0, 1, 0))
    for _ in range(2):
        assert [counts(done) for done in desk.once("/a", "/b")] == [(0, 0, 1, 0), (0, 0, 2, 0)]
    desk.server.replies["/a"] = Reply(rss())
    desk.once("/a")
    assert [counts(done) for done in desk.once("/b")] == [(0, 0, 2, 0)], "the second does not take it over"
    assert [report.text for report in desk.shelf.reports.values()] == [ONE[2], TWO[2]]


def test_an_entry_that_is_no_report_is_told_once(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(("", "http://wire.example/1", "")))
    (first,), (second,) = desk.once("/a"), desk.once("/a")
    assert [one.reason for one in first.unread] == ["has neither title nor text"]
    assert counts(second) == (0, 0, 1, 0)


def test_the_server_says_when_it_may_be_asked_again(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(status=429, headers={"Retry-After": "7200"})
    (refused,) = desk.once("/a")
    assert refused.failure == "the server answers 429 (too many requests)"
    (waiting,) = desk.once("/a")
    assert not waiting.asked
    assert waiting.failure is None
    assert waiting.next_at is not None
    assert (waiting.next_at - desk.clock.now()).total_seconds() == 7200
    assert len(desk.server.asked) == 1, "a new start does not ask before"
    desk.server.replies["/a"] = Reply(rss(ONE))
    assert counts(next(desk.watch("/a"))) == (1, 0, 0, 0)
    assert desk.clock.waited == [7200.0]


def test_a_moment_written_by_a_wrong_clock_stops_nothing(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(status=503, headers={"Retry-After": "3600"})
    desk.clock = PretendClock(datetime(2041, 1, 1, tzinfo=UTC))
    desk.once("/a")
    desk.clock = PretendClock()
    desk.server.replies["/a"] = Reply(rss(ONE))
    assert [counts(done) for done in desk.once("/a")] == [(1, 0, 0, 0)]


def test_the_feeds_own_times_hold_even_where_it_has_nothing_new(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE, channel="<ttl>60</ttl>"), etag='"v1"')
    desk.server.replies["/b"] = Reply(rss(TWO), headers={"Cache-Control": "max-age=1200"})
    list(islice(desk.watch("/a", every=30.0), 3))
    assert desk.clock.waited == [3600.0, 3600.0]
    desk.clock.waited.clear()
    list(islice(desk.watch("/b", every=30.0), 2))
    assert desk.clock.waited == [1200.0]


def test_the_user_may_say_how_often(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    list(islice(desk.watch("/a", every=30.0), 3))
    assert desk.clock.waited == [30.0, 30.0]


def test_a_feed_that_fails_waits_longer_each_time_and_the_others_go_on(desk: Desk) -> None:
    desk.server.replies["/bad"] = Reply(b"<html>no feed</html>")
    desk.server.replies["/good"] = Reply(rss(ONE))
    rounds = list(islice(desk.watch("/bad", "/good"), 12))
    bad = [done for done in rounds if done.url.endswith("/bad")]
    assert all("no RSS or Atom feed" in (done.failure or "") for done in bad)
    waits = [(done.next_at - done.at).total_seconds() for done in bad if done.next_at]
    assert waits == [900.0, 1800.0, 3600.0, 7200.0][: len(waits)]
    assert len(waits) >= 3
    assert sum(done.failure is None for done in rounds) == 12 - len(bad)
    desk.server.replies["/bad"] = Reply(rss(TWO))
    assert counts(next(done for done in desk.watch("/bad"))) == (1, 0, 0, 0)


def test_a_feed_that_is_gone_is_not_asked_again(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(status=410)
    (gone,) = list(desk.watch("/a"))
    assert "gone for good" in (gone.failure or "")
    assert gone.next_at is None


def test_a_casebook_in_use_loses_nothing(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE), etag='"v1"')
    desk.shelf.busy = 1
    rounds = desk.watch("/a")
    assert "in use" in (next(rounds).failure or "")
    assert counts(next(rounds)) == (1, 0, 0, 0)
    assert desk.clock.waited == [60.0]


def test_stopping_between_keeping_and_remembering_doubles_nothing(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    rounds = desk.watch("/a")
    next(rounds)
    desk.path.unlink()
    assert counts(next(desk.watch("/a"))) == (0, 0, 1, 0)
    assert len(desk.shelf.reports) == 1


def test_private_addresses_are_refused_unless_allowed(desk: Desk) -> None:
    desk.server.replies["/a"] = Reply(rss(ONE))
    manners = Manners(once=True, clock=desk.clock)
    (done,) = watch([desk.server.url("/a")], desk.shelf.keep, desk.path, desk.shelf.holds, manners)
    assert "--allow-private" in (done.failure or "")
    assert not desk.server.asked


def test_a_move_for_good_and_broken_xml_are_told(desk: Desk) -> None:
    desk.server.replies["/old"] = Reply(status=301, headers={"Location": "/new"})
    desk.server.replies["/new"] = Reply(rss(ONE)[:-10])
    (done,) = desk.once("/old")
    assert counts(done) == (1, 0, 0, 0)
    assert f"ask {desk.server.url('/new')} from now on" in (done.note or "")
    assert "its XML is broken" in (done.note or "")


def test_wrong_arguments_are_told_before_anything_is_asked(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no feed to watch"):
        desk.watch()
    with pytest.raises(UsageError, match="too often"):
        desk.watch("/a", every=1.0)
    with pytest.raises(UsageError, match="only http and https"):
        watch(["file:///etc/passwd"], desk.shelf.keep, desk.path, desk.shelf.holds)


@pytest.mark.parametrize(
    "written", ["{", "[]", '{"version": 9, "feeds": {}}', '{"version": 1, "feeds": {"u": {"etag": 3}}}']
)
def test_a_damaged_file_is_told_with_its_mend(desk: Desk, written: str) -> None:
    desk.path.write_text(written, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"feeds\.json: .*remove"):
        desk.watch("/a")
    assert desk.path.read_text(encoding="utf-8") == written
