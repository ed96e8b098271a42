"""Where talks are, in which form, about what and on which condition: from the words around them."""

from __future__ import annotations

from communique.coding.attribution import condition_of
from communique.moves.questions import question_in, questions_in
from communique.moves.reach import below, reach_of
from communique.moves.talk_sides import Sides
from communique.moves.talk_words import words
from communique.reading.acts import prepositional

_HOST_PREPOSITIONS = frozenset({"in", "at", "to"})
# What these open is no matter of the talks: "talks since the war began", "under the pressure of sanctions".
_NOT_THE_MATTER = frozenset(
    {
        "since",
        "under",
        "despite",
        "amid",
        "after",
        "before",
        "during",
        "until",
        "as",
        "by",
        "without",
        "at",
        "in",
        "near",
        "along",
        "outside",
        "from",
    }
)

CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


def place(sides: Sides) -> str | None:
    """Give the place as the report has it: "Geneva", by "in", "at" or, of visits, "to"."""
    heads = [*sides.word.nouns, *(place for place in sides.outcome.path if sides.is_verb(place))]
    if sides.outcome.maker is not None:
        heads.append(sides.outcome.maker)
    heads += [
        noun for head in tuple(heads) for noun in (
            *sides.sentence.related(head, "dobj"), *prepositional(sides.sentence, head, "with", "at", "in")
        ) if noun not in heads
    ]  # fmt: skip
    for place in sides.word.nouns:
        for child in sides.sentence.related(place, "compound", "nmod"):
            match = sides.slots.covering.get(child)
            if match is not None and match.kinds <= {"place", "capital", "seat"} and match.kinds & {"place"}:
                return _place_name(sides, child)
    for head in dict.fromkeys(heads):
        for preposition in sides.sentence.related(head, "prep"):
            lemma = sides.sentence.tokens[preposition].lemma.lower()
            if lemma not in _HOST_PREPOSITIONS or (lemma == "to" and sides.word.kind != "visits"):
                continue
            for noun in sides.sentence.related(preposition, "pobj"):
                name = _place_name(sides, noun)
                if name:
                    return name
    if sides.word.verb and sides.sentence.tokens[sides.word.place].lemma.lower() == "visit":
        return next((n for t in sides.sentence.related(sides.word.place, "dobj") if (n := _place_name(sides, t))), None)
    return None


def _place_name(sides: Sides, noun: int) -> str | None:
    match = sides.slots.covering.get(noun)
    tokens = sides.sentence.tokens
    if match is not None:
        if match.kinds & {"state", "capital", "place", "seat"}:
            return sides.sentence.passage[tokens[match.first].start : tokens[match.last].end]
        return None
    token = tokens[noun]
    if token.part_of_speech != "PROPN" or not token.text[0].isupper() or token.lemma.lower() in CALENDAR:
        return None
    first = min([noun, *(p for p in sides.sentence.related(noun, "compound") if tokens[p].part_of_speech == "PROPN")])
    return sides.sentence.passage[tokens[first].start : token.end]


def form(sides: Sides, mediated: bool) -> str | None:
    """Give direct, indirect, mediated or multilateral where the words say so."""
    near: set[int] = set()
    for place in (*sides.word.nouns, *sides.outcome.path):
        near.add(place)
        for child in sides.sentence.related(place, "amod", "advmod", "compound", "nummod", "prep", "nmod"):
            near.update(below(sides.sentence, child))
    said = reach_of(sides.sentence, sorted(near))
    if said.holds(*words("indirect")):
        return "mediated" if mediated else "indirect"
    if mediated:
        return "mediated"
    for form in ("direct", "multilateral"):
        if said.holds(*words(form)):
            return form
    return None


def question(sides: Sides) -> str | None:
    """Give the question: from the words of the talks, else (not of a single meeting) from the sentence."""
    own: set[int] = set()
    for place in (*sides.word.nouns, *sides.outcome.path):
        own.update(_matter(sides, place))
    found = question_in(reach_of(sides.sentence, sorted(own)))
    if found is None and sides.word.kind != "talks":
        return "general"
    return found


def question_of_sentence(sides: Sides) -> tuple[str, ...]:
    """Give the questions that the sentence names, but for what only tells when or under which pressure."""
    root = next(token.index for token in sides.sentence.tokens if token.head == token.index)
    return questions_in(reach_of(sides.sentence, sorted(_matter(sides, root, clauses=True))))


def _matter(sides: Sides, head: int, *, clauses: bool = False) -> list[int]:
    """Give the words below one, without what only tells when, under which pressure or on whose word."""
    found, stack = [], [head]
    while stack:
        current = stack.pop()
        found.append(current)
        for child in sides.sentence.children[current]:
            token = sides.sentence.tokens[child]
            other = token.relation in {"relcl", "parataxis", "punct"} or (
                token.relation in {"advcl", "ccomp"} and not clauses and token.tag != "VB"
            )
            if token.relation == "advcl" and any(
                sides.sentence.tokens[mark].tag != "TO" for mark in sides.sentence.related(child, "mark", "advmod")
            ):
                other = True
            if not other and not (token.relation in {"prep", "agent"} and token.lemma.lower() in _NOT_THE_MATTER):
                stack.append(child)
    return found


def condition(sides: Sides) -> str | None:
    """Give what binds the step: a clause of "unless", "as long as", or "under pressure", "before a withdrawal"."""
    for place in dict.fromkeys((sides.outcome.place, *sides.word.nouns)):
        found = condition_of(sides.sentence, place)
        if found:
            return found.strip(" ,;.")
    for place in dict.fromkeys((*sides.word.nouns, *sides.outcome.path)):
        for child in sides.sentence.related(place, "prep", "advcl"):
            found = _binding(sides, child)
            if found:
                return found
    return None


def _binding(sides: Sides, child: int) -> str | None:
    tokens = sides.sentence.tokens
    mark = tokens[child]
    clause = mark.part_of_speech in {"VERB", "AUX"}
    if clause:
        marks = sides.sentence.related(child, "mark", "advmod")
        if not any(tokens[place].lemma.lower() in {"before", "while", "until"} for place in marks):
            return None
    else:
        held = reach_of(sides.sentence, sides.sentence.subtree(child))
        if mark.lemma.lower() not in words("binding") or not held.holds(*words("binding_nouns")):
            return None
    span = sides.sentence.subtree(child)
    return sides.sentence.passage[tokens[span[0]].start : tokens[span[-1]].end].strip(" ,;.")
