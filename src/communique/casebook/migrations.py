"""The casebook's tables by numbered steps: `data/migrations/001_….sql` and on, each applied once and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import duckdb

from communique.casebook.columns import first_row
from communique.errors import KnowledgeError

_RECORD = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL, program VARCHAR NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the tables: its number, the name of its file without the number, and its SQL."""

    number: int
    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a file was brought: the highest number applied, and the program that applied it."""

    number: int
    program: str


@cache
def shipped_migrations() -> tuple[Migration, ...]:
    """Give the steps of this release in order; KnowledgeError where their numbers do not run 1, 2, 3 …"""
    found: list[Migration] = []
    for path in sorted((files("communique.casebook") / "data" / "migrations").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".sql"):
            number, _, name = path.name.removesuffix(".sql").partition("_")
            if not number.isdigit() or int(number) != len(found) + 1:
                raise KnowledgeError(
                    f"{path.name}: name it {len(found) + 1:03}_NAME.sql, the number after the last one"
                )
            found.append(Migration(int(number), name, path.read_text(encoding="utf-8")))
    return tuple(found)


def standing_of(connection: duckdb.DuckDBPyConnection) -> Standing | None:
    """Tell how far a database was brought; None for one that no casebook of any version made."""
    found = first_row(
        connection,
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'main' AND table_name = 'migrations'"
        " AND column_name IN ('number', 'name', 'applied_at', 'program')",
    )
    if found is None or found[0] != 4:
        return None
    last = first_row(connection, "SELECT number, program FROM migrations ORDER BY number DESC LIMIT 1")
    return None if last is None else Standing(last[0], last[1])


def migrate(
    connection: duckdb.DuckDBPyConnection, steps: tuple[Migration, ...], reached: int, program: str, now: datetime
) -> None:
    """Apply the steps above `reached` in one transaction: all of them, or none."""
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(_RECORD)
        for step in steps:
            if step.number > reached:
                connection.execute(step.sql)
                connection.execute("INSERT INTO migrations VALUES (?, ?, ?, ?)", [step.number, step.name, now, program])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
