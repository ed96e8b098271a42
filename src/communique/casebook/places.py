"""Where sentences stand in a report, told by their words: for those who show a report without parsing it again."""

from __future__ import annotations

from communique.records import Sentence, Token


def whole_sentence(index: int, passage: str, start: int = 0, end: int | None = None) -> Sentence:
    """Give a sentence that was not parsed: its place and its words, as one token."""
    last = len(passage) if end is None else end
    token = Token(0, passage[start:last], "", "", "", "", 0, start, last)
    return Sentence(index, (token,), ((),), passage)


def sentences_in(passage_of: dict[int, str], words: dict[int, str]) -> list[Sentence]:
    """Give a report's sentences with their places: `words` by index, of the text (0) or the title (−1) they stand in."""
    found: list[Sentence] = []
    behind = {-1: 0, 0: 0}
    for index, told in sorted(words.items()):
        side = min(index, 0)
        start = passage_of[side].find(told, behind[side])
        if start >= 0:
            behind[side] = start + len(told)
            found.append(whole_sentence(index, passage_of[side], start, start + len(told)))
    return found
