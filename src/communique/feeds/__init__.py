"""Feeds, RSS and Atom, watched politely: each entry becomes a `Report`, and nothing behind its link is fetched."""

from communique.feeds.addresses import Gate
from communique.feeds.fetch import Answer, Limits, fetch
from communique.feeds.parse import ParsedFeed, read_feed
from communique.feeds.watch import Clock, FeedRound, Kept, Manners, SystemClock, watch

__all__ = [
    "Answer",
    "Clock",
    "FeedRound",
    "Gate",
    "Kept",
    "Limits",
    "Manners",
    "ParsedFeed",
    "SystemClock",
    "fetch",
    "read_feed",
    "watch",
]
