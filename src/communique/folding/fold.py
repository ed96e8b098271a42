"""The same act told by many reports, folded: tellings and decisions in, groups of event ids out.

A pure function of its arguments, in any order. `fold_events` takes all tellings; `fold_new` finds, from a few new
ones, the part of all others whose groups they may change, and gives the same groups for that part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from communique.folding.grouping import Bonds, Pair, groups_of, ordered
from communique.folding.pairs import apart, score
from communique.folding.rules import rules
from communique.folding.tellings import Decision, Telling
from communique.folding.traces import Trace, trace

# Two actors, or one actor and "".
Key = tuple[str, str]


def fold_events(tellings: Sequence[Telling], decisions: Sequence[Decision] = ()) -> tuple[tuple[str, ...], ...]:
    """Part tellings into acts: groups of event ids, each sorted, sorted by their first; every id in one group.

    Events of one report stay apart, unless a decision puts them together. Decisions on events that are not among
    `tellings` are passed over.

    Raises UsageError where decisions contradict one another.
    """
    report_of = {telling.event_id: telling.report_id for telling in tellings}
    heard = [decision for decision in decisions if decision.left in report_of and decision.right in report_of]
    traces = [found for telling in tellings if (found := trace(telling)) is not None]
    scores = dict(_scores(traces))
    return tuple(groups_of(report_of, scores, Bonds(heard), apart()))


def fold_new(
    new: Sequence[Telling], neighbours: Callable[[Telling], Iterable[Telling]], decisions: Sequence[Decision] = ()
) -> tuple[tuple[str, ...], ...]:
    """Fold new tellings into those that are there: the groups of all events that the new ones may touch.

    `neighbours` gives, for a telling, the tellings that are there and share two bare actors with it (or its one),
    and whose `days_of` come within `fresh_days` of its own, and those that a decision puts together with it; more
    of them do no harm. It is also asked about what it gave, as long as that looks like the same act. All events
    outside the groups given keep theirs.
    """
    known = {telling.event_id: telling for telling in new}
    decided: dict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        if not decision.same:
            continue
        decided[decision.left].add(decision.right)
        decided[decision.right].add(decision.left)
    waiting = sorted(known)
    traces: dict[str, Trace | None] = {}

    def traced(telling: Telling) -> Trace | None:
        if telling.event_id not in traces:
            traces[telling.event_id] = trace(telling)
        return traces[telling.event_id]

    while waiting:
        telling = known[waiting.pop()]
        here = traced(telling)
        for other in neighbours(telling):
            if other.event_id in known:
                continue
            linked = other.event_id in decided[telling.event_id]
            if not linked and here is not None and (there := traced(other)) is not None:
                linked = (score(here, there) or 0) > 0
            if linked:
                known[other.event_id] = other
                waiting.append(other.event_id)
    return fold_events(list(known.values()), decisions)


def _scores(traces: Sequence[Trace]) -> Iterator[tuple[Pair, int]]:
    """The pairs that could be one act, each once, with its score.

    Copies of a story differ in nothing but their names, so that what is known of two of them is known of all.
    """
    blocks: dict[Key, list[Trace]] = defaultdict(list)
    forms: dict[Trace, int] = {}
    form_of: dict[str, int] = {}
    for one in traces:
        form_of[one.event_id] = forms.setdefault(replace(one, event_id="", report_id=""), len(forms))
        for key in _keys(one):
            blocks[key].append(one)
    many = {form for form, number in Counter(form_of.values()).items() if number > 1}
    known: dict[tuple[int, int], int | None] = {}
    done: set[Pair] = set()
    for key in sorted(blocks):
        for left, right in _meeting(blocks[key], between_sides=bool(key[1])):
            pair = ordered(left.event_id, right.event_id)
            if pair in done or left.report_id == right.report_id:
                continue
            done.add(pair)
            form = form_of[left.event_id], form_of[right.event_id]
            if form in known:
                value = known[form]
            else:
                value = score(left, right)
                if many.intersection(form):
                    known[form] = known[form[1], form[0]] = value
            if value is not None:
                yield pair, value


def _keys(one: Trace) -> list[Key]:
    """The blocks that a telling stands in: one for each two who take part, one for each who acts."""
    parties = sorted(one.parties)
    pairs = [(left, right) for number, left in enumerate(parties) for right in parties[number + 1 :]]
    return pairs + [(party, "") for party in sorted(one.source)]


def _meeting(block: list[Trace], between_sides: bool) -> Iterator[tuple[Trace, Trace]]:
    """The pairs of a block whose days meet, swept in the order of their first days.

    In the block of one actor only pairs are given of which one telling names no second actor: the others meet in
    the blocks of two.
    """
    slack = max(rules().clock_days, rules().fresh_days)
    likes = rules().like_types
    running: dict[tuple[str, bool], list[Trace]] = defaultdict(list)
    for one in sorted(block, key=lambda other: (other.span.first, other.event_id)):
        alone = len(one.parties) == 1
        for kind in likes[one.type]:
            for lone in (True, False) if between_sides or alone else (True,):
                still = [other for other in running[kind, lone] if other.span.last + slack >= one.span.first]
                running[kind, lone] = still
                for other in still:
                    yield other, one
        running[one.type, alone].append(one)
