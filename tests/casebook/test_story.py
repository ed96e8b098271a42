"""The story of a casebook: reports come in, come again, change; what was told stays in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from communique.casebook import Added, Casebook, ReportFilter, ReportReading
from communique.casebook import writing as writing_room
from communique.errors import CasebookError, UsageError
from communique.records import DroppedReport, Event, Report
from tests.casebook.made import SENTENCES, TEXT, event, move, reading


def test_a_report_comes_in_and_is_there_after_closing(place: Path) -> None:
    with Casebook.open(place) as casebook:
        assert casebook.add([reading("paper-1")]) == Added(added=1, events=1)
    with Casebook.open(place, read_only=True) as casebook:
        [kept] = casebook.events()
        assert kept.event == event("paper-1:a", "paper-1")
        assert kept.sentence_text == "Norland imposed sanctions on Sudmark."
        assert kept.published == "2024-05-07"
        assert kept.tellings == (("paper-1:a", "paper-1"),)
        [report] = casebook.reports()
        assert report.report == reading("paper-1").report
        assert casebook.sentences("paper-1") == {-1: "Envoy", 0: TEXT[:37], 1: TEXT[38:]}


def test_the_same_report_again_changes_nothing(casebook: Casebook) -> None:
    casebook.add([reading("paper-1"), reading("paper-2")])
    before = casebook.contents()
    assert casebook.is_known(reading("paper-1").report)
    assert casebook.add([reading("paper-1"), reading("paper-2")]) == Added(unchanged=2)
    assert casebook.contents() == before


def test_the_same_report_twice_in_one_batch_is_one(casebook: Casebook) -> None:
    assert casebook.add([reading("paper-1"), reading("paper-1")]) == Added(added=1, unchanged=1, events=1)
    assert casebook.contents().versions == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"text": TEXT + " More followed."},
        {"title": "Envoys"},
        {"published": date(2024, 5, 8)},
    ],
)
def test_a_changed_report_supersedes_its_earlier_version_and_keeps_it(
    casebook: Casebook, changed: dict[str, object]
) -> None:
    first = reading("paper-1", event("old", "paper-1"), event("both", "paper-1"))
    casebook.add([first])
    report = replace(first.report, **changed)  # type: ignore[arg-type]
    assert not casebook.is_known(report)
    told = (event("both", "paper-1"), event("new", "paper-1"))
    again = ReportReading(report, True, SENTENCES, told, tuple(map(move, told)))
    assert casebook.add([again]) == Added(superseded=1, events=2)
    assert [kept.event.event_id for kept in casebook.events()] == ["both", "new"]
    assert {one.event_id for one in casebook.history().moves} == {"both", "new"}
    versions = casebook.reports(ReportFilter(report_id="paper-1", versions=True))
    assert [(one.version, one.superseded, one.report, one.events) for one in versions if one.version == 1] == [
        (1, True, first.report, 2)
    ]
    assert casebook.report("paper-1") == next(one for one in versions if one.version == 2)
    assert casebook.contents().tellings == 2


def test_back_to_the_first_words_is_a_third_version(casebook: Casebook) -> None:
    for words in (TEXT, TEXT + " More.", TEXT):
        casebook.add([reading("paper-1", text=words)])
    assert [one.version for one in casebook.reports(ReportFilter(versions=True))] == [1, 2, 3]
    assert casebook.contents().events == 1


def test_only_unknown_reports_have_to_be_read(casebook: Casebook) -> None:
    casebook.add([reading("paper-1")])
    fresh, changed = reading("paper-2").report, reading("paper-1", text=TEXT + " More.").report
    dropped = DroppedReport("x.txt", "empty")
    offered = [reading("paper-1").report, fresh, dropped, changed]
    assert list(casebook.unknown(offered)) == [fresh, dropped, changed]


def test_another_state_of_the_program_reads_again_only_where_asked(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    casebook.add([reading("paper-1", event("first", "paper-1"))])
    monkeypatch.setattr(writing_room, "program", lambda: "communique 99 (abc)")
    again = reading("paper-1", event("second", "paper-1"))
    assert casebook.add([again]) == Added(unchanged=1)
    assert casebook.is_known(again.report)
    assert not casebook.is_known(again.report, reread=True)
    assert casebook.add([again], reread=True) == Added(reread=1, events=1)
    assert casebook.add([again], reread=True) == Added(unchanged=1)
    assert [kept.event.event_id for kept in casebook.events()] == ["second"]


def test_dropped_reports_leave_one_row_with_their_reason(casebook: Casebook) -> None:
    dropped = DroppedReport("x.txt", "binary junk", None)
    assert casebook.add([dropped, reading("paper-1")]) == Added(added=1, dropped=1, events=1)
    casebook.add([dropped])
    assert casebook.dropped() == [dropped]


def test_a_report_without_events_is_kept_and_known(casebook: Casebook) -> None:
    empty = ReportReading(Report("quiet", "", None, None, "quiet.txt"), english=False)
    casebook.add([empty])
    [kept] = casebook.reports()
    assert (kept.english, kept.events, kept.report) == (False, 0, empty.report)
    assert casebook.is_known(empty.report)


def test_hostile_words_come_back_as_they_were(casebook: Casebook) -> None:
    words = "'; DROP TABLE reports; -- \x00\x1e\x1f \u202e שלום 🕊 $1 ? %s \r\n\u2028"
    told = event("e", "paper-'1", source_text=words, anchor=words, rule=words, condition=words)
    given = ReportReading(
        Report("paper-'1", words, words, None, words),
        True,
        ((0, 0, len(words)),),
        (told,),
        (move(told, words=words, terms=((words, "relief"), ("USA", words))),),
    )
    casebook.add([given])
    [kept] = casebook.events()
    assert (kept.event, kept.sentence_text) == (told, words)
    assert casebook.history().moves == given.moves
    assert casebook.report("paper-'1").report == given.report  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (reading("paper-1", event("e", "paper-2")), "of report 'paper-2'"),
        (replace(reading("paper-1"), sentences=((0, 0, 9_999),)), "sentence 0: 0:9999 lies outside"),
    ],
)
def test_a_reading_that_contradicts_its_report_is_refused_and_the_batch_undone(
    casebook: Casebook, wrong: ReportReading, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        casebook.add([reading("good"), wrong])
    assert casebook.contents().reports == 0


def test_an_error_of_the_source_keeps_the_batches_before_it(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing_room.batches, "__defaults__", (2,))

    def source() -> object:
        yield from (reading(f"paper-{number}") for number in range(5))
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        casebook.add(source())  # type: ignore[arg-type]
    assert casebook.contents().reports == 4


def test_a_casebook_for_reading_takes_nothing_in(place: Path) -> None:
    with Casebook.open(place) as casebook:
        casebook.add([reading("paper-1")])
    with Casebook.open(place, read_only=True) as casebook:
        with pytest.raises(CasebookError, match="for reading only"):
            casebook.add([reading("paper-2")])
        with pytest.raises(CasebookError, match="for reading only"):
            casebook.correct("paper-1:a", "status", "denied", "Ada")


def test_a_closed_casebook_says_so(casebook: Casebook) -> None:
    casebook.close()
    casebook.close()
    with pytest.raises(CasebookError, match="was closed"):
        casebook.events()


def test_two_events_with_one_id_in_a_report_are_one(casebook: Casebook) -> None:
    told: tuple[Event, ...] = (event("same", "paper-1"), event("same", "paper-1"))
    assert casebook.add([reading("paper-1", *told, moves=())]).events == 1


def test_an_id_that_comes_twice_leaves_the_last_words_each_time(casebook: Casebook) -> None:
    """The second run must not skip the words that are kept, for the first ones of the same id come before them."""
    first, last = reading("paper-1"), reading("paper-1", text=TEXT + " More.")
    by_words = {one.report.text: one for one in (first, last)}
    for _ in range(3):
        wanted = casebook.unknown([first.report, last.report])
        casebook.add([by_words[item.text] for item in list(wanted) if isinstance(item, Report)])
        held = casebook.report("paper-1")
        assert held is not None
        assert held.report.text == last.report.text


def test_a_report_that_comes_again_without_its_day_is_the_same(casebook: Casebook) -> None:
    casebook.add([reading("paper-1")])
    undated = reading("paper-1", published=None)
    assert casebook.is_known(undated.report)
    assert casebook.add([undated]) == Added(unchanged=1)
