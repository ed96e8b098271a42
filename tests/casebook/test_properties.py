"""The picture is a function of what was told: in any order of arrival the same; and records come back as they were."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from communique.casebook import Casebook, ReportReading
from communique.folding.fold import fold_events, fold_new
from communique.records import (
    Board,
    DateBasis,
    DatePrecision,
    Event,
    History,
    KeptEvent,
    Move,
    Report,
    Status,
)
from tests.casebook.made import event, imported, move, reading
from tests.casebook.test_folds import by_type_and_day

TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)
CODES = some.lists(some.sampled_from(["USA", "IRN/GOV", "E3", "ARAB-LEAGUE"]), max_size=3).map(tuple)
MAYBE = some.none() | TEXTS
DATES = some.none() | some.sampled_from(["2024", "2024-02", "2024-02-29", "1066-10-14"])
PLACES = some.integers(0, 2**31 - 1)


@some.composite
def events(draw: some.DrawFn, event_id: str) -> Event:
    return Event(
        event_id=event_id, report_id="paper-1", sentence=draw(some.integers(-1, 500)),
        type=draw(some.sampled_from(["AID", "ACCUSE"])), mode=draw(MAYBE), quad=draw(some.integers(1, 4)),
        cameo=draw(TEXTS), intensity=draw(some.floats(-10, 10)), source=draw(CODES), target=draw(CODES),
        source_text=draw(TEXTS), target_text=draw(TEXTS), status=draw(some.sampled_from(Status)),
        claimed_by=draw(MAYBE), condition=draw(MAYBE), date=draw(DATES),
        date_precision=draw(some.none() | some.sampled_from(DatePrecision)),
        date_basis=draw(some.none() | some.sampled_from(DateBasis)), location=draw(MAYBE), context=draw(CODES),
        anchor=draw(TEXTS), start=draw(PLACES), end=draw(PLACES), confidence=draw(some.floats(0, 1)), rule=draw(TEXTS),
        anchors=tuple(draw(some.lists(some.tuples(some.integers(-1, 9), PLACES, PLACES), max_size=3))),
    )  # fmt: skip


@some.composite
def moves(draw: some.DrawFn) -> Move:
    return Move(
        board=draw(some.sampled_from(Board)), step=draw(TEXTS), report_id="paper-1",
        sentence=draw(some.integers(-1, 500)), event_id=draw(some.none() | some.just("a")), source=draw(CODES),
        target=draw(CODES), through=draw(CODES), about=draw(CODES), form=draw(MAYBE), stance=draw(MAYBE),
        speaker=draw(MAYBE), place=draw(MAYBE), terms=tuple(draw(some.lists(some.tuples(TEXTS, TEXTS), max_size=3))),
        status=draw(some.sampled_from(Status)), condition=draw(MAYBE), date=draw(DATES), published=draw(DATES),
        words=draw(TEXTS), order=draw(PLACES),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(told=some.tuples(events("a"), events("b")), made=some.lists(moves(), max_size=4), text=TEXTS, title=MAYBE)
def test_records_come_back_as_they_went_in(
    told: tuple[Event, ...], made: list[Move], text: str, title: str | None
) -> None:
    given_reading = ReportReading(Report("paper-1", text, title, None, None), True, (), told, tuple(made))
    with tempfile.TemporaryDirectory() as folder, Casebook.open(Path(folder) / "casebook.duckdb") as casebook:
        casebook.add([given_reading])
        assert sorted((kept.event for kept in casebook.events()), key=lambda one: one.event_id) == list(told)
        assert sorted(casebook.history().moves, key=repr) == sorted(made, key=repr)
        report = casebook.report("paper-1")
        assert report is not None
        assert report.report == given_reading.report


TOLD = [
    reading("p1", event("a", "p1"), event("t", "p1", sentence=-1, confidence=0.95)),
    reading("p2", event("b", "p2", confidence=0.9), published=None),
    reading("p3", event("c", "p3"), event("d", "p3", type="ACCUSE", quad=3), published=None),
    reading("p4", event("e", "p4", date="2024-06-01"), event("f", "p4", date=None)),
    reading("p5", event("g", "p5", target=("FIN",)), event("h", "p5", confidence=0.9)),
]
FOREIGN = [imported(1), imported(2, date="2024-06-01"), imported(3, confidence=1.0)]
GROUPS = [["h", "a", "b"], ["c", "GRAPH-1"], ["e", "GRAPH-2", "d"]]
PUT_RIGHT = [
    ("a", "status", "denied", datetime(2024, 7, 1)),
    ("h", "status", "planned", datetime(2024, 7, 2)),
    ("c", "target", "FIN", datetime(2024, 7, 1)),
    ("GRAPH-2", "date", "2024-05", datetime(2024, 7, 1)),
]


def picture(casebook: Casebook) -> tuple[list[KeptEvent], History]:
    return casebook.events(), casebook.history()


@settings(max_examples=12, deadline=None)
@given(
    told=some.permutations(TOLD), foreign=some.permutations(FOREIGN), groups=some.permutations(GROUPS),
    put_right=some.permutations(PUT_RIGHT), import_first=some.booleans(), fold_first=some.booleans(),
)  # fmt: skip
def test_in_any_order_of_arrival_the_same_picture(
    told: list[ReportReading],
    foreign: list[KeptEvent],
    groups: list[list[str]],
    put_right: list[tuple[str, str, str, datetime]],
    import_first: bool,
    fold_first: bool,
) -> None:
    def build(casebook: Casebook, *, plain: bool = False) -> tuple[list[KeptEvent], History]:
        if import_first and not plain:
            casebook.add_imported(foreign, "GRAPH", moves_of=lambda row: [move(row.event)])
        for one in TOLD if plain else told:
            casebook.add([one])
        if not import_first or plain:
            casebook.add_imported(FOREIGN if plain else foreign, "GRAPH", moves_of=lambda row: [move(row.event)])
        if fold_first or plain:
            casebook.set_folds(GROUPS if plain else groups)
        for event_id, field, value, when in PUT_RIGHT if plain else put_right:
            casebook.correct(event_id, field, value, "Ada", when=when)
        if not fold_first and not plain:
            for group in groups:
                casebook.set_folds([group])
        return picture(casebook)

    with (
        tempfile.TemporaryDirectory() as folder,
        Casebook.open(Path(folder) / "one.duckdb") as first,
        Casebook.open(Path(folder) / "two.duckdb") as second,
    ):
        assert build(first, plain=True) == build(second)


def quick(report_id: str, sentence: str, anchor: str, **changes: object) -> ReportReading:
    """A report of one sentence with one event in it, for the rules of folding."""
    start = sentence.index(anchor)
    told = event(f"{report_id}:a", report_id, anchor=anchor, start=start, end=start + len(anchor), **changes)
    spans = ((0, 0, len(sentence)),)
    return ReportReading(
        Report(report_id, sentence, None, date(2024, 5, 7), report_id), True, spans, (told,), (move(told),)
    )


COPY = "Norway imposed sanctions on four Sudanese banks on Monday after weeks of fighting near the port."
STORY = [
    quick("wire-1", COPY, "imposed sanctions"),
    quick("wire-2", COPY, "imposed sanctions", confidence=0.9),
    quick("paper-3", "On Monday Norway imposed new sanctions on Sudanese banks over the fighting.", "imposed new sanctions"),
    quick("paper-4", "Norway sanctioned four banks of Sudan on Monday.", "sanctioned four banks", date="2024-05",
          date_precision=DatePrecision.MONTH),
    quick("later-5", "Norway imposed sanctions on a Sudanese mining firm on Friday.", "imposed sanctions", date="2024-05-17"),
    quick("other-6", "Norway accused Sudan on Monday of shelling the port.", "accused", type="ACCUSE", quad=3),
    quick("third-7", "Finland imposed sanctions on Sudanese banks on Monday.", "imposed sanctions", source=("FIN",)),
    quick("both-8", "Norway and Finland imposed sanctions on four Sudanese banks on Monday after the fighting.",
          "imposed sanctions", source=("NOR", "FIN")),
]  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(told=some.permutations(STORY), decided=some.none() | some.sampled_from([True, False]))
def test_the_folding_of_reports_as_they_come_is_that_of_all_at_once(
    told: Sequence[ReportReading], decided: bool | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "casebook.duckdb"
        with Casebook.open(place, fold=fold_events, fold_new=fold_new) as casebook:
            for item in told[:5]:
                casebook.add([item])
            if decided is not None:
                first, second = (one.report.report_id + ":a" for one in (told[0], told[3]))
                casebook.decide(first, second, decided, "Ada")
            casebook.add(told[5:])
            as_they_came = picture(casebook)
            together = [kept.tellings for kept in as_they_came[0] if len(kept.tellings) > 1]
            assert decided is not None or any({"wire-1", "wire-2"} <= {one for _, one in told} for told in together)
            casebook.refold()
            assert picture(casebook) == as_they_came


@settings(max_examples=12, deadline=None)
@given(told=some.permutations(TOLD))
def test_folding_as_reports_come_in_is_folding_them_all_at_once(told: Sequence[ReportReading]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "one.duckdb", Path(folder) / "two.duckdb"
        with Casebook.open(one, fold=by_type_and_day) as first, Casebook.open(two, fold=by_type_and_day) as second:
            first.add(TOLD)
            for item in told:
                second.add([item])
            assert picture(first) == picture(second)
            second.refold()
            assert picture(first) == picture(second)
