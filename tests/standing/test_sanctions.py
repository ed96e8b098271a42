"""The board of sanctions as a fold: spells, relief, kinds, and that order of arrival and later steps change nothing."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import Board, Move, Status
from communique.standing.sanctions import SanctionRow, sanctions
from communique.standing.steps import as_json

_NUMBERS = count()


def move(step: str, day: str | None, published: str | None = None, **more: object) -> Move:
    """Give a step of the US on Iran unless told otherwise, published on its own day unless told otherwise."""
    fields: dict[str, object] = {
        "source": ("USA",),
        "target": ("IRN",),
        "words": f"{step} sanctions",
        "event_id": f"event {step} {day}",
    } | more
    return Move(
        board=Board.SANCTIONS, step=step, report_id=f"report {published or day}", sentence=0, date=day,
        published=published or day, **fields,
    )  # type: ignore[arg-type]  # fmt: skip


def one(*moves: Move, as_of: str | None = None) -> SanctionRow:
    """Give the only row of a board."""
    rows = sanctions(moves, date.fromisoformat(as_of) if as_of else None)
    assert len(rows) == 1, rows
    return rows[0]


def of_kind(kind: str, *moves: Move) -> SanctionRow:
    """Give the row of a kind."""
    return next(row for row in sanctions(moves) if row.on == kind)


# -- spells ---------------------------------------------------------------------------------------


def test_imposed_sanctions_are_in_force_since_that_day() -> None:
    row = one(move("impose", "2012-07-01"))
    assert (row.sender, row.target, row.on, row.status) == ("USA", "IRN", "all", "in force")
    assert (row.since, row.imposed, row.changed) == ("2012-07-01", "2012-07-01", "2012-07-01")


def test_a_report_without_a_date_counts_from_its_publication() -> None:
    assert one(move("impose", None, "2012-07-03")).since == "2012-07-03"


def test_fresh_sanctions_on_top_leave_the_spell_as_it_was() -> None:
    row = one(move("impose", "2012-07-01"), move("impose", "2013-02-06"))
    assert (row.status, row.since, row.changed) == ("in force", "2012-07-01", "2013-02-06")


def test_widening_changes_the_status_and_not_the_spell() -> None:
    row = one(move("impose", "2012-07-01"), move("widen", "2013-02-06"))
    assert (row.status, row.since, row.changed) == ("widened", "2012-07-01", "2013-02-06")


def test_sanctions_known_only_by_their_widening_have_no_start() -> None:
    assert (one(move("widen", "2013-02-06")).status, one(move("widen", "2013-02-06")).since) == ("widened", None)


def test_tariffs_raised_out_of_nothing_are_new_ones() -> None:
    raised = move("widen", "2019-02-16", about=("tariffs",))
    assert (one(raised).status, one(raised).since) == ("in force", "2019-02-16")
    again = move("widen", "2019-05-10", about=("tariffs",))
    assert (one(raised, again).status, one(raised, again).since) == ("widened", "2019-02-16")


def test_lifting_and_reimposing_start_new_spells() -> None:
    imposed, lifted, back = move("impose", "2012"), move("lift", "2016-01-16"), move("reimpose", "2018-08-07")
    assert (one(imposed, lifted).status, one(imposed, lifted).since) == ("lifted", "2016-01-16")
    row = one(imposed, lifted, back)
    assert (row.status, row.since, row.imposed) == ("in force", "2018-08-07", "2012")


def test_reimposing_tells_of_a_new_spell_even_where_no_report_told_of_the_lifting() -> None:
    assert one(move("impose", "2012"), move("reimpose", "2018-08-07")).since == "2018-08-07"


def test_reimposing_what_was_reimposed_goes_on() -> None:
    row = one(move("reimpose", "2018-08-07"), move("reimpose", "2025-02-04"))
    assert (row.since, row.status) == ("2018-08-07", "in force")
    assert [step.date for step in row.history] == ["2018-08-07", "2025-02-04"]


def test_only_the_snapback_gives_snapped_back() -> None:
    row = one(move("impose", "2006"), move("suspend", "2016-01-16"), move("snap back", "2025-09-28"))
    assert (row.status, row.since) == ("snapped back", "2025-09-28")


def test_easing_and_suspending() -> None:
    imposed = move("impose", "2003")
    assert (one(imposed, move("ease", "2012")).status, one(imposed, move("ease", "2012")).since) == ("eased", "2003")
    assert one(imposed, move("suspend", "2012")).since == "2012"
    assert one(imposed, move("lift", "2011"), move("suspend", "2012")).status == "lifted"


def test_threats_and_plans_are_threats_until_something_is_in_force() -> None:
    threat = move("threaten", "2024-05-01")
    assert (one(threat).status, one(threat).since, one(threat).imposed) == ("threatened", "2024-05-01", None)
    planned = move("impose", "2024-06-01", "2024-05-02", status=Status.PLANNED)
    assert (one(planned).status, one(planned).since) == ("threatened", "2024-05-02")
    assert one(move("impose", "2020"), threat).status == "in force"


def test_what_was_denied_or_supposed_changes_nothing() -> None:
    for status in (Status.DENIED, Status.HYPOTHETICAL):
        assert sanctions([move("impose", "2020", status=status)]) == ()


# -- sanctions that are only found there --------------------------------------------------------------


def test_a_mention_says_that_sanctions_are_there_and_not_since_when() -> None:
    row = one(move("in force", None, "2024-05-01"))
    assert (row.status, row.since, row.imposed) == ("in force", None, None)
    assert one(move("in force", "1962", "2024-05-01")).since == "1962"


def test_renewal_is_no_beginning() -> None:
    assert one(move("renew", "2024-05-01")).since is None
    assert one(move("impose", "2014-07-31"), move("renew", "2024-05-01")).since == "2014-07-31"


def test_a_report_shortly_after_a_lifting_looks_back_and_a_late_one_does_not() -> None:
    lifted = move("lift", "2016-01-16")
    assert one(lifted, move("in force", None, "2016-01-20")).status == "lifted"
    assert one(lifted, move("in force", None, "2019-06-01")).status == "in force"


# -- relief -------------------------------------------------------------------------------------------


def test_who_asks_for_relief_is_asked_of_the_sender() -> None:
    row = one(move("ask relief", "2021-04-07", source=("IRN",), target=("USA",), words="lift all sanctions"))
    assert (row.sender, row.target, row.status) == ("USA", "IRN", "in force")
    assert [(relief.by, relief.date, relief.words) for relief in row.relief_asked] == [
        (("IRN",), "2021-04-07", "lift all sanctions")
    ]


def test_a_third_party_asks_for_the_sanctioned() -> None:
    row = one(move("ask relief", "2021-04-07", source=("CHN",), target=("USA",), through=("PRK",)))
    assert (row.sender, row.target, row.relief_asked[0].by) == ("USA", "PRK", ("CHN",))


def test_relief_offered_in_words_and_as_a_plan() -> None:
    offered = move("offer relief", "2022-03-01", condition="if Iran returns to its limits")
    planned = move("lift", "2022-06-01", "2022-03-02", status=Status.PLANNED)
    row = one(offered, planned)
    assert [relief.condition for relief in row.relief_offered] == ["if Iran returns to its limits", None]
    assert row.status == "in force"


def test_a_refusal_is_history_and_no_offer() -> None:
    row = one(move("impose", "2018"), move("refuse relief", "2021-02-08"))
    assert (row.relief_offered, row.relief_asked) == ((), ())
    assert [step.step for step in row.history] == ["impose", "refuse relief"]


def test_an_agreement_that_gave_relief_is_named_and_eased_them() -> None:
    by = move("relief by agreement", "2016-01-16", "2025-02-25", through=("JCPOA",))
    row = one(move("impose", "2012"), by)
    assert (row.relief_by, row.status) == (("JCPOA",), "eased")
    assert one(move("impose", "2012"), by, move("reimpose", "2018")).status == "in force"


# -- kinds, sides -------------------------------------------------------------------------------------


def test_each_sender_target_and_kind_has_its_row() -> None:
    rows = sanctions([move("impose", "2022-03-08", source=("USA", "GBR"), target=("RUS", "BLR"), about=("oil", "gas"))])
    assert [(row.sender, row.target, row.on) for row in rows] == [
        (sender, target, kind) for sender in ("GBR", "USA") for target in ("BLR", "RUS") for kind in ("gas", "oil")
    ]


def test_a_general_reimposition_starts_the_spell_of_the_oil_row_and_fresh_ones_do_not() -> None:
    fresh = move("impose", None, "2025-02-25", about=("oil",), words="fresh sanctions targeting the oil industry")
    row = of_kind("oil", move("reimpose", "2018", "2025-02-25"), fresh)
    assert (row.status, row.since, row.on_words) == ("in force", "2018", "fresh sanctions targeting the oil industry")


def test_a_general_imposition_says_nothing_of_oil() -> None:
    row = of_kind("oil", move("impose", "2014-03-17"), move("impose", "2022-03-08", about=("oil",)))
    assert (row.since, row.imposed) == ("2022-03-08", "2022-03-08")


def test_a_general_lifting_lifts_every_kind_and_new_sanctions_bring_it_back() -> None:
    oil, lifted = move("impose", "2012", about=("oil",)), move("lift", "2016-01-16")
    assert of_kind("oil", oil, lifted).status == "lifted"
    assert of_kind("oil", oil, lifted, move("impose", "2018-08-07")).since == "2018-08-07"


def test_lifting_one_kind_leaves_the_rest() -> None:
    rows = sanctions([move("impose", "2012"), move("lift", "2016", about=("oil",))])
    assert [(row.on, row.status) for row in rows] == [("all", "in force"), ("oil", "lifted")]


def test_a_lifting_without_a_sender_is_that_of_the_only_one_known() -> None:
    lifted = move("lift", "2001-05-16", source=(), target=("ERI",), about=("arms",))
    imposed = move("impose", "2000-05-17", source=("UNSC",), target=("ERI",), about=("arms",))
    assert one(imposed, lifted).status == "lifted"
    other = move("impose", "2000-06-01", source=("EU",), target=("ERI",), about=("arms",))
    assert {row.status for row in sanctions([imposed, other, lifted])} == {"in force"}
    assert sanctions([lifted]) == ()


def test_a_plea_without_an_address_goes_to_the_only_sender_known() -> None:
    plea = move("ask relief", "2020-01-01", source=("IRN",), target=())
    assert one(move("impose", "2018"), plea).relief_asked[0].by == ("IRN",)


def test_roles_count_for_their_state() -> None:
    row = one(move("impose", "2021-03-22", source=("USA/GOV",), target=("CHN/BUS",)))
    assert (row.sender, row.target) == ("USA", "CHN")


def test_other_boards_are_left_alone() -> None:
    assert sanctions([Move(Board.TALKS, "hold", "report", 0, None, ("USA",), ("IRN",))]) == ()


# -- evidence, time, order ----------------------------------------------------------------------------


def test_a_row_leads_to_its_sentences_and_events() -> None:
    imposed = move("impose", "2012-07-01")
    rows = sanctions([imposed], None, {(imposed.report_id, 0): "The US imposed sanctions."})
    assert rows[0].events == (imposed.event_id,)
    assert [evidence.text for evidence in rows[0].evidence] == ["The US imposed sanctions."]
    assert as_json(rows[0])["history"][0]["step"] == "impose"


def test_the_board_of_an_earlier_day_does_not_know_what_came_later() -> None:
    moves = [move("impose", "2012-07-01"), move("lift", "2016-01-16"), move("reimpose", "2018-08-07")]
    assert one(*moves, as_of="2014-01-01").status == "in force"
    assert one(*moves, as_of="2017-01-01").status == "lifted"
    assert sanctions(moves, date(2011, 1, 1)) == ()


_STEPS = ["threaten", "impose", "widen", "in force", "renew", "reimpose", "snap back", "ease", "suspend", "lift",
          "offer relief", "ask relief", "refuse relief", "relief by agreement"]  # fmt: skip
_DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31)).map(date.isoformat)


@st.composite
def told(draw: st.DrawFn) -> Move:
    """Give any step between a few actors, as any report may tell it."""
    step = draw(st.sampled_from(_STEPS))
    sides = draw(st.permutations(["USA", "IRN", "EU"]))
    source = draw(st.sampled_from([(), (sides[0],), (sides[0], sides[2])]))
    return move(
        step, draw(st.none() | _DAYS), draw(_DAYS), source=source, target=draw(st.sampled_from([(), (sides[1],)])),
        about=draw(st.sampled_from([(), ("oil",), ("oil", "banks")])), status=draw(st.sampled_from(list(Status))),
        order=next(_NUMBERS), event_id=None,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(told(), max_size=8), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_board(moves: list[Move], random: object) -> None:
    shuffled = list(moves)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sanctions(shuffled) == sanctions(moves)


@settings(max_examples=60, deadline=None)
@given(st.lists(told(), max_size=8), st.dates(date(2010, 1, 1), date(2025, 12, 31)))
def test_no_row_shows_a_step_of_a_later_day(moves: list[Move], as_of: date) -> None:
    for row in sanctions(moves, as_of):
        for day in (row.changed, row.since, row.imposed, *(step.date for step in row.history)):
            assert day is None or day[:10] <= as_of.isoformat()[: len(day)]
