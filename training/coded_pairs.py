"""Marked sentences out of our own coded reports: which pairs of actors are joined by an act, and by which.

Every two actors that a sentence of tests/coding names are a pair; it has the type of the coded line
with these sides, and NONE where no line has them. This is what the classifier meets at work: mostly
pairs that nothing joins. Pairs that more than one sentence of a report names are left out, for the
lines do not say which of them tells the act.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import yaml

from examples import Example

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import communique  # noqa: E402
from communique.coding.classifier.marking import marked  # noqa: E402
from communique.coding.party import Party  # noqa: E402
from communique.coding.proposals import mentions  # noqa: E402
from communique.coding.roles import Roles  # noqa: E402
from communique.pipeline import ReadReport, read_reports_fully  # noqa: E402
from communique.records import Sentence  # noqa: E402
from sentences import Coded, coded, parties  # noqa: E402

# The other tables (regions_*, styles_wire) are kept for the weights, the unseen_* ones for measuring.
TABLES = (
    "sentences/*.yaml", "reports/features.yaml", "reports/officials.yaml", "reports/plain_*.yaml", "reports/wire.yaml",
)  # fmt: skip
Pair = tuple[Sentence, Party, Party]


def coded_pairs() -> Iterator[Example]:
    """The examples, in the order of files, reports, sentences and words."""
    for pattern in TABLES:
        for path in sorted((ROOT / "tests" / "coding").glob(pattern)):
            rows = yaml.safe_load(path.read_text(encoding="utf-8"))
            reports = [
                communique.make_report(row["text"], row.get("published"), row.get("title"), f"{path.stem}-{number}")
                for number, row in enumerate(rows)
            ]
            for row, done in zip(rows, read_reports_fully(reports), strict=True):
                yield from _of_report(done, [coded(line) for line in row["events"]], path.stem)


def _of_report(done: ReadReport, lines: Sequence[Coded], origin: str) -> Iterator[Example]:
    pairs = [pair for sentence in done.sentences for pair in _pairs(sentence, Roles(sentence, done.discourse))]
    times = Counter(frozenset((parties(s.codes), parties(t.codes))) for _, s, t in pairs)
    for sentence, source, target in pairs:
        own, other = parties(source.codes), parties(target.codes)
        if times[frozenset((own, other))] > 2:
            continue
        met = [line for line in lines if _joins(line, own, other)]
        if len({line.types[0] for line in met}) > 1 or any(line.optional for line in met):
            continue
        types = met[0].types if met else ("NONE",)
        text = marked(sentence, source.heads, target.heads, source.heads[0])
        if text.count("<s>") == text.count("<t>") == 1:
            yield Example(text, types, met[0].status if met else None, origin)


def _pairs(sentence: Sentence, roles: Roles) -> Iterator[Pair]:
    for source, target in permutations(mentions(roles), 2):
        if not parties(source.codes) & parties(target.codes) and not set(source.heads) & set(target.heads):
            yield sentence, source, target


def _joins(line: Coded, source: frozenset[str], target: frozenset[str]) -> bool:
    if not line.target and len(line.source) > 1:
        return bool(source & line.source) and bool(target & line.source)
    return bool(source & line.source) and bool(target & line.target)
