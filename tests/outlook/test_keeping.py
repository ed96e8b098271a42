"""Forecasts are kept as they were made, and scored when their time has passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import UnreadableInput
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import outlook
from communique.outlook.keeping import forecasts_file, keep, kept_forecasts, kept_score, scored
from communique.outlook.records import Outlook
from communique.records import KeptEvent
from tests.outlook.made import day_of, history, kept, on


@pytest.fixture(scope="module")
def made(world: list[KeptEvent]) -> Outlook:
    known = [each for each in world if each.event.date is not None and each.event.date <= on(350)]
    return outlook(history(known), "NOR", "SWE", as_of=day_of(350))


def test_kept_forecasts_come_back_as_they_were(made: Outlook, tmp_path: Path) -> None:
    place = forecasts_file(tmp_path / "gulf.duckdb")
    new = keep(made, place)
    assert place.name == "gulf.duckdb.forecasts.jsonl"
    assert len(new) == len(made.forecasts)
    assert kept_forecasts(place) == new
    assert (new[0].as_of, new[0].until) == (on(350), on(380))
    # The same again is no second forecast; another is added below.
    assert keep(made, place) == ()
    assert place.read_text(encoding="utf-8").count("\n") == len(new)


def test_they_are_scored_only_when_their_horizon_has_passed(made: Outlook, tmp_path: Path) -> None:
    place = tmp_path / "kept.jsonl"
    keep(made, place)
    happened = [
        kept("too early", "NOR", "ASSAULT", "SWE", on(350)),
        kept("too late", "NOR", "AID", "SWE", on(381)),
        kept("other way", "SWE", "COERCE", "NOR", on(360)),
        kept("yes", "NOR", "SANCTION", "SWE", on(380)),
    ]
    still_open = scored(history([kept("1", "NOR", "SANCTION", "SWE", on(355))]), kept_forecasts(place))
    assert {each.came for each in still_open} == {None}
    assert kept_score(still_open).brier is None
    assert kept_score(still_open).kept == len(still_open)

    passed = scored(history(happened), kept_forecasts(place))
    came = {(each.forecast.source, each.forecast.kind): each.event_ids for each in passed if each.came}
    assert came == {
        ("NOR", "SANCTION"): ("yes",),
        ("NOR", "material conflict"): ("yes",),
        ("SWE", "COERCE"): ("other way",),
        ("SWE", "material conflict"): ("other way",),
    }
    total = kept_score(passed)
    assert (total.kept, total.passed, total.came) == (40, 40, 4)
    brier_scores = [each.brier for each in passed if each.brier is not None]
    assert total.brier == pytest.approx(sum(brier_scores) / 40)


def test_forecasts_of_one_actor_toward_anyone_are_scored_too(world_history: EventHistory, tmp_path: Path) -> None:
    keep(outlook(world_history.until(day_of(350)), "NOR", as_of=day_of(350), top=0), tmp_path / "kept.jsonl")
    passed = scored(world_history, kept_forecasts(tmp_path / "kept.jsonl"))
    assert {(each.forecast.source, each.forecast.target) for each in passed} == {("NOR", "*"), ("*", "NOR")}
    assert any(each.came for each in passed if each.forecast.source == "NOR")


@pytest.mark.parametrize("line", ["no JSON", "{}", '{"kind": "SANCTION"}', "[1, 2]", "null"])
def test_a_broken_line_is_named_and_the_file_left_alone(made: Outlook, tmp_path: Path, line: str) -> None:
    place = tmp_path / "kept.jsonl"
    keep(made, place)
    broken = place.read_text(encoding="utf-8") + line + "\n"
    place.write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 41"):
        keep(made, place)
    assert place.read_text(encoding="utf-8") == broken


def test_without_a_file_nothing_was_kept(tmp_path: Path) -> None:
    assert kept_forecasts(tmp_path / "none.jsonl") == ()
