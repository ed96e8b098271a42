"""A row of each dataset becomes the event that it tells, with the identifier that it had."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from communique.exchange import ImportedEvent, ImportTally, Reason, Refused, read_foreign
from communique.exchange.layouts import column_key
from communique.records import DateBasis, DatePrecision, Status
from tests.exchange import samples
from tests.exchange.samples import acled, cline, gdelt, graph, header, icews, only, phoenix, polecat, refused, write

# name of the file, its lines, and what the one event of it must be
ONE_OF_EACH = [
    (
        "events.tab",
        [header("icews"), icews()],
        ("ICEWS", "20718170", "icews:20718170", "SANCTION", "embargo", "163", ("USA",), ("RUS",), "2014-03-17", None),
    ),
    (
        "20150715.export.CSV",
        [gdelt("gdelt1")],
        (
            "GDELT 1.0", "410412347", "gdelt1:410412347", "RETREAT", "access", "0862", ("IRN",), ("IAEA",),
            "2015-07-14", "2015-07-15",
        ),
    ),
    (
        "20150715121500.export.CSV",
        [gdelt("gdelt2")],
        (
            "GDELT 2.0", "410412347", "gdelt2:410412347", "RETREAT", "access", "0862", ("IRN",), ("IAEA",),
            "2015-07-14", "2015-07-15",
        ),
    ),
    (
        "ngecEvents.tab",
        [header("polecat"), polecat()],
        (
            "POLECAT", "ASM20230105-77", "polecat:ASM20230105-77", "SANCTION", "expel", "166", ("MDA",), ("RUS",),
            "2023-01-05", "2023-01-06",
        ),
    ),
    (
        "events.full.20140620.txt",
        [phoenix()],
        (
            "Phoenix", "20140620-118", "phoenix:20140620-118", "ASSAULT", "heavy-weapons", "194", ("HAMAS",),
            ("ISR",), "2014-06-20", None,
        ),
    ),
    (
        "PhoenixSWB.csv",
        [header("phoenix-cline", ","), cline()],
        (
            "Phoenix", "SWB8812", "phoenix:SWB8812", "ASSAULT", "aerial", "195", ("IRQ",), ("IRN",), "1988-03-04",
            None,
        ),
    ),
    (
        "acled.csv",
        [header("acled", ","), acled()],
        (
            "ACLED", "SDN41021", "acled:SDN41021", "ASSAULT", "fight", "190", ("RSF",), ("SDN",), "2023-04-15", None,
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "expected"), ONE_OF_EACH, ids=[case[0] for case in ONE_OF_EACH])
def test_a_row_of_each_dataset(tmp_path: Path, name: str, lines: list[str], expected: tuple[object, ...]) -> None:
    item = only(write(tmp_path, name, *lines))
    event = item.event
    assert (
        item.dataset, item.foreign_id, event.report_id, event.type, event.mode, event.cameo, event.source,
        event.target, event.date, item.published,
    ) == expected  # fmt: skip
    assert (event.status, event.date_precision, event.date_basis) == (
        Status.OCCURRED,
        DatePrecision.DAY,
        DateBasis.STATED,
    )
    assert (event.anchor, event.start, event.end, event.sentence, event.claimed_by) == ("", 0, 0, 0, None)
    assert event.rule.startswith(f"import {item.dataset}: ")
    assert 0 < event.confidence < 1


def test_what_an_icews_row_says_besides(tmp_path: Path) -> None:
    event = only(write(tmp_path, "events.tab", header("icews"), icews())).event
    assert event.rule == "import ICEWS: CAMEO 163 Impose embargo, boycott, or sanctions"
    assert (event.source_text, event.target_text) == ("Barack Obama", "Russia")
    assert event.location == "Washington, United States"
    assert (event.quad, event.intensity) == (4, -6.5)


def test_texts_that_dataverse_quoted(tmp_path: Path) -> None:
    quoted = icews(Source_Name='"Barack Obama"', Event_Text='"Impose embargo, boycott, or sanctions"')
    event = only(write(tmp_path, "events.tab", header("icews"), quoted)).event
    assert (event.source, event.source_text) == (("USA",), "Barack Obama")


@pytest.mark.parametrize(
    ("written", "label", "code"),
    [
        ("042", "Make a visit", "042"),
        ("42", "Make a visit", "042"),
        ("10", "Make statement", None),
        ("51", "Praise or endorse", "051"),
        ("311", "Express intent to cooperate economically", "0311"),
        ("100", "Demand", "100"),
        ("17", "Engage in symbolic act", None),
    ],
)
def test_a_spreadsheet_drops_the_zero_of_a_code(tmp_path: Path, written: str, label: str, code: str | None) -> None:
    path = write(tmp_path, "events.tab", header("icews"), icews(CAMEO_Code=written, Event_Text=label))
    (item,) = read_foreign(path)
    if code is None:
        assert isinstance(item, Refused)
        assert item.reason is Reason.STATEMENT
    else:
        assert isinstance(item, ImportedEvent)
        assert item.event.cameo == code


def test_gdelt_before_it_kept_addresses_has_57_columns(tmp_path: Path) -> None:
    row = gdelt("gdelt1").rpartition("\t")[0]
    assert only(write(tmp_path, "1979.csv", row)).dataset == "GDELT 1.0"


def test_polecat_contexts_become_ours_and_may_make_the_event_hypothetical(tmp_path: Path) -> None:
    rows = [
        polecat(),
        polecat(Event_ID="2", Contexts="hypothetical; territory"),
        polecat(Event_ID="3", Contexts="None", Event_Mode="stare"),
        polecat(Event_ID="4", Contexts="basketball"),
    ]
    items = [
        i for i in read_foreign(write(tmp_path, "a.tab", header("polecat"), *rows)) if isinstance(i, ImportedEvent)
    ]
    assert [i.event.context for i in items] == [("diplomacy", "human-rights"), ("territory",), (), ()]
    assert [i.event.status.value for i in items] == ["occurred", "hypothetical", "occurred", "occurred"]
    assert [i.event.mode for i in items] == ["expel", "expel", None, "expel"]
    assert [i.unknown_codes for i in items] == [(), (), ("mode SANCTION stare",), ("context basketball",)]


def test_acled_dates_to_a_week_or_month_keep_the_month(tmp_path: Path) -> None:
    rows = [acled(time_precision=precision) for precision in "123"]
    items = list(read_foreign(write(tmp_path, "a.csv", header("acled", ","), *rows)))
    dates = [(i.event.date, i.event.date_precision) for i in items if isinstance(i, ImportedEvent)]
    assert dates == [("2023-04-15", "day"), ("2023-04", "month"), ("2023-04", "month")]


def test_acled_notes_may_hold_commas_quotation_marks_and_line_ends(tmp_path: Path) -> None:
    row = acled(notes='"They said ""stop"",\nand left."')
    path = write(tmp_path, "a.csv", header("acled", ","), row, acled(event_id_cnty="SDN2"))
    assert [i.foreign_id for i in read_foreign(path)] == ["SDN41021", "SDN2"]


@pytest.mark.parametrize("shape", ["list", "data", "lines"])
def test_acled_as_json(tmp_path: Path, shape: str) -> None:
    keys = header("acled", ",").split(",")
    rows = [
        dict(zip(keys, acled(event_id_cnty=f"SDN{number}").split(","), strict=True)) | {"iso": 729, "tags": None}
        for number in range(3)
    ]
    written = {
        "list": json.dumps(rows, indent=1),
        "data": json.dumps({"status": 200, "success": True, "count": 3, "data": rows}),
        "lines": "\n".join(json.dumps(row) for row in rows),
    }[shape]
    items = list(read_foreign(write(tmp_path, "acled.json", written)))
    assert [i.foreign_id for i in items] == ["SDN0", "SDN1", "SDN2"]
    assert all(isinstance(i, ImportedEvent) and i.event.source == ("RSF",) for i in items)


@pytest.mark.parametrize("packed", ["gz", "zip", "plain", "crlf", "mark"])
def test_however_a_file_is_packed_it_gives_the_same(tmp_path: Path, packed: str) -> None:
    text = "\n".join([header("icews"), icews(), icews(Event_ID="2")]) + "\n"
    path = tmp_path / "events.tab"
    if packed == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif packed == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("events.tab", text)
    else:
        written = text.replace("\n", "\r\n") if packed == "crlf" else text
        path.write_bytes((b"\xef\xbb\xbf" if packed == "mark" else b"") + written.encode())
    items = list(read_foreign(path))
    assert [i.foreign_id for i in items] == ["20718170", "2"]
    assert all(isinstance(i, ImportedEvent) for i in items)


def test_zipped_csv(tmp_path: Path) -> None:
    path = tmp_path / "acled.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("acled.csv", header("acled", ",") + "\n" + acled() + "\n")
    assert only(path).dataset == "ACLED"


def test_quadruples_by_folder_and_by_file(tmp_path: Path) -> None:
    folder = graph(
        tmp_path,
        "0\t0\t1\t1776\t-1\n2\t1\t1\t0\t-1\n0\t2\t1\t24\n",
        "Barack_Obama\nRussia\nCitizen_(Nigeria)",
        "Impose_embargo,_boycott,_or_sanctions\nfight_with_small_arms_and_light_weapons\nMake_statement",
    )
    items = list(read_foreign(folder))
    assert items == list(read_foreign(folder / "train.txt"))
    first, second, third = items
    assert isinstance(first, ImportedEvent)
    assert isinstance(second, ImportedEvent)
    assert (first.event.source, first.event.type, first.event.target) == (("USA",), "SANCTION", ("RUS",))
    assert (first.event.date, first.dataset, first.foreign_id) == ("2014-03-16", "ICEWS14", "0-0-1-1776")
    assert (second.event.source, second.event.date) == (("NGA/CVL",), "2014-01-01")
    # a row of four columns in a file that otherwise has five is as good
    assert isinstance(third, Refused)
    assert third.reason is Reason.STATEMENT


def test_the_same_row_is_the_same_event_in_every_import(tmp_path: Path) -> None:
    alone = only(write(tmp_path, "a.tab", header("icews"), icews()))
    path = write(tmp_path, "b.tab", header("icews"), icews(Event_ID="1"), icews())
    later = [i for i in read_foreign(path) if i.foreign_id == "20718170"]
    assert later == [alone]
    other = only(write(tmp_path, "c.tab", header("icews"), icews(Event_ID="1")))
    assert other.event.event_id != alone.event.event_id


def test_columns_in_another_order_are_found_by_their_names(tmp_path: Path) -> None:
    names, cells = header("icews").split("\t"), icews().split("\t")
    path = write(tmp_path, "a.tab", "\t".join(reversed(names)), "\t".join(reversed(cells)))
    assert only(path).event.source == ("USA",)


def test_the_tally_counts_what_was_kept_and_what_was_not_and_lists_who_is_unknown(tmp_path: Path) -> None:
    rows = [
        icews(),
        icews(Event_ID="2", CAMEO_Code="010", Event_Text="Make statement"),
        icews(Event_ID="3", CAMEO_Code="999", Event_Text="Dance"),
        icews(Event_ID="4", Source_Name="Zork Blat", Source_Sectors="", Source_Country=""),
        icews(Event_ID="5", Source_Name="Zork Blat", Source_Sectors="", Target_Name="The Void", Target_Country=""),
        icews(Event_ID="6", Event_Date="soon"),
    ]
    tally = ImportTally()
    items = list(tally.watch(read_foreign(write(tmp_path, "a.tab", header("icews"), *rows))))
    assert (tally.rows, tally.kept, tally.both_known) == (6, 2, 1)
    assert tally.refused == {Reason.STATEMENT: 1, Reason.UNKNOWN_CODE: 1, Reason.UNKNOWN_ACTORS: 1, Reason.DATE: 1}
    assert tally.top_unknown_actors() == [("Zork Blat", 2), ("The Void", 1)]
    assert tally.top_unknown_codes() == [("CAMEO 999", 1)]
    kept = items[3]
    assert isinstance(kept, ImportedEvent)
    assert (kept.event.source, kept.event.source_text, kept.event.target) == ((), "Zork Blat", ("RUS",))
    assert json.loads(json.dumps(tally.as_row()))["unknown_actors"] == {"Zork Blat": 2, "The Void": 1}


def test_every_sub_event_of_acled_is_coded_or_left_out_by_name(tmp_path: Path) -> None:
    kinds = {
        "Air/drone strike": "ASSAULT", "Sexual violence": "ASSAULT", "Peaceful protest": "PROTEST",
        "Mob violence": "PROTEST", "Agreement": "SUPPORT", "Arrests": "COERCE", "Other": None,
        "Headquarters or base established": None, "Yodelling": None,
    }  # fmt: skip
    path = write(tmp_path, "a.csv", header("acled", ","), *[acled(sub_event_type=kind) for kind in kinds])
    found = [i.event.type if isinstance(i, ImportedEvent) else None for i in read_foreign(path)]
    assert found == list(kinds.values())
    assert [r.reason for r in refused(path)] == [Reason.NO_ACT, Reason.NO_ACT, Reason.UNKNOWN_CODE]


def test_names_of_columns_are_compared_loosely() -> None:
    assert {column_key(name) for name in ('"Event ID"', "event_id", " EventID ")} == {"eventid"}
    assert samples.header("icews").startswith("Event ID")
