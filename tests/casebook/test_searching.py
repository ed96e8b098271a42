"""Words are found where they stand, and acts are counted by actor, day and pair; what came in when can be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from communique.casebook import ActorCount, Casebook, DayCount, DyadCount, EventFilter, ReportFilter
from communique.casebook.opening import now
from communique.casebook.searching import snippet
from communique.errors import UsageError
from communique.records import DatePrecision, Event
from tests.casebook.made import TEXT, event, imported, reading


def test_all_words_must_stand_in_it_and_the_newest_comes_first(casebook: Casebook) -> None:
    casebook.add(
        [
            reading("old", published=date(2024, 1, 1)),
            reading("new", published=date(2024, 3, 1)),
            reading("none", published=None),
            reading(
                "other", event("o", "other", anchor="Aid"), text="Aid came to Port Vale, 100% of it, in a_b.".ljust(80)
            ),
        ]
    )
    found = casebook.search("PORT envoys")
    assert [one.report_id for one in found.reports] == ["new", "old", "none"]
    assert found.reports[0].snippet == TEXT
    assert (found.words, found.more_reports, found.events) == (("port", "envoys"), False, ())
    assert [one.report_id for one in casebook.search("aid vale").reports] == ["other"]
    told = casebook.search("norland sanctions", limit=2)
    assert [one.event_id for one in told.events] == ["new:a", "none:a"]
    assert told.more_events
    assert told.events[0].source == ("NOR",)


@pytest.mark.parametrize(
    ("words", "there"), [("%", 1), ("100%", 1), ("a_b", 1), ("_", 1), ("a%b", 0), ("'", 0), (".*", 0)]
)
def test_no_sign_means_anything_but_itself(casebook: Casebook, words: str, there: int) -> None:
    casebook.add([reading("one", text="Aid came, 100% of it, in a_b. It was late and the envoys left at night.".ljust(90)),
                  reading("two")])  # fmt: skip
    assert len(casebook.search(words).reports) == there


def test_a_search_for_nothing(casebook: Casebook) -> None:
    with pytest.raises(UsageError, match="give a word"):
        casebook.search("  ")
    with pytest.raises(UsageError, match="a number from 1"):
        casebook.search("aid", limit=0)
    assert casebook.search("aid").reports == ()


def test_a_snippet_is_cut_between_words_around_what_was_found() -> None:
    text = "before " * 50 + "the Envoy came " + "after " * 50
    made = snippet(text, ("envoy",))
    assert "the Envoy came" in made
    assert made.startswith("… before ")
    assert made.endswith("after …")
    assert len(made) <= 204
    assert snippet("x" * 500, ("y",)) == "x" * 200 + " …"
    assert snippet("", ("y",)) == ""


def acts() -> list[Event]:
    return [
        event("a", source=("NOR/GOV",), target=("SDN",), date="2024-05-06"),
        event("b", source=("SDN",), target=("NOR",), date="2024-05-08", quad=3, type="ACCUSE", mode=None, cameo="112"),
        event("c", source=("NOR", "NOR/GOV", "EST"), target=(), date="2024-05-08", quad=1, type="CONSULT", cameo="040"),
        event("d", source=("OST",), target=("NOR", "SDN"), date="2024-05", quad=1, type="CONSULT", cameo="045"),
    ]


def test_acts_by_actor_day_and_pair(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", *acts())])
    assert casebook.actors(limit=3) == [
        ActorCount("NOR", 4, date(2024, 5, 8)),
        ActorCount("SDN", 3, date(2024, 5, 8)),
        ActorCount("NOR/GOV", 2, date(2024, 5, 8)),
    ]
    assert casebook.days(EventFilter(actor="SDN")) == [
        DayCount(date(2024, 5, 1), 1, 1), DayCount(date(2024, 5, 6), 4, 1), DayCount(date(2024, 5, 8), 3, 1),
    ]  # fmt: skip
    assert casebook.dyads()[0] == DyadCount("NOR", "SDN", 3, date(2024, 5, 8))
    assert {(one.a, one.b): one.events for one in casebook.dyads()} == {
        ("NOR", "SDN"): 3, ("EST", "NOR"): 1, ("NOR", "OST"): 1, ("OST", "SDN"): 1,
    }  # fmt: skip
    assert [one.events for one in casebook.dyads(EventFilter(quad=4), limit=5)] == [1]
    assert sum(one.events for one in casebook.days()) == casebook.count() == 4
    for dyad in casebook.dyads():
        assert dyad.events == casebook.count(EventFilter(dyad=(dyad.a, dyad.b)))


def test_what_came_in_since_a_moment(casebook: Casebook) -> None:
    casebook.add([reading("paper-1"), reading("paper-2"), reading("paper-3")])
    casebook.set_folds([["paper-1:a", "paper-2:a"]])
    moment = now()
    assert casebook.count(EventFilter(added_since=moment)) == 0
    casebook.correct("paper-2:a", "condition", "if asked", "ada")
    assert [kept.event.event_id for kept in casebook.events(EventFilter(added_since=moment))] == ["paper-1:a"]
    casebook.add([reading("paper-3", text=TEXT + " Changed."), reading("paper-4")])
    casebook.add_imported([imported(1)], "GRAPH")
    assert casebook.count(EventFilter(added_since=moment)) == 4
    assert [one.report.report_id for one in casebook.reports(ReportFilter(added_since=moment))] == [
        "paper-3",
        "paper-4",
    ]
    zoned = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=5)))
    assert casebook.count(EventFilter(added_since=zoned)) == 4
    assert casebook.count(EventFilter(added_since=datetime(2100, 1, 1))) == 0


def test_the_history_that_was_known_at_a_moment(casebook: Casebook) -> None:
    casebook.add([reading("paper-1"), reading("paper-2")])
    added = casebook.add_event(event("by-hand", "none"), "ada")
    fixed = casebook.correct("paper-2:a", "target", ["OST"], "ada")
    before = casebook.history()
    moment = now()
    casebook.add([reading("paper-1", text=TEXT + " Changed."), reading("paper-3")])
    casebook.add_imported([imported(1)], "GRAPH")
    casebook.undo(added.correction_id)
    casebook.undo(fixed.correction_id)
    casebook.delete("paper-3:a", "ada")
    assert casebook.history() != before
    assert casebook.history(known_by=moment) == before
    assert casebook.history(known_by=datetime(2000, 1, 1)).events == ()
    assert casebook.history(known_by=now()) == casebook.history()


def test_the_state_changes_with_every_change_and_not_by_reading(casebook: Casebook) -> None:
    seen = [casebook.state()]
    casebook.add([reading("paper-1")])
    seen.append(casebook.state())
    made = casebook.correct("paper-1:a", "condition", "if asked", "ada")
    seen.append(casebook.state())
    casebook.undo(made.correction_id)
    seen.append(casebook.state())
    assert len(set(seen)) == 4
    casebook.events()
    assert casebook.state() == seen[-1]


def test_an_act_of_a_month_is_not_later_than_the_day_it_was_told(casebook: Casebook) -> None:
    """What is dated 2025-05 and told on 4 May has no last day at the end of May."""
    of_month = event("m", "paper-1", date="2025-05", date_precision=DatePrecision.MONTH)
    casebook.add([reading("paper-1", of_month, published=date(2025, 5, 4))])
    assert casebook.contents().last_day == date(2025, 5, 4)
    assert {each.last_day for each in casebook.actors()} == {date(2025, 5, 4)}
    assert {each.last_day for each in casebook.dyads()} == {date(2025, 5, 4)}
