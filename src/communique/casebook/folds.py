"""Which events are one act: the groups that folding found, and what persons said about pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from communique.casebook.columns import first_row, ids_table
from communique.casebook.kept import FoldDecision
from communique.casebook.neighbours import Neighbours, ids_near, tellings_of
from communique.casebook.opening import now
from communique.casebook.view import refresh
from communique.errors import UsageError
from communique.folding.tellings import Decision, Telling

Fold = Callable[[Sequence[Telling], Sequence[Decision]], Iterable[Iterable[str]]]
"""The pure function that tells which events are one act: tellings and decisions → groups of event ids."""

FoldNew = Callable[[Sequence[Telling], Neighbours, Sequence[Decision]], Iterable[Iterable[str]]]
"""The same for a few new tellings: it asks for their neighbours, and gives the groups that these may touch."""


@dataclass(frozen=True, slots=True)
class Folding:
    """How a casebook folds: all at once, and, where `fold_new` is there, a few new ones into many."""

    fold: Fold
    fold_new: FoldNew | None = None


_TOGETHER = """
WITH acts AS (SELECT DISTINCT act_id FROM folds SEMI JOIN asked_ids ON folds.event_id = asked_ids.id)
SELECT id FROM asked_ids UNION SELECT event_id FROM folds SEMI JOIN acts ON folds.act_id = acts.act_id
"""


def ids_together(connection: duckdb.DuckDBPyConnection, event_ids: Iterable[str]) -> list[str]:
    """Give these events and all that are folded with any of them."""
    return _asked(connection, event_ids, _TOGETHER)


def all_ids(connection: duckdb.DuckDBPyConnection, *, imported: bool) -> list[str]:
    """Give the ids of all tellings of today, with or without those of other datasets."""
    where = "" if imported else " AND dataset IS NULL"
    return [row[0] for row in connection.execute(f"SELECT event_id FROM tellings WHERE live{where}").fetchall()]


def _asked(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str], query: str, values: dict[str, object] | None = None
) -> list[str]:
    connection.register("asked_ids", ids_table(ids))
    try:
        return sorted(row[0] for row in connection.execute(query, values or {}).fetchall())
    finally:
        connection.unregister("asked_ids")


def write_folds(connection: duckdb.DuckDBPyConnection, groups: Iterable[Iterable[str]]) -> None:
    """Make each group one act, inside the caller's transaction.

    An event that a group names leaves the act it belonged to; a group of one is an act of its own. An act is
    named by the least of its events, so that the same groups leave the same rows in any order.

    Raises UsageError where two groups name the same event.
    """
    made = [sorted(set(group)) for group in groups]
    named = [event_id for group in made for event_id in group]
    if len(named) != len(set(named)):
        raise UsageError("an event stands in two groups; join them, or leave it out of one")
    if not named:
        return
    before = _asked(connection, named, _TOGETHER)
    connection.register("named_ids", ids_table(named))
    try:
        connection.execute("DELETE FROM folds WHERE event_id IN (SELECT id FROM named_ids)")
    finally:
        connection.unregister("named_ids")
    rows = [(event_id, group[0]) for group in made if len(group) > 1 for event_id in group]
    if rows:
        table = pa.table({"event_id": [row[0] for row in rows], "act_id": [row[1] for row in rows]})
        connection.register("incoming", table)
        try:
            connection.execute("INSERT INTO folds BY NAME SELECT * FROM incoming")
        finally:
            connection.unregister("incoming")
    _rename(connection, set(before) - set(named))
    refresh(connection, {*before, *named})


def _rename(connection: duckdb.DuckDBPyConnection, left: set[str]) -> None:
    """Name anew the acts that lost an event, for the one that named them may be gone."""
    if not left:
        return
    values = [sorted(left)]
    remaining = "folds WHERE act_id IN (SELECT act_id FROM folds WHERE event_id IN (SELECT unnest(?)))"
    acts: dict[str, list[str]] = {}
    for event_id, act_id in connection.execute(f"SELECT event_id, act_id FROM {remaining}", values).fetchall():
        acts.setdefault(act_id, []).append(event_id)
    for act_id, members in sorted(acts.items()):
        left_over = sorted(set(members) & left)
        connection.execute("DELETE FROM folds WHERE act_id = ? AND event_id IN (SELECT unnest(?))", [act_id, left_over])
        if len(left_over) > 1:
            connection.execute("INSERT INTO folds SELECT unnest(?), ?", [left_over, left_over[0]])


def refold(connection: duckdb.DuckDBPyConnection, fold: Fold, event_ids: Iterable[str]) -> None:
    """Fold these events anew and keep the groups, inside the caller's transaction.

    Every event that is not in a group is an act of its own.
    """
    tellings = tellings_of(connection, event_ids)
    groups = [sorted(set(group)) for group in fold(tellings, decisions_for_folding(connection))]
    grouped = {event_id for group in groups for event_id in group}
    alone = [[telling.event_id] for telling in tellings if telling.event_id not in grouped]
    write_folds(connection, [*groups, *alone])


def refold_near(connection: duckdb.DuckDBPyConnection, folding: Folding, changed: Iterable[str]) -> None:
    """Fold what came in, or lost a telling, with what lies near, inside the caller's transaction.

    `changed` may name events that are gone: those that were folded with them are folded anew.
    """
    ids = ids_together(connection, changed)
    decisions = decisions_for_folding(connection)
    if folding.fold_new is None:
        near = ids_together(connection, [*ids_near(connection, ids, None), *ids])
        refold(connection, folding.fold, near)
        return
    new = tellings_of(connection, ids)
    write_folds(connection, folding.fold_new(new, Neighbours(connection, new, decisions), decisions))


def write_decision(
    connection: duckdb.DuckDBPyConnection, event_a: str, event_b: str, same: bool, who: str, why: str, when: datetime
) -> FoldDecision:
    """Keep what a person said about two events; a former word on the same pair is withdrawn."""
    first, second = sorted((event_a, event_b))
    if first == second:
        raise UsageError(f"event {first!r} is one act with itself; name two events")
    if not who.strip():
        raise UsageError("who decides must be named; give a name")
    for event_id in (first, second):
        if first_row(connection, "SELECT 1 FROM tellings WHERE event_id = ? LIMIT 1", [event_id]) is None:
            raise UsageError(f"there is no event {event_id!r} in the casebook; `communique events --ids` lists them")
    connection.execute(
        "UPDATE fold_decisions SET withdrawn_at = ? WHERE event_a = ? AND event_b = ? AND withdrawn_at IS NULL",
        [now(), first, second],
    )
    found = first_row(connection, "SELECT coalesce(max(decision_id), 0) + 1 FROM fold_decisions")
    made = FoldDecision(int(found[0]) if found else 1, first, second, same, who, why, when)
    connection.execute(
        "INSERT INTO fold_decisions VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        [made.decision_id, first, second, same, who, why, when],
    )
    return made


def withdraw_decision(connection: duckdb.DuckDBPyConnection, decision_id: int) -> FoldDecision:
    """Withdraw a decision and give it; UsageError where there is none that holds."""
    found = [one for one in decisions_made(connection) if one.decision_id == decision_id and one.withdrawn_at is None]
    if not found:
        raise UsageError(f"there is no fold decision {decision_id} that holds; `communique fold --list` lists them")
    connection.execute("UPDATE fold_decisions SET withdrawn_at = ? WHERE decision_id = ?", [now(), decision_id])
    return found[0]


def decisions_made(connection: duckdb.DuckDBPyConnection) -> list[FoldDecision]:
    """Give all decisions, the first one first, also those withdrawn."""
    found = connection.execute("FROM fold_decisions ORDER BY decision_id").fetchall()
    return [FoldDecision(*row) for row in found]


def decisions_for_folding(connection: duckdb.DuckDBPyConnection) -> list[Decision]:
    """Give the decisions that hold, as folding takes them."""
    return [
        Decision(one.same, one.event_a, one.event_b) for one in decisions_made(connection) if one.withdrawn_at is None
    ]


def fold_as_decided(connection: duckdb.DuckDBPyConnection, event_a: str, event_b: str, same: bool) -> None:
    """Bring a decision about without a folding function: join the two acts, or take the second event out of its act."""
    first, second = _asked(connection, [event_a], _TOGETHER), _asked(connection, [event_b], _TOGETHER)
    if same:
        write_folds(connection, [[*first, *second]])
    elif event_b in first:
        write_folds(connection, [[one for one in first if one != event_b], [event_b]])
