"""The board of talks, folded from moves made by hand: refusals and their conditions, rounds, forms, open doors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import Board, Move, Status
from communique.standing.steps import sort_day
from communique.standing.talks import Round, Talks, parties_of, talks


def step(name: str, source: str, target: str = "", on: str = "2025-02-01", **particulars: Any) -> Move:
    """Give a move on the board of talks; sides are codes between blanks, `on` the day of its report."""
    fields: dict[str, Any] = {
        "report_id": f"report of {on}",
        "sentence": 0,
        "event_id": None,
        "words": name,
        "published": on,
        "status": Status.PLANNED if name == "schedule" else Status.OCCURRED,
    } | particulars
    return Move(Board.TALKS, name, source=tuple(source.split()), target=tuple(target.split()), **fields)


def only(*moves: Move, as_of: date | None = None) -> Talks:
    rows = talks(moves, as_of, {})
    assert len(rows) == 1, [(row.parties, row.about, row.form) for row in rows]
    return rows[0]


def test_refused_as_long_as_the_pressure_lasts_without_a_formal_ban() -> None:
    row = only(
        step("refuse", "IRN", "USA", about=("nuclear",), form="direct", order=1),
        step("refuse", "IRN", "USA", order=2, sentence=1, condition="as long as the pressure lasts"),
        step("no ban", "IRN", "USA", order=3, form="direct"),
    )
    assert (row.parties, row.about, row.form) == (("IRN", "USA"), "nuclear", "direct")
    assert (row.status, row.refused_by, row.condition) == ("refused", ("IRN",), "as long as the pressure lasts")
    assert (row.since, row.formal_ban) == ("2025-02-01", False)
    assert len(row.history) == 3


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (["propose"], "proposed"),
        (["propose", "agree", "schedule"], "scheduled"),
        (["schedule", "begin"], "under way"),
        (["begin", "hold"], "under way"),
        (["begin", "propose"], "under way"),
        (["hold", "schedule"], "scheduled"),
        (["begin", "suspend"], "suspended"),
        (["suspend", "resume"], "under way"),
        (["begin", "end with result"], "ended with result"),
        (["hold", "end without result"], "ended without result"),
        (["refuse", "hold"], "held"),
        (["refuse", "rule nothing out"], "refused"),
        (["rule nothing out"], None),
        (["refuse", "agree"], "agreed"),
    ],
)
def test_what_the_last_step_leaves(told: list[str], status: str | None) -> None:
    moves = [step(name, "IND", "PAK", on=f"2015-03-{day:02}") for day, name in enumerate(told, 1)]
    assert only(*moves).status == status


def test_a_refusal_stands_until_the_one_who_refused_moves() -> None:
    refused = step("refuse", "IRN", "USA", on="2025-02-01")
    offered = step("propose", "USA", "IRN", on="2025-02-10")
    urged = step("propose", "OMN", "IRN USA", on="2025-02-11")
    assert only(refused, offered, urged).status == "refused"
    agreed = only(refused, offered, step("agree", "IRN", "USA", on="2025-03-01", condition="if threats cease"))
    assert (agreed.status, agreed.since, agreed.refused_by) == ("agreed", "2025-03-01", ())
    assert agreed.condition == "if threats cease"


def test_whoever_calls_for_talks_of_others_is_no_side_of_them() -> None:
    assert parties_of(step("propose", "UN", "ISR PSE")) == ("ISR", "PSE")
    assert parties_of(step("propose", "RUS", "RUS IRN TUR")) == ("IRN", "RUS", "TUR")
    assert parties_of(step("refuse", "SYR/OPP", "SYR")) == ("SYR", "SYR/OPP")
    assert parties_of(step("hold", "IRN/LEG RUS")) == ("IRN", "RUS")


def test_direct_and_indirect_talks_stand_apart_and_the_unsaid_joins_the_direct() -> None:
    rows = talks(
        [
            step("refuse", "IRN", "USA", form="direct", about=("nuclear",)),
            step("begin", "IRN USA", form="indirect", about=("nuclear",), through=("OMN",)),
            step("refuse", "IRN", "USA", sentence=1),
        ],
        None,
        {},
    )
    assert [(row.form, row.status, len(row.history), row.mediators) for row in rows] == [
        ("direct", "refused", 2, ()),
        ("indirect", "under way", 1, ("OMN",)),
    ]


def test_talks_of_no_told_question_are_those_on_the_only_one() -> None:
    grain, unsaid = step("begin", "RUS UKR", about=("grain",)), step("hold", "RUS UKR")
    hostages = step("begin", "RUS UKR", about=("hostages",))
    assert only(grain, unsaid).about == "grain"
    assert [row.about for row in talks([grain, hostages, unsaid], None, {})] == ["general", "grain", "hostages"]


def test_a_visit_is_not_a_round_of_the_nuclear_talks() -> None:
    rows = talks([step("begin", "IRN RUS", about=("nuclear",)), step("hold", "IRN RUS", about=("general",))], None, {})
    assert [(row.about, row.status) for row in rows] == [("general", "held"), ("nuclear", "under way")]


def test_ministers_who_meet_do_not_take_back_a_refusal_of_talks() -> None:
    meeting = step("hold", "IND PAK", on="2019-10-24", about=("general",))
    row = only(step("refuse", "PAK", "IND", on="2019-09-27"), meeting)
    assert (row.status, row.since, len(row.rounds)) == ("refused", "2019-09-27", 1)
    assert only(step("refuse", "PAK", "IND", on="2019-09-27", about=("general",)), meeting).status == "held"


def test_rounds_are_counted_once_however_many_papers_tell_them() -> None:
    row = only(
        step("hold", "GRC TUR", on="2021-01-26", date="2021-01-25", place="Istanbul"),
        step("hold", "GRC TUR", on="2021-01-27"),
        step("hold", "GRC TUR", on="2021-03-17", date="2021-03-16", place="Athens"),
    )
    assert row.rounds == (Round("2021-01-25", "Istanbul", "hold"), Round("2021-03-16", "Athens", "hold"))
    assert (row.since, row.place, row.changed) == ("2021-01-25", "Athens", "2021-03-16")


def test_under_way_since_the_year_that_the_report_names() -> None:
    row = only(step("resume", "DEU FRA GBR IRN", on="2025-02-25", date="2024"))
    assert (row.status, row.since, row.form) == ("under way", "2024", "multilateral")


def test_a_day_that_talks_are_due() -> None:
    due = step("schedule", "RUS UKR", on="2022-03-27", date="2022-03-29")
    row = only(due)
    assert (row.status, row.since, row.due) == ("scheduled", "2022-03-27", "2022-03-29")
    assert only(due, step("hold", "RUS UKR", on="2022-03-29")).due is None


def test_what_lay_before_the_news_leaves_the_refusal_standing() -> None:
    row = only(step("refuse", "SRB", "XKX", order=5), step("hold", "SRB XKX", order=-900_000))
    assert (row.status, len(row.rounds)) == ("refused", 1)
    assert only(step("hold", "SRB XKX", order=-900_000)).status == "held"


def test_evidence_is_the_sentence_and_events_are_named_once() -> None:
    moves = [step("hold", "RUS USA", event_id="e1"), step("hold", "RUS USA", event_id="e1", words="told again")]
    row = talks(moves, None, {("report of 2025-02-01", 0): "They met in Riyadh."})[0]
    assert row.events == ("e1",)
    assert [evidence.text for evidence in row.evidence] == ["They met in Riyadh."]


SIDES = ["IRN", "USA", "DEU", "SYR", "SYR/OPP"]
NAMES = ["propose", "refuse", "ban", "no ban", "rule nothing out", "agree", "schedule", "begin", "resume", "hold"]
ENDS = ["go on", "suspend", "end with result", "end without result"]


@st.composite
def moves_of_some_talks(draw: st.DrawFn) -> list[Move]:
    made = []
    for number in range(draw(st.integers(1, 9))):
        source = draw(st.lists(st.sampled_from(SIDES), min_size=1, max_size=2, unique=True))
        target = draw(st.lists(st.sampled_from(SIDES), max_size=2, unique=True))
        day = draw(st.dates(date(2024, 1, 1), date(2024, 3, 1))).isoformat()
        made.append(
            step(
                draw(st.sampled_from(NAMES + ENDS)),
                " ".join(source),
                " ".join(target),
                on=day,
                order=number,
                report_id=str(number),
                about=draw(st.sampled_from([(), ("nuclear",), ("grain",), ("general",)])),
                form=draw(st.sampled_from([None, "direct", "indirect", "mediated", "multilateral"])),
                date=draw(st.sampled_from([None, "2023", "2024-01", day])),
                words=f"words {number}",
            )
        )
    return made


@given(moves_of_some_talks(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_order_of_arrival_gives_the_same_board(moves: list[Move], chance: Any) -> None:
    shuffled = list(moves)
    chance.shuffle(shuffled)
    assert talks(shuffled, None, {}) == talks(moves, None, {})


@given(moves_of_some_talks(), st.dates(date(2024, 1, 1), date(2024, 3, 1)))
@settings(max_examples=60, deadline=None)
def test_a_day_shows_nothing_of_later_days(moves: list[Move], day: date) -> None:
    rows = talks(moves, day, {})
    assert all(sort_day(line.date) <= day.isoformat() for row in rows for line in row.history)
    known = [move for move in moves if sort_day(line_day(move)) <= day.isoformat()]
    assert rows == talks(known, None, {})


def line_day(move: Move) -> str | None:
    return move.date if move.status is Status.OCCURRED and move.date else move.published


def test_an_agreement_struck_ends_the_talks_of_its_parties_with_a_result() -> None:
    row = only(
        step("go on", "IND", "PAK", on="2015-03-01", about=("water",)),
        step("settle", "IND PAK", on="2015-05-01", about=("water",)),
    )
    assert (row.status, row.since, row.about) == ("ended with result", "2015-05-01", "water")


@pytest.mark.parametrize(
    ("talked_about", "on", "settled"),
    [
        (("water",), "2015-05-01", ("trade",)),  # another question
        (("water",), "2013-05-01", ("water",)),  # too long ago
        ((), "2015-03-01", ("agreement",)),  # on no question that is told, and not of these weeks
        (("general",), "2015-04-28", ("agreement",)),  # a meeting is on no question
    ],
)
def test_an_agreement_on_something_else_ends_no_talks(
    talked_about: tuple[str, ...], on: str, settled: tuple[str, ...]
) -> None:
    row = only(
        step("hold", "IND", "PAK", on=on, about=talked_about),
        step("settle", "IND PAK", on="2015-05-01", about=settled),
    )
    assert row.status == "held"


def test_an_agreement_between_those_who_did_not_talk_makes_no_row() -> None:
    assert talks([step("settle", "DEU FRA", about=("trade",))], None, {}) == ()


def test_the_word_of_one_side_does_not_mend_what_broke_down() -> None:
    broken = step("end without result", "RUS UKR", on="2008-12-31", about=("energy",))
    assert (
        only(broken, step("agree", "UKR", "RUS", on="2009-01-03", about=("energy",))).status == "ended without result"
    )
    assert only(broken, step("agree", "RUS UKR", on="2009-01-03", about=("energy",))).status == "agreed"


def test_a_meeting_long_after_a_refusal_takes_it_back() -> None:
    refused = step("refuse", "USA", "PRK", on="2006-04-14", form="direct")
    soon = step("hold", "PRK USA", on="2006-05-14", form="direct", about=("general",))
    late = step("hold", "PRK USA", on="2007-01-17", form="direct", about=("general",))
    assert [row.status for row in talks([refused, soon], None, {}) if row.refused_by] == ["refused"]
    assert only(refused, late).status == "held"


def test_a_round_held_and_the_next_one_fixed_are_talks_under_way() -> None:
    held = step("hold", "GRC TUR", on="2021-01-26", about=("maritime",))
    fixed = step("schedule", "GRC TUR", on="2021-01-26", about=("maritime",), date="2021-03", order=1)
    row = only(held, fixed)
    assert (row.status, row.due) == ("under way", "2021-03")


def test_who_offers_a_table_to_government_and_opposition_is_no_side() -> None:
    assert parties_of(step("propose", "IRN", "SYR SYR/OPP")) == ("SYR", "SYR/OPP")


def test_within_one_country_the_refusing_side_keeps_its_role() -> None:
    assert only(step("refuse", "SYR/OPP", "SYR")).refused_by == ("SYR/OPP",)


def test_a_report_that_states_the_condition_twice_means_the_fuller_words() -> None:
    row = only(
        step("refuse", "IRN", "USA", condition="while the siege of the port lasts", order=1),
        step("refuse", "IRN", "USA", condition="under fire", order=2),
    )
    assert row.condition == "while the siege of the port lasts"
