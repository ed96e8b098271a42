"""The command line as a user meets it: what goes to which stream, which exit code, no traceback ever."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from communique.cli.app import app, main
from communique.ontology.loader import TYPES
from communique.records import EVENT_COLUMNS

PANAMA = "Panama recalled its ambassador from Cuba on Monday. Cuba called the step a mistake and condemned Panama.\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `communique …` in this process, in a folder that holds report.txt."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    Path("report.txt").write_text(PANAMA, encoding="utf-8")

    def ran(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["communique", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A folder of two good rows, one broken row between them, a binary file and a plain text."""
    folder = tmp_path / "batch"
    folder.mkdir()
    (folder / "rows.jsonl").write_text(
        '{"id": "a", "text": "Kenya attacked Somalia.", "published": "2025-02-25"}\n'
        "no row at all\n"
        '{"id": "b", "text": "Peru condemned Chile.", "published": "2025-02-25"}\n',
        encoding="utf-8",
    )
    (folder / "scan.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "story.txt").write_text(PANAMA, encoding="utf-8")
    return folder


# -- read: one report ---------------------------------------------------------------------------------


def test_a_report_is_printed_as_a_table_with_its_evidence(run: Run) -> None:
    done = run("read", "report.txt", "--published", "2025-02-25")
    assert (done.code, done.err) == (0, "")
    assert "report.txt  2025-02-25" in done.out
    for words in ("PAN SANCTION CUB", "CUB ACCUSE PAN", "2025-02-24", "recalled its ambassador from Cuba", "occurred"):
        assert words in done.out


def test_a_report_without_events_says_so(run: Run) -> None:
    Path("weather.txt").write_text("It rained in the hills all day, and the roads were closed.", encoding="utf-8")
    done = run("read", "weather.txt")
    assert done.code == 0
    assert "no events" in done.out


def test_jsonl_is_one_event_a_line_with_the_columns_of_the_record(run: Run) -> None:
    done = run("read", "report.txt", "--published", "2025-02-25", "--format", "jsonl")
    assert done.code == 0
    assert [(row["source"], row["type"], row["target"]) for row in done.rows()] == [
        (["PAN"], "SANCTION", ["CUB"]),
        (["CUB"], "ACCUSE", ["PAN"]),
    ]
    for row in done.rows():
        assert tuple(row) == EVENT_COLUMNS
        assert PANAMA[int(str(row["start"])) : int(str(row["end"]))] == row["anchor"]


def test_the_runner_of_typer_gets_the_same_as_the_shell(run: Run) -> None:
    told = CliRunner().invoke(app, ["read", "report.txt", "-f", "jsonl"])
    assert told.exit_code == 0
    assert told.stdout == run("read", "report.txt", "-f", "jsonl").out != ""


def test_by_report_is_one_line_a_report_the_silent_ones_too(run: Run) -> None:
    Path("weather.txt").write_text("It rained in the hills all day, and the roads were closed.", encoding="utf-8")
    done = run("read", "report.txt", "weather.txt", "-f", "jsonl", "--by-report")
    assert done.code == 0
    assert [(row["id"], len(row["events"])) for row in done.rows()] == [("report.txt", 2), ("weather.txt", 0)]  # type: ignore[arg-type]


def test_by_report_with_another_format_is_refused(run: Run) -> None:
    done = run("read", "report.txt", "--by-report", "-f", "csv")
    assert (done.code, done.out) == (2, "")
    assert "--format jsonl" in done.err


def test_csv_has_a_header_and_a_row_an_event(run: Run) -> None:
    done = run("read", "report.txt", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert tuple(rows[0]) == EVENT_COLUMNS
    assert [row["type"] for row in rows] == ["SANCTION", "ACCUSE"]
    assert rows[0]["condition"] == ""


def test_parquet_goes_to_a_file(run: Run) -> None:
    done = run("read", "report.txt", "-f", "parquet", "-o", "events.parquet")
    assert (done.code, done.out) == (0, "")
    table = pq.read_table("events.parquet")
    assert tuple(table.column_names) == EVENT_COLUMNS
    assert table.column("type").to_pylist() == ["SANCTION", "ACCUSE"]
    assert sorted(path.name for path in Path().iterdir()) == ["events.parquet", "report.txt"]


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_file_holds_what_the_screen_would_show(run: Run, format: str) -> None:
    shown = run("read", "report.txt", "-f", format)
    written = run("read", "report.txt", "-f", format, "-o", "events.out")
    assert (written.code, written.out) == (0, "")
    assert Path("events.out").read_text(encoding="utf-8") == shown.out != ""


def test_standard_input_is_read_for_a_dash(run: Run) -> None:
    done = run("read", "-", "-f", "jsonl", stdin=b"Turkey and Greece held talks.")
    assert done.code == 0
    assert [row["type"] for row in done.rows()] == ["CONSULT"]
    assert run("read", "report.txt", "-f", "jsonl", stdin=b"Turkey and Greece held talks.").out.count("\n") == 2


def test_a_floor_of_confidence_leaves_out_the_less_sure(run: Run) -> None:
    every = run("read", "report.txt", "-f", "jsonl").rows()
    confidences = sorted(float(str(row["confidence"])) for row in every)
    at_top = run("read", "report.txt", "-f", "jsonl", "--min-confidence", str(confidences[-1]))
    assert at_top.code == 0
    assert [row["confidence"] for row in at_top.rows()] == [c for c in confidences if c == confidences[-1]]
    nothing = run("read", "report.txt", "-f", "jsonl", "--min-confidence", "1")
    assert (nothing.code, nothing.out) == (0, "")
    assert "0 events" in nothing.err


def test_the_day_decides_relative_dates_and_without_it_there_are_none(run: Run) -> None:
    assert run("read", "report.txt", "-f", "jsonl", "--published", "2025-02-25").rows()[0]["date"] == "2025-02-24"
    assert run("read", "report.txt", "-f", "jsonl").rows()[0]["date"] is None


# -- read: a batch -------------------------------------------------------------------------------------


def test_a_batch_keeps_the_good_names_the_bad_and_exits_with_two(run: Run, batch: Path) -> None:
    done = run("read", str(batch), "-f", "jsonl")
    assert done.code == 2
    assert sorted(str(row["report_id"]) for row in done.rows()) == sorted(["a", "b"] + [done_id(batch)] * 2)
    lines = done.err.splitlines()
    bad_row = next(line for line in lines if "rows.jsonl:2" in line)
    binary = next(line for line in lines if "scan.bin" in line)
    assert "JSON" in bad_row
    assert "binary" in binary
    assert len(lines) == 3
    assert lines[-1] == "3 reports read, 4 events; 2 not read"


def done_id(batch: Path) -> str:
    return str(batch / "story.txt")


def test_what_was_not_read_is_told_beside_a_table_too(run: Run, batch: Path) -> None:
    done = run("read", str(batch))
    assert done.code == 2
    assert "KEN ASSAULT SOM" in done.out
    assert "scan.bin" in done.err
    assert "scan.bin" not in done.out


def test_a_batch_in_which_all_is_well_exits_with_zero(run: Run, batch: Path) -> None:
    (batch / "scan.bin").unlink()
    (batch / "rows.jsonl").unlink()
    done = run("read", str(batch), "-f", "jsonl")
    assert done.code == 0
    assert done.err.splitlines()[-1].endswith("2 events; 0 not read")


# -- read: what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read", "report.txt", "--published", "yesterday"], "write the day as 2025-02-25"),
        (["read", "report.txt", "--published", "2025-02-30"], "2025-02-30"),
        (["read", "nowhere.txt"], "nowhere.txt"),
        (["read", "report.txt", "-f", "jsonl", "-o", "no/such/folder/x.jsonl"], "no/such/folder/x.jsonl"),
        (["read", "report.txt", "-f", "parquet", "-o", "no/such/folder/x.parquet"], "no/such/folder/x.parquet"),
        (["explain", "Kenya voted.", "--published", "soon"], "write the day as 2025-02-25"),
        (["actors", "Lavrov", "--on", "25.02.2025"], "2025-02-25"),
        (["types", "WAR"], "SANCTION"),
    ],
)
def test_a_wrong_argument_is_one_clear_line_and_exit_code_two(run: Run, arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert told in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "report.txt", "--format", "xml"],
        ["read", "report.txt", "--min-confidence", "2"],
        ["read", "report.txt", "--min-confidence", "high"],
        ["explain"],
        ["actors"],
        ["reed", "report.txt"],
    ],
)
def test_a_wrong_usage_is_exit_code_two_and_points_at_the_help(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "-h" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("place", ["no/such/folder/x.txt", "."])
def test_a_table_that_cannot_be_written_is_one_clear_line_too(run: Run, place: str) -> None:
    done = run("read", "report.txt", "-o", place)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")


@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "parquet"])
@pytest.mark.parametrize("place", ["report.txt", "./report.txt", "link.txt"])
def test_a_report_is_never_overwritten_by_what_is_read_from_it(run: Run, format: str, place: str) -> None:
    Path("link.txt").symlink_to("report.txt")
    done = run("read", "report.txt", "-f", format, "-o", place)
    assert (done.code, done.out) == (2, "")
    assert "is to be read" in done.err
    assert Path("report.txt").read_text(encoding="utf-8") == PANAMA


def test_a_table_of_its_own_in_the_folder_is_not_read_again(run: Run, batch: Path) -> None:
    runs = [run("read", "batch", "-f", "jsonl", "-o", "batch/out.jsonl") for _ in range(2)]
    assert runs[0].err == runs[1].err
    assert len((batch / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 4


def test_an_old_table_stays_whole_until_the_new_one_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    Path("table.txt").write_text("as it was", encoding="utf-8")
    monkeypatch.setattr("communique.cli.read.print_report", stopped)
    assert run("read", "report.txt", "-o", "table.txt").code != 0
    assert Path("table.txt").read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in Path().iterdir()) == ["report.txt", "table.txt"]


@pytest.mark.parametrize("published", ["2025-02-25junk", "2025-02-251", "", " "])
def test_a_day_is_read_whole(run: Run, published: str) -> None:
    for command in (["read", "report.txt"], ["explain", PANAMA]):
        done = run(*command, "--published", published)
        assert (done.code, done.out) == (2, "")
        assert "write the day as 2025-02-25" in done.err


@pytest.mark.parametrize("command", ["read", "explain"])
def test_escape_codes_in_a_report_do_not_reach_the_terminal(run: Run, command: str) -> None:
    codes = "\x1b[2J\x1b]0;title\x07\x9b2J\u202e"
    Path("evil.txt").write_text(
        f"Title: Kenya{codes} attacks Somalia\n\nKenya{codes} attacked Somalia.\nPeru {codes} condemned Chile.\n",
        encoding="utf-8",
    )
    done = run(command, "evil.txt")
    assert done.code == 0
    assert "Chile" in done.out
    assert not any(code in done.out for code in "\x1b\x07\x9b\u202e")


def test_a_name_with_escape_codes_is_told_without_them(run: Run) -> None:
    Path("x\x1b[2J.txt").touch()
    for name in ("x\x1b[2J.txt", "gone\x1b[2J.txt"):
        done = run("read", name)
        assert done.code == 2
        assert "␛[2J.txt" in done.err
        assert "\x1b" not in done.err


def test_what_a_message_repeats_is_printed_as_it_was_given(run: Run) -> None:
    done = run("read", "[red]draft[/red].txt")
    assert done.code == 2
    assert "[red]draft[/red].txt" in done.err


# -- explain -------------------------------------------------------------------------------------------


def test_explain_shows_who_is_meant_which_rule_chose_and_what_was_left_out(run: Run) -> None:
    words = "Russian Foreign Minister Lavrov met the Serbian president. The talks were long."
    done = run("explain", words, "--published", "2025-02-25")
    assert done.code == 0
    for shown in ("who is meant", "Lavrov", "RUS", "SRB", "acts", "frame CONSULT:", "occurred", "confidence 0."):
        assert shown in done.out
    left_out = [line for line in done.out.splitlines() if " — " in line]
    assert any(line.split()[0] == "talks" for line in left_out)
    assert all(line.split(" — ", 1)[1].strip() for line in left_out), "what was not coded has its reason beside it"


def test_explain_reads_a_file_where_there_is_one(run: Run) -> None:
    assert "Panama recalled its ambassador" in run("explain", "report.txt").out


@pytest.mark.parametrize("path", ["no-such-report.txt", "no/such/report", "batch/", "./batch", "batch", "x.jsonl.gz"])
def test_explain_does_not_take_a_path_to_no_report_for_a_sentence(run: Run, batch: Path, path: str) -> None:
    done = run("explain", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {path}: there is no such file")


@pytest.mark.parametrize("words", ["", " \n"])
def test_explain_says_where_there_is_nothing_to_explain(run: Run, words: str) -> None:
    done = run("explain", words)
    assert (done.code, done.out) == (2, "")
    assert "nothing to explain" in done.err


def test_explain_takes_a_sentence_longer_than_a_file_name_may_be(run: Run) -> None:
    done = run("explain", f"Panama recalled its ambassador from Cuba{', after a long quarrel over fish' * 9}.")
    assert done.code == 0
    assert "PAN SANCTION CUB" in done.out


def test_explain_says_that_a_text_is_not_english(run: Run) -> None:
    words = "La France a rappelé son ambassadeur de Cuba lundi, et le ministre a dit que la décision est définitive."
    done = run("explain", f"{words} {words} {words}")
    assert "another language than English" in done.out


def test_explain_tells_of_a_telling_that_was_folded_away(run: Run) -> None:
    done = run("explain", "Kenya condemned Somalia on Monday. Kenya had condemned Somalia over fish.")
    assert done.out.count("KEN ACCUSE SOM") == 2
    assert done.out.count("told again") == 1


# -- actors and types --------------------------------------------------------------------------------


def test_actors_shows_the_meaning_that_counts_and_all_others(run: Run) -> None:
    now = run("actors", "Lavrov")
    then = run("actors", "Lavrov", "--on", "1999-01-01")
    assert now.code == then.code == 0
    for done in (now, then):
        assert done.out.startswith("Lavrov → RUS")
        assert "foreign minister" in done.out
        assert "envoy to the United Nations" in done.out


def test_actors_out_of_office_meant_nobody_then(run: Run) -> None:
    done = run("actors", "Thatcher", "--on", "2000-01-01")
    assert done.out.startswith("Thatcher meant nobody on 2000-01-01")
    assert "1990-11-28" in done.out


def test_actors_lists_the_members_of_a_group_of_states(run: Run) -> None:
    done = run("actors", "E3")
    assert "E3 → E3" in done.out
    assert {"DEU", "FRA", "GBR"} <= set(done.out.split())


def test_an_unknown_actor_is_exit_code_one_and_says_where_names_are_kept(run: Run) -> None:
    done = run("actors", "Nobody Inparticular")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: ")
    assert "Nobody Inparticular" in done.err
    assert done.err.count("\n") == 1


def test_types_lists_the_sixteen(run: Run) -> None:
    done = run("types")
    assert done.code == 0
    first_words = {line.split()[0] for line in done.out.splitlines() if line.strip()}
    assert set(TYPES) <= first_words


def test_one_type_is_shown_with_modes_codes_and_examples_in_any_case(run: Run) -> None:
    done = run("types", "SANCTION")
    assert done.code == 0
    assert done.out.startswith("SANCTION  quad 4")
    for words in ("embargo", "163", "Washington imposed new sanctions on Iran.", "expel"):
        assert words in done.out
    assert run("types", "sanction").out == done.out


# -- help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], ["read"], ["explain"], ["actors"], ["types"]])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_has_examples(run: Run, command: list[str], flag: str) -> None:
    done = run(*command, flag)
    assert (done.code, done.err) == (0, "")
    assert "Examples" in done.out
    assert f"communique {' '.join(command) or 'read report.txt'}" in done.out


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    done = run()
    assert "Usage" in done.out + done.err
    assert done.code == 2
