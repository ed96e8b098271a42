"""What is known of a word for talks on the way up its sentence, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

DEEDS = frozenset({"hold", "begin", "resume", "go on"})
"""Steps that are done, not said: to come, they are scheduled, denied for the time to come, they are refused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The step, the word that decides it, the verb whose subject makes it, and the words on the way.

    `told_of` is set where the talks are the subject, so that a speaker may be the maker. `before` tells that
    it lies before the report's news. `inner` is the verb whose subject would talk.
    """

    step: str
    place: int
    maker: int | None
    path: tuple[int, ...]
    inner: int | None
    told_of: bool = False
    before: bool = False
    margin: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The way so far; `stop` where nothing above changes the step."""

    step: str | None
    place: int
    maker: int | None
    path: tuple[int, ...]
    inner: int | None
    told_of: bool = False
    before: bool = False
    margin: bool = False
    stop: bool = False
