"""A year of coded events without a sentence: the picture of 2014 is right where history is known.

The ICEWS events of 2014 as knowledge graphs have them. Two things that history holds are not among these events: the
sanctions of the European Union on Russia (no such row), and the signing at Minsk itself; what stands for Minsk are the
meetings around its day, and the file of agreements that knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import communique

YEAR = Path(__file__).resolve().parents[3] / "shared" / "cases" / "icews14" / "train.txt"
pytestmark = pytest.mark.skipif(not YEAR.is_file(), reason="needs the events of 2014 in ../shared/cases/icews14")
# The sixth, Germany, meets Iran in none of these events.
POWERS = {"USA", "GBR", "FRA", "RUS", "CHN", "EU"}


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[communique.Casebook]:
    path = tmp_path_factory.mktemp("year") / "2014.casebook"
    with communique.open_casebook(path) as made:
        done, tally = communique.import_events(made, YEAR)
        assert (done.added, tally.rows) == (tally.kept, 74_845)
        yield made


def rows(casebook: communique.Casebook, board: str, day: str, about: str) -> list[dict[str, Any]]:
    as_of = date.fromisoformat(day)
    history = casebook.history(about=[about], boards=[board], as_of=as_of)
    found: list[dict[str, Any]] = communique.picture_of(history, as_of, [about], [board]).as_json()[board]
    return found


@pytest.mark.parametrize(("day", "sanctioned"), [("2014-03-01", False), ("2014-04-01", True), ("2014-10-01", True)])
def test_russia_is_under_american_sanctions_after_march(
    casebook: communique.Casebook, day: str, sanctioned: bool
) -> None:
    found = [row for row in rows(casebook, "sanctions", day, "RUS") if (row["sender"], row["target"]) == ("USA", "RUS")]
    assert bool(found) is sanctioned
    assert all((row["status"], row["since"]) == ("in force", "2014-03-20") for row in found)


def test_canada_follows_in_summer(casebook: communique.Casebook) -> None:
    (row,) = [row for row in rows(casebook, "sanctions", "2014-10-01", "RUS") if row["sender"] == "CAN"]
    assert (row["status"], row["since"]) == ("in force", "2014-06-22")


def test_iran_talks_with_the_six_powers(casebook: communique.Casebook) -> None:
    partners = {
        party
        for row in rows(casebook, "talks", "2014-10-31", "IRN")
        if len(row["parties"]) == 2 and row["rounds"]
        for party in row["parties"]
    }
    assert partners >= POWERS


@pytest.mark.parametrize(("day", "stands"), [("2014-09-01", False), ("2014-09-30", True)])
def test_minsk_stands_from_september(casebook: communique.Casebook, day: str, stands: bool) -> None:
    found = [row for row in rows(casebook, "agreements", day, "UKR") if row["code"] == "Minsk I"]
    assert bool(found) is stands
    assert all(row["since"] == "2014-09-05" and row["events"] for row in found)


@pytest.mark.parametrize("day", ["2014-07-30", "2014-08-10"])
def test_the_truces_of_july_and_august_between_israel_and_hamas_are_broken(
    casebook: communique.Casebook, day: str
) -> None:
    truces = [row for row in rows(casebook, "agreements", day, "HAMAS") if "truce" in row["name"]]
    assert any(
        row["life"] == "collapsed" and {"ISR", "HAMAS"} <= {party["actor"] for party in row["parties"]}
        for row in truces
    )


def test_the_last_truce_of_august_holds(casebook: communique.Casebook) -> None:
    found = [row for row in rows(casebook, "agreements", "2014-09-10", "HAMAS") if row["life"] == "in force"]
    assert [row["since"] for row in found] == ["2014-08-26"]


def test_russia_and_ukraine_are_rivals(casebook: communique.Casebook) -> None:
    (row,) = [
        row for row in rows(casebook, "alignments", "2014-10-31", "UKR") if (row["a"], row["b"]) == ("RUS", "UKR")
    ]
    assert row["score"] < -0.1
