"""The casebook from the shell: add, ask, put right, fold; what is said, which exit code, and what stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique.records import EVENT_COLUMNS
from tests.cli.casebooks import PANAMA, WIRE, Ran, Run, made, run

__all__ = ["made", "run"]


def ids(run: Run, *asked: str) -> list[str]:
    return [str(row["event_id"]) for row in run("events", "-f", "jsonl", *asked).objects()]


def told(run: Run, *asked: str) -> list[str]:
    """The events asked for, as "KEN ASSAULT SOM"."""
    return [
        " ".join([*row["source"], str(row["type"]), *row["target"]])  # type: ignore[misc]
        for row in run("events", "-f", "jsonl", *asked).objects()
    ]


# -- add -----------------------------------------------------------------------------------------------


def test_adding_says_what_is_new_and_what_could_not_be_read(made: tuple[Path, Ran]) -> None:
    done = made[1]
    assert done.code == 2
    assert done.out.splitlines()[0].startswith("4 new, 0 unchanged, 0 superseded, 1 not read, ")
    assert "wire.jsonl:3" in done.err
    assert "JSON" in done.err
    assert "the casebook holds 4 reports" in done.out


def test_adding_the_same_again_changes_nothing(run: Run, made: tuple[Path, Ran]) -> None:
    before = run("events", "-f", "csv").out
    done = run("add", str(made[0] / "panama.txt"), "--published", "2025-02-25")
    assert done.code == 0
    assert done.out.startswith("0 new, 1 unchanged, 0 superseded, 0 not read, 0 events")
    assert run("events", "-f", "csv").out == before


def test_a_report_that_changed_supersedes_its_earlier_version(run: Run, made: tuple[Path, Ran]) -> None:
    Path("wire.jsonl").write_text(
        json.dumps({**WIRE[1], "text": "Kenya attacked Ethiopia on Sunday."}) + "\n", encoding="utf-8"
    )
    done = run("add", "wire.jsonl")
    assert done.out.startswith("0 new, 0 unchanged, 1 superseded, 0 not read, 1 event")
    assert told(run, "--source", "KEN") == ["KEN ASSAULT ETH"]
    versions = run("reports", "--versions", "-f", "jsonl", "--text", "Kenya").objects()
    assert sorted((row["version"], row["superseded"]) for row in versions) == [(1, True), (2, False)]
    assert "attacked Somalia" in run("report", "wire-2", "--version", "1").out


def test_a_file_is_known_by_its_whole_path_from_any_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("one").mkdir()
    Path("one/report.txt").write_text("Bolivia praised Ecuador.", encoding="utf-8")
    Path("report.txt").write_text("Bolivia praised Paraguay.", encoding="utf-8")
    assert run("add", "one/report.txt").out.startswith("1 new")
    assert run("add", "report.txt").out.startswith("1 new")
    monkeypatch.chdir("one")
    assert run("add", "report.txt").out.startswith("0 new, 1 unchanged")
    assert "praised Ecuador" in run("report", "report.txt", "--text").out


def test_what_comes_from_standard_input_is_known_by_its_words(run: Run) -> None:
    assert run("add", "-", stdin=b"Bolivia praised Ecuador.").out.startswith("1 new")
    assert run("add", "-", stdin=b"Bolivia praised Paraguay.").out.startswith("1 new, 0 unchanged, 0 superseded")
    assert run("add", "-", stdin=b"Bolivia praised Ecuador.").out.startswith("0 new, 1 unchanged")


def test_what_is_not_there_is_told_before_a_casebook_is_made(run: Run) -> None:
    done = run("add", "nowhere.txt", "-c", "new.duckdb")
    assert done.code == 2
    assert "nowhere.txt" in done.err
    assert not Path("new.duckdb").exists()


# -- events --------------------------------------------------------------------------------------------


def test_one_act_of_two_reports_is_one_event_with_two_sources(run: Run) -> None:
    rows = run("events", "--dyad", "Panama,Cuba", "--type", "SANCTION", "-f", "jsonl").objects()
    assert [row["reports"] for row in rows] == [2]
    line = next(line for line in run("events", "--type", "SANCTION").out.splitlines() if "PAN SANCTION CUB" in line)
    assert line.split()[:6] == ["2025-02-24", "PAN", "SANCTION", "CUB", "occurred", "2"]
    assert "its ambassador from Cuba" in line


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["--actor", "Kenya"], ["KEN ASSAULT SOM"]),
        (["--actor", "KEN"], ["KEN ASSAULT SOM"]),
        (["--source", "Cuba"], ["CUB ACCUSE PAN"]),
        (["--target", "Cuba"], ["PAN SANCTION CUB"]),
        (["--dyad", "Cuba", "--dyad", "Panama", "--sort", "-confidence", "--limit", "1"], ["PAN SANCTION CUB"]),
        (["--quad", "4", "--since", "2025-03"], ["KEN ASSAULT SOM"]),
        (["--until", "2024"], ["EGY THREATEN SDN"]),
        (["--text", "talks lima"], ["PER CHL CONSULT"]),
        (["--report", "wire-2", "--type", "assault"], ["KEN ASSAULT SOM"]),
        (["--dataset", "ICEWS"], []),
        (["--corrected"], []),
        (["--type", "ASSAULT", "--type", "CONSULT", "--sort", "-date"], ["KEN ASSAULT SOM", "PER CHL CONSULT"]),
    ],
)
def test_filters_leave_what_was_asked_for(run: Run, asked: list[str], expected: list[str]) -> None:
    assert told(run, *asked) == expected


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (["events", "--type", "WAR"], "WAR"),
        (["events", "--status", "maybe"], "maybe"),
        (["events", "--since", "yesterday"], "2025-02-25"),
        (["events", "--dyad", "Iran"], "--dyad Iran,USA"),
        (["events", "--actor", "Nobody Known"], "communique actors"),
        (["events", "--sort", "age"], "age"),
        (["events", "-f", "csv", "-o", "casebook.duckdb"], "is the casebook"),
        (["events", "-f", "csv", "-o", "no/such/x.csv"], "no/such/x.csv"),
        (["timeline", "Iran", "USA", "-o", "x.txt"], "--format csv"),
        (["report", "wire-9"], "communique reports"),
        (["report", "wire-1", "--version", "4"], "versions 1 to 1"),
        (["sql"], "--tables"),
        (["sql", "DELETE FROM events"], "more than reading"),
        (["sql", "SELECT 1; SELECT 2"], "one statement"),
        (["correct", "--delete"], "communique events --ids"),
        (["correct", "abc"], "give one of --set"),
        (["correct", "abc", "--add"], "--set or --delete"),
        (["correct", "abc", "--set", "colour=red"], "field=value"),
        (["correct", "abc", "--set", "type=CONSULT"], "no event 'abc'"),
        (["correct", "abc", "--delete"], "no event 'abc'"),
        (["correct", "--add", "--type", "CONSULT"], "--source"),
        (["correct", "--list", "--type", "CONSULT"], "--add"),
        (["correct", "--list", "--undo", "1"], "one of"),
        (["correct", "--undo", "9"], "no correction 9"),
        (["fold", "abc", "def"], "--same or --different"),
        (["fold", "abc", "def", "--same"], "no event"),
        (["fold", "--list", "--imported"], "--all"),
        (["fold", "--undo", "9"], "no fold decision 9"),
    ],
)
def test_what_cannot_be_is_one_clear_line_and_exit_code_two(run: Run, asked: list[str], word: str) -> None:
    before = Path("casebook.duckdb").read_bytes()
    done = run(*asked)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert word in done.err
    assert Path("casebook.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "command", [["events"], ["reports"], ["timeline", "USA", "IRN"], ["sql", "FROM events"], ["casebook"]]
)
def test_without_a_casebook_it_is_said_how_one_is_made(run: Run, command: list[str]) -> None:
    done = run(*command, "-c", "none.duckdb")
    assert (done.code, done.out) == (4, "")
    assert "communique add" in done.err
    assert not Path("none.duckdb").exists()


def test_a_file_that_is_no_casebook_stays_as_it_is(run: Run) -> None:
    Path("notes.txt").write_text(PANAMA, encoding="utf-8")
    done = run("events", "-c", "notes.txt")
    assert done.code == 4
    assert "notes.txt" in done.err
    assert Path("notes.txt").read_text(encoding="utf-8") == PANAMA


def test_csv_jsonl_and_parquet_tell_the_same_with_the_columns_of_the_record_first(run: Run) -> None:
    rows = run("events", "-f", "jsonl").objects()
    assert tuple(rows[0])[: len(EVENT_COLUMNS)] == EVENT_COLUMNS
    table = run("events", "-f", "csv").table()
    assert [row["event_id"] for row in table] == [row["event_id"] for row in rows]
    assert table[-1]["source"] == ";".join(rows[-1]["source"])  # type: ignore[arg-type]
    assert run("events", "-f", "parquet", "-o", "events.parquet").out == ""
    assert pq.read_table("events.parquet").column("event_id").to_pylist() == [row["event_id"] for row in rows]
    assert run("events", "-f", "csv", "-o", "events.csv").out == ""
    assert Path("events.csv").read_text(encoding="utf-8") == run("events", "-f", "csv").out


def test_a_table_in_a_pipe_is_plain_and_one_line_an_event(run: Run) -> None:
    done = run("events", "--ids")
    assert "\x1b" not in done.out
    rows = [line for line in done.out.splitlines() if line.strip()][2:]
    assert [line.split()[0] for line in rows] == list(reversed(ids(run)))
    assert done.err == f"{len(rows)} events\n"


def test_the_table_can_go_to_a_file(run: Run) -> None:
    assert run("events", "-o", "table.txt").out == ""
    assert "KEN ASSAULT SOM" in Path("table.txt").read_text(encoding="utf-8")


def test_escape_codes_in_a_report_do_not_reach_the_terminal(run: Run) -> None:
    row = {"id": "evil\x1b[2J", "title": "Peru\x1b]0;x\x07", "published": "2025-01-01",
           "text": "Peru \x1b[2Jcondemned Bolivia. \u202eBolivia praised Ecuador."}  # fmt: skip
    Path("evil.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert run("add", "evil.jsonl").code == 0
    for command in (["events"], ["timeline", "PER", "BOL"], ["reports"], ["sql", "SELECT text, report_id FROM reports"],
                    ["report", "evil\x1b[2J", "--text"]):  # fmt: skip
        done = run(*command)
        assert done.code == 0
        assert not any(mark in done.out for mark in "\x1b\x07\u202e")


# -- timeline, reports, sql, casebook --------------------------------------------------------------------


def test_a_timeline_is_one_line_an_event_under_its_month(run: Run) -> None:
    lines = run("timeline", "Cuba", "Panama").out.splitlines()
    assert lines[0].startswith("CUB – PAN  2 events")
    assert lines[2] == "2025-02"
    assert any(line.startswith("  2025-02-24  PAN SANCTION CUB ×2") for line in lines)
    assert run("timeline", "CUB", "PAN", "--by", "year").out.splitlines()[2] == "2025"
    assert run("timeline", "CUB", "PAN", "--since", "2026").out == "CUB – PAN  0 events\n"
    assert [row["type"] for row in run("timeline", "PAN", "CUB", "-f", "csv").table()] == [
        row["type"] for row in run("timeline", "CUB", "PAN", "-f", "jsonl").objects()
    ]


def test_reports_are_listed_the_latest_first_and_one_is_shown_with_its_events(run: Run) -> None:
    listed = run("reports", "-f", "jsonl").objects()
    assert [row["report_id"] for row in listed if "wire" in str(row["report_id"])] == ["wire-2", "wire-1", "wire-3"]
    assert [row["report_id"] for row in run("reports", "--text", "ambassador home", "-f", "csv").table()] == ["wire-1"]
    assert "Kenya strikes" in run("reports", "--since", "2025-03").out
    shown = run("report", "wire-1").out
    assert "Panama calls its ambassador home  2025-02-25" in shown
    assert "PAN SANCTION CUB" in shown
    assert "told by 1 other report" in shown
    assert "wire.jsonl:3" in run("reports", "--dropped").out


def test_sql_reads_and_writes_rows(run: Run) -> None:
    query = "SELECT type, count(*) AS n FROM events WHERE type IN ('ASSAULT', 'CONSULT') GROUP BY type ORDER BY type"
    assert run("sql", query, "-f", "jsonl").objects() == [{"type": "ASSAULT", "n": 1}, {"type": "CONSULT", "n": 1}]
    assert run("sql", query, "-f", "csv").out == "type,n\nASSAULT,1\nCONSULT,1\n"
    assert "CONSULT" in run("sql", query).out
    assert run("sql", "-", "-f", "csv", stdin=b"SELECT DATE '2025-01-02' AS day, [1, 2] AS list, NULL AS no").out == (
        "day,list,no\n2025-01-02,1;2,\n"
    )
    assert run("sql", query, "-f", "parquet", "-o", "types.parquet").code == 0
    assert pq.read_table("types.parquet").num_rows == 2


def test_sql_tells_every_table_what_it_holds(run: Run) -> None:
    lines = run("sql", "--tables").out.splitlines()
    for heading, columns in zip(lines[::2], lines[1::2], strict=True):
        assert len(heading.split("  ")) == 2, "each table has its line"
        assert heading.split("  ")[1], heading
        assert columns.startswith("  ")
    assert lines[0].startswith("events")


def test_the_casebook_says_where_it_lies_and_what_it_holds(run: Run) -> None:
    assert run("casebook", "--path").out == f"{Path('casebook.duckdb').absolute()}\n"
    done = run("casebook").out
    assert "4 reports" in done
    assert "1 report not read" in done


# -- correct -------------------------------------------------------------------------------------------


def test_a_correction_holds_against_reading_again_and_can_be_undone(run: Run, made: tuple[Path, Ran]) -> None:
    event = ids(run, "--source", "KEN")[0]
    done = run("correct", event, "--set", "target=Ethiopia", "--set", "date=2025-03-01", "--why", "the border")
    assert done.code == 0
    assert "KEN ASSAULT ETH" in done.out
    assert run("add", str(made[0] / "wire.jsonl"), "--reread").code == 2
    assert told(run, "--corrected") == ["KEN ASSAULT ETH"]
    rows = [line for line in run("correct", "--list").out.splitlines() if event in line]
    assert len(rows) == 2
    assert all("Ada" in row and "the border" in row for row in rows)
    assert run("correct", "--undo", "1").code == 0
    assert told(run, "--source", "KEN") == ["KEN ASSAULT SOM"]


def test_of_several_values_none_is_set_where_one_cannot_be(run: Run) -> None:
    event = ids(run, "--source", "KEN")[0]
    done = run("correct", event, "--set", "target=Ethiopia", "--set", "status=perhaps")
    assert done.code == 2
    assert told(run, "--source", "KEN") == ["KEN ASSAULT SOM"]
    assert run("correct", "--list").err == "0 corrections, 0 hold\n"


def test_a_type_brings_its_quad_and_a_mode_that_is_given_stays(run: Run) -> None:
    event = ids(run, "--type", "CONSULT")[0]
    assert run("correct", event, "--set", "mode=third-party", "--set", "type=consult").code == 0
    row = run("events", "--corrected", "-f", "jsonl").objects()[0]
    assert (row["type"], row["mode"], row["quad"]) == ("CONSULT", "third-party", 1)


def test_an_event_that_was_none_is_deleted_and_comes_back(run: Run) -> None:
    event = ids(run, "--source", "KEN")[0]
    assert "deleted KEN ASSAULT SOM" in run("correct", event, "--delete", "--who", "Bo").out
    assert told(run, "--source", "KEN") == []
    assert run("correct", "--undo", "1").code == 0
    assert told(run, "--source", "KEN") == ["KEN ASSAULT SOM"]


def test_an_event_is_added_with_the_words_that_tell_it(run: Run) -> None:
    done = run("correct", "--add", "--type", "consult", "--source", "Peru,Chile", "--date", "2025-03-01",
               "--report", "wire-2", "--words", "held talks")  # fmt: skip
    assert done.code == 0
    row = run("events", "--corrected", "-f", "jsonl").objects()[0]
    assert (row["source"], row["anchor"], row["report_id"]) == (["PER", "CHL"], "held talks", "wire-2")
    assert WIRE[1]["text"][int(str(row["start"])) : int(str(row["end"]))] == "held talks"
    assert row["sentence_text"] == "Peru and Chile held talks in Lima on Saturday."
    missing = run(
        "correct", "--add", "--type", "CONSULT", "--source", "Peru", "--report", "wire-2", "--words", "no word"
    )
    assert missing.code == 2
    assert "do not stand so" in missing.err


def test_an_event_is_added_without_a_report(run: Run) -> None:
    assert run("correct", "--add", "--type", "SANCTION", "--source", "EU", "--target", "Belarus",
               "--date", "2021-06-24", "--words", "The bloc's fourth round of measures.").code == 0  # fmt: skip
    assert told(run, "--until", "2021") == ["EU SANCTION BLR"]
    assert "fourth round" in run("events", "--until", "2021").out


def test_corrections_are_exported_to_learn_from(run: Run) -> None:
    event = ids(run, "--source", "KEN")[0]
    run("correct", event, "--set", "type=COERCE", "--why", "a raid on rebels")
    assert run("correct", "--export", "learn.jsonl").out == "1 correction written to learn.jsonl\n"
    row = json.loads(Path("learn.jsonl").read_text(encoding="utf-8"))
    assert (row["old"], row["new"], row["who"]) == ("ASSAULT", "COERCE", "Ada")
    assert row["marked"] == "<s>Kenya</s> attacked <t>Somalia</t> on Sunday."


# -- fold ----------------------------------------------------------------------------------------------


def test_a_person_parts_what_was_folded_and_joins_it_again(run: Run) -> None:
    row = run("events", "--type", "SANCTION", "--dyad", "PAN,CUB", "-f", "csv").table()[0]
    first, second = row["event_ids"].split(";")
    done = run("fold", first, second, "--different", "--why", "two envoys")
    assert done.code == 0
    assert done.out.startswith("decision 1: ")
    assert len(ids(run, "--type", "SANCTION", "--dyad", "PAN,CUB")) == 2
    assert run("fold", "--all").code == 0
    assert len(ids(run, "--type", "SANCTION", "--dyad", "PAN,CUB")) == 2
    assert "two envoys" in run("fold", "--list").out
    assert run("fold", "--undo", "1").code == 0
    assert len(ids(run, "--type", "SANCTION", "--dyad", "PAN,CUB")) == 1


def test_a_person_joins_what_was_told_apart(run: Run) -> None:
    first, second = ids(run, "--source", "CUB")[0], ids(run, "--source", "KEN")[0]
    before = len(ids(run))
    assert run("fold", first, second, "--same").code == 0
    assert len(ids(run)) == before - 1


@pytest.mark.parametrize("name", ["casebook.duckdb", "casebook.duckdb.wal"])
def test_neither_the_casebook_nor_its_log_is_written_over(run: Run, name: str) -> None:
    refused = run("events", "-f", "csv", "-o", name)
    assert refused.code == 2
    assert "is the casebook or its log" in refused.err
    assert run("events").code == 0


@pytest.mark.parametrize("name", ["\x1b[31M", "%", "USA;IRN", ""])
def test_what_is_no_code_and_no_name_is_no_actor(run: Run, name: str) -> None:
    for command in (["events", "--actor", name], ["timeline", name, "PAN"], ["standing", "--about", name]):
        refused = run(*command)
        assert refused.code == 2, command
        assert "actor" in refused.err


def test_a_cell_of_a_million_characters_is_shortened_in_a_table(run: Run) -> None:
    query = "SELECT repeat('x', 1000000) AS words, {} AS nothing"
    assert run("sql", query).out.count("x") == 20_000
    assert run("sql", query, "-f", "csv").out.count("x") == 1_000_000
    refused = run("sql", query, "-f", "parquet", "-o", "out.parquet")
    assert (refused.code, "do not go into Parquet" in refused.err) == (2, True)
