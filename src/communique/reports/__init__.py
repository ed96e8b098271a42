"""The way in: files, folders, pages and rows become `Report`s, and what is none leaves a `DroppedReport`."""

from communique.reports.read import read_reports
from communique.reports.rows import Columns
from communique.reports.walk import STANDARD_INPUT, find_files, same_file

__all__ = ["STANDARD_INPUT", "Columns", "find_files", "read_reports", "same_file"]
