"""Known treaties and deals: who is party, since when, until when; and their names in a text.

Reads `data/agreements.csv` (docs/actor-data.md describes its columns).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from communique.actors.knowledge import words_of
from communique.actors.resolver import bare
from communique.errors import KnowledgeError
from communique.word_files import read_table

DAYS_AROUND_SIGNATURE = 7
"""How many days an event of signing may lie from the known day of signature."""
LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Absence:
    """A party that left, on an ISO day as fine as known, and the day it came back, "" where it stayed away."""

    actor: str
    left: str
    returned: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One known agreement. `code` is its short name; days are ISO as fine as known, "" where open or unknown.

    `principals` are those who are each other's counterparts in it; `parties` is empty where nearly all states are.
    `kind` is agreement, or resolution for a decision of the United Nations that reports name like one.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    principals: tuple[str, ...]
    parties: tuple[str, ...]
    signed: str
    in_force: str
    ended: str
    question: str
    note: str
    kind: str = "agreement"
    left: tuple[Absence, ...] = ()

    @property
    def counterparts(self) -> tuple[str, ...]:
        """Those whose going ends it: the principals, or all parties where none stand out."""
        return self.principals or self.parties

    def left_by(self, actor: str) -> str | None:
        """Give the first day on which an actor left, None where the file knows of none."""
        return next((absence.left for absence in self.left if absence.actor == bare(actor)), None)


@dataclass(frozen=True, slots=True)
class AgreementNames:
    """All names of agreements as word sequences, by their first word, longest first."""

    by_first_word: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    def find(self, text: str) -> tuple[tuple[str, int, int], ...]:
        """Give (code, start, end) for each agreement that a text names, in text order; offsets are characters."""
        words = words_of(text)
        found: list[tuple[str, int, int]] = []
        place = 0
        while place < len(words):
            for parts, code in self.by_first_word.get(words[place][0], ()):
                if tuple(word for word, _, _ in words[place : place + len(parts)]) == parts:
                    found.append((code, words[place][1], words[place + len(parts) - 1][2]))
                    place += len(parts) - 1
                    break
            place += 1
        return tuple(found)


@cache
def agreements() -> dict[str, Agreement]:
    """Give every known agreement by its code, loaded once a process."""
    path = files("communique.actors") / "data" / "agreements.csv"
    found = {}
    for row in read_table(path):
        agreement = Agreement(
            row["code"], row["name"], _list(row["aliases"]), _list(row["principals"]), _list(row["parties"]),
            row["signed"], row["in_force"], row["ended"], row["question"], row["note"], row["kind"],
            tuple(_absence(row["code"], cell) for cell in _list(row["left"])),
        )  # fmt: skip
        found[agreement.code] = agreement
    return found


@cache
def agreement_names() -> AgreementNames:
    """Give the index of all names of agreements, loaded once a process."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for agreement in agreements().values():
        for name in dict.fromkeys((agreement.name, agreement.code, *agreement.aliases)):
            parts = tuple(word for word, _, _ in words_of(name))
            by_first.setdefault(parts[0], []).append((parts, agreement.code))
    return AgreementNames({first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in by_first.items()})


def signed_around(actors: Collection[str], day: str | None, question: str | None = None) -> str | None:
    """Give the code of the agreement that actors signed around a day, None where none or more than one fits.

    All `actors` must be parties and counterparts among them; the day (ISO) may lie DAYS_AROUND_SIGNATURE off. With a
    `question` only agreements on it count; then its month is enough. Of two that fit, the one signed nearest is meant.
    """
    if day is None or len(day) < (10 if question is None else 7) or len(actors) < 2:
        return None
    wanted, at = frozenset(bare(actor) for actor in actors), _first_day(day)
    found: list[tuple[int, str]] = []
    first = bisect_left(_by_signature(), at.toordinal() - DAYS_AROUND_SIGNATURE, key=_day_signed)
    last = bisect_right(_by_signature(), at.toordinal() + max(DAYS_AROUND_SIGNATURE, LONGEST_MONTH), key=_day_signed)
    for signed, agreement in _by_signature()[first:last]:
        apart = abs((at - signed).days)
        near = apart <= DAYS_AROUND_SIGNATURE if len(day) == 10 else signed.isoformat().startswith(day)
        if near and question in {None, agreement.question}:
            if wanted <= set(agreement.parties) | set(agreement.principals) and wanted & set(agreement.counterparts):
                found.append((apart, agreement.code))
    found.sort()
    return found[0][1] if found and (len(found) == 1 or found[0][0] < found[1][0]) else None


def ceasefire_on(actors: Collection[str], day: str | None) -> str | None:
    """Give the code of the known ceasefire of actors that an act on a day (ISO) breaks, None where none held then.

    It held from its signature until it ended, the DAYS_AROUND_SIGNATURE after that included: reports of its breach
    come late. Of two that fit, the one signed last is meant.
    """
    if day is None or len(day) < 10 or len(actors) < 2:
        return None
    wanted, at = frozenset(bare(actor) for actor in actors), date.fromisoformat(day)
    found = [
        (signed, agreement.code)
        for signed, agreement in _by_signature()
        if agreement.question == "ceasefire" and signed <= at and wanted <= set(agreement.parties)
        if not agreement.ended or (at - _first_day(agreement.ended)).days <= DAYS_AROUND_SIGNATURE
    ]
    return max(found)[1] if found else None


def described(question: str, year: str | None, actors: Collection[str], on: str | None) -> str | None:
    """Give the code of the only agreement on a question ("" any), of a year or alive on a day, among actors named.

    "The 2015 nuclear deal" in a report on Iran and the United States is the JCPOA. At least two counterparts must
    be among `actors`; of several the one that came into force. None where nothing or more than one fits, and
    where neither year nor day is given.
    """
    named = frozenset(bare(actor) for actor in actors)
    found = []
    for agreement in agreements().values():
        if agreement.kind != "agreement" or not agreement.signed or (question and agreement.question != question):
            continue
        of_year = agreement.signed[:4] == year if year else _alive(agreement, on)
        if of_year and len(named & set(agreement.counterparts)) >= 2:
            found.append(agreement.code)
    held = [code for code in found if agreements()[code].in_force] if len(found) > 1 else found
    return held[0] if len(held) == 1 else None


def _alive(agreement: Agreement, on: str | None) -> bool:
    """Signed by that day and not over for more than about a year, after which "the deal" no longer means it."""
    if on is None or on < agreement.signed:
        return False
    return not agreement.ended or int(on[:4]) <= int(agreement.ended[:4]) + 1


def signed_between(first: str, last: str) -> tuple[Agreement, ...]:
    """Give the known agreements whose exact day of signature lies between two ISO days, these included, by that day."""
    return tuple(agreement for signed, agreement in _by_signature() if first <= signed.isoformat() <= last)


@cache
def _by_signature() -> tuple[tuple[date, Agreement], ...]:
    """Give the agreements whose day of signature is known, by that day."""
    found = (
        (date.fromisoformat(agreement.signed), agreement)
        for agreement in agreements().values()
        if len(agreement.signed) == 10 and agreement.kind == "agreement"
    )
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].code)))


def _day_signed(pair: tuple[date, Agreement]) -> int:
    return pair[0].toordinal()


def _first_day(day: str) -> date:
    return date.fromisoformat((day + "-01-01")[:10])


def _absence(code: str, cell: str) -> Absence:
    """ "USA 2020-11-04..2021-02-19": left, and came back."""
    actor, _, span = cell.partition(" ")
    left, _, returned = span.partition("..")
    if not actor or not left:
        raise KnowledgeError(f"agreements.csv, {code}: left {cell!r} is no actor and day; write USA 2018-05-08")
    return Absence(actor, left, returned)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
