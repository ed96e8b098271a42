"""What of a wording tells which act is meant: words, numbers, names, and how near two texts are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy

from communique.actors.knowledge import knowledge, plain
from communique.folding.rules import words
from communique.ontology.loader import ontology

PERMUTATIONS = 64
"""Hash values of a signature; each is four bytes."""
# Named, so that signatures that a casebook keeps still compare when datasketch takes another one as its default.
SCHEME = "affine32"
SHINGLE = 3
# Letters of the words by which the matter of a text is known.
LONG = 5
# Words on either side of an anchor that still belong to its act.
AROUND = 7
_WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one telling, as stems.

    `deed` are those that make the act its type ("accused", "called on"), `object` the others of the anchor, `around`
    those of the anchor and next to it without the deed's. `numbers`, `names` (no side's, no day's) and `days` of
    the week stand in the anchor or next to it; `again` tells that words there call it one more of its kind.
    `shingles` are the word triples of the sentence, and `lowered` the whole of it.
    """

    deed: frozenset[str]
    object: frozenset[str]
    around: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    days: frozenset[str]
    again: bool
    shingles: frozenset[int]
    lowered: str


def wording(sentence: str, anchor: str, kind: str) -> Wording:
    """Take a sentence, and the anchor of an event of type `kind` in it, apart."""
    start = sentence.find(anchor)
    start, end = (start, start + len(anchor)) if start >= 0 else (0, len(sentence))
    tokens = [(match.group(), match.start()) for match in _WORD.finditer(sentence)]
    inside = [place for place, (_, at) in enumerate(tokens) if start <= at < end]
    first, last = (inside[0], inside[-1]) if inside else (0, len(tokens) - 1)
    near = tokens[max(0, first - AROUND) : last + 1 + AROUND]
    anchored = [word for word, at in tokens if start <= at < end]
    contents, deeds = _contents(anchored), _deeds(kind)
    return Wording(
        deed=contents & deeds,
        object=contents - deeds,
        around=_contents([word for word, _ in near]) - (contents & deeds),
        numbers=_numbers([word for word, _ in near]),
        names=_names(near),
        days=frozenset(word for word, _ in near if word in words().weekdays),
        again=any(word.lower() in words().again for word, _ in near),
        shingles=_shingles([word.lower() for word, _ in tokens]),
        lowered=plain(sentence).lower(),
    )


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Give how much two sets have in common, 0…1 (Dice); 0 where either is empty."""
    both = len(left) + len(right)
    return 2 * len(left & right) / both if left and right else 0.0


def shingle_share(left: frozenset[int], right: frozenset[int]) -> float:
    """Give the share of common word triples of two sentences, 0…1 (Jaccard)."""
    common = len(left & right)
    return common / (len(left) + len(right) - common) if common else 0.0


def signature(text: str) -> bytes:
    """Give the signature of a report's text, 8 × PERMUTATIONS bytes; b"" for a text without words.

    Its first half is the MinHash of the word triples, by which copies are known, the second that of the longer words,
    by which other reports on the same matter are. It hangs on the text alone, so a kept one never ages.
    """
    found = [match.group() for match in _WORD.finditer(text)]
    if not found:
        return b""
    lowered = [word.lower() for word in found]
    triples = {" ".join(lowered[place : place + SHINGLE]) for place in range(max(1, len(found) - SHINGLE + 1))}
    return _hashed(triples) + _hashed({word for word in lowered if len(word) >= LONG})


def text_share(left: bytes, right: bytes) -> float:
    """Give the estimated share of common word triples of two texts by their signatures, 0…1."""
    return _equal(left[: 4 * PERMUTATIONS], right[: 4 * PERMUTATIONS])


def matter_share(left: bytes, right: bytes) -> float:
    """Give the estimated share of common longer words of two texts by their signatures, 0…1."""
    return _equal(left[4 * PERMUTATIONS :], right[4 * PERMUTATIONS :])


def _hashed(parts: Iterable[str]) -> bytes:
    from datasketch import MinHash  # it loads much, and only texts that are kept need it

    hashed = MinHash(num_perm=PERMUTATIONS, permutations=_permutations(), scheme=SCHEME)
    hashed.update_batch([part.encode() for part in sorted(parts)])
    return bytes(hashed.hashvalues.astype("<u4").tobytes())


def _equal(left: bytes, right: bytes) -> float:
    if not left or len(left) != len(right):
        return 0.0
    if left == right:
        return 1.0
    return int((numpy.frombuffer(left, "<u4") == numpy.frombuffer(right, "<u4")).sum()) / PERMUTATIONS


@cache
def _permutations() -> numpy.ndarray:
    """The permutations of datasketch's own seed, made once: making them costs more than hashing a report."""
    from datasketch import MinHash

    made: numpy.ndarray = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME).permutations
    return made


@cache
def _no_names() -> frozenset[str]:
    """Words of the names of states, bodies and groups (sides are compared by code, not by name), days and months."""
    kinds = {"state", "adjective", "demonym", "organisation", "group", "seat"}
    return (
        words().weekdays
        | words().months
        | {
            word
            for name, entries in knowledge().names.items()
            if any(entry.kind in kinds for entry in entries)
            for word in name.split(" ")
            if word[:1].isupper()
        }
    )


@cache
def _deeds(kind: str) -> frozenset[str]:
    """Stems of the words by which the ontology knows a type."""
    lemmas = {frame.lemma for frame in ontology().frames if frame.type == kind}
    return frozenset(stem(lemma) for lemma in lemmas)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give a lower-case word without its ending, an irregular form as its verb, and one word for words alike.

    >>> stem("expelled"), stem("expels"), stem("met"), stem("envoys")
    ('expel', 'expel', 'meet', 'ambassador')
    """
    bare = _without_ending(words().irregular.get(word, word))
    return _alike().get(bare, bare)


@cache
def _alike() -> dict[str, str]:
    """Stems of words alike → the one that stands for them."""
    return {_without_ending(word): lead for word, lead in words().alike.items()}


def _without_ending(word: str) -> str:
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    for ending in words().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    # "expel" and "expelled", "stop" and "stopped".
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _contents(found: list[str]) -> frozenset[str]:
    """Stems of the words that are neither names nor empty."""
    known = words()
    return frozenset(
        stem(word)
        for word in found
        if word[0].islower() and len(word) > 2 and word not in known.empty and word not in known.numbers
    )


def _numbers(found: list[str]) -> frozenset[str]:
    """What is counted: "18", "three"; no year."""
    known = words().numbers
    numbers = {
        known.get(word.lower(), word.replace(",", "")) for word in found if word[0].isdigit() or word.lower() in known
    }
    return frozenset(number for number in numbers if not (len(number) == 4 and number[:2] in {"19", "20"}))


def _names(found: list[tuple[str, int]]) -> frozenset[str]:
    """Names that are neither an actor's nor a day's; a sentence's first word does not count as one."""
    no_names = _no_names()
    names = {plain(word).removesuffix("'s") for word, at in found if at > 0}
    return frozenset(name for name in names if name[:1].isupper() and name not in no_names)


def _shingles(found: list[str]) -> frozenset[int]:
    """Word triples, hashed; those of a short sentence are the sentence. They do not leave the process."""
    return frozenset(hash(tuple(found[place : place + SHINGLE])) for place in range(max(1, len(found) - SHINGLE + 1)))
