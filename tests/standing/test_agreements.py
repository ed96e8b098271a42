"""The board of agreements, folded from hand-made moves: lives, parties, exchanges, and what the data file gives."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import (
    Board,
    DateBasis,
    DatePrecision,
    Event,
    KeptEvent,
    Move,
    Status,
)
from communique.standing.agreements import AgreementRow, agreements


def move(step: str, source: str = "", about: str = "JCPOA", **fields: object) -> Move:
    """A move as the finder makes it; `about` with two words parted by / is a name and a kind."""
    values: dict[str, object] = {
        "board": Board.AGREEMENTS,
        "step": step,
        "report_id": "r1",
        "sentence": 0,
        "event_id": None,
        "source": tuple(source.split()),
        "about": tuple(about.split("/")) if about else (),
        "published": "2025-02-25",
        "words": f"{step} {about}",
        **fields,
    }
    return Move(**values)  # type: ignore[arg-type]


def only(*moves: Move, on: str | None = None) -> AgreementRow:
    rows = agreements(moves, date.fromisoformat(on) if on else None)
    assert len(rows) == 1
    return rows[0]


def standings(row: AgreementRow) -> dict[str, str]:
    return {party.actor: party.status for party in row.parties}


def test_nothing_stands_on_the_board_that_no_report_speaks_of() -> None:
    assert agreements([]) == ()


def test_a_known_agreement_brings_its_parties_and_days_from_the_data_file() -> None:
    row = only(move("comply", "IRN", published="2017-03-01"))

    assert (row.name, row.code, row.question) == ("Joint Comprehensive Plan of Action", "JCPOA", "nuclear")
    assert (row.signed, row.signed_from) == ("2015-07-14", "data file")
    assert (row.in_force, row.in_force_from) == ("2016-01-16", "data file")
    assert (row.life, row.since) == ("in force", "2016-01-16")
    assert set(standings(row)) == {"IRN", "USA", "GBR", "FRA", "DEU", "RUS", "CHN", "EU"}
    assert set(standings(row).values()) == {"party"}


def test_the_nuclear_deal_as_the_seed_report_tells_it() -> None:
    row = only(
        move("negotiate", "IRN USA", date="2015"),
        move("exchange", date="2015-07-14", terms=(("IRN", "nuclear curbs"), ("", "sanctions relief"))),
        move("withdraw", "USA", date="2018", event_id="e1"),
        move("fail to revive"),
        move("breach", "IRN", event_id="e2"),
    )

    assert row.life == "collapsed"
    assert standings(row)["USA"] == "withdrew"
    assert {party.actor: party.since for party in row.parties}["USA"] == "2018"
    assert standings(row)["IRN"] == "in breach"
    assert standings(row)["FRA"] == "party"
    assert [(given.giver, given.gives) for given in row.exchange] == [
        ("IRN", "nuclear curbs"),
        ("", "sanctions relief"),
    ]
    assert row.events == ("e1", "e2")
    assert [step.step for step in row.history][:2] == ["negotiate", "exchange"]


def test_a_many_sided_agreement_outlives_one_withdrawal() -> None:
    row = only(move("withdraw", "USA", about="Paris Agreement", date="2020-11-04", published="2020-11-05"))

    assert row.life == "in force"
    assert standings(row) == {"USA": "withdrew"}


def test_a_bilateral_agreement_ends_when_one_of_the_two_leaves_it() -> None:
    row = only(move("withdraw", "PHL", about="Visiting Forces Agreement", date="2020-02-11", published="2020-02-11"))

    assert (row.life, row.since) == ("collapsed", "2020-02-11")
    assert standings(row) == {"PHL": "withdrew", "USA": "party"}


def test_it_collapses_when_one_principal_has_left_and_another_breaks_it() -> None:
    left = move("withdraw", "USA", date="2018-05-08")
    broken = move("breach", "IRN", date="2019-07-01")

    assert only(left, broken, on="2019-06-30").life == "in force"
    assert only(left, broken, on="2019-07-02").life == "collapsed"


def test_what_the_file_knows_of_who_left_stands_without_a_report_of_it() -> None:
    row = only(move("comply", "IRN", published="2018-08-01"))

    assert standings(row)["USA"] == "withdrew"
    assert {party.actor: party.since for party in row.parties}["USA"] == "2018-05-08"


def test_who_left_and_came_back_has_rejoined() -> None:
    row = only(move("comply", "FRA", about="Paris Agreement", published="2022-01-01"))

    assert standings(row)["USA"] == "rejoined"


def test_an_end_that_the_file_knows_is_a_collapse() -> None:
    assert only(move("comply", "RUS", about="New START", published="2026-03-01")).life == "collapsed"


@pytest.mark.parametrize(
    ("steps", "life"),
    [
        (["propose"], "proposed"),
        (["propose", "negotiate"], "negotiated"),
        (["negotiate", "agree"], "agreed"),
        (["agree", "sign"], "signed"),
        (["sign", "ratify"], "ratified"),
        (["sign", "enter into force"], "in force"),
        (["enter into force", "negotiate"], "in force"),
        (["sign", "suspend"], "suspended"),
        (["sign", "suspend", "revive"], "revived"),
        (["sign", "collapse"], "collapsed"),
        (["sign", "collapse", "fail to revive"], "collapsed"),
        (["sign", "collapse", "agree"], "agreed"),
        (["breach"], "collapsed"),  # by both, of what must have been struck
    ],
)
def test_the_life_of_an_agreement_that_the_reports_open(steps: list[str], life: str) -> None:
    moves = [
        move(step, "KEN CHE", "trade pact/trade", date=f"2014-0{number}-01", published=f"2014-0{number}-02")
        for number, step in enumerate(steps, 1)
    ]

    row = only(*moves)

    assert row.life == life
    assert row.code == "trade pact CHE-KEN 2014"


def test_two_parties_that_both_break_a_ceasefire_have_none() -> None:
    struck = move("agree", "SDN RSF", "ceasefire/ceasefire", date="2023-05-20")
    first = move("breach", "RSF", "ceasefire/ceasefire", date="2023-05-22", target=("SDN",))
    second = move("breach", "SDN", "ceasefire/ceasefire", date="2023-05-23", target=("RSF",))

    assert only(struck, first).life == "agreed"
    assert standings(only(struck, first)) == {"RSF": "in breach", "SDN": "party"}
    assert only(struck, first, second).life == "collapsed"


def test_reports_that_call_one_pact_by_different_words_speak_of_one_row() -> None:
    row = only(
        move("sign", "ARM AZE", "free-trade pact/trade", date="2014-03-01", report_id="a"),
        move("ratify", "ARM", "trade deal/trade", date="2015-04-01", target=("AZE",), report_id="b"),
    )

    assert (row.name, row.life) == ("free-trade pact", "ratified")


def test_after_years_without_a_word_it_is_another_one() -> None:
    rows = agreements(
        [
            move("sign", "ARM AZE", "trade pact/trade", date="2004-03-01"),
            move("sign", "ARM AZE", "trade pact/trade", date="2014-03-01"),
        ]
    )

    assert [row.code for row in rows] == ["trade pact ARM-AZE 2004", "trade pact ARM-AZE 2014"]


def test_plans_threats_and_suppositions_move_no_party() -> None:
    row = only(
        move("withdraw", "FIN", about="Ottawa Treaty", status=Status.PLANNED),
        move("withdraw", "POL", about="Ottawa Treaty", status=Status.HYPOTHETICAL),
        move("threaten to withdraw", "EST", about="Ottawa Treaty"),
        on="2025-04-01",
    )

    assert row.life == "in force"
    assert not {"FIN", "POL", "EST"} & set(standings(row))
    assert len(row.history) == 3


def test_what_is_only_denied_opens_no_row() -> None:
    assert agreements([move("sign", "POL UKR", "grain deal/grain", status=Status.DENIED)]) == ()


def test_an_agreement_of_one_party_is_none() -> None:
    assert agreements([move("sign", "POL", "grain deal/grain")]) == ()


def test_the_ceasefire_of_a_later_report_is_the_only_one_that_its_breaker_is_party_to() -> None:
    struck = move("agree", "SDN RSF", "ceasefire/ceasefire", date="2023-05-20")
    broken = move("breach", "RSF", "truce/ceasefire", date="2023-05-22", report_id="b")
    elsewhere = move("agree", "SDN ERI", "ceasefire/ceasefire", date="2023-05-21")

    assert standings(only(struck, broken)) == {"RSF": "in breach", "SDN": "party"}
    other = move("breach", "SDN", "truce/ceasefire", date="2023-05-22")
    rows = agreements([struck, elsewhere, other])
    assert all("in breach" not in standings(row).values() for row in rows)  # which of the two, nobody says


def test_the_ceasefire_of_nobody_in_particular_stands_nowhere() -> None:
    assert agreements([move("breach", "RSF", "truce/ceasefire", date="2023-05-22")]) == ()


def test_a_signing_told_without_the_name_is_the_known_one_of_that_day() -> None:
    row = only(move("sign", "ETH ERI", "peace agreement/peace", date="2000-12-12", published="2000-12-13"))

    assert (row.code, row.life) == ("Algiers agreement (Ethiopia-Eritrea)", "in force")


# --- events that are only codes --------------------------------------------------------------------------------------


def coded(step: str, source: str, target: str, day: str, about: str = "", number: int = 0) -> Move:
    return move(
        step,
        source,
        about,
        target=(target,),
        date=day,
        published=day,
        words="",
        event_id=f"e{day}{number}",
        order=number,
    )


def test_a_coded_signing_around_a_known_signature_is_that_agreement() -> None:
    row = only(coded("sign", "UKR", "RUS", "2014-09-07"))

    assert (row.code, row.life) == ("Minsk I", "in force")


def test_a_coded_breach_is_of_the_ceasefire_that_held_then() -> None:
    row = only(coded("breach", "HAMAS", "ISR", "2014-08-08", "ceasefire"))

    assert row.code == "Gaza truce (5 August 2014)"
    assert standings(row)["HAMAS"] == "in breach"


def test_coded_signings_that_nothing_names_are_one_row_a_pair_with_a_bounded_history() -> None:
    moves = [coded("sign", "CHN", "KEN", f"2014-01-{day:02}", number=n) for day in range(1, 29) for n in range(5)]

    row = only(*moves)

    assert row.code == "agreement CHN-KEN 2014"
    assert len(row.events) == 140
    assert len(row.history) == 60


def kept(source: str, target: str, day: str, *, dataset: str | None = "ICEWS") -> KeptEvent:
    event = Event(
        f"{source}{target}{day}", "x", 0, "CONSULT", None, 1, "040", 1.0, (source,), (target,), source, target,
        Status.OCCURRED, None, None, day, DatePrecision.DAY, DateBasis.STATED, None, (), "", 0, 0, 1.0, "CAMEO 040",
    )  # fmt: skip
    return KeptEvent(event, day, (), dataset=dataset)


def test_meetings_of_an_imported_dataset_surround_a_known_signature() -> None:
    events = [kept("RUS", "USA", "2014-08-01"), kept("RUS", "UKR", "2014-09-10"), kept("RUS", "USA", "2014-12-01")]

    rows = agreements([], None, {}, events)

    assert [(row.code, row.life, row.events) for row in rows] == [("Minsk I", "in force", ("RUSUKR2014-09-10",))]
    assert agreements([], date(2014, 9, 1), {}, events) == ()


def test_meetings_that_reports_tell_surround_nothing_for_reports_name_agreements_themselves() -> None:
    events = [kept("RUS", "UKR", day, dataset=None) for day in ("2014-09-01", "2014-09-10")]

    assert agreements([], None, {}, events) == ()


# --- properties ------------------------------------------------------------------------------------------------------

STEPS = ("propose", "negotiate", "agree", "sign", "suspend", "withdraw", "breach", "comply", "revive", "fail to revive")
random_moves = st.lists(
    st.builds(
        lambda step, source, about, day, number, status: move(
            step,
            source,
            about,
            date=f"2018-{day % 12 + 1:02}-{day % 28 + 1:02}",
            published="2019-01-01",
            status=status,
            order=number,
            report_id=f"r{number % 3}",
        ),
        st.sampled_from(STEPS),
        st.sampled_from(("IRN", "USA", "IRN USA", "ISR HAMAS", "ISR LBN", "ISR", "")),
        st.sampled_from(("JCPOA", "ceasefire/ceasefire", "truce/ceasefire", "trade pact/trade", "NPT")),
        st.integers(0, 300),
        st.integers(0, 50),
        st.sampled_from(list(Status)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(random_moves, st.integers(0, 10))
def test_any_order_of_arrival_gives_the_same_board(moves: list[Move], seed: int) -> None:
    shuffled = list(moves)
    Random(seed).shuffle(shuffled)

    assert agreements(shuffled) == agreements(moves)


@settings(max_examples=60, deadline=None)
@given(random_moves, st.integers(1, 12))
def test_a_day_shows_nothing_of_what_came_after_it(moves: list[Move], month: int) -> None:
    day = date(2018, month, 15)
    before = [one for one in moves if str(one.date if one.status is Status.OCCURRED else one.published) <= str(day)]

    rows = agreements(moves, day)

    assert rows == agreements(before, day)
    assert all((step.date or "") <= day.isoformat() for row in rows for step in row.history)


@settings(max_examples=60, deadline=None)
@given(random_moves)
def test_every_row_names_lives_parties_and_evidence(moves: list[Move]) -> None:
    lives = {"proposed", "negotiated", "agreed", "signed", "ratified", "in force", "suspended", "collapsed", "revived"}
    for row in agreements(moves):
        assert row.life in lives
        assert {party.status for party in row.parties} <= {"party", "withdrew", "suspended", "in breach", "rejoined"}
        assert row.history
        assert row.evidence


def test_a_mention_brings_the_row_as_the_data_file_knows_it() -> None:
    row = only(move("mention", about="New START", published="2012-01-01"))

    assert (row.life, standings(row)) == ("in force", {"RUS": "party", "USA": "party"})


def test_a_plan_binds_whoever_accepts_it() -> None:
    row = only(move("agree", "SYR", "six-point plan/plan", published="2012-03-28"))

    assert (row.life, standings(row)) == ("agreed", {"SYR": "party"})


def test_a_plan_that_one_of_them_rejects_is_only_proposed() -> None:
    accepted = move("agree", "ETH", "four-point plan/plan", published="1998-06-16")
    rejected = move("reject", "ERI", "four-point plan/plan", published="1998-06-16")
    later = move("agree", "ERI", "four-point plan/plan", published="1999-03-01", report_id="r2")

    assert only(accepted, rejected).life == only(rejected, accepted).life == "proposed"
    assert only(accepted, rejected, later).life == "agreed"


def test_what_rests_on_two_stands_still_while_one_of_them_suspends_its_part() -> None:
    stopped = move("suspend its part", "RUS", "Black Sea Grain Initiative", date="2022-10-29", published="2022-11-03")
    back = move("rejoin", "RUS", "Black Sea Grain Initiative", date="2022-11-02", published="2022-11-03")

    assert only(stopped, back, on="2022-10-31").life == "suspended"
    assert only(stopped, back, on="2022-11-03").life == "in force"


def test_a_truce_is_agreed_and_not_signed() -> None:
    row = only(move("agree", "ISR HAMAS", "Gaza truce (November 2023)", date="2023-11-22", published="2023-11-22"))

    assert (row.life, row.since) == ("agreed", "2023-11-22")


def test_a_truce_that_a_report_does_not_name_is_the_one_of_the_country() -> None:
    struck = move("agree", "SDN RSF", "truce/ceasefire", date="2023-05-20", published="2023-05-20")
    ended = move("collapse", about="pause/ceasefire", target=("SDN",), published="2023-06-12", report_id="r2")

    assert only(struck, ended).life == "collapsed"


def test_a_memorandum_signed_on_the_day_of_a_treaty_is_another_paper() -> None:
    treaty = move("sign", "RUS", "Black Sea Grain Initiative", date="2022-07-22", published="2022-07-24")
    paper = move("agree", "RUS UN", "memorandum/agreement", date="2022-07-22", published="2022-07-24")

    assert [row.name for row in agreements([treaty, paper])] == ["Black Sea Grain Initiative", "memorandum"]
