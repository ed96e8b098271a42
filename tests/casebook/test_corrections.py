"""A person's correction is a row of its own, laid on top, and outlives every reading of the report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from communique.casebook import Casebook, EventFilter
from communique.casebook.corrections import marked_sentence
from communique.errors import UsageError
from communique.records import DatePrecision, Event, Status
from tests.casebook.made import TEXT, event, imported, move, reading


def only(casebook: Casebook) -> Event:
    [kept] = casebook.events()
    return kept.event


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("type", "ACCUSE", {"type": "ACCUSE", "quad": 3, "mode": "disapprove", "cameo": "111", "intensity": -2.0}),
        ("type", "accuse", {"type": "ACCUSE", "quad": 3}),
        ("source", ["FIN"], {"source": ("FIN",)}),
        ("source", "FIN; SWE/GOV", {"source": ("FIN", "SWE/GOV")}),
        ("target", [], {"target": ()}),
        ("status", "denied", {"status": Status.DENIED}),
        ("date", "2024-04", {"date": "2024-04", "date_precision": DatePrecision.MONTH}),
        ("date", date(2024, 4, 3), {"date": "2024-04-03", "date_precision": DatePrecision.DAY}),
        ("date", None, {"date": None, "date_precision": None, "date_basis": None}),
        ("claimed_by", "SDN", {"claimed_by": "SDN"}),
        ("claimed_by", None, {"claimed_by": None}),
        ("condition", "unless talks resume", {"condition": "unless talks resume"}),
        ("location", "Port Vale", {"location": "Port Vale"}),
        ("context", ["trade", "energy"], {"context": ("energy", "trade")}),
    ],
)
def test_a_field_is_put_right(casebook: Casebook, field: str, value: object, expected: dict[str, Any]) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    made = casebook.correct("e", field, value, "Ada", "the text says so")
    after = only(casebook)
    assert {name: getattr(after, name) for name in expected} == expected
    untouched = set(Event.__dataclass_fields__) - set(expected) - {field, "quad", "mode", "cameo", "intensity"}
    untouched -= {"date_precision", "date_basis"}
    assert all(getattr(after, name) == getattr(event("e", "paper-1"), name) for name in untouched)
    assert casebook.corrections() == [made]
    assert casebook.events(EventFilter(corrected=True))[0].event == after
    casebook.undo(made.correction_id)
    assert only(casebook) == event("e", "paper-1")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("type", "QUARREL", "one of AGREE, CONSULT"),
        ("mode", "duel", "mode 'duel': SANCTION has"),
        ("status", "perhaps", "one of occurred, planned"),
        ("source", [], "name one actor or more"),
        ("source", "Norland", "a code is upper case"),
        ("target", ["USA/"], "a code is upper case"),
        ("date", "6 May 2024", "write a day as 2025-02-25"),
        ("date", "2024-13", "write a day as 2025-02-25"),
        ("context", ["gossip"], "any of cyber"),
        ("anchor", "met", "field 'anchor': one of type, mode"),
        ("location", 7, "location 7: give a text"),
    ],
)
def test_a_value_that_means_nothing_is_refused(casebook: Casebook, field: str, value: object, says: str) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    with pytest.raises(UsageError, match=says):
        casebook.correct("e", field, value, "Ada")
    assert casebook.corrections() == []
    assert only(casebook) == event("e", "paper-1")


def test_who_and_which_must_be_told(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    with pytest.raises(UsageError, match="who corrects must be named"):
        casebook.correct("e", "status", "denied", " ")
    with pytest.raises(UsageError, match="there is no event 'f'"):
        casebook.correct("f", "status", "denied", "Ada")
    with pytest.raises(UsageError, match="there is no correction 1"):
        casebook.undo(1)
    casebook.undo(casebook.correct("e", "status", "denied", "Ada").correction_id)
    with pytest.raises(UsageError, match="correction 1 was undone on"):
        casebook.undo(1)


def test_of_several_that_are_undone_all_are_or_none(casebook: Casebook) -> None:
    casebook.add([reading()])
    before = only(casebook)
    made = casebook.correct_all(before.event_id, [("type", "ACCUSE"), ("status", "denied")], "mara")
    numbers = [one.correction_id for one in made]
    with pytest.raises(UsageError):
        casebook.undo_all([numbers[1], 999])
    assert only(casebook).type == "ACCUSE"
    assert [one.correction_id for one in casebook.undo_all(numbers)] == numbers[::-1]
    assert only(casebook) == before


def test_the_latest_word_on_a_field_holds_until_it_is_undone(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    casebook.correct("e", "type", "ACCUSE", "Ada", when=datetime(2024, 6, 1))
    later = casebook.correct("e", "type", "THREATEN", "Ben", when=datetime(2024, 6, 2))
    casebook.correct("e", "status", "planned", "Ada", when=datetime(2024, 6, 3))
    assert (only(casebook).type, only(casebook).status) == ("THREATEN", "planned")
    assert later.former == "ACCUSE"
    casebook.undo(later.correction_id)
    assert (only(casebook).type, only(casebook).status) == ("ACCUSE", "planned")


def test_back_to_the_type_that_was_read_brings_its_mode_back(casebook: Casebook) -> None:
    read = event("e", "paper-1", mode="boycott", cameo="163", intensity=-8.0)
    casebook.add([reading("paper-1", read)])
    casebook.correct("e", "type", "ACCUSE", "Ada")
    casebook.correct("e", "type", "SANCTION", "Ada")
    assert only(casebook) == read


def test_corrections_survive_re_reading_and_superseding(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"), event("f", "paper-1"))])
    casebook.correct("e", "status", "denied", "Ada")
    casebook.delete("f", "Ada", "a joke")
    casebook.add([reading("paper-1", event("e", "paper-1"), event("f", "paper-1"), text=TEXT + " More.")])
    assert (only(casebook).event_id, only(casebook).status) == ("e", "denied")
    # The next version tells neither: both wait, listed as unattached, and hold again when they come back.
    casebook.add([reading("paper-1", event("g", "paper-1"), text=TEXT + " Else.")])
    assert only(casebook) == event("g", "paper-1")
    assert [one.attached for one in casebook.corrections()] == [False, False]
    casebook.add([reading("paper-1", event("e", "paper-1"), event("f", "paper-1"))])
    assert (only(casebook).event_id, only(casebook).status) == ("e", "denied")
    assert [one.attached for one in casebook.corrections()] == [True, True]


def test_a_deleted_act_goes_with_its_moves_and_comes_back(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1")), reading("paper-2")])
    gone = casebook.delete("e", "Ada", "not said")
    assert [kept.event.event_id for kept in casebook.events()] == ["paper-2:a"]
    assert [one.event_id for one in casebook.history().moves] == ["paper-2:a"]
    assert casebook.event("e") is None
    casebook.undo(gone.correction_id)
    assert casebook.contents().events == len(casebook.history().moves) == 2


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("source", ["FIN"], {"source": ("FIN",)}),
        ("target", ["SWE"], {"target": ("SWE",)}),
        ("status", "planned", {"status": Status.PLANNED}),
        ("date", "2024-04", {"date": "2024-04"}),
        ("location", "Port Vale", {}),
    ],
)
def test_moves_take_what_was_put_right(casebook: Casebook, field: str, value: object, expected: dict[str, Any]) -> None:
    told = event("e", "paper-1")
    alone = replace(move(told), event_id=None, order=1)
    casebook.add([reading("paper-1", told, moves=(move(told), alone))])
    casebook.correct("e", field, value, "Ada")
    assert casebook.history().moves == (replace(move(told), **expected), alone)


def test_a_move_whose_event_became_another_type_drops(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    casebook.correct("e", "type", "CONSULT", "Ada")
    assert casebook.history().moves == ()
    casebook.correct("e", "type", "SANCTION", "Ada")
    assert len(casebook.history().moves) == 1


def test_an_event_that_reading_missed_is_added(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"))])
    missed = event("", "paper-1", sentence=1, type="CONSULT", quad=1, mode="meet", date=None, anchor="met")
    made = casebook.add_event(missed, "Ada", "second sentence")
    kept = next(one for one in casebook.events() if one.event.type == "CONSULT")
    assert kept.event == replace(missed, event_id=made.event_id)
    assert made.event_id
    assert (kept.published, kept.sentence_text) == ("2024-05-07", "Its envoys later met in Port Vale.")
    # Reading the report anew leaves it, and it may be put right like any other.
    casebook.add([reading("paper-1", event("e", "paper-1"), text=TEXT + " More.")])
    casebook.correct(made.event_id, "target", "FIN", "Ben")
    assert casebook.events(EventFilter(type="CONSULT"))[0].event.target == ("FIN",)
    with pytest.raises(UsageError, match="there is an event"):
        casebook.add_event(kept.event, "Ada")
    casebook.undo(made.correction_id)
    assert only(casebook).event_id == "e"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": "QUARREL"}, "one of AGREE"),
        ({"quad": 1}, "SANCTION is of quad 4"),
        ({"source": ()}, "name one actor"),
        ({"date": "May"}, "write a day"),
        ({"confidence": 1.5}, "from 0 to 1"),
    ],
)
def test_an_added_event_is_checked(casebook: Casebook, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.add_event(event("", "elsewhere", **changes), "Ada")
    assert casebook.contents().tellings == 0


def test_a_correction_holds_for_the_whole_act_whoever_leads_it(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("a", "paper-1"))])
    casebook.correct("a", "status", "denied", "Ada")
    casebook.add([reading("paper-2", event("b", "paper-2", confidence=0.99))])
    casebook.set_folds([["a", "b"]])
    assert (only(casebook).event_id, only(casebook).status) == ("b", "denied")
    assert {one.status for one in casebook.history().moves} == {Status.DENIED}
    casebook.set_folds([["a"], ["b"]])
    assert {kept.event.event_id: kept.event.status for kept in casebook.events()} == {"a": "denied", "b": "occurred"}


def test_imported_events_are_put_right_too(casebook: Casebook) -> None:
    casebook.add_imported([imported(1)], "GRAPH")
    casebook.correct("GRAPH-1", "target", "FIN", "Ada")
    casebook.add_imported([imported(1)], "GRAPH")
    assert only(casebook).target == ("FIN",)


def test_corrections_are_exported_to_learn_from(casebook: Casebook, tmp_path: Path) -> None:
    casebook.add([reading("paper-1", event("e", "paper-1"), event("f", "paper-1"))])
    casebook.undo(casebook.correct("e", "status", "denied", "Ada").correction_id)
    casebook.correct("e", "type", "ACCUSE", "Ada", "only words", datetime(2024, 6, 1, 12))
    casebook.delete("f", "Ben")
    casebook.add_event(event("", "paper-1", type="CONSULT", quad=1, mode="meet"), "Ben")
    file = tmp_path / "corrections.jsonl"
    assert casebook.export_corrections(file) == 3
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(row["kind"], row["field"], row["old"], row["new"]) for row in rows] == [
        ("field", "type", "SANCTION", "ACCUSE"), ("delete", None, "SANCTION", None), ("add", None, None, "CONSULT"),
    ]  # fmt: skip
    assert rows[0]["marked"] == "<s>Norland</s> imposed sanctions on <t>Sudmark</t>."
    assert (rows[0]["who"], rows[0]["why"], rows[0]["when"]) == ("Ada", "only words", "2024-06-01T12:00:00")
    assert rows[0]["event"]["type"] == "SANCTION"


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Iran", "the UN", "<s>Iran</s> told <t>the UN</t> that Iran waits."),
        ("", "Iran", "<t>Iran</t> told the UN that Iran waits."),
        ("Iran", "Iran", "<s>Iran</s> told the UN that <t>Iran</t> waits."),
        ("France", "the UN", "Iran told <t>the UN</t> that Iran waits."),
        ("told the UN", "the UN", "Iran <s>told the UN</s> that Iran waits."),
    ],
)
def test_marks(source: str, target: str, expected: str) -> None:
    assert marked_sentence("Iran told the UN that Iran waits.", source, target) == expected


def test_what_is_deleted_is_not_deleted_twice(casebook: Casebook) -> None:
    casebook.add([reading("paper-1", event("e"))])
    gone = casebook.delete("e", "Ada")
    with pytest.raises(UsageError, match="'e' is deleted already"):
        casebook.delete("e", "Ben")
    casebook.undo(gone.correction_id)
    assert casebook.count() == 1
    casebook.delete("e", "Ben")
    assert casebook.count() == 0
