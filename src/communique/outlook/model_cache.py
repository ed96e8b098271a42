"""Learned models are kept in a folder beside the casebook, as plain arrays: loading one runs nothing and trusts nothing.

A file's name holds the hash of the events known by its day, so a model is found again only for the very same
events; when events change, another is learned and takes the place of the oldest.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS, feature_names
from communique.outlook.kept_arrays import Arrays, read_arrays, write_arrays
from communique.outlook.learning import Learned
from communique.outlook.model import OutlookModel, check_horizon, checked_day, learn_model
from communique.outlook.precedents import RuleRecord, antecedents
from communique.outlook.settings import Settings, settings

_Part = TypeVar("_Part", Learned, RuleRecord)

_FORMAT = 3
"""Goes up when learning changes, so that models of an earlier state of the program are not taken for today's."""
_MOST_KEPT = 12
_LEARNED = ("of_dyads", "of_actors")
_RULES = ("rules", "rules_given", "rules_received")
_NAMED = f"{'?' * 32}-????-??-??-*.npz"
"""What models are called; other files of the folder are left alone."""


def model_folder(casebook: str | os.PathLike[str]) -> Path:
    """Give the folder that lies beside a casebook for what was learned from it; it may be deleted at any time."""
    path = Path(casebook)
    return path.with_name(path.name + ".outlook")


def kept_model(
    history: EventHistory,
    folder: str | os.PathLike[str],
    as_of: date | None = None,
    horizon_days: int = 30,
    numbers: Settings | None = None,
) -> OutlookModel:
    """Give the model of a history on a day from the folder, or learn it and keep it there.

    A file that is damaged is learned anew. A folder that cannot be written to is no error: the model is then learned
    each time. Raises UsageError as `learn_model` does.
    """
    numbers = numbers or settings()
    today = checked_day(history, as_of)
    check_horizon(horizon_days)
    known = history.until(today)
    if not len(known):
        begins = f"choose a day from {history.oldest} on" if len(history) else "add reports or import events first"
        raise UsageError(f"no event was known by {today}; {begins}")
    fingerprint = known.fingerprint()
    place = Path(folder) / f"{_name(fingerprint, today, horizon_days, numbers)}.npz"
    found = read_model(place, fingerprint, today, horizon_days, numbers)
    if found is not None:
        return found
    model = learn_model(known, today, horizon_days, numbers)
    with suppress(OSError):
        write_model(model, place)
        _drop_oldest(place.parent)
    return model


def has_model(history: EventHistory, folder: str | os.PathLike[str], horizon_days: int) -> bool:
    """Tell whether a model of all that a history knows lies in the folder, so that `kept_model` need not learn."""
    if history.newest is None:
        return False
    fingerprint = history.until(history.newest).fingerprint()
    return Path(folder, f"{_name(fingerprint, history.newest, horizon_days, settings())}.npz").is_file()


def write_model(model: OutlookModel, place: Path) -> None:
    """Write a model as arrays; the file is there whole or not at all. Raises OSError where it cannot be written."""
    arrays: dict[str, Any] = {}
    for prefix, part in _parts(model).items():
        arrays.update({f"{prefix}.{field.name}": getattr(part, field.name) for field in fields(part)})
    write_arrays(arrays, place)


def read_model(place: Path, fingerprint: str, as_of: date, horizon_days: int, numbers: Settings) -> OutlookModel | None:
    """Read a model that `write_model` wrote; None where there is none, or the file is damaged or of another shape."""
    arrays = read_arrays(place)
    if arrays is None:
        return None
    try:
        of_dyads, of_actors = (_part(Learned, arrays, name) for name in _LEARNED)
        rules, given, received = (_part(RuleRecord, arrays, name) for name in _RULES)
    except KeyError:
        return None
    width = len(feature_names(numbers))
    right = all(each.coefficients.shape == (len(TARGETS), width + 2) for each in (of_dyads, of_actors))
    if not right or any(each.held.shape != (len(antecedents()), 2, len(TARGETS)) for each in (rules, given, received)):
        return None
    return OutlookModel(as_of, horizon_days, fingerprint, numbers, of_dyads, of_actors, rules, given, received)


def _parts(model: OutlookModel) -> dict[str, Learned | RuleRecord]:
    return {name: getattr(model, name) for name in (*_LEARNED, *_RULES)}


def _part(kind: type[_Part], arrays: Arrays, name: str) -> _Part:
    return kind(**{field.name: arrays[f"{name}.{field.name}"] for field in fields(kind)})


def _name(fingerprint: str, as_of: date, horizon_days: int, numbers: Settings) -> str:
    state = json.dumps([_FORMAT, asdict(numbers), antecedents()], sort_keys=True)
    digest = hashlib.sha256(state.encode("utf-8")).hexdigest()[:8]
    return f"{fingerprint}-{as_of.isoformat()}-{horizon_days}-{digest}"


def _drop_oldest(folder: Path) -> None:
    models = sorted(folder.glob(_NAMED), key=lambda path: (path.stat().st_mtime, path.name))
    for path in models[:-_MOST_KEPT]:
        path.unlink(missing_ok=True)
