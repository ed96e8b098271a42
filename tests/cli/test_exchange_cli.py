"""Other people's tables in and ours out, from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.casebooks import Ran, Run, made, run

__all__ = ["made", "run"]

ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
    "Country\tLatitude\tLongitude"
)


def icews_row(number: int, source: str, code: str, target: str) -> str:
    return (
        f"{number}\t2014-03-0{number % 9 + 1}\t{source}\t\t{source}\twords\t{code}\t-4.0\t{target}\t\t{target}\t"
        f"7\t3\tA paper\tKiev\t\t\tUkraine\t50.4\t30.5"
    )


@pytest.fixture
def icews() -> Path:
    """Two events between states, one of an actor nobody knows, and one statement."""
    rows = [
        icews_row(1, "United States", "163", "Russia"),
        icews_row(2, "Russia", "190", "Ukraine"),
        icews_row(3, "The Grey Wardens", "190", "Nobody Else"),
        icews_row(4, "Russia", "010", "Ukraine"),
    ]
    path = Path("icews.tab")
    path.write_text("\n".join([ICEWS_HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_an_import_says_what_was_kept_and_what_was_not(run: Run, icews: Path) -> None:
    done = run("import", str(icews), "--unknown", "unknown.csv")
    assert done.code == 0
    assert done.out.startswith("4 rows of ICEWS: 2 events added, 0 known before, 2 refused; both sides known in 2\n")
    assert "1 refused: no side that we know" in done.out
    assert "1 refused: a statement" in done.out
    assert "The Grey Wardens" in done.out
    written = Path("unknown.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == "kind,unknown,rows"
    assert "actor,The Grey Wardens,1" in written
    held = run("casebook").out
    assert "2 events of ICEWS" in held
    assert str(icews) in held


def test_importing_the_same_again_changes_nothing(run: Run, icews: Path) -> None:
    run("import", str(icews))
    before = run("events", "-f", "csv").out
    assert "0 events added, 2 known before" in run("import", str(icews)).out
    assert run("events", "-f", "csv").out == before


def test_imported_events_stand_beside_the_others_with_what_their_dataset_says(run: Run, icews: Path) -> None:
    run("import", str(icews))
    rows = run("events", "--dataset", "ICEWS", "-f", "jsonl").objects()
    assert [(row["source"], row["type"], row["target"], row["foreign_id"]) for row in rows] == [
        (["USA"], "SANCTION", ["RUS"], "1"),
        (["RUS"], "ASSAULT", ["UKR"], "2"),
    ]
    assert "import ICEWS" in run("timeline", "USA", "Russia").out


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (["import", "nowhere.tab"], "nowhere.tab"),
        (["import", "icews.tab", "story.txt"], "story.txt"),
        (["import", "story.txt"], "--format"),
        (["import", "icews.tab", "-f", "xml"], "xml"),
        (["import", "icews.tab", "-f", "polecat"], "icews.tab"),
        (["import", "icews.tab", "--unknown", "casebook.duckdb"], "is the casebook"),
        (["export", "-f", "icews", "-o", "casebook.duckdb"], "is the casebook"),
        (["export", "-f", "gdelt2", "--type", "WAR"], "WAR"),
        (["export", "-f", "jsonld", "-o", "no/such/x.jsonld"], "no/such/x.jsonld"),
    ],
)
def test_what_cannot_be_is_one_clear_line_and_nothing_is_kept(
    run: Run, icews: Path, asked: list[str], word: str
) -> None:
    Path("story.txt").write_text("Kenya attacked Somalia.\n", encoding="utf-8")
    before = Path("casebook.duckdb").read_bytes()
    done = run(*asked)
    assert done.code == 2
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert word in done.err
    assert Path("casebook.duckdb").read_bytes() == before


def rows_of(done: Ran) -> list[list[str]]:
    return [line.split("\t") for line in done.out.splitlines()]


def test_events_go_out_as_rows_of_other_datasets(run: Run) -> None:
    icews = rows_of(run("export", "-f", "icews", "--source", "KEN"))
    assert icews[0] == ICEWS_HEADER.split("\t")
    assert (icews[1][2], icews[1][8]) == ("Kenya", "Somalia")
    assert [len(row) for row in rows_of(run("export", "-f", "gdelt2", "--source", "KEN"))] == [61]
    assert [len(row) for row in rows_of(run("export", "-f", "gdelt1", "--source", "KEN"))] == [58]
    polecat = rows_of(run("export", "-f", "polecat", "--source", "KEN"))
    assert "ASSAULT" in polecat[1]


def test_what_a_table_of_deeds_cannot_hold_is_counted(run: Run) -> None:
    Path("plan.jsonl").write_text(
        json.dumps({"id": "plan", "published": "2025-02-25", "text": "Bolivia may attack Paraguay."}) + "\n",
        encoding="utf-8",
    )
    assert run("add", "plan.jsonl").code == 0
    done = run("export", "-f", "icews", "--report", "plan")
    assert len(rows_of(done)) == 1
    assert "0 rows of 0 events written" in done.err
    assert "1 event left out: planned, hypothetical or denied" in done.err


def test_json_ld_holds_all_events_that_were_asked_for(run: Run) -> None:
    assert (
        run("export", "-f", "jsonld", "--dyad", "PAN,CUB", "-o", "events.jsonld").err == "2 rows of 2 events written\n"
    )
    document = json.loads(Path("events.jsonld").read_text(encoding="utf-8"))
    assert sorted(node["type"] for node in document["@graph"]) == ["ACCUSE", "SANCTION"]
    assert sorted(len(node["reports"]) for node in document["@graph"]) == [1, 2]


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_our_own_columns_are_those_of_events(run: Run, format: str) -> None:
    assert run("export", "-f", format, "--quad", "4").out == run("events", "-f", format, "--quad", "4").out != ""


def test_what_was_exported_can_be_imported(run: Run) -> None:
    assert run("export", "-f", "icews", "--quad", "4", "-o", "out.tab").code == 0
    done = run("import", "out.tab", "-c", "second.duckdb")
    assert done.code == 0
    there = run("events", "--quad", "4", "-f", "jsonl").objects()
    back = run("events", "-f", "jsonl", "-c", "second.duckdb").objects()
    assert [(row["source"], row["type"], row["target"], row["date"]) for row in back] == [
        (row["source"], row["type"], row["target"], row["date"]) for row in there
    ]
