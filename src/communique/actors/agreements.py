"""Known treaties and deals: who is party, since when, until when; and their names in a text.

Reads `data/agreements.csv` (docs/actor-data.md describes its columns).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.actors.knowledge import words_of
from communique.word_files import read_table


@dataclass(frozen=True, slots=True)
class Agreement:
    """One known agreement. `code` is its short name; days are ISO as fine as known, "" where open or unknown."""

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
            row["signed"], row["in_force"], row["ended"], row["question"], row["note"],
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


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
