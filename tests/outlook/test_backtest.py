"""The replay of the past: it finds what is there to be found, shows where nothing is, and sees no future."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from communique.errors import UsageError
from communique.outlook.backtest import Backtest, backtest
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS
from communique.outlook.reliability_plot import reliability_svg
from communique.records import KeptEvent
from tests.outlook.made import day_of, history, kept, on


@pytest.fixture(scope="module")
def replayed(world_history: EventHistory) -> Backtest:
    return backtest(world_history, 30, origins=4)


def test_threats_tell_of_sanctions_and_the_skill_shows_it(replayed: Backtest) -> None:
    score = replayed.score("SANCTION")
    assert score.skill_climatology is not None
    assert score.skill_climatology > 0.05
    assert score.auc is not None
    assert score.auc_climatology is not None
    assert score.auc > score.auc_climatology
    assert score.log_loss < score.log_loss_climatology


def test_each_kind_has_a_row_and_the_counts_agree(replayed: Backtest) -> None:
    assert [score.kind for score in replayed.scores] == ["all types", "all quads", *TARGETS]
    dyads = sum(origin.dyads for origin in replayed.origins)
    assert all(score.forecasts == dyads for score in replayed.scores[2:])
    assert sum(each.count for each in replayed.reliability) == dyads * 16
    assert replayed.score("ASSAULT").came == 0
    assert replayed.score("ASSAULT").auc is None


def test_ranges_are_held_against_what_came(replayed: Backtest) -> None:
    assert replayed.score("SANCTION").ranges.groups == len(replayed.origins)
    every = replayed.score("all types").ranges
    assert every.groups == 16 * len(replayed.origins)
    assert every.held <= every.near <= every.groups
    assert every.near / every.groups > 0.8
    assert [each.low for each in replayed.ranges] == [each.low for each in replayed.reliability]
    assert all(each.range_low <= each.range_high for each in replayed.ranges)


def test_origins_lie_one_horizon_apart_and_the_last_has_just_passed(
    replayed: Backtest, world_history: EventHistory
) -> None:
    days = [date.fromisoformat(origin.as_of) for origin in replayed.origins]
    assert len(days) == 4
    assert world_history.newest == days[-1] + timedelta(days=30)
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=30)}


def test_where_nothing_is_to_be_found_the_baseline_is_not_beaten_and_that_is_shown() -> None:
    """Meetings that fall on days drawn by lot: whoever only counts does as well."""
    chance = np.random.default_rng(3)
    states = ("NOR", "SWE", "DNK", "FIN", "ISL")
    events = [
        kept(f"{day:04}{a}{b}", a, "CONSULT", b, on(day))
        for a in states
        for b in states
        if a != b
        for day in range(700)
        if chance.random() < 0.03
    ]
    score = backtest(history(events), 30, origins=6).score("CONSULT")
    assert score.skill_climatology is not None
    assert score.skill_climatology < 0.05


def test_a_baseline_that_did_better_is_named(replayed: Backtest) -> None:
    worse = replace(replayed.score("SANCTION"), skill_climatology=-0.2)
    assert worse.is_below_baseline
    assert (replayed.note is not None) == any(score.is_below_baseline for score in replayed.scores[2:])


def test_what_comes_after_an_origin_changes_only_what_it_is_held_against(world: list[KeptEvent]) -> None:
    """All that happens after day 360 is taken out or turned into wars: forecasts of that day stay what they were."""
    before = [each for each in world if each.event.date is not None and each.event.date <= on(360)]
    wars = [kept(f"war-{n}", "NOR", "ASSAULT", "SWE", on(361 + n)) for n in range(30)]
    end = kept("end", "USA", "AID", "MEX", on(390))
    peaceful = backtest(history([*before, end]), 30, origins=1)
    at_war = backtest(history([*before, *wars, end]), 30, origins=1)
    assert peaceful.origins[0].as_of == at_war.origins[0].as_of == on(360)
    assert [(b.low, b.count, b.foreseen) for b in peaceful.reliability] == [
        (b.low, b.count, b.foreseen) for b in at_war.reliability
    ]
    assert (peaceful.score("ASSAULT").came, at_war.score("ASSAULT").came) == (0, 1)


def test_a_planted_leak_does_not_help(world: list[KeptEvent]) -> None:
    """A tell-tale act is dated three days before each embargo but published only after it: it must teach nothing."""
    tells = [
        kept(f"tell-{each.event.event_id}", each.event.source[0], "AID", each.event.target[0], told, published)
        for each in world
        if each.event.type == "SANCTION" and each.event.date is not None
        for told in [(date.fromisoformat(each.event.date) - timedelta(days=31)).isoformat()]
        for published in [(date.fromisoformat(each.event.date) + timedelta(days=31)).isoformat()]
    ]
    known_at_once = [kept(each.event.event_id, *_sides(each), each.event.date) for each in tells]
    until = day_of(419)
    hidden = backtest(history([*world, *tells]), 30, origins=3, until=until).score("SANCTION")
    plain = backtest(history(world), 30, origins=3, until=until).score("SANCTION")
    leaking = backtest(history([*world, *known_at_once]), 30, origins=3, until=until).score("SANCTION")
    assert hidden.auc is not None
    assert plain.auc is not None
    assert leaking.auc is not None
    assert leaking.auc > plain.auc + 0.03
    assert hidden.auc < plain.auc + 0.03


def _sides(each: KeptEvent) -> tuple[str, str, str]:
    return each.event.source[0], each.event.type, each.event.target[0]


def test_too_short_a_history_is_refused() -> None:
    with pytest.raises(UsageError, match="too short for a backtest of 30 days"):
        backtest(history([kept(str(day), "USA", "CONSULT", "RUS", on(day)) for day in range(40)]), 30)


def test_the_picture_is_well_formed_and_has_a_point_a_bin(replayed: Backtest) -> None:
    from xml.etree import ElementTree

    drawn = ElementTree.fromstring(reliability_svg(replayed))
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}circle")) == len(replayed.reliability)
