"""What a person writes when putting events right: values of fields in words, and an event made by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.casebook.naming import code_of, codes_of
from communique.casebook.places import sentences_in
from communique.casebook.store import Casebook
from communique.casebook.values import FIELDS, PRECISIONS, of_mode
from communique.errors import UsageError
from communique.ontology.loader import STATUSES, ontology
from communique.records import DateBasis, Event, Report, Status

_RULE = "added by a person"

Values = list[tuple[str, object]]


def value_of(field: str, words: str) -> object:
    """Give the value that words mean for a field: names of actors as codes, lists parted by commas, nothing as None.

    Raises UsageError for an actor that is not known.
    """
    if field in {"source", "target"}:
        return list(codes_of([words.replace(";", ",")])) if words.strip(" ,;") else []
    if field == "context":
        return [part.strip() for part in words.replace(";", ",").split(",") if part.strip()]
    if not words.strip():
        return None
    return code_of(words) if field == "claimed_by" else words.upper() if field == "type" else words


def in_order(values: dict[str, object]) -> Values:
    """Give fields and values in the order in which they are set: a type brings its own mode, so a mode comes after it."""
    return sorted(values.items(), key=lambda pair: FIELDS.index(pair[0]))


@dataclass(frozen=True, slots=True)
class ByHand:
    """An event that a person adds, in words; `words` are those that tell it in the report of the id `report`.

    Where the words stand there more than once, the place nearest to the offset `near` is meant.
    """

    type: str | None = None
    source: str | None = None
    target: str | None = None
    date: str | None = None
    status: str | None = None
    mode: str | None = None
    report: str | None = None
    words: str | None = None
    near: int = 0

    def is_empty(self) -> bool:
        """Tell whether nothing of it was given."""
        return self == ByHand()

    def event(self, casebook: Casebook) -> tuple[Event, str | None, str]:
        """Give the event, the day on which its report was published, and the sentence that tells it.

        With a report, the words must stand in its text or title, and are the anchor; without one they are the sentence.
        Raises UsageError for what is missing or means nothing.
        """
        if self.type is None or self.source is None:
            raise UsageError("type, source: an event to be added has a type and a source at least")
        status = (self.status or Status.OCCURRED).lower()
        if status not in STATUSES:
            raise UsageError(f"status {self.status!r}: one of {', '.join(STATUSES)}")
        kind = ontology().type_named(self.type)
        told = of_mode(kind.name, self.mode or kind.default_mode)
        report = self._report(casebook)
        place, anchor, sentence = _place(casebook, report, self.words, self.near)
        event = Event(
            event_id="",
            report_id=report.report_id if report else "",
            sentence=place[0],
            **told,
            source=codes_of([self.source]),
            target=codes_of([self.target]) if self.target else (),
            source_text=self.source,
            target_text=self.target or "",
            status=Status(status),
            claimed_by=None,
            condition=None,
            date=self.date,
            date_precision=PRECISIONS.get(len(self.date)) if self.date else None,
            date_basis=DateBasis.STATED if self.date else None,
            location=None,
            context=(),
            anchor=anchor,
            start=place[1],
            end=place[2],
            confidence=1.0,
            rule=_RULE,
            anchors=(place,) if anchor else (),
        )
        return event, report.published.isoformat() if report and report.published else None, sentence

    def _report(self, casebook: Casebook) -> Report | None:
        if self.report is None:
            return None
        kept = casebook.report(self.report)
        if kept is None:
            raise UsageError(f"there is no report {self.report!r} in the casebook; communique reports lists them")
        return kept.report


def _place(
    casebook: Casebook, report: Report | None, words: str | None, near: int
) -> tuple[tuple[int, int, int], str, str]:
    """Where the words stand, as (sentence, start, end), how they stand there, and the text of that sentence."""
    if report is None or not words or not words.strip():
        return (0, 0, 0), "", (words or "") if report is None else ""
    found = place_in(report.text, words, near)
    side, passage = 0, report.text
    if found is None and report.title:
        side, passage = -1, report.title
        found = place_in(passage, words, near)
    if found is None:
        raise UsageError(f"words {words!r}: do not stand so in the text of {report.report_id}; copy them from it")
    start, end = found
    told = casebook.sentences(report.report_id)
    for sentence in sentences_in({0: report.text, -1: report.title or ""}, told):
        if min(sentence.index, 0) == side and sentence.start <= start < sentence.end:
            return (sentence.index, start, end), passage[start:end], sentence.text
    return (side, start, end), passage[start:end], passage[start:end]


def place_in(passage: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Give start and end of words in a passage, nearest to an offset; any white space stands for any other.

    >>> place_in("They met.  They\\nmet again.", "They met", 12)
    (11, 19)
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    places = [match.span() for match in re.finditer(r"\s+".join(parts), passage)]
    return min(places, key=lambda span: (abs(span[0] - near), span), default=None)
