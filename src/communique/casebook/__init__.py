"""The casebook: a DuckDB file that keeps reports, events and moves, folds and corrects them, and gives them back.

The only room with SQL. What was told is kept as it was told, and the picture of today is made from it (`view`).
"""

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import (
    ActorCount,
    Added,
    Contents,
    Correction,
    DayCount,
    Dossier,
    DyadCount,
    FoldDecision,
    FoundEvent,
    FoundReport,
    Imported,
    KeptForecast,
    KeptReport,
    ReportReading,
    SearchAnswer,
)
from communique.casebook.opening import default_path
from communique.casebook.store import Casebook

__all__ = [
    "ActorCount",
    "Added",
    "Casebook",
    "Contents",
    "Correction",
    "DayCount",
    "Dossier",
    "DyadCount",
    "EventFilter",
    "FoldDecision",
    "FoundEvent",
    "FoundReport",
    "Imported",
    "KeptForecast",
    "KeptReport",
    "ReportFilter",
    "ReportReading",
    "SearchAnswer",
    "default_path",
]
