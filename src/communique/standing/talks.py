"""The board of talks: between whom, on what, in which form; refused, agreed, under way, ended; past rounds.

A pure function of moves: the same moves in any order of arrival give the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from communique.actors.resolver import bare
from communique.records import Board, Move
from communique.standing.steps import Evidence, Step, day_of, events_of, evidence_of, history_of, sort_day, standing_at
from communique.standing.talk_results import with_results

GENERAL = "general"
"""What talks are about whose question no report names."""

# A round told without its day is the one before, if its report came out this soon after it.
_SAME_ROUND = timedelta(days=4)
_INDIRECT = frozenset({"indirect", "mediated"})

_STATUS = {
    "propose": "proposed", "refuse": "refused", "ban": "refused", "agree": "agreed", "schedule": "scheduled",
    "begin": "under way", "resume": "under way", "go on": "under way", "hold": "held", "suspend": "suspended",
    "end with result": "ended with result", "end without result": "ended without result",
}  # fmt: skip
# What a step in words, or a single round, does not undo.
_STAYS = {
    "proposed": frozenset({"agreed", "scheduled", "under way"}),
    "agreed": frozenset({"scheduled", "under way"}),
    "scheduled": frozenset({"under way"}),
    "held": frozenset({"under way"}),
}
# After these one side's word that it is ready to talk is no agreement to.
_BROKEN_OFF = frozenset({"suspended", "ended without result"})
# A meeting so long after a refusal to talk takes it back.
_REFUSAL_LASTS = timedelta(days=180)
_DEEDS = frozenset({"begin", "resume", "go on", "hold", "suspend", "end with result", "end without result"})
_BANS = {"ban": True, "no ban": False}


@dataclass(frozen=True, slots=True)
class Round:
    """One past round: its day, month or year, its place in the report's words, and the words that tell it."""

    date: str | None
    place: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Talks:
    """One row: the talks of `parties` (codes without roles, sorted) on one question in one form.

    `status` is proposed, refused, agreed, scheduled, under way, suspended, held, ended with result or ended
    without result, and has stood `since` that day, month or year; None where only a ban or an open door was told.
    `form` is direct, indirect, mediated, multilateral or None. `refused_by` and `condition` are those of the
    standing refusal (`condition` also of an agreement to talk). `due` is the day talks are scheduled for.
    `formal_ban` is True or False where a report says that a side has, or has not, forbidden talks.
    """

    parties: tuple[str, ...]
    about: str
    form: str | None
    status: str | None
    refused_by: tuple[str, ...]
    condition: str | None
    mediators: tuple[str, ...]
    place: str | None
    since: str | None
    due: str | None
    rounds: tuple[Round, ...]
    formal_ban: bool | None
    events: tuple[str, ...]
    changed: str | None
    history: tuple[Step, ...]
    evidence: tuple[Evidence, ...]


def talks(moves: Iterable[Move], as_of: date | None, sentences: Mapping[tuple[str, int], str]) -> tuple[Talks, ...]:
    """Give the talks that stand at `as_of` (at the end where it is None), sorted by parties and question.

    `sentences` maps (report_id, sentence) to the sentence for the evidence.
    """
    by_parties: defaultdict[tuple[str, ...], list[Move]] = defaultdict(list)
    for move in standing_at((move for move in moves if move.board is Board.TALKS), as_of):
        if len(parties := parties_of(move)) >= 2:
            by_parties[parties].append(move)
    rows = [
        _row(parties, question, told, sentences)
        for parties, of_parties in by_parties.items()
        for question, told in _affairs(with_results(of_parties))
    ]
    return tuple(sorted(rows, key=lambda row: (row.parties, row.about, row.form or "", row.since or "")))


def parties_of(move: Move) -> tuple[str, ...]:
    """Give who talks, sorted, without roles; within one country the roles tell the sides apart.

    Whoever proposes talks between two others is no side of them.
    """
    codes = (*move.source, *move.target)
    if (
        move.step == "propose"
        and len(set(move.target)) >= 2
        and not {*map(bare, move.source)} & {*map(bare, move.target)}
    ):
        codes = move.target
    plain = sorted({bare(code) for code in codes})
    return tuple(plain if len(plain) >= 2 else sorted(set(codes)))


def _affairs(told: Sequence[Move]) -> list[tuple[str, list[Move]]]:
    """Part the moves of the same parties by question, and by direct and indirect.

    Talks without a question are those on the parties' only question, if there is just one.
    """
    asked = {question for move in told for question in move.about[:1] if question != GENERAL}
    only = next(iter(asked)) if len(asked) == 1 else GENERAL
    by_question: defaultdict[str, list[Move]] = defaultdict(list)
    for move in told:
        by_question[move.about[0] if move.about else only].append(move)
    parted = []
    for question, of_question in by_question.items():
        families = {_family(move) for move in of_question} - {None}
        held_in = {_family(move) for move in of_question if move.step in _DEEDS} - {None}
        by_family: defaultdict[str, list[Move]] = defaultdict(list)
        for move in of_question:
            # What is held, suspended or ended is the talks that take place, not those that are refused.
            among = (held_in if move.step in _DEEDS else set()) or families
            unsaid = "direct" if "direct" in among or not among else "indirect"
            by_family[_family(move) or unsaid].append(move)
        parted += [(question, of_family) for of_family in by_family.values()]
    return parted


def _family(move: Move) -> str | None:
    if move.form is None:
        return None
    return "indirect" if move.form in _INDIRECT else "direct"


@dataclass(slots=True)
class _State:
    """What stands after the moves so far."""

    status: str | None = None
    since: str | None = None
    refused_by: tuple[str, ...] = ()
    condition: str | None = None
    bound_in: str | None = None
    due: str | None = None
    formal_ban: bool | None = None
    of_meeting: bool = False
    held_by: tuple[str, str | None] = ("", None)
    rounds: list[Round] = field(default_factory=list)
    changed: str | None = None

    def picture(self) -> tuple[object, ...]:
        return self.status, self.refused_by, self.condition, self.due, self.formal_ban, len(self.rounds)

    def take(self, move: Move, *, news: bool) -> None:
        """Take one move; one that is not `news` was told as lying before the rest and adds a round only."""
        before, day = self.picture(), day_of(move)
        if move.step in {"hold", "end with result", "end without result"}:
            self._round(move, day)
        if move.step in _BANS:
            self.formal_ban = _BANS[move.step]
        status = _STATUS.get(move.step)
        if status == "scheduled" and self._goes_on_with(move):
            status = "under way"
        if news and status is not None and self._moves_on(move, status):
            self._stand(move, status, day)
        elif news and move.step == "schedule":
            self.due = move.date or self.due
        if self.picture() != before:
            self.changed = day

    def _goes_on_with(self, move: Move) -> bool:
        """A report tells of a round held and of the next one fixed: the talks are under way between them."""
        same_report = self.held_by == (move.report_id, move.published)
        return self.status == "held" and same_report and not self.of_meeting and not _is_meeting(move)

    def _moves_on(self, move: Move, status: str) -> bool:
        if self.status in _STAYS.get(status, ()):
            return False
        day = day_of(move)
        if status == "held" and self.status == "refused" and _is_meeting(move) and not self.of_meeting:
            # two ministers who meet do not take back that their states will not negotiate, unless it is long ago
            return _apart(self.since, day) >= _REFUSAL_LASTS
        if status == "held" and self.status in {"ended with result", "ended without result"}:
            if self.held_by == (move.report_id, move.published):
                return False  # the round that is told with its end
        if status == "agreed" and self.status in _BROKEN_OFF and _apart(self.since, day) < _REFUSAL_LASTS:
            if len({bare(code) for code in move.source}) < 2:
                return False
        own = {bare(code) for code in move.source}
        by_word_of_others = status in {"proposed", "agreed"} and not own & {*map(bare, self.refused_by)}
        return not (self.status == "refused" and by_word_of_others)

    def _stand(self, move: Move, status: str, day: str | None) -> None:
        if status != self.status:
            self.status, self.since = status, day
            self.refused_by, self.condition, self.of_meeting = (), None, _is_meeting(move)
            self.held_by = (move.report_id, move.published)
        if status == "refused":
            within = len({bare(code) for code in (*move.source, *move.target)}) < 2
            self.refused_by = tuple(sorted({*self.refused_by, *(c if within else bare(c) for c in move.source)}))
        # One report that states it twice means the fuller words ("under pressure", "while the siege lasts").
        same = self.condition is not None and self.bound_in == move.report_id
        if move.condition and not (same and len(move.condition) < len(self.condition or "")):
            self.condition, self.bound_in = move.condition, move.report_id
        self.due = move.date if move.step == "schedule" else None

    def _round(self, move: Move, day: str | None) -> None:
        last = self.rounds[-1] if self.rounds else None
        if last is not None and _same_round(last.date, day, dated=move.date is not None):
            self.rounds[-1] = Round(last.date, last.place or move.place, last.words)
        else:
            self.rounds.append(Round(day, move.place, move.words))


def _apart(earlier: str | None, later: str | None) -> timedelta:
    if not earlier or not later:
        return timedelta(0)
    return date.fromisoformat(sort_day(later)) - date.fromisoformat(sort_day(earlier))


def _is_meeting(move: Move) -> bool:
    """A single meeting, visit or call on nothing in particular, as against talks whose question is not told."""
    return move.about[:1] == (GENERAL,)


def _same_round(last: str | None, day: str | None, *, dated: bool) -> bool:
    if last == day:
        return True
    if not last or not day or (dated and len(last) == len(day) == 10):
        return False
    if len(last) < 10 or len(day) < 10:
        return last.startswith(day) or day.startswith(last)
    return date.fromisoformat(day) - date.fromisoformat(last) <= _SAME_ROUND


def _row(
    parties: tuple[str, ...], question: str, told: Sequence[Move], sentences: Mapping[tuple[str, int], str]
) -> Talks:
    state = _State()
    fresh = any(move.order >= 0 for move in told)
    for move in told:
        state.take(move, news=move.order >= 0 or not fresh)
    places = [move.place for move in told if move.place]
    mediators = {bare(code) for move in told for code in move.through}
    return Talks(
        parties, question, _form(parties, told), state.status, state.refused_by, state.condition,
        tuple(sorted(mediators - set(parties))), places[-1] if places else None, state.since, state.due,
        tuple(sorted(state.rounds, key=lambda held: sort_day(held.date))), state.formal_ban,
        events_of(told), state.changed, history_of(told), evidence_of(told, sentences),
    )  # fmt: skip


def _form(parties: tuple[str, ...], told: Sequence[Move]) -> str | None:
    said = {move.form for move in told}
    for form in ("mediated", "indirect", "multilateral"):
        if form in said:
            return form
    if len(parties) >= 3:
        return "multilateral"
    return "direct" if "direct" in said else None
