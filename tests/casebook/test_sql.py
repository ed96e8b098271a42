"""SQL for those who want it: it reads the casebook, and nothing else, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from communique.casebook import Casebook
from communique.errors import UsageError
from tests.casebook.made import reading


@pytest.fixture(params=[False, True], ids=["writable", "read_only"])
def filled(place: Path, request: pytest.FixtureRequest) -> Iterator[Casebook]:
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1"), reading("paper-2")])
    with Casebook.open(place, read_only=request.param) as casebook:
        yield casebook


@pytest.mark.parametrize(
    ("query", "values", "rows"),
    [
        ("SELECT type, count(*) AS number FROM events GROUP BY type", None, [("SANCTION", 2)]),
        ("FROM events SELECT event_id WHERE report_id = ?", ["paper-2"], [("paper-2:a",)]),
        ("FROM events SELECT event_id WHERE report_id = $report", {"report": "paper-1"}, [("paper-1:a",)]),
        ("WITH days AS (SELECT date FROM events) SELECT DISTINCT date FROM days", None, [("2024-05-06",)]),
        ("SELECT source[1] FROM events LIMIT 1;", None, [("NOR",)]),
        ("SELECT 1 WHERE false", None, []),
        ("VALUES ('; DROP TABLE events')", None, [("; DROP TABLE events",)]),
    ],
)
def test_queries(filled: Casebook, query: str, values: object, rows: object) -> None:
    assert filled.sql(query, values).rows() == rows  # type: ignore[arg-type]


def test_what_the_tables_are_may_be_asked(filled: Casebook) -> None:
    assert "events" in filled.sql("SHOW TABLES")["name"].to_list()
    assert "source" in filled.sql("DESCRIBE events")["column_name"].to_list()
    assert len(filled.sql("EXPLAIN SELECT * FROM events")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM events",
        "UPDATE events SET type = 'AID'",
        "INSERT INTO migrations VALUES (99, 'x', now(), 'x')",
        "DROP TABLE events",
        "CREATE TABLE mine AS SELECT 1",
        "CREATE TEMP TABLE mine AS SELECT 1",
        "ALTER TABLE events ADD COLUMN x INTEGER",
        "WITH gone AS (DELETE FROM events RETURNING *) SELECT * FROM gone",
        "EXPLAIN ANALYZE DELETE FROM events",
        "SELECT 1; DROP TABLE events",
        "BEGIN; DROP TABLE events; COMMIT",
        "COPY events TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/out.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "ATTACH ':memory:' AS other",
        "USE memory",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CHECKPOINT",
        "VACUUM",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM read_csv('{folder}/secret.txt')",
        "SELECT * FROM read_parquet('{folder}/*.parquet')",
        "SELECT * FROM '{folder}/secret.txt'",
        "FROM glob('{folder}/*')",
        "FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM local_frame",
        "SELEC 1",
        "SELECT nothing FROM events",
        "SELECT * FROM nowhere",
        "SELECT CAST('x' AS INTEGER)",
        "SELECT * FROM events WHERE type = ?",
        "",
        "-- only a remark",
    ],
)
def test_what_does_more_than_reading_is_refused_and_changes_nothing(
    filled: Casebook, tmp_path: Path, query: str
) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    local_frame = filled.sql("SELECT 1 AS secret")
    before, files = filled.contents(), sorted(tmp_path.iterdir())
    with pytest.raises(UsageError, match=r"^SQL: ") as caught:
        filled.sql(query.format(folder=tmp_path))
    assert "the secret" not in str(caught.value)
    assert filled.contents() == before
    assert sorted(tmp_path.iterdir()) == files
    assert len(local_frame) == 1
    assert filled.sql("SELECT count(*) FROM events").rows() == [(2,)]


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        ("SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS A", ["a", "a_2", "a_1", "A"], [(1, 2, 3, 4)]),
        ("SELECT INTERVAL 1 DAY AS span, ? AS n, 5 AS n", ["span", "n", "n_1"], [("1 day", 7, 5)]),
        ('SELECT {\'a\': INTERVAL 2 HOUR} AS "x""y"', ['x"y'], [("{'a': '02:00:00'}",)]),
        ("SELECT union_value(k := 1) AS one", ["one"], [("1",)]),
        ("SELECT [DATE '9999-12-31'] AS last", ["last"], [([date(9999, 12, 31)],)]),
    ],
)
def test_what_a_frame_cannot_hold_as_it_is(
    filled: Casebook, query: str, columns: list[str], rows: list[tuple[object, ...]]
) -> None:
    frame = filled.sql(query, [7] if "?" in query else None)
    assert (frame.columns, frame.rows()) == (columns, rows)


@pytest.mark.parametrize("value", ["DATE 'infinity'", "[DATE '10000-01-01']", "TIMESTAMP '0001-01-01 (BC)'"])
def test_a_day_that_python_cannot_name(filled: Casebook, value: str) -> None:
    with pytest.raises(UsageError, match="SQL: day holds a day outside the years 1 to 9999; ask for day::VARCHAR"):
        filled.sql(f"SELECT {value} AS day")


def test_a_query_that_is_no_unicode_text(filled: Casebook) -> None:
    with pytest.raises(UsageError, match="character 9 is no Unicode text"):
        filled.sql("SELECT '\udcff'")


def test_a_query_that_takes_too_long_is_stopped(filled: Casebook) -> None:
    with pytest.raises(UsageError, match=r"longer than 0\.2 seconds"):
        filled.sql("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", seconds=0.2)
    assert filled.sql("SELECT 1").rows() == [(1,)]


def test_a_query_does_not_keep_a_writer_waiting(place: Path) -> None:
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1")])
        casebook.sql("FROM events")
        casebook.add([reading("paper-2")])
        assert casebook.sql("SELECT count(*) FROM events").rows() == [(2,)]
