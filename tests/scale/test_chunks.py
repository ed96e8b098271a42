"""How a stream is cut: nothing lost, nothing twice, nothing taken too early."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.pipeline import make_report, read_reports_fully
from communique.records import DroppedReport, Report
from communique.scale import chunks
from communique.scale.chunks import CHUNK_REPORTS, Manner, answer, cut, read_chunks
from tests.scale.inputs import make_reports, read_with_faults

REPORT = Report("r", "x")
DROPPED = DroppedReport("d", "junk")


@given(st.lists(st.sampled_from([REPORT, DROPPED]), max_size=200))
def test_chunks_hold_all_items_once_and_in_order(items: list[Report | DroppedReport]) -> None:
    cut_up = list(cut(items))
    assert [item for chunk in cut_up for item in chunk.items] == items
    assert all(len(chunk.reports) == CHUNK_REPORTS for chunk in cut_up[:-1])
    assert all(chunk.items for chunk in cut_up)


def test_a_chunk_takes_no_more_than_it_holds() -> None:
    taken = 0

    def source() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield REPORT

    next(cut(source()))
    assert taken == CHUNK_REPORTS


def test_long_texts_and_much_junk_close_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_CHARACTERS", 10)
    monkeypatch.setattr(chunks, "CHUNK_DROPPED", 3)
    assert [len(chunk.reports) for chunk in cut([Report("r", "12345")] * 5)] == [2, 2, 1]
    assert [len(chunk.items) for chunk in cut([DROPPED] * 7)] == [3, 3, 1]


def test_reports_before_an_error_of_the_source_are_kept() -> None:
    def source() -> Iterator[Report]:
        yield REPORT
        raise OSError("the disk has gone")

    found = cut(source())
    assert next(found).reports == (REPORT,)
    with pytest.raises(OSError, match="gone"):
        next(found)


def test_faults_are_told_in_their_place_or_raised() -> None:
    reports = make_reports(8)
    told = list(read_chunks(Manner(read_with_faults), [DROPPED, *reports[:5], DROPPED, *reports[5:]]))
    names = [f"r{number}" for number in range(8)]
    assert [outcome.report_id for outcome in told] == [None, *names[:5], None, *names[5:]]
    assert isinstance(told[7], DroppedReport)
    (chunk,) = cut(reports)
    answered = answer(Manner(read_with_faults, tell_faults=False), chunk)
    assert len(answered.outcomes) == 5
    assert isinstance(answered.error, IndexError)


def test_an_error_that_cannot_travel_goes_as_its_words() -> None:
    class Local(Exception):
        pass

    def read(reports: object, on_fault: object = None) -> Iterator[object]:
        raise Local("no way")

    error = answer(Manner(read), next(cut([REPORT]))).error  # type: ignore[arg-type]
    assert isinstance(error, RuntimeError)
    assert str(error) == "Local: no way"


def test_sentences_travel_only_where_they_are_asked_for() -> None:
    report = make_report("Chad bombed Mali.", report_id="a")
    (bare,) = read_chunks(Manner(read_reports_fully), [report])
    (shown,) = read_chunks(Manner(read_reports_fully, with_sentences=True), [report])
    assert (bare.report, bare.sentences) == (None, ())  # type: ignore[union-attr]
    assert shown.report is report  # type: ignore[union-attr]
    assert shown.sentences[0].text == "Chad bombed Mali."  # type: ignore[union-attr]
