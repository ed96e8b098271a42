"""A year of coded events worldwide, where the test machine has it: nothing in it is strange to us but some names."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.exchange import ImportedEvent, ImportTally, Reason, read_foreign
from communique.exchange.crosswalk import label_codes, label_key

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "cases" / "icews14"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the ICEWS14 quadruples are not on this machine")


@pytest.fixture(scope="module")
def year() -> tuple[list[ImportedEvent], ImportTally]:
    tally = ImportTally()
    items = [item for item in tally.watch(read_foreign(FOLDER)) if isinstance(item, ImportedEvent)]
    return items, tally


def test_all_230_relations_are_known() -> None:
    lines = (FOLDER / "relation2id.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert len(names) == 230
    assert [name for name in names if label_key(name) not in label_codes()] == []
    assert len({label_codes()[label_key(name)] for name in names}) == 230


def test_every_row_is_kept_or_has_its_reason(year: tuple[list[ImportedEvent], ImportTally]) -> None:
    items, tally = year
    rows = sum(len((FOLDER / name).read_bytes().splitlines()) for name in ("train.txt", "valid.txt"))
    assert tally.rows == rows == tally.kept + sum(tally.refused.values())
    assert set(tally.refused) == {Reason.STATEMENT, Reason.UNKNOWN_ACTORS}
    assert not tally.unknown_codes
    assert len({item.event.event_id for item in items}) == len(items)


def test_most_rows_have_both_sides_and_the_unknown_are_named(year: tuple[list[ImportedEvent], ImportTally]) -> None:
    _, tally = year
    assert tally.both_known / tally.kept > 0.84
    assert tally.refused[Reason.UNKNOWN_ACTORS] < 1000
    top = dict(tally.top_unknown_actors(10))
    assert "Middle East" in top
    assert sum(tally.unknown_actors.values()) == sum(count for _, count in tally.top_unknown_actors(10**6))


@pytest.mark.parametrize(
    ("source", "type", "target", "first", "last"),
    [
        ("USA", "SANCTION", "RUS", "2014-03-01", "2014-04-30"),
        ("CAN", "SANCTION", "RUS/BUS", "2014-06-01", "2014-12-31"),
        ("IRN", "CONSULT", "USA", "2014-01-01", "2014-12-31"),
        ("ISR", "ASSAULT", "HAMAS", "2014-07-01", "2014-08-31"),
        ("RUS", "CONSULT", "UKR", "2014-08-01", "2014-09-30"),
    ],
)
def test_what_is_known_of_2014_is_in_it(
    year: tuple[list[ImportedEvent], ImportTally], source: str, type: str, target: str, first: str, last: str
) -> None:
    items, _ = year
    found = [
        item
        for item in items
        if item.event.type == type
        and source in item.event.source
        and target in item.event.target
        and first <= (item.event.date or "") <= last
    ]
    assert found
