"""Reasons as a person reads them: the words of a feature with its value in them."""

from __future__ import annotations

from communique.outlook.ranking.counters import NEVER
from communique.outlook.ranking.rank import Reason
from communique.outlook.ranking.records import NextReason


def tells_apart(name: str) -> bool:
    """Tell whether a feature may differ between the candidates of one question."""
    return not name.startswith("asked.") and name != "relation"


def told_reason(reason: Reason) -> NextReason:
    """Give a reason with its value in words; counts that fade are no whole numbers."""
    return NextReason(reason.name, f"{reason.words}: {_value(reason.name, reason.value)}", reason.value, reason.adds)


def _value(name: str, value: float) -> str:
    if name.endswith(".share") or name == "rule.of_all":
        return f"{value:.0%}"
    if name.endswith(".since"):
        return "never" if value >= NEVER else f"{value:.0f}"
    if name.startswith("plain."):
        return f"{value:.0f}"
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"
