"""What changed on a board between two dates: rows that are new, gone, or stand otherwise, each with its evidence.

A pure function of two tuples of rows. Applied to the rows of the first date, the changes give those of the second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from communique.desk.row_keys import rows_by_key
from communique.standing.picture import Row
from communique.standing.steps import Step, sort_day

Told = str | tuple[str, ...]
"""How one field of a row stands: words, or codes of actors."""


class ChangeKind(StrEnum):
    """What happened to a row; `told` where it stands as before and only its evidence, a day or a number moved."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that stands otherwise, "" or () where it did not stand; `actor` where it is one actor's standing."""

    field: str
    before: Told
    after: Told
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the row of a board that has this key; `before` is None for a new row, `after` for one gone.

    `steps` are the lines of history that came with it (for a row gone those that it had). `into` is the key of the
    row that now holds the last step of a row gone, None where no row does.
    """

    board: str
    key: str
    kind: ChangeKind
    before: Row | None
    after: Row | None
    fields: tuple[FieldChange, ...] = ()
    steps: tuple[Step, ...] = ()
    into: str | None = None

    @property
    def row(self) -> Row:
        """The row as it stands, or as it stood before it went."""
        return cast(Row, self.after or self.before)


def changes(board: str, before: Sequence[Row], after: Sequence[Row]) -> tuple[Change, ...]:
    """Give what happened to the rows of a board between two dates; those moved last come first.

    Rows that are equal in everything give no change. KeyError for no such board.
    """
    then, now = rows_by_key(board, before), rows_by_key(board, after)
    found = [_of_row(board, key, then.get(key), row) for key, row in now.items() if then.get(key) != row]
    gone = {key: row for key, row in then.items() if key not in now}
    if gone:
        places = {step: key for key, row in now.items() for step in row.history}
        found += [
            Change(board, key, ChangeKind.GONE, row, None, (), row.history,
                   places.get(row.history[-1]) if row.history else None)
            for key, row in gone.items()
        ]  # fmt: skip
    return tuple(sorted(sorted(found, key=lambda each: each.key), key=_last_day, reverse=True))


def _of_row(board: str, key: str, before: Row | None, after: Row) -> Change:
    if before is None:
        return Change(board, key, ChangeKind.NEW, None, after, (), after.history)
    fields = field_changes(aspects(board, before), aspects(board, after))
    known = set(before.history)
    steps = tuple(step for step in after.history if step not in known)
    return Change(board, key, ChangeKind.CHANGED if fields else ChangeKind.TOLD, before, after, fields, steps)


def _last_day(change: Change) -> str:
    days = [sort_day(step.date) for step in change.steps[-1:]]
    return max([*days, sort_day(change.row.changed)])


Aspects = Mapping[tuple[str, str | None], Told]
"""How a row stands, by (field, the actor whose standing it is or None)."""


def field_changes(before: Aspects, after: Aspects) -> tuple[FieldChange, ...]:
    """Give the fields that differ, in the order in which rows show them."""
    return tuple(
        FieldChange(name, before.get((name, actor), ""), after.get((name, actor), ""), actor)
        for name, actor in dict.fromkeys([*after, *before])
        if before.get((name, actor), "") != after.get((name, actor), "")
    )


def aspects(board: str, row: Row) -> Aspects:
    """Give what of a row makes a change when it differs: its standing, not the words that tell it again."""
    return {field: told for field, told in _ASPECTS[board](row).items() if told}


def _of_sanctions(row: Any) -> dict[tuple[str, str | None], Told]:
    return {
        ("status", None): row.status,
        ("since", None): row.since or "",
        ("relief offered by", None): _each(each.by for each in row.relief_offered),
        ("relief asked by", None): _each(each.by for each in row.relief_asked),
        ("relief under", None): ", ".join(row.relief_by),
    }


def _of_agreement(row: Any) -> dict[tuple[str, str | None], Told]:
    parties = {("party", party.actor): _since(party.status, party.since) for party in row.parties}
    return {
        ("life", None): row.life,
        ("signed", None): row.signed or "",
        ("in force", None): row.in_force or "",
        **parties,
    }


def _of_talks(row: Any) -> dict[tuple[str, str | None], Told]:
    return {
        ("status", None): row.status or "",
        ("refused by", None): row.refused_by,
        ("condition", None): row.condition or "",
        ("form", None): row.form or "",
        ("mediators", None): row.mediators,
        ("due", None): row.due or "",
        ("rounds", None): str(len(row.rounds)) if row.rounds else "",
        ("formal ban", None): {True: "yes", False: "no"}.get(row.formal_ban, ""),
    }


def _of_position(row: Any) -> dict[tuple[str, str | None], Told]:
    return {("stance", None): row.stance, ("condition", None): row.condition or ""}


def _of_alignment(row: Any) -> dict[tuple[str, str | None], Told]:
    return {("kind", None): row.kind, ("trend", None): row.trend}


def _of_vote(row: Any) -> dict[tuple[str, str | None], Told]:
    cast = {("vote", code): vote for vote, codes in row.votes.items() for code in codes}
    return {("outcome", None): row.outcome, ("date", None): row.date or "", ("vetoed by", None): row.vetoed_by, **cast}


_ASPECTS: dict[str, Callable[[Any], dict[tuple[str, str | None], Told]]] = {
    "sanctions": _of_sanctions,
    "agreements": _of_agreement,
    "talks": _of_talks,
    "positions": _of_position,
    "alignments": _of_alignment,
    "votes": _of_vote,
}


def _each(groups: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for codes in groups for code in codes))


def _since(status: str, since: str | None) -> str:
    return f"{status} since {since}" if since and status != "party" else status
