"""What a casebook keeps besides what was read: forecasts as they were made, and dossiers that a person follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, replace
from datetime import date, datetime

import duckdb
import pyarrow as pa

from communique.casebook.filters import first_day, last_day
from communique.casebook.kept import Dossier, KeptForecast
from communique.casebook.opening import now
from communique.casebook.values import contexts_known, is_code, near_words
from communique.errors import UsageError

LONGEST_NAME = 80
_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_FORECAST_COLUMNS = tuple(KeptForecast.__dataclass_fields__)
_FORECASTS = """
SELECT forecast_id, strftime(as_of, '%Y-%m-%d'), strftime(until, '%Y-%m-%d'), horizon_days, source, target, kind,
    probability, low, high, base_rate, learned, reasons, made_at
FROM forecasts ORDER BY place
"""
_DOSSIER_COLUMNS = "name, title, actors, contexts, since, until, note, made_at, changed_at"


def write_forecasts(connection: duckdb.DuckDBPyConnection, forecasts: Iterable[KeptForecast], when: datetime) -> int:
    """Keep forecasts, but those that are there already, inside the caller's transaction; give how many were new."""
    given = list({one.forecast_id: one for one in forecasts}.values())
    for one in given:
        _check_forecast(one)
    found = connection.execute(
        "SELECT forecast_id FROM forecasts WHERE forecast_id IN (SELECT unnest(?))",
        [[one.forecast_id for one in given]],
    )
    known = {row[0] for row in found.fetchall()}
    new = [replace(one, made_at=one.made_at or when) for one in given if one.forecast_id not in known]
    if new:
        rows = [{name: getattr(one, name) for name in _FORECAST_COLUMNS} for one in new]
        connection.register(
            "incoming", pa.Table.from_pylist([{**row, "reasons": list(row["reasons"])} for row in rows])
        )
        try:
            connection.execute(
                f"INSERT INTO forecasts BY NAME SELECT {', '.join(_FORECAST_COLUMNS)},"
                " (SELECT coalesce(max(place), 0) FROM forecasts) + row_number() OVER () AS place FROM incoming"
            )
        finally:
            connection.unregister("incoming")
    return len(new)


def _check_forecast(one: KeptForecast) -> None:
    for field in ("as_of", "until"):
        try:
            date.fromisoformat(getattr(one, field))
        except ValueError as error:
            raise UsageError(
                f"forecast {one.forecast_id!r}: {field} {getattr(one, field)!r} is no day; write it as 2025-02-25"
            ) from error
    for field in ("probability", "low", "high", "base_rate"):
        if not 0 <= getattr(one, field) <= 1:
            raise UsageError(
                f"forecast {one.forecast_id!r}: {field} {getattr(one, field)} is no probability; give a number from 0 to 1"
            )


def forecasts_kept(connection: duckdb.DuckDBPyConnection) -> list[KeptForecast]:
    """Give all forecasts in the order in which they were kept."""
    return [KeptForecast(*(*row[:12], tuple(row[12]), row[13])) for row in connection.execute(_FORECASTS).fetchall()]


def write_dossier(connection: duckdb.DuckDBPyConnection, wanted: Dossier) -> Dossier:
    """Keep a dossier in the place of one of the same name, inside the caller's transaction; give it with its times."""
    _check_dossier(wanted, contexts_known(connection))
    before = dossiers_kept(connection, wanted.name)
    at = now()
    made = replace(wanted, made_at=before[0].made_at if before else at, changed_at=at)
    connection.execute("DELETE FROM dossiers WHERE name = ?", [made.name])
    values = [list(value) if isinstance(value, tuple) else value for value in astuple(made)]
    connection.execute(f"INSERT INTO dossiers ({_DOSSIER_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return made


def dossiers_kept(connection: duckdb.DuckDBPyConnection, name: str | None = None) -> list[Dossier]:
    """Give all dossiers by name, or the one of this name."""
    found = connection.execute(
        f"SELECT {_DOSSIER_COLUMNS} FROM dossiers WHERE $1 IS NULL OR name = $1 ORDER BY name", [name]
    )
    return [Dossier(*(*row[:2], tuple(row[2]), tuple(row[3]), *row[4:])) for row in found.fetchall()]


def remove_dossier(connection: duckdb.DuckDBPyConnection, name: str) -> Dossier:
    """Remove a dossier and give it, inside the caller's transaction; UsageError where there is none."""
    found = dossiers_kept(connection, name)
    if not found:
        names = [one.name for one in dossiers_kept(connection)]
        raise UsageError(f"there is no dossier {name!r}{near_words(name, names)}")
    connection.execute("DELETE FROM dossiers WHERE name = ?", [name])
    return found[0]


def _check_dossier(wanted: Dossier, contexts: list[str]) -> None:
    if not _NAME.fullmatch(wanted.name) or len(wanted.name) > LONGEST_NAME:
        raise UsageError(
            f"dossier {wanted.name!r}: write its name in a-z, 0-9 and hyphens between them, as iran-nuclear,"
            f" {LONGEST_NAME} at most"
        )
    if not wanted.title.strip():
        raise UsageError(f"dossier {wanted.name!r}: give it a title")
    for code in wanted.actors:
        if not is_code(code):
            raise UsageError(f"dossier {wanted.name!r}: {code!r} is no code of an actor; write it as USA or USA/GOV")
    for context in wanted.contexts:
        if context not in contexts:
            raise UsageError(f"dossier {wanted.name!r}: context {context!r} is unknown{near_words(context, contexts)}")
    if not wanted.actors and not wanted.contexts:
        raise UsageError(f"dossier {wanted.name!r}: name at least one actor or context")
    since = None if wanted.since is None else first_day(wanted.since, "since")
    until = None if wanted.until is None else last_day(wanted.until, "until")
    if since is not None and until is not None and since > until:
        raise UsageError(f"dossier {wanted.name!r}: since {wanted.since} comes after until {wanted.until}")
