"""What folding is given: tellings of events, and what a person decided about them."""

from __future__ import annotations

from dataclasses import dataclass

from communique.errors import UsageError
from communique.records import Event


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one report tells it.

    `published` is the ISO day of the report, None where unknown. `sentence_text` is the sentence of the event
    (for one told only in the title, the title); a telling without it is folded by decision only. `signature` is
    `wording.signature` of the report's text, b"" where it was not kept.
    """

    event: Event
    published: str | None
    sentence_text: str
    signature: bytes = b""

    @property
    def event_id(self) -> str:
        """The event's identity, which groups are made of."""
        return self.event.event_id

    @property
    def report_id(self) -> str:
        """The report that tells it; two events of one report are two acts."""
        return self.event.report_id


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two events: one act (`same`) or not, whatever the rules say."""

    same: bool
    left: str
    right: str

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise UsageError(f"a decision about {self.left} and itself: name two events")
