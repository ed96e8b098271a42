"""`communique next` on a casebook of invented events, as a person runs it; and without LightGBM."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

import casebook as made_up
import communique
from communique.cli.app import app


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("next") / "invented.casebook"
    with communique.open_casebook(place) as kept:
        kept.add_imported(made_up.invented(4_000), "invented")
    return place


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("next") / "small.casebook"
    with communique.open_casebook(place) as kept:
        kept.add_imported(made_up.invented(150), "invented")
    return place


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "-c", str(path)])


def test_json_has_the_order_with_reasons_rules_and_precedents(path: Path) -> None:
    done = run(path, "next", "AAX CONSULT ?", "--as-of", "2015-06-01", "--format", "json", "--most", "4")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["source"], found["type"], found["target"], found["learned"]) == ("AAX", "CONSULT", "?", True)
    assert [each["place"] for each in found["order"]] == [1, 2, 3, 4]
    for each in found["order"]:
        assert each["actor"] != "AAX"
        assert each["reasons"]
        assert all(isinstance(rule["held"], int) and rule["held"] <= rule["cases"] for rule in each["rules"])
        assert all({"event_id", "date", "kind", "words"} <= set(past) for past in each["precedents"])


def test_the_table_says_that_it_is_an_order_and_what_stands_behind_it(path: Path) -> None:
    done = run(path, "next", "?", "CONSULT", "AAX", "--most", "3", "--as-of", "2015-06-01")
    assert done.exit_code == 0, done.output
    assert "? CONSULT AAX  next after 2015-06-01" in done.output
    assert "it is no probability" in done.output
    assert "share of" in done.output
    # An event of the past by its day and id.
    assert "met or consulted AAX" in done.output or "AAX met or consulted" in done.output
    later = [line for line in done.output.splitlines() if line.strip() > "2015-06-01" and line.strip()[:2] == "20"]
    assert not later


def test_what_was_learned_is_found_beside_the_casebook_again(path: Path) -> None:
    first = run(path, "next", "AAX CONSULT ?", "--as-of", "2015-06-01")
    folder = path.with_name(path.name + ".outlook")
    kept = {each: each.stat().st_mtime_ns for each in sorted(folder.glob("ranking-*/*"))}
    again = run(path, "next", "AAX CONSULT ?", "--as-of", "2015-06-01")
    assert first.output == again.output
    assert kept
    assert {each: each.stat().st_mtime_ns for each in sorted(folder.glob("ranking-*/*"))} == kept


def test_too_little_history_is_said(small: Path) -> None:
    done = run(small, "next", "AAX CONSULT ?")
    assert done.exit_code == 0, done.output
    assert "too little history to learn from" in done.output


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("AAY CONSULT ?", "AAY: no event of this actor was known by"),
        ("AAY CONSULT ?", "near it: AAX"),
        ("Irann CONSULT ?", "near it: IRN (Iran)"),
        ("AAX CONSULT ABX", "question mark"),
        ("AAX ? ABX", "one of AGREE"),
        ("AAX CONSULT/visit ?", "ask for its type"),
    ],
)
def test_what_cannot_be_asked_says_what_to_write(path: Path, asked: str, says: str) -> None:
    done = run(path, "next", asked)
    assert isinstance(done.exception, communique.UsageError)
    assert says in str(done.exception)


def test_without_lightgbm_it_says_what_to_install_and_all_else_works(
    path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    # As of a day of which nothing is kept, and of one of which there may be something.
    for day in ("2015-03-01", "2015-06-01"):
        done = run(path, "next", "AAX CONSULT ?", "--as-of", day)
        assert isinstance(done.exception, communique.UsageError)
        assert "pip install 'communique[ranking]'" in str(done.exception)
    assert run(path, "outlook", "AAX", "ABX").exit_code == 0
    assert run(small, "next", "AAX CONSULT ?").exit_code == 0


def test_where_the_system_lacks_openmp_it_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = importlib.import_module

    def lacking(name: str, package: str | None = None) -> ModuleType:
        if name == "lightgbm":
            raise OSError("libgomp.so.1: cannot open shared object file: No such file or directory")
        return whole(name, package)

    monkeypatch.setattr(importlib, "import_module", lacking)
    done = run(path, "next", "AAX CONSULT ?", "--as-of", "2015-03-02")
    assert isinstance(done.exception, communique.UsageError)
    assert "apt install libgomp1" in str(done.exception)


def test_the_package_and_its_rooms_load_without_lightgbm() -> None:
    program = (
        "import sys; sys.modules['lightgbm'] = None\n"
        "import communique, communique.cli.app\n"
        "import communique.outlook.ranking.next_actors, communique.outlook.ranking.history_ranking"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
