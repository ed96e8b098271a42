"""How sure an act is: what its frame, its sides and the classifier say, weighed into one probability.

The weights are fitted by `training/weigh.py` on our own coded reports and stand in
`classifier/data/weighing.json`; a confidence of 0.8 is meant to be right eight times in ten
(`bench/confidence.py` shows how far that holds).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from communique.coding.classifier.marking import marked
from communique.coding.classifier.model import DATA, NONE, Judgement, TypeModel
from communique.coding.draft import Discarded, Draft, anchor_span
from communique.coding.proposals import Proposal
from communique.coding.status import status_of
from communique.ontology.loader import ontology
from communique.records import Status

# An act less sure than this is not coded. One more act raises F1 as long as it is right more often than F1 / 2.
LEAST = {"plain": 0.2, "frame": 0.2, "proposal": 0.35, "completion": 0.33}
# From this confidence of its frame on an act with both sides named is plain.
PLAIN = 0.7
# A proposal that the classifier gives less than this is none.
LEAST_SEEN = 0.15
# Probabilities nearer to 0 or 1 than this say no more.
NEAR_NOTHING = 0.002


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic function of named features."""

    intercept: float
    slopes: dict[str, float]

    def probability(self, features: dict[str, float]) -> float:
        """Give the probability for the features; a feature without a slope counts nothing."""
        total = self.intercept + sum(self.slopes.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def weights(name: str, path: Path = DATA / "weighing.json") -> Weights:
    """Give the weights of one kind of act: "plain", "frame", "completion" or "proposal"."""
    raw = json.loads(path.read_text(encoding="utf-8"))[name]
    return Weights(raw["intercept"], raw["slopes"])


def judged(draft: Draft, model: TypeModel) -> Judgement:
    """Ask the classifier about a draft; of a reciprocal act the first two sides are marked."""
    source, target = draft.source.heads, draft.target.heads
    if draft.reciprocal and not target and len(source) > 1:
        source, target = source[:1], source[1:2]
    return model.judge(marked(draft.sentence, source, target, draft.act.trigger))


def is_plain(draft: Draft) -> bool:
    """Tell whether an act is so plainly told that the classifier is not asked: a sure frame, both sides named by it."""
    sides = (draft.source, draft.target)
    named = all(side.heads and not side.guessed and not side.indirect for side in sides)
    return named and draft.act.kind == "verb" and draft.confidence >= PLAIN


def features(draft: Draft, judgement: Judgement | None) -> dict[str, float]:
    """Give what speaks for and against a draft, each about −3 … 3; of the classifier's only if it was asked."""
    found = {"frame": _logit(draft.confidence), **_sides(draft), f"is {draft.type}": 1.0}
    if judgement is not None:
        types = judgement.types
        found["type"] = _logit(types[draft.type])
        found["none"] = _logit(types[NONE])
        found["rival"] = _logit(max(value for name, value in types.items() if name not in {draft.type, NONE}))
        found["status"] = _logit(judgement.statuses[draft.status.value])
    return found


def _sides(draft: Draft) -> dict[str, float]:
    """How source and target were found, and where the act stands."""
    return {
        "source guessed": float(draft.source.guessed),
        "source left out": float(not draft.source.heads),
        "source indirect": float(draft.source.indirect),
        "target guessed": float(draft.target.guessed),
        "target left out": float(bool(draft.target.codes) and not draft.target.heads),
        "target indirect": float(draft.target.indirect),
        "reciprocal": float(draft.reciprocal),
        "noun": float(draft.act.kind == "noun"),
        "adjective": float(draft.act.kind == "adjective"),
        "title": float(draft.sentence.index < 0),
        "not occurred": float(draft.status is not Status.OCCURRED),
        "many words": min(len(draft.sentence.tokens), 60) / 30 - 1,
        "deep": min(len(draft.sentence.ancestors(draft.act.trigger)), 6) / 3 - 1,
    }


def second_reading(
    drafts: Sequence[Draft], proposals: Sequence[Proposal], model: TypeModel
) -> tuple[list[Draft], list[Discarded]]:
    """Weigh what the frames found and what they left open; give the acts in text order, and what was too unsure.

    Of several ways to complete one act only the surest is kept.
    """
    typed: list[tuple[Draft, Judgement | None, str]] = [
        (draft, None, "plain") if is_plain(draft) else (draft, judged(draft, model), "frame") for draft in drafts
    ]
    for each in proposals:
        found = proposed(each, model)
        if found is not None:
            typed.append((*found, kind_of(each)))
    kept: list[Draft] = []
    unsure: list[Discarded] = []
    best: dict[tuple[int, int], Draft] = {}
    for draft, judgement, name in typed:
        confidence = weights(name).probability(features(draft, judgement))
        if confidence < LEAST[name]:
            sides = f"{'+'.join(draft.source.codes)} {draft.type} {'+'.join(draft.target.codes)}".rstrip()
            reason = f"{sides}: too unsure ({confidence:.2f}, must reach {LEAST[name]:.2f})"
            unsure.append(Discarded(draft.sentence, draft.act.trigger, reason, draft.rule))
            continue
        sure = replace(draft, confidence=round(confidence, 3))
        if name in {"frame", "plain"}:
            kept.append(sure)
            continue
        place = (id(draft.sentence), draft.act.trigger)
        if place not in best or best[place].confidence < sure.confidence:
            best[place] = sure
    kept += best.values()
    return sorted(kept, key=lambda draft: (draft.sentence.index, draft.act.trigger)), unsure


def kind_of(proposal: Proposal) -> str:
    """The weights that a proposal goes by: whether a frame knows its word."""
    return "proposal" if proposal.draft is None else "completion"


def proposed(proposal: Proposal, model: TypeModel) -> tuple[Draft, Judgement] | None:
    """Give the draft of a proposal if the classifier sees an act in it, with its judgement."""
    act, sentence, draft = proposal.act, proposal.sentence, proposal.draft
    judgement = model.judge(marked(sentence, proposal.source.heads, proposal.target.heads, act.trigger))
    name = judgement.likeliest if draft is None else draft.type
    seen = judgement.types[name]
    if name == NONE or seen < LEAST_SEEN:
        return None
    if draft is not None:
        return replace(draft, rule=f"{draft.rule} + classifier {seen:.2f}", confidence=seen), judgement
    kind = ontology().types[name]
    status, why = status_of(sentence, act)
    start, end = anchor_span(sentence, act, proposal.target)
    return Draft(
        sentence, act, name, kind.default_mode, kind.modes[kind.default_mode][0], proposal.source, proposal.target,
        False, status, why, f"classifier {seen:.2f}", seen, start, end,
    ), judgement  # fmt: skip


def _logit(value: float) -> float:
    value = max(NEAR_NOTHING, min(1 - NEAR_NOTHING, value))
    return math.log(value / (1 - value)) / 2
