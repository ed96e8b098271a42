"""Foreign files as rows of text: plain, .gz or .zip with one member; tabs or commas; streaming."""

from __future__ import annotations

import csv
import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from communique.errors import MissingInput, UnreadableInput
from communique.exchange.foreign import NotTaken, Reason

PathLike = str | os.PathLike[str]
LONGEST_LINE = 1 << 20
"""Bytes of the longest line that is read; no row of an event table comes near it."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


@contextmanager
def open_bytes(path: PathLike) -> Iterator[BinaryIO]:
    """Open a file, unpacked; MissingInput or UnreadableInput with the mend where it cannot be read, also later."""
    shown = os.fspath(path)
    try:
        with open(path, "rb") as raw:
            head = raw.peek(4)[:4]
            if head.startswith(b"\x1f\x8b"):
                with gzip.open(raw, "rb") as unpacked:
                    yield cast(BinaryIO, unpacked)
            elif head.startswith(b"PK\x03\x04"):
                with zipfile.ZipFile(raw) as archive, archive.open(_one_member(archive, shown)) as member:
                    yield cast(BinaryIO, io.BufferedReader(cast(Any, member)))
            else:
                yield raw
    except FileNotFoundError as error:
        raise MissingInput(
            f"{shown}: there is no such file; check the spelling and the folder that you are in"
        ) from error
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableInput(f"{shown}: the packed file is damaged or cut off ({error}); download it again") from error
    except OSError as error:
        raise UnreadableInput(
            f"{shown}: cannot be read: {error.strerror}; check that it is a file you may read"
        ) from error


def _one_member(archive: zipfile.ZipFile, shown: str) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise UnreadableInput(f"{shown}: a .zip must hold one file, this one holds {len(members)}; unpack it first")
    return members[0]


def lines_of(stream: BinaryIO, shown: str) -> Iterator[tuple[int, bytes]]:
    """Give the lines with their numbers, from 1, without their ends and without the empty ones."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if number == 1:
            if line.startswith(_UTF16):
                raise UnreadableInput(f"{shown}, line 1: UTF-16 text; save the file as UTF-8")
            line = line.removeprefix(_UTF8_MARK)
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise _too_long(shown, number)
        line = line.rstrip(b"\r\n")
        if line.strip():
            yield number, line


def first_line(path: PathLike) -> str:
    """Give the first line that is not empty; UnreadableInput where there is none, or where it is no text."""
    shown = os.fspath(path)
    with open_bytes(path) as stream:
        for number, line in lines_of(stream, shown):
            try:
                return line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise UnreadableInput(
                    f"{shown}, line {number}: not UTF-8 text (byte {error.start + 1}); save the file as UTF-8,"
                    f" or name an event table"
                ) from error
    raise UnreadableInput(f"{shown}: the file is empty; name a file with rows of events")


def cut(line: str, delimiter: str) -> list[str]:
    """Cut one line into its cells, quoted ones without their quotation marks.

    What cannot be cut, such as a cell of more than 128 KiB, is one cell.

    >>> cut('7\\t"a b"\\tc', "\\t")
    ['7', 'a b', 'c']
    """
    if delimiter == "\t":
        cells = line.split("\t")
        return [_unquoted(cell) for cell in cells] if '"' in line else cells
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def _unquoted(cell: str) -> str:
    # Dataverse quotes every text, others none; a lone mark at one end belongs to the text.
    if len(cell) > 1 and cell[0] == '"' and cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


Row = tuple[int, list[str] | NotTaken]


def tab_rows(path: PathLike) -> Iterator[Row]:
    """Give the rows of a tab-separated file, with the number of each line."""
    with open_bytes(path) as stream:
        for number, line in lines_of(stream, os.fspath(path)):
            try:
                yield number, cut(line.decode("utf-8"), "\t")
            except UnicodeDecodeError as error:
                yield number, NotTaken(Reason.ENCODING, f"byte {error.start + 1}; save the file as UTF-8")


def quoted_rows(path: PathLike, delimiter: str) -> Iterator[Row]:
    """Give the rows of a file with quoted cells, which may hold line ends, with the number of the last line of each."""
    with open_bytes(path) as stream:
        # What is no UTF-8 is carried along, so that only the row that holds it is lost.
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
        rows = csv.reader(_short_lines(text, os.fspath(path)), delimiter=delimiter)
        while True:
            before = rows.line_num
            try:
                cells = next(rows, None)
            except csv.Error as error:
                # A mark that never closes takes the lines behind it along: they are named, all of them.
                yield rows.line_num, NotTaken(Reason.QUOTES, f"lines {before + 1} to {rows.line_num}: {error}")
                continue
            if cells is None:
                break
            if cells:
                yield rows.line_num, cells if is_text(cells) else NotTaken(Reason.ENCODING, "save the file as UTF-8")
        text.detach()


def _short_lines(text: io.TextIOWrapper, shown: str) -> Iterator[str]:
    """Give the lines with their ends; one that is longer than any row would fill the memory, and is refused."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            raise _too_long(shown, number)
        yield line


def _too_long(shown: str, number: int) -> UnreadableInput:
    return UnreadableInput(
        f"{shown}, line {number}: longer than {LONGEST_LINE} bytes, so no event table; name the right file"
    )


def is_text(cells: list[str]) -> bool:
    """Tell whether no cell carries bytes that were no UTF-8."""
    for cell in cells:
        if not cell.isascii():
            try:
                cell.encode("utf-8")
            except UnicodeEncodeError:
                return False
    return True
