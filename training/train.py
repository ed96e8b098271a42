"""Make the shipped classifier: `python training/train.py [--plv PATH] [--folds N]`.

Trains in two steps, seeds fixed: first on our own sentences (training/sentences), then, where the PLV data of Hu et al. (ACL 2024) is given,
on that with some of our own beside it, so that what the first step learnt is kept. Writes the
int8 graph, the tokenizer and the card to src/communique/coding/classifier/data; run
`training/weigh.py` after it. With --folds N nothing is written: the PLV data is cut into N parts,
and the macro-F1 of each part is that of an encoder which has not seen it.

Needs `pip install 'communique[training]'`; about twenty minutes on two cores.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from communique.coding.classifier.model import DATA
from communique.coding.single import by_rules
from communique.coding.weighing import NEAR_NOTHING, weights
from communique.ontology.loader import ontology
from communique.reading.parser import parse
from encoder import STATUSES, TYPES, Encoder, encode, padded, tokenizer
from examples import YIELD, Example, folds, own_sentences, plv_sentences
from export import export
from score import macro_f1

SEED = 7
# The same number of threads adds in the same order; another processor may still differ in the last bits.
THREADS = 2
BATCH = 16
SMOOTHING = 0.05
STATUS_SHARE = 0.3
WARM_UP = 0.1
FIRST = {"epochs": 5, "rate": 3e-4}
SECOND = {"epochs": 4, "rate": 2e-4}
# In the second step: how often PLV is shown an epoch, and how many of our own stand beside each of its sentences.
PLV_TIMES = 2
BESIDE = 2
NONE = TYPES.index("NONE")


def batches(examples: Sequence[Example], rng: random.Random | None) -> list[list[int]]:
    """Batches of sentences of like length; shuffled for training, in order for prediction."""
    order = list(range(len(examples)))
    if rng is not None:
        rng.shuffle(order)
    found: list[list[int]] = []
    for start in range(0, len(order), BATCH * 20):
        near = sorted(order[start : start + BATCH * 20], key=lambda place: len(examples[place].ids))
        found += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    if rng is not None:
        rng.shuffle(found)
    return found


def loss_of(encoder: Encoder, batch: Sequence[Example]) -> torch.Tensor:
    """Cross-entropy of types, any accepted type counting as right, and a share of that of statuses."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        types, statuses = encoder(*padded(batch))
    types, statuses = types.float(), statuses.float()
    shut, right = torch.zeros_like(types), torch.full_like(types, -1e9)
    for row, example in enumerate(batch):
        if example.origin == "plv":
            shut[row, NONE] = -1e4  # that data has no NONE: it says nothing of it
        right[row, [TYPES.index(name) for name in example.types]] = 0.0
    logarithms = torch.log_softmax(types + shut, -1)
    hit = torch.logsumexp(logarithms + right, -1)
    evenly = logarithms.masked_fill(shut < 0, 0).mean(-1)
    loss = -((1 - SMOOTHING) * hit + SMOOTHING * evenly).mean()
    coded = [row for row, example in enumerate(batch) if example.status is not None]
    if coded:
        wanted = torch.tensor([STATUSES.index(str(batch[row].status)) for row in coded])
        loss = loss + STATUS_SHARE * nn.functional.cross_entropy(statuses[coded], wanted)
    return loss


def train(encoder: Encoder, examples: Sequence[Example], epochs: int, rate: float, seed: int = SEED) -> None:
    """Train in place: AdamW, linear warm-up and decay, the heads ten times as fast as the body."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    named = [(name, weight) for name, weight in encoder.named_parameters() if weight.requires_grad]
    body = [weight for name, weight in named if name.startswith("bert")]
    heads = [weight for name, weight in named if not name.startswith("bert")]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=rate, weight_decay=0.01)
    steps, step, started = epochs * math.ceil(len(examples) / BATCH), 0, time.monotonic()
    encoder.train()
    for epoch in range(epochs):
        total = 0.0
        found = batches(examples, rng)
        for batch in found:
            scale = min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
            optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = rate * scale, rate * scale * 10
            loss = loss_of(encoder, [examples[place] for place in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([weight for _, weight in named], 1.0)
            optimizer.step()
            total, step = total + loss.item(), step + 1
        seconds = time.monotonic() - started
        print(f"  epoch {epoch + 1} of {epochs}: loss {total / len(found):.3f}, {seconds:.0f} s", flush=True)


@torch.no_grad()
def predict(encoder: Encoder, examples: Sequence[Example]) -> numpy.ndarray:
    """Scores of types, a row an example."""
    encoder.eval()
    scores = numpy.zeros((len(examples), len(TYPES)))
    for batch in batches(examples, None):
        types, _ = encoder(*padded([examples[place] for place in batch]))
        scores[batch] = types.numpy()
    return scores


def guessed(scores: numpy.ndarray) -> list[str]:
    """The likeliest of PLV's fifteen classes of each row."""
    weights = numpy.exp(scores - scores.max(1, keepdims=True))
    names = [name for name in TYPES if name not in {"NONE", *YIELD}]
    columns = [weights[:, TYPES.index(name)] for name in names]
    columns.append(sum(weights[:, TYPES.index(name)] for name in YIELD))
    return [[*names, "YIELD"][place] for place in numpy.stack(columns, 1).argmax(1)]


def of_classes(gold: Sequence[str], scores: numpy.ndarray) -> tuple[float, dict[str, float]]:
    """Macro-F1 over PLV's classes, and each of them."""
    return macro_f1(list(zip(gold, guessed(scores), strict=True)))


def second_step(encoder: Encoder, plv: Sequence[Example], own: Sequence[Example]) -> None:
    beside = random.Random(SEED).sample(list(own), min(len(own), BESIDE * len(plv)))
    train(encoder, [*list(plv) * PLV_TIMES, *beside], **SECOND)


def cross_validate(first: Encoder, plv: Sequence[Example], own: Sequence[Example], count: int) -> None:
    parts = folds(plv, count)
    gold: list[str] = []
    scores: list[numpy.ndarray] = []
    for number, unseen in enumerate(parts):
        encoder = copy.deepcopy(first)
        second_step(encoder, [one for part in parts if part is not unseen for one in part], own)
        scores.append(predict(encoder, unseen))
        gold += [example.label for example in unseen]
        print(f"part {number + 1}: macro-F1 {of_classes([e.label for e in unseen], scores[-1])[0]:.3f}", flush=True)
    report(f"{count}-fold cross-validation on {len(plv)} sentences", gold, numpy.concatenate(scores))
    together = with_frames(numpy.concatenate(scores), [example.sentence for part in parts for example in part])
    report("the same with the frames, as act_type", gold, together)


def report(what: str, gold: Sequence[str], scores: numpy.ndarray) -> None:
    value, each = of_classes(gold, scores)
    print(f"{what}: macro-F1 {value:.3f}")
    print("  " + "  ".join(f"{name} {figure:.2f}" for name, figure in each.items()))


def with_frames(scores: numpy.ndarray, sentences: Sequence[str]) -> numpy.ndarray:
    """Scores of classifier and frames together, weighed as `communique.coding.single` weighs them."""
    share = weights("type").slopes
    types = scores[:, : TYPES.index("NONE")]
    learnt = numpy.exp(types - types.max(1, keepdims=True))
    learnt = numpy.maximum(learnt / learnt.sum(1, keepdims=True), NEAR_NOTHING)
    ruled = [by_rules(sentence, parse, ontology()) for sentence in sentences]
    frames = numpy.array([[found[name] for name in TYPES if name != "NONE"] for found in ruled])
    together = share["classifier"] * numpy.log(learnt) + share["rules"] * numpy.log(frames)
    return numpy.concatenate([together, numpy.full((len(scores), 1), -1e9)], 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plv", type=Path, help="the PLV data, tab-separated with marked_sentence and gold_root")
    parser.add_argument(
        "--folds", type=int, default=0, help="cross-validate on the PLV data instead of writing a model"
    )
    parser.add_argument("--first", type=Path, help="keep the encoder of the first step here, or take it from here")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    words = tokenizer()
    own = own_sentences()
    plv = plv_sentences(options.plv) if options.plv else []
    for example in (*own, *plv):
        example.ids = encode(words, example)
    print(f"{len(own)} examples of our own, {len(plv)} of PLV", flush=True)
    encoder = Encoder()
    if options.first and options.first.exists():
        encoder.load_state_dict(torch.load(options.first))
    else:
        train(encoder, own, **FIRST)
        if options.first:
            torch.save(encoder.state_dict(), options.first)
    if plv:
        print(f"first step on PLV, unseen: macro-F1 {of_classes([e.label for e in plv], predict(encoder, plv))[0]:.3f}")
    if options.folds:
        cross_validate(encoder, plv, own, options.folds)
        return
    if plv:
        second_step(encoder, plv, own)
    trained_on = {"own sentences": len(own), "PLV": len(plv), "seed": SEED, "first": FIRST, "second": SECOND}
    path = export(encoder, DATA, {"base": "all-MiniLM-L6-v2 (Apache-2.0)", "trained_on": trained_on})
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
