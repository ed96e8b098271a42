"""Scores of pairs → groups: components of like pairs, inside them the mean score, and a person's word above all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy

from communique.errors import UsageError
from communique.folding.tellings import Decision

Pair = tuple[str, str]


class Bonds:
    """A person's decisions among some events: who must be together, who apart."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.together: set[Pair] = set()
        self.apart: set[Pair] = set()
        for decision in decisions:
            pair = ordered(decision.left, decision.right)
            (self.together if decision.same else self.apart).add(pair)
        self._check()

    def _check(self) -> None:
        """Refuse what cannot be: two events apart that decisions put together."""
        names = sorted({name for pair in self.together | self.apart for name in pair})
        home = {name: group[0] for group in components(names, self.together) for name in group}
        for left, right in sorted(self.apart):
            if home[left] == home[right]:
                raise UsageError(
                    f"events {left} and {right} are decided to be two acts, and by other decisions one; take one back"
                )


def ordered(left: str, right: str) -> Pair:
    """Give a pair in the order of its names."""
    return (left, right) if left < right else (right, left)


def components(names: Sequence[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Give the connected parts of a graph, each sorted, in the order of their first names."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for left, right in pairs:
        one, other = ordered(root(left), root(right))
        parent[other] = one
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        found[root(name)].append(name)
    return sorted(found.values())


def groups_of(
    report_of: Mapping[str, str], scores: Mapping[Pair, int], bonds: Bonds, apart: int
) -> list[tuple[str, ...]]:
    """Part events into groups, each sorted, sorted by their first.

    `report_of` maps all event ids to their reports; `scores` holds the pairs that could be one act, in
    thousandths; any other pair counts `apart`.
    """
    links = {pair for pair, value in scores.items() if value > 0} | bonds.together
    found: list[tuple[str, ...]] = []
    for names in components(list(report_of), links):
        if len(names) == 1:
            found.append((names[0],))
        else:
            found += _cut(names, report_of, scores, bonds, apart)
    return sorted(found)


def _cut(
    names: list[str], report_of: Mapping[str, str], scores: Mapping[Pair, int], bonds: Bonds, apart: int
) -> list[tuple[str, ...]]:
    """Join the most alike groups first, as long as their events are alike in the mean."""
    place = {name: number for number, name in enumerate(names)}
    total = numpy.full((len(names), len(names)), apart, dtype=numpy.int64)
    barred = numpy.eye(len(names), dtype=bool)
    by_report: dict[str, list[int]] = defaultdict(list)
    for name in names:
        by_report[report_of[name]].append(place[name])
    for places in by_report.values():
        barred[numpy.ix_(places, places)] = True
    for number, left in enumerate(names):
        for right in names[number + 1 :]:
            value = scores.get((left, right))
            if value is not None:
                total[number, place[right]] = total[place[right], number] = value
    for left, right in bonds.apart:
        if left in place and right in place:
            barred[place[left], place[right]] = barred[place[right], place[left]] = True
    table = _Table(total, barred)
    for group in components(names, [pair for pair in bonds.together if pair[0] in place]):
        for name in group[1:]:
            table.join(place[group[0]], place[name])
    return [tuple(names[number] for number in sorted(group)) for group in table.joined()]


class _Table:
    """Groups of events by number, and the sums of the scores between them; a group goes by its least number."""

    def __init__(self, total: numpy.ndarray, barred: numpy.ndarray) -> None:
        self.total = total
        self.barred = barred
        self.sizes = numpy.ones(len(total), dtype=numpy.int64)
        self.members: dict[int, list[int]] = {number: [number] for number in range(len(total))}

    def join(self, one: int, other: int) -> None:
        """Put the group of `other` into that of `one`, which must be the lesser."""
        for table in (self.total, self.barred):
            table[one, :] = table[one, :] + table[other, :]
            table[:, one] = table[one, :]
        self.barred[other, :] = self.barred[:, other] = True
        self.sizes[one] += self.sizes[other]
        self.members[one] += self.members.pop(other)

    def joined(self) -> list[list[int]]:
        """Join what is alike in the mean, the most alike first (of equals, the least numbers), and give the groups.

        Only the rows that a join changes are looked at again, so that a story printed a thousand times is no matter.
        """
        means = self.total / numpy.outer(self.sizes, self.sizes)
        means[self.barred] = -numpy.inf
        partner = means.argmax(axis=1)
        best = means.max(axis=1)
        while True:
            one = int(best.argmax())
            if best[one] <= 0:
                return list(self.members.values())
            one, other = sorted((one, int(partner[one])))
            self.join(one, other)
            row = self.total[one] / (self.sizes * self.sizes[one])
            row[self.barred[one]] = -numpy.inf
            means[one, :] = means[:, one] = row
            means[other, :] = means[:, other] = -numpy.inf
            changed = (partner == one) | (partner == other) | (row >= best)
            changed[[one, other]] = True
            rows = numpy.flatnonzero(changed)
            partner[rows] = means[rows].argmax(axis=1)
            best[rows] = means[rows].max(axis=1)
