"""What is known of feeds between two runs: one small JSON file, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from communique.errors import UnreadableInput
from communique.tables import new_text_file

_VERSION = 1
NO_REPORT = "!"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of one feed: the marks of its last answer, and the entries that stood in it.

    `not_before` is the moment (UTC) before which its server does not want to be asked. `entries` maps the id of each
    entry to a hash of its words, or to None where another feed told it first; in the order of the feed. A hash that
    begins with NO_REPORT is that of an entry that is no report. `update_period` is what the feed says of itself, in seconds.
    """

    etag: str | None = None
    modified: str | None = None
    not_before: datetime | None = None
    entries: Mapping[str, str | None] = field(default_factory=dict)
    update_period: float | None = None


def is_kept(words: str) -> bool:
    """Tell whether a hash of `entries` is that of an entry that became a report."""
    return not words.startswith(NO_REPORT)


def load(path: str | os.PathLike[str]) -> dict[str, Remembered]:
    """Give what a file remembers, by the address of the feed; nothing where there is no file.

    Raises UnreadableInput where the file is damaged.
    """
    try:
        with open(path, encoding="utf-8") as stream:
            written = json.load(stream)
        if written["version"] != _VERSION:
            raise ValueError(f"it is of version {written['version']}")
        return {url: _remembered(one) for url, one in written["feeds"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableInput(
            f"{os.fspath(path)}: what is known of the feeds cannot be read ({type(error).__name__}: {error}); remove"
            f" the file, and each feed is asked for anew: reports that are kept stay as they are"
        ) from error


def save(path: str | os.PathLike[str], feeds: Mapping[str, Remembered]) -> None:
    """Write what is known in the place of what was; UsageError where that cannot be."""
    rows = {url: _row(feeds[url]) for url in sorted(feeds)}
    with new_text_file(path) as stream:
        json.dump({"version": _VERSION, "feeds": rows}, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def _row(one: Remembered) -> dict[str, Any]:
    return {
        "etag": one.etag,
        "modified": one.modified,
        "not_before": one.not_before.isoformat() if one.not_before else None,
        "update_period": one.update_period,
        "entries": dict(one.entries),
    }


def _remembered(row: Mapping[str, Any]) -> Remembered:
    entries = {_text(key): None if value is None else _text(value) for key, value in row["entries"].items()}
    not_before = None if row["not_before"] is None else datetime.fromisoformat(row["not_before"])
    if not_before is not None and not_before.tzinfo is None:
        raise ValueError("a moment has no time zone")
    etag, modified = (None if row[name] is None else _text(row[name]) for name in ("etag", "modified"))
    period = None if row["update_period"] is None else float(row["update_period"])
    return Remembered(etag, modified, not_before, entries, period)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
