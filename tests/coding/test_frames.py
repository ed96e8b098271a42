"""Every frame shows an example, and every example comes out as its author says.

Sentences that still come out wrong are listed in known_faults.txt, so that a mend is noticed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import communique
from communique.ontology.frames import Example
from communique.ontology.loader import TYPES, ontology
from communique.pipeline import read_reports_fully
from tests.coding.table import bare, coded, shown

KNOWN_FAULTS = frozenset((Path(__file__).parent / "known_faults.txt").read_text(encoding="utf-8").splitlines())


def examples_of(kind: str) -> list[Example]:
    return [example for frame in ontology().frames if frame.type == kind for example in frame.examples]


@pytest.mark.parametrize("kind", TYPES)
def test_examples_come_out_as_written(kind: str) -> None:
    examples = examples_of(kind)
    reports = [communique.make_report(example.sentence, report_id=str(i)) for i, example in enumerate(examples)]
    wrong, mended = [], []
    for example, done in zip(examples, read_reports_fully(reports, second_reading=False), strict=True):
        want = frozenset((bare(source), name, bare(target), status) for source, name, target, status in example.events)
        got = coded(done.events)
        if want != got and example.sentence not in KNOWN_FAULTS:
            wrong.append(f"{example.sentence}\n    want {shown(want)}\n    got  {shown(got)}")
        if want == got and example.sentence in KNOWN_FAULTS:
            mended.append(example.sentence)
    assert not wrong, "\n" + "\n".join(wrong)
    assert not mended, "mended: take these out of known_faults.txt\n" + "\n".join(mended)


def test_known_faults_stay_few() -> None:
    assert len(KNOWN_FAULTS) <= 0.06 * sum(len(examples_of(kind)) for kind in TYPES)
