"""A casebook of an older version opens, after a backup; one of a newer says which program wrote it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from communique.casebook import Casebook, opening
from communique.casebook.migrations import Migration, shipped_migrations
from communique.errors import CasebookError
from tests.casebook.made import event, files_in, imported, reading

NEXT = len(shipped_migrations()) + 1
FURTHER = Migration(NEXT, "notes", "CREATE TABLE notes (words VARCHAR); INSERT INTO notes VALUES ('made')")
BROKEN = Migration(NEXT, "broken", "CREATE TABLE notes (words VARCHAR); INSERT INTO nowhere VALUES (1)")


def older(place: Path) -> bytes:
    """A casebook as the release before FURTHER left it."""
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1"), reading("paper-2")])
    return place.read_bytes()


def applied(place: Path) -> list[tuple[int, str]]:
    with duckdb.connect(str(place), read_only=True) as connection:
        return connection.execute("SELECT number, name FROM migrations ORDER BY number").fetchall()


def release(monkeypatch: pytest.MonkeyPatch, *more: Migration) -> None:
    monkeypatch.setattr(opening, "shipped_migrations", lambda: (*shipped_migrations(), *more))


def test_a_new_casebook_has_every_step_recorded(place: Path) -> None:
    Casebook.open(place).close()
    assert applied(place) == [(step.number, step.name) for step in shipped_migrations()]


def test_steps_are_numbered_without_a_gap_and_say_what_they_do() -> None:
    steps = shipped_migrations()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.name and step.sql.startswith("--") for step in steps)


def test_an_older_casebook_is_migrated_after_a_backup(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older(place)
    release(monkeypatch, FURTHER)
    with Casebook.open(place) as casebook:
        assert casebook.contents().reports == 2
        assert casebook.sql("FROM notes").rows() == [("made",)]
    backup = place.with_name(f"{place.name}.before-{NEXT}.bak")
    assert backup.read_bytes() == before
    assert applied(place)[-1] == (NEXT, "notes")
    backup.unlink()
    with Casebook.open(place) as casebook:
        assert casebook.contents().reports == 2
    assert not backup.exists()


def test_the_backup_is_a_casebook_that_opens(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(place)
    with monkeypatch.context() as later:
        release(later, FURTHER)
        Casebook.open(place).close()
    with Casebook.open(place.with_name(f"{place.name}.before-{NEXT}.bak")) as casebook:
        assert casebook.contents().events == 2


def test_a_step_that_fails_leaves_the_older_casebook(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(place)
    with monkeypatch.context() as later:
        release(later, BROKEN)
        with pytest.raises(CasebookError, match="nowhere"):
            Casebook.open(place)
    assert len(applied(place)) == len(shipped_migrations())
    with Casebook.open(place) as casebook:
        assert casebook.contents().reports == 2
        assert "notes" not in casebook.sql("SHOW TABLES")["name"].to_list()


def test_an_older_casebook_is_not_migrated_for_reading(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older(place)
    release(monkeypatch, FURTHER)
    with pytest.raises(CasebookError, match="has to be migrated; `communique casebook --migrate` does it"):
        Casebook.open(place, read_only=True)
    assert place.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_casebook_names_the_program_that_wrote_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    with monkeypatch.context() as later:
        release(later, FURTHER)
        later.setattr(opening, "program", lambda: "communique 9.4.0 (feed)")
        Casebook.open(place).close()
    before = place.read_bytes()
    with pytest.raises(CasebookError, match=r"written by communique 9\.4\.0 .*upgrade communique"):
        Casebook.open(place, read_only=read_only)
    assert place.read_bytes() == before
    assert files_in(place.parent) == [place.name]


def test_a_casebook_whose_tables_were_begun_but_not_recorded_is_none(place: Path) -> None:
    """The file of version 0: the table of migrations, and nothing applied."""
    with duckdb.connect(str(place)) as connection:
        connection.execute("CREATE TABLE migrations (number INT, name TEXT, applied_at TIMESTAMP, program TEXT)")
    with pytest.raises(CasebookError, match="but no casebook"):
        Casebook.open(place)


def test_the_second_step_dates_what_was_told_before(place: Path) -> None:
    """A casebook as 0.2 left it: its tellings get the moment of their report, and it forecasts nothing yet."""
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1")])
        casebook.add_event(event("by-hand", "none"), "ada", when=datetime(2024, 6, 1))
        casebook.add_imported([imported(1)], "GRAPH")
        known = casebook.sql("SELECT event_id, added_at FROM tellings ORDER BY event_id")
    with duckdb.connect(str(place)) as connection:
        for statement in (
            "ALTER TABLE tellings DROP COLUMN added_at", "DROP TABLE forecasts", "DROP TABLE dossiers",
            "DELETE FROM migrations WHERE number >= 2",
        ):  # fmt: skip
            connection.execute(statement)
    with pytest.raises(CasebookError, match="has to be migrated"):
        Casebook.open(place, read_only=True)
    with Casebook.open(place) as casebook:
        dated = dict(casebook.sql("SELECT event_id, added_at FROM tellings").rows())
        assert dated["paper-1:a"] == casebook.reports()[0].added_at
        assert dated["by-hand"] == datetime(2024, 6, 1)
        assert dated["GRAPH-1"] >= dict(known.rows())["GRAPH-1"]
        assert casebook.forecasts() == []
        assert casebook.dossiers() == []
        assert casebook.count() == 3
    assert place.with_name(f"{place.name}.before-2.bak").is_file()
