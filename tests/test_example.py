"""The example report of the README comes out as the README says."""

from __future__ import annotations

from pathlib import Path

import communique
from communique.records import Report
from communique.reports import read_reports

EXAMPLE = Path(__file__).parent.parent / "examples" / "nuclear-talks.txt"


def test_the_example_report_tells_its_affair() -> None:
    (report,) = read_reports([str(EXAMPLE)])
    assert isinstance(report, Report)
    events = communique.read(report.text, report.published, report.title)
    told = {("+".join(e.source), e.type, "+".join(e.target), e.status.value) for e in events}
    assert told >= {
        ("IRN", "REJECT", "USA", "occurred"),
        ("IRN+GBR+FRA+DEU", "CONSULT", "", "occurred"),
        ("GBR+FRA+DEU", "THREATEN", "IRN", "occurred"),
        ("RUS", "AID", "IRN", "denied"),
        ("USA", "SANCTION", "IRN", "occurred"),
        ("IRN", "SANCTION", "IAEA", "hypothetical"),
    }
    assert not any(event.type == "AGREE" and "USA" in event.source + event.target for event in events)
    (expulsion,) = [event for event in events if event.status.value == "hypothetical"]
    assert expulsion.condition == "if the sanctions came back"
