"""What happened, as four columns of numbers: who did what to whom on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from communique.errors import MissingInput, UnreadableInput

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

SPLITS = ("train", "valid", "test")


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in both directions, in the order of their days.

    Each fact stands twice: as (source, relation, target) and as (target, relation + relations, source), so that both
    questions, whom and by whom, are one: (entity, relation, ?). `day` counts steps of `hours_a_day` hours from time 0.
    `entity_names` and `relation_names` may be empty where no names are known; they have one name a number otherwise.
    """

    entity: Integers
    relation: Integers
    other: Integers
    day: Integers
    entities: int
    relations: int
    hours_a_day: int = 24
    entity_names: tuple[str, ...] = ()
    relation_names: tuple[str, ...] = ()

    @property
    def directed_relations(self) -> int:
        """Give the number of relations with both directions counted."""
        return 2 * self.relations

    def until(self, day: int) -> Facts:
        """Give the facts of the days before `day`: all that may be known that morning."""
        return self._at(self.day < day)

    def on(self, day: int) -> Facts:
        """Give the facts of one day."""
        return self._at(self.day == day)

    def _at(self, chosen: NDArray[np.bool_]) -> Facts:
        return replace(
            self,
            entity=self.entity[chosen],
            relation=self.relation[chosen],
            other=self.other[chosen],
            day=self.day[chosen],
        )

    def relation_word(self, relation: int) -> str:
        """Give a directed relation in words: its name, with "by" where the asked one is the source."""
        plain = relation % self.relations
        name = self.relation_names[plain] if self.relation_names else f"relation {plain}"
        return name if relation < self.relations else f"{name} (by)"

    def entity_word(self, entity: int) -> str:
        """Give an entity's name, or its number where names are not known."""
        return self.entity_names[entity] if self.entity_names else f"entity {entity}"


def both_directions(
    quads: Integers,
    entities: int,
    relations: int,
    *,
    hours_a_day: int = 24,
    entity_names: tuple[str, ...] = (),
    relation_names: tuple[str, ...] = (),
) -> Facts:
    """Make Facts of rows (source, relation, target, hours); a row given twice is one fact."""
    quads = np.unique(np.asarray(quads, dtype=np.int64).reshape(-1, 4), axis=0)
    source, relation, target, hours = quads.T
    day = hours // hours_a_day
    rows = np.concatenate(
        [np.stack([day, source, relation, target]), np.stack([day, target, relation + relations, source])], axis=1
    )
    rows = rows[:, np.lexsort(rows[::-1])]
    return Facts(rows[1], rows[2], rows[3], rows[0], entities, relations, hours_a_day, entity_names, relation_names)


def read_folder(folder: Path, splits: tuple[str, ...] = SPLITS) -> dict[str, Integers]:
    """Read the splits that are there: rows of source, relation, target, hours; further columns are dropped.

    Raises MissingInput without the folder or its train.txt, UnreadableInput where a row is not of whole numbers.
    """
    found: dict[str, Integers] = {}
    for split in splits:
        path = folder / f"{split}.txt"
        if not path.exists():
            if split == "train":
                raise MissingInput(f"{path}: there is no such file; give a folder with train.txt and stat.txt")
            continue
        try:
            rows = np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
        except ValueError as error:
            raise UnreadableInput(f"{path}: a row is not four whole numbers: {error}") from error
        found[split] = np.unique(rows, axis=0)
    return found


def read_counts(folder: Path) -> tuple[int, int]:
    """Read the numbers of entities and relations from stat.txt; MissingInput or UnreadableInput without them."""
    path = folder / "stat.txt"
    if not path.exists():
        raise MissingInput(f"{path}: there is no such file; write the numbers of entities and relations into it")
    words = path.read_text(encoding="utf-8").split()
    if len(words) < 2 or not all(word.isdigit() for word in words[:2]):
        raise UnreadableInput(f"{path}: wants two whole numbers, of entities and of relations")
    return int(words[0]), int(words[1])


def read_names(path: Path, count: int) -> tuple[str, ...]:
    """Read names from rows of name and number, tab between; none where the file is not there.

    Raises UnreadableInput where a row has no number, or one that is too large.
    """
    if not path.exists():
        return ()
    names = [f"{number}" for number in range(count)]
    for line_number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        name, _, number = line.rpartition("\t")
        if not number.strip().isdigit() or int(number) >= count:
            raise UnreadableInput(f"{path}, line {line_number}: wants a name, a tab and a number below {count}")
        names[int(number)] = name
    return tuple(names)


def hours_between_days(quads: Integers) -> int:
    """Give the length of a step: the greatest common divisor of all times, in hours (24 for daily data)."""
    step = int(np.gcd.reduce(quads[:, 3])) if len(quads) else 0
    return step or 24
