"""What stands in a brief, in words: an act, a row of each board, with actors' names in place of their codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from communique.actors.display import name_of
from communique.desk.row_words import with_names
from communique.outlook.wording import phrases, told
from communique.records import Event, Status
from communique.standing.agreements import AgreementRow
from communique.standing.alignments import AlignmentRow
from communique.standing.picture import Row
from communique.standing.positions import PositionRow
from communique.standing.sanctions import Relief, SanctionRow
from communique.standing.talks import Talks
from communique.standing.votes import VoteRow

NOT_OCCURRED = {Status.PLANNED: "Planned: ", Status.HYPOTHETICAL: "Supposed: ", Status.DENIED: "Denied: "}
_NOBODY = "someone not named"


def names(codes: Iterable[str]) -> str:
    """Give actors by name as a sentence lists them: "Iran, Russia and China"."""
    listed = [name_of(code) for code in codes]
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def event_words(event: Event) -> str:
    """Say what an act was: whether it occurred, who did what to whom, on whose word, on which condition."""
    kind = f"{event.type}/{event.mode}" if f"{event.type}/{event.mode}" in phrases() else event.type
    source, target = event.source, event.target
    if len(source) > 1 and not target:
        source, target = source[:1], source[1:]
    words = NOT_OCCURRED.get(event.status, "") + told(kind, names(source) or _NOBODY, names(target) or _NOBODY)
    if event.claimed_by:
        words += f", according to {with_names(event.claimed_by)}"
    return words + (f" (condition: {event.condition})" if event.condition else "")


def row_words(board: str, row: Row) -> str:
    """Say how a row of a board stands; KeyError for a board that there is not."""
    return _WORDS[board](row)


def _sanction(row: SanctionRow) -> str:
    what = "" if row.on == "all" else f" ({row.on})"
    parts = [f"Sanctions of {name_of(row.sender)} on {name_of(row.target)}{what}: {row.status}{_since(row.since)}"]
    parts += _relief("relief offered", row.relief_offered) + _relief("relief asked for", row.relief_asked)
    if row.relief_by:
        parts.append(f"relief by {', '.join(row.relief_by)}")
    return "; ".join(parts)


def _relief(what: str, given: tuple[Relief, ...]) -> list[str]:
    return [
        f"{what} by {names(each.by)}{f' if {each.condition}' if each.condition else ''}"
        for each in given[-1:]
    ]  # fmt: skip


def _agreement(row: AgreementRow) -> str:
    parts = [f"{row.name}: {row.life}{_since(row.since)}"]
    holding = [each.actor for each in row.parties if each.status == "party"]
    if holding:
        parts.append(f"parties: {names(holding)}")
    parts += [f"{name_of(p.actor)}: {p.status}{_since(p.since)}" for p in row.parties if p.status != "party"]
    return "; ".join(parts)


def _talks(row: Talks) -> str:
    form = f"{row.form} talks".capitalize() if row.form else "Talks"
    about = "" if row.about == "general" else f" on {row.about}"
    parts = [f"{form} between {names(row.parties)}{about}: {row.status or 'open'}{_since(row.since)}"]
    parts += [f"refused by {names(row.refused_by)}"] if row.refused_by else []
    parts += [f"condition: {row.condition}"] if row.condition else []
    parts += [f"mediated by {names(row.mediators)}"] if row.mediators else []
    parts += [f"at {row.place}"] if row.place else []
    parts += [f"due {row.due}"] if row.due else []
    if row.formal_ban is not None:
        parts.append("formally forbidden" if row.formal_ban else "not formally forbidden")
    return "; ".join(parts)


def _position(row: PositionRow) -> str:
    who = f"{name_of(row.actor)} ({row.holder})" if row.holder else name_of(row.actor)
    stance = {"for": "is for", "against": "is against", "conditional": "sets conditions for"}.get(
        row.stance, row.stance
    )
    parts = [f"{who} {stance} {with_names(row.on)}{_since(row.since)}"]
    parts += [f"condition: {row.condition}"] if row.condition else []
    if row.previous is not None:
        parts.append(f"before that {row.previous.stance}{_since(row.previous.since)}")
    return "; ".join(parts)


def _alignment(row: AlignmentRow) -> str:
    return f"{name_of(row.a)} and {name_of(row.b)}: {row.kind} ({row.score:+.2f}), {row.trend}{_since(row.since)}"


def _vote(row: VoteRow) -> str:
    parts = [f"{name_of(row.body)} on {row.resolution}: {row.outcome}{f' on {row.date}' if row.date else ''}"]
    for side in ("for", "against", "abstained"):
        codes, count = row.votes.get(side, ()), row.counts.get(side)
        if codes or count is not None:
            told_by_name = f" ({names(codes)})" if codes and count is not None else names(codes)
            parts.append(f"{side}: {'' if count is None else count}{told_by_name}")
    parts += [f"vetoed by {names(row.vetoed_by)}"] if row.vetoed_by else []
    return "; ".join(parts)


def _since(day: str | None) -> str:
    return f" since {day}" if day else ""


_WORDS: dict[str, Callable[[Any], str]] = {
    "sanctions": _sanction,
    "agreements": _agreement,
    "talks": _talks,
    "positions": _position,
    "alignments": _alignment,
    "votes": _vote,
}
