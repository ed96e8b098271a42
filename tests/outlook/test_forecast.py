"""The outlook between two actors: what is learned shows, thin history says so, and nothing later is ever used."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import pytest

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS
from communique.outlook.forecast import outlook
from communique.outlook.kinds import QUADS, quads
from communique.outlook.model import OutlookModel, learn_model
from communique.records import KeptEvent
from tests.outlook.made import BEGIN, day_of, history, kept, on

LATE = 400


def test_a_fresh_threat_makes_sanctions_likelier_than_the_base_rate(world: list[KeptEvent]) -> None:
    today = day_of(LATE)
    calm = [each for each in world if each.event.date is None or each.event.date <= on(LATE)]
    threatened = [*calm, kept("new", "NOR", "THREATEN/sanctions", "SWE", on(LATE))]
    model = learn_model(history(calm), today)
    before = outlook(history(calm), "NOR", "SWE", as_of=today, model=model).forecast("NOR", "SANCTION")
    after = outlook(history(threatened), "NOR", "SWE", as_of=today, model=model).forecast("NOR", "SANCTION")
    assert after.probability > before.probability + 0.1
    assert after.probability > after.base_rate


def test_all_kinds_both_ways_each_within_its_range(world_history: EventHistory, world_model: OutlookModel) -> None:
    made = outlook(world_history, "NOR", "SWE", model=world_model)
    assert [(each.source, each.kind) for each in made.forecasts] == [
        (source, kind) for source in ("NOR", "SWE") for kind in TARGETS
    ]
    for each in made.forecasts:
        assert 0 < each.low <= each.probability <= each.high < 1, each
        assert 0 < each.base_rate < 1
    # A quad takes in its types.
    for source in ("NOR", "SWE"):
        for kind, quad in quads().items():
            of_type, of_quad = made.forecast(source, kind), made.forecast(source, QUADS[quad - 1])
            assert of_quad.probability >= of_type.probability
            assert of_quad.base_rate >= of_type.base_rate
            assert of_quad.events >= of_type.events
    assert json.loads(json.dumps(made.as_row()))["forecasts"][0]["kind"] == "AGREE"


def test_kinds_that_are_never_seen_are_not_learned(world_history: EventHistory, world_model: OutlookModel) -> None:
    forecast = outlook(world_history, "NOR", "SWE", model=world_model).forecast("NOR", "ASSAULT")
    assert not forecast.learned
    assert forecast.probability == pytest.approx(forecast.base_rate)
    assert forecast.probability < 0.01


def test_a_dyad_of_little_history_says_so_and_gives_its_base_rate(world: list[KeptEvent]) -> None:
    made = history([*world, kept("only", "PER", "CONSULT", "CHL", on(100))])
    model = learn_model(made)
    thin = outlook(made, "PER", "CHL", model=model)
    assert thin.note is not None
    assert thin.note.startswith("too little history: 1 act between them")
    for each in thin.forecasts:
        assert not each.learned
        assert each.probability == pytest.approx(each.base_rate)
    assert outlook(made, "PER", "NOR", model=model).events == 0


def test_a_history_of_a_few_days_gives_base_rates() -> None:
    made = history([kept(str(day), "USA", "CONSULT", "RUS", on(day)) for day in range(8)])
    short = outlook(made, "USA", "RUS")
    assert short.note is not None
    assert short.note.startswith("the history spans 7 days: not one window of 30 days has run its course")
    weekly = outlook(made, "USA", "RUS", 3)
    assert weekly.note == "too little history to learn from: the probabilities are base rates"


def test_what_becomes_known_later_changes_nothing(world: list[KeptEvent]) -> None:
    """The planted leak: events of the past that are published after the day, and those of the future themselves."""
    today = day_of(300)
    known = [each for each in world if each.event.date is not None and each.event.date <= on(300)]
    planted = [
        kept(f"leak-{number}", "NOR", "ASSAULT", "SWE", on(290 - number), on(301 + number)) for number in range(40)
    ]
    honest = outlook(history(known), "NOR", "SWE", as_of=today)
    with_leak = outlook(history([*world, *planted]), "NOR", "SWE", as_of=today)
    assert with_leak == honest
    # Were they known, they would be seen.
    told_at_once = [kept(each.event.event_id, "NOR", "ASSAULT", "SWE", each.event.date) for each in planted]
    informed = outlook(history([*known, *told_at_once]), "NOR", "SWE", as_of=today)
    assert informed.forecast("NOR", "ASSAULT").probability > 10 * honest.forecast("NOR", "ASSAULT").probability


def test_a_model_that_knows_more_than_the_day_is_refused(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    with pytest.raises(UsageError, match="after"):
        outlook(world_history, "NOR", "SWE", as_of=world_model.as_of - timedelta(days=1), model=world_model)
    with pytest.raises(UsageError, match="30 days, not 7"):
        outlook(world_history, "NOR", "SWE", 7, model=world_model)


def test_one_actor_toward_anyone_and_its_likeliest_acts(world_history: EventHistory, world_model: OutlookModel) -> None:
    made = outlook(world_history, "NOR", model=world_model, top=7)
    assert {(each.source, each.target) for each in made.forecasts} == {("NOR", "*"), ("*", "NOR")}
    assert len(made.next) == 7
    assert all("NOR" in (each.source, each.target) for each in made.next)
    probabilities = [each.probability for each in made.next]
    assert probabilities == sorted(probabilities, reverse=True)
    most = max(each.probability for each in made.next if each.source == "NOR" and each.kind == "CONSULT")
    assert made.forecast("NOR", "CONSULT").probability >= most - 0.05


def test_the_world_by_probability_and_by_rise(world_history: EventHistory, world_model: OutlookModel) -> None:
    likely = outlook(world_history, model=world_model, top=5).next
    rising = outlook(world_history, model=world_model, top=5, by="rise").next
    assert likely[0].probability >= rising[0].probability
    assert rising[0].probability - rising[0].base_rate >= max(each.probability - each.base_rate for each in likely)


def test_acts_within_a_state_are_listed_only_when_asked_for() -> None:
    acts = [kept(f"{day}", "NGA/REB", "ASSAULT", "NGA/GOV", on(day)) for day in range(0, 200, 3)]
    acts += [kept(f"x{day}", "USA", "CONSULT", "NGA", on(day)) for day in range(0, 200, 40)]
    made = history(acts)
    assert all(each.source != each.target for each in outlook(made).next)
    assert outlook(made, within=True, top=1).next[0].source == "NGA"
    assert len(outlook(made, "NGA", "NGA").forecasts) == len(TARGETS)


def test_days_of_which_nothing_is_known_are_no_quiet_days(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    """Two years after the last event: no forecast learns from that silence, and the outlook says that it is there."""
    newest = world_history.newest
    assert newest is not None
    late = newest + timedelta(days=730)
    model = learn_model(world_history, late)
    np.testing.assert_array_equal(model.of_dyads.cases, world_model.of_dyads.cases)
    np.testing.assert_array_equal(model.rules.cases, world_model.rules.cases)
    stale = outlook(world_history, "NOR", "SWE", as_of=late, model=model)
    assert stale.note == f"the history ends on {newest}, 730 days before {late}"
    assert stale.forecast("NOR", "SANCTION").base_rate == pytest.approx(
        outlook(world_history, "NOR", "SWE", model=world_model).forecast("NOR", "SANCTION").base_rate
    )


REFUSED = [
    ({"a": "NOR", "b": "ATLANTIS"}, "ATLANTIS: no event"),
    ({"a": "NOR", "b": "SWE", "horizon_days": 0}, "horizon 0"),
    ({"a": None, "b": "SWE"}, "the first actor"),
    ({"a": "NOR", "by": "luck"}, "probability or rise"),
    ({"a": "NOR", "b": "SWE", "as_of": BEGIN - timedelta(days=9)}, "no event of this actor"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_what_cannot_be_is_refused_with_a_mend(
    arguments: dict[str, object], words: str, world_history: EventHistory
) -> None:
    with pytest.raises(UsageError, match=words):
        outlook(world_history, **arguments)  # type: ignore[arg-type]


def test_an_empty_history_is_refused() -> None:
    with pytest.raises(UsageError, match="add reports or import events"):
        outlook(history([]), "USA", "IRN")


def test_the_same_events_in_another_order_give_the_same_outlook(world: list[KeptEvent]) -> None:
    shuffled = [world[place] for place in np.random.default_rng(1).permutation(len(world))]
    today = date.fromordinal(BEGIN.toordinal() + 200)
    assert outlook(history(shuffled), "NOR", "SWE", as_of=today) == outlook(history(world), "NOR", "SWE", as_of=today)


def test_a_day_from_which_no_horizon_can_be_counted_is_refused(world_history: EventHistory) -> None:
    with pytest.raises(UsageError, match="choose a day up to 9998-12-30"):
        outlook(world_history, "NOR", "SWE", as_of=date.max)
