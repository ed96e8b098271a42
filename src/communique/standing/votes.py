"""The board of votes: resolutions, who voted how, adopted or vetoed.

A pure function of moves: the same moves in any order of arrival give the same rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from communique.actors.resolver import bare
from communique.records import Board, Move, Status
from communique.standing.steps import Evidence, Step, day_of, events_of, evidence_of, history_of, sort_day, standing_at

_NUMBER = re.compile(r"[A-Z]{0,2}/?(?:ES-)?\d+(?:[/-][A-Z]?\d+)*")
# Reports of one vote come out within so many days of it.
_WINDOW = timedelta(days=4)
_OUTCOMES = {"adopt": "adopted", "veto": "vetoed", "reject": "rejected", "schedule": "scheduled"}
# What is told later of a vote never takes back that it was held.
_RANK = {"unknown": 0, "scheduled": 1, "rejected": 2, "adopted": 2, "vetoed": 3}


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One row: a vote of `body` on `resolution` (its number, else the report's words for it).

    `date` is the day, month or year of the vote, for one that is `scheduled` the day it is due.
    `outcome` is adopted, vetoed, rejected, scheduled or unknown. `votes` and `counts` are under for, against,
    abstained: actor codes, and numbers of votes (None where no report gives them). `vetoed_by` are those whose
    veto it was. `about` is the question, "general" where none is named.
    """

    body: str
    resolution: str
    about: str
    date: str | None
    outcome: str
    votes: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int | None]
    vetoed_by: tuple[str, ...]
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


def votes(moves: Iterable[Move], as_of: date | None, sentences: Mapping[tuple[str, int], str]) -> tuple[VoteRow, ...]:
    """Give the votes known at `as_of` (at the end where it is None), sorted by body, day and resolution.

    `sentences` maps (report_id, sentence) to the sentence for the evidence.
    """
    by_body: defaultdict[str, list[Move]] = defaultdict(list)
    for move in standing_at((move for move in moves if move.board is Board.VOTES and move.target), as_of):
        by_body[move.target[0]].append(move)
    rows = [_row(body, told, sentences) for body, of_body in by_body.items() for told in _parted(of_body)]
    return tuple(sorted(rows, key=lambda row: (row.body, sort_day(row.date), row.resolution, row.outcome)))


@dataclass(slots=True)
class _Affair:
    """The moves of one vote so far."""

    number: str | None = None
    labels: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)

    def take(self, move: Move) -> None:
        label, question = _label(move), _question(move)
        if number := _number(label):
            self.number = number
        elif label:
            self.labels.add(label.lower())
        if question:
            self.questions.add(question)
        if outcome := _OUTCOMES.get(move.step):
            self.outcomes.add(outcome)
        self.reports.add(move.report_id)
        self.days.add(_vote_day(move))
        self.moves.append(move)

    def fits(self, move: Move) -> bool:
        """Tell whether a move may be of this vote: number, or words, question and day; no other outcome."""
        label, question = _label(move), _question(move)
        number = _number(label)
        if number and self.number:
            return number == self.number
        held = self.outcomes - {"scheduled"}
        told = _OUTCOMES.get(move.step)
        lost = {"rejected", "vetoed"}  # a text that a veto kills is not adopted
        if held and told not in {None, "scheduled"} and told not in held and not ({told} | held) <= lost:
            return False
        same_words = bool(label) and label.lower() in self.labels
        if same_words and move.report_id in self.reports:
            return True
        if not self._near(move):
            return False
        if same_words:
            return True
        if move.report_id in self.reports and label and self.labels and not number:
            return False  # one report that speaks of two texts means two
        if self.number or number:
            return bool(question) and question in self.questions
        return bool(question and question in self.questions) or not (label and self.labels)

    def _near(self, move: Move) -> bool:
        day = _vote_day(move)
        return any(_close(day, other) for other in self.days)


def _close(left: str, right: str) -> bool:
    if len(left) < 10 or len(right) < 10:
        return left[:7].startswith(right[:7]) or right[:7].startswith(left[:7])
    return abs(date.fromisoformat(left) - date.fromisoformat(right)) <= _WINDOW


def _vote_day(move: Move) -> str:
    return move.date or move.published or ""


def _label(move: Move) -> str:
    return move.about[0] if move.about else ""


def _question(move: Move) -> str:
    return move.about[1] if len(move.about) > 1 else ""


def _number(label: str) -> str | None:
    return label if _NUMBER.fullmatch(label) else None


def _parted(told: list[Move]) -> list[list[Move]]:
    """Part the moves of one body into votes: the numbered first, then each move to the vote it fits, oldest first."""
    numbered: dict[str, _Affair] = {}
    for move in told:
        if number := _number(_label(move)):
            numbered.setdefault(number, _Affair()).take(move)
    affairs = list(numbered.values())
    by_year: defaultdict[str, dict[int, _Affair]] = defaultdict(dict)
    for place, affair in enumerate(affairs):
        _shelve(by_year, place, affair)
    for move in told:
        if _number(_label(move)):
            continue
        near = {place: affair for year in _years(move) for place, affair in by_year[year].items()}
        fitting = [place for place in sorted(near) if near[place].fits(move)]
        if fitting:
            same = [place for place in fitting if move.report_id in near[place].reports]
            place = (same or fitting)[-1]
        else:
            place = len(affairs)
            affairs.append(_Affair())
        affairs[place].take(move)
        _shelve(by_year, place, affairs[place])
    order = {id(move): place for place, move in enumerate(told)}
    return [sorted(affair.moves, key=lambda move: order[id(move)]) for affair in affairs]


def _shelve(by_year: defaultdict[str, dict[int, _Affair]], place: int, affair: _Affair) -> None:
    """Put a vote where the moves of its years look for it."""
    for day in (*affair.days, *(move.published or "" for move in affair.moves[-1:])):
        by_year[day[:4]][place] = affair


def _years(move: Move) -> tuple[str, ...]:
    """Give the years in which the vote of a move may be found: its own, that of its report, those beside."""
    found = {""}
    for day in (_vote_day(move), move.published or ""):
        if day:
            year = int(day[:4])
            found |= {f"{near:04}" for near in (year - 1, year, year + 1)}
    return tuple(sorted(found))


def _row(body: str, told: list[Move], sentences: Mapping[tuple[str, int], str]) -> VoteRow:
    outcome, changed = "unknown", day_of(told[0])
    sides: dict[str, set[str]] = {"for": set(), "against": set(), "abstained": set()}
    counts: dict[str, int | None] = {"for": None, "against": None, "abstained": None}
    vetoed_by: set[str] = set()
    for move in told:
        before = (outcome, str(sorted(map(sorted, sides.values()))), tuple(counts.values()))
        reached = _OUTCOMES.get(move.step, "unknown")
        if _RANK[reached] >= _RANK[outcome]:
            outcome = reached
        if move.form in sides:
            sides[move.form].update(bare(code) for code in move.source)
        if move.step == "veto":
            vetoed_by.update(bare(code) for code in move.source)
        for side, number in move.terms:
            if side in counts and number.isdigit():
                counts[side] = int(number)
        if (outcome, str(sorted(map(sorted, sides.values()))), tuple(counts.values())) != before:
            changed = day_of(move)
    labels = [_label(move) for move in told if _label(move)]
    numbers = [label for label in labels if _number(label)]
    questions = [_question(move) for move in told if _question(move)]
    return VoteRow(
        body, (numbers or sorted(labels, key=lambda label: (-len(label), label)) or [""])[0],
        questions[0] if questions else "general", _date(told, outcome), outcome,
        {side: tuple(sorted(codes)) for side, codes in sides.items()}, counts, tuple(sorted(vetoed_by)),
        events_of(told), changed, history_of(told), evidence_of(told, sentences),
    )  # fmt: skip


def _date(told: list[Move], outcome: str) -> str | None:
    """Give the day of the vote: as a report dates it, else the first report of the outcome; of a plan the day it is due."""
    decisive = [move for move in told if _OUTCOMES.get(move.step) == outcome] or told
    if outcome == "scheduled":
        return decisive[-1].date or decisive[-1].published
    stated = [move.date for move in decisive if move.date and move.status is Status.OCCURRED]
    if stated:
        return max(stated, key=lambda day: (len(day), day))
    return day_of(decisive[0])
