"""Tables of sentence → events: how a table's line is read, and how a coding is held against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.records import Event

Code = tuple[frozenset[str], str, frozenset[str], str]


@dataclass(frozen=True)
class Expected:
    """The events a sentence must give, and those it may give."""

    required: frozenset[Code]
    optional: frozenset[Code]


def bare(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code.split("/")[0] for code in codes)


def line_of(text: str) -> tuple[Code, bool]:
    """Read `SRC TYPE TGT [status][?]`; codes are compared without their roles."""
    optional = text.endswith("?")
    parts = text.removesuffix("?").split()
    source, kind, target = parts[:3]
    status = parts[3] if len(parts) > 3 else "occurred"
    return (
        bare(c for c in source.split("+") if c != "-"),
        kind,
        bare(c for c in target.split("+") if c != "-"),
        status,
    ), optional


def expected(lines: Iterable[str]) -> Expected:
    read = [line_of(line) for line in lines]
    return Expected(frozenset(c for c, may in read if not may), frozenset(c for c, may in read if may))


def coded(events: Iterable[Event]) -> frozenset[Code]:
    return frozenset((bare(e.source), e.type, bare(e.target), e.status.value) for e in events)


def shown(codes: Iterable[Code]) -> list[str]:
    return sorted(
        f"{'+'.join(sorted(s)) or '-'} {kind} {'+'.join(sorted(t)) or '-'} {status}" for s, kind, t, status in codes
    )
