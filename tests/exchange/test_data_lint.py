"""The room's data files keep their own rules: known codes, known roles, no row twice, a source and a date."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from communique.actors.resolver import is_state, meanings
from communique.exchange.cameo_actors import own_bodies
from communique.exchange.crosswalk import code_labels, label_codes
from communique.exchange.layouts import FORMATS, layouts
from communique.exchange.parties import data_rows
from communique.ontology.loader import STATUSES, ontology
from communique.word_files import read_word_file

FOLDER = files("communique.exchange") / "data"
TABLES = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith(".csv"))
ROLES = {"state", "GOV", "MIL", "LEG", "JUD", "OPP", "REB", "CVL", "BUS", "MED", "POL"}
KEYS = {
    "cameo_actors.csv": "code", "country_names.csv": "name", "foreign_names.csv": "name", "icews_agents.csv": "agent",
    "icews_sectors.csv": "sector", "relation_names.csv": "code", "acled_actors.csv": "form",
    "acled_events.csv": "sub_event", "acled_factions.csv": "words", "plover_contexts.csv": "theirs", "plover_sectors.csv": "sector",
    "quadruple_starts.csv": "folder", "role_names.csv": "role",
}  # fmt: skip


@pytest.mark.parametrize("name", [*TABLES, "formats.yaml", "jsonld_context.yaml"])
def test_each_file_says_where_it_is_from_and_when_it_was_checked(name: str) -> None:
    head = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith("# source: ") for line in head)
    assert "# checked: 2026-11-26" in head


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_row_stands_twice(name: str) -> None:
    keys = [row[KEYS[name]] for row in data_rows(name)]
    assert sorted(keys) == sorted(set(keys))


def test_every_cameo_code_that_a_file_names_is_in_the_crosswalk() -> None:
    known = ontology().cameo
    assert {row["code"] for row in data_rows("relation_names.csv")} <= set(known)
    assert {row["cameo"] for row in data_rows("acled_events.csv")} - {""} <= set(known)


def test_every_code_of_the_crosswalk_has_a_label_and_every_label_one_code() -> None:
    assert set(code_labels()) == set(ontology().cameo)
    assert len(label_codes()) == len(data_rows("relation_names.csv"))


def test_every_actor_that_a_file_names_is_ours() -> None:
    for row in data_rows("cameo_actors.csv"):
        kind, ours = row["kind"], row["ours"]
        if kind == "body":
            state, _, role = ours.partition("/")
            assert ours in own_bodies() or (is_state(state) and role in {"", *ROLES}), row
        elif kind == "country":
            assert is_state(ours), row
        elif kind == "role":
            assert ours in ROLES, row
        else:
            assert kind in {"region", "sphere", "people", "faith"}, row
            assert not ours, row
    assert {row["code"] for row in data_rows("acled_factions.csv")} <= own_bodies()
    assert all(not row["code"] or is_state(row["code"]) for row in data_rows("country_names.csv"))


def test_every_role_is_one_of_the_codebook() -> None:
    for name in ("icews_agents.csv", "icews_sectors.csv", "acled_actors.csv"):
        assert {row["role"] for row in data_rows(name)} <= ROLES
    assert {row["role"] for row in data_rows("plover_sectors.csv")} <= {*ROLES, ""}
    assert {row["role"] for row in data_rows("role_names.csv")} == (ROLES - {"state"}) | {""}


def test_every_name_known_otherwise_is_known_and_not_already_itself() -> None:
    for row in data_rows("foreign_names.csv"):
        assert meanings(row["known_as"]), row
        assert not meanings(row["name"]), f"{row}: the actor files know it; take the row out"


def test_plover_modes_and_contexts_lead_to_ours() -> None:
    contexts = set(read_word_file(files("communique.coding") / "data" / "contexts.yaml"))
    for row in data_rows("plover_modes.csv"):
        assert row["ours"] in ontology().types[row["type"]].modes, row
    for row in data_rows("plover_contexts.csv"):
        kind, _, status = row["ours"].partition(":")
        assert status in STATUSES if kind == "status" else kind in {*contexts, ""}, row


def test_formats_are_the_ones_that_are_told() -> None:
    assert {name for name in layouts() if name != "phoenix-cline"} == set(FORMATS)
    assert [len(layouts()[name].columns) for name in ("gdelt1", "gdelt2", "phoenix", "phoenix-cline")] == [
        58,
        61,
        26,
        25,
    ]
    assert all(len(set(layout.columns)) == len(layout.columns) for layout in layouts().values())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_as_many_cells_in_a_row_as_in_its_head(name: str) -> None:
    lines = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len({len(row) for row in csv.reader(lines)}) == 1
