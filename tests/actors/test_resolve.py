"""`resolve`: whom a name meant on a day, outside any report."""

from __future__ import annotations

from datetime import date

import pytest

import communique
from communique.actors.resolver import actor_code, iso_day, meanings
from communique.errors import UsageError

# name, day of speaking (None: today's meaning), code (None: nobody)
NAMES = [
    # states, by short, long and older name
    ("Iran", None, "IRN"),
    ("Islamic Republic of Iran", None, "IRN"),
    ("the United States", "2020-01-01", "USA"),
    ("U.S.", None, "USA"),
    ("US", None, "USA"),
    ("Britain", None, "GBR"),
    ("Burma", None, "MMR"),
    ("Swaziland", "2010-01-01", "SWZ"),
    ("Eswatini", "2020-01-01", "SWZ"),
    ("Côte d'Ivoire", None, "CIV"),
    ("Ivory Coast", None, "CIV"),
    ("DR Congo", None, "COD"),
    ("Republic of the Congo", None, "COG"),
    ("Taiwan", None, "TWN"),
    ("Kosovo", None, "XKX"),
    ("Palestinian Authority", None, "PSE"),
    ("Holy See", None, "VAT"),
    # capitals and seats of government
    ("Tehran", None, "IRN"),
    ("Washington", None, "USA"),
    ("Bonn", "1985-01-01", "DEU"),
    ("Kremlin", "2020-01-01", "RUS"),
    ("the White House", "2020-01-01", "USA"),
    ("Blue House", None, "KOR"),
    ("Downing Street", None, "GBR"),
    ("Quai d'Orsay", None, "FRA"),
    ("Elysee", None, "FRA"),
    # organisations, in the years they had the name
    ("NATO", None, "NATO"),
    ("North Atlantic Treaty Organization", None, "NATO"),
    ("the Security Council", None, "UNSC"),
    ("Arab League", None, "ARAB-LEAGUE"),
    ("E3", None, "E3"),
    ("P5+1", None, "P5+1"),
    ("Organisation of African Unity", "1999-01-01", "OAU"),
    ("African Union", "1999-01-01", None),
    ("African Union", "2005-01-01", "AU"),
    # armed groups, in several spellings
    ("Hamas", None, "HAMAS"),
    ("Hizbullah", None, "HEZBOLLAH"),
    ("Daesh", None, "ISIS"),
    ("the Taliban", None, "TALIBAN"),
    ("al-Qaida", None, "AL-QAEDA"),
    ("Irish Republican Army", None, "IRA"),
    ("Shining Path", None, "SHINING-PATH"),
    # office holders in office …
    ("Lavrov", "2025-02-25", "RUS"),
    ("Colin Powell", "2003-02-05", "USA"),
    ("Thatcher", "1985", "GBR"),
    ("Kofi Annan", "2001-01-01", "UN"),
    ("Erdoğan", "2015-01-01", "TUR"),
    ("Chávez", "2005-01-01", "VEN"),
    ("Mandela", "1995-01-01", "ZAF"),
    ("Yeltsin", "1995-01-01", "RUS"),
    # … and out of office, where they are nobody's voice
    ("Powell", "2010-05-01", None),
    ("Thatcher", "1995", None),
    ("Boris Yeltsin", "2005-01-01", None),
    ("Kofi Annan", "2010-01-01", None),
    ("Bashar al-Assad", "2025-06-01", None),
    # one person, two states
    ("Gorbachev", "1989-06-01", "SUN"),
    ("Gorbachev", "2001-06-01", None),
    # titles with names
    ("Russian Foreign Minister Lavrov", "2025-02-25", "RUS"),
    ("French President Emmanuel Macron", "2020-01-01", "FRA"),
    ("Secretary of State Colin Powell", "2003-05-01", "USA"),
    ("President Clinton", "1997-01-01", "USA"),
    ("Israeli prime minister", None, "ISR"),
    # states that are no more
    ("Soviet Union", "1985-01-01", "SUN"),
    ("Soviet Union", "1995-01-01", None),
    ("USSR", None, "SUN"),
    ("Czechoslovakia", "1980-01-01", "CSK"),
    ("Czechoslovakia", "1999-01-01", None),
    ("Yugoslavia", "1998-01-01", "YUG"),
    ("Yugoslavia", "2010-01-01", None),
    ("East Germany", "1980-01-01", "DDR"),
    ("East Germany", "1995-01-01", None),
    ("Serbia", "2010-01-01", "SRB"),
    # parts of a country
    ("Iranian rebels", None, "IRN/REB"),
    ("Nigerian protesters", None, "NGA/CVL"),
    ("French farmers", None, "FRA/CVL"),
    ("Indian opposition", None, "IND/OPP"),
    ("Israeli parliament", None, "ISR/LEG"),
    ("Colombian court", None, "COL/JUD"),
    ("Polish journalists", None, "POL/MED"),
    ("Turkish army", None, "TUR"),
    ("Turkish police", None, "TUR"),
    # nobody
    ("Atlantis", None, None),
    ("banana republic", None, None),
    ("the", None, None),
    ("", None, None),
    ("   ", None, None),
]


@pytest.mark.parametrize(("name", "day", "code"), NAMES)
def test_a_name_means_one_actor_on_a_day(name: str, day: str | None, code: str | None) -> None:
    actor = communique.resolve(name, day)
    assert (actor.code if actor else None) == code


def test_a_surname_means_its_holder_of_that_day() -> None:
    elder, younger = communique.resolve("Bush", "1990-01-01"), communique.resolve("Bush", "2003-01-01")
    assert elder is not None
    assert younger is not None
    assert elder.valid_to < younger.valid_from


def test_the_last_day_in_office_counts_and_the_next_does_not() -> None:
    last = communique.resolve("Colin Powell", "2005-01-26")
    assert last is not None
    assert last.detail == "foreign minister"
    assert communique.resolve("Colin Powell", "2005-01-27") is None


@pytest.mark.parametrize("day", [date(2003, 5, 1), "2003-05-01", " 2003-05-01 ", "2003-05", "2003"])
def test_a_day_may_be_a_date_or_as_coarse_as_one_knows_it(day: date | str) -> None:
    actor = communique.resolve("Powell", day)
    assert actor is not None
    assert actor.code == "USA"


@pytest.mark.parametrize(
    "day", ["2025-13-01", "2025-02-30", "yesterday", "25.02.2025", "2025/02/25", "", "-5", "99999", "2025-02-25T10:00"]
)
def test_a_wrong_date_shows_how_to_write_one(day: str) -> None:
    with pytest.raises(UsageError, match="2025-02-25") as raised:
        communique.resolve("Lavrov", day)
    assert repr(day) in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_date_without_zeros_is_refused_or_means_that_day() -> None:
    try:
        actor = communique.resolve("Powell", "2005-1-5")
    except UsageError:
        return
    assert actor == communique.resolve("Powell", "2005-01-05")


def test_a_date_with_a_part_too_many_is_refused() -> None:
    with pytest.raises(UsageError):
        iso_day("2025-02-25-17")


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        pytest.param("UN Secretary-General Kofi Annan", "2001-01-01", "UN", id="a title with a hyphen"),
        pytest.param("Lebanon's Hezbollah", None, "HEZBOLLAH", id="a group with its country in front"),
        pytest.param("German companies", None, "DEU/BUS", id="a plural in -ies"),
        pytest.param("IRAN", None, "IRN", id="a name in capitals"),
        pytest.param("Scotland", None, "GBR", id="a country that is also a surname"),
    ],
)
def test_a_name_means_the_same_alone_as_in_a_report(name: str, day: str | None, code: str) -> None:
    actor = communique.resolve(name, day)
    assert actor is not None
    assert actor.code == code


def test_meanings_lists_every_office_newest_first() -> None:
    found = meanings("Putin")
    assert {entry.detail for entry in found} >= {"head of state", "head of government"}
    starts = [entry.valid_from for entry in found]
    assert starts == sorted(starts, reverse=True)
    assert meanings("the Kremlin") == meanings("Kremlin") != ()
    assert meanings("Atlantis") == ()


@pytest.mark.parametrize(
    ("code", "role", "joined"),
    [
        ("IRN", "", "IRN"),
        ("IRN", "GOV", "IRN"),
        ("IRN", "MIL", "IRN"),
        ("SDN", "REB", "SDN/REB"),
        ("HAMAS", "REB", "HAMAS"),
        ("SDN/REB", "CVL", "SDN/REB"),
    ],
)
def test_who_acts_for_a_state_is_the_state(code: str, role: str, joined: str) -> None:
    assert actor_code(code, role) == joined
