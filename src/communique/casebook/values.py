"""What a correction may set: each field of an event with what its values must be, and what else changes with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import duckdb

from communique.casebook.filters import first_day
from communique.coding.contexts import context_words
from communique.errors import UsageError
from communique.ontology.loader import STATUSES, ontology
from communique.records import DateBasis, DatePrecision, Event

FIELDS = (
    "type", "mode", "source", "target", "status", "date", "claimed_by", "condition", "location", "context",
)  # fmt: skip
_CODE = re.compile(r"[A-Z0-9][A-Z0-9+.&'-]*(?:/[A-Z]{2,4})?")
PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


def contexts_coded() -> set[str]:
    """Give the contexts that reading finds."""
    return {context for found in context_words().values() for context in found} | {"diplomacy", "military"}


def contexts_known(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Give the contexts that reading finds, and those of events in the casebook, which other datasets may have brought."""
    found = connection.execute("SELECT DISTINCT unnest(context) FROM events").fetchall()
    return sorted(contexts_coded() | {row[0] for row in found})


def near_words(word: str, names: Iterable[str]) -> str:
    """Give the end of a message about a word that is none of `names`: those that look like it, else all of them.

    >>> near_words("sanction", ["sanctions", "trade"])
    '; did you mean sanctions?'
    """
    known = list(names)
    folded = {name.casefold(): name for name in known}
    near = [folded[name] for name in get_close_matches(word.casefold(), folded, n=3)]
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; any of {', '.join(known)}" if known else "; there is none yet"


def settled(event: Event, field: str, value: object) -> tuple[object, dict[str, Any]]:
    """Give a value in its settled form, and the columns that it sets, JSON-ready.

    A type sets its quad and, as the event's mode is none of its modes, the mode, CAMEO code and intensity of the
    type's own; a mode sets its CAMEO code and intensity; a date its precision.

    Raises UsageError, naming the field and what it takes, for a value that means nothing.
    """
    if field not in FIELDS:
        raise UsageError(f"field {field!r}: one of {', '.join(FIELDS)}")
    if field in {"type", "mode"}:
        kind = ontology().type_named(_word(field, value) if field == "type" else event.type)
        mode = _word(field, value) if field == "mode" else kind.default_mode
        return (kind.name if field == "type" else mode), of_mode(kind.name, mode)
    if field in {"source", "target"}:
        codes = actor_codes(field, value)
        if field == "source" and not codes:
            raise UsageError("source: an event has someone who acts; name one actor or more")
        return codes, {field: codes}
    if field == "status":
        word = _word(field, value).lower()
        if word not in STATUSES:
            raise UsageError(f"status {value!r}: one of {', '.join(STATUSES)}")
        return word, {field: word}
    if field == "date":
        return _date(value)
    if field == "context":
        contexts = sorted(set(_texts(field, value)))
        known = contexts_coded()
        if strange := [one for one in contexts if one not in known]:
            raise UsageError(f"context {strange[0]!r}: any of {', '.join(sorted(known))}")
        return contexts, {field: contexts}
    if value is None:
        return None, {field: None}
    word = _word(field, value)
    if field == "claimed_by":
        word = actor_codes(field, word)[0]
    return word, {field: word}


def check_event(event: Event) -> None:
    """Raise UsageError where an event that a person adds has a value that means nothing."""
    kind = ontology().type_named(event.type)
    if event.quad != kind.quad:
        raise UsageError(f"quad {event.quad}: {kind.name} is of quad {kind.quad}")
    settled(event, "source", event.source)
    settled(event, "target", event.target)
    settled(event, "status", event.status)
    settled(event, "date", event.date)
    settled(event, "context", event.context)
    if not 0 <= event.confidence <= 1:
        raise UsageError(f"confidence {event.confidence}: give a number from 0 to 1")


def is_code(words: str) -> bool:
    """Tell whether words are written as a code of an actor, whether or not the actor files hold it."""
    return _CODE.fullmatch(words) is not None


def actor_codes(field: str, value: object) -> list[str]:
    """Give actor codes from a list or from a text that joins them by `;`; UsageError for one that is not well formed."""
    codes = [code for one in _texts(field, value) for code in (part.strip() for part in one.split(";")) if code]
    for code in codes:
        if not _CODE.fullmatch(code):
            raise UsageError(
                f"{field} {code!r}: a code is upper case with hyphens for spaces, with its role behind a slash:"
                f" USA, ARAB-LEAGUE, IRQ/REB"
            )
    return list(dict.fromkeys(codes))


def of_mode(type_name: str, mode: str) -> dict[str, Any]:
    """Give the columns that a type and its mode set: type, quad, mode, cameo, intensity; UsageError for no such mode."""
    kind = ontology().types[type_name]
    if mode not in kind.modes:
        raise UsageError(f"mode {mode!r}: {type_name} has {', '.join(kind.modes)}")
    cameo = str(kind.modes[mode][0])
    intensity = ontology().intensity(cameo)
    return {"type": type_name, "quad": kind.quad, "mode": mode, "cameo": cameo, "intensity": intensity}


def _date(value: object) -> tuple[object, dict[str, Any]]:
    if value is None or value == "":
        return None, {"date": None, "date_precision": None, "date_basis": None}
    if not isinstance(value, str):
        value = getattr(value, "isoformat", lambda: value)()
    word = _word("date", value)
    first_day(word, "date")
    return word, {"date": word, "date_precision": PRECISIONS[len(word)].value, "date_basis": DateBasis.STATED.value}


def _word(field: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{field} {value!r}: give a text")
    return value.strip()


def _texts(field: str, value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable):
        return [_word(field, one) for one in value]
    raise UsageError(f"{field} {value!r}: give a list of texts")
