"""Our events as tables laid out like GDELT's, ICEWS's and POLECAT's, with our values.

Such tables hold deeds of one day between pairs of actors: an event with several actors becomes several rows,
and what is planned, hypothetical or denied, or has no day, is left out and counted, never told as a deed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TextIO

from communique.errors import UsageError
from communique.exchange.actors_out import OutActor, out_actor
from communique.exchange.crosswalk import code_labels
from communique.exchange.layouts import Layout, layouts
from communique.exchange.telling import ExportTally, Telling, identifier, tellings_of
from communique.records import Event, KeptEvent
from communique.tables import PathLike, write_lines

Events = Iterable[KeptEvent | Event]

_GDELT_VERSIONS = {"1.0": "gdelt1", "2.0": "gdelt2"}
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def write_gdelt(events: Events, target: TextIO | PathLike, version: str = "2.0") -> ExportTally:
    """Write events as GDELT lays them out: tabs, no header, 58 columns (version 1.0) or 61 (2.0).

    GLOBALEVENTID is the number that a GDELT event came with, else one made of our identifier. SOURCEURL holds
    the report's identifier, ActionGeo_FullName the place as the report has it; what we do not know is empty.
    Raises UsageError for another version, or where the file cannot be opened for writing.
    """
    if version not in _GDELT_VERSIONS:
        raise UsageError(f"there is no GDELT version {version!r} here; choose 1.0 or 2.0")
    layout = layouts()[_GDELT_VERSIONS[version]]
    tally = ExportTally()

    def rows() -> Iterator[str]:
        for telling, pairs in tellings_of(events, tally):
            for number, (source, goal) in enumerate(pairs, start=1):
                one, other = out_actor(source, telling.day), out_actor(goal, telling.day)
                values = _gdelt_values(telling, layout, one, other)
                values["GLOBALEVENTID"] = _gdelt_number(telling, number, layout.dataset, len(pairs) > 1)
                yield _row(layout, values)

    write_lines(rows(), target)
    return tally


def write_icews(events: Events, target: TextIO | PathLike) -> ExportTally:
    """Write events as ICEWS lays them out on the Dataverse: tabs, with its header.

    Event ID is the one that an ICEWS event came with, else ours; Story ID is the report's identifier.
    Raises UsageError where the file cannot be opened for writing.
    """
    layout = layouts()["icews"]
    tally = ExportTally()

    def rows() -> Iterator[str]:
        yield "\t".join(layout.columns)
        for telling, pairs in tellings_of(events, tally):
            for number, (source, goal) in enumerate(pairs, start=1):
                event = telling.event
                values = {
                    "Event ID": identifier(telling, number, layout.dataset, len(pairs) > 1),
                    "Event Date": telling.day,
                    **_icews_side("Source", out_actor(source, telling.day)),
                    "Event Text": code_labels().get(event.cameo, event.type),
                    "CAMEO Code": event.cameo,
                    "Intensity": f"{event.intensity:.1f}",
                    **_icews_side("Target", out_actor(goal, telling.day)),
                    "Story ID": event.report_id,
                    "Sentence Number": str(event.sentence),
                    "City": event.location or "",
                }
                yield _row(layout, values)

    write_lines(rows(), target)
    return tally


def write_polecat(events: Events, target: TextIO | PathLike) -> ExportTally:
    """Write events as POLECAT lays them out: tabs, with its header; modes and contexts by our names.

    Intensity is Goldstein's, as everywhere here. Event ID is the one that a POLECAT event came with, else ours.
    Raises UsageError where the file cannot be opened for writing.
    """
    layout = layouts()["polecat"]
    tally = ExportTally()

    def rows() -> Iterator[str]:
        yield "\t".join(layout.columns)
        for telling, pairs in tellings_of(events, tally):
            for number, (source, goal) in enumerate(pairs, start=1):
                event = telling.event
                values = {
                    "Event ID": identifier(telling, number, layout.dataset, len(pairs) > 1),
                    "Event Date": telling.day,
                    "Event Type": event.type,
                    "Event Mode": event.mode or "",
                    "Intensity": f"{event.intensity:.1f}",
                    "Quad Code": _QUADS[event.quad],
                    "Contexts": "; ".join(event.context),
                    **_polecat_side("Actor", out_actor(source, telling.day), event.source_text),
                    "Placename": event.location or "",
                    **_polecat_side("Recipient", out_actor(goal, telling.day), event.target_text),
                    "Publication Date": telling.published or "",
                    "Source": event.report_id,
                }
                yield _row(layout, values)

    write_lines(rows(), target)
    return tally


def _row(layout: Layout, values: dict[str, str]) -> str:
    # A tab or a line end inside a text would break the row, and none of these tables has a way to write one.
    return "\t".join(" ".join(values.get(column, "").split()) for column in layout.columns)


def _gdelt_values(telling: Telling, layout: Layout, one: OutActor, other: OutActor) -> dict[str, str]:
    event, day = telling.event, telling.day
    year, month, monthday = day.split("-")
    added = (telling.published or day).replace("-", "")
    return {
        "SQLDATE": year + month + monthday,
        "MonthYear": year + month,
        "Year": year,
        # GDELT counts thirty days to every month.
        "FractionDate": f"{int(year) + (int(month) * 30 + int(monthday)) / 365:.4f}",
        **_gdelt_side("Actor1", one, event.source_text),
        **_gdelt_side("Actor2", other, event.target_text),
        "IsRootEvent": "1" if event.sentence <= 0 else "0",
        "EventCode": event.cameo,
        "EventBaseCode": event.cameo[:3],
        "EventRootCode": event.cameo[:2],
        "QuadClass": str(event.quad),
        "GoldsteinScale": f"{event.intensity:.1f}",
        "NumMentions": str(telling.tellings),
        "NumSources": str(telling.reports),
        "NumArticles": str(telling.reports),
        "ActionGeo_FullName": event.location or "",
        "DATEADDED": added + ("000000" if layout.name == "gdelt2" else ""),
        "SOURCEURL": event.report_id,
    }


def _gdelt_side(side: str, actor: OutActor, text: str) -> dict[str, str]:
    if not actor.cameo:
        return {}
    return {
        f"{side}Code": actor.cameo,
        f"{side}Name": (actor.name or text or actor.agent).upper(),
        f"{side}CountryCode": actor.state if len(actor.state) == 3 else "",
        f"{side}KnownGroupCode": actor.group,
        f"{side}Type1Code": actor.role.cameo or ("IGO" if actor.role.plover == "IGO" else ""),
    }


def _gdelt_number(telling: Telling, number: int, dataset: str, several: bool) -> str:
    written = identifier(telling, number, dataset, several)
    if written.isdecimal() and telling.dataset == dataset:
        return written
    # 52 bits: the largest number that every spreadsheet keeps exactly.
    return str(int(hashlib.sha256(written.encode()).hexdigest()[:13], 16))


def _icews_side(side: str, actor: OutActor) -> dict[str, str]:
    if not actor.agent:
        return {f"{side} Name": ""}
    sectors = "International Government Organization" if actor.role.plover == "IGO" else actor.role.sector
    return {f"{side} Name": actor.agent, f"{side} Sectors": sectors, f"{side} Country": actor.country}


def _polecat_side(side: str, actor: OutActor, text: str) -> dict[str, str]:
    sector = actor.role.plover
    return {
        f"{side} Name": actor.name,
        f"{side} Country": actor.state,
        f"Primary {side} Sector": sector,
        f"{side} Sectors": sector,
        f"{side} Name Raw": text,
    }
