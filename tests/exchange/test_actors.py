"""Their actors in our codes; whoever is not surely known stays unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.exchange.acled import acled_party
from communique.exchange.cameo_actors import code_party
from communique.exchange.icews import icews_party
from communique.exchange.parties import Party
from communique.exchange.polecat import polecat_party

DAY = "2014-06-15"

CAMEO = [
    ("USA", "UNITED STATES", ("USA",)),
    ("IRNGOV", "TEHRAN", ("IRN",)),
    ("USAMIL", "", ("USA",)),
    ("KENCOP", "POLICE", ("KEN",)),
    ("NGAREB", "", ("NGA/REB",)),
    ("FRAPTY", "", ("FRA/POL",)),
    ("INDLEG", "", ("IND/LEG",)),
    ("IGOUNO", "UNITED NATIONS", ("UN",)),
    ("IGOUNOIAE", "", ("IAEA",)),
    ("PSEREBHMS", "HAMAS", ("HAMAS",)),
    ("LBNREBHEZ", "", ("HEZBOLLAH",)),
    ("PALGOV", "", ("PSE",)),
    ("IRQKUR", "KURD", ("IRQ/CVL",)),
    ("MMRMOS", "", ("MMR/CVL",)),
    ("USAGOVXQZ", "", ("USA",)),
    ("EUR", "EUROPEAN UNION", ("EU",)),
    ("", "", ()),
    # unknown: a region, an occupation without a country, a faith, a country with only an unknown part
    ("AFR", "AFRICA", ()),
    ("COP", "POLICE", ()),
    ("MOS", "MUSLIM", ()),
    ("USAXQZ", "", ()),
    ("IGO", "", ()),
    ("QQQ", "SOMEBODY", ()),
]


@pytest.mark.parametrize(("code", "name", "ours"), CAMEO)
def test_cameo_codes(code: str, name: str, ours: tuple[str, ...]) -> None:
    party = code_party(code, name, DAY)
    assert party.codes == ours
    assert party.text == (name or code)
    assert party.unknown == (() if ours or not code else (code,))


def test_a_part_of_a_code_that_is_unknown_is_listed_though_the_rest_stands() -> None:
    assert code_party("USAGOVXQZ", "", DAY).unknown_codes == ("XQZ",)


ICEWS = [
    ("China", "", "", ("CHN",)),
    ("Barack Obama", "", "", ("USA",)),
    ("Sergey Viktorovich Lavrov", "", "", ("RUS",)),
    ("Citizen (Nigeria)", "", "", ("NGA/CVL",)),
    ("Government (Nigeria)", "", "", ("NGA",)),
    ("Foreign Affairs (Russia)", "", "", ("RUS",)),
    ("Police (Australia)", "", "", ("AUS",)),
    ("Military (Thailand)", "", "", ("THA",)),
    ("Armed Rebel (Syria)", "", "", ("SYR/REB",)),
    ("Court Judge (India)", "", "", ("IND/JUD",)),
    ("Member of Legislative (Govt) (China)", "", "", ("CHN/LEG",)),
    ("Children (Palestinian Territory, Occupied)", "", "", ("PSE/CVL",)),
    ("Archbishop (Holy See (Vatican City State))", "", "", ("VAT/CVL",)),
    ("Citizen (Democratic Republic of Congo)", "", "", ("COD/CVL",)),
    ("Congo", "", "", ("COG",)),
    ("Militant (Taliban)", "", "", ("TALIBAN",)),
    ("Combatant (Islamic State of Iraq and the Levant)", "", "", ("ISIS",)),
    ("UN Security Council", "", "", ("UNSC",)),
    ("North Atlantic Treaty Organization", "", "", ("NATO",)),
    ("E3", "", "", ("E3",)),
    ("the two Koreas", "", "", ("PRK", "KOR")),
    ("Egyptian Army", "", "", ("EGY",)),
    ("Seoul High Court", "", "", ("KOR/JUD",)),
    # a name that we do not hold, but whose sectors and country the row gives
    ("Zork Blat", "Legislative / Parliamentary,Elite", "Ghana", ("GHA/LEG",)),
    ("Zork Blat", "Parties,Executive,Government", "Ghana", ("GHA",)),
    ("Zork Blat", "Finance, Economy, Commerce, and Trade Ministry", "Ghana", ("GHA",)),
    ("Zork Blat", "Rebel,Government", "Mali", ("MLI/REB",)),
    ("", "", "", ()),
    # unknown
    ("Zork Blat", "", "Ghana", ()),
    ("Zork Blat", "Government", "", ()),
    ("Zork Blat", "Juggling", "Ghana", ()),
    ("Middle East", "", "", ()),
    ("Media (Africa)", "", "", ()),
    ("Citizen (International)", "", "", ()),
    ("Zorker (Ghana)", "", "", ()),
    # a surname, a town or a word in a name does not make it that person, place or body
    ("Liu Zhenmin", "", "", ()),
    ("Adams Oshiomhole", "", "", ()),
    ("Korea Electric", "", "", ()),
    ("Coalition of Left Gardeners", "", "", ()),
    ("The Hague", "", "", ()),
]


@pytest.mark.parametrize(("name", "sectors", "country", "ours"), ICEWS)
def test_icews_names(name: str, sectors: str, country: str, ours: tuple[str, ...]) -> None:
    party = icews_party(name, sectors, country, DAY)
    assert party == Party(ours, name, () if ours or not name else (name,))


def test_a_person_speaks_for_a_state_only_while_in_office() -> None:
    assert icews_party("Barack Obama", "", "", "2014-06-15").codes == ("USA",)
    assert icews_party("Barack Obama", "", "", "2019-06-15").codes == ()


ACLED = [
    ("Military Forces of Sudan (2019-)", ("SDN",)),
    ("Police Forces of India (2014-)", ("IND",)),
    ("Police Forces of Nigeria (2015-2023) Prison Guards", ("NGA",)),
    ("Government of Myanmar (2021-)", ("MMR",)),
    ("Protesters (India)", ("IND/CVL",)),
    ("Rioters (South Africa)", ("ZAF/CVL",)),
    ("Civilians (Palestine)", ("PSE/CVL",)),
    ("Journalists (Mexico)", ("MEX/MED",)),
    ("Unidentified Armed Group (Mali)", ("MLI/REB",)),
    ("JNIM: Group for Support of Islam and Muslims", ("JNIM",)),
    ("RSF: Rapid Support Forces", ("RSF",)),
    ("Mutiny of Military Forces of Sudan (2019-)", ("SDN/REB",)),
    ("Military Forces of Yemen (2016-) Supreme Political Council", ("HOUTHIS",)),
    ("Military Forces of the United States (2021-)", ("USA",)),
    ("Military Forces of Atlantis (2021-)", ()),
    ("PRC: Zork Resistance Committees", ()),
    ("Taliban", ("TALIBAN",)),
    ("Hamas Movement", ("HAMAS",)),
    ("Zorkers of Blat", ()),
    ("Zork Ethnic Militia (Ghana)", ()),
    ("", ()),
]


@pytest.mark.parametrize(("name", "ours"), ACLED)
def test_acled_names(name: str, ours: tuple[str, ...]) -> None:
    assert acled_party(name, "2023-04-15").codes == ours


POLECAT = [
    ("Moldova", "MDA", "GOV", ("MDA",)),
    ("", "RUS", "MIL", ("RUS",)),
    ("", "RUS;BLR", "GOV", ("RUS", "BLR")),
    ("Zork Blat", "KEN", "PTY", ("KEN/POL",)),
    ("NATO", "", "IGO", ("NATO",)),
    ("None", "None", "None", ()),
    ("Zork Blat", "KEN", "UNK", ()),
    ("Zork Blat", "Atlantis", "GOV", ()),
    ("Zork Blat", "KEN;Atlantis", "GOV", ()),
]


@pytest.mark.parametrize(("name", "country", "sector", "ours"), POLECAT)
def test_polecat_actors(name: str, country: str, sector: str, ours: tuple[str, ...]) -> None:
    assert polecat_party(name, country, sector, "2023-01-05").codes == ours


@given(st.text(max_size=12), st.text(max_size=20))
def test_a_side_is_known_or_unknown_or_absent_whatever_is_written(code: str, name: str) -> None:
    for party in (code_party(code, name, DAY), icews_party(name, code, code, DAY), acled_party(name, DAY)):
        assert not (party.codes and party.unknown)
        assert bool(party.codes or party.unknown) == bool(party.text)
