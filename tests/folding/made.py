"""Tellings made by hand, so that a test says only what it is about."""

from __future__ import annotations

from communique.folding.tellings import Telling
from communique.folding.wording import signature
from communique.records import DateBasis, DatePrecision, Event, Status


def telling(
    report_id: str,
    sentence: str,
    anchor: str,
    acts: str = "USA SANCTION IRN",
    *,
    date: str | None = "2023-05-09",
    published: str | None = "2023-05-10",
    status: Status = Status.OCCURRED,
    location: str | None = None,
    mode: str | None = "embargo",
    text: str | None = None,
) -> Telling:
    """One telling; `acts` is `SRC TYPE TGT` as in the tables of coding (A+B joins codes, - is none).

    A date of a day is told by the report; one of a month is known by publication alone. The event is named by its
    report, type and anchor.
    """
    source, kind, target = acts.split()
    day = date is not None and len(date) == 10
    event = Event(
        event_id=f"{report_id}:{kind}:{anchor}",
        report_id=report_id,
        sentence=0,
        type=kind,
        mode=mode,
        quad=4,
        cameo="163",
        intensity=-6.5,
        source=tuple(source.split("+")),
        target=tuple(code for code in target.split("+") if code != "-"),
        source_text="",
        target_text="",
        status=status,
        claimed_by=None,
        condition=None,
        date=date,
        date_precision=None if date is None else DatePrecision.DAY if day else DatePrecision.MONTH,
        date_basis=None if date is None else DateBasis.RELATIVE if day else DateBasis.PUBLISHED,
        location=location,
        context=("sanctions",),
        anchor=anchor,
        start=0,
        end=len(anchor),
        confidence=0.9,
        rule="",
        anchors=((0, 0, len(anchor)),),
    )
    return Telling(event, published, sentence, signature(text if text is not None else sentence))
