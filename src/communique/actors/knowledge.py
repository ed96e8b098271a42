"""The actor files as one read-only index: which names there are, and whom each meant when.

Loads every CSV under `data/` (docs/actor-data.md describes them). Nothing here reads a report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from communique.word_files import read_table

ENDINGS = frozenset(
    {"Party", "Movement", "Front", "Army", "Agency", "Court", "Forces", "Force", "Council", "Government"}
)
# Acronyms spoken as words, which British papers write as names: "Nato", "Farc".
_PRONOUNCED = re.compile(r"(?=[A-Z]*[AEIOU])[A-Z]{4,8}")
LAST_YEAR = "2026"
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s?[A-Z])|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of one name.

    `kind` is state, adjective, demonym, capital, seat, place, organisation, group, person or
    agreement (its `code` then lists those who are each other's counterparts in it, by `;`).
    `valid_from` and `valid_to` are ISO dates as fine as known, "" where open.
    """

    name: str
    code: str
    kind: str
    role: str
    valid_from: str
    valid_to: str
    detail: str
    full_name: bool = True
    whole: str = ""

    def covers(self, day: str | None) -> bool:
        """Tell whether the meaning held on an ISO day (always, where no day is given)."""
        if day is None:
            return True
        if self.valid_from and day[: len(self.valid_from)] < self.valid_from:
            return False
        return not self.valid_to or day[: len(self.valid_to)] <= self.valid_to

    def ended_before(self, day: str | None) -> bool:
        """Tell whether the meaning was over by an ISO day."""
        return day is not None and bool(self.valid_to) and day[: len(self.valid_to)] > self.valid_to


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun that says what part of a country acts: its role, its kind, whether it is its voice."""

    word: str
    role: str
    kind: str
    leader: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All actor files: names → meanings, role nouns, members of organisations."""

    names: dict[str, tuple[Entry, ...]]
    by_first_word: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    roles: dict[str, RoleNoun]
    members: dict[str, tuple[str, ...]]
    expanding: frozenset[str]
    tenure: dict[tuple[str, str], int]


def plain(text: str) -> str:
    """Give `text` without accents and with straight quotes, so that spellings meet."""
    text = text.replace("’", "'").replace("‘", "'").replace("‑", "-").replace("–", "-")
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Cut a text into (word, start, end); "U.S." is one word, "US"; "al-Qaeda" is three."""
    return [
        (plain(match.group()).replace(".", "") or match.group(), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _state_entries(folder: Traversable) -> list[Entry]:
    entries = []
    for row in read_table(folder / "states.csv"):
        span = (row["valid_from"], row["valid_to"], row["status"])
        names = [row["name"], row["long_name"], *_list(row["other_names"])]
        for kind, found in (
            ("state", names),
            ("adjective", _list(row["adjectives"])),
            ("demonym", _list(row["demonyms"])),
            ("capital", _list(row["capitals"])),
            ("seat", _list(row["seats"])),
        ):
            entries += [Entry(name, row["code"], kind, "GOV" if kind == "seat" else "", *span) for name in found]
    return entries


def _body_entries(folder: Traversable, organisations: list[dict[str, str]]) -> list[Entry]:
    entries = []
    for row in read_table(folder / "places.csv"):
        entries += [
            Entry(name, row["country"], "place", "", "", "", row["kind"])
            for name in [row["name"], *_list(row["aliases"])]
        ]
    for row in organisations:
        names = [row["name"], row["code"], *_list(row["aliases"])]
        entries += [
            Entry(name, row["code"], "organisation", "", row["valid_from"], row["valid_to"], row["note"])
            for name in names
        ]
    for row in read_table(folder / "agreements.csv"):
        if row["kind"] == "resolution":
            continue  # it names the body that passed it
        names = [row["name"], *_list(row["aliases"])]
        codes = row["principals"] or row["parties"]
        entries += [Entry(name, codes, "agreement", "", row["signed"], "", row["ended"]) for name in names]
    for row in read_table(folder / "groups.csv"):
        names = [row["name"], *_list(row["aliases"])]
        entries += [
            Entry(name, row["code"], "group", row["role"], row["valid_from"], row["valid_to"], row["country"])
            for name in names
        ]
    return entries


def _person_entries(folder: Traversable) -> list[Entry]:
    entries = []
    for path in sorted((folder / "office_holders").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".csv"):
            continue
        for row in read_table(path):
            span = (row["from"], row["to"], row["office"])
            code = row["actor"]
            names = [row["person"], *_list(row["aliases"])]
            surnames = {name.split()[-1] for name in names if " " in name and len(name.split()[-1]) > 2}
            for name in names:
                entries.append(
                    Entry(name, code, "person", row["role"], *span, full_name=" " in name, whole=row["person"])
                )
            for surname in sorted(surnames - set(names)):
                entries.append(Entry(surname, code, "person", row["role"], *span, full_name=False, whole=row["person"]))
    return entries


@cache
def knowledge() -> Knowledge:
    """Give the index over all actor files, loaded once a process.

    Raises KnowledgeError where a file breaks its own rules, naming file and line.
    """
    folder = files("communique.actors") / "data"
    organisations = read_table(folder / "organisations.csv")
    names: dict[str, list[Entry]] = {}
    entries = [*_state_entries(folder), *_body_entries(folder, organisations), *_person_entries(folder)]
    entries += [replace(entry, name=lower) for entry in entries if (lower := _lower_ending(entry.name))]
    entries += [
        replace(entry, name=entry.name.capitalize())
        for entry in entries
        if entry.kind in {"organisation", "group"} and _PRONOUNCED.fullmatch(entry.name)
    ]
    for entry in entries:
        key = " ".join(word for word, _, _ in words_of(entry.name))
        if key:
            names.setdefault(key, []).append(entry)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in names:
        parts = tuple(key.split(" "))
        by_first.setdefault(parts[0], []).append((parts, key))
    roles = {
        row["word"]: RoleNoun(row["word"], row["role"], row["kind"], "leader" in row["note"], _code_in(row["note"]))
        for row in read_table(folder / "roles.csv")
    }
    members = {row["code"]: tuple(_list(row["members"])) for row in organisations}
    return Knowledge(
        {key: tuple(found) for key, found in names.items()},
        {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in by_first.items()},
        roles,
        members,
        frozenset(row["code"] for row in organisations if row["kind"] == "states"),
        _tenure(entries),
    )


def _lower_ending(name: str) -> str | None:
    """British papers write "the Labour party": names that end in a common noun are known both ways."""
    first, _, last = name.rpartition(" ")
    return f"{first} {last.lower()}" if first and last in ENDINGS else None


def _code_in(note: str) -> str:
    """The organisation that a role belongs to where nothing else is said: `of UN`."""
    return note.removeprefix("of ").strip() if note.startswith("of ") else ""


def _tenure(entries: list[Entry]) -> dict[tuple[str, str], int]:
    """Years in office by (name, code): of two namesakes without a date the longer one is likelier."""
    years: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind == "person" and entry.valid_from:
            last = int((entry.valid_to or LAST_YEAR)[:4])
            key = (entry.name, entry.code)
            years[key] = years.get(key, 0) + last - int(entry.valid_from[:4]) + 1
    return years
