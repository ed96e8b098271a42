"""Forecasts are kept as they were made, and scored when their time has passed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from communique.casebook.kept import KeptForecast
from communique.casebook.store import Casebook
from communique.errors import UnreadableInput
from communique.outlook.event_history import EventHistory
from communique.outlook.forecast import outlook
from communique.outlook.keeping import earlier_file, forecasts_of, keep, kept_forecasts, kept_score, scored
from communique.outlook.records import Outlook
from communique.records import KeptEvent
from tests.outlook.made import day_of, history, kept, on


@pytest.fixture(scope="module")
def made(world: list[KeptEvent]) -> Outlook:
    known = [each for each in world if each.event.date is not None and each.event.date <= on(350)]
    return outlook(history(known), "NOR", "SWE", as_of=day_of(350))


@pytest.fixture
def casebook(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "gulf.casebook") as opened:
        yield opened


def test_kept_forecasts_come_back_as_they_were(made: Outlook, casebook: Casebook) -> None:
    assert keep(casebook, made) == len(made.forecasts)
    back = kept_forecasts(casebook)
    assert [replace(each, made_at=None) for each in back] == list(forecasts_of(made))
    assert all(each.made_at is not None for each in back)
    assert (back[0].as_of, back[0].until) == (on(350), on(380))
    # The same again is no second forecast.
    assert keep(casebook, made) == 0
    assert kept_forecasts(casebook) == back


def test_they_are_scored_only_when_their_horizon_has_passed(made: Outlook) -> None:
    happened = [
        kept("too early", "NOR", "ASSAULT", "SWE", on(350)),
        kept("too late", "NOR", "AID", "SWE", on(381)),
        kept("other way", "SWE", "COERCE", "NOR", on(360)),
        kept("yes", "NOR", "SANCTION", "SWE", on(380)),
    ]
    still_open = scored(history([kept("1", "NOR", "SANCTION", "SWE", on(355))]), forecasts_of(made))
    assert {each.came for each in still_open} == {None}
    assert kept_score(still_open).brier is None
    assert kept_score(still_open).kept == len(still_open)

    passed = scored(history(happened), forecasts_of(made))
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


def test_forecasts_of_one_actor_toward_anyone_are_scored_too(world_history: EventHistory) -> None:
    made = outlook(world_history.until(day_of(350)), "NOR", as_of=day_of(350), top=0)
    passed = scored(world_history, forecasts_of(made))
    assert {(each.forecast.source, each.forecast.target) for each in passed} == {("NOR", "*"), ("*", "NOR")}
    assert any(each.came for each in passed if each.forecast.source == "NOR")


def test_forecasts_of_an_earlier_file_count_and_are_taken_over_once(made: Outlook, casebook: Casebook) -> None:
    place = _write_earlier(casebook, forecasts_of(made)[:7])
    assert len(kept_forecasts(casebook)) == 7
    assert place.exists()
    assert keep(casebook, made) == len(made.forecasts) - 7
    assert not place.exists()
    assert place.with_name("gulf.casebook.forecasts.jsonl.taken-over").exists()
    assert len(kept_forecasts(casebook)) == len(made.forecasts)


@pytest.mark.parametrize("line", ["no JSON", "{}", '{"kind": "SANCTION"}', "[1, 2]", "null"])
def test_a_broken_line_is_named_and_nothing_is_kept(made: Outlook, casebook: Casebook, line: str) -> None:
    place = _write_earlier(casebook, forecasts_of(made)[:2])
    broken = place.read_text(encoding="utf-8") + line + "\n"
    place.write_text(broken, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="line 3"):
        keep(casebook, made)
    assert place.read_text(encoding="utf-8") == broken
    assert casebook.forecasts() == []


def _write_earlier(casebook: Casebook, forecasts: Sequence[KeptForecast]) -> Path:
    """Forecasts as they were kept before the casebook had a place for them."""
    place = earlier_file(casebook.path)
    rows = [{name: value for name, value in asdict(each).items() if name != "made_at"} for each in forecasts]
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return place


def test_without_a_file_nothing_was_kept(casebook: Casebook) -> None:
    assert kept_forecasts(casebook) == ()
