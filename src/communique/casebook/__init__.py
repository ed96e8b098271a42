"""The casebook: a DuckDB file that keeps reports, events and moves, folds and corrects them, and gives them back.

The only room with SQL. What was told is kept as it was told, and the picture of today is made from it (`view`).
"""

from communique.casebook.filters import EventFilter, ReportFilter
from communique.casebook.kept import (
    Added,
    Contents,
    Correction,
    FoldDecision,
    Imported,
    KeptReport,
    ReportReading,
)
from communique.casebook.opening import default_path
from communique.casebook.store import Casebook

__all__ = [
    "Added",
    "Casebook",
    "Contents",
    "Correction",
    "EventFilter",
    "FoldDecision",
    "Imported",
    "KeptReport",
    "ReportFilter",
    "ReportReading",
    "default_path",
]
