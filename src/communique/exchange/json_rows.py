"""Foreign tables as JSON, read piece by piece: a list of objects, one under `data`, or one object a line."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from typing import Any

from communique.errors import UnreadableInput
from communique.exchange.foreign import NotTaken, Reason
from communique.exchange.layouts import column_key
from communique.exchange.opening import LONGEST_LINE, PathLike, Row, is_text, open_bytes

_PIECE = 1 << 16
# What a web service puts before the list of its rows: plain members, then `"data": [`.
_ENVELOPE = re.compile(r'\s*\{[^{\[]*"data"\s*:\s*\[')
_BETWEEN = " \t\r\n,"


def json_rows(path: PathLike, columns: tuple[str, ...]) -> Iterator[Row]:
    """Give the rows in the order of `columns`, with the number of each object; a member that is missing is empty."""
    keys = [column_key(column) for column in columns]
    for number, found in json_objects(path):
        members = {column_key(name): _cell(value) for name, value in found.items()}
        cells = [members.get(key, "") for key in keys]
        yield number, cells if is_text(cells) else NotTaken(Reason.ENCODING, "save the file as UTF-8")


def json_objects(path: PathLike) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the objects with their numbers, from 1; UnreadableInput names the one where the file stops being JSON."""
    shown = os.fspath(path)
    decoder = json.JSONDecoder()
    with open_bytes(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape")
        held = text.read(_PIECE)
        listed = _ENVELOPE.match(held) or re.match(r"\s*\[", held)
        held = held[listed.end() :] if listed else held
        number = 0
        while True:
            held = held.lstrip(_BETWEEN)
            if listed and held.startswith("]"):
                break
            try:
                value, end = decoder.raw_decode(held)
            except (ValueError, RecursionError) as error:
                if not isinstance(error, json.JSONDecodeError):
                    # Numbers of thousands of digits, lists within lists a thousand deep.
                    raise UnreadableInput(
                        f"{shown}, object {number + 1}: no row of an event table ({error}); name the right file"
                    ) from error
                piece = "" if len(held) > LONGEST_LINE else text.read(_PIECE)
                if piece:
                    held += piece
                    continue
                if not held and not listed:
                    break
                raise UnreadableInput(
                    f"{shown}, object {number + 1}: not JSON, or cut off ({error.msg}); download the file again"
                ) from error
            number += 1
            if not isinstance(value, dict):
                raise UnreadableInput(f"{shown}, object {number}: no object with named members; give a list of objects")
            held = held[end:]
            yield number, value
        text.detach()


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
