"""The way in: files, folders, pages and rows become `Report`s, and what is none leaves a `DroppedReport`."""

from communique.reports.blocks import Block, Input, cut_input, read_block
from communique.reports.read import read_reports
from communique.reports.rows import Columns
from communique.reports.walk import STANDARD_INPUT, find_files, same_file

__all__ = [
    "STANDARD_INPUT",
    "Block",
    "Columns",
    "Input",
    "cut_input",
    "find_files",
    "read_block",
    "read_reports",
    "same_file",
]
