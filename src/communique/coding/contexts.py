"""What an act is about: contexts by the words around it, from data/contexts.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from communique.records import Sentence
from communique.word_files import read_word_file


@cache
def context_words() -> dict[str, tuple[str, ...]]:
    """Give lower-case lemma or two-word phrase → contexts, loaded once a process."""
    path = files("communique.coding") / "data" / "contexts.yaml"
    raw: dict[str, list[str]] = read_word_file(path)
    found: dict[str, tuple[str, ...]] = {}
    for context, words in raw.items():
        for word in words:
            found[str(word)] = (*found.get(str(word), ()), context)
    return found


def contexts_of(sentence: Sentence, type_name: str) -> tuple[str, ...]:
    """Give the contexts that a sentence speaks of, sorted; a meeting is always diplomacy."""
    words = context_words()
    found: set[str] = {"diplomacy"} if type_name in {"CONSULT"} else set()
    if type_name in {"ASSAULT", "MOBILIZE"}:
        found.add("military")
    before = ""
    for token in sentence.tokens:
        lemma = token.lemma
        found.update(words.get(lemma, ()))
        found.update(words.get(f"{before} {lemma}", ()))
        before = token.text.lower()
    return tuple(sorted(found))


@cache
def sport_words() -> tuple[frozenset[str], frozenset[str]]:
    """Give the strong and the weak words of data/not_politics.yaml."""
    path = files("communique.coding") / "data" / "not_politics.yaml"
    raw: dict[str, list[str]] = read_word_file(path)
    return frozenset(raw["strong"]), frozenset(raw["weak"])


def is_sport(sentence: Sentence) -> bool:
    """Tell whether a sentence is about a game: one strong word, or three weak ones."""
    strong, weak = sport_words()
    found, before = set[str](), ""
    for token in sentence.tokens:
        if token.lemma in strong or f"{before} {token.lemma}" in strong:
            return True
        if token.lemma in weak:
            found.add(token.lemma)
        before = token.text.lower()
    return len(found) >= 3
