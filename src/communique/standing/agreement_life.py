"""The life of one agreement and the standing of its parties, step by step.

Pure: a `Course` is made anew for each agreement and takes its steps in order of their days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.actors.agreements import Agreement
from communique.moves.agreement_words import agreement_words
from communique.records import Move, Status
from communique.standing.steps import day_of, sort_day

ORDER = ("proposed", "negotiated", "agreed", "signed", "ratified", "in force")
"""The lives that follow one another; suspended, collapsed and revived come from any of them."""
_REACHES = {
    "propose": "proposed", "negotiate": "negotiated", "agree": "agreed", "sign": "signed", "ratify": "ratified",
    "enter into force": "in force",
}  # fmt: skip
_STARTS = frozenset({"agree", "sign", "ratify", "enter into force", "extend"})


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """One party: `status` is party, withdrew, suspended, in breach or rejoined; `since` an ISO day as fine as known."""

    actor: str
    status: str
    since: str | None


@dataclass(slots=True)
class Course:
    """Where an agreement stands while its steps are taken.

    `pair` is true where it has two parties and no more. `listed` are its parties where the data file knows them all,
    so that who only signs beside them is none.
    """

    pair: bool
    counterparts: tuple[str, ...]
    listed: frozenset[str] | None = None
    life: str | None = None
    since: str | None = None
    signed: str | None = None
    in_force: str | None = None
    changed: str | None = None
    parties: dict[str, PartyStanding] = field(default_factory=dict)
    against: set[str] = field(default_factory=set)

    def take(self, move: Move) -> None:
        """Take one step that a report tells; what is only planned, supposed or denied moves no party."""
        day = day_of(move)
        if move.status is not Status.OCCURRED:
            if move.status is not Status.DENIED and self.life is None:
                planned = move.status is Status.PLANNED and move.step in {"agree", "sign", "ratify"}
                self._live("negotiated" if planned else "proposed", day)
            return
        before = (self.life, tuple(self.parties.values()))
        self._step(move.step, move.source, move.target, day)
        if before != (self.life, tuple(self.parties.values())):
            self.changed = day

    def _step(self, step: str, source: tuple[str, ...], target: tuple[str, ...], day: str | None) -> None:
        if step in _STARTS:
            for actor in (*source, *target):
                if self.listed is None or actor in self.listed:
                    self.admit(actor, day)
        if step == "reject":
            self.against.update(source)
            if self.life in {None, "agreed", "negotiated"}:
                self._live("proposed", day)  # what one of those who were to accept it rejects is not agreed
            return
        self.against.difference_update(source)
        if step in _REACHES:
            self._reach("propose" if step == "agree" and self.against else step, day)
        elif step == "extend" and self.life != "in force":
            self._live("revived" if self.life in {"suspended", "collapsed"} else "in force", day)
        elif step in {"suspend", "collapse", "revive"}:
            self._live({"suspend": "suspended", "collapse": "collapsed", "revive": "revived"}[step], day)
        elif step == "fail to revive" or (step == "try to revive" and self._broken()):
            self._live("collapsed", day)  # what has to be revived, and was not, is dead
        elif step in {"withdraw", "suspend its part", "breach", "comply", "rejoin", "join"}:
            for actor in source:
                self._party_step(step, actor, day)

    def _reach(self, step: str, day: str | None) -> None:
        reached = _REACHES[step]
        if step == "sign" and self.signed is None:
            self.signed = day
        if step == "enter into force" and self.in_force is None:
            self.in_force = day
        if self.life in ORDER:
            if ORDER.index(reached) > ORDER.index(self.life):
                self._live(reached, day)
        elif self.life is None or (self.life in {"collapsed", "suspended"} and step in {"agree", "sign"}):
            self._live(reached, day)  # struck anew after it had ended
        elif self.life == "suspended" and step == "enter into force":
            self._live("in force", day)

    def _party_step(self, step: str, actor: str, day: str | None) -> None:
        was = self.parties.get(actor)
        if self.life is None and step != "join":
            self._live("agreed", day)  # what is kept, broken or left must have been struck before
        if step in {"join", "comply"}:
            if was is None or (step == "comply" and was.status in {"in breach", "suspended"}):
                self.parties[actor] = PartyStanding(actor, "party", day)
            elif step == "join" and was.status == "withdrew":
                self.parties[actor] = PartyStanding(actor, "rejoined", day)
            return
        status = {"withdraw": "withdrew", "suspend its part": "suspended", "breach": "in breach", "rejoin": "rejoined"}[
            step
        ]
        if was is not None and (
            was.status == status or (was.status == "withdrew" and status in {"in breach", "suspended"})
        ):
            return
        self.parties[actor] = PartyStanding(actor, status, day)
        if step == "withdraw" and self.pair:
            self._live("collapsed", day)  # what two made ends when one of them goes
        elif step == "rejoin" and self.life == "suspended" and was is not None and was.status == "suspended":
            self._live("in force", day)
        elif step == "suspend its part" and self._of_two(actor) and not self._broken():
            self._live("suspended", day)
        elif step in {"withdraw", "breach", "suspend its part"} and self._broken():
            self._live("collapsed", day)

    def _of_two(self, actor: str) -> bool:
        """Tell whether it rests on two, of whom the actor is one: without him it does not work."""
        return self.pair or (len(self.counterparts) == 2 and actor in self.counterparts)

    def _broken(self) -> bool:
        """Nothing is left of a bargain when one principal has gone and another keeps it no longer, or all break it."""
        out = {p.actor for p in self.parties.values() if p.status == "withdrew" and p.actor in self.counterparts}
        idle = {
            p.actor
            for p in self.parties.values()
            if p.status in {"in breach", "suspended"} and p.actor in self.counterparts
        }
        gone = len(out) + len(idle)
        return gone >= 2 and (bool(out) or gone == len(self.counterparts))

    def admit(self, actor: str, day: str | None) -> None:
        """Take an actor in as a party, where he is none yet."""
        if actor not in self.parties:
            self.parties[actor] = PartyStanding(actor, "party", day)

    def leave(self, actor: str, day: str) -> None:
        """Note a withdrawal that the data file knows; a report's coarser date for it stays."""
        was = self.parties.get(actor)
        if was is None or was.status != "withdrew":
            self._party_step("withdraw", actor, day)

    def _live(self, life: str, day: str | None) -> None:
        if self.life != life:
            self.life, self.since = life, day


def file_steps(agreement: Agreement, until: str) -> list[tuple[str, str, str]]:
    """Give (day, step, actor) for what the data file knows by a day, oldest first; the actor is "" for the whole."""
    found = [
        (agreement.signed, "sign", ""),
        (agreement.in_force, "enter into force", ""),
        (agreement.ended, "end", ""),
        *((absence.left, "leave", absence.actor) for absence in agreement.left),
        *((absence.returned, "return", absence.actor) for absence in agreement.left),
    ]
    return sorted((day, step, actor) for day, step, actor in found if day and sort_day(day) <= until)


def run(course: Course, agreement: Agreement | None, moves: Iterable[Move], until: str) -> None:
    """Take the steps of the data file and those of the reports in order of their days; the file's first on one day."""
    known = file_steps(agreement, until) if agreement else []
    for move in moves:
        day = sort_day(day_of(move))
        while known and sort_day(known[0][0]) <= day:
            _take_known(course, agreement, *known.pop(0))
        course.take(move)
    for step in known:
        _take_known(course, agreement, *step)


def _take_known(course: Course, agreement: Agreement | None, day: str, step: str, actor: str) -> None:
    if agreement is None:
        return
    if step == "sign":
        course.signed = day
        for party in agreement.parties or agreement.principals:
            course.admit(party, agreement.signed)
        unsigned = agreement_words().unsigned & set(agreement.name.lower().replace("(", " ").split())
        course._reach("agree" if unsigned else "sign", day)
    elif step == "enter into force":
        course.in_force = day
        course._reach("enter into force", day)
    elif step == "end":
        course._live("collapsed", day)
    elif step == "leave":
        course.leave(actor, day)
    else:
        course._party_step("rejoin", actor, day)
