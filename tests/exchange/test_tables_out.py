"""What is exported is laid out like theirs, and comes back with the same type, actors and day."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.exchange import (
    ExportTally,
    ImportedEvent,
    LeftOut,
    read_foreign,
    write_gdelt,
    write_icews,
    write_polecat,
)
from communique.exchange.crosswalk import meanings
from communique.exchange.layouts import layouts
from communique.records import DateBasis, DatePrecision, Event, KeptEvent, Status

PLAIN = Event(
    event_id="0123456789abcdef",
    report_id="news/a.html",
    sentence=2,
    type="SANCTION",
    mode="embargo",
    quad=4,
    cameo="163",
    intensity=-6.5,
    source=("USA",),
    target=("IRN",),
    source_text="Washington",
    target_text="the\tIranians",
    status=Status.OCCURRED,
    claimed_by=None,
    condition=None,
    date="2018-11-05",
    date_precision=DatePrecision.DAY,
    date_basis=DateBasis.STATED,
    location="Geneva,\nSwitzerland",
    context=("sanctions",),
    anchor="imposed",
    start=10,
    end=17,
    confidence=0.8,
    rule="verb impose",
)
WRITERS: dict[str, Callable[[Iterable[KeptEvent | Event], TextIO | Path], ExportTally]] = {
    "gdelt": write_gdelt,
    "icews": write_icews,
    "polecat": write_polecat,
}
ACTORS = (
    "USA", "RUS", "PSE", "TWN", "XKX", "GEO", "COG", "COD", "SDN/REB", "NGA/CVL", "FRA/POL", "IND/LEG", "KEN/JUD",
    "VEN/OPP", "CHN/BUS", "QAT/MED", "UN", "UNSC", "IAEA", "EU", "NATO", "OPEC", "ARAB-LEAGUE", "HAMAS",
    "HEZBOLLAH", "TALIBAN", "ISIS", "PKK", "FARC", "ISLAMIC-JIHAD", "WHO", "UNICEF", "COMESA", "AL-NUSRA",
)  # fmt: skip


def back(writer: str, events: Iterable[KeptEvent | Event], folder: Path) -> list[ImportedEvent]:
    path = folder / f"out.{writer}"
    WRITERS[writer](events, path)
    items = list(read_foreign(path, writer))
    assert all(isinstance(item, ImportedEvent) for item in items), items
    return [item for item in items if isinstance(item, ImportedEvent)]


def told(event: Event) -> tuple[object, ...]:
    return event.type, event.source, event.target, event.date, event.status


@pytest.mark.parametrize("writer", WRITERS)
def test_an_exported_event_comes_back(writer: str, tmp_path: Path) -> None:
    (item,) = back(writer, [PLAIN], tmp_path)
    assert told(item.event) == told(PLAIN)
    assert item.event.cameo == "163"


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from(ACTORS),
    target=st.sampled_from((*ACTORS, "")),
    cameo=st.sampled_from(sorted(code for code, meaning in meanings().items() if meaning and len(code) > 2)),
    day=st.dates(min_value=date(2014, 1, 1), max_value=date(2015, 12, 31)),
    text=st.text(max_size=15),
)
def test_whatever_is_exported_comes_back(
    writer: str, tmp_path: Path, source: str, target: str, cameo: str, day: object, text: str
) -> None:
    meaning = meanings()[cameo]
    assert meaning is not None
    event = replace(
        PLAIN,
        type=meaning.type,
        mode=meaning.mode,
        quad=meaning.quad,
        cameo=cameo,
        source=(source,),
        target=(target,) if target else (),
        date=str(day),
        source_text=text,
        target_text=text if target else "",
        location=text or None,
    )
    (item,) = back(writer, [event], tmp_path)
    assert told(item.event) == told(event)
    assert item.event.mode == meaning.mode
    if writer != "polecat":
        assert item.event.cameo == cameo


@pytest.mark.parametrize("writer", WRITERS)
def test_joint_and_reciprocal_acts_become_pairs(writer: str, tmp_path: Path) -> None:
    joint = replace(PLAIN, source=("GBR", "FRA"), target=("IRN",))
    mutual = replace(PLAIN, event_id="m", type="CONSULT", mode="meet", cameo="044", source=("IRN", "OMN"), target=())
    items = back(writer, [joint, mutual], tmp_path)
    assert [(i.event.source, i.event.target) for i in items] == [
        (("GBR",), ("IRN",)),
        (("FRA",), ("IRN",)),
        (("IRN",), ("OMN",)),
        (("OMN",), ("IRN",)),
    ]
    assert len({i.foreign_id for i in items}) == 4


LEFT_OUT = [
    (replace(PLAIN, status=Status.DENIED), LeftOut.STATUS),
    (replace(PLAIN, status=Status.PLANNED), LeftOut.STATUS),
    (replace(PLAIN, date=None, date_precision=None), LeftOut.DATE),
    (replace(PLAIN, date="2018-11", date_precision=DatePrecision.MONTH), LeftOut.DATE),
    (replace(PLAIN, source=(), target=()), LeftOut.ACTORS),
]


@pytest.mark.parametrize("writer", WRITERS)
def test_what_such_a_table_cannot_say_is_left_out_and_counted(writer: str) -> None:
    for event, why in LEFT_OUT:
        stream = io.StringIO()
        tally = WRITERS[writer]([event, PLAIN], stream)
        assert (tally.rows, tally.events, dict(tally.left_out)) == (1, 1, {why: 1})
        assert "2018-11-05".replace("-", "" if writer == "gdelt" else "-") in stream.getvalue()


@pytest.mark.parametrize(
    ("date", "precision", "published", "day"),
    [
        (None, None, "2018-11-07", "2018-11-07"),
        ("2018-11", DatePrecision.MONTH, "2018-11-07", "2018-11-07"),
        ("2018", DatePrecision.YEAR, "2018-11-07", "2018-11-07"),
        ("2017", DatePrecision.YEAR, "2018-11-07", None),
        ("2018-11-05", DatePrecision.DAY, "2018-11-07", "2018-11-05"),
    ],
)
def test_the_day_of_publication_stands_in_where_it_does_not_contradict(
    date: str | None, precision: DatePrecision | None, published: str, day: str | None, tmp_path: Path
) -> None:
    kept = KeptEvent(replace(PLAIN, date=date, date_precision=precision), published, (("e", "r"),))
    assert [item.event.date for item in back("icews", [kept], tmp_path)] == ([day] if day else [])


def test_a_row_goes_home_with_the_identifier_it_came_with(tmp_path: Path) -> None:
    for writer, dataset, number in (
        ("icews", "ICEWS", "777"),
        ("gdelt", "GDELT 2.0", "410"),
        ("polecat", "POLECAT", "A1"),
    ):
        kept = KeptEvent(PLAIN, None, (("e", "r"),), dataset=dataset, foreign_id=number)
        assert [item.foreign_id for item in back(writer, [kept], tmp_path)] == [number]
    abroad = KeptEvent(PLAIN, None, (("e", "r"),), dataset="ACLED", foreign_id="SDN1")
    assert [item.foreign_id for item in back("icews", [abroad], tmp_path)] == [PLAIN.event_id]


def test_gdelt_rows_have_gdelts_columns(tmp_path: Path) -> None:
    kept = KeptEvent(PLAIN, "2018-11-06", (("e", "r1"), ("f", "r2"), ("g", "r2")))
    for version, format, added in (("1.0", "gdelt1", "20181106"), ("2.0", "gdelt2", "20181106000000")):
        stream = io.StringIO()
        write_gdelt([kept], stream, version)
        cells = dict(zip(layouts()[format].columns, stream.getvalue().rstrip("\n").split("\t"), strict=True))
        assert (cells["SQLDATE"], cells["MonthYear"], cells["FractionDate"]) == ("20181105", "201811", "2018.9178")
        assert (cells["Actor1Code"], cells["Actor2Code"], cells["QuadClass"]) == ("USA", "IRN", "4")
        assert (cells["NumMentions"], cells["NumSources"], cells["DATEADDED"]) == ("3", "2", added)
        assert (cells["EventCode"], cells["EventRootCode"], cells["ActionGeo_FullName"]) == (
            "163",
            "16",
            "Geneva, Switzerland",
        )
        assert cells["GLOBALEVENTID"].isdecimal()
        assert int(cells["GLOBALEVENTID"]) < 2**53
    with pytest.raises(UsageError, match=r"choose 1.0 or 2.0"):
        write_gdelt([PLAIN], io.StringIO(), "3")


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def failing() -> Iterable[Event]:
        yield PLAIN
        raise RuntimeError("the disk of the reader is gone")

    for writer, write in WRITERS.items():
        with pytest.raises(RuntimeError):
            write(failing(), tmp_path / writer)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="cannot be written"):
        write_icews([PLAIN], tmp_path / "nowhere" / "x.tab")
