"""What the words of `communique correct --set` mean."""

from __future__ import annotations

from collections.abc import Iterable

from communique.casebook.by_hand import Values, in_order, value_of
from communique.casebook.values import FIELDS
from communique.errors import UsageError


def values_of(written: Iterable[str]) -> Values:
    """Give field and value of each `field=value`, names of actors turned into codes, nothing into None.

    Raises UsageError for what has no `=` and for a field that cannot be put right.
    """
    found: dict[str, object] = {}
    for one in written:
        name, equals, words = (part.strip() for part in one.partition("="))
        if not equals or name not in FIELDS:
            raise UsageError(f"--set {one}: write field=value, with a field of {', '.join(FIELDS)}")
        if name in found:
            raise UsageError(f"--set {one}: {name} is set twice")
        found[name] = value_of(name, words)
    return in_order(found)
