"""The pipeline's way into the casebook: reports are read once, kept with their moves, folded, and give a picture."""

from __future__ import annotations

from pathlib import Path

import communique
from communique.records import DroppedReport
from communique.scale.chunks import Outcome

FIRST = communique.make_report(
    "The European Union imposed an arms embargo on Myanmar on Monday. Brussels said the measures would stay.",
    "2021-03-23", report_id="wire-1",
)  # fmt: skip
SECOND = communique.make_report(
    "The European Union on Monday imposed an arms embargo on Myanmar, officials said.",
    "2021-03-23",
    report_id="paper-7",
)


def test_reports_are_read_once_and_the_same_act_is_one_event(tmp_path: Path) -> None:
    told: list[Outcome] = []
    with communique.open_casebook(tmp_path / "a.casebook") as casebook:
        done = communique.keep_reports(casebook, [FIRST, SECOND], on_outcome=told.append)
        assert (done.added, done.unchanged, len(told)) == (2, 0, 2)
        again = communique.keep_reports(casebook, [FIRST, SECOND], on_outcome=told.append)
        assert (again.added, again.unchanged, len(told)) == (0, 2, 2)
        (event,) = [kept for kept in casebook.events() if kept.event.type == "SANCTION"]
        assert {report for _, report in event.tellings} == {"wire-1", "paper-7"}


def test_the_picture_of_a_casebook_is_that_of_its_reports(tmp_path: Path) -> None:
    with communique.open_casebook(tmp_path / "a.casebook") as casebook:
        communique.keep_reports(casebook, [SECOND, FIRST])
        kept = communique.picture_of(casebook.history())
    alone = communique.picture_of(communique.history_of_reports([FIRST, SECOND]))
    (row,) = kept["sanctions"]
    assert (row.sender, row.target, row.on, row.status) == ("EU", "MMR", "arms", "in force")  # type: ignore[attr-defined]
    assert [row.history for row in kept["sanctions"]] == [row.history for row in alone["sanctions"]]


def test_what_was_dropped_before_leaves_its_reason(tmp_path: Path) -> None:
    with communique.open_casebook(tmp_path / "a.casebook") as casebook:
        done = communique.keep_reports(casebook, [DroppedReport("x.html", "no text"), FIRST])
        assert (done.added, done.dropped) == (1, 1)
        assert [row.reason for row in casebook.dropped()] == ["no text"]
        again = communique.keep_reports(casebook, [DroppedReport("x.html", "no text"), FIRST])
        assert (again.unchanged, again.dropped) == (1, 1)
