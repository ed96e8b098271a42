"""Input cut into blocks that can be read apart, each alone and in any order, with what is in the files hashed.

A JSONL file is cut at line ends and a Parquet file between rows; any other file, and one that is packed or
broken, stays whole in one block. Read one after the other, the blocks give what read_reports gives.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import UnreadableInput, UsageError
from communique.records import DroppedReport, Report
from communique.reports.plain import find_encoding
from communique.reports.read import Span, kind_of, read_reports, read_span
from communique.reports.rows import Columns, RowReader
from communique.reports.walk import STANDARD_INPUT, PathLike, find_files, same_file, show_path

BLOCK_ROWS = 128
"""How many rows a block holds: what a run that is killed has to read again, for each worker."""

_HEAD_BYTES = 1 << 16
_PIECE_BYTES = 1 << 20
# Of these files only reading tells how many reports are in them: each closes its block.
_MANY_ROWS = frozenset({"table", "tabs", "json", "json lines", "parquet", None})


@dataclass(frozen=True, slots=True)
class Piece:
    """One file, or the rows of it that `span` tells."""

    path: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces of the input that are read together; `number` is its place in the order of the input."""

    number: int
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        first = self.pieces[0]
        row = first.span.rows_before + 1 if first.span else 1
        return f"block {self.number} ({show_path(first.path)} from row {row})"

    def as_row(self) -> dict[str, Any]:
        """Give the block as plain values, which JSON holds; from_row takes them back."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Block:
        """Give the block that as_row wrote."""
        pieces = (Piece(item["path"], Span(**item["span"]) if item["span"] else None) for item in row["pieces"])
        return cls(row["number"], tuple(pieces))


@dataclass(frozen=True, slots=True)
class Input:
    """The whole input in blocks, and the hash of the names and the bytes of its files."""

    blocks: tuple[Block, ...]
    sha256: str


def cut_input(
    paths: PathLike | Iterable[PathLike],
    *,
    columns: Columns,
    leave_out: PathLike | None = None,
    rows: int = BLOCK_ROWS,
) -> Input:
    """Cut files and folders into blocks of about `rows` rows, reading each file once from end to end.

    Raises MissingInput where a path is not there, and UsageError for standard input, which cannot be
    read a second time.
    """
    digest = hashlib.sha256()
    blocks: list[Block] = []
    waiting: list[Piece] = []
    held = 0
    for path in find_files(paths):
        if path == STANDARD_INPUT:
            raise UsageError("- cannot be read in blocks: standard input is gone when it is needed again; name a file")
        if leave_out is not None and same_file(path, leave_out):
            continue
        file_digest = hashlib.sha256()
        for piece, size in _cut_file(path, columns, rows, file_digest):
            if waiting and held + size > rows:
                blocks.append(Block(len(blocks), tuple(waiting)))
                waiting, held = [], 0
            waiting.append(piece)
            held += size
        # The name counts, for events carry it; the lengths keep one name's end from passing for another's begin.
        name = os.fsencode(path)
        digest.update(len(name).to_bytes(8, "big") + name + file_digest.digest())
    if waiting:
        blocks.append(Block(len(blocks), tuple(waiting)))
    return Input(tuple(blocks), digest.hexdigest())


def read_block(block: Block, *, published: date | None, columns: Columns) -> Iterator[Report | DroppedReport]:
    """Give the reports of one block, as read_reports gives those of whole files."""
    for piece in block.pieces:
        if piece.span is None:
            yield from read_reports([piece.path], published=published, columns=columns)
        else:
            yield from read_span(piece.path, piece.span, published=published, columns=columns)


def _cut_file(path: str, columns: Columns, rows: int, digest: Any) -> Iterator[tuple[Piece, int]]:
    """Give the pieces of one file with the rows in each, and take its bytes into the digest."""
    kind = kind_of(path)
    packed = path.lower().endswith(".gz")
    spans: list[Span] = []
    # What cannot be opened or cut is one piece: reading it tells the reason.
    with suppress(OSError, UnreadableInput, pa.ArrowException, ValueError), open(path, "rb") as file:
        encoding = _encoding(file) if kind == "json lines" and not packed else None
        if encoding is not None:
            spans = list(_cut_lines(file, encoding, rows, digest))
        else:
            while data := file.read(_PIECE_BYTES):
                digest.update(data)
            if kind == "parquet" and not packed:
                table = pq.ParquetFile(path)
                RowReader(show_path(path), columns).check_columns(table.schema_arrow.names)
                total = table.metadata.num_rows
                spans = [Span(start, min(rows, total - start), start, start) for start in range(0, total, rows)]
    if len(spans) > 1:
        yield from ((Piece(path, span), span.rows) for span in spans)
    else:
        whole = spans[0].rows if spans else rows if kind in _MANY_ROWS else 1
        yield Piece(path), whole


def _encoding(file: BinaryIO) -> str | None:
    """Name the encoding of a file whose lines end in the byte LF; None for another, or none."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    with suppress(UnreadableInput):
        encoding = find_encoding(head, whole=False)
        return encoding if encoding in ("utf-8-sig", "cp1252") else None
    return None


def _cut_lines(file: BinaryIO, encoding: str, rows: int, digest: Any) -> Iterator[Span]:
    """Give the spans of a file of lines, of which the blank ones are no rows."""
    offset = start = line = row = first_line = first_row = 0
    while written := file.readline(_PIECE_BYTES):
        digest.update(written)
        filled = _is_row(written, encoding)
        offset += len(written)
        while not written.endswith(b"\n") and (written := file.readline(_PIECE_BYTES)):
            digest.update(written)
            filled = filled or _is_row(written, encoding)
            offset += len(written)
        line += 1
        row += filled
        if row - first_row == rows:
            yield Span(start, rows, first_line, first_row)
            start, first_line, first_row = offset, line, row
    if row > first_row:
        yield Span(start, row - first_row, first_line, first_row)


def _is_row(written: bytes, encoding: str) -> bool:
    """Tell whether a line holds more than blanks, of which Unicode has more than ASCII."""
    rest = written.lstrip()
    return rest[:1] == b"{" or bool(rest.decode(encoding, "surrogateescape").strip())
