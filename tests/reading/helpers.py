"""Sentences for the tests of reading: parsed ones, and trees written by hand where a fault must be seen alone."""

from __future__ import annotations

from communique.reading.parser import parse
from communique.reading.repair import repair
from communique.records import Sentence, Token


def sentences_of(text: str, title: str | None = None, names: frozenset[str] = frozenset()) -> list[Sentence]:
    """Parse one text as the pipeline does."""
    return next(parse([(text, title, names)]))


def sentence_of(text: str) -> Sentence:
    """Parse a text that is one sentence."""
    (sentence,) = sentences_of(text)
    return sentence


def mended(rows: str) -> Sentence:
    """Give the repaired sentence of a tree in rows of `word tag relation head`, the head as a row number from 0."""
    tokens: list[Token] = []
    start = 0
    for index, row in enumerate(rows.strip().splitlines()):
        word, tag, relation, head = row.split()
        tokens.append(
            Token(index, word, word.lower(), _PARTS.get(tag, "X"), tag, relation, int(head), start, start + len(word))
        )
        start += len(word) + 1
    return repair(0, tokens, " ".join(token.text for token in tokens))


def place_of(sentence: Sentence, word: str, which: int = 1) -> int:
    """Give the index of the `which`-th token that reads `word`."""
    return [token.index for token in sentence.tokens if token.text == word][which - 1]


def governor(sentence: Sentence, word: str, which: int = 1) -> tuple[str, str]:
    """Give (relation, governing word) of a token."""
    token = sentence.tokens[place_of(sentence, word, which)]
    return token.relation, sentence.tokens[token.head].text


_PARTS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "PRP": "PRON", "VBD": "VERB", "VBZ": "VERB", "VBN": "VERB", "VBG": "VERB",
    "VB": "VERB", "MD": "AUX", "DT": "DET", "JJ": "ADJ", "IN": "ADP", "CC": "CCONJ", "RB": "ADV", "PUNCT": "PUNCT",
}  # fmt: skip
