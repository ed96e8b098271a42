"""The file of known agreements: a lint of its rows, and the questions that are asked of it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from communique.actors.agreements import (
    agreement_names,
    agreements,
    ceasefire_on,
    described,
    signed_around,
    signed_between,
)
from communique.actors.knowledge import knowledge
from communique.actors.resolver import bare
from communique.moves.questions import question_words

ALL = tuple(agreements().values())
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def first_day(written: str) -> str:
    return (written + "-01-01")[:10]


def last_day(written: str) -> str:
    return written + "-12-31"[len(written) - 4 :] if len(written) < 10 else written


def known_actors() -> set[str]:
    entries = [entry for found in knowledge().names.values() for entry in found]
    return {entry.code for entry in entries if entry.kind in {"state", "organisation", "group"}}


def test_there_are_agreements_enough_to_read_the_news_with() -> None:
    assert sum(agreement.kind == "agreement" for agreement in ALL) >= 120


@pytest.mark.parametrize(
    "code",
    [
        "JCPOA", "NPT", "New START", "INF Treaty", "Minsk I", "Minsk II", "Minsk agreements", "Dayton Agreement",
        "Oslo Accords", "Camp David Accords", "Abraham Accords", "Good Friday Agreement", "Budapest Memorandum",
        "Paris Agreement", "START I", "ABM Treaty", "Black Sea Grain Initiative", "Montreux Convention",
        "Simla Agreement",
    ],
)  # fmt: skip
def test_the_best_known_ones_are_there_by_the_names_that_analysts_write(code: str) -> None:
    assert code in agreements()
    assert agreement_names().find(f"He spoke of the {code} again.")[0][0] == code


def test_no_name_means_two_agreements() -> None:
    times = Counter(name for a in ALL for name in {a.code, a.name, *a.aliases})

    assert [name for name, count in times.items() if count > 1] == []
    assert len({agreement.code for agreement in ALL}) == len(ALL)


def test_days_are_iso_and_in_order() -> None:
    for agreement in ALL:
        days = [agreement.signed, agreement.in_force, agreement.ended]
        absences = [day for absence in agreement.left for day in (absence.left, absence.returned)]
        written = [day for day in (*days, *absences) if day]
        assert all(_DAY.fullmatch(day) and date.fromisoformat(first_day(day)) for day in written), agreement.code
        told = [day for day in days if day]
        assert all(first_day(one) <= last_day(other) for one, other in pairwise(told)), agreement.code


def test_who_left_had_been_in_it_and_came_back_later_if_at_all() -> None:
    for agreement in ALL:
        for absence in agreement.left:
            assert not agreement.signed or first_day(agreement.signed) <= absence.left, agreement.code
            assert not absence.returned or absence.left < absence.returned, agreement.code
            assert not agreement.parties or absence.actor in agreement.parties, agreement.code


def test_parties_are_known_actors_each_told_once() -> None:
    actors = known_actors()
    for agreement in ALL:
        for codes in (agreement.parties, agreement.principals):
            assert len(set(codes)) == len(codes), agreement.code
            assert {bare(code) for code in codes} <= actors, agreement.code


def test_every_question_is_one_of_the_questions() -> None:
    assert {agreement.question for agreement in ALL} - {""} <= set(question_words())


def test_kinds_tell_agreements_from_decisions_of_the_united_nations() -> None:
    assert {agreement.kind for agreement in ALL} == {"agreement", "resolution"}
    assert all(a.code.startswith(("UNSC ", "UNGA ")) == (a.kind == "resolution") for a in ALL)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Envoys met to save the Iran nuclear deal.", "JCPOA"),
        ("Both sides blamed each other for breaking the Minsk agreements.", "Minsk agreements"),
        ("The Minsk Protocol was a list of twelve points.", "Minsk I"),
        ("Minsk-2 was never carried out.", "Minsk II"),
        ("It is party to the START treaty.", "START I"),
        ("Ankara controls the straits under the Montreux Convention.", "Montreux Convention"),
    ],
)
def test_names_are_found_in_a_text(text: str, code: str) -> None:
    assert [found for found, _, _ in agreement_names().find(text)] == [code]


@pytest.mark.parametrize(
    ("actors", "day", "question", "code"),
    [
        (["UKR", "RUS"], "2014-09-05", None, "Minsk I"),
        (["RUS", "UKR"], "2015-02-10", "ceasefire", "Minsk II"),
        (["ISR", "HAMAS"], "2014-08-27", "ceasefire", "Gaza ceasefire (August 2014)"),
        (["UKR", "RUS"], "2014-10-05", None, None),
        (["UKR", "RUS"], "2014-09-05", "trade", None),
        (["UKR", "POL"], "2014-09-05", None, None),
        (["UKR"], "2014-09-05", None, None),
        (["UKR", "RUS"], "2014-09", None, None),
    ],
)
def test_a_signing_is_known_by_its_parties_and_its_day(
    actors: list[str], day: str, question: str | None, code: str | None
) -> None:
    assert signed_around(actors, day, question) == code


def test_a_breach_is_of_the_ceasefire_that_held_then() -> None:
    assert ceasefire_on(["HAMAS", "ISR"], "2014-07-27") == "Gaza truce (July 2014)"
    assert ceasefire_on(["HAMAS", "ISR"], "2014-08-08") == "Gaza truce (5 August 2014)"
    assert ceasefire_on(["HAMAS", "CHN"], "2014-08-08") is None


@pytest.mark.parametrize(
    ("question", "year", "actors", "on", "code"),
    [
        ("nuclear", "2015", ["USA", "IRN"], None, "JCPOA"),
        ("nuclear", None, ["USA", "IRN", "GBR"], "2025-02-25", "JCPOA"),
        ("nuclear", None, ["USA", "IRN"], None, None),
        ("trade", "2015", ["AUS", "CHN"], None, "China-Australia Free Trade Agreement"),
        ("trade", "1999", ["AUS", "CHN"], None, None),
        ("nuclear", "2015", ["IRN"], None, None),
    ],
)
def test_a_description_means_the_only_agreement_that_fits(
    question: str, year: str | None, actors: list[str], on: str | None, code: str | None
) -> None:
    assert described(question, year, actors, on) == code


def test_agreements_signed_between_two_days_come_in_the_order_of_their_days() -> None:
    found = signed_between("2014-03-01", "2014-09-30")

    assert [a.code for a in found if a.code in {"Minsk I", "EDCA", "Gaza ceasefire (August 2014)"}] == [
        "EDCA", "Gaza ceasefire (August 2014)", "Minsk I",
    ]  # fmt: skip


def test_who_left_is_known_by_the_first_day_he_was_gone() -> None:
    assert agreements()["Paris Agreement"].left_by("USA") == "2020-11-04"
    assert agreements()["Paris Agreement"].left_by("USA/LEG") == "2020-11-04"
    assert agreements()["Paris Agreement"].left_by("FRA") is None
