"""One act told by many reports is one row with all its tellings; persons have the last word."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from communique.casebook import Casebook, EventFilter
from communique.errors import UsageError
from communique.folding.tellings import Decision, Telling
from tests.casebook.made import event, imported, reading


def acts(casebook: Casebook) -> list[list[str]]:
    return sorted(sorted(told for told, _ in kept.tellings) for kept in casebook.events())


def three(casebook: Casebook) -> None:
    casebook.add([reading(f"paper-{name}", event(name, f"paper-{name}")) for name in "abc"])


def by_type_and_day(tellings: Sequence[Telling], decisions: Sequence[Decision]) -> Iterable[list[str]]:
    """A folding for tests: the same type, sides and day; a word against it parts the second event from the rest."""
    groups: dict[object, list[str]] = {}
    for one in tellings:
        key: object = (one.event.type, one.event.source, one.event.target, one.event.date)
        parted = [word.right for word in decisions if not word.same]
        groups.setdefault((key, one.event_id if one.event_id in parted else ""), []).append(one.event_id)
    for word in decisions:
        if word.same:
            joined = [group for group in groups.values() if word.left in group or word.right in group]
            if len(joined) == 2:
                joined[0] += joined[1]
                joined[1].clear()
    return [group for group in groups.values() if group]


def test_without_folding_each_event_is_an_act(casebook: Casebook) -> None:
    three(casebook)
    assert acts(casebook) == [["a"], ["b"], ["c"]]


def test_a_group_is_one_row_with_the_surest_telling_and_the_first_day(casebook: Casebook) -> None:
    casebook.add(
        [
            reading("paper-a", event("a", "paper-a", confidence=0.7)),
            reading("paper-b", event("b", "paper-b", confidence=0.9), published=None),
        ]
    )
    casebook.set_folds([["b", "a"]])
    [kept] = casebook.events()
    assert kept.event.event_id == "b"
    assert kept.tellings == (("b", "paper-b"), ("a", "paper-a"))
    assert kept.published == "2024-05-07"
    assert casebook.event("a") == casebook.event("b") == kept
    assert casebook.events(EventFilter(report_id="paper-a")) == [kept]
    assert {one.event_id for one in casebook.history().moves} == {"b"}


def test_the_text_stands_before_the_title_and_what_was_read_before_what_was_imported(casebook: Casebook) -> None:
    casebook.add([reading("paper-a", event("a", "paper-a", confidence=0.6), event("t", "paper-a", sentence=-1))])
    casebook.add_imported([imported(1, confidence=1.0)], "GRAPH")
    casebook.set_folds([["GRAPH-1", "t", "a"]])
    [kept] = casebook.events()
    assert [told for told, _ in kept.tellings] == ["a", "t", "GRAPH-1"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([[["a", "b"]]], [["a", "b"], ["c"]]),
        ([[["a", "b"]], [["b", "c"]]], [["a"], ["b", "c"]]),
        ([[["a", "b", "c"]], [["a"]]], [["a"], ["b", "c"]]),
        ([[["a", "b", "c"]], [["a"], ["b"]]], [["a"], ["b"], ["c"]]),
        ([[["a", "b"], ["c"]], [["a", "b", "c"]]], [["a", "b", "c"]]),
        ([[["a", "b", "c"]], []], [["a", "b", "c"]]),
    ],
)
def test_groups_replace_one_another(casebook: Casebook, steps: list[list[list[str]]], expected: object) -> None:
    three(casebook)
    for groups in steps:
        casebook.set_folds(groups)
    assert acts(casebook) == expected


def test_one_event_in_two_groups_is_refused(casebook: Casebook) -> None:
    three(casebook)
    with pytest.raises(UsageError, match="stands in two groups"):
        casebook.set_folds([["a", "b"], ["b", "c"]])
    assert acts(casebook) == [["a"], ["b"], ["c"]]


def test_a_telling_that_vanishes_leaves_the_act_to_the_others(casebook: Casebook) -> None:
    three(casebook)
    casebook.set_folds([["a", "b"]])
    casebook.add([reading("paper-a", event("d", "paper-a"), text="Norland and Sudmark fell out over fishing rights; more.."
                                                                 " and so it went on until the evening came.")])  # fmt: skip
    assert acts(casebook) == [["b"], ["c"], ["d"]]


def test_decisions_hold_without_a_folding_function(casebook: Casebook) -> None:
    three(casebook)
    made = casebook.decide("b", "a", True, "Ada", "one statement")
    assert (made.event_a, made.event_b, made.who) == ("a", "b", "Ada")
    assert acts(casebook) == [["a", "b"], ["c"]]
    casebook.undecide(made.decision_id)
    assert acts(casebook) == [["a"], ["b"], ["c"]]
    casebook.set_folds([["a", "b", "c"]])
    casebook.decide("a", "c", False, "Ben")
    assert acts(casebook) == [["a", "b"], ["c"]]


def test_a_later_decision_on_the_same_pair_withdraws_the_former(casebook: Casebook) -> None:
    three(casebook)
    casebook.decide("a", "b", True, "Ada")
    casebook.decide("b", "a", False, "Ben")
    assert acts(casebook) == [["a"], ["b"], ["c"]]
    assert [(one.same, one.withdrawn_at is None) for one in casebook.decisions()] == [(True, False), (False, True)]
    with pytest.raises(UsageError, match="no fold decision 1 that holds"):
        casebook.undecide(1)


@pytest.mark.parametrize(
    ("pair", "who", "says"),
    [(("a", "a"), "Ada", "name two events"), (("a", "zz"), "Ada", "no event 'zz'"), (("a", "b"), "", "must be named")],
)
def test_a_decision_that_means_nothing_is_refused(
    casebook: Casebook, pair: tuple[str, str], who: str, says: str
) -> None:
    three(casebook)
    with pytest.raises(UsageError, match=says):
        casebook.decide(*pair, True, who)
    assert casebook.decisions() == []


def test_adding_folds_what_comes_in_and_keeps_to_what_persons_said(place: Path) -> None:
    with Casebook.open(place, fold=by_type_and_day) as casebook:
        three(casebook)
        assert acts(casebook) == [["a", "b", "c"]]
        made = casebook.decide("a", "c", False, "Ada")
        casebook.add([reading("paper-d", event("d", "paper-d"))])
        assert acts(casebook) == [["a", "b", "d"], ["c"]]
        casebook.undecide(made.decision_id)
        assert acts(casebook) == [["a", "b", "c", "d"]]
        casebook.add([reading("paper-b", event("b", "paper-b", type="ACCUSE", quad=3), text="Other words now. " * 8)])
        assert acts(casebook) == [["a", "c", "d"], ["b"]]


def test_folding_again_gives_the_same_acts(place: Path) -> None:
    with Casebook.open(place) as casebook:
        three(casebook)
        casebook.add_imported([imported(1), imported(2, date="2024-07-01")], "GRAPH")
        with pytest.raises(UsageError, match="opened without fold"):
            casebook.refold()
    with Casebook.open(place, fold=by_type_and_day) as casebook:
        casebook.refold()
        assert acts(casebook) == [["GRAPH-1"], ["GRAPH-2"], ["a", "b", "c"]]
        casebook.refold(imported=True)
        assert acts(casebook) == [["GRAPH-1", "a", "b", "c"], ["GRAPH-2"]]
        casebook.set_folds([[name] for name in ("a", "b", "c", "GRAPH-1")])
        casebook.refold(["a"])
        assert acts(casebook) == [["GRAPH-1", "a", "b", "c"], ["GRAPH-2"]]


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({}, True),
        ({"type": "COERCE"}, True),
        ({"date": "2024-05-09"}, True),
        ({"date": "2024-05-10"}, False),
        ({"date": None}, True),
        ({"source": ("NOR/GOV",)}, True),
        ({"source": ("SDN",), "target": ("NOR",)}, True),
        ({"source": ("NOR",), "target": ()}, True),
        ({"source": ("NOR",), "target": ("FIN",)}, False),
        ({"source": ("NOR", "FIN"), "target": ("SDN",)}, True),
        ({"source": ("FIN",), "target": ("SWE",)}, False),
    ],
)
def test_what_lies_near(casebook: Casebook, changes: dict[str, object], near: bool) -> None:
    casebook.add([reading("paper-a", event("a", "paper-a")), reading("paper-b", event("b", "paper-b", **changes))])
    found = [one.event_id for one in casebook.tellings_near(["a"], 3)]
    assert found == (["a", "b"] if near else ["a"])


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({}, True),
        ({"type": "COERCE"}, True),
        ({"type": "ACCUSE", "quad": 3}, False),
        ({"date": "2024-05", "date_precision": "month"}, True),
        ({"date": "2024", "date_precision": "year"}, True),
        ({"date": None, "date_precision": None}, True),
        ({"date": "2023", "date_precision": "year"}, False),
        ({"date": "2024-07-01"}, False),
        ({"source": ("FIN",)}, False),
    ],
)
def test_what_lies_near_by_the_rules_of_folding(casebook: Casebook, changes: dict[str, object], near: bool) -> None:
    casebook.add([reading("paper-a", event("a", "paper-a")), reading("paper-b", event("b", "paper-b", **changes))])
    found = [one.event_id for one in casebook.tellings_near(["a"])]
    assert found == (["a", "b"] if near else ["a"])


def test_what_is_folded_with_something_near_comes_along(casebook: Casebook) -> None:
    three(casebook)
    casebook.add([reading("paper-far", event("far", "paper-far", date="2020-01-01"))])
    casebook.set_folds([["c", "far"]])
    assert [one.event_id for one in casebook.tellings_near(["a"], 3)] == ["a", "b", "c", "far"]


def test_tellings_are_as_read_with_the_print_of_their_text(casebook: Casebook) -> None:
    three(casebook)
    casebook.correct("a", "status", "denied", "Ada")
    [told] = casebook.tellings(["a", "zz"])
    assert (told.event, told.published) == (event("a", "paper-a"), "2024-05-07")
    assert told.sentence_text == "Norland imposed sanctions on Sudmark."
    assert told.signature == casebook.tellings(["b"])[0].signature != b""


def test_groups_in_any_order_leave_the_same_picture(casebook: Casebook) -> None:
    three(casebook)
    pictures = set()
    for names in itertools.permutations("abc"):
        casebook.set_folds([[name] for name in "abc"])
        casebook.set_folds([list(names)])
        pictures.add(tuple(casebook.events()))
    assert len(pictures) == 1


def test_what_lies_near_may_be_asked_of_a_casebook_for_reading(place: Path) -> None:
    with Casebook.open(place) as casebook:
        three(casebook)
    with Casebook.open(place, read_only=True) as casebook:
        assert [one.event_id for one in casebook.tellings_near(["a"])] == ["a", "b", "c"]
