"""Why a report was coded as it was: who was resolved to whom, by which rule, and what was looked at and left out.

The casebook keeps events, not reasons; the report is read once more for them, in the reading process, and they are
kept while the desk runs: the same words give the same reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.coding.draft import Draft
from communique.coding.party import Party
from communique.desk.cache import Answers
from communique.desk.reader import Reader
from communique.pipeline import ReadReport, read_reports_fully
from communique.records import Report

MOST_KEPT = 64
NOTHING_ELSE = "nothing says otherwise"
"""What the coding says of the status of an act that it takes as told."""
_FRAME = re.compile(r"frame ([A-Z]+:\d+):([^\s;]+)")


@dataclass(frozen=True, slots=True)
class Named:
    """One side of an event: the words in the report, the actors that they mean, and why; `codes` may be none."""

    side: str
    text: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one telling of an event was coded: its words, its sides, the rule, and why it has its status."""

    event_id: str
    anchor: str
    sides: tuple[Named, ...]
    rule: str
    status: str
    status_why: str
    confidence: float

    @property
    def rule_words(self) -> str:
        """The rule as a person reads it: "frame CONSULT:22 for the word “talk”"."""
        return _FRAME.sub("frame \\1 for the word “\\2”", self.rule)

    @property
    def status_reason(self) -> str:
        """Why it has its status, as a person reads it: "by the cue “not feasible”"."""
        return self.status_why if self.status_why == NOTHING_ELSE else f"by the cue “{self.status_why}”"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A word that might have told an act and was not coded, with the sentence it stands in, the rule if any, and why."""

    sentence: int
    word: str
    reason: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of one report: of its events in text order, and of what was left out."""

    told: tuple[Reason, ...]
    left_out: tuple[LeftOut, ...]

    def of(self, event_id: str) -> tuple[Reason, ...]:
        """Give the reasons of an event, of each of its tellings; none where this program does not read it so."""
        return tuple(one for one in self.told if one.event_id == event_id)


def read_reasons(report: Report) -> Reasons:
    """Read a report for its reasons; takes as long as reading it."""
    return _reasons(next(read_reports_fully([report])))


def _reasons(read: ReadReport) -> Reasons:
    told = tuple(
        Reason(
            event.event_id, draft.anchor, _sides(draft.source, draft.target), draft.rule, draft.status.value,
            draft.status_why, event.confidence,
        )
        for event, group in zip(read.events, read.coding.groups, strict=True)
        for draft in sorted(group, key=_place)
    )  # fmt: skip
    left_out = (LeftOut(one.sentence.index, one.word, one.reason, one.rule) for one in read.coding.discarded)
    return Reasons(told, tuple(sorted(left_out, key=lambda one: one.sentence)))


def _place(draft: Draft) -> tuple[int, int]:
    """Where the words of a telling stand: in the title (sentence −1) or the text."""
    return draft.sentence.index, draft.start


def _sides(source: Party, target: Party) -> tuple[Named, ...]:
    sides = (("source", source), ("target", target))
    return tuple(Named(side, party.text, party.codes, party.why) for side, party in sides if party)


_KEPT = Answers(lambda: "", MOST_KEPT)


def reasons_of(reader: Reader, report: Report) -> Reasons:
    """Give the reasons of a report, read once while the desk runs; WorkerLost where the reading process ends."""
    return _KEPT.of(report, lambda: reader.do(read_reasons, report))
