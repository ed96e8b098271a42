"""Whom a name meant on a date, outside any report: `communique.resolve`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from communique.actors.knowledge import Entry, Knowledge, knowledge, words_of
from communique.actors.naming import rank
from communique.actors.words import name_words
from communique.errors import UsageError

# News calls people by their office for some weeks after they left it; the data knows months only.
_ISO = re.compile(r"\d{4}(-\d\d){0,2}")
PLAIN_ROLES = frozenset({"", "GOV", "MIL"})


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as the codebook writes it.

    `code` is the state, organisation or group, with a role behind a slash where it is a part of a
    state that does not act for it. `valid_from` and `valid_to` bound the meaning (ISO, "" open).
    """

    code: str
    name: str
    role: str
    kind: str
    detail: str
    valid_from: str
    valid_to: str


def actor_code(code: str, role: str) -> str:
    """Join a code and a role: those who act for a state are the state itself.

    >>> actor_code("IRN", "GOV"), actor_code("SDN", "REB"), actor_code("HAMAS", "REB")
    ('IRN', 'SDN/REB', 'HAMAS')
    """
    if role in PLAIN_ROLES or "/" in code or not is_state(code):
        return code
    return f"{code}/{role}"


def bare(code: str) -> str:
    """Give a code without its role.

    >>> bare("SDN/REB"), bare("HAMAS")
    ('SDN', 'HAMAS')
    """
    return code.split("/")[0]


def is_state(code: str) -> bool:
    """Tell whether a code is that of a state (three letters that the state file holds)."""
    return code in _states()


@cache
def _states() -> frozenset[str]:
    return frozenset(entry.code for entries in knowledge().names.values() for entry in entries if entry.kind == "state")


def iso_day(on: date | str | None) -> str | None:
    """Give a date as an ISO day, month or year; raises UsageError for text that is none."""
    if on is None:
        return None
    if isinstance(on, date):
        return on.isoformat()[:10]
    text = on.strip()
    if _ISO.fullmatch(text):
        parts = [int(part) for part in text.split("-")]
        try:
            date(*[*parts, 1, 1][:3])
        except ValueError:
            pass
        else:
            return text
    raise UsageError(f"date {on!r}: write it as 2025-02-25, 2025-02 or 2025")


def resolve(name: str, on: date | str | None = None) -> Actor | None:
    """Give the actor that a name meant on a date, or None where it meant none.

    `name` may be a state, capital, seat, organisation, group, person, or a title with a name or
    nationality ("Russian Foreign Minister Lavrov"). `on` is a date or ISO text; without it the
    latest meaning counts. A person out of office on that day is nobody's voice: None.
    """
    day = iso_day(on)
    known = knowledge()
    words = [word for word, _, _ in words_of(name.strip())]
    if words and words[0].lower() == "the" and " ".join(words) not in known.names:
        words = words[1:]
    if not words:
        return None
    entries = known.names.get(" ".join(words), ())
    if not entries and name.isupper():
        entries = known.names.get(" ".join(word.capitalize() for word in words), ())
    chosen = choose(entries, day)
    if chosen is not None:
        return _actor(chosen)
    return None if entries else _from_parts(words, day, known)


def meanings(name: str) -> tuple[Entry, ...]:
    """Give every meaning that the actor files hold for a name, whatever the date, newest first."""
    words = [word for word, _, _ in words_of(name.strip())]
    if words and words[0].lower() == "the":
        words = words[1:]
    found = knowledge().names.get(" ".join(words), ())
    return tuple(sorted(found, key=lambda entry: (entry.valid_from, entry.code), reverse=True))


def choose(entries: tuple[Entry, ...], day: str | None) -> Entry | None:
    """Give the likeliest of several meanings on a day: by kind, office, then the latest term."""
    current = [entry for entry in entries if entry.covers(day)]
    if not current:
        return None
    latest = sorted(current, key=lambda entry: entry.valid_from, reverse=True)
    return min(latest, key=lambda entry: (rank(entry), bool(day is None and entry.valid_to)))


def _from_parts(words: list[str], day: str | None, known: Knowledge) -> Actor | None:
    """ "French President Macron", "Iranian rebels": a name inside, the rest being role words."""
    role = ""
    found: list[Entry] = []
    place = 0
    while place < len(words):
        for parts, name in known.by_first_word.get(words[place], ()):
            if tuple(words[place : place + len(parts)]) == parts:
                entry = choose(known.names[name], day)
                if entry is not None:
                    found.append(entry)
                    place += len(parts)
                    break
        else:
            lemma = words[place].lower()
            singular = lemma[:-3] + "y" if lemma.endswith("ies") else lemma.removesuffix("s")
            noun = known.roles.get(lemma) or known.roles.get(singular)
            if noun is not None:
                role = noun.role
            elif lemma not in name_words().titles and lemma not in {"of", "the", "in", "for", "and", "s", "'", "-"}:
                if not (words[place][0].isupper() and found):
                    return None
            place += 1
    if not found or (not role and len(found) == 1 and found[0].kind in {"adjective"}):
        return None
    bodies = [entry for entry in found if entry.kind in {"group", "organisation"}]
    first = bodies[-1] if bodies else min(found, key=rank)
    return _actor(first, role or first.role)


def _actor(entry: Entry, role: str | None = None) -> Actor:
    role = entry.role if role is None else role
    return Actor(
        actor_code(entry.code, role), entry.name, role, entry.kind, entry.detail, entry.valid_from, entry.valid_to
    )
