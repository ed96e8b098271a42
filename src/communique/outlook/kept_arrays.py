"""Files of plain arrays (numpy's `.npz`): there whole or not at all, and reading one runs nothing and trusts nothing."""

from __future__ import annotations

import io
import os
import secrets
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

_BETWEEN = "\x00"


def write_arrays(arrays: Mapping[str, npt.NDArray[Any]], place: Path, *, small: bool = True) -> None:
    """Write arrays by their names, `small` with compression; the folder is made. Raises OSError where that cannot be."""
    laid_out = io.BytesIO()
    (np.savez_compressed if small else np.savez)(laid_out, **arrays)  # type: ignore[arg-type]
    place.parent.mkdir(parents=True, exist_ok=True)
    growing = place.with_name(f".{place.name}.{secrets.token_hex(8)}.part")
    try:
        growing.write_bytes(laid_out.getvalue())
        os.replace(growing, place)
    except BaseException:
        # Ctrl-C too: whatever ends the writing, the half-written file goes.
        with suppress(OSError):
            growing.unlink()
        raise


def read_arrays(place: Path) -> Arrays | None:
    """Give the arrays of a file; None where there is none, it is damaged, or it holds what is no plain array."""
    try:
        # Opened here: numpy leaves a file open that turns out to be none of its own.
        with place.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, AttributeError, zipfile.BadZipFile):
        return None


def packed(names: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Give names as bytes; `unpacked` gives them back. ValueError for one that holds the mark between them."""
    listed = list(names)
    if any(_BETWEEN in name for name in listed):
        raise ValueError("a name holds the character 0")
    return np.frombuffer("".join(name + _BETWEEN for name in listed).encode("utf-8"), dtype=np.uint8)


def unpacked(array: npt.NDArray[Any]) -> tuple[str, ...]:
    """Give the names that were `packed`; ValueError for an array that holds none."""
    if array.dtype != np.uint8 or array.ndim != 1:
        raise ValueError("no packed names")
    return tuple(array.tobytes().decode("utf-8").split(_BETWEEN)[:-1])
