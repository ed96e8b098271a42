"""The YAML files in which knowledge lies, read so that every word is the word that was written.

Plain YAML takes `no`, `on`, `off` and `false` for truth values; in lists of English words they are words.
"""

from __future__ import annotations

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
