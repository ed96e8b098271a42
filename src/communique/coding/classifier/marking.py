"""How a sentence is handed to the classifier: its words with source and target marked."""

from __future__ import annotations

from collections.abc import Sequence

from communique.records import Sentence

# Words kept on either side of the marked ones where a sentence is longer than the encoder reads.
MOST_WORDS = 75
MARGIN = 18

_BEFORE_HEAD = {"compound", "amod", "nummod", "nmod", "poss", "case", "punct", "quantmod", "advmod", "det"}
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

    `source` and `target` are heads, the first of each is marked; either may be empty. A sentence
    that is longer than the encoder reads is cut to the words around the marks and the trigger.
    """
    spans: list[tuple[str, Span]] = []
    for name, heads in (("s", source), ("t", target)):
        if heads:
            spans.append((name, phrase(sentence, heads[0])))
    if len(spans) == 2 and not (spans[0][1][1] < spans[1][1][0] or spans[1][1][1] < spans[0][1][0]):
        spans = [("s", (source[0], source[0])), ("t", (target[0], target[0]))]
    tokens = sentence.tokens
    first, last = 0, len(tokens) - 1
    if len(tokens) > MOST_WORDS:
        places = [trigger, *(place for _, span in spans for place in span)]
        first, last = max(0, min(places) - MARGIN), min(last, max(places) + MARGIN)
    opens = {tokens[span[0]].start: f"<{name}>" for name, span in spans}
    closes = {tokens[span[1]].end: f"</{name}>" for name, span in spans}
    text: list[str] = []
    place = tokens[first].start
    for cut in sorted({*opens, *closes}):
        text.append(sentence.passage[place:cut])
        text.append(closes.get(cut, "") + opens.get(cut, ""))
        place = cut
    text.append(sentence.passage[place : tokens[last].end])
    return "".join(text)
