"""A small casebook, and which of its events each filter gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars
import pytest

from communique.casebook import Casebook, EventFilter, ReportFilter
from communique.errors import UsageError
from communique.records import EVENT_COLUMNS, DatePrecision, Event, Status
from tests.casebook.made import event, imported, reading

OIL = "The OIL of Ürümqi flows again, and tankers wait off the coast for it by the score."
SOME = {
    "ban": event("ban", "p1", source=("USA/GOV",), target=("IRN",), date="2018-11-05", confidence=0.9),
    "talk": event("talk", "p1", type="CONSULT", quad=1, mode="meet", intensity=1.0, source=("IRN", "USA"), target=(),
                  date="2019-03", date_precision=DatePrecision.MONTH, context=("diplomacy", "nuclear"), sentence=1),
    "joint": event("joint", "p1", type="ACCUSE", quad=3, source=("GBR", "USA"), target=("IRN",), date="2019",
                   date_precision=DatePrecision.YEAR, status=Status.DENIED),
    "undated": event("undated", "p2", source=("RUS",), target=("USA",), date=None, confidence=0.4),
    "home": event("home", "p2", type="COERCE", source=("RUS/GOV",), target=("RUS/OPP",), date="2020-01-31"),
    "plan": event("plan", "p2", type="AID", quad=2, source=("RUS",), target=("SYR",), date="2020-02-01",
                  status=Status.PLANNED),
}  # fmt: skip


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook.open(tmp_path_factory.mktemp("filters") / "casebook.duckdb") as opened:
        parts: dict[str, list[Event]] = {"p1": [], "p2": []}
        for one in SOME.values():
            parts[one.report_id].append(one)
        opened.add(
            [
                reading("p1", *parts["p1"], published=date(2019, 4, 1)),
                reading("p2", *parts["p2"], published=date(2020, 2, 1), text=OIL),
            ]
        )
        opened.add_imported(
            [imported(1, source=("CHN",), target=("JPN",), date="2021-01-01", anchor="Rebuke")], "GRAPH"
        )
        yield opened


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "ban joint talk home plan undated GRAPH-1"),
        ({"actor": "USA"}, "ban joint talk undated"),
        ({"actor": "USA/GOV"}, "ban"),
        ({"source": "USA"}, "ban joint talk"),
        ({"target": "USA"}, "undated"),
        ({"dyad": ("USA", "IRN")}, "ban joint talk"),
        ({"dyad": ("IRN", "USA")}, "ban joint talk"),
        ({"dyad": ("GBR", "USA")}, ""),
        ({"dyad": ("RUS", "RUS")}, "home"),
        ({"dyad": ("RUS/GOV", "RUS/OPP")}, "home"),
        ({"type": "sanction"}, "ban undated GRAPH-1"),
        ({"type": ["CONSULT", "AID"]}, "talk plan"),
        ({"quad": 4}, "ban home undated GRAPH-1"),
        ({"quad": (1, 2)}, "talk plan"),
        ({"status": "planned"}, "plan"),
        ({"status": ["planned", "denied"]}, "joint plan"),
        ({"context": "nuclear"}, "talk"),
        ({"context": ["nuclear", "sanctions"], "actor": "IRN"}, "ban joint talk"),
        ({"since": "2019"}, "joint talk home plan undated GRAPH-1"),
        ({"since": "2019-12-31"}, "joint home plan undated GRAPH-1"),
        ({"until": "2018"}, "ban"),
        ({"until": "2019-02"}, "ban joint"),
        ({"since": "2019-03-31", "until": "2019-03-31"}, "joint talk"),
        ({"since": date(2020, 1, 31), "until": "2020-01"}, "home"),
        ({"since": "2020-02-01", "until": "2020-02-01"}, "plan undated"),
        ({"minimum_confidence": 0.9}, "ban"),
        ({"report_id": "p1"}, "ban joint talk"),
        ({"dataset": "GRAPH"}, "GRAPH-1"),
        ({"text": "VALE envoys"}, "talk"),
        ({"text": "rebuke"}, "GRAPH-1"),
        ({"text": "%"}, ""),
        ({"report_text": "ürümqi oil"}, "home plan undated"),
        ({"report_text": "envoy imposed"}, "ban joint talk"),
        ({"event_ids": ["plan", "ban", "nobody"]}, "ban plan"),
        ({"actor": "USA", "limit": 2}, "ban joint"),
        ({"actor": "USA", "limit": 2, "offset": 1}, "joint talk"),
        ({"actor": "USA", "limit": 0}, ""),
        ({"sort": "-date"}, "GRAPH-1 plan undated home talk joint ban"),
        ({"sort": "-confidence", "limit": 1}, "ban"),
        ({"sort": "type", "limit": 2}, "joint plan"),
        ({"sort": "intensity", "until": "2019-03"}, "ban joint talk"),
        ({"sort": "published", "limit": 1}, "ban"),
    ],
)
def test_filters(casebook: Casebook, asked: dict[str, Any], expected: str) -> None:
    wanted = EventFilter(**asked)
    assert [kept.event.event_id for kept in casebook.events(wanted)] == expected.split()
    if "limit" not in asked:
        assert casebook.count(wanted) == len(expected.split())
    assert casebook.frame(wanted)["event_id"].to_list() == expected.split()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"type": "QUARREL"}, "type 'QUARREL': one of AGREE"),
        ({"status": "perhaps"}, "status 'perhaps': one of occurred"),
        ({"quad": 5}, "quad 5: one of 1, 2, 3, 4"),
        ({"since": "last week"}, "since 'last week': write a day"),
        ({"until": "2019-02-30"}, "until '2019-02-30': write a day"),
        ({"minimum_confidence": 80}, "minimum_confidence 80: give a number from 0 to 1"),
        ({"sort": "mood"}, "sort 'mood': one of date"),
        ({"limit": -1}, "give numbers from 0"),
        ({"actor": " "}, "an actor is a code"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(casebook: Casebook, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.events(EventFilter(**asked))


def test_a_timeline_holds_all_acts_between_two_either_way(casebook: Casebook) -> None:
    assert [kept.event.event_id for kept in casebook.timeline("IRN", "USA")] == ["ban", "joint", "talk"]
    assert [kept.event.event_id for kept in casebook.timeline("USA", "IRN", since="2019-06")] == ["joint"]
    assert casebook.timeline("USA", "FIN") == []


def test_a_stream_gives_what_a_list_gives(casebook: Casebook) -> None:
    stream = casebook.stream(EventFilter(actor="USA"))
    assert next(stream) == casebook.events(EventFilter(actor="USA"))[0]
    assert len(list(stream)) == 3


def test_frames_have_the_columns_of_the_record_and_go_to_pandas(casebook: Casebook) -> None:
    frame = casebook.frame()
    assert tuple(frame.columns[:26]) == EVENT_COLUMNS
    assert frame.columns[26:] == [
        "published", "sentence_text", "dataset", "foreign_id", "corrected", "reports", "report_ids", "event_ids",
    ]  # fmt: skip
    assert frame.schema["source"] == polars.List(polars.String)
    assert frame.schema["published"] == polars.Date
    assert frame.filter(polars.col("event_id") == "talk")["source"].to_list() == [["IRN", "USA"]]
    assert list(frame.to_pandas()["event_id"]) == frame["event_id"].to_list()
    assert casebook.frame(EventFilter(actor="FIN")).columns == frame.columns


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["p1", "p2"]),
        ({"sort": "-published"}, ["p2", "p1"]),
        ({"text": "oil"}, ["p2"]),
        ({"text": "ENVOY"}, ["p1", "p2"]),
        ({"since": "2020"}, ["p2"]),
        ({"until": "2019-04"}, ["p1"]),
        ({"origin": "p1.txt"}, ["p1"]),
        ({"limit": 1, "offset": 1}, ["p2"]),
    ],
)
def test_reports(casebook: Casebook, asked: dict[str, Any], expected: list[str]) -> None:
    assert [kept.report.report_id for kept in casebook.reports(ReportFilter(**asked))] == expected


def test_contents(casebook: Casebook) -> None:
    there = casebook.contents()
    assert (there.reports, there.events, there.tellings, there.datasets) == (2, 7, 7, {"GRAPH": 1})
    assert (there.first_day, there.last_day) == (date(2018, 11, 5), date(2021, 1, 1))
