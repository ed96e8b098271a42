"""Ten papers print one wire story: one act with ten sources. What only looks alike stays apart."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

import communique
from communique.errors import UsageError
from communique.folding.fold import fold_events, fold_new
from communique.folding.tellings import Decision, Telling
from communique.folding.wording import signature
from communique.records import Status
from tests.folding.made import telling

STORY = (
    "Peru recalled its ambassador from Bolivia on Monday over a raid on its consulate. Bolivia accused Peru of spying. "
    "The two countries share Lake Titicaca."
)


def read(report_id: str, text: str, published: str, title: str | None = None) -> list[Telling]:
    """The tellings of one report as our reader codes it."""
    signed = signature(text)
    events = communique.read(text, published, title, report_id)
    return [Telling(event, published, text if event.sentence >= 0 else str(title), signed) for event in events]


def test_ten_papers_print_one_wire_story_and_it_is_one_act_with_ten_sources() -> None:
    first = date(2025, 2, 25)
    papers = [
        read(f"paper-{number}", STORY, (first + timedelta(number // 5)).isoformat(), f"Headline {number}")
        for number in range(10)
    ]
    recalls = {tale.event_id for paper in papers for tale in paper if tale.event.type == "SANCTION"}
    groups = fold_events([tale for paper in papers for tale in paper])
    assert len(recalls) == 10
    assert tuple(sorted(recalls)) in groups
    assert len(groups) == len(papers[0])


MONDAY = telling("a", "The United States imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions")

SAME = {
    "a copy": telling("b", "The United States imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions"),
    "other words for it": telling(
        "b", "Washington slapped sanctions on traders of Iranian crude on Tuesday.", "slapped sanctions"
    ),
    "background in a report of the week after": telling(
        "b", "Iran vowed revenge for the sanctions on oil traders.", "sanctions on oil traders",
        date=None, published="2023-05-16",
    ),
    "a part of the target": telling(
        "b", "Washington imposed sanctions on oil traders of Iran on Tuesday.", "imposed sanctions", "USA SANCTION IRN/BUS"
    ),
    "one paper takes the day of its print": telling(
        "b", "The United States imposed sanctions on Iranian oil traders, it said.", "imposed sanctions", date="2023-05-10"
    ),
}  # fmt: skip

OTHER = {
    "a second round": telling(
        "b", "The United States imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions",
        date="2023-05-23", published="2023-05-24",
    ),
    "the next day": telling(
        "b", "The United States imposed sanctions on Iranian oil traders on Wednesday.", "imposed sanctions",
        date="2023-05-10",
    ),
    "another actor": telling(
        "b", "Britain imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions", "GBR SANCTION IRN"
    ),
    "the threat of it": telling(
        "b", "The United States threatened to impose sanctions on Iranian oil traders on Tuesday.",
        "threatened to impose sanctions", "USA THREATEN IRN",
    ),
    "the answer in kind": telling(
        "b", "Iran imposed sanctions on American oil traders on Tuesday.", "imposed sanctions", "IRN SANCTION USA"
    ),
    "its denial": telling(
        "b", "The United States has not imposed sanctions on Iranian oil traders.", "imposed sanctions",
        status=Status.DENIED,
    ),
    "its plan": telling(
        "b", "The United States will impose sanctions on Iranian oil traders on Tuesday.", "impose sanctions",
        status=Status.PLANNED,
    ),
    "the same report": telling("a", "The United States imposed sanctions on Iranian oil traders.", "imposed sanctions on"),
    "no sentence to know it by": telling("b", "", "imposed sanctions"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_other_tellings_of_an_act_are_folded(name: str) -> None:
    assert len(fold_events([MONDAY, SAME[name]])) == 1


@pytest.mark.parametrize("name", OTHER)
def test_what_only_looks_like_it_stays_apart(name: str) -> None:
    assert len(fold_events([MONDAY, OTHER[name]])) == 2


def test_two_towns_struck_on_one_day_are_two_acts() -> None:
    struck = [
        telling(
            str(number), f"Russia shelled {town} on Tuesday.", f"shelled {town}", "RUS ASSAULT UKR",
            location=town, mode="heavy-weapons",
        )
        for number, town in enumerate(["Odesa", "Kharkiv"])
    ]  # fmt: skip
    assert len(fold_events(struck)) == 2


def test_a_chain_of_days_does_not_fold_its_ends() -> None:
    days = ["2023-05-09", "2023-05-10", "2023-05-11", "2023-05-12"]
    told = [
        telling(
            f"r{day}", "Russia has shelled Kharkiv, the army said.", "has shelled Kharkiv", "RUS ASSAULT UKR", date=day
        )
        for day in days
    ]
    home = {name: group for group in fold_events(told) for name in group}
    assert home[told[0].event_id] != home[told[-1].event_id]


def test_a_person_forces_a_fold_and_undoes_one() -> None:
    other = OTHER["a second round"]
    pair = (MONDAY.event_id, other.event_id)
    assert fold_events([MONDAY, other], [Decision(True, *pair)]) == (tuple(sorted(pair)),)
    copy = SAME["a copy"]
    assert len(fold_events([MONDAY, copy], [Decision(False, MONDAY.event_id, copy.event_id)])) == 2


def test_an_undone_fold_stays_undone_when_a_third_paper_tells_it() -> None:
    copies = [
        telling(name, "The United States imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions")
        for name in "abc"
    ]
    groups = fold_events(copies, [Decision(False, copies[0].event_id, copies[1].event_id)])
    assert all(not {copies[0].event_id, copies[1].event_id} <= set(group) for group in groups)
    assert sorted(map(len, groups)) == [1, 2]


def test_a_forced_fold_joins_two_events_of_one_report() -> None:
    other = OTHER["the same report"]
    assert len(fold_events([MONDAY, other], [Decision(True, other.event_id, MONDAY.event_id)])) == 1


def test_decisions_that_contradict_one_another_are_refused_with_the_mend() -> None:
    a, b, c = (telling(name, "The US imposed sanctions on Iran.", "imposed sanctions") for name in "abc")
    names = [one.event_id for one in (a, b, c)]
    wrong = [
        Decision(True, names[0], names[1]),
        Decision(True, names[1], names[2]),
        Decision(False, names[0], names[2]),
    ]
    with pytest.raises(UsageError, match="take one back"):
        fold_events([a, b, c], wrong)
    with pytest.raises(UsageError, match="name two events"):
        Decision(True, "x", "x")


def test_decisions_on_absent_events_are_passed_over() -> None:
    assert fold_events([MONDAY], [Decision(True, MONDAY.event_id, "gone")]) == ((MONDAY.event_id,),)


def test_nothing_folds_to_nothing() -> None:
    assert fold_events([]) == ()


def test_new_tellings_are_folded_into_what_is_there_without_reading_all_of_it() -> None:
    there = [
        telling(f"old-{number}", STORY, "recalled its ambassador", f"X{number} SANCTION BOL") for number in range(50)
    ]
    kept = [*there, MONDAY, SAME["other words for it"]]
    asked: list[str] = []

    def neighbours(one: Telling) -> list[Telling]:
        asked.append(one.event_id)
        return [other for other in kept if {*other.event.source} & {*one.event.source}]

    new = telling("new", "The United States imposed sanctions on Iranian oil traders on Tuesday.", "imposed sanctions")
    groups = fold_new([new], neighbours)
    assert groups == (tuple(sorted([new.event_id, MONDAY.event_id, SAME["other words for it"].event_id])),)
    assert len(asked) == 3


def test_every_pair_scores_the_same_from_either_side() -> None:
    for left, right in itertools.combinations([MONDAY, *SAME.values(), *OTHER.values()], 2):
        assert fold_events([left, right]) == fold_events([right, left])


def test_a_story_printed_hundreds_of_times_is_one_act() -> None:
    words = "The United States imposed sanctions on Iranian oil traders on Tuesday."
    copies = [telling(f"paper-{number}", words, "imposed sanctions") for number in range(300)]
    assert len(fold_events(copies)) == 1
