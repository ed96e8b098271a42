"""What the words of `communique correct` mean: values of fields, and an event made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.casebook.naming import code_of, codes_of
from communique.casebook.store import Casebook
from communique.casebook.values import FIELDS, settled
from communique.casebook.view import corrected
from communique.cli.options import report_id_of
from communique.cli.show_kept import sentences_in
from communique.errors import UsageError
from communique.ontology.loader import STATUSES, ontology
from communique.records import DateBasis, DatePrecision, Event, Report, Status

_PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}
_RULE = "added by a person"

Values = list[tuple[str, object]]


def values_of(written: Iterable[str]) -> Values:
    """Give field and value of each `field=value`, names of actors turned into codes, nothing into None.

    Raises UsageError for what has no `=` and for a field that cannot be put right.
    """
    found: dict[str, object] = {}
    for one in written:
        name, equals, words = (part.strip() for part in one.partition("="))
        if not equals or name not in FIELDS:
            raise UsageError(f"--set {one}: write field=value, with a field of {', '.join(FIELDS)}")
        if name in found:
            raise UsageError(f"--set {one}: {name} is set twice")
        found[name] = _value(name, words)
    # A type brings its own mode, so a mode that is given comes after it.
    return sorted(found.items(), key=lambda pair: FIELDS.index(pair[0]))


def _value(name: str, words: str) -> object:
    if name in {"source", "target"}:
        return list(codes_of(words.replace(";", ",").split(",")))
    if name == "context":
        return [part.strip() for part in words.replace(";", ",").split(",") if part.strip()]
    if not words:
        return None
    return code_of(words) if name == "claimed_by" else words.upper() if name == "type" else words


def settled_values(casebook: Casebook, event_id: str, values: Values) -> Values:
    """Give the values back where every one of them can be set, so that of several none is written or all.

    Raises UsageError for an event that there is not, and for a value that means nothing.
    """
    kept = casebook.event(event_id)
    if kept is None:
        raise UsageError(f"there is no event {event_id!r} in the casebook; communique events --ids lists them")
    event = kept.event
    for name, value in values:
        _, sets = settled(event, name, value)
        event = corrected(event, sets)
    return values


@dataclass(frozen=True, slots=True)
class ByHand:
    """An event that a person adds, in the words of the command line; `words` are those that tell it in its report."""

    type: str | None = None
    source: str | None = None
    target: str | None = None
    date: str | None = None
    status: str | None = None
    mode: str | None = None
    report: str | None = None
    words: str | None = None

    def is_empty(self) -> bool:
        """Tell whether nothing of it was given."""
        return self == ByHand()

    def event(self, casebook: Casebook) -> tuple[Event, str | None, str]:
        """Give the event, the day on which its report was published, and the sentence that tells it.

        With a report, the words must stand in its text, and are the anchor; without one they are the sentence.
        Raises UsageError for what is missing or means nothing.
        """
        if self.type is None or self.source is None:
            raise UsageError("--add: an event has a --type and a --source at least")
        status = (self.status or Status.OCCURRED).lower()
        if status not in STATUSES:
            raise UsageError(f"--status {self.status}: one of {', '.join(STATUSES)}")
        kind = ontology().type_named(self.type.upper())
        mode = self.mode or kind.default_mode
        if mode not in kind.modes:
            raise UsageError(f"--mode {mode}: {kind.name} has {', '.join(kind.modes)}")
        cameo = str(kind.modes[mode][0])
        report = _report_named(casebook, self.report)
        place, sentence = _place(casebook, report, self.words)
        event = Event(
            event_id="",
            report_id=report.report_id if report else "",
            sentence=place[0],
            type=kind.name,
            mode=mode,
            quad=kind.quad,
            cameo=cameo,
            intensity=ontology().intensity(cameo),
            source=codes_of([self.source]),
            target=codes_of([self.target]) if self.target else (),
            source_text=self.source,
            target_text=self.target or "",
            status=Status(status),
            claimed_by=None,
            condition=None,
            date=self.date,
            date_precision=_PRECISIONS.get(len(self.date)) if self.date else None,
            date_basis=DateBasis.STATED if self.date else None,
            location=None,
            context=(),
            anchor=(self.words or "") if report else "",
            start=place[1],
            end=place[2],
            confidence=1.0,
            rule=_RULE,
            anchors=(place,) if report and self.words else (),
        )
        return event, report.published.isoformat() if report and report.published else None, sentence


def _report_named(casebook: Casebook, given: str | None) -> Report | None:
    if given is None:
        return None
    kept = casebook.report(report_id_of(casebook, given))
    if kept is None:
        raise UsageError(f"there is no report {given!r} in the casebook; communique reports lists them")
    return kept.report


def _place(casebook: Casebook, report: Report | None, words: str | None) -> tuple[tuple[int, int, int], str]:
    """Where the words stand, as (sentence, start, end), and the text of that sentence."""
    if report is None or words is None:
        return (0, 0, 0), words or ""
    start = report.text.find(words)
    if start < 0:
        raise UsageError(f"--words {words!r}: do not stand so in the text of {report.report_id}; copy them from it")
    told = {index: text for index, text in casebook.sentences(report.report_id).items() if index >= 0}
    for sentence in sentences_in({0: report.text, -1: ""}, told):
        if sentence.start <= start < sentence.end:
            return (sentence.index, start, start + len(words)), sentence.text
    return (0, start, start + len(words)), words
