"""The one loader of the ontology's data files; every rule they must keep is checked here.

`data/types/<TYPE>.yaml` (one a PLOVER type), `data/words.yaml` (word classes), `data/cameo.csv`
(the crosswalk with Goldstein's scale). Each failed rule is a KnowledgeError with file and place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from communique.errors import KnowledgeError, UsageError
from communique.ontology.frames import CameoCode, EventType, Example, Frame, NounTest
from communique.word_files import read_table, read_word_file

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("occurred", "planned", "hypothetical", "denied")
_KINDS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
_FIELDS = {
    "verbs", "nouns", "adjectives", "object", "object_not", "subject", "preposition", "modifier", "complement",
    "complement_types", "source", "target", "reciprocal", "swap", "mode", "cameo", "status", "governs", "confidence",
    "example", "events", "also", "note",
}  # fmt: skip
_SPEECH_TYPES = {"AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT"}


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types, frames (by kind and lemma, most demanding first), word classes and CAMEO codes."""

    types: dict[str, EventType]
    frames: tuple[Frame, ...]
    by_lemma: dict[tuple[str, str], tuple[Frame, ...]]
    words: dict[str, frozenset[str]]
    cameo: dict[str, CameoCode]
    triggers: frozenset[str]

    def type_named(self, name: str) -> EventType:
        """Give a type; raises UsageError naming the sixteen for an unknown one."""
        try:
            return self.types[name.upper()]
        except KeyError:
            raise UsageError(f"type {name!r}: one of {', '.join(TYPES)}") from None

    def intensity(self, cameo: str) -> float:
        """Give Goldstein's value of a CAMEO code, of its parent where the code has none."""
        while cameo and cameo not in self.cameo:
            cameo = cameo[:-1]
        return self.cameo[cameo].intensity if cameo else 0.0


class _FrameReader:
    """Turns one frame of a file into `Frame` records, one a lemma; complains with its place."""

    def __init__(self, kind: EventType, words: dict[str, frozenset[str]]) -> None:
        self.kind = kind
        self.words = words
        self.place = ""

    def fail(self, message: str) -> KnowledgeError:
        return KnowledgeError(f"{self.kind.name}.yaml, {self.place}: {message}")

    def lemmas(self, value: object) -> frozenset[str]:
        if not isinstance(value, list):
            raise self.fail(f"{value!r} must be a list of words")
        found: set[str] = set()
        for word in value:
            word = str(word)
            if word.startswith("$"):
                if word[1:] not in self.words:
                    raise self.fail(f"no word class {word}; add it to words.yaml")
                found |= self.words[word[1:]]
            else:
                found.add(word.lower())
        return frozenset(found)

    def test(self, value: object) -> NounTest | None:
        if value is None:
            return None
        listed = value if isinstance(value, list) else [value]
        names = [str(word) for word in listed]
        special = ("actor", "crowd", "body", "place", "none", "any")
        lemmas = self.lemmas([word for word in names if word not in special])
        return NounTest(lemmas, *(word in names for word in special))

    def example(self, raw: dict[str, Any]) -> Example:
        if "example" not in raw or "events" not in raw:
            raise self.fail("an example needs `example` and `events`")
        events = []
        for line in raw["events"] or []:
            parts = str(line).split()
            if len(parts) not in {3, 4} or parts[1] not in TYPES or (len(parts) == 4 and parts[3] not in STATUSES):
                raise self.fail(f"event {line!r}: write `SRC TYPE TGT [status]`")
            sides = [tuple(code for code in part.split("+") if code != "-") for part in (parts[0], parts[2])]
            events.append((sides[0], parts[1], sides[1], parts[3] if len(parts) == 4 else "occurred"))
        return Example(str(raw["example"]), tuple(events))

    def read(self, raw: dict[str, Any], number: int) -> list[Frame]:
        self.place = f"frame {number}"
        unknown = set(raw) - _FIELDS
        if unknown:
            raise self.fail(f"unknown fields {sorted(unknown)}; see docs/frames.md")
        kinds = [field for field in _KINDS if field in raw]
        if not kinds:
            raise self.fail("needs verbs, nouns or adjectives")
        mode = str(raw.get("mode", self.kind.default_mode))
        if mode not in self.kind.modes:
            raise self.fail(f"mode {mode!r} is not among {', '.join(self.kind.modes)}")
        examples = [self.example(raw)] + [self.example(more) for more in raw.get("also", [])]
        targetless = not raw.get("reciprocal") and any(
            kind == self.kind.name and not target for one in examples for _, kind, target, _ in one.events
        )
        made = []
        for field in kinds:
            for words in sorted(self.lemmas(raw[field])):
                made.append(self._frame(raw, number, _KINDS[field], words, mode, tuple(examples), targetless))
                examples = []
        return made

    def _frame(
        self,
        raw: dict[str, Any],
        number: int,
        kind: str,
        words: str,
        mode: str,
        examples: tuple[Example, ...],
        targetless: bool,
    ) -> Frame:
        if kind == "verb":
            lemma, _, particle = words.partition(" ")
        else:
            lemma, particle = words.split(" ")[-1].split("-")[-1], words if " " in words or "-" in words else ""
        complement = raw.get("complement") or {}
        form = complement.get("form", [])
        prepositions = tuple(
            (str(word), self.test(value) or NounTest(frozenset()))
            for word, value in (raw.get("preposition") or {}).items()
        )
        default_governs = "consume" if self.kind.name in _SPEECH_TYPES else "keep"
        return Frame(
            f"{self.kind.name}:{number}:{words}", self.kind.name, mode,
            str(raw.get("cameo", self.kind.modes[mode][0])), kind, lemma, particle,
            self.test(raw.get("object")), self.test(raw.get("object_not")), self.test(raw.get("subject")),
            prepositions, self.lemmas(raw.get("modifier", [])),
            frozenset([form] if isinstance(form, str) else form), self.lemmas(complement.get("verbs", [])),
            frozenset(raw.get("complement_types", [])), tuple(raw.get("source", ())), tuple(raw.get("target", ())),
            raw.get("reciprocal") == "true", raw.get("swap") == "true", str(raw.get("status", "")),
            str(raw.get("governs", default_governs)), float(raw.get("confidence", 0.8)), examples, targetless,
        )  # fmt: skip


def _words(path: Traversable) -> dict[str, frozenset[str]]:
    raw = read_word_file(path)
    return {name: frozenset(str(word).lower() for word in listed) for name, listed in raw.items()}


def _cameo(path: Traversable) -> dict[str, CameoCode]:
    found = {}
    for row in read_table(path):
        if row["type"] and row["type"] not in TYPES:
            raise KnowledgeError(f"cameo.csv, code {row['code']}: unknown type {row['type']!r}")
        found[row["code"]] = CameoCode(row["code"], row["label"], float(row["goldstein"]), row["type"], row["mode"])
    return found


def _event_type(raw: dict[str, Any], name: str) -> EventType:
    if raw.get("type") != name:
        raise KnowledgeError(f"{name}.yaml: `type` must be {name}")
    missing = [field for field in ("quad", "gloss", "source", "checked", "default_mode", "modes") if field not in raw]
    if missing:
        raise KnowledgeError(f"{name}.yaml: needs {', '.join(missing)}")
    modes = {mode: (str(spec["cameo"]), str(spec["gloss"])) for mode, spec in raw["modes"].items()}
    return EventType(
        name,
        int(raw["quad"]),
        str(raw["gloss"]),
        modes,
        str(raw["default_mode"]),
        str(raw["source"]),
        str(raw["checked"]),
    )


def _demand(frame: Frame) -> tuple[float, int]:
    """Order of trial: what demands most, then what names the fewest words."""
    size = len(frame.object.lemmas) if frame.object else 0
    return -frame.constraint, size + sum(len(test.lemmas) for _, test in frame.prepositions)


@cache
def ontology() -> Ontology:
    """Give the whole ontology, loaded and checked once a process."""
    folder = files("communique.ontology") / "data"
    words = _words(folder / "words.yaml")
    types: dict[str, EventType] = {}
    frames: list[Frame] = []
    for name in TYPES:
        raw = read_word_file(folder / "types" / f"{name}.yaml")
        types[name] = _event_type(raw, name)
        reader = _FrameReader(types[name], words)
        for number, frame in enumerate(raw["frames"], start=1):
            frames += reader.read(frame, number)
    by_lemma: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames:
        by_lemma.setdefault((frame.kind, frame.lemma), []).append(frame)
    return Ontology(
        types,
        tuple(frames),
        {key: tuple(sorted(found, key=_demand)) for key, found in by_lemma.items()},
        words,
        _cameo(folder / "cameo.csv"),
        frozenset(frame.lemma for frame in frames if frame.kind != "verb"),
    )
