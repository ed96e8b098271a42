"""The brief of a dossier: what happened, how things stand, who holds what, what is likely; each with footnotes.

`brief_of` is a pure function of its material: the page, the PDF, the API and the command line show the same brief.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from communique.actors.display import name_of
from communique.desk.brief_words import event_words, row_words
from communique.desk.dossier import MOST_ROWS, SENTENCES_A_ROW, Material, weightiest
from communique.desk.likely import strongest
from communique.outlook.records import Outlook
from communique.records import KeptEvent
from communique.standing.picture import Row

MOST_LIKELY = 6
LONGEST_QUOTE = 120
"""Characters of the words that tell an act, beyond which they are left to its footnote."""
_BOARDS = (
    ("sanctions", "Sanctions"), ("agreements", "Agreements"), ("talks", "Talks"), ("votes", "Votes"),
    ("alignments", "Relations"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footnote:
    """The sentence that a statement stands on, and the report that tells it.

    `number` counts from 1 in the order of the statements. `title`, `published` (ISO day) and `url` (http or https only)
    are None where they are not known; `further` counts the other reports that tell the same act.
    """

    number: int
    sentence: str
    report_id: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    further: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the brief says: its words, its day (ISO, as fine as known), a quote, numbers of its footnotes."""

    words: str
    day: str | None = None
    quote: str | None = None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief with its heading; `lead` says what a reader must know of it, `level` is 2 or 3."""

    heading: str
    statements: tuple[Statement, ...] = ()
    lead: str | None = None
    level: int = 2


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief, ready to be shown. `scope` says in words whom, what and when the dossier is about."""

    name: str
    title: str
    as_of: str | None
    scope: tuple[tuple[str, str], ...]
    note: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]

    def as_row(self) -> dict[str, Any]:
        """Give the brief as nested dictionaries and lists, ready for JSON."""
        return asdict(self)


@dataclass(slots=True)
class _Notes:
    """Footnotes as they are given out: one a sentence, however often it is stood on."""

    material: Material
    numbers: dict[tuple[str, int | str], int] = field(default_factory=dict)
    notes: list[Footnote] = field(default_factory=list)

    def of(self, report_id: str, sentence: int | str, text: str, further: int = 0) -> int:
        key = (report_id, sentence)
        if key not in self.numbers:
            self.numbers[key] = len(self.notes) + 1
            self.notes.append(self._footnote(report_id, text, further))
        return self.numbers[key]

    def of_event(self, kept: KeptEvent) -> int:
        event = kept.event
        reports = {report_id for _, report_id in kept.tellings}
        if kept.dataset:
            # A row of another dataset has no sentence: its own number and code are what can be looked up.
            words = f"{kept.dataset} {kept.foreign_id or event.event_id}: {event.rule}"
            return self.of(event.report_id, event.event_id, kept.sentence_text or words)
        return self.of(event.report_id, event.sentence, kept.sentence_text or event.anchor, max(0, len(reports) - 1))

    def _footnote(self, report_id: str, text: str, further: int) -> Footnote:
        kept = self.material.reports.get(report_id)
        if kept is None:
            return Footnote(len(self.notes) + 1, text, report_id, further=further)
        report = kept.report
        origin = report.origin or ""
        return Footnote(
            number=len(self.notes) + 1,
            sentence=text,
            report_id=report_id,
            title=report.title,
            published=report.published.isoformat() if report.published else None,
            url=origin if origin.startswith(("http://", "https://")) else None,
            further=further,
        )


def brief_of(material: Material) -> Brief:
    """Make the brief of a dossier from what was gathered about it; the same material gives the same brief."""
    notes, dossier = _Notes(material), material.dossier
    sections = [
        _happened(material, notes),
        Section("How things stand", lead=None if _stands(material) else "Nothing is known to stand."),
        *_boards(material, notes),
        _positions(material, notes),
        *_likely(material, notes),
    ]
    scope = [
        ("Actors", ", ".join(map(name_of, dossier.actors)) or "all"),
        ("Contexts", ", ".join(dossier.contexts) or "all"),
        ("Days", f"{dossier.since or '…'} – {dossier.until or '…'}" if dossier.since or dossier.until else "all"),
    ]
    as_of = material.as_of.isoformat() if material.as_of else None
    return Brief(
        dossier.name, dossier.title, as_of, tuple(scope), dossier.note, tuple(filter(None, sections)), tuple(notes.notes)
    )  # fmt: skip


def _stands(material: Material) -> bool:
    return any(material.boards.get(board) for board, _ in _BOARDS)


def _happened(material: Material, notes: _Notes) -> Section:
    events = material.events
    if not events:
        return Section("What happened", lead="No act is known.")
    shown = weightiest(events)
    lead = None
    total = max(material.total, len(events))
    if len(shown) < total:
        lead = f"{len(shown)} of {total:,} acts: those that most reports tell, and the strongest of them."
    return Section("What happened", tuple(_act(kept, notes) for kept in shown), lead)


def _act(kept: KeptEvent, notes: _Notes) -> Statement:
    anchor = kept.event.anchor
    quote = anchor if kept.sentence_text and 0 < len(anchor) <= LONGEST_QUOTE else None
    words = event_words(kept.event)
    if kept.event.date is None and kept.published:
        words += " (told that day)"
    return Statement(words, kept.event.date or kept.published, quote, (notes.of_event(kept),))


def _boards(material: Material, notes: _Notes) -> Iterable[Section]:
    for board, heading in _BOARDS:
        rows = material.boards.get(board, ())
        if rows:
            statements = tuple(
                Statement(row_words(board, row), None, None, _row_notes(row, notes)) for row in rows[:MOST_ROWS]
            )
            yield Section(heading, statements, _more(rows), 3)


def _more(rows: tuple[Row, ...]) -> str | None:
    return f"{MOST_ROWS} of {len(rows)} rows: those that changed last." if len(rows) > MOST_ROWS else None


def _row_notes(row: Row, notes: _Notes) -> tuple[int, ...]:
    """Give the newest sentences behind a row, in their order."""
    newest = row.evidence[-SENTENCES_A_ROW:]
    return tuple(dict.fromkeys(notes.of(each.report_id, each.sentence, each.text) for each in newest))


def _positions(material: Material, notes: _Notes) -> Section:
    rows: tuple[Any, ...] = material.boards.get("positions", ())
    statements = tuple(
        Statement(row_words("positions", row), None, row.words or None, _row_notes(row, notes))
        for row in rows[:MOST_ROWS]
    )
    return Section("Who holds what", statements, _more(rows) if rows else "No position is known.")


def _likely(material: Material, notes: _Notes) -> Iterable[Section]:
    if not material.outlooks:
        return
    yield Section(
        "What is likely",
        lead="Probabilities of at least one such act, with the range that holds 90 %. Precedents are association in the"
        " past, not cause.",
    )
    for made in material.outlooks:
        whom = " – ".join(name_of(code) for code in (made.a, made.b) if code)
        yield Section(whom or "The world", tuple(_forecasts(made, material, notes)), made.note, 3)


def _forecasts(made: Outlook, material: Material, notes: _Notes) -> Iterable[Statement]:
    for row in strongest(made, MOST_LIKELY):
        each = row.forecast
        words = (
            f"{row.source} → {row.target}, {each.kind}: {100 * each.probability:.0f} % ({100 * each.low:.0f}–"
            f"{100 * each.high:.0f} %) within {made.horizon_days} days after {made.as_of}; base rate"
            f" {100 * each.base_rate:.0f} %."
        )
        numbers: tuple[int, ...] = ()
        if row.reasons:
            reason = row.reasons[0]
            words += f" {reason.words}"
            fired = (material.acts.get(event_id) for event_id, _, _ in reason.fired_by)
            numbers = tuple(dict.fromkeys(notes.of_event(kept) for kept in fired if kept is not None))
        yield Statement(words, None, None, numbers)
