"""A lint of the ontology's data: what a domain expert may edit without Python must still hold together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import communique.ontology
from communique.ontology.loader import TYPES, Ontology, ontology

DATA = Path(communique.ontology.__file__).parent / "data"
GUIDE = Path(__file__).parents[2] / "docs" / "frames.md"

# The four quarters of the codebook: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
QUADS = {
    1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    2: {"COOPERATE", "AID", "RETREAT"},
    3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}

# Modes whose nearest CAMEO code belongs to another type, each with the reason.
MODES_APART = {
    ("CONCEDE", "drop"): "CAMEO tells no word of yielding from the deed: 080 is both, and counts as the deed",
}

# CAMEO statements that PLOVER has no type for.
MERE_STATEMENTS = {"01", "010", "011", "012", "013", "014", "015", "017"}


@cache
def known() -> Ontology:
    return ontology()


@cache
def raw(name: str) -> dict[str, Any]:
    text = (DATA / "types" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def classes_in(value: object) -> Iterator[str]:
    """Give every `$class` that a piece of a type file names, however deep."""
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    elif isinstance(value, dict):
        for inner in value.values():
            yield from classes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from classes_in(inner)


def test_the_ontology_loads_with_the_sixteen_types() -> None:
    assert tuple(known().types) == TYPES
    assert len(TYPES) == 16


def test_there_is_one_file_for_each_type_and_no_other() -> None:
    assert {path.name for path in (DATA / "types").iterdir()} == {f"{name}.yaml" for name in TYPES}


# --- the type files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TYPES)
def test_a_type_stands_in_the_quarter_that_the_codebook_gives_it(name: str) -> None:
    assert name in QUADS[raw(name)["quad"]]


@pytest.mark.parametrize("name", TYPES)
def test_a_type_says_where_it_comes_from_and_when_it_was_checked(name: str) -> None:
    assert str(raw(name)["source"]).strip()
    assert date.fromisoformat(str(raw(name)["checked"])) >= date(2026, 1, 1)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_has_frames_enough_to_be_of_use(name: str) -> None:
    assert len(raw(name)["frames"]) >= 25


@pytest.mark.parametrize("name", TYPES)
def test_every_frame_shows_itself_in_an_example(name: str) -> None:
    silent = [
        number for number, frame in enumerate(raw(name)["frames"], 1) if not str(frame.get("example", "")).strip()
    ]

    assert silent == []


@pytest.mark.parametrize("name", TYPES)
def test_some_example_of_every_frame_is_of_its_own_type(name: str) -> None:
    astray = []
    for number, frame in enumerate(raw(name)["frames"], 1):
        shown = [frame, *frame.get("also", [])]
        if not any(str(line).split()[1] == name for one in shown for line in one["events"] or []):
            astray.append(number)

    assert astray == []


@pytest.mark.parametrize("name", TYPES)
def test_frames_keep_to_the_fields_that_the_guide_describes(name: str) -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("## The fields of a frame")[2]
    described = {
        word
        for line in table.splitlines()
        if line.startswith("| `")
        for word in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    used = {field for frame in raw(name)["frames"] for field in frame}

    assert used - described == set()


@pytest.mark.parametrize("name", TYPES)
def test_every_word_class_that_a_frame_names_exists(name: str) -> None:
    assert set(classes_in(raw(name)["frames"])) - set(known().words) == set()


def test_no_word_class_is_empty() -> None:
    assert [name for name, words in known().words.items() if not words] == []


# --- modes and CAMEO codes --------------------------------------------------------------------------


@pytest.mark.parametrize("name", TYPES)
def test_a_mode_leads_to_a_cameo_code_that_leads_back_to_its_type(name: str) -> None:
    kind = known().types[name]
    assert kind.default_mode in kind.modes
    for mode, (code, gloss) in kind.modes.items():
        assert gloss.strip(), mode
        assert code in known().cameo, mode
        if (name, mode) not in MODES_APART:
            assert (known().cameo[code].type or name) == name, (mode, code)


@pytest.mark.parametrize("name", TYPES)
def test_a_frame_with_a_code_of_its_own_keeps_to_its_type(name: str) -> None:
    own = {str(frame["cameo"]) for frame in raw(name)["frames"] if "cameo" in frame}

    assert {code for code in own if code not in known().cameo or known().cameo[code].type != name} == set()


def test_the_exceptions_are_still_exceptions() -> None:
    for name, mode in MODES_APART:
        code, _ = known().types[name].modes[mode]
        assert known().cameo[code].type != name


def test_every_cameo_code_leads_to_a_mode_of_its_type() -> None:
    lost = [
        (code, row.type, row.mode)
        for code, row in known().cameo.items()
        if row.type and row.mode not in known().types[row.type].modes
    ]

    assert lost == []


def test_only_mere_statements_lead_to_no_type() -> None:
    untyped = {code for code, row in known().cameo.items() if not row.type}

    assert untyped == MERE_STATEMENTS
    assert all(not known().cameo[code].mode for code in untyped)


def test_every_cameo_code_hangs_on_its_root() -> None:
    codes = set(known().cameo)
    roots = {f"{number:02d}" for number in range(1, 21)}

    assert {code for code in codes if len(code) == 2} == roots
    for code in codes - roots:
        assert re.fullmatch(r"\d{3,4}", code), code
        assert code[:-1] in codes, code
    assert {root + "0" for root in roots} <= codes


def test_the_crosswalk_holds_cameo_whole_and_each_code_once() -> None:
    lines = (DATA / "cameo.csv").read_text(encoding="utf-8").splitlines()
    codes = [line.partition(",")[0] for line in lines if re.match(r"\d", line)]

    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert codes == sorted(codes)
    assert Counter(map(len, codes)) == {2: 20, 3: 149, 4: 149}
    assert lines[0].startswith("# source: ")
    assert re.fullmatch(r"# checked: \d{4}-\d\d-\d\d", lines[1])


def test_labels_are_short_and_tell_the_codes_apart() -> None:
    labels = Counter(row.label for row in known().cameo.values())

    assert [label for label, times in labels.items() if times > 1 or not 0 < len(label) <= 64] == []


# --- Goldstein's scale ------------------------------------------------------------------------------


def test_intensities_stay_on_goldsteins_scale() -> None:
    assert [code for code, row in known().cameo.items() if not -10 <= row.intensity <= 10] == []


@pytest.mark.parametrize("name", sorted(QUADS[2] | QUADS[4]))
def test_deeds_of_cooperation_score_above_nought_and_of_conflict_below(name: str) -> None:
    side = 1 if name in QUADS[2] else -1

    assert [code for code, row in known().cameo.items() if row.type == name and row.intensity * side <= 0] == []


@pytest.mark.parametrize(
    ("milder", "sharper"),
    [("111", "1312"), ("1312", "163"), ("163", "190"), ("161", "166"), ("173", "1822"), ("120", "138")],
)
def test_what_hurts_more_weighs_more(milder: str, sharper: str) -> None:
    assert known().intensity(sharper) < known().intensity(milder) < 0


def test_a_code_finer_than_the_table_weighs_as_its_parent() -> None:
    assert known().intensity("16399") == known().intensity("163")
    assert known().intensity("") == 0
