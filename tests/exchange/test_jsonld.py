"""The JSON-LD export is one document that says what each of its names means."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from communique.exchange import write_jsonld
from communique.exchange.jsonld import context
from communique.records import DatePrecision, KeptEvent, Status
from tests.exchange.test_tables_out import PLAIN


def written(*items: Any) -> dict[str, Any]:
    stream = io.StringIO()
    assert write_jsonld(items, stream) == len(items)
    document: dict[str, Any] = json.loads(stream.getvalue())
    return document


def test_an_event_with_its_reports(tmp_path: Path) -> None:
    event = replace(
        PLAIN,
        source=("SDN/REB",),
        claimed_by="UN",
        condition="unless paid",
        date="2018-11",
        date_precision=DatePrecision.MONTH,
    )
    kept = KeptEvent(event, "2018-11-06", (("e", "news/a.html"), ("f", "b c")), "They imposed it.", "ICEWS", "77")
    (node,) = written(kept)["@graph"]
    assert node["@id"] == "urn:communique:event:0123456789abcdef"
    assert (node["source"], node["target"]) == (["urn:communique:actor:SDN/REB"], ["urn:communique:actor:IRN"])
    assert node["reports"] == ["urn:communique:report:news/a.html", "urn:communique:report:b%20c"]
    assert node["date"] == {"@value": "2018-11", "@type": "xsd:gYearMonth"}
    assert (node["claimed_by"], node["condition"]) == ("urn:communique:actor:UN", "unless paid")
    assert (node["dataset"], node["foreign_id"], node["sentence_text"]) == ("ICEWS", "77", "They imposed it.")


def test_every_status_is_there_and_nothing_empty_is() -> None:
    nodes = written(*(replace(PLAIN, status=status, date=None, date_precision=None) for status in Status))["@graph"]
    assert [node["status"] for node in nodes] == [status.value for status in Status]
    assert all("date" not in node and "claimed_by" not in node for node in nodes)
    assert all((node["start"], node["sentence"]) == (10, 2) for node in nodes)


def test_every_name_of_the_document_is_in_its_context() -> None:
    event = replace(PLAIN, claimed_by="UN", condition="if")
    document = written(KeptEvent(event, "2018-11-06", (("e", "r"),), "S.", "ICEWS", "77"))
    names = set(document["@context"])
    (node,) = document["@graph"]
    assert {name for name in node if not name.startswith("@")} <= names
    assert node["@type"] in names
    prefixes = {"communique", "schema", "prov", "xsd"}
    for meaning in context().values():
        iri = meaning if isinstance(meaning, str) else meaning["@id"]
        assert iri.partition(":")[0] in prefixes | {"urn", "https", "http"}


def test_no_events_are_a_document_too_and_each_event_has_a_line(tmp_path: Path) -> None:
    assert written()["@graph"] == []
    path = tmp_path / "events.jsonld"
    write_jsonld([PLAIN, replace(PLAIN, event_id="b")], path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum('"@id": "urn:communique:event:' in line for line in lines) == 2
