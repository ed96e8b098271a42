"""The records of the ontology: event types, their modes, and the frames that lead to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NounTest:
    """What a noun must be: one of `lemmas`, or an actor, or absent, or anything.

    `crowd` asks for people or an opposition rather than a state, `body` for an organisation or group,
    `place` for a town or region by its name.
    """

    lemmas: frozenset[str]
    actor: bool = False
    crowd: bool = False
    body: bool = False
    place: bool = False
    absent: bool = False
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the events it must give, each as (source codes, type, target codes, status)."""

    sentence: str
    events: tuple[tuple[tuple[str, ...], str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A word in its surroundings that means a type; docs/frames.md explains every field."""

    identity: str
    type: str
    mode: str
    cameo: str
    kind: str
    lemma: str
    particle: str
    object: NounTest | None
    object_not: NounTest | None
    subject: NounTest | None
    prepositions: tuple[tuple[str, NounTest], ...]
    modifier: frozenset[str]
    complement_form: frozenset[str]
    complement_verbs: frozenset[str]
    complement_types: frozenset[str]
    source: tuple[str, ...]
    target: tuple[str, ...]
    reciprocal: bool
    swap: bool
    status: str
    governs: str
    confidence: float
    examples: tuple[Example, ...]
    targetless: bool

    @property
    def constraint(self) -> float:
        """How much the frame asks for; the most demanding frame that fits is the one meant."""
        total = 2.0 * bool(self.particle) + 3.0 * bool(self.complement_types) + 2.0 * bool(self.complement_verbs)
        total += bool(self.complement_form) * 1.0 + 1.5 * bool(self.modifier) + 0.5 * bool(self.object_not)
        if self.object is not None:
            total += 0.3 if self.object.anything else 1.2 if self.object.actor and not self.object.lemmas else 2.0
        if self.subject is not None:
            total += 0.5 if self.subject.actor or not (self.subject.lemmas or self.subject.crowd) else 1.8
        for _, test in self.prepositions:
            if not test.anything:
                return total + (0.7 if test.actor and not test.lemmas else 1.5)
        return total + 0.3 * bool(self.prepositions)


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type with its quad (1…4), modes (name → CAMEO code, gloss) and sources."""

    name: str
    quad: int
    gloss: str
    modes: dict[str, tuple[str, str]]
    default_mode: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One row of the crosswalk: a CAMEO code, Goldstein's intensity (−10…10), type and mode."""

    code: str
    label: str
    intensity: float
    type: str
    mode: str
