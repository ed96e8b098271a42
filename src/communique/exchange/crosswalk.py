"""What an event code of another dataset means here: CAMEO codes, their labels, PLOVER's types and modes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.ontology.loader import ontology
from communique.word_files import read_table


@dataclass(frozen=True, slots=True)
class Meaning:
    """A PLOVER type with its mode, quad (1…4), CAMEO code and Goldstein's intensity (−10…10)."""

    type: str
    mode: str | None
    quad: int
    cameo: str
    intensity: float


@cache
def meanings() -> dict[str, Meaning | None]:
    """Give the meaning of every CAMEO code of the crosswalk; None for a statement, which is no event."""
    known = ontology()
    return {
        code: Meaning(row.type, row.mode, known.types[row.type].quad, code, row.intensity) if row.type else None
        for code, row in known.cameo.items()
    }


@cache
def label_codes() -> dict[str, str]:
    """Give the CAMEO code of each label, its words as `label_key` has them."""
    return {label_key(row["label"]): row["code"] for row in _labels()}


@cache
def code_labels() -> dict[str, str]:
    """Give the label of each CAMEO code as ICEWS writes it; of a root the label of the code below it."""
    found = {row["code"]: row["label"] for row in _labels()}
    for code, row in ontology().cameo.items():
        found.setdefault(code, found.get(f"{code}0", row.label))
    return found


def label_key(label: str) -> str:
    """Give a label as it is compared: lower case, spaces for underscores.

    >>> label_key("Impose_embargo,_boycott,_or_sanctions")
    'impose embargo, boycott, or sanctions'
    """
    return " ".join(label.replace("_", " ").lower().split())


@cache
def cameo_code(code: str, label: str = "") -> str | None:
    """Give the CAMEO code that a table means, None where the crosswalk has none.

    Programs that take codes for numbers drop the zero in front: `42` is 042. Where that leaves two
    meanings (`10` is 010 or the root 10), `label` decides, else the code stands as it is written.
    """
    code = code.strip()
    if len(code) == 2 and label and (named := label_codes().get(label_key(label))):
        if named == f"0{code}" or named == code:
            return named
    for spelling in (code, f"0{code}"):
        if spelling in meanings():
            return spelling
    return None


@cache
def plover_meaning(type_name: str, mode_name: str) -> tuple[Meaning | None, bool]:
    """Give the meaning of a PLOVER type and mode, and whether the mode is one of ours.

    A mode that we do not hold leaves the type as it is, without a mode; a type that is none gives None.
    """
    known = ontology()
    kind = known.types.get(type_name.strip().upper())
    if kind is None:
        return None, True
    written = mode_name.strip().lower().replace("_", "-")
    mode: str | None = _plover_modes().get((kind.name, written), written)
    understood = not written or mode in kind.modes
    if mode not in kind.modes:
        mode = None
    code = kind.modes[mode or kind.default_mode][0]
    return Meaning(kind.name, mode, kind.quad, code, known.intensity(code)), understood


@cache
def _plover_modes() -> dict[tuple[str, str], str]:
    rows = read_table(files("communique.exchange") / "data" / "plover_modes.csv")
    return {(row["type"], row["theirs"]): row["ours"] for row in rows}


def _labels() -> list[dict[str, str]]:
    return read_table(files("communique.exchange") / "data" / "relation_names.csv")
