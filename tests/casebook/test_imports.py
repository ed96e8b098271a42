"""Other people's events come in streaming, each once, with their ids and the row that tells of the import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from communique.casebook import Casebook, EventFilter, Imported, imports
from communique.errors import UsageError
from communique.records import KeptEvent
from tests.casebook.made import imported, move, reading


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports.in_batches, "__defaults__", (4,))


def rows(count: int) -> Iterator[KeptEvent]:
    return (imported(number) for number in range(count))


def test_rows_come_in_once_by_their_own_id(casebook: Casebook) -> None:
    assert casebook.add_imported(rows(10), "GRAPH", file="a.tab") == Imported("GRAPH", 10, 10, 0)
    assert casebook.add_imported(rows(12), "GRAPH", file="b.tab") == Imported("GRAPH", 12, 2, 10)
    assert casebook.contents().datasets == {"GRAPH": 12}
    kept = casebook.event("GRAPH-3")
    assert kept == replace(imported(3), tellings=(("GRAPH-3", "GRAPH:3"),))


def test_a_row_that_comes_twice_in_a_batch_is_one(casebook: Casebook) -> None:
    assert casebook.add_imported([imported(1), imported(1)], "GRAPH") == Imported("GRAPH", 2, 1, 1)


def test_the_same_id_in_another_dataset_is_another_event(casebook: Casebook) -> None:
    casebook.add_imported([imported(1)], "GRAPH")
    casebook.add_imported([imported(1, "WIRE")], "WIRE")
    assert casebook.contents().datasets == {"GRAPH": 1, "WIRE": 1}
    assert casebook.count(EventFilter(dataset="WIRE")) == 1


def test_imported_events_make_moves(casebook: Casebook) -> None:
    casebook.add_imported(rows(3), "GRAPH", moves_of=lambda row: [move(row.event)])
    given = casebook.history(boards=["sanctions"])
    assert [one.event_id for one in given.moves] == ["GRAPH-0", "GRAPH-1", "GRAPH-2"]
    assert given.sentences["GRAPH:0", 0] == "Norland imposed sanctions"


def test_every_import_leaves_a_row_with_its_counts(casebook: Casebook) -> None:
    counts: dict[str, int] = {}

    def counted() -> Iterator[KeptEvent]:
        yield imported(1)
        counts["no such code"] = 3

    casebook.add_imported(counted(), "GRAPH", file="a.tab", counts=counts)
    [row] = casebook.imports()
    assert {name: row[name] for name in ("dataset", "file", "rows", "added", "known", "counts")} == {
        "dataset": "GRAPH", "file": "a.tab", "rows": 1, "added": 1, "known": 0, "counts": {"no such code": 3},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (replace(imported(9), foreign_id=None), "has no id of its own"),
        (replace(imported(9), foreign_id=""), "has no id of its own"),
        (replace(imported(9), dataset="WIRE"), "comes from WIRE, not GRAPH"),
    ],
)
def test_a_row_that_cannot_be_known_again_is_refused(casebook: Casebook, row: KeptEvent, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.add_imported([*rows(5), row], "GRAPH")
    assert casebook.contents().tellings == 4
    assert casebook.imports() == []
    assert casebook.add_imported(rows(6), "GRAPH") == Imported("GRAPH", 6, 2, 4)


def test_a_report_of_the_same_name_does_not_supersede_imported_events(casebook: Casebook) -> None:
    casebook.add_imported([imported(1)], "GRAPH")
    casebook.add([reading("GRAPH:1")])
    casebook.add([reading("GRAPH:1", text="Other words. " * 9)])
    assert sorted(kept.event.event_id for kept in casebook.events()) == ["GRAPH-1", "GRAPH:1:a"]
