"""The files in which knowledge lies, CSV and YAML, read so that every word is the word that was written.

Plain YAML takes `no`, `on`, `off` and `false` for truth values; in lists of English words they are words.
"""

from __future__ import annotations

import csv
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from communique.errors import KnowledgeError


class _WordLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader without truth values: a field that has one compares with the word "true"."""


_WordLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in _WordLoader.yaml_implicit_resolvers.items()
}


def read_word_file(path: Traversable) -> Any:
    """Give what a YAML file of ours holds; KnowledgeError with file and line where it is none."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_WordLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: not YAML: {error}") from error


def read_table(path: Traversable) -> list[dict[str, str]]:
    """Give the rows of a CSV file of ours, without the `#` lines at its head; cells stripped.

    KnowledgeError with file and line where a row has a column too many or too few.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    skipped = 0
    while skipped < len(lines) and lines[skipped].startswith("#"):
        skipped += 1
    reader = csv.DictReader(lines[skipped:])
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise KnowledgeError(
                f"{path.name}, line {reader.line_num + skipped}: wrong number of columns; quote cells with commas"
            )
        rows.append({key: value.strip() for key, value in row.items()})
    return rows
