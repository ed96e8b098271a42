"""The columns of a casebook's history are kept beside it, for they take ten times as long to lay out as to load.

They hold for one state of the casebook: whatever is written to it, they are laid out anew. The file is one of plain
arrays in the folder that `model_folder` names, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import numpy as np

from communique.casebook.store import Casebook
from communique.ontology.loader import TYPES
from communique.outlook.event_history import EventHistory
from communique.outlook.kept_arrays import Arrays, packed, read_arrays, unpacked, write_arrays
from communique.outlook.kinds import quads
from communique.outlook.model_cache import model_folder

FILE = "history.npz"

_FORMAT = 1
"""Goes up when events are laid out otherwise, so that columns of an earlier state of the program are not taken."""
_NAMES = ("actors", "modes", "event_ids")
_COLUMNS = {
    "day": np.int32, "known_on": np.int32, "source": np.int32, "target": np.int32, "type": np.int8, "mode": np.int16,
    "quad": np.int8, "intensity": np.float32, "event": np.int32,
}  # fmt: skip
assert {*_COLUMNS, *_NAMES, "left_out"} == {field.name for field in fields(EventHistory)}


def kept_history(casebook: Casebook) -> EventHistory:
    """Give the history of all events of a casebook, from the file beside it where that holds for its state of now.

    A file that is damaged is made anew. A folder that cannot be written to is no error.
    """
    # Asked before the events are: what is written meanwhile makes another state, and the columns are made anew.
    state = _state(casebook)
    place = model_folder(casebook.path) / FILE
    found = read_history(place, state)
    if found is not None:
        return found
    made = EventHistory.from_frame(casebook.frame())
    with suppress(OSError, ValueError):
        write_history(made, place, state)
    return made


def write_history(history: EventHistory, place: Path, state: str) -> None:
    """Write a history and the state of which it holds; OSError or ValueError where it cannot be written."""
    arrays: Arrays = {name: getattr(history, name) for name in _COLUMNS}
    arrays |= {name: packed(getattr(history, name)) for name in _NAMES}
    arrays |= {"left_out": np.array([history.left_out]), "state": packed([state])}
    write_arrays(arrays, place, small=False)


def read_history(place: Path, state: str) -> EventHistory | None:
    """Read a history that `write_history` wrote; None where there is none, of another state, or the file is damaged."""
    arrays = read_arrays(place)
    try:
        if arrays is None or unpacked(arrays["state"]) != (state,):
            return None
        columns = {name: arrays[name] for name in _COLUMNS}
        actors, modes, event_ids = (unpacked(arrays[name]) for name in _NAMES)
        (left_out,) = arrays["left_out"].tolist()
    except (KeyError, ValueError):
        return None
    rows = columns["day"].shape
    right = all(column.dtype == _COLUMNS[name] and column.shape == rows for name, column in columns.items())
    if not right or len(rows) != 1:
        return None
    numbered = (("source", actors), ("target", actors), ("mode", modes), ("event", event_ids), ("type", TYPES))
    if rows[0] and any(columns[name].min() < 0 or columns[name].max() >= len(names) for name, names in numbered):
        return None
    return EventHistory(**columns, actors=actors, modes=modes, event_ids=event_ids, left_out=int(left_out))


def _state(casebook: Casebook) -> str:
    """Name the state of the casebook's file, and that of the program which lays it out."""
    program = json.dumps([_FORMAT, quads()], sort_keys=True)
    return f"{casebook.state()}|{hashlib.sha256(program.encode('utf-8')).hexdigest()[:16]}"
