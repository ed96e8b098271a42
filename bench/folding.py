"""Are acts folded rightly: `python bench/folding.py [--misses] [--speed N]`.

Reads the stories of tests/folding/stories with our own reader, folds all events of a file together, and looks at the
pairs of events whose act is labelled: a pair is right where both are of one act. An event gets the label of the act
whose words it stands on: its type is one of the act's, and its anchor meets the words, or stands in their sentence.
Prints pairwise precision, recall and F1 for the stories that thresholds were tuned on (dev) and those that they were
not (held_out, and late, which has longer sentences and was written last). With --misses every wrong pair; with --speed the seconds that N invented tellings take.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import communique
from communique.folding.fold import fold_events
from communique.folding.tellings import Telling
from communique.folding.wording import signature
from communique.pipeline import ReadReport, read_reports_fully
from communique.records import Event

STORIES = Path(__file__).resolve().parent.parent / "tests" / "folding" / "stories"
PARTS = ("dev", "held_out", "late")


class Act(NamedTuple):
    """The name of a labelled act: its story and its own."""

    story: str
    act: str


@dataclass(frozen=True)
class Told:
    """The tellings of a file of stories, and the act of each whose act is labelled."""

    reports: int
    tellings: tuple[Telling, ...]
    acts: dict[str, Act]
    unfound: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Counts of pairs of labelled events: rightly folded, wrongly folded, wrongly apart."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


def read_stories(path: Path) -> Told:
    """Read the reports of a file of stories, and lay its labels on the events."""
    stories = yaml.safe_load(path.read_text(encoding="utf-8"))
    reports = [
        communique.make_report(told["text"], told["published"], told.get("title"), f"{story['story']}/{name}")
        for story in stories
        for name, told in story["reports"].items()
    ]
    read = {done.report.report_id: done for done in read_reports_fully(reports)}
    acts: dict[str, Act] = {}
    unfound: list[str] = []
    for story in stories:
        for name in story["reports"]:
            done = read[f"{story['story']}/{name}"]
            found, missing = labelled(done, story, name)
            acts.update(found)
            unfound += [f"{done.report.report_id}: {act}" for act in missing]
    tellings = tuple(telling for done in read.values() for telling in tellings_of(done))
    return Told(len(reports), tellings, acts, tuple(unfound))


def tellings_of(done: ReadReport) -> Iterator[Telling]:
    """The tellings of one report."""
    sentences = {sentence.index: sentence.text for sentence in done.sentences}
    published = done.report.published.isoformat() if done.report.published else None
    signed = signature(done.report.text)
    for event in done.events:
        yield Telling(event, published, sentences[event.sentence], signed)


def labelled(done: ReadReport, story: dict[str, Any], name: str) -> tuple[dict[str, Act], list[str]]:
    """The acts of one report's events, by event id, and the acts that no event tells; the best fits first."""
    fits: list[tuple[int, int, str, Act]] = []
    wanted: list[Act] = []
    for row in story["acts"]:
        words = next((words for names, words in row["told"].items() if name in str(names).split()), None)
        if words is None:
            continue
        act = Act(story["story"], row["act"])
        wanted.append(act)
        for fragment in [words] if isinstance(words, str) else words:
            for event in done.events:
                if event.type in row["types"].split("/"):
                    fits += [(*fit, event.event_id, act) for fit in _fits(done, event, fragment)]
    acts: dict[str, Act] = {}
    for _, _, event_id, act in sorted(fits, key=lambda fit: (-fit[0], -fit[1], fit[2:])):
        if event_id not in acts and act not in acts.values():
            acts[event_id] = act
    return acts, [act.act for act in wanted if act not in acts.values()]


def _fits(done: ReadReport, event: Event, fragment: str) -> Iterator[tuple[int, int]]:
    """How well an event's anchors meet a fragment: (1, letters in common), or (0, −letters between) in its sentence."""
    for index, start, end in event.anchors:
        sentence = next(sentence for sentence in done.sentences if sentence.index == index)
        at = sentence.passage.find(fragment, sentence.start, sentence.end)
        if at >= 0:
            common = min(end, at + len(fragment)) - max(start, at)
            yield (1, common) if common > 0 else (0, common)


def pairs_of(told: Told, groups: tuple[tuple[str, ...], ...]) -> tuple[Figures, list[tuple[str, str]]]:
    """Compare groups with labels: the figures, and the wrong pairs (those wrongly folded and those missed)."""
    home = {event_id: number for number, group in enumerate(groups) for event_id in group}
    right, wrong, missed = 0, [], []
    for left, other in itertools.combinations(sorted(told.acts), 2):
        together, same = home[left] == home[other], told.acts[left] == told.acts[other]
        right += together and same
        if together and not same:
            wrong.append((left, other))
        if same and not together:
            missed.append((left, other))
    return Figures(right, len(wrong), len(missed)), [*wrong, *missed]


def show_misses(told: Told, wrong: list[tuple[str, str]]) -> None:
    by_id = {telling.event_id: telling for telling in told.tellings}
    for pair in wrong:
        same = told.acts[pair[0]] == told.acts[pair[1]]
        print("  missed" if same else "  wrongly folded")
        for event_id in pair:
            telling = by_id[event_id]
            event = telling.event
            sides = f"{'+'.join(event.source)} {event.type}/{event.mode} {'+'.join(event.target)}"
            print(f"    {telling.report_id} {sides} {event.date} «{event.anchor}» in: {telling.sentence_text}")
    for line in told.unfound:
        print(f"  no event for {line}")


def figures(misses: bool = False, parts: tuple[str, ...] = PARTS) -> dict[str, float]:
    """Measure and print; gives precision and recall of each part, by name."""
    found = {}
    print(f"{'stories':10} {'reports':>7} {'events':>7} {'pairs':>6} {'P':>6} {'R':>6} {'F1':>6}")
    for part in parts:
        told = read_stories(STORIES / f"{part}.yaml")
        result, wrong = pairs_of(told, fold_events(told.tellings))
        print(
            f"{part:10} {told.reports:7} {len(told.acts):7} {result.right + result.missed:6}"
            f" {result.precision:6.3f} {result.recall:6.3f} {result.f1:6.3f}"
        )
        if misses:
            show_misses(told, wrong)
        found[f"folding {part}: pairwise precision"] = result.precision
        found[f"folding {part}: pairwise recall"] = result.recall
    return found


def invented(number: int, seed: int = 4) -> list[Telling]:
    """Tellings as many as asked for, over two years: those of the stories moved to other days and other actors."""
    told = [telling for part in PARTS for telling in read_stories(STORIES / f"{part}.yaml").tellings]
    chance = random.Random(seed)
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_report[telling.report_id.split("/")[0]].append(telling)
    stories = [by_report[name] for name in sorted(by_report)]
    codes = sorted({code for telling in told for code in telling.event.source + telling.event.target})
    made: list[Telling] = []
    while len(made) < number:
        story = chance.choice(stories)
        # Squared, so that a few actors stand in most events, as they do in the news.
        actors = {code: codes[int(len(codes) * chance.random() ** 2)] for code in codes}
        days = timedelta(chance.randrange(730)) + (date(2022, 1, 1) - date.fromisoformat(str(story[0].published)))
        turn = len(made)
        made += [_moved(telling, actors, days, turn) for telling in story]
    return made[:number]


def _moved(telling: Telling, actors: dict[str, str], days: timedelta, turn: int) -> Telling:
    event = telling.event
    written = event.date
    if written is not None:
        day = date.fromisoformat((written + "-01-01")[:10]) + days
        written = day.isoformat()[: len(written)]
    moved = replace(
        event,
        event_id=f"{event.event_id}-{turn}",
        report_id=f"{event.report_id}-{turn}",
        source=tuple(actors[code] for code in event.source),
        target=tuple(actors[code] for code in event.target),
        date=written,
    )
    published = (date.fromisoformat(str(telling.published)) + days).isoformat()
    return replace(telling, event=moved, published=published)


def speed(number: int) -> float:
    """Print and give the seconds that folding so many invented tellings takes."""
    tellings = invented(number)
    start, start_used = time.perf_counter(), time.process_time()
    groups = fold_events(tellings)
    taken, used = time.perf_counter() - start, time.process_time() - start_used
    print(
        f"{number} tellings → {len(groups)} acts, the largest told {max(map(len, groups))} times,"
        f" in {taken:.1f} s ({used:.1f} s of one processor)"
    )
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="show every wrong pair")
    parser.add_argument("--part", choices=PARTS, action="append", help="only these stories")
    parser.add_argument("--speed", type=int, metavar="N", help="fold N invented tellings instead")
    options = parser.parse_args()
    if options.speed:
        speed(options.speed)
    else:
        figures(options.misses, tuple(options.part or PARTS))


if __name__ == "__main__":
    main()
