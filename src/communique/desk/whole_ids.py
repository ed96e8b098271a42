"""Ids in addresses, whatever stands in them: `/reports/{report_id:whole}` takes line ends as well, which `path` leaves out."""

from __future__ import annotations

from starlette.convertors import StringConvertor, register_url_convertor

from communique.records import DroppedReport, Report

_WAYS_UP = frozenset({".", ".."})


class _Whole(StringConvertor):
    regex = r"[\s\S]*"


register_url_convertor("whole", _Whole())


def without_address(report: Report) -> DroppedReport | None:
    """Give the reason where a report could not be seen by its id, for browsers take it for a way up; else None."""
    if report.report_id not in _WAYS_UP:
        return None
    reason = f"report_id {report.report_id!r}: no address can hold it; give another id, or none"
    return DroppedReport(report.origin or report.report_id, reason, report.report_id)
