"""Whose words a clause is where no verb of speech governs it by grammar: behind a colon, in a quotation of many sentences."""

from __future__ import annotations

from collections.abc import Sequence

from communique.moves.position_reality import says
from communique.moves.position_words import position_words
from communique.records import Sentence

_FURTHEST = 2
_OPENING, _CLOSING, _STRAIGHT = "“", "”", '"'


def speaking_above(sentence: Sentence, place: int) -> int | None:
    """Give the verb that tells the clause at `place` as somebody's words: "answered that …", "had one message: …"."""
    current = place
    for above in sentence.ancestors(place):
        if sentence.tokens[current].relation in {"ccomp", "parataxis"} and says(sentence.tokens[above].lemma.lower()):
            return above
        current = above
    for child in sentence.related(current, "ccomp", "parataxis"):
        between = sentence.tokens[child:place]
        nouns = {sentence.tokens[o].lemma.lower() for o in sentence.related(child, "dobj", "attr")}
        if any(token.text == ":" for token in between) and nouns & position_words().lists["speech_nouns"]:
            return child
    return None


def said_beside(sentences: Sequence[Sentence], sentence: Sentence, place: int) -> tuple[Sentence, int] | None:
    """Give the sentence and verb that say whose a quotation is that goes over several sentences, None where none does.

    The verb stands where the quotation ends, or in the sentence before, behind which the quotation goes on.
    """
    if not _is_quoted(sentence, sentence.tokens[place].start):
        return None
    later = [other for other in sentences if 0 < other.index - sentence.index <= _FURTHEST]
    for other in later:
        if not _is_quoted(other, other.start):
            break
        if (verb := _verb_of_speech(other)) is not None:
            return other, verb
    for other in sentences:
        if other.index == sentence.index - 1 and sentence.tokens[0].text in {_OPENING, _STRAIGHT}:
            verb = _verb_of_speech(other)
            quotes = any(token.text in {_CLOSING, _STRAIGHT} for token in other.tokens)
            return (other, verb) if verb is not None and quotes else None
    return None


def _verb_of_speech(sentence: Sentence) -> int | None:
    """Give the main verb of a sentence where it is one of speech and stands outside of the quotation."""
    for token in sentence.tokens:
        if token.relation == "ROOT" and says(token.lemma.lower()) and not _is_quoted(sentence, token.start):
            return token.index
    return None


def _is_quoted(sentence: Sentence, start: int) -> bool:
    """Tell whether a place of the passage stands in a quotation that was opened in its paragraph."""
    before = sentence.passage[sentence.passage.rfind("\n\n", 0, start) + 1 : start]
    curly = before.count(_OPENING) - before.count(_CLOSING)
    return curly > 0 or (curly == 0 and before.count(_STRAIGHT) % 2 == 1)
