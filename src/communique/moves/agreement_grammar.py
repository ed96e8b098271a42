"""How an agreement stands in its sentence: the word that makes a step of it, and what the words above make of that.

Pure functions of a parsed sentence; whom a word means is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.moves.agreement_words import Form, agreement_words
from communique.moves.reach import Reach, below, reach_of
from communique.reading.acts import prepositional, surface_subjects
from communique.records import Sentence

_OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "oprd", "dative"})
_CLAUSES = frozenset({"xcomp", "ccomp", "acl", "pcomp", "advcl", "prep", "conj", "csubj", "relcl", "acomp", "attr"})
_LONGEST_CHAIN = 8


@dataclass(frozen=True, slots=True)
class Hold:
    """A word that an agreement hangs on. `place` is how: object, subject, poss, compound or prepositions ("out of").

    `part` is true where only the agreement's terms hang there.
    """

    word: int
    place: str
    part: bool


@dataclass(frozen=True, slots=True)
class StepWord:
    """A word that makes a step of an agreement."""

    step: str
    word: int
    hold: Hold


def head_of(sentence: Sentence, places: tuple[int, ...]) -> int:
    """Give the word of a name that the rest of it hangs on: the one governed from outside."""
    inside = set(places)
    outer = [place for place in places if sentence.tokens[place].head not in inside]
    names = [place for place in outer if sentence.tokens[place].part_of_speech in {"NOUN", "PROPN"}]
    return (names or outer or [places[-1]])[0]


def holds(sentence: Sentence, place: int) -> Iterator[Hold]:
    """Give the words that an agreement hangs on, from the nearest up, and those of clauses that hang on it."""
    yield from _downward(sentence, place)
    current, part, words = place, False, agreement_words()
    for _ in range(_LONGEST_CHAIN):
        token = sentence.tokens[current]
        above, how = _above(sentence, current)
        if how is None or above == current:
            return
        if how == "same":
            current = above
            continue
        yield Hold(above, how, part)
        governor = sentence.tokens[above]
        lemma = governor.lemma.lower()
        if lemma in words.parts or (lemma in words.measures and how == "of"):
            part = part or lemma in words.parts
            yield from _downward(sentence, above, part=part)
            current = above
        elif governor.relation in {"acl", "relcl"} and lemma in words.imposing and how != "object":
            noun = governor.head
            if sentence.tokens[noun].lemma.lower() not in words.parts:
                return
            part, current = True, noun
        else:
            return
        if token.relation == "ROOT":
            return


def _above(sentence: Sentence, place: int) -> tuple[int, str | None]:
    """Give the governor of a word and how the word stands to it; "same" for a word that only stands beside it."""
    token = sentence.tokens[place]
    relation = token.relation
    if relation in _OBJECTS:
        return token.head, "object"
    if relation in {"nsubj", "csubj"}:
        return token.head, "subject"
    if relation in {"poss", "compound", "nmod", "amod"}:
        return token.head, "poss" if relation == "poss" else "compound"
    if relation in {"conj", "appos"}:
        return token.head, "same"
    if relation in {"pobj", "pcomp"}:
        chain: list[str] = []
        current = token.head
        while sentence.tokens[current].relation in {"prep", "agent", "prt", "advmod", "dative"} and len(chain) < 3:
            chain.insert(0, sentence.tokens[current].lemma.lower())
            current = sentence.tokens[current].head
            if sentence.tokens[current].part_of_speech not in {"ADP", "ADV", "SCONJ"}:
                break
        return (current, " ".join(chain)) if chain else (current, None)
    if relation == "attr":
        return token.head, "subject"
    return place, None


def _downward(sentence: Sentence, place: int, *, part: bool = False) -> Iterator[Hold]:
    """The clauses that hang on the agreement: "the pact signed in 1999", "the deal, which lapsed in May"."""
    for child in sentence.related(place, "acl", "relcl"):
        token = sentence.tokens[child]
        if token.part_of_speech not in {"VERB", "AUX"}:
            continue
        if token.relation == "acl":
            if token.tag == "VBN":
                yield Hold(child, "object", part)
            elif token.tag == "VBG":
                yield Hold(child, "subject", part)
            continue
        if _follows_a_step(sentence, place):
            continue  # "the withdrawal from the pact, which took effect in June": the withdrawal did
        passive = sentence.related(child, "nsubjpass")
        own = sentence.related(child, "nsubj")
        if passive:
            yield Hold(child, "object", part)
        elif own and sentence.tokens[own[0]].lemma.lower() in {"which", "that", "who"}:
            yield Hold(child, "subject", part)
        elif own:
            yield Hold(child, _stranded(sentence, child), part)


def _follows_a_step(sentence: Sentence, place: int) -> bool:
    above, how = _above(sentence, place)
    token = sentence.tokens[above]
    forms = agreement_words().forms.get(token.lemma.lower(), ())
    return how is not None and token.part_of_speech == "NOUN" and any(how in form.places for form in forms)


def _stranded(sentence: Sentence, verb: int) -> str:
    """ "the pact it pulled out of", "the deal from which it withdrew"."""
    for child in sentence.related(verb, "prep"):
        nouns = sentence.related(child, "pobj")
        if not nouns or sentence.tokens[nouns[0]].lemma.lower() in {"which", "that"}:
            return sentence.tokens[child].lemma.lower()
    return "object"


def step_word(sentence: Sentence, place: int, kind: str) -> Iterator[StepWord]:
    """Give the words that make a step of the agreement at `place`, which is on a matter of `kind`."""
    forms = agreement_words().forms
    for hold in holds(sentence, place):
        token = sentence.tokens[hold.word]
        own = None
        for form in forms.get(token.lemma.lower(), ()):
            if _place_fits(form, hold, sentence) and _part_fits(form, hold) and (not form.kinds or kind in form.kinds):
                if form.step == "collapse" and hold.place == "subject" and _ends_something(sentence, hold.word):
                    continue  # "the ceasefire that ended their war"
                own = own or reach_of(sentence, sorted(below(sentence, _verb_over(sentence, hold.word))))
                if not form.phrases or _phrase_below(own, form):
                    yield StepWord(form.step, hold.word, hold)
                    break


def _ends_something(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb of ending has an object; "collapsed on Friday morning" has none, whatever the parser says."""
    return any(
        sentence.tokens[thing].lemma.lower() not in agreement_words().times for thing in sentence.related(verb, "dobj")
    )


def _verb_over(sentence: Sentence, word: int) -> int:
    """ "No longer considered itself bound": what is said of the participle stands below the verb above it."""
    token = sentence.tokens[word]
    small_clause = token.tag == "VBN" and token.relation in {"oprd", "ccomp", "xcomp", "acomp"}
    return token.head if small_clause and token.lemma.lower() in agreement_words().binding else word


def _place_fits(form: Form, hold: Hold, sentence: Sentence) -> bool:
    return hold.place in form.places


def _part_fits(form: Form, hold: Hold) -> bool:
    return form.part == "yes" or (form.part == "only") == hold.part


def _phrase_below(reach: Reach, form: Form) -> bool:
    """The words of a phrase stand in its order, with others between: "put the deal on hold" has "put on hold"."""
    words = reach.words.split()
    for phrase in form.phrases:
        place = 0
        for wanted in phrase.split():
            if wanted not in words[place:]:
                break
            place = words.index(wanted, place) + 1
        else:
            return True
    return False


def operators_above(sentence: Sentence, word: int) -> list[tuple[str, int]]:
    """Give (operator, place) for the words above a step, nearest first: tried to, threatened, ruled out …

    "has failed" behind the noun of an attempt is its operator too.
    """
    words = agreement_words()
    found: list[tuple[str, int]] = []
    current = word
    for _ in range(_LONGEST_CHAIN):
        token = sentence.tokens[current]
        if token.relation == "ROOT" or token.head == current:
            break
        above = _governor(sentence, current, first=current == word)
        if above is None:
            break
        lemma = sentence.tokens[above].lemma.lower()
        operator = words.operators.get(lemma)
        if any(sentence.tokens[child].lemma.lower() == "no" for child in sentence.related(above, "det")):
            operator = "refuse"  # "has no plan to leave"
        below_it = words.operators.get(token.lemma.lower())
        planned_or_done = below_it == "plan" or (current == word and token.relation == "dobj")
        if planned_or_done and token.part_of_speech == "NOUN" and lemma in words.dropping:
            operator = "refuse"  # "withdrew its notice of leaving", "revoked its ratification"
        if operator == "call" and lemma == "tell" and not is_infinitive(sentence, current):
            operator = None  # "told reporters that it had accepted"
        if operator == "threaten" and current == word and sentence.related(word, "nsubj", "nsubjpass"):
            operator = "accuse"  # "warned that Britain was breaking it" threatens nothing
        if _came_to_nothing(sentence, current, above):
            found.append(("fail", above))
        elif operator is not None and not (operator == "suppose" and sentence.tokens[above].part_of_speech == "AUX"):
            found.append((operator, above))
        current = above
    return found


def _governor(sentence: Sentence, place: int, *, first: bool) -> int | None:
    """The word above, where it bears on the step: what governs its clause, or the verb that its noun belongs to."""
    token = sentence.tokens[place]
    noun = token.part_of_speech in {"NOUN", "PROPN", "PRON", "NUM", "DET"} or token.lemma.lower() == "other"
    relation = token.relation
    if any(near.text == ";" for near in sentence.tokens[place + 1 : token.head]):
        return None  # "Rome accepted it; Paris rejected it": the second does not govern the first, however it is parsed
    if relation == "conj":
        return _governor_of_first(sentence, place)
    if not noun and (
        relation in _CLAUSES - {"relcl", "conj"} or (relation == "relcl" and is_infinitive(sentence, place))
    ):
        if relation in {"advcl", "acl"} and first and not is_infinitive(sentence, place):
            return None  # a clause beside, not below: "the deal signed in May", "leaving it"
        return token.head
    if noun and relation in {"dobj", "nsubj", "nsubjpass", "attr", "pobj", "oprd"}:
        return token.head
    if token.part_of_speech in {"ADP", "ADV", "ADJ", "SCONJ", "PART"} and relation in {
        "prep",
        "agent",
        "acomp",
        "advmod",
    }:
        return token.head
    return None


def is_infinitive(sentence: Sentence, place: int) -> bool:
    """Tell whether a verb stands behind "to"."""
    return any(sentence.tokens[child].tag == "TO" for child in sentence.related(place, "aux"))


def _governor_of_first(sentence: Sentence, place: int) -> int | None:
    """A coordinated word stands under what its first one stands under."""
    current = place
    while sentence.tokens[current].relation == "conj" and sentence.tokens[current].head != current:
        current = sentence.tokens[current].head
    if sentence.related(place, "nsubj", "nsubjpass"):
        return None
    return _governor(sentence, current, first=False)


def _came_to_nothing(sentence: Sentence, noun: int, above: int) -> bool:
    """ "efforts … have been unsuccessful", "attempts … failed", "abandoned the effort": an attempt without result."""
    words = agreement_words()
    if words.operators.get(sentence.tokens[noun].lemma.lower()) != "try":
        return False
    if sentence.tokens[noun].part_of_speech not in {"NOUN", "PROPN"}:
        return False
    own = [above, *sentence.related(above, "acomp", "attr", "advmod", "prt", "oprd")]
    own += [noun for child in sentence.related(above, "prep") for noun in sentence.related(child, "pobj")]
    return any(sentence.tokens[place].lemma.lower() in words.failing for place in own)


def subjects_of(sentence: Sentence, word: int) -> tuple[int, ...]:
    """Give the words that make a step whose word is a noun: its owner, "by" or "of" behind it, or a carrying verb's."""
    token = sentence.tokens[word]
    owners = sentence.related(word, "poss") or prepositional(sentence, word, "by")
    if owners:
        return owners
    nations = sentence.related(word, "compound", "amod", "nmod")
    behind = tuple(n for n in prepositional(sentence, word, "of"))
    if token.relation in {"dobj", "pobj", "attr", "nsubjpass"}:
        above = token.head
        while sentence.tokens[above].part_of_speech == "ADP" and sentence.tokens[above].head != above:
            above = sentence.tokens[above].head
        if sentence.tokens[above].lemma.lower() in agreement_words().carrying:
            return (*nations, *behind, *surface_subjects(sentence, above))
    return (*nations, *behind)
