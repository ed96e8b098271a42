"""Rules with their record: cases do not overlap, only those that have run their course count, and words say it."""

from __future__ import annotations

import numpy as np

from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS, actors_toward_anyone, dyads
from communique.outlook.forecast import outlook
from communique.outlook.model import OutlookModel
from communique.outlook.precedents import OTHER_WAY, SAME_WAY, antecedents, rule_record, rules_of_unit
from communique.outlook.settings import settings
from tests.outlook.made import day_of, history, kept, on

NUMBERS = settings().with_least_events(1)
THREAT, EMBARGO = antecedents().index("THREATEN"), antecedents().index("SANCTION/embargo")
SANCTION, REJECT = TARGETS.index("SANCTION"), TARGETS.index("REJECT")

STORY = history(
    [
        kept("1", "USA", "THREATEN/sanctions", "IRN", on(0)),
        # Within the horizon of the first: the same case.
        kept("2", "USA", "THREATEN/force", "IRN", on(5)),
        kept("3", "USA", "SANCTION/embargo", "IRN", on(20)),
        kept("4", "IRN", "REJECT", "USA", on(22)),
        # A case of its own, and nothing follows.
        kept("5", "USA", "THREATEN", "IRN", on(60)),
        # Begins when the one before has just ended; sanctions come a day too late.
        kept("6", "USA", "THREATEN", "IRN", on(90)),
        kept("7", "USA", "SANCTION/embargo", "IRN", on(121)),
        # Has not run its course by day 140.
        kept("8", "USA", "THREATEN", "IRN", on(130)),
        kept("9", "USA", "SANCTION/embargo", "IRN", on(131)),
    ]
)


def test_cases_are_counted_once_a_horizon_and_only_when_it_has_passed() -> None:
    record = rule_record(STORY, dyads(STORY, 1), day_of(140), 30, NUMBERS)
    assert record.cases[THREAT] == 3
    assert record.held[THREAT, SAME_WAY, SANCTION] == 1
    assert record.held[THREAT, OTHER_WAY, REJECT] == 1
    assert record.held[THREAT, SAME_WAY, REJECT] == 0
    # An embargo on day 20 was not followed by another within 30 days; that of day 121 has not run its course.
    assert (record.cases[EMBARGO], record.held[EMBARGO, SAME_WAY, SANCTION]) == (1, 0)


def test_later_knowledge_changes_no_record() -> None:
    units = dyads(STORY, 1)
    then = rule_record(STORY, units, day_of(100), 30, NUMBERS)
    cut = rule_record(STORY.until(day_of(100)), units, day_of(100), 30, NUMBERS)
    np.testing.assert_array_equal(then.held, cut.held)
    assert then.cases[THREAT] == 2


def test_the_record_of_one_direction_is_its_own() -> None:
    units = dyads(STORY, 1)
    base = np.full((len(units), len(TARGETS)), 0.1)
    for name, cases in (("USA", 3), ("IRN", 0)):
        unit = int(np.flatnonzero(units.source == STORY.number(name))[0])
        record = rules_of_unit(STORY, units, unit, base, day_of(140).toordinal(), 30)
        assert record.cases[THREAT] == cases


def test_a_recent_threat_is_given_as_the_reason_in_words(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    assert world_history.newest is not None
    recent = [
        row
        for row in np.flatnonzero(world_history.day > world_model.as_of.toordinal() - 29).tolist()
        if world_history.modes[world_history.mode[row]] == "THREATEN/sanctions"
    ]
    row = recent[-1]
    a, b = (world_history.actors[side[row]] for side in (world_history.source, world_history.target))
    forecast = outlook(world_history, a, b, model=world_model).forecast(a, "SANCTION")
    reason = next(each for each in forecast.precedents if each.antecedent.startswith("THREATEN") and each.by == a)
    assert reason.words.startswith(f"within 30 days after {a} threatened {b}")
    assert f"{a} sanctioned {b} or cut relations with it in {reason.held} of {reason.cases} case" in reason.words
    assert world_history.event_ids[world_history.event[row]] in {event.event_id for event in reason.fired_by}
    assert reason.world_held / reason.world_cases > 0.5 > reason.world_base_rate


def test_one_actor_toward_anyone_counts_an_act_toward_many_once() -> None:
    acts = [
        kept("1", "USA", "THREATEN", "IRN;SYR", on(0)),
        kept("2", "USA", "SANCTION/embargo", "SYR", on(10)),
        kept("3", "USA", "THREATEN", "PRK", on(50)),
        kept("4", "CUB", "PROTEST", "USA", on(60)),
        kept("end", "NOR", "AID", "MEX", on(100)),
    ]
    world = history(acts)
    units = actors_toward_anyone(world, 1)
    usa = int(np.flatnonzero(units.source == world.number("USA"))[0])
    base = np.full((len(units), len(TARGETS)), 0.1)
    record = rules_of_unit(world, units, usa, base, day_of(100).toordinal(), 30)
    assert record.cases[THREAT] == 2
    assert record.held[THREAT, SAME_WAY, SANCTION] == 1
    assert record.held[THREAT, OTHER_WAY, TARGETS.index("PROTEST")] == 1


def test_one_actor_has_precedents_in_words_with_the_events_that_set_them_off(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    made = outlook(world_history, "NOR", model=world_model, top=0)
    reasons = [reason for each in made.forecasts for reason in each.precedents]
    assert reasons
    for reason in reasons:
        assert {reason.by, reason.on} == {"NOR", "*"}
        assert reason.words.startswith(f"within 30 days after {'anyone' if reason.by == '*' else 'NOR'} ")
        assert f"of all actors in {reason.world_held} of {reason.world_cases}" in reason.words
        assert all("NOR" in (event.source, event.target) and event.source != "*" for event in reason.fired_by)
