"""Which words of a sentence tell a stance, so that they can be given as they stand."""

from __future__ import annotations

from communique.moves.position_attitude import Attitude
from communique.moves.reach import below
from communique.records import Sentence

_VERBAL = frozenset({"VERB", "AUX"})
_FRAME = frozenset(
    {"ccomp", "parataxis", "nsubj", "nsubjpass", "mark", "advcl", "relcl", "conj", "punct", "cc", "expl"}
)
_AT_MOST_FAR = 5
_LONG = 8


def range_of_attitude(sentence: Sentence, attitude: Attitude, condition: str | None) -> tuple[int, ...]:
    """Give the places from the verb group that tells a stance to the end of what it is on and how it is judged.

    What binds the stance belongs to it where it stands behind.
    """
    carrier = attitude.place
    above = sentence.tokens[carrier].head
    places = {carrier, *attitude.judgement}
    if sentence.tokens[carrier].part_of_speech not in _VERBAL and sentence.tokens[above].part_of_speech in _VERBAL:
        places.add(above)
        carrier = above
    governor = _governor(sentence, carrier)
    if governor is not None:
        places.add(governor)
    for head in (carrier, governor):
        if head is not None:
            for child in sentence.related(head, "aux", "auxpass", "neg", "prt", "advmod", "expl"):
                apart = any(token.text == "," for token in sentence.tokens[min(child, head) : max(child, head)])
                if abs(child - head) <= 4 and not apart and not _holds_clause(sentence, child):
                    places.update(sentence.subtree(child))
    agents = [place for child in sentence.related(carrier, "agent") for place in _agent(sentence, child)]
    places.update(agents)
    for noun in attitude.objects:
        inside = _without_frame(sentence, noun)
        second = sentence.tokens[carrier].relation == "conj"
        if agents and max(inside) < carrier and (second or carrier - min(inside) > _LONG):
            continue  # "Trump's offer to mediate in the matter was rejected by India": the verb and who
        places.update(inside)
    places.update(_bound(sentence, condition, max(places)))
    return tuple(range(min(places), max(places) + 1))


def _governor(sentence: Sentence, verb: int) -> int | None:
    """ "wants to hold talks", "undertook to support": the verb above that makes it a stance."""
    token = sentence.tokens[verb]
    above = sentence.tokens[token.head]
    if above.part_of_speech == "ADJ" and above.relation == "acomp":  # "was ready to hold talks"
        above = sentence.tokens[above.head]
    near = 0 < verb - above.index <= _AT_MOST_FAR
    return above.index if token.relation in {"xcomp", "acomp"} and near and above.part_of_speech in _VERBAL else None


def _agent(sentence: Sentence, by: int) -> list[int]:
    return [by, *(place for noun in sentence.related(by, "pobj") for place in below(sentence, noun))]


def _bound(sentence: Sentence, condition: str | None, last: int) -> list[int]:
    """Give the places of a condition, which is nothing where it stands in front or another clause stands between."""
    if condition is None:
        return []
    start = sentence.passage.find(condition, sentence.start, sentence.end)
    inside = [token.index for token in sentence.tokens if start <= token.start < start + len(condition)]
    return inside if inside and last - len(inside) <= inside[0] <= last + _AT_MOST_FAR else []


def _holds_clause(sentence: Sentence, place: int) -> bool:
    """ "As long as the war goes on": an adverb that only opens a clause."""
    return any(sentence.tokens[below].relation == "advcl" for below in sentence.subtree(place))


def _without_frame(sentence: Sentence, head: int) -> list[int]:
    """Give the words of an object, what explains it left out; of a clause without its subject and what it hangs on."""
    if sentence.tokens[head].part_of_speech not in _VERBAL:
        inside = below(sentence, head)
        beside = [place for place in inside if place != head and _goes_on(sentence, place)]
        explaining = {place for other in beside for place in sentence.subtree(other)}
        return [place for place in inside if place not in explaining]
    found = [head]
    for child in sentence.children[head]:
        opens = sentence.tokens[child].relation == "advmod" and _holds_clause(sentence, child)
        if sentence.tokens[child].relation not in _FRAME and not opens:
            found.extend(below(sentence, child))
    return found


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Tell whether a word explains what stands before, or begins another deed: "and to set up a council"."""
    token = sentence.tokens[place]
    if token.relation == "cc":
        others = sentence.related(token.head, "conj")
        return bool(others) and all(sentence.tokens[other].part_of_speech in _VERBAL for other in others)
    return token.relation == "appos" or (token.relation == "conj" and token.part_of_speech in _VERBAL)
