"""What is given for what: "to curb its nuclear work in exchange for sanctions relief"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.actors.discourse import Discourse
from communique.moves.agreement_parties import resolved
from communique.moves.agreement_words import agreement_words
from communique.reading.acts import prepositional, verb_act
from communique.records import Sentence

_HINGES = frozenset({"exchange", "return"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two sides of a bargain as (giver, what), in the report's words; the giver is "" where it is not told.

    `places` are the first and last token of its words; `above` the verb that the giving hangs on.
    """

    terms: tuple[tuple[str, str], ...]
    places: tuple[int, int]
    above: int


def exchanges(sentence: Sentence, discourse: Discourse) -> Iterator[Exchange]:
    """Give the bargains that a sentence tells by "in exchange for" or "in return for"."""
    tokens = sentence.tokens
    for token in tokens:
        if token.lemma.lower() not in _HINGES or not token.index or tokens[token.index - 1].lemma.lower() != "in":
            continue
        opening = token.index - 1
        behind = _behind(sentence, token.index)
        if behind is None:
            continue
        given = _given(sentence, opening)
        if given is None:
            continue
        first, last, word = given
        back = _span_of(sentence, behind)
        giver = _giver(sentence, word, discourse)
        returner = _owner(sentence, behind, discourse)
        if giver and giver == returner:
            returner = ""
        terms = ((giver, _words(sentence, first, last)), (returner, _words(sentence, *back)))
        yield Exchange(terms, (first, back[1]), word)


def _behind(sentence: Sentence, hinge: int) -> int | None:
    """The word behind "for": a noun, or a verb in -ing."""
    for child in (*sentence.related(hinge, "prep"), *sentence.related(sentence.tokens[hinge].head, "prep")):
        if child > hinge and child - hinge <= 2 and sentence.tokens[child].lemma.lower() == "for":
            found = sentence.related(child, "pobj", "pcomp")
            return found[0] if found else None
    return None


def _given(sentence: Sentence, opening: int) -> tuple[int, int, int] | None:
    """The first and last place of what is given in front of "in exchange", and its verb or noun."""
    head = sentence.tokens[opening].head
    if head == opening or head > opening:
        return None
    verb = head
    if sentence.tokens[head].part_of_speech in {"VERB", "AUX"}:
        for place in range(opening - 1, head, -1):
            token = sentence.tokens[place]
            below = token.part_of_speech == "VERB" and head in sentence.ancestors(place)
            if below and token.relation in {"xcomp", "advcl", "ccomp", "pcomp", "acl"} and token.tag != "VBN":
                verb = place
                break
        return (verb, opening - 1, verb) if _says_what(sentence, verb) else None
    start = min(place for place in sentence.subtree(head) if place <= head and place > _clause_start(sentence, head))
    last = opening - 1
    above = sentence.tokens[head].head
    if sentence.tokens[head].relation in {"dobj", "xcomp"} and sentence.tokens[above].part_of_speech == "VERB":
        if _says_what(sentence, above):
            return above, last, above
    return start, last, head


def _says_what(sentence: Sentence, verb: int) -> bool:
    """A verb that only strikes the bargain does not say what is given."""
    return sentence.tokens[verb].lemma.lower() not in agreement_words().striking


def _clause_start(sentence: Sentence, noun: int) -> int:
    return max((p for p in range(noun) if sentence.tokens[p].part_of_speech == "VERB"), default=-1)


def _span_of(sentence: Sentence, head: int) -> tuple[int, int]:
    """The phrase of a noun or verb, without the clauses and coordinated sentences that hang on it."""
    found, stack = {head}, [head]
    while stack:
        current = stack.pop()
        for child in sentence.children[current]:
            relation = sentence.tokens[child].relation
            clause = relation in {"relcl", "advcl", "parataxis"} or (relation == "conj" and _is_clause(sentence, child))
            if not clause and relation != "punct" and child > head - 12:
                found.add(child)
                stack.append(child)
    return min(found), max(found)


def _is_clause(sentence: Sentence, place: int) -> bool:
    return sentence.tokens[place].part_of_speech in {"VERB", "AUX"} and bool(sentence.related(place, "nsubj", "aux"))


def _words(sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    while last > first and tokens[last].part_of_speech in {"PUNCT", "CCONJ"}:
        last -= 1
    while first < last and (tokens[first].tag in {"TO", "MD"} or tokens[first].part_of_speech == "PUNCT"):
        first += 1
    return sentence.passage[tokens[first].start : tokens[last].end]


def _giver(sentence: Sentence, word: int, discourse: Discourse) -> str:
    """Who gives: the owner of what is given, else the subject of its verb."""
    token = sentence.tokens[word]
    if token.part_of_speech not in {"VERB", "AUX"}:
        return _owner(sentence, word, discourse)
    act = verb_act(sentence, word)
    if token.lemma.lower() in agreement_words().curbing:
        for noun in act.objects:  # "to curb Iran's work": Iran gives, whoever else is the subject
            owner = _owner(sentence, noun, discourse)
            if owner:
                return owner
    found = resolved(sentence, act.subjects, discourse)
    return found[0] if len(found) == 1 else ""


def _owner(sentence: Sentence, noun: int, discourse: Discourse) -> str:
    """ "Iran's nuclear work", "the lifting of sanctions by Washington", "limits on its work": whose, where one's."""
    owners = (*sentence.related(noun, "poss"), *prepositional(sentence, noun, "by"), *sentence.related(noun, "nsubj"))
    if not owners:
        owners = tuple(
            o for deeper in prepositional(sentence, noun, "on", "of") for o in sentence.related(deeper, "poss")
        )
    found = resolved(sentence, owners, discourse)
    return found[0] if len(found) == 1 else ""
