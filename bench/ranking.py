"""Rank who is next over a folder of facts: `python bench/ranking.py DIR --split valid -o preds.npz`.

DIR holds stat.txt (numbers of entities and relations), train.txt, valid.txt and perhaps test.txt, rows of source, relation,
target, hours, and perhaps entity2id.txt and relation2id.txt. Learns from the days before the split (with --split test, train
and valid are history) and scores every question of the split in both directions, single-step: facts before a question's
day are known, those of the day and after it are not. Writes `query`, `indptr`, `indices`, `data` (scores above zero; all
others share the fill, zero). With --without FAMILY (again and again) the model is learned without these features; --only
keeps nothing but the named. --days N scores the first N days of the split only, for a quick check. --explain N asks the last
N questions anew for the day after the split, with reasons and precedents, --model keeps what was learned.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from communique.errors import UsageError
from communique.outlook.ranking.facts import (
    SPLITS,
    Facts,
    both_directions,
    hours_between_days,
    read_counts,
    read_folder,
    read_names,
)
from communique.outlook.ranking.features import FAMILIES, NAMES, features_of
from communique.outlook.ranking.learned import Learned, after_last
from communique.outlook.ranking.model import (
    LEARNED_DAYS,
    LOWEST,
    ROUNDS,
    Lesson,
    RankingModel,
    learn,
    lesson_of,
    ranking_scores,
)
from communique.outlook.ranking.questions import Questions
from communique.outlook.ranking.rank import rank
from communique.outlook.ranking.replay import mornings
from score import load_scorer


@dataclass(frozen=True)
class Task:
    """The history and the split, as one row of facts; the split's first and last day."""

    facts: Facts
    first: int
    last: int


def read_task(folder: Path, split: str, days: int | None = None) -> Task:
    """Read the split and all before it; only its first days where a number of `days` is given."""
    wanted = SPLITS[: SPLITS.index(split) + 1]
    found = read_folder(folder, wanted)
    if split not in found:
        raise UsageError(f"{folder}: there is no {split}.txt; name a split that is there")
    quads = np.concatenate(list(found.values()))
    step = hours_between_days(quads)
    entities, relations = read_counts(folder)
    facts = both_directions(
        quads,
        entities,
        relations,
        hours_a_day=step,
        entity_names=read_names(folder / "entity2id.txt", entities),
        relation_names=read_names(folder / "relation2id.txt", relations),
    )
    times = found[split][:, 3] // step
    first, last = int(times.min()), int(times.max())
    return Task(facts, first, last if days is None else min(last, first + days - 1))


@dataclass(frozen=True)
class Ran:
    """The answers as they are scored, and what they were given by: the trees, and the last morning."""

    found: dict[str, np.ndarray]
    model: RankingModel
    last: Questions

    def learned(self, task: Task) -> Learned:
        return after_last(task.facts.until(task.last + 1), task.last + 1, self.model, self.last)


def run(task: Task, names: list[str], threads: int, rounds: int, days: int) -> Ran:
    """Walk through history once: collect lessons before the split, learn at its first morning, score from there on."""
    lessons: list[Lesson] = []
    model: RankingModel | None = None
    query, lengths, indices, data = [], [], [], []
    for questions in mornings(task.facts, max(1, task.first - days), task.last):
        table = features_of(questions)
        day = questions.ledger.day
        if day < task.first:
            lesson = lesson_of(questions, table)
            lessons += [lesson] if lesson is not None else []
            continue
        if model is None:
            model = learn(lessons, names=names, threads=threads, rounds=rounds)
            lessons.clear()
        scores = ranking_scores(model, questions, table, threads)
        hours = np.full(len(questions.asked), day * task.facts.hours_a_day)
        query.append(np.column_stack([questions.asked, hours]))
        lengths.append(np.bincount(questions.question, minlength=len(questions.asked)))
        indices.append(questions.candidate)
        # Above zero, the score of all who are no candidates; the order is kept.
        data.append(scores.astype(np.float64) + 2 * LOWEST + 1e3)
    if model is None:
        raise UsageError("the split has no facts")
    answers = {
        "query": np.concatenate(query),
        "indptr": np.concatenate([[0], np.cumsum(np.concatenate(lengths))]),
        "indices": np.concatenate(indices),
        "data": np.concatenate(data),
    }
    return Ran(answers, model, questions)


def explain(task: Task, learned: Learned, query: np.ndarray, number: int) -> None:
    """Print the last questions, asked anew for the day after the split: the five likeliest, why, and what had happened."""
    facts = task.facts
    for entity, directed, _ in query[len(query) - number :].tolist():
        asked = {"source": entity} if directed < facts.relations else {"target": entity}
        day = learned.day
        print(f"\nday {day}: {facts.entity_word(entity)} · {facts.relation_word(directed)} · ?")
        for ranked in rank(facts, learned, day, directed % facts.relations, most=5, reasons=3, **asked):
            print(f"  {ranked.place}. {facts.entity_word(ranked.candidate)} ({ranked.score:.2f})")
            for reason in ranked.reasons:
                print(f"       {reason.adds:+.2f}  {reason.words} = {reason.value:.3g}")
            for past in ranked.precedents[:3]:
                print(f"       day {past.day}: {facts.relation_word(past.relation)}")
            for rule in ranked.rules[:2]:
                print(f"       after {facts.relation_word(rule.before)} it came {rule.held:.1f} in {rule.cases:.1f}")


# What the gate measures in a minute; its figure lies a little below that of all days, learned from ninety.
QUICK_DAYS, QUICK_LEARNED_DAYS, QUICK_ROUNDS = 10, 30, 150


def figures(cases: Path) -> dict[str, float]:
    """Give the gate's figure: mean reciprocal rank on the first days of valid; none where ICEWS 2014 is not there."""
    folder, tool = cases / "icews14", cases.parent / "tools" / "score_links.py"
    if not folder.is_dir() or not tool.is_file():
        print("ranking: skipped, for ICEWS 2014 and its scorer are not on this machine")
        return {}
    scorer = load_scorer(tool)
    ran = run(read_task(folder, "valid", QUICK_DAYS), list(NAMES), 1, QUICK_ROUNDS, QUICK_LEARNED_DAYS)
    entities, _, splits = scorer.load_dir(folder)
    relations = int((folder / "stat.txt").read_text(encoding="utf-8").split()[1])
    asked = splits["valid"][np.isin(splits["valid"][:, 3], np.unique(ran.found["query"][:, 2]))]
    with tempfile.TemporaryDirectory() as place:
        np.savez(Path(place) / "found.npz", **ran.found)
        scores, _, _ = scorer.evaluate_npz(asked, entities, relations, Path(place) / "found.npz")
    print(
        f"ranking: MRR {scores['all']['MRR']:.4f} on {scores['all']['n']} questions, coverage {scores['coverage']:.2f}"
    )
    return {"ranking: MRR of ten days": float(scores["all"]["MRR"])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="valid", choices=SPLITS[1:])
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--without", action="append", default=[], choices=sorted(FAMILIES), metavar="FAMILY")
    parser.add_argument("--only", action="append", default=[], choices=sorted(FAMILIES), metavar="FAMILY")
    parser.add_argument("--threads", type=int, default=1, help="for the trees; two pay on an idle machine only")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--learned-days", type=int, default=LEARNED_DAYS, help="days learned from")
    parser.add_argument("--days", type=int, metavar="N", help="only the first N days of the split; else all of it")
    parser.add_argument("--explain", type=int, default=0, metavar="N")
    parser.add_argument("--model", type=Path, help="folder to keep what was learned in")
    arguments = parser.parse_args()
    start = time.perf_counter()
    task = read_task(arguments.folder, arguments.split, arguments.days)
    families = [name for name in FAMILIES if name not in arguments.without and name in (arguments.only or FAMILIES)]
    names = [name for name in NAMES if any(name in FAMILIES[family][1] for family in families)]
    ran = run(task, names, arguments.threads, arguments.rounds, arguments.learned_days)
    np.savez_compressed(arguments.output, **ran.found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{len(ran.found['query'])} questions, {time.perf_counter() - start:.0f} s,"
        f" {time.process_time():.0f} s of processor, {peak:.2f} GB"
    )
    if arguments.model or arguments.explain:
        learned = ran.learned(task)
        if arguments.model:
            learned.save(arguments.model)
        explain(task, learned, ran.found["query"], arguments.explain)


if __name__ == "__main__":
    main()
