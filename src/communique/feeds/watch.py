"""Watching feeds: each asked in its turn, what is new handed on to be kept, and only then remembered.

One feed is asked at a time, so no host ever gets two requests at once. What keeps the reports comes from the caller,
for the casebook is a later room.
"""

from __future__ import annotations

import hashlib
import heapq
import os
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from communique.errors import CasebookError, InputError, UsageError
from communique.feeds import memory, schedule
from communique.feeds.addresses import Gate, web_address
from communique.feeds.fetch import Answer, Limits, fetch
from communique.feeds.memory import NO_REPORT, Remembered, is_kept
from communique.feeds.parse import ParsedFeed, read_feed
from communique.records import DroppedReport, Report

GONE = 410
_NOT_MODIFIED = 304


class Clock(Protocol):
    """What tells the time, so that tests need not wait for it."""

    def now(self) -> datetime:
        """Give the moment in UTC."""

    def wait(self, seconds: float) -> None:
        """Return when so many seconds have gone by."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Give the moment in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Sleep so many seconds; Ctrl-C ends it."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping the reports of one round gave, in numbers, and those that could not be read with their reason."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    events: int = 0
    unread: tuple[DroppedReport, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedRound:
    """How it went with one feed at one moment.

    `known` counts entries that were there before, this feed's or another's; `unread` those that became no report, or
    one in another language. `failure` is the reason why the feed could not be read, `note` what else is to be told.
    `next_at` is when it is asked again (UTC): None where it is not, or where this was the only round and nobody
    demands to wait. `asked` is False where the server's own demand to wait kept the feed from being asked.
    """

    url: str
    at: datetime
    new: int = 0
    changed: int = 0
    known: int = 0
    events: int = 0
    unread: tuple[DroppedReport, ...] = ()
    failure: str | None = None
    note: str | None = None
    next_at: datetime | None = None
    asked: bool = True


Keep = Callable[[Sequence[Report | DroppedReport]], Kept]
Holds = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Manners:
    """How feeds are asked: `every` is the seconds the user wants between two rounds, None for what the feeds say."""

    every: float | None = None
    once: bool = False
    gate: Gate = field(default_factory=Gate)
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    tls: ssl.SSLContext | None = None


def watch(
    feeds: Sequence[str], keep: Keep, remembered: str | os.PathLike[str], holds: Holds, manners: Manners | None = None
) -> Iterator[FeedRound]:
    """Ask feeds in turn, for ever or `once`, and give each round as it ends; what is new goes to `keep` before.

    `remembered` is the JSON file that holds what is known between runs. `holds` tells whether all reports of these
    ids are kept: what is remembered of a feed whose reports are not there (another casebook) is not trusted.

    Raises UsageError at the call for no feed, an address that is none, or a time too short, and UnreadableInput for a
    damaged file. A feed that fails is a round with its `failure`; the others go on.
    """
    manners = manners or Manners()
    addresses = list(dict.fromkeys(feed.strip() for feed in feeds))
    if not addresses:
        raise UsageError("there is no feed to watch: give its address, or a file of addresses")
    for address in addresses:
        web_address(address)
    if manners.every is not None and not manners.every >= schedule.LEAST_EVERY:
        raise UsageError(f"every {manners.every:g} seconds is too often; ask at most each {schedule.LEAST_EVERY:g}")
    known = memory.load(remembered)
    for url, one in known.items():
        if not _is_held(one, holds):
            known[url] = Remembered(not_before=one.not_before)
    return _Watcher(addresses, keep, remembered, known, manners).rounds()


def _is_held(one: Remembered, holds: Holds) -> bool:
    """Tell whether what stands for a feed's entries is kept: its first and its last that were kept for it."""
    own = [report_id for report_id, words in one.entries.items() if words is not None and is_kept(words)]
    return not own or holds([own[0], own[-1]])


class _Watcher:
    """The feeds that are watched, with what is known of them."""

    def __init__(
        self,
        feeds: Sequence[str],
        keep: Keep,
        path: str | os.PathLike[str],
        known: dict[str, Remembered],
        manners: Manners,
    ):
        self._keep = keep
        self._path = path
        self._known = known
        self._manners = manners
        self._clock = manners.clock
        self._failures = dict.fromkeys(feeds, 0)

    def rounds(self) -> Iterator[FeedRound]:
        """Give round after round; with `once` one a feed."""
        now, once = self._clock.now(), self._manners.once
        due = [(now if once else max(now, self._not_before(url)), at, url) for at, url in enumerate(self._failures)]
        heapq.heapify(due)
        while due:
            moment, at, url = heapq.heappop(due)
            while (left := (moment - self._clock.now()).total_seconds()) > 0:
                self._clock.wait(left)
            done = self._round(url)
            if not once and done.next_at is not None:
                heapq.heappush(due, (done.next_at, at, url))
            yield done

    def _not_before(self, url: str) -> datetime:
        """Give the moment before which a server does not want to be asked; one of long ago where it does not mind."""
        moment = self._of(url).not_before
        # Later than anything that is borne: it was written by a clock that went wrong.
        if moment is None or moment > self._later(schedule.LONGEST_RETRY):
            return datetime.min.replace(tzinfo=UTC)
        return moment

    def _of(self, url: str) -> Remembered:
        return self._known.get(url, Remembered())

    def _round(self, url: str) -> FeedRound:
        now = self._clock.now()
        if self._not_before(url) > now:
            note = "its server asks to wait"
            return FeedRound(url, now, note=note, next_at=self._not_before(url), asked=False)
        before = self._of(url)
        try:
            answer = fetch(
                url, etag=before.etag, modified=before.modified, gate=self._manners.gate, limits=self._manners.limits,
                tls=self._manners.tls,
            )  # fmt: skip
            if answer.status not in {200, _NOT_MODIFIED}:
                return self._refused(url, answer)
            return self._answered(url, answer)
        except (InputError, UsageError) as error:
            return self._failed(url, str(error))
        except CasebookError as error:
            again = None if self._manners.once else self._later(schedule.BUSY)
            return FeedRound(url, now, failure=str(error), next_at=again)

    def _answered(self, url: str, answer: Answer) -> FeedRound:
        now, before = self._clock.now(), self._of(url)
        hints = [schedule.fresh_for(answer.headers), schedule.retry_after(answer.headers, now)]
        moved = f"it has moved: ask {answer.moved_to} from now on" if answer.moved_to else None
        if answer.status == _NOT_MODIFIED:
            done = FeedRound(url, now, known=len(before.entries), note=moved)
            after = before
        else:
            feed = read_feed(answer.body, answer.url, answer.headers.get("content-type"), name=url)
            done, entries = self._taken_in(url, feed, now)
            broken = f"its XML is broken ({feed.broken})" if feed.broken else None
            done = replace(done, note="; ".join(filter(None, (moved, broken))) or None)
            marks = (answer.headers.get("etag"), answer.headers.get("last-modified"))
            after = Remembered(*marks, entries=entries, update_period=feed.update_period)
        hints.append(after.update_period)
        self._failures[url] = 0
        wanted = max((hint for hint in hints if hint is not None), default=0.0)
        self._remember(url, replace(after, not_before=self._later(wanted) if wanted > 0 else None))
        if self._manners.once:
            return replace(done, next_at=self._of(url).not_before)
        return replace(done, next_at=self._later(schedule.interval(self._manners.every, hints)))

    def _taken_in(self, url: str, feed: ParsedFeed, now: datetime) -> tuple[FeedRound, dict[str, str | None]]:
        """Have what is new or changed kept; give the round, and the entries as they are now known."""
        before = self._of(url).entries
        elsewhere = {
            report_id
            for other, one in self._known.items() if other != url
            for report_id, words in one.entries.items() if words is None or is_kept(words)
        }  # fmt: skip
        entries: dict[str, str | None] = {}
        wanted: list[Report | DroppedReport] = []
        for item in feed.items:
            report_id = item.report_id or ""
            words = _hash(item)
            first_elsewhere = before.get(report_id, "") is None or (report_id not in before and report_id in elsewhere)
            entries[report_id] = None if first_elsewhere else words
            if not first_elsewhere and before.get(report_id) != words:
                wanted.append(item)
        kept = self._keep(wanted) if wanted else Kept()
        known = len(feed.items) - len(wanted) + kept.unchanged
        return FeedRound(url, now, kept.new, kept.changed, known, kept.events, kept.unread), entries

    def _refused(self, url: str, answer: Answer) -> FeedRound:
        """Tell of a status that is no feed; the server's own word on when to come back counts most."""
        if answer.status == GONE:
            return FeedRound(url, self._clock.now(), failure="is gone for good (status 410); take it off the list")
        asked_for = schedule.retry_after(answer.headers, self._clock.now())
        if asked_for is not None:
            self._remember(url, replace(self._of(url), not_before=self._later(asked_for)))
        reason = {429: "too many requests", 503: "not available now", 404: "there is nothing there"}.get(answer.status)
        where = "" if answer.url == url else f" at {answer.url}"
        return self._failed(
            url, f"the server answers {answer.status}{f' ({reason})' if reason else ''}{where}", asked_for
        )

    def _failed(self, url: str, reason: str, asked_for: float | None = None) -> FeedRound:
        self._failures[url] += 1
        now, wait = self._clock.now(), schedule.backoff(self._manners.every, self._failures[url])
        if self._manners.once:
            return FeedRound(url, now, failure=reason, next_at=self._later(asked_for) if asked_for else None)
        return FeedRound(url, now, failure=reason, next_at=self._later(max(wait, asked_for or 0.0)))

    def _remember(self, url: str, one: Remembered) -> None:
        if self._known.get(url) != one or list(self._of(url).entries) != list(one.entries):
            self._known[url] = one
            memory.save(self._path, self._known)

    def _later(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=seconds)


def _hash(item: Report | DroppedReport) -> str:
    """Give what tells whether an entry changed: its words, not its day, which many feeds set anew for nothing."""
    if isinstance(item, DroppedReport):
        return NO_REPORT + hashlib.sha256(item.reason.encode("utf-8", "replace")).hexdigest()[:12]
    return hashlib.sha256(f"{item.title or ''}\n{item.text}".encode("utf-8", "replace")).hexdigest()[:12]
