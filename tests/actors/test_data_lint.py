"""A lint of the actor files: who is who must be complete and dated, and agree from file to file."""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pycountry
import pytest

import communique.actors
from communique.actors.knowledge import knowledge

DATA = Path(communique.actors.__file__).parent / "data"
FILES = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.csv"))
HOLDERS = [name for name in FILES if name.startswith("office_holders")]

ROLES = {"GOV", "MIL", "LEG", "JUD", "OPP", "REB", "CVL", "BUS", "MED", "POL"}
STATUSES = {"member", "observer", "disputed", "dissolved", "territory"}

# Alpha-3 codes and names of ours that ISO 3166-1 does not hold today, each with the reason.
NOT_ISO = {
    "XKX": "Kosovo: user-assigned code that the codebook settles",
    "ABKHAZIA": "disputed, no ISO code",
    "NAGORNO-KARABAKH": "disputed, no ISO code, gone since 2024",
    "NORTHERN-CYPRUS": "disputed, no ISO code",
    "SOMALILAND": "disputed, no ISO code",
    "SOUTH-OSSETIA": "disputed, no ISO code",
    "TRANSNISTRIA": "disputed, no ISO code",
    "ANT": "dissolved 2010, code withdrawn (ISO 3166-3)",
    "CSK": "dissolved 1992, code withdrawn (ISO 3166-3)",
    "DDR": "dissolved 1990, code withdrawn (ISO 3166-3)",
    "SCG": "dissolved 2006, code withdrawn (ISO 3166-3)",
    "SUN": "dissolved 1991, code withdrawn (ISO 3166-3)",
    "VDR": "dissolved 1976, code withdrawn (ISO 3166-3)",
    "YMD": "dissolved 1990, code withdrawn (ISO 3166-3)",
    "YUG": "dissolved 2003, code withdrawn (ISO 3166-3)",
    "SOUTH-VIETNAM": "dissolved 1975, before ISO gave it a code",
}

# What ISO 3166-1 lists beside the members of the United Nations; all the rest are members.
_BESIDE = (
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM "
    "HKG HMD IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PSE PYF REU SGS SHN SJM SPM SXM "
    "TCA TKL TWN UMI VAT VGB VIR WLF"
)
NOT_UN_MEMBERS = set(_BESIDE.split())

NO_CAPITAL = {
    "ATG": "Saint John's is also a city of Canada",
    "SGP": "the city has the name of the state",
    "SMR": "the city has the name of the state",
    "STP": "the city has the name of the state",
    "SYC": "Victoria is also a state, a province and a lake",
}
NO_ADJECTIVE = {"DMA": "Dominican is said of the Dominican Republic"}

# Who governs in the states of the G20: the office whose holders must follow one another without a gap.
STATE, GOVERNMENT = {"head of state"}, {"head of government"}
G20 = {
    **dict.fromkeys(["ARG", "BRA", "CHN", "FRA", "IDN", "KOR", "MEX", "RUS", "SAU", "USA", "ZAF"], STATE),
    **dict.fromkeys(["AUS", "CAN", "DEU", "GBR", "IND", "ITA", "JPN"], GOVERNMENT),
    "TUR": STATE | GOVERNMENT,  # a prime minister governed until 2018, the president since
}
BEFORE = {"RUS": "SUN"}
SINCE, LONGEST_GAP = date(1990, 1, 1), 120

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@cache
def table(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    while lines[0].startswith("#"):
        lines = lines[1:]
    return list(csv.DictReader(lines, strict=True))


def cells(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def codes(name: str) -> list[str]:
    return [row["code"] for row in table(name)]


def first_day(written: str) -> date:
    return date.fromisoformat(written + "-01-01"[len(written) - 4 :])


def last_day(written: str) -> date:
    if len(written) == 4:
        return date(int(written), 12, 31)
    if len(written) == 7:
        year, month = map(int, written.split("-"))
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(written)


def repeated(words: list[str]) -> list[str]:
    return sorted(word for word, times in Counter(words).items() if times > 1)


def test_the_files_load_as_one_index() -> None:
    assert len(knowledge().names) > 5000


# --- every file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_where_it_comes_from_and_when_it_was_checked(name: str) -> None:
    head = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines()[:6] if line.startswith("#")]
    checked = [re.fullmatch(r"# checked: (\d{4}-\d\d-\d\d)", line) for line in head]

    assert any(re.match(r"# source: \S", line) for line in head)
    assert [date.fromisoformat(match[1]).year >= 2026 for match in checked if match] == [True]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_a_whole_table_without_repeated_rows(name: str) -> None:
    rows = table(name)

    assert rows
    assert [row for row in rows if None in row or None in row.values()] == []
    assert repeated(["|".join(row.values()) for row in rows]) == []
    assert [row for row in rows if any(value != value.strip() for value in row.values())] == []


@pytest.mark.parametrize("name", ["states.csv", "organisations.csv", "groups.csv"])
def test_validity_is_told_in_iso_dates_and_ends_after_it_began(name: str) -> None:
    for row in table(name):
        begun, ended = row["valid_from"], row["valid_to"]
        assert all(_DATE.fullmatch(day) for day in (begun, ended) if day), row["code"]
        if begun and ended:
            assert first_day(begun) <= last_day(ended), row["code"]


# --- states -----------------------------------------------------------------------------------------


def test_every_state_code_is_iso_or_has_its_reason() -> None:
    iso = {country.alpha_3 for country in pycountry.countries}

    assert set(codes("states.csv")) - iso == set(NOT_ISO)


def test_codes_that_iso_withdrew_are_the_ones_it_had() -> None:
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}

    assert {code for code, reason in NOT_ISO.items() if "ISO 3166-3" in reason} <= withdrawn


def test_all_members_of_the_united_nations_are_there() -> None:
    iso = {country.alpha_3 for country in pycountry.countries}
    members = {row["code"] for row in table("states.csv") if row["status"] == "member"}

    assert len(members) == 193
    assert members == iso - NOT_UN_MEMBERS


def test_every_state_is_told_once_with_a_name_and_a_known_status() -> None:
    assert repeated(codes("states.csv")) == []
    assert {row["status"] for row in table("states.csv")} == STATUSES
    assert [row["code"] for row in table("states.csv") if not row["name"]] == []


def test_a_member_state_has_its_capital_and_its_adjective_or_a_reason_to_have_none() -> None:
    members = [row for row in table("states.csv") if row["status"] == "member"]

    assert {row["code"] for row in members if not row["capitals"]} <= set(NO_CAPITAL)
    assert {row["code"] for row in members if not row["adjectives"]} <= set(NO_ADJECTIVE)


def test_what_is_dissolved_has_an_end() -> None:
    ended = {row["code"] for row in table("states.csv") if row["valid_to"]}

    assert {row["code"] for row in table("states.csv") if row["status"] == "dissolved"} <= ended


# --- organisations and groups -----------------------------------------------------------------------


def test_there_are_organisations_and_groups_enough_to_read_the_news_with() -> None:
    assert len(table("organisations.csv")) >= 150
    assert len(table("groups.csv")) >= 200


def test_an_organisation_is_told_once_and_stands_apart_from_the_states() -> None:
    assert repeated(codes("organisations.csv")) == []
    assert set(codes("organisations.csv")) & set(codes("states.csv")) == set()


def test_members_of_organisations_are_states() -> None:
    states = set(codes("states.csv"))
    for row in table("organisations.csv"):
        members = cells(row["members"])
        assert set(members) <= states, row["code"]
        assert repeated(members) == [], row["code"]


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("E3", "DEU FRA GBR"),
        ("P5+1", "CHN DEU FRA GBR RUS USA"),
        ("UNSC", "CHN FRA GBR RUS USA"),
        ("G7", "CAN DEU FRA GBR ITA JPN USA"),
    ],
)
def test_formats_expand_to_the_states_that_sit_in_them(code: str, members: str) -> None:
    listed = {row["code"]: sorted(cells(row["members"])) for row in table("organisations.csv")}

    assert listed[code] == members.split()


@pytest.mark.parametrize(
    "code", ["UN", "IAEA", "EU", "NATO", "OPEC", "AU", "ASEAN", "ARAB-LEAGUE", "ICC", "WTO", "IMF"]
)
def test_the_organisations_of_the_codebook_are_there(code: str) -> None:
    assert code in codes("organisations.csv")


@pytest.mark.parametrize(
    "code", ["HAMAS", "HEZBOLLAH", "FATAH", "TALIBAN", "ISIS", "AL-QAEDA", "HTS", "PKK", "YPG", "SDF"]
)
def test_the_groups_of_the_codebook_are_there(code: str) -> None:
    assert code in codes("groups.csv")


def test_groups_live_in_known_countries_and_play_known_roles() -> None:
    states = set(codes("states.csv"))
    for row in table("groups.csv"):
        assert set(cells(row["country"])) <= states, row["code"]
        assert row["role"] in ROLES, row["code"]


def test_codes_are_upper_case_without_spaces() -> None:
    written = [code for name in ("states.csv", "organisations.csv", "groups.csv") for code in codes(name)]

    assert [code for code in written if not re.fullmatch(r"[A-Z0-9][A-Z0-9+/&-]*", code)] == []


def test_places_lie_in_known_countries() -> None:
    known = set(codes("states.csv")) | set(codes("organisations.csv"))

    assert {row["country"] for row in table("places.csv")} - known == set()


# --- office holders ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOLDERS)
def test_a_term_is_dated_and_begins_before_it_ends(name: str) -> None:
    wrong = []
    for row in table(name):
        written = [day for day in (row["from"], row["to"], row["checked"]) if day]
        if (
            not row["from"]
            or not all(_DATE.fullmatch(day) for day in written)
            or (row["to"] and first_day(row["from"]) > last_day(row["to"]))
        ):
            wrong.append(row)

    assert wrong == []


@pytest.mark.parametrize("name", HOLDERS)
def test_a_term_has_an_end_or_a_day_until_which_the_writer_is_sure(name: str) -> None:
    assert [row for row in table(name) if not row["to"] and not row["checked"]] == []


@pytest.mark.parametrize("name", HOLDERS)
def test_who_holds_an_office_stands_for_a_known_actor(name: str) -> None:
    known = {code for source in ("states.csv", "organisations.csv", "groups.csv") for code in codes(source)}

    assert {row["actor"] for row in table(name) if row["actor"].partition("/")[0] not in known} == set()
    assert {row["role"] for row in table(name)} <= ROLES
    assert [row for row in table(name) if not row["person"] or not row["office"]] == []


def terms(state: str, offices: set[str]) -> list[tuple[date, date, str]]:
    """Give the terms in which `state`, or the state before it, was governed, in order of time."""
    found = []
    for name in HOLDERS:
        for row in table(name):
            if row["actor"] in {state, BEFORE.get(state)} and row["office"] in offices | {"leader", "national leader"}:
                found.append((first_day(row["from"]), last_day(row["to"]) if row["to"] else date.max, row["person"]))
    return sorted(found)


@pytest.mark.parametrize("state", sorted(G20))
def test_each_state_of_the_g20_has_been_governed_without_a_gap_since_1990(state: str) -> None:
    gaps, until, last = [], SINCE, "nobody"
    for begun, ended, person in terms(state, G20[state]):
        if begun - until > timedelta(LONGEST_GAP):
            gaps.append(f"{last} until {until}, {person} from {begun}")
        if ended > until:
            until, last = ended, person

    assert gaps == []
    assert until == date.max, f"nobody after {last}, {until}"


# --- role nouns -------------------------------------------------------------------------------------


def test_role_nouns_are_lower_case_and_told_once() -> None:
    words = [row["word"] for row in table("roles.csv")]

    assert [word for word in words if word != word.lower() or not word] == []
    assert repeated(words) == []


def test_role_nouns_give_the_roles_of_the_codebook() -> None:
    assert {row["role"] for row in table("roles.csv")} == ROLES
    assert {row["number"] for row in table("roles.csv")} <= {"singular", "plural", "both"}
