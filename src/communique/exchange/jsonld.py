"""Our events as JSON-LD: data/jsonld_context.yaml says what each name means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TextIO
from urllib.parse import quote

from communique.records import DatePrecision, Event, KeptEvent
from communique.tables import PathLike, write_lines
from communique.word_files import read_word_file

EVENT, ACTOR, REPORT = "urn:communique:event:", "urn:communique:actor:", "urn:communique:report:"
_DATES = {DatePrecision.DAY: "xsd:date", DatePrecision.MONTH: "xsd:gYearMonth", DatePrecision.YEAR: "xsd:gYear"}
_AS_THEY_ARE = (
    "type", "mode", "quad", "cameo", "intensity", "source_text", "target_text", "condition", "location", "sentence",
    "anchor", "start", "end", "confidence", "rule",
)  # fmt: skip


def write_jsonld(events: Iterable[KeptEvent | Event], target: TextIO | PathLike) -> int:
    """Write events as one JSON-LD document, one event a line; give their number.

    Every event is there, whatever its status. It is a `communique:Event`; its actors and reports are IRIs
    made of our codes and the reports' identifiers; what is None or empty is left out.
    Raises UsageError where the file cannot be opened for writing.
    """
    written = 0

    def lines() -> Iterator[str]:
        nonlocal written
        yield '{"@context": ' + json.dumps(context(), ensure_ascii=False) + ","
        yield '"@graph": ['
        held = ""
        for item in events:
            if held:
                yield held + ","
            held = json.dumps(as_node(item), ensure_ascii=False, allow_nan=False)
            written += 1
        if held:
            yield held
        yield "]}"

    write_lines(lines(), target)
    return written


@cache
def context() -> dict[str, Any]:
    """Give the @context: every name of the document with its IRI."""
    found: dict[str, Any] = read_word_file(files("communique.exchange") / "data" / "jsonld_context.yaml")
    return found


def as_node(item: KeptEvent | Event) -> dict[str, Any]:
    """Give one event as a JSON-LD node that `context` explains."""
    kept = item if isinstance(item, KeptEvent) else KeptEvent(item, None, ())
    event = kept.event
    reports = dict.fromkeys([event.report_id, *(report for _, report in kept.tellings)])
    node: dict[str, Any] = {
        "@id": _iri(EVENT, event.event_id),
        "@type": "Event",
        "source": [_iri(ACTOR, code) for code in event.source],
        "target": [_iri(ACTOR, code) for code in event.target],
        "status": event.status.value,
        "claimed_by": _iri(ACTOR, event.claimed_by) if event.claimed_by else None,
        "context": list(event.context),
        "reports": [_iri(REPORT, report) for report in reports],
        "published": kept.published,
        "sentence_text": kept.sentence_text,
        "dataset": kept.dataset,
        "foreign_id": kept.foreign_id,
    }
    node.update((name, getattr(event, name)) for name in _AS_THEY_ARE)
    if event.date and event.date_precision:
        node["date"] = {"@value": event.date, "@type": _DATES[event.date_precision]}
        node["date_precision"] = event.date_precision.value
        node["date_basis"] = event.date_basis.value if event.date_basis else None
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _iri(kind: str, code: str) -> str:
    """The slash of a role stays: `urn:communique:actor:SDN/REB`."""
    return kind + quote(code, safe="/:")
