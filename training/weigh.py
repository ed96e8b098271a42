"""Fit the weights of `communique.coding.weighing` on the project's own coded reports.

`python training/weigh.py` reads tests/coding/sentences and tests/coding/reports (the unseen_*
tables left out), asks the shipped classifier about every act and proposal, and fits one logistic
function for acts that a frame types and one for those that only the classifier does. What counts
as right is decided as in bench/sentences.py. Prints log loss and the area under the curve of a
ten-fold cross-validation by report; writes src/communique/coding/classifier/data/weighing.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from communique.coding.classifier.model import DATA, type_model  # noqa: E402
from communique.coding.weighing import features, is_plain, judged, kind_of, proposed  # noqa: E402
from communique.pipeline import ReadReport  # noqa: E402
from sentences import FOLDERS, Sides, meets, read_table, take, wanted_of  # noqa: E402

PENALTY = 0.1
# How rules and classifier share in act_type: powers of their distributions, the best of a cross-validation on PLV
# (docs/classifier.md).
TYPE_SHARES = {"rules": 0.4, "classifier": 1.0}
# With few proposals to learn from, only what the classifier says of them counts.
FEW = ("type", "none")


def tables() -> Iterator[tuple[dict[str, Any], ReadReport]]:
    """The rows of our own tables as the rules read them, the held-out ones left out, in the order of file names."""
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.yaml")):
            if not path.stem.startswith("unseen"):
                yield from read_table(path, second_reading=False)


def collect() -> dict[str, list[tuple[dict[str, float], int, str]]]:
    """Features, rightness and report of every act ("frame") and proposal."""
    model = type_model()
    found: dict[str, list[tuple[dict[str, float], int, str]]] = {
        "plain": [],
        "frame": [],
        "completion": [],
        "proposal": [],
    }
    for row, done in tables():
        open_lines, report = wanted_of(row), done.report.report_id
        for event, group in zip(done.coding.events, done.coding.groups, strict=True):
            met = take(open_lines, event)
            draft = group[0]
            if (met is None or not met.optional) and (draft.target.codes or draft.reciprocal):
                name, judgement = ("plain", None) if is_plain(draft) else ("frame", judged(draft, model))
                found[name].append((features(draft, judgement), int(met is not None), report))
        for proposal in done.coding.proposals:
            typed = proposed(proposal, model)
            if typed is None:
                continue
            draft, judgement = typed
            sides = Sides(draft.type, draft.source.codes, draft.target.codes)
            met = next((want for want in open_lines if meets(want, sides)), None)
            if met is None or not met.optional:
                found[kind_of(proposal)].append((features(draft, judgement), int(met is not None), report))
    return found


def fit(rows: list[tuple[dict[str, float], int, str]], name: str) -> dict[str, Any]:
    names = sorted({key for row, _, _ in rows for key in row}) if name in {"plain", "frame"} else list(FEW)
    values = numpy.array([[row.get(key, 0.0) for key in names] for row, _, _ in rows])
    right = numpy.array([label for _, label, _ in rows])
    groups = numpy.array([report for _, _, report in rows])
    scale = StandardScaler().fit(values)
    model = LogisticRegression(C=PENALTY, max_iter=2000)
    scaled = scale.transform(values)
    guessed = cross_val_predict(model, scaled, right, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    print(
        f"{name}: {len(rows)} acts, {right.mean():.3f} right; cross-validated log loss {log_loss(right, guessed):.3f} "
        f"(knowing only the share: {log_loss(right, numpy.full(len(right), right.mean())):.3f}), "
        f"area under the curve {roc_auc_score(right, guessed):.3f}"
    )
    for low in numpy.arange(0, 1, 0.1):
        inside = (guessed >= low) & (guessed < low + 0.1)
        if inside.any():
            print(f"   {low:.1f}–{low + 0.1:.1f}: {inside.sum():4} acts, {right[inside].mean():.3f} right")
    model.fit(scaled, right)
    slopes = model.coef_[0] / scale.scale_
    intercept = float(model.intercept_[0] - (slopes * scale.mean_).sum())
    return {
        "intercept": round(intercept, 4),
        "slopes": {k: round(float(v), 4) for k, v in zip(names, slopes, strict=True)},
    }


def main() -> None:
    path = DATA / "weighing.json"
    weighing = {"type": {"intercept": 0.0, "slopes": TYPE_SHARES}}
    weighing |= {name: fit(rows, name) for name, rows in collect().items()}
    path.write_text(json.dumps(weighing, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
