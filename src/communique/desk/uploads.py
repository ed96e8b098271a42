"""Files that a browser sends, read as `communique add` reads files: text, pages, rows, packed or not."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from communique.errors import UsageError
from communique.pipeline import make_report
from communique.records import DroppedReport, Report
from communique.reports import read_reports

MOST_REPORTS = 200
"""Reports that are read at once; more are for `communique add`."""
_ODD = re.compile(r"[\x00-\x1f/\\:]")
_LONGEST_NAME = 120


def reports_in(uploads: Sequence[tuple[str, BinaryIO]], published: str = "") -> list[Report | DroppedReport]:
    """Give the reports in files, each a name and a stream, and a row with its reason for what is none.

    A report without an id of its own is known by its words: a browser tells the last part of a file's path alone,
    and two files of one name are two reports. `published` is the ISO day for reports that tell none.

    Raises UsageError for a day that is none, and for more reports than are read at once.
    """
    try:
        day = date.fromisoformat(published.strip()) if published.strip() else None
    except ValueError as error:
        raise UsageError(f"published {published!r}: write the day as 2025-02-25") from error
    found: list[Report | DroppedReport] = []
    with tempfile.TemporaryDirectory(prefix="communique-desk-") as folder:
        for number, (name, stream) in enumerate(uploads):
            found += _read(Path(folder, str(number)), _plain_name(name), stream, day, MOST_REPORTS - len(found))
    if not found:
        raise UsageError("there was no report in what was given; choose a text, a page, or rows with a text")
    return found


def _plain_name(name: str) -> str:
    """Give the last part of a name as a file can bear it; its suffix stays, for it tells what the file is."""
    stem, suffix = os.path.splitext(_ODD.sub("_", name).lstrip(".") or "file")
    return stem[:_LONGEST_NAME] + suffix[:20]


def _read(folder: Path, name: str, stream: BinaryIO, day: date | None, most: int) -> list[Report | DroppedReport]:
    folder.mkdir()
    path = folder / name
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file)
    made: list[Report | DroppedReport] = []
    for item in read_reports([path], published=day):
        if len(made) >= most:
            raise UsageError(
                f"{name}: holds more reports than are read at once here ({MOST_REPORTS}); use communique add"
            )
        made.append(_named(item, f"{path}", name))
    return made


def _named(item: Report | DroppedReport, path: str, name: str) -> Report | DroppedReport:
    """Give an item with the file's own name for the place where it lay, and an id of its words where it has no other."""
    origin = item.origin.replace(path, name) if item.origin else name
    if isinstance(item, DroppedReport):
        return replace(item, origin=origin, reason=item.reason.replace(path, name), report_id=None)
    own = not item.report_id.startswith((path, f"{name}:")) and item.report_id != name
    known = item.report_id if own else make_report(item.text, title=item.title).report_id
    return replace(item, report_id=known, origin=origin)
