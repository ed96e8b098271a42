"""How a sentence is handed to the classifier: its words with source and target marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.records import Sentence

# Words kept on either side of the marked ones where a sentence is longer than the encoder reads.
MOST_WORDS = 28
MARGIN = 7

_BEFORE_HEAD = {"compound", "amod", "nummod", "nmod", "poss", "case", "punct", "quantmod", "advmod", "det"}
# What a report may hold that the encoder would take for a mark of ours.
_FOREIGN = re.compile(r"</?[st]>|\[unused\d+\]")
Span = tuple[int, int]


def phrase(sentence: Sentence, head: int) -> Span:
    """Give first and last token of the noun phrase of `head`: what stands before it, and "of …" behind it."""
    first = last = head
    for child in sorted(sentence.children[head], reverse=True):
        token = sentence.tokens[child]
        if child < head and token.relation in _BEFORE_HEAD and token.text not in {",", "“", '"'}:
            below = sentence.subtree(child)
            if below[-1] == first - 1:
                first = below[0]
        if child == last + 1 and token.relation == "prep" and token.text == "of":
            below = sentence.subtree(child)
            if len(below) <= 5 and below == list(range(below[0], below[-1] + 1)):
                last = below[-1]
    return first, last


def marked(sentence: Sentence, source: Sequence[int], target: Sequence[int], trigger: int) -> str:
    """Give the sentence with `<s>…</s>` around the source and `<t>…</t>` around the target.

    `source` and `target` are heads, the first of each is marked; either may be empty. Of a
    sentence that is longer than the encoder reads only the words around marks and trigger are given.
    """
    spans: list[tuple[str, Span]] = []
    for name, heads in (("s", source), ("t", target)):
        if heads:
            spans.append((name, phrase(sentence, heads[0])))
    if len(spans) == 2 and not (spans[0][1][1] < spans[1][1][0] or spans[1][1][1] < spans[0][1][0]):
        spans = [("s", (source[0], source[0])), ("t", (target[0], target[0]))]
    opens = {sentence.tokens[span[0]].start: f"<{name}>" for name, span in spans}
    closes = {sentence.tokens[span[1]].end: f"</{name}>" for name, span in spans}
    places = [trigger, *(place for _, span in spans for place in span)]
    return " … ".join(_with_marks(sentence, window, opens, closes) for window in _windows(sentence, places))


def _windows(sentence: Sentence, places: Sequence[int]) -> list[Span]:
    """The whole of a sentence, or of a long one the words around `places`."""
    last = len(sentence.tokens) - 1
    if last < MOST_WORDS:
        return [(0, last)]
    found: list[Span] = []
    for place in sorted(places):
        start, end = max(0, place - MARGIN), min(last, place + MARGIN)
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _with_marks(sentence: Sentence, window: Span, opens: dict[int, str], closes: dict[int, str]) -> str:
    place, end = sentence.tokens[window[0]].start, sentence.tokens[window[1]].end
    text: list[str] = []
    for cut in sorted(cut for cut in {*opens, *closes} if place <= cut <= end):
        text += [_FOREIGN.sub(" ", sentence.passage[place:cut]), closes.get(cut, ""), opens.get(cut, "")]
        place = cut
    text.append(_FOREIGN.sub(" ", sentence.passage[place:end]))
    return "".join(text)
