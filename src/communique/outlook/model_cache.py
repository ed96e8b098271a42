"""Learned models are kept in a folder beside the casebook, as plain arrays: loading one runs nothing and trusts nothing.

A file's name holds the hash of the events known by its day, so a model is found again only for the very same
events; when events change, another is learned and takes the place of the oldest.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import zipfile
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from communique.errors import UsageError
from communique.outlook.event_history import EventHistory
from communique.outlook.features import TARGETS, feature_names
from communique.outlook.learning import Learned
from communique.outlook.model import OutlookModel, check_horizon, checked_day, learn_model
from communique.outlook.precedents import RuleRecord, antecedents
from communique.outlook.settings import Settings, settings

_FORMAT = 1
"""Goes up when learning changes, so that models of an earlier state of the program are not taken for today's."""
_MOST_KEPT = 12


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
    place = Path(folder) / f"{_name(known, today, horizon_days, numbers)}.npz"
    found = read_model(place, known, today, horizon_days, numbers)
    if found is not None:
        return found
    model = learn_model(known, today, horizon_days, numbers)
    with suppress(OSError):
        write_model(model, place)
        _drop_oldest(place.parent)
    return model


def write_model(model: OutlookModel, place: Path) -> None:
    """Write a model as arrays; the file is there whole or not at all. Raises OSError where it cannot be written."""
    arrays: dict[str, Any] = {}
    for prefix, part in _parts(model.of_dyads, model.of_actors, model.rules).items():
        arrays.update({f"{prefix}.{field.name}": getattr(part, field.name) for field in fields(part)})
    laid_out = io.BytesIO()
    np.savez_compressed(laid_out, **arrays)
    place.parent.mkdir(parents=True, exist_ok=True)
    growing = place.with_name(f".{place.name}.{secrets.token_hex(8)}.part")
    try:
        growing.write_bytes(laid_out.getvalue())
        os.replace(growing, place)
    except BaseException:
        with suppress(OSError):
            growing.unlink()
        raise


def read_model(
    place: Path, known: EventHistory, as_of: date, horizon_days: int, numbers: Settings
) -> OutlookModel | None:
    """Read a model that `write_model` wrote; None where there is none, or the file is damaged or of another shape."""
    try:
        # Opened here: numpy leaves a file open that turns out to be none of its own.
        with place.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        parts = {
            prefix: kind(**{field.name: arrays.pop(f"{prefix}.{field.name}") for field in fields(kind)})
            for prefix, kind in (("dyads", Learned), ("actors", Learned), ("rules", RuleRecord))
        }
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    of_dyads, of_actors, rules = parts["dyads"], parts["actors"], parts["rules"]
    if not isinstance(of_dyads, Learned) or not isinstance(of_actors, Learned) or not isinstance(rules, RuleRecord):
        return None
    width = len(feature_names(numbers))
    right = all(each.coefficients.shape == (len(TARGETS), width + 2) for each in (of_dyads, of_actors))
    if not right or rules.held.shape != (len(antecedents()), 2, len(TARGETS)):
        return None
    return OutlookModel(as_of, horizon_days, known.fingerprint(), numbers, of_dyads, of_actors, rules)


def _parts(of_dyads: Learned, of_actors: Learned, rules: RuleRecord) -> dict[str, Learned | RuleRecord]:
    return {"dyads": of_dyads, "actors": of_actors, "rules": rules}


def _name(known: EventHistory, as_of: date, horizon_days: int, numbers: Settings) -> str:
    if not len(known):
        raise UsageError(f"no event was known by {as_of}; choose a later day")
    state = json.dumps([_FORMAT, asdict(numbers), antecedents()], sort_keys=True)
    digest = hashlib.sha256(state.encode("utf-8")).hexdigest()[:8]
    return f"{known.fingerprint()}-{as_of.isoformat()}-{horizon_days}-{digest}"


def _drop_oldest(folder: Path) -> None:
    models = sorted(folder.glob("*.npz"), key=lambda path: (path.stat().st_mtime, path.name))
    for path in models[:-_MOST_KEPT]:
        path.unlink(missing_ok=True)
