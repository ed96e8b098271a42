"""What if: supposed events shift the outlook of their dyad by what was learned from real ones, and are told apart from them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.model import OutlookModel
from communique.outlook.whatif import hypothetical_event, whatif


def test_a_supposed_threat_raises_sanctions_and_names_its_rule(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    day = world_model.as_of.isoformat()
    made = whatif(world_history, [f"NOR THREATEN/sanctions SWE {day}"], model=world_model)
    shift = next(each for each in made.shifts if (each.source, each.kind) == ("NOR", "SANCTION"))
    assert shift.change > 0.05
    assert shift.low <= shift.after <= shift.high
    first = shift.precedents[0]
    assert first.words.startswith("within 30 days after NOR threatened SWE")
    assert first.fired_by[0].event_id == "what-if:1"
    assert "not cause" in made.label
    assert shift.drivers[0].log_odds > 0
    assert "after THREATEN" in {each.name for each in shift.drivers}
    assert json.loads(json.dumps(made.as_row()))["hypothetical"][0]["day"] == day


def test_the_largest_shifts_come_first_and_each_dyad_is_shown(
    world_history: EventHistory, world_model: OutlookModel
) -> None:
    day = world_model.as_of.isoformat()
    made = whatif(world_history, [f"NOR THREATEN SWE {day}"], [("NOR", "SWE"), ("DNK", "FIN")], model=world_model)
    of_dyad = [abs(each.change) for each in made.shifts if {each.source, each.target} == {"NOR", "SWE"}]
    assert of_dyad == sorted(of_dyad, reverse=True)
    others = [abs(each.change) for each in made.shifts if {each.source, each.target} == {"DNK", "FIN"}]
    assert max(others) < of_dyad[0]


def test_the_history_itself_is_left_as_it_was(world_history: EventHistory, world_model: OutlookModel) -> None:
    before = world_history.fingerprint()
    whatif(world_history, [f"NOR THREATEN SWE {world_model.as_of}"], model=world_model)
    assert world_history.fingerprint() == before


READ = [
    ("USA SANCTION IRN 2025-03-01", (("USA",), "SANCTION", None, ("IRN",), date(2025, 3, 1))),
    (
        "USA;GBR sanction/embargo IRN/GOV 2025-03-01",
        (("GBR", "USA"), "SANCTION", "embargo", ("IRN",), date(2025, 3, 1)),
    ),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_an_event_in_four_words(text: str, expected: tuple[object, ...]) -> None:
    event = hypothetical_event(text)
    assert (event.source, event.type, event.mode, event.target, event.day) == expected


UNREADABLE = [
    ("USA SANCTION IRN", "give source, type, target and day"),
    ("USA FROWN IRN 2025-03-01", "FROWN"),
    ("USA SANCTION/frown IRN 2025-03-01", "no mode 'frown'"),
    ("USA SANCTION IRN yesterday", "'yesterday' is no day"),
    ("; SANCTION IRN 2025-03-01", "name who acts"),
]


@pytest.mark.parametrize(("text", "words"), UNREADABLE)
def test_what_is_no_event_is_refused(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        hypothetical_event(text)


def test_nothing_supposed_and_supposed_too_late_are_refused(world_history: EventHistory) -> None:
    with pytest.raises(UsageError, match="suppose at least one"):
        whatif(world_history, [])
    assert world_history.newest is not None
    late = world_history.newest + timedelta(days=3)
    with pytest.raises(UsageError, match="lies after"):
        whatif(world_history, [f"NOR THREATEN SWE {late}"], as_of=world_history.newest)
