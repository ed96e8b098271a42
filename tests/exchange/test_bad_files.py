"""A file of another kind is refused whole with the mend; a bad row is refused alone with its reason."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import CommuniqueError, InputError, MissingInput, UnreadableInput, UsageError
from communique.exchange import ImportedEvent, Reason, Refused, read_foreign
from tests.exchange.samples import acled, gdelt, graph, header, icews, phoenix, polecat, refused, write

WRONG = [
    (b"", "empty"),
    (b"\n\n  \n", "empty"),
    (b"Ministers met in Oslo on Tuesday.\n", "no format that is known"),
    (b"a,b,c\n1,2,3\n", "3 columns"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "not UTF-8"),
    ("Event ID\tEvent Date".encode("utf-16"), "UTF-16"),
    (b'[{"a": 1}]', "no format that is known"),
    (b'{"a": ', "not JSON"),
    (b"[1, 2]", "no object"),
    (b"x" * (1 << 21), "longer than"),
    (b"a," + b"x" * 200_000, "no format that is known"),
    (b"a,b\rc,d\r", "no format that is known"),
    (b"[" * 100_000, "object 1: no row of an event table"),
    (b'[{"event_id_cnty": ' + b"9" * 5_000 + b"}]", "object 1: no row of an event table"),
    (("\t".join("x" * 61) + "\n").encode(), "no format that is known"),
]


@pytest.mark.parametrize(("content", "words"), WRONG, ids=range(len(WRONG)))
def test_a_file_that_is_no_event_table(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as raised:
        read_foreign(path)
    message = str(raised.value)
    assert str(path) in message
    assert words in message
    assert ";" in message, "a mend follows what is wrong"


@pytest.mark.parametrize("format", ["icews", "gdelt", "gdelt1", "gdelt2", "polecat", "phoenix", "acled"])
def test_a_table_of_another_dataset_than_the_one_named(tmp_path: Path, format: str) -> None:
    wrong = [header("icews"), icews()] if format != "icews" else [gdelt()]
    path = write(tmp_path, "table", *wrong)
    with pytest.raises(UnreadableInput, match=f"line 1: no {format} table .* expected .*leave --format out"):
        read_foreign(path, format)


def test_nothing_is_read_in_a_format_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose icews"):
        read_foreign(write(tmp_path, "a.tab", header("icews"), icews()), "xls")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no such file or folder"):
        read_foreign(tmp_path / "nowhere.tab")


def test_a_header_without_rows_gives_nothing(tmp_path: Path) -> None:
    assert list(read_foreign(write(tmp_path, "a.tab", header("icews")))) == []


BAD_ROWS = [
    ([header("icews"), icews().rpartition("\t")[0]], Reason.COLUMNS, "19 instead of 20"),
    ([header("icews"), icews() + "\tmore"], Reason.COLUMNS, "21 instead of 20"),
    ([header("icews"), icews(Event_Date="2014-02-30")], Reason.DATE, "2014-02-30"),
    ([header("icews"), icews(Event_ID="")], Reason.NO_ID, ""),
    ([header("icews"), icews(CAMEO_Code="16x")], Reason.UNKNOWN_CODE, "16x"),
    ([gdelt(), gdelt(SQLDATE="20151399")], Reason.DATE, "20151399"),
    ([gdelt(), gdelt(EventCode="X")], Reason.UNKNOWN_CODE, "X"),
    ([gdelt(), gdelt("gdelt1")], Reason.COLUMNS, "58 instead of 61"),
    ([gdelt(), gdelt(Actor1Code="", Actor1Name="", Actor2Code="COP", Actor2Name="")], Reason.UNKNOWN_ACTORS, "→ COP"),
    ([header("polecat"), polecat(Event_Type="WALTZ")], Reason.UNKNOWN_CODE, "WALTZ"),
    ([phoenix(), phoenix(Month="13")], Reason.DATE, "2014-13-20"),
    ([phoenix(), phoenix(Year="9" * 5000)], Reason.DATE, "999"),
    ([header("acled", ","), acled(event_date="yesterday")], Reason.DATE, "yesterday"),
    ([header("acled", ","), acled() + ",more"], Reason.COLUMNS, "32 instead of 31"),
]


@pytest.mark.parametrize(("lines", "reason", "detail"), BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_a_bad_row_is_refused_alone(tmp_path: Path, lines: list[str], reason: Reason, detail: str) -> None:
    good = {"Event ID": icews(Event_ID="good"), "event_id_cnty": acled(event_id_cnty="good"), "4104": gdelt()}
    after = next((row for start, row in good.items() if lines[0].startswith(start)), lines[0])
    if lines[0].startswith("Event ID") and "Event Mode" in lines[0]:
        after = polecat(Event_ID="good")
    path = write(tmp_path, "table", *lines, after)
    (refusal,) = refused(path)
    assert (refusal.reason, refusal.line, refusal.origin) == (reason, 2, str(path))
    assert detail in refusal.detail
    assert isinstance(list(read_foreign(path))[-1], ImportedEvent)


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_a_row_that_is_no_utf8_is_refused_alone(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "table"
    first, row = (header("icews"), icews()) if delimiter == "\t" else (header("acled", ","), acled())
    broken = row.replace("Washington", "M\udcfcnchen").replace("Khartoum", "M\udcfcnchen", 1)
    path.write_bytes("\n".join([first, broken, row]).encode("utf-8", "surrogateescape"))
    bad, kept = read_foreign(path)
    assert isinstance(bad, Refused)
    assert (bad.reason, bad.line) == (Reason.ENCODING, 2)
    assert isinstance(kept, ImportedEvent)


def test_a_quotation_mark_that_never_closes_loses_no_row_in_silence(tmp_path: Path) -> None:
    long = "\n".join(acled(event_id_cnty=f"SDN{number}") for number in range(1500))
    path = write(tmp_path, "a.csv", header("acled", ","), acled(), '"' + acled(), long)
    items = list(read_foreign(path))
    assert isinstance(items[0], ImportedEvent)
    assert {item.reason for item in items if isinstance(item, Refused)} <= {Reason.QUOTES, Reason.COLUMNS}
    lost = [item for item in items if isinstance(item, Refused) and item.reason is Reason.QUOTES]
    assert lost[0].detail.startswith("lines 3 to ")


def test_packed_files_that_are_damaged(tmp_path: Path) -> None:
    text = "\n".join([header("icews"), *(icews(Event_ID=str(n)) for n in range(5000))]).encode()
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(text)[:-200])
    with pytest.raises(UnreadableInput, match=r"damaged or cut off .* download it again"):
        list(read_foreign(cut))
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        archive.writestr("a", text)
        archive.writestr("b", text)
    with pytest.raises(UnreadableInput, match="must hold one file"):
        read_foreign(many)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(many.read_bytes()[:300])
    with pytest.raises(UnreadableInput, match="damaged or cut off"):
        read_foreign(broken)


def test_json_that_ends_in_the_middle_says_at_which_object(tmp_path: Path) -> None:
    keys = header("acled", ",").split(",")
    row = "{" + ", ".join(f'"{k}": "{v}"' for k, v in zip(keys, acled().split(","), strict=True)) + "}"
    path = write(tmp_path, "a.json", f"[{row}, {row}, {row[:50]}")
    with pytest.raises(UnreadableInput, match="object 3: not JSON, or cut off"):
        list(read_foreign(path))


def test_quadruples_without_their_start_day(tmp_path: Path) -> None:
    folder = graph(tmp_path, "0\t0\t1\t24\n", "Russia\nFrance", "Consult", name="mine")
    with pytest.raises(UsageError, match="give it as start, such as 2014-01-01"):
        read_foreign(folder)
    (item,) = read_foreign(folder, start="2005-01-01")
    assert isinstance(item, ImportedEvent)
    assert (item.event.date, item.dataset) == ("2005-01-02", "MINE")
    with pytest.raises(UsageError, match="write it as a day"):
        read_foreign(folder, start="spring")


@pytest.mark.parametrize(
    ("missing", "words"), [("entity2id.txt", "names"), ("relation2id.txt", "names"), ("train.txt", "none of")]
)
def test_quadruples_without_one_of_their_files(tmp_path: Path, missing: str, words: str) -> None:
    folder = graph(tmp_path, "0\t0\t1\t24\n", "Russia\nFrance", "Consult")
    (folder / missing).unlink()
    with pytest.raises(MissingInput, match=words):
        read_foreign(folder, "quadruples")


def test_a_file_of_names_is_no_file_of_quadruples(tmp_path: Path) -> None:
    folder = graph(tmp_path, "0\t0\t1\t24\n", "Russia\nFrance", "Consult")
    with pytest.raises(UnreadableInput, match=r"no quadruple .* name train.txt, or the folder"):
        read_foreign(folder / "entity2id.txt", "quadruples")
    (folder / "entity2id.txt").write_text("Russia zero\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"entity2id.txt, line 1: expected a name, a tab and a number"):
        read_foreign(folder)


def test_quadruples_that_point_at_nothing(tmp_path: Path) -> None:
    folder = graph(
        tmp_path,
        "0\t0\t1\t24\n0\t7\t1\t24\n8\t0\t9\t24\n0\t0\t9\t24\n0\t0\t1\t99999999999\n0\t0\t1\t" + "9" * 5000 + "\n",
        "Russia\nFrance",
        "Consult",
    )
    items = list(read_foreign(folder))
    reasons = [item.reason if isinstance(item, Refused) else None for item in items]
    assert reasons == [None, Reason.UNKNOWN_CODE, Reason.UNKNOWN_ACTORS, None, Reason.DATE, Reason.DATE]
    assert items[3].unknown_actors == ("entity 9",)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(["icews", "acled", "gdelt", ""]))
def test_no_bytes_end_in_anything_but_rows_or_our_errors(tmp_path: Path, junk: bytes, kind: str) -> None:
    path = tmp_path / "junk"
    head = {"icews": header("icews") + "\n", "acled": header("acled", ",") + "\n", "gdelt": gdelt() + "\n", "": ""}[
        kind
    ]
    path.write_bytes(head.encode() + junk)
    try:
        items = list(read_foreign(path))
    except InputError as error:
        items, message = [], str(error)
    else:
        message = str(path)
    assert str(path) in message
    assert all(isinstance(item, ImportedEvent | Refused) for item in items)


def test_every_error_of_this_room_is_one_of_ours() -> None:
    assert issubclass(UnreadableInput, CommuniqueError)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "bomb.csv.gz"
    first, row = (header("icews"), icews()) if delimiter == "\t" else (header("acled", ","), acled())
    path.write_bytes(gzip.compress(f"{first}\n{row}\n".encode() + bytes(1 << 22)))
    items = read_foreign(path)
    assert isinstance(next(items), ImportedEvent)
    with pytest.raises(UnreadableInput, match="line 3: longer than 1048576 bytes"):
        next(items)
