"""The actors in one slot of an act."""

from __future__ import annotations

from dataclasses import dataclass

from communique.actors.resolver import bare


@dataclass(frozen=True, slots=True)
class Party:
    """The actors in one slot: codes, the words that name them, and how sure the naming is."""

    codes: tuple[str, ...]
    text: str
    why: str
    heads: tuple[int, ...]
    indirect: bool = False
    guessed: bool = False
    counterparts: bool = False
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.codes)


NOBODY = Party((), "", "", ())


def others(codes: tuple[str, ...], side: Party) -> tuple[str, ...]:
    """Give those of `codes` that belong to no actor of a side, roles aside."""
    own = {bare(code) for code in side.codes}
    return tuple(code for code in codes if bare(code) not in own)


def both(source: Party, target: Party) -> tuple[Party, Party]:
    """Join two sides that act on each other: all are source, nobody is target."""
    codes = tuple(dict.fromkeys((*source.codes, *target.codes)))
    text = ", ".join(part for part in (source.text, target.text) if part)
    return Party(codes, text, f"{source.why}; {target.why}", (*source.heads, *target.heads)), NOBODY


def own_government(source: Party) -> Party:
    """A protest that names no addressee is one against the government of the place."""
    codes = tuple(dict.fromkeys(bare(code) for code in source.codes if "/" in code))
    return Party(codes, "", "protests at home are against the government", (), True) if codes else NOBODY


def without_source(source: Party, target: Party) -> Party:
    """A country's act on itself counts only where two different parts of it are named."""
    codes = tuple(code for code in target.codes if code not in source.codes)
    return Party(codes, target.text, target.why, target.heads, target.indirect) if codes else NOBODY
