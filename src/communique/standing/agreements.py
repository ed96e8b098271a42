"""The board of agreements: which there are, how each stands, who keeps it, and what was given for what.

A pure fold: the same moves in any order of arrival give the same rows. The data file of known agreements gives
their parties and days; a row stands only where a report or an event speaks of the agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from communique.actors.agreements import Agreement, ceasefire_on, signed_around, signed_between
from communique.actors.agreements import agreements as known_agreements
from communique.actors.resolver import bare
from communique.moves.agreement_plans import PLAN
from communique.moves.agreement_words import agreement_words
from communique.moves.questions import question_words
from communique.records import KeptEvent, Move, Status
from communique.standing.agreement_life import Course, PartyStanding, run
from communique.standing.steps import (
    Evidence,
    Step,
    day_of,
    events_of,
    evidence_of,
    history_of,
    sort_day,
    standing_at,
)

YEARS_BETWEEN = 2
"""After so many years without a word, an agreement of the same kind and parties is another one."""
LONGEST_HISTORY = 60
"""Lines of history of a row of agreements that nothing names; the latest are kept."""
DAYS_AROUND = 14
"""How near to a signature its counterparts must have met for imported events to surround it."""
MOST_COUNTERPARTS = 4
UNNAMED = "agreement"
# Kinds under which a truce goes, by what a report or the data file says of it.
_FIGHTING_STOPS = frozenset({"ceasefire", "hostages"})
_COOPERATION = frozenset({1, 2})
# Those who sign in the coded data but are no party to agreements of states and armed groups.
_NO_PARTY = frozenset({"CVL", "MED", "BUS", "JUD"})


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one side gives under an agreement; `giver` is "" where no report says who. `words` stand in the report."""

    giver: str
    gives: str
    words: str


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement.

    `life` is proposed, negotiated, agreed, signed, ratified, in force, suspended, collapsed or revived, `since` the
    day on which it came to that. `signed` and `in_force` are days as fine as known, `signed_from` and
    `in_force_from` say whether the data file or the reports give them. `question` is one of moves' questions.
    """

    name: str
    code: str
    life: str
    since: str | None
    parties: tuple[PartyStanding, ...]
    signed: str | None
    signed_from: str | None
    in_force: str | None
    in_force_from: str | None
    exchange: tuple[Exchanged, ...]
    question: str | None
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


def agreements(
    moves: Iterable[Move],
    as_of: date | None = None,
    sentences: Mapping[tuple[str, int], str] | None = None,
    events: Iterable[KeptEvent] = (),
) -> tuple[AgreementRow, ...]:
    """Give the agreements that moves speak of, as they stood on a day (all steps, where it is None), by code.

    `events` are looked through for known agreements that imported events surround without naming them: data that is
    only codes cannot name one. Where counterparts met or agreed around its signature, it has a row as well.
    """
    # What the order of steps leaves open is settled here, so that no order of arrival shows.
    taken = standing_at(sorted(moves, key=lambda move: (move.status.value, move.words, move.event_id or "")), as_of)
    days = [sort_day(day) for move in taken for day in (day_of(move), move.published)]
    until = as_of.isoformat() if as_of else max(days, default="")
    groups: dict[tuple[str, tuple[str, ...]], list[Move]] = {}
    for move in taken:
        key = _key(move) or _kept_by(move, groups)
        if key is not None:
            groups.setdefault(key, []).append(move)
    named: dict[str, list[Move]] = {}
    rows: list[AgreementRow | None] = []
    for (name, parties), group in groups.items():
        for own in _apart(group) if parties else [group]:
            code = _known_by_signature(own, name, parties) if parties else name
            if code is not None:
                named.setdefault(code, []).extend(own)
            else:
                rows.append(_row(name, parties, own, sentences or {}))
    rows += [
        _known_row(known_agreements()[code], standing_at(own, None), until, sentences or {})
        for code, own in named.items()
    ]
    return _sorted([row for row in rows if row is not None], events, as_of)


def _known_by_signature(moves: list[Move], kind: str, parties: tuple[str, ...]) -> str | None:
    """ "Signed a peace treaty" on the day of a known signature of the same parties is the signing of that one."""
    loose = kind in {"peace", "ceasefire", "hostages", UNNAMED} or kind not in question_words()
    for move in moves:
        if move.step in {"sign", "agree"} and move.status is Status.OCCURRED and not _is_coded(move):
            code = signed_around(parties, day_of(move), None if loose else kind)
            if code is not None and not _of_another_sort(move.about[0], known_agreements()[code].name):
                return code
    return None


def _of_another_sort(told: str, known: str) -> bool:
    """A memorandum or declaration signed on the day of a known treaty is a paper of its own."""
    own = agreement_words().papers & set(told.lower().split())
    return bool(own) and not own & set(known.lower().split())


def _sorted(rows: list[AgreementRow], events: Iterable[KeptEvent], as_of: date | None) -> tuple[AgreementRow, ...]:
    told = {row.code for row in rows}
    rows += [row for row in _surrounded(events, as_of) if row.code not in told]
    return tuple(sorted(rows, key=lambda row: row.code))


def _surrounded(events: Iterable[KeptEvent], as_of: date | None) -> list[AgreementRow]:
    """Known agreements around whose signature imported events have two counterparts meet or agree."""
    limit = as_of.isoformat() if as_of else "9999"
    meetings: dict[frozenset[str], list[tuple[str, str]]] = {}
    for kept in events:
        event = kept.event
        if kept.dataset is None or event.quad not in _COOPERATION or len(event.date or "") < 10:
            continue
        if event.date and event.date <= limit:
            for one, other in combinations(sorted({bare(code) for code in (*event.source, *event.target)}), 2):
                meetings.setdefault(frozenset((one, other)), []).append((event.date, event.event_id))
    days = [day for found in meetings.values() for day, _ in found]
    rows = []
    for known in signed_between(min(days), max(days)) if days else ():
        near = sorted(
            {met for pair in combinations(known.counterparts, 2) for met in meetings.get(frozenset(pair), ())
             if _years(*sorted((met[0], known.signed))) * 365.25 <= DAYS_AROUND}
        )  # fmt: skip
        if near and len(known.counterparts) <= MOST_COUNTERPARTS:
            rows.append(_row_of_file(known, tuple(event for _, event in near), limit if as_of else max(days)))
    return rows


def _row_of_file(known: Agreement, events: tuple[str, ...], until: str) -> AgreementRow:
    course = _course_of(known)
    run(course, known, (), until)
    row = _finished(course, known.name, known.code, known.question or None, [], {}, "data file", "data file")
    return replace(row, events=events, changed=course.since)


def _key(move: Move) -> tuple[str, tuple[str, ...]] | None:
    """Give what a move belongs to: (code, ()) for a known agreement, (kind, parties) for another, None for neither."""
    if move.about and move.about[0] in known_agreements():
        return move.about[0], ()
    if move.about[1:] == (PLAN,):
        return move.about[0], (PLAN,)  # of whoever accepts it
    parties = _parties(move)
    if len(parties) < 2:
        return None
    kind = move.about[-1] if len(move.about) > 1 else agreement_words().kind_of(move.about)
    if _is_coded(move):
        day = day_of(move)
        signed = move.step in {"sign", "agree"}
        question = kind if kind in question_words() else None
        code = signed_around(parties, day, question) if signed else ceasefire_on(parties, day)
        if code is not None:
            return code, ()
    return kind or UNNAMED, parties


def _kept_by(
    move: Move, groups: Mapping[tuple[str, tuple[str, ...]], list[Move]]
) -> tuple[str, tuple[str, ...]] | None:
    """ "Azerbaijan broke the ceasefire": the only one spoken of so far, and not long ago, that it is a party to."""
    actors = {*move.source, *move.target}
    if len(move.about) < 2 or not actors:
        return None
    kind, day = move.about[-1], sort_day(day_of(move))
    found = []
    for key, group in groups.items():
        name, parties = key
        known = None if parties else known_agreements()[name]
        on, among = (known.question, known.parties or known.principals) if known else (name, parties)
        last = sort_day(day_of(group[-1]))
        same = on == kind or {on, kind} <= _FIGHTING_STOPS
        if same and actors <= set(among) and last and day and _years(last, day) <= YEARS_BETWEEN:
            found.append(key)
    return found[0] if len(found) == 1 else None


def _is_coded(move: Move) -> bool:
    """Tell whether a move comes from an event's code alone: the words of a report give an agreement name and kind."""
    return len(move.about) < 2 and not (move.about and move.about[0] in known_agreements())


def _parties(move: Move) -> tuple[str, ...]:
    return tuple(sorted({code for code in (*move.source, *move.target) if code.partition("/")[2] not in _NO_PARTY}))


def _apart(moves: list[Move]) -> list[list[Move]]:
    """Part the moves of one kind and pair into agreements, where years without a word lie between."""
    found: list[list[Move]] = []
    last = ""
    for move in moves:
        day = sort_day(day_of(move))
        if not found or (last and day and _years(last, day) > YEARS_BETWEEN):
            found.append([])
        found[-1].append(move)
        last = max(last, day)
    return found


def _years(earlier: str, later: str) -> float:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days / 365.25


def _course_of(known: Agreement) -> Course:
    parties = known.parties or known.principals
    return Course(len(parties) == 2, known.counterparts, frozenset(parties) if len(parties) > 1 else None)


def _known_row(
    known: Agreement, moves: list[Move], until: str, sentences: Mapping[tuple[str, int], str]
) -> AgreementRow | None:
    course = _course_of(known)
    run(course, known, moves, until)
    if course.life is None:
        return None
    from_file = bool(known.signed) and sort_day(known.signed) <= until
    force_from_file = bool(known.in_force) and sort_day(known.in_force) <= until
    return _finished(
        course, known.name, known.code, known.question or None, moves, sentences,
        "data file" if from_file else "reports", "data file" if force_from_file else "reports",
    )  # fmt: skip


def _row(
    kind: str, parties: tuple[str, ...], moves: list[Move], sentences: Mapping[tuple[str, int], str]
) -> AgreementRow | None:
    own_name = parties == (PLAN,)
    parties = () if own_name else parties
    course = Course(pair=len(parties) == 2, counterparts=parties)
    run(course, None, moves, "")
    if course.life is None or all(move.status is Status.DENIED for move in moves):
        return None
    started = day_of(moves[0])
    for party in parties:
        if course.life not in {"proposed", "negotiated"}:
            course.admit(party, course.signed or started)
    name = next((move.about[0] for move in moves if move.about), UNNAMED)
    code = " ".join(filter(None, (name, "-".join(parties), started[:4] if started else "")))
    question = kind if kind in question_words() else None
    return _finished(course, name, code, question, moves, sentences, "reports", "reports")


def _finished(
    course: Course, name: str, code: str, question: str | None, moves: list[Move],
    sentences: Mapping[tuple[str, int], str], signed_from: str, in_force_from: str,
) -> AgreementRow:  # fmt: skip
    exchanged = {
        (giver, what): Exchanged(giver, what, move.words)
        for move in reversed(moves)
        for giver, what in reversed(move.terms)
    }
    unnamed = code not in known_agreements() and all(_is_coded(move) for move in moves)
    history = history_of(moves)
    return AgreementRow(
        name, code, course.life or "proposed", course.since,
        tuple(sorted(course.parties.values(), key=lambda party: party.actor)),
        course.signed, signed_from if course.signed else None,
        course.in_force, in_force_from if course.in_force else None,
        tuple(reversed(exchanged.values())), question,
        events_of(moves), course.changed or (day_of(moves[-1]) if moves else course.since),
        history[-LONGEST_HISTORY:] if unnamed else history,
        evidence_of(moves, sentences),
    )  # fmt: skip
