"""Who stands with whom: the relation of two actors, made of hand-written events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.records import Event, KeptEvent, Status
from communique.standing.alignment_groups import blocs, triads
from communique.standing.alignments import AlignmentRow, alignments

INTENSITY = {"SUPPORT": 4.0, "COOPERATE": 7.0, "CONSULT": 2.5, "ACCUSE": -2.0, "SANCTION": -8.0, "ASSAULT": -10.0,
             "AID": 7.4, "REQUEST": 3.0, "AGREE": 5.0, "THREATEN": -6.0}  # fmt: skip


def told(
    source: str,
    type: str,
    target: str = "",
    day: str | None = "2014-03-01",
    *,
    status: Status = Status.OCCURRED,
    published: str | None = None,
    number: int = 0,
    tellings: int = 1,
    confidence: float = 1.0,
) -> KeptEvent:
    """Give an event as the casebook keeps it: `told("USA", "SANCTION", "RUS", "2014-03-17")`."""
    report, event_id = f"report-{number}", f"{source} {type} {target} {day} {number}"
    sentence = f"{source} {type} {target}."
    event = Event(
        event_id, report, 0, type, None, 1, "0", INTENSITY[type], tuple(source.split("+")),
        tuple(target.split("+")) if target else (), source, target, status, None, None, day, None, None, None, (),
        type, number, number + 1, confidence, "",
    )  # fmt: skip
    ids = tuple((f"{event_id}/{telling}", f"{report}/{telling}") for telling in range(tellings))
    return KeptEvent(event, published or day, ids, sentence)


def rows(events: Sequence[KeptEvent], **particulars: object) -> dict[tuple[str, str], AlignmentRow]:
    return {(row.a, row.b): row for row in alignments(events, **particulars)}  # type: ignore[arg-type]


def one(events: Sequence[KeptEvent], **particulars: object) -> AlignmentRow:
    found = alignments(events, **particulars)  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def test_friends_stand_above_zero_and_enemies_below() -> None:
    found = rows([told("IRN", "COOPERATE", "RUS"), told("USA", "SANCTION", "IRN")])
    assert found["IRN", "RUS"].score > 0.2
    assert found["IRN", "USA"].score < -0.2
    assert ("RUS", "USA") not in found


def test_an_act_is_between_each_who_makes_it_and_each_who_undergoes_it() -> None:
    found = rows([told("USA+GBR", "SANCTION", "RUS+BLR")])
    assert set(found) == {("BLR", "GBR"), ("BLR", "USA"), ("GBR", "RUS"), ("RUS", "USA")}


def test_a_joint_act_is_between_all_who_make_it() -> None:
    assert set(rows([told("EGY+ISR+USA", "CONSULT")])) == {("EGY", "ISR"), ("EGY", "USA"), ("ISR", "USA")}


def test_what_passes_within_a_state_is_no_relation() -> None:
    assert alignments([told("SDN", "ASSAULT", "SDN/REB")]) == ()
    assert one([told("SDN/REB", "ASSAULT", "TCD/MIL")]).b == "TCD"


def test_one_word_moves_a_relation_less_than_many_deeds() -> None:
    single = one([told("CHN", "ACCUSE", "JPN")])
    many = one([told("CHN", "SANCTION", "JPN", number=number) for number in range(9)])
    assert -0.3 < single.score < 0
    assert many.score < -0.7
    assert (single.kind, many.kind) == ("strained", "rivalry")


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (told("A1", "SANCTION", "B1", status=Status.PLANNED), told("A1", "SANCTION", "B1")),
        (told("A1", "SANCTION", "B1", status=Status.HYPOTHETICAL), told("A1", "SANCTION", "B1", status=Status.PLANNED)),
        (told("A1", "SANCTION", "B1", confidence=0.4), told("A1", "SANCTION", "B1", confidence=0.9)),
        (told("A1", "SANCTION", "B1"), told("A1", "SANCTION", "B1", tellings=10)),
        (told("A1", "CONSULT", "B1"), told("A1", "AID", "B1")),
        (told("A1", "ACCUSE", "B1"), told("A1", "ASSAULT", "B1")),
    ],
)
def test_what_weighs_more(less: KeptEvent, more: KeptEvent) -> None:
    assert one([less]).weight < one([more]).weight
    assert abs(one([less]).score) < abs(one([more]).score)


def test_what_is_denied_leaves_no_trace() -> None:
    assert alignments([told("USA", "ASSAULT", "CUB", status=Status.DENIED)]) == ()


def test_ten_reports_of_one_act_are_not_ten_acts() -> None:
    ten_reports = one([told("FRA", "SANCTION", "MLI", tellings=10)])
    ten_acts = one([told("FRA", "SANCTION", "MLI", number=number) for number in range(10)])
    assert ten_reports.weight < 2 * one([told("FRA", "SANCTION", "MLI")]).weight
    assert ten_acts.weight > 9 * one([told("FRA", "SANCTION", "MLI")]).weight


def test_an_act_counts_half_after_its_half_life() -> None:
    act = [told("GRC", "COOPERATE", "CYP", "2010-01-01")]
    new = one(act, as_of=date(2010, 1, 1), half_life=100)
    old = one(act, as_of=date(2010, 4, 11), half_life=100)
    assert old.weight == pytest.approx(new.weight / 2, abs=0.01)
    assert 0 < old.score < new.score


@pytest.mark.parametrize("half_life", [0, -3, float("nan"), float("inf")])
def test_a_half_life_that_cannot_be_is_named(half_life: float) -> None:
    with pytest.raises(UsageError, match="half_life"):
        alignments([], half_life=half_life)


def test_a_quarrel_cools_a_friendship_and_peace_warms_it_again() -> None:
    friends = [told("AUS", "COOPERATE", "CHN", f"2018-0{month}-01", number=month) for month in range(1, 9)]
    quarrel = [told("CHN", "SANCTION", "AUS", f"2020-0{month}-05", number=month) for month in range(5, 9)]
    thaw = [told("AUS", "AGREE", "CHN", f"2023-0{month}-05", number=month) for month in range(1, 4)]
    events = friends + quarrel + thaw
    assert one(events, as_of=date(2018, 2, 15)).trend == "warming"
    assert one(events, as_of=date(2018, 9, 1)).trend == "steady"
    assert one(events, as_of=date(2019, 12, 1)).trend == "steady"
    quarrelling = one(events, as_of=date(2020, 9, 1), half_life=365)
    assert (quarrelling.trend, quarrelling.kind) == ("cooling", "strained")
    assert quarrelling.since is not None
    assert quarrelling.since.startswith("2020-0")
    assert one(events, as_of=date(2023, 4, 1)).trend == "warming"


def test_a_first_friendly_deed_warms_two_who_had_nothing_to_do_with_each_other() -> None:
    assert one([told("RUS+USA", "CONSULT"), told("RUS", "SUPPORT", "USA", number=1)]).trend == "warming"


def test_an_alliance_of_which_nothing_is_heard_fades_on_a_day() -> None:
    events = [told("CUB", "AID", "AGO", f"1980-01-{day:02}", number=day) for day in range(1, 9)]
    now = one(events, as_of=date(1980, 1, 10))
    later = one(events, as_of=date(1990, 1, 10))
    assert now.kind == "alliance"
    assert later.kind in {"friendly", "slight"}
    assert later.since is not None
    assert "1980-01-10" < later.since < "1990-01-10"
    assert one(events, as_of=date.fromisoformat(later.since)).kind == later.kind


def test_friendly_and_hostile_acts_together_are_mixed() -> None:
    events = [told("IND", "AID", "PAK", number=1), told("IND", "SANCTION", "PAK", number=2)]
    assert one(events).kind == "mixed"


def test_turning_points_name_the_day_on_which_a_relation_broke() -> None:
    start = date(2014, 1, 1)
    events = [
        told("RUS", "COOPERATE" if day < 77 else "SANCTION", "UKR", (start + timedelta(day)).isoformat(), number=day)
        for day in range(0, 180, 3)
    ]
    row = one(events)
    assert len(row.turning_points) == 1
    turn = row.turning_points[0]
    assert "2014-03-10" <= turn.date <= "2014-03-25"
    assert turn.before > 0.3
    assert turn.after < -0.3
    assert one(events, with_turning_points=False).turning_points == ()


def test_few_events_have_no_turning_points() -> None:
    assert one([told("RUS", "AID", "UKR"), told("RUS", "ASSAULT", "UKR", "2014-04-01")]).turning_points == ()


def test_a_row_leads_to_its_sentences() -> None:
    row = one([told("TUR", "ACCUSE", "GRC", "1996-01-30"), told("GRC", "THREATEN", "TUR", "1996-01-31", number=1)])
    assert row.events == ("TUR ACCUSE GRC 1996-01-30 0", "GRC THREATEN TUR 1996-01-31 1")
    assert [step.step for step in row.history] == ["ACCUSE", "THREATEN"]
    assert row.changed == "1996-01-31"
    assert [each.text for each in row.evidence] == ["TUR ACCUSE GRC.", "GRC THREATEN TUR."]


def test_a_plan_counts_from_the_day_it_was_published() -> None:
    plan = told("JPN", "SANCTION", "RUS", "2014-12-24", status=Status.PLANNED, published="2014-08-01")
    assert one([plan], as_of=date(2014, 8, 2)).changed == "2014-08-01"


def test_an_act_without_any_day_counts_and_dates_nothing() -> None:
    row = one([told("JPN", "AID", "KHM", None)])
    assert (row.changed, row.since) == (None, None)
    assert row.score > 0


def test_about_leaves_the_rows_of_others_out_and_its_own_as_they_are() -> None:
    events = [told("JPN", "AID", "KHM"), told("JPN+KOR", "CONSULT", number=1), told("FRA", "AID", "MLI", number=2)]
    everything = rows(events)
    assert rows(events, about=["KOR", "KHM"]) == {pair: everything[pair] for pair in [("JPN", "KHM"), ("JPN", "KOR")]}


def net(*ties: tuple[str, str, str]) -> tuple[AlignmentRow, ...]:
    """Give the rows of a net: each tie a pair with four acts of one type between them."""
    events = [told(a, type, b, number=n) for a, type, b in ties for n in range(4)]
    return alignments(events)


def test_the_friend_of_a_friend_and_the_enemy_of_an_enemy_balance() -> None:
    found = triads(
        net(
            ("IRN", "COOPERATE", "RUS"), ("IRN", "SUPPORT", "SYR"), ("RUS", "AID", "SYR"),
            ("USA", "SANCTION", "IRN"), ("USA", "COOPERATE", "RUS"),
        )
    )  # fmt: skip
    balance = {triad.members: triad.balanced for triad in found}
    assert balance == {("IRN", "RUS", "SYR"): True, ("IRN", "RUS", "USA"): False}
    assert [triad.balanced for triad in found] == [False, True]
    assert all(triad.since == triad.changed == "2014-03-01" for triad in found)


def test_triads_about_an_actor() -> None:
    ties = net(("AAA", "AID", "BBB"), ("AAA", "AID", "CCC"), ("BBB", "AID", "CCC"))
    assert len(triads(ties, about=["BBB"])) == 1
    assert triads(ties, about=["DDD"]) == ()


def test_two_blocs_face_each_other() -> None:
    west = [("USA", "COOPERATE", "GBR"), ("USA", "COOPERATE", "FRA"), ("GBR", "COOPERATE", "FRA")]
    east = [("SUN", "AID", "POL"), ("SUN", "AID", "BGR"), ("POL", "COOPERATE", "BGR")]
    between = [("USA", "SANCTION", "SUN"), ("SUN", "THREATEN", "GBR"), ("FRA", "CONSULT", "POL")]
    found = blocs(net(*west, *east, *between))
    assert [bloc.members for bloc in found] == [("BGR", "POL", "SUN"), ("FRA", "GBR", "USA")]
    assert found[0].opposed == ("GBR", "USA")
    assert all(bloc.cohesion > 0.5 for bloc in found)


def test_who_has_one_friend_in_a_bloc_is_no_member_and_two_allies_are_one() -> None:
    found = blocs(net(("IRN", "AID", "SYR"), ("IRN", "AID", "LBN"), ("SYR", "AID", "LBN"), ("USA", "CONSULT", "SYR")))
    assert [bloc.members for bloc in found] == [("IRN", "LBN", "SYR")]
    assert [bloc.members for bloc in blocs(net(("CHN", "AID", "PAK")))] == [("CHN", "PAK")]
    assert blocs(()) == ()


DAYS = st.dates(date(2010, 1, 1), date(2015, 12, 31)).map(date.isoformat)
EVENTS = st.lists(
    st.builds(
        told,
        st.sampled_from(["USA", "RUS", "IRN", "CHN+RUS"]),
        st.sampled_from(sorted(INTENSITY)),
        st.sampled_from(["SYR", "USA", "IRN/MIL", ""]),
        st.one_of(DAYS, st.just("2012"), st.just("2013-05"), st.none()),
        status=st.sampled_from(list(Status)),
        published=st.one_of(DAYS, st.none()),
        number=st.integers(0, 50),
    ),
    max_size=12,
    unique_by=lambda kept: kept.event.event_id,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_board(events: list[KeptEvent], chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    before, after = alignments(events), alignments(shuffled)
    assert before == after
    assert triads(before) == triads(reversed(after))
    assert blocs(before) == blocs(reversed(after))


@given(EVENTS, st.dates(date(2009, 1, 1), date(2016, 12, 31)))
def test_no_row_shows_a_step_that_comes_later(events: list[KeptEvent], as_of: date) -> None:
    for row in alignments(events, as_of):
        days = [step.date for step in row.history if step.date] + ([row.since] if row.since else [])
        assert all(day <= as_of.isoformat() for day in days)


@given(EVENTS)
def test_scores_stay_within_their_bounds(events: list[KeptEvent]) -> None:
    for row in alignments(events):
        assert -1 < row.score < 1
        assert row.a < row.b
        assert row.weight >= 0
