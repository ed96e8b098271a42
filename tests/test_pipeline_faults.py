"""What one odd report does to a batch: nothing to the others, and it leaves its reason."""

from __future__ import annotations

from datetime import datetime

import pytest

import communique
from communique import pipeline
from communique.errors import UsageError
from communique.pipeline import make_report, read_reports_fully
from communique.records import DroppedReport


def test_a_fault_in_one_report_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    coded = pipeline.code_report

    def faulty(report, *rest):  # type: ignore[no-untyped-def]
        if report.report_id == "b":
            raise IndexError("no such word")
        return coded(report, *rest)

    monkeypatch.setattr(pipeline, "code_report", faulty)
    reports = [make_report("France condemned Mali.", report_id=name) for name in "abc"]
    told: list[DroppedReport] = []
    assert [done.report.report_id for done in read_reports_fully(reports, told.append)] == ["a", "c"]
    assert [dropped.report_id for dropped in told] == ["b"]
    assert "no such word" in told[0].reason
    with pytest.raises(IndexError):
        list(read_reports_fully(reports))


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("when", ["yesterday", "tomorrow", "last week", "next week", "last Friday", "next Friday"])
def test_the_ends_of_the_calendar_are_no_trap(published: str, when: str) -> None:
    communique.read(f"Russia attacked Ukraine {when}.", published=published)


def test_a_moment_counts_as_its_day() -> None:
    (event,) = communique.read("Russia attacked Ukraine yesterday.", published=datetime(2025, 2, 25, 10))
    assert event.date == "2025-02-24"


@pytest.mark.parametrize(
    ("text", "published", "word"),
    [("x", "2025-02-25junk", "2025-02-25"), ("x", 3, "int"), (5, None, "str"), ("x \ud800", None, "half a character")],
)
def test_what_is_no_report_is_refused_with_the_mend(text: object, published: object, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        communique.read(text, published=published)  # type: ignore[arg-type]


def test_a_chronicle_without_small_words_is_still_english() -> None:
    lines = (
        "Russia attacked Ukraine. Israel bombed Syria. Turkey invaded Iraq. France condemned Mali. Japan sanctioned "
    )
    lines += (
        "Russia. Iran threatened Israel. China warned Taiwan. Cuba thanked Mexico. Peru expelled Bolivian diplomats."
    )
    assert len(communique.read(lines)) >= 8
