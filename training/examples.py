"""What the classifier is trained on: our own marked sentences, and the PLV data where it is given."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "sentences"
# The PLV data does not tell giving way in words from giving way in deeds.
YIELD = ("CONCEDE", "RETREAT")


@dataclass
class Example:
    """One marked sentence; `types` are those that count as right, `status` is None where nobody coded it."""

    sentence: str
    types: tuple[str, ...]
    status: str | None
    origin: str
    ids: list[int] = field(default_factory=list)

    @property
    def label(self) -> str:
        return "YIELD" if self.types == YIELD else self.types[0]


def own_sentences(folder: Path = FOLDER) -> list[Example]:
    """The sentences written for communique, in the order of file names and lines."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                status = row["status"] if row["type"] != "NONE" else None
                found.append(Example(row["sentence"], (row["type"],), status, path.stem))
    return found


def plv_sentences(path: Path) -> list[Example]:
    """The PLV data (Hu et al., ACL 2024): columns marked_sentence and gold_root; no status, no NONE."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(
            row["marked_sentence"].strip('"'),
            YIELD if row["gold_root"] == "YIELD" else (row["gold_root"],),
            None,
            "plv",
        )
        for row in rows
    ]


def folds(examples: Iterable[Example], count: int) -> list[list[Example]]:
    """Deal examples into `count` parts of like make-up: class by class, in the order of their words."""
    parts: list[list[Example]] = [[] for _ in range(count)]
    for place, example in enumerate(sorted(examples, key=lambda example: (example.label, example.sentence))):
        parts[place % count].append(example)
    return parts
