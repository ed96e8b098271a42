"""The stories of tests/folding/stories, read by our own reader: folded as well as promised, and well formed."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

import folding as bench
from communique.folding.fold import fold_events

PRECISION, RECALL = 0.95, 0.85


@cache
def told(part: str) -> bench.Told:
    return bench.read_stories(bench.STORIES / f"{part}.yaml")


@pytest.mark.parametrize("part", bench.PARTS)
def test_pairs_are_folded_as_well_as_promised(part: str) -> None:
    figures, _ = bench.pairs_of(told(part), fold_events(told(part).tellings))
    assert figures.precision >= PRECISION
    assert figures.recall >= RECALL


@pytest.mark.parametrize("part", bench.PARTS)
def test_nearly_every_labelled_act_has_an_event_to_measure_on(part: str) -> None:
    assert len(told(part).unfound) < 0.12 * len(told(part).acts)


@pytest.mark.parametrize("part", bench.PARTS)
def test_labels_stand_in_their_reports(part: str) -> None:
    for story in yaml.safe_load((bench.STORIES / f"{part}.yaml").read_text(encoding="utf-8")):
        for act in story["acts"]:
            for names, words in act["told"].items():
                for name in str(names).split():
                    report = story["reports"][name]
                    for fragment in [words] if isinstance(words, str) else words:
                        assert fragment in report["text"], f"{story['story']}/{name}: {fragment}"


def test_there_are_stories_enough_and_no_two_of_one_name() -> None:
    names = [
        story["story"]
        for part in bench.PARTS
        for story in yaml.safe_load((bench.STORIES / f"{part}.yaml").read_text(encoding="utf-8"))
    ]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
