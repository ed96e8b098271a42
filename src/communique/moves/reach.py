"""The words that belong to an act: what its own word governs, without the clauses that tell something else."""

from __future__ import annotations

from dataclasses import dataclass

from communique.coding.draft import Draft
from communique.records import Sentence

# Clauses that hang on an act but tell another one.
_OTHER_CLAUSES = frozenset({"relcl", "advcl", "parataxis", "punct"})
# A noun that tells the act ("held talks") has its verb's other words as well.
_LIGHT = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "pobj"})


@dataclass(frozen=True, slots=True)
class Reach:
    """Words of a sentence as lemmas between blanks, so that a phrase is found by ` in `.

    `places` are their token indexes in text order; `words` their lemmas, lower case, with blanks around each.
    """

    places: tuple[int, ...]
    words: str

    def holds(self, *phrases: str) -> bool:
        """Tell whether one of the phrases (lemmas, one or several words) stands among the words."""
        return any(f" {phrase} " in self.words for phrase in phrases)


def reach_of(sentence: Sentence, places: list[int] | tuple[int, ...]) -> Reach:
    """Give the words at some places of a sentence."""
    tokens = sentence.tokens
    return Reach(tuple(places), f" {' '.join(tokens[place].lemma.lower() for place in places)} ")


def whole(sentence: Sentence) -> Reach:
    """Give all words of a sentence."""
    return reach_of(sentence, range_of(sentence))


def range_of(sentence: Sentence) -> tuple[int, ...]:
    """Give the places of all words of a sentence."""
    return tuple(range(len(sentence.tokens)))


def reach_of_act(draft: Draft) -> Reach:
    """Give the words that belong to an act: below its own word, in its anchor, and of the verb that carries a noun."""
    sentence, trigger = draft.sentence, draft.act.trigger
    found = set(below(sentence, trigger))
    token = sentence.tokens[trigger]
    if draft.act.kind == "noun" and token.relation in _LIGHT:
        above = token.head
        while sentence.tokens[above].part_of_speech in {"ADP", "NOUN"} and sentence.tokens[above].head != above:
            found.add(above)
            above = sentence.tokens[above].head
        found.add(above)
        for child in sentence.children[above]:
            if sentence.tokens[child].relation in {"prep", "aux", "neg", "advmod", "prt", "npadvmod"}:
                found.update(below(sentence, child))
    for place, word in enumerate(sentence.tokens):
        if draft.start <= word.start < draft.end:
            found.add(place)
    return reach_of(sentence, sorted(found))


def below(sentence: Sentence, head: int) -> list[int]:
    """Give a word and the words below it, without clauses that tell something else."""
    found, stack = [], [head]
    while stack:
        current = stack.pop()
        found.append(current)
        for child in sentence.children[current]:
            token = sentence.tokens[child]
            own_clause = token.relation == "conj" and bool(sentence.related(child, "nsubj", "nsubjpass"))
            if token.relation not in _OTHER_CLAUSES and not own_clause:
                stack.append(child)
    return found
