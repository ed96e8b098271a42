"""The form of an event: its fields in words, what a person changed in them, and how a correction is told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Annotated

from fastapi import Form

from communique.actors.display import name_of
from communique.casebook.by_hand import Values, in_order, value_of
from communique.casebook.kept import Correction
from communique.casebook.store import Casebook
from communique.casebook.values import contexts_coded
from communique.errors import UsageError
from communique.ontology.loader import STATUSES, TYPES, ontology
from communique.records import DateBasis, Event

FIELD_NAMES = {
    "type": "type", "mode": "mode", "source": "source", "target": "target", "status": "status", "date": "date",
    "claimed_by": "on whose word", "condition": "condition", "location": "place", "context": "context",
}  # fmt: skip
"""The fields as a person calls them."""

BASIS_WORDS = {
    DateBasis.STATED: "stated in the text",
    DateBasis.RELATIVE: "counted from the day of publication",
    DateBasis.PUBLISHED: "by the day of publication",
}

Field = Annotated[str, Form(max_length=2_000)]


@dataclass(frozen=True, slots=True)
class EventForm:
    """The fields of an event as a form holds them, all of them texts; commas part several actors or contexts."""

    type: Field = ""
    mode: Field = ""
    source: Field = ""
    target: Field = ""
    status: Field = "occurred"
    date: Field = ""
    claimed_by: Field = ""
    condition: Field = ""
    location: Field = ""
    context: Field = ""


def form_of(event: Event) -> EventForm:
    """Give the form of an event as it stands."""
    return EventForm(
        type=event.type,
        mode=event.mode or "",
        source=", ".join(event.source),
        target=", ".join(event.target),
        status=event.status.value,
        date=event.date or "",
        claimed_by=event.claimed_by or "",
        condition=event.condition or "",
        location=event.location or "",
        context=", ".join(event.context),
    )


def as_json(form: EventForm) -> str:
    """Give a form as JSON, as a page carries it beside what a person changes in it."""
    return json.dumps(asdict(form), ensure_ascii=False)


def form_in(written: str) -> EventForm | None:
    """Give the form in JSON that a page carried; None where it is none."""
    try:
        found = json.loads(written)
        return EventForm(**{field.name: str(found[field.name]) for field in fields(EventForm)})
    except (ValueError, TypeError, KeyError):
        return None


def changes_in(before: EventForm, given: EventForm) -> Values:
    """Give what a person changed in a form, as values in the order in which they are set.

    A mode that was left as it was, or left to the type, goes with its type: another type brings its own mode.
    Raises UsageError for an actor that is not known.
    """
    changed: dict[str, object] = {}
    for field in fields(EventForm):
        words, stood = getattr(given, field.name).strip(), getattr(before, field.name).strip()
        if words != stood:
            changed[field.name] = value_of(field.name, words)
    if changed.get("mode", "") is None:
        changed["mode"] = ontology().type_named(given.type).default_mode
        if "type" in changed:
            del changed["mode"]
    return in_order(changed)


def write_changes(
    casebook: Casebook, event_id: str, before: EventForm, given: EventForm, who: str, why: str
) -> tuple[Correction, ...]:
    """Put right what a person changed in the form of an event: all of it or nothing; give the corrections.

    What others put right since the form was shown stays, in the fields that were left alone.
    Raises UsageError for an event that there is not, a value that means nothing, and a form that changes nothing.
    """
    values = changes_in(before, given)
    if not values:
        raise UsageError("nothing was changed in the form")
    return tuple(casebook.correct_all(event_id, values, who, why))


def correction_words(one: Correction) -> str:
    """Tell what a correction did: "type THREATEN → CONSULT"."""
    if one.kind == "field":
        return f"{FIELD_NAMES.get(one.field or '', one.field)}: {_shown(one.field, one.former)} → {_shown(one.field, one.value)}"
    sides = " → ".join(filter(None, (_actors(one.told.source), _actors(one.told.target))))
    return f"{'deleted' if one.kind == 'delete' else 'added'}: {one.told.type}, {sides}"


def _actors(codes: Iterable[str]) -> str:
    return ", ".join(map(name_of, codes))


def _shown(field: str | None, value: object) -> str:
    if value in (None, "", []):
        return "—"
    if isinstance(value, list | tuple):
        return _actors(value) if field in {"source", "target"} else ", ".join(map(str, value))
    return name_of(str(value)) if field == "claimed_by" else str(value)


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in a form: types with their modes, statuses, contexts."""

    modes: tuple[tuple[str, tuple[str, ...]], ...]
    statuses: tuple[str, ...]
    contexts: tuple[str, ...]


@cache
def choices() -> Choices:
    """Give what may be chosen in the form of an event."""
    types = ontology().types
    modes = tuple((name, tuple(types[name].modes)) for name in TYPES)
    return Choices(modes, tuple(STATUSES), tuple(sorted(contexts_coded())))
