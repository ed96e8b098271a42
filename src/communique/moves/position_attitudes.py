"""The words of a sentence that tell a stance: verbs, nouns and adjectives of one, and judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from communique.moves.position_reality import as_told, binding, is_negated, turned
from communique.moves.position_words import PositionWords, StanceVerb, position_words
from communique.moves.reach import below
from communique.reading.acts import coordinated, surface_subjects, verb_act
from communique.records import Sentence

_VERBAL = frozenset({"VERB", "AUX"})
_INTENDING = frozenset({"will", "would", "shall", "wo", "'ll"})
_ONLY_IF = StanceVerb("for", (), None, frozenset({"talks", "agreement", "proposal"}), True)
_FRAME = frozenset(
    {"ccomp", "parataxis", "nsubj", "nsubjpass", "mark", "advcl", "relcl", "conj", "punct", "cc", "expl"}
)
_NEGATIVES = frozenset({"not", "never", "no", "neither", "nor", "hardly", "without", "n't"})


@dataclass(frozen=True, slots=True)
class Attitude:
    """A stance as words of a sentence tell it; all numbers are tokens.

    `place` is the word that carries it, `subjects` who holds it (empty where it is whoever speaks), `objects` the heads
    of what it is on, `judgement` the words that judge. `verb` bounds the kinds of object, None where any will do.
    """

    place: int
    stance: str
    step: str
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    judgement: tuple[int, ...] = ()
    verb: StanceVerb | None = None


def attitudes(sentence: Sentence) -> Iterator[Attitude]:
    """Give the stances that a sentence tells, in text order of their words."""
    words = position_words()
    for token in sentence.tokens:
        readers: tuple[Callable[[Sentence, int, PositionWords], Iterable[Attitude]], ...]
        if token.part_of_speech in _VERBAL and token.relation not in {"aux", "auxpass"}:
            readers = (_by_verb, _by_calling, _by_judging_clause, _by_readiness, _by_adjective)
        elif token.part_of_speech in {"NOUN", "PROPN"}:
            readers = (_by_noun, _by_judging_noun)
        elif token.part_of_speech == "ADJ":
            readers = (_by_adjective,)
        elif token.part_of_speech == "ADP":
            readers = (_by_preposition,)
        else:
            continue
        for read in readers:
            yield from read(sentence, token.index, words)


def _by_verb(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "opposes the plan", "was welcomed by Egypt", "objected to", "is against": the verb's own stance."""
    lemma = sentence.tokens[place].lemma.lower()
    for verb in words.verbs.get(lemma, ()):
        told = as_told(sentence, place, verb.stance, refusable=verb.refusable)
        objects = _objects(sentence, place, verb)
        if told is None or not objects or not _has_particle(sentence, place, verb):
            continue
        act = verb_act(sentence, place)
        judgement = tuple(p for head in _as_what(sentence, place, objects) for p in sentence.subtree(head))
        yield Attitude(place, *told, act.subjects, objects, judgement, verb)
        return


def _objects(sentence: Sentence, place: int, verb: StanceVerb) -> tuple[int, ...]:
    if not verb.prepositions:
        act = verb_act(sentence, place)
        clauses = [clause for form, clause in act.complements if form == "ing" and clause > place]
        return tuple(dict.fromkeys(each for o in act.objects for each in _joined(sentence, o))) or tuple(clauses)
    found: list[int] = []
    for preposition in verb.prepositions:
        found.extend(_hanging(sentence, place, preposition))
    return tuple(dict.fromkeys(found))


def _hanging(sentence: Sentence, place: int, preposition: str) -> list[int]:
    """Give what hangs on a word by a preposition, "in favour of" too: nouns with those joined to them, and clauses."""
    first, *rest = preposition.split(" ")
    heads = [
        child
        for child in sentence.related(place, "prep", "prt", "advmod", "agent")
        if sentence.tokens[child].lemma == first
    ]
    if rest:
        noun, last = rest
        inner = [n for head in heads for n in sentence.related(head, "pobj") if sentence.tokens[n].lemma == noun]
        heads = [child for n in inner for child in sentence.related(n, "prep") if sentence.tokens[child].lemma == last]
    nouns = [each for head in heads for n in sentence.related(head, "pobj") for each in _joined(sentence, n)]
    return nouns + [clause for head in heads for clause in sentence.related(head, "pcomp")]


def _joined(sentence: Sentence, head: int) -> list[int]:
    """Give a noun and those joined to it, but for those shut out: "an African force, but not a foreign one"."""
    return [
        each
        for each in coordinated(sentence, head)
        if each == head or not any(sentence.tokens[child].lemma.lower() == "not" for child in sentence.subtree(each))
    ]


def _has_particle(sentence: Sentence, place: int, verb: StanceVerb) -> bool:
    particles = {sentence.tokens[child].lemma for child in sentence.related(place, "prt")}
    if verb.particle is not None:
        return verb.particle in particles
    return bool(verb.prepositions) or not particles & {"down", "off", "away", "up"}


def _by_preposition(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "is against the plan", "is in favour of talks"."""
    token = sentence.tokens[place]
    above = sentence.tokens[token.head]
    if token.relation != "prep" or above.lemma != "be" or token.lemma not in {"against", "in"}:
        return
    if token.lemma == "against":
        found, stance = _hanging(sentence, above.index, "against"), "against"
    else:
        phrases = ("in favour of", "in favor of", "in support of")
        found, stance = [o for phrase in phrases for o in _hanging(sentence, above.index, phrase)], "for"
    told = as_told(sentence, above.index, stance, refusable=True)
    if found and told:
        yield Attitude(place, *told, surface_subjects(sentence, above.index), tuple(found))


def _by_calling(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "called the deal a disaster", "described the talks as useful"."""
    if not words.holds("calling", sentence.tokens[place].lemma.lower()):
        return
    told = as_told(sentence, place, "for", refusable=False)
    act = verb_act(sentence, place)
    objects, judgement = _called(sentence, place)
    if act.passive:
        objects = [o for o in act.objects if o not in judgement]
    stance = judge(sentence, judgement, words)
    if told and objects and stance:
        yield Attitude(place, stance, "hold", act.subjects, tuple(objects[:1]), judgement)


def _called(sentence: Sentence, verb: int) -> tuple[list[int], tuple[int, ...]]:
    """Give what is called something, and the words that it is called."""
    objects, *others = [[o] for o in sentence.related(verb, "dobj") if o > verb] or [[]]
    if not objects:  # "called the proposal [a ploy]": the parser takes what is called for the name it is given
        objects = [o for o in sentence.related(verb, "oprd") if sentence.related(o, "appos")]
        inside = {p for o in objects for other in sentence.related(o, "appos") for p in sentence.subtree(other)}
        return objects, tuple(sorted(inside))
    heads = _as_what(sentence, verb, objects)
    heads += [*sentence.related(verb, "oprd"), *(o for other in others for o in other)]
    heads += [o for named in objects for o in sentence.related(named, "appos")]  # "called Nasser a dictator"
    for clause in sentence.related(verb, "ccomp", "xcomp"):
        named = sentence.related(clause, "nsubj")
        if named and not sentence.related(clause, "aux", "mark") and not objects:  # "called [the accord historic]"
            objects = list(named)
            inside = set(sentence.subtree(named[0]))
            return objects, tuple(p for p in below(sentence, clause) if p not in inside)
        if objects and sentence.tokens[clause].part_of_speech in {"ADJ", "NOUN"}:
            heads.append(clause)
    return objects, tuple(sorted({p for head in heads for p in sentence.subtree(head)}))


def _as_what(sentence: Sentence, verb: int, objects: Iterable[int]) -> list[int]:
    return [
        child
        for head in (verb, *objects)
        for child in sentence.related(head, "prep", "advcl")
        if sentence.tokens[child].lemma == "as" and child > verb
    ]


def judge(sentence: Sentence, places: Iterable[int], words: PositionWords) -> str | None:
    """Give for or against where words praise or damn, None where they do neither.

    Where they do both the last counts, as in "a historic mistake", but words joined by "but" judge nothing.
    """
    ordered = sorted(places)
    lemmas = [sentence.tokens[place].lemma.lower() for place in ordered]
    texts = [sentence.tokens[place].text.lower() for place in ordered]
    found: list[tuple[int, str]] = []
    for stance, phrases in (("for", words.praising), ("against", words.damning)):
        for phrase in phrases:
            size = len(phrase)
            for at in range(len(lemmas) - size + 1):
                if tuple(lemmas[at : at + size]) == phrase or tuple(texts[at : at + size]) == phrase:
                    found.append((at, turned(stance) if _NEGATIVES & set(texts[:at]) else stance))
    if not found or (len({stance for _, stance in found}) > 1 and "but" in texts):
        return None
    at, stance = max(found)
    return None if stance == "for" and _describes_unknown(sentence, ordered[at], words) else stance


def _describes_unknown(sentence: Sentence, place: int, words: PositionWords) -> bool:
    """ "A great injustice": an adjective of praise before a noun of which nothing is known praises nothing."""
    token = sentence.tokens[place]
    noun = sentence.tokens[token.head].lemma.lower()
    return token.relation == "amod" and not words.holds("plain_nouns", noun) and (noun,) not in words.praising


def _by_judging_clause(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "said that the plan was a mistake": whoever speaks judges; without a speaker it is the reporter."""
    token = sentence.tokens[place]
    if not words.holds("joining", token.lemma.lower()):
        return
    objects = sentence.related(place, "nsubj")
    heads = sentence.related(place, "attr", "acomp", "dobj", "oprd") + tuple(
        child for child in sentence.related(place, "prep") if sentence.tokens[child].lemma in {"out", "off"}
    )
    judgement = tuple(sorted({p for head in heads for p in below(sentence, head)}))
    stance = judge(sentence, judgement, words)
    auxiliaries = {sentence.tokens[aux].lemma.lower() for aux in sentence.related(place, "aux")}
    marks = {sentence.tokens[mark].lemma.lower() for mark in sentence.related(place, "mark")}
    if (
        stance is None
        or not objects
        or auxiliaries & {"may", "might", "could", "should", "can", "must"}
        or marks & {"if", "whether"}
    ):
        return
    if sentence.tokens[-1].text == "?" or token.relation in {"advcl", "relcl", "acl", "xcomp"}:
        return
    if is_negated(sentence, place):
        stance = turned(stance)
    yield Attitude(place, stance, "hold", (), tuple(objects), judgement)


def _by_readiness(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "is ready to hold talks", "will not sign the treaty", "refuses to negotiate": on what the verb looks through to."""
    token = sentence.tokens[place]
    lemma = token.lemma.lower()
    if lemma not in words.looking_through[1] | {"negotiate", "talk"} or sentence.tokens[-1].text == "?":
        return
    above = sentence.tokens[token.head].lemma.lower() if token.relation in {"xcomp", "acomp"} else ""
    auxiliaries = {sentence.tokens[aux].lemma.lower() for aux in sentence.related(place, "aux")}
    governed = words.holds("willing", above) or words.holds("unwilling", above)
    only_if = not governed and not is_negated(sentence, place)
    if not governed and not auxiliaries & _INTENDING:
        return
    if only_if and not binding(sentence, place, ()):
        return
    told = as_told(sentence, token.head if governed else place, "for", refusable=True)
    if told is None:
        return
    stance = turned(told[0]) if words.holds("unwilling", above) else told[0]
    # "If they attack, we will impose sanctions" is a threat and no stance.
    yield Attitude(
        place, stance, "hold", surface_subjects(sentence, place), (place,), verb=_ONLY_IF if only_if else None
    )


def _by_noun(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "voiced support for", "dropped its opposition to", "are supporters of": the noun's stance, by what its verb does."""
    token = sentence.tokens[place]
    found = words.nouns.get(token.lemma.lower())
    if found is None:
        return
    stance, prepositions = found
    objects = [o for preposition in prepositions for o in _hanging(sentence, place, preposition)]
    above = sentence.tokens[token.head]
    verb = above.lemma.lower()
    if not objects or above.part_of_speech not in _VERBAL:
        return
    holds = words.holds("stating", verb) or (token.relation == "attr" and verb in {"be", "remain"})
    gives_up = token.relation == "dobj" and words.holds("giving_up", verb)
    told = as_told(sentence, above.index, stance, refusable=False) if holds or gives_up else None
    if told is None:
        return
    subjects = verb_act(sentence, above.index).subjects
    if gives_up:
        yield Attitude(place, turned(stance), "change", subjects, tuple(objects))
    elif token.relation in {"dobj", "attr", "nsubjpass"}:
        yield Attitude(place, *told, subjects, tuple(objects))


def _by_judging_noun(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "stressed the importance of talks", "vocal about the futility of negotiations"."""
    token = sentence.tokens[place]
    stance = words.judging.get(token.lemma.lower())
    if stance is None:
        return
    objects = [o for word in ("of", "for", "in") for o in _hanging(sentence, place, word)]
    above = sentence.tokens[token.head]
    subjects: tuple[int, ...] = ()
    if token.relation == "dobj" and words.holds("stating", above.lemma.lower()):
        if as_told(sentence, above.index, stance, refusable=False):
            subjects = surface_subjects(sentence, above.index)
    elif token.relation == "pobj":
        carrier = sentence.tokens[above.head]
        if words.holds("vocal", carrier.lemma.lower()) and as_told(sentence, carrier.head, stance, refusable=False):
            subjects = surface_subjects(sentence, carrier.head)
        elif carrier.lemma.lower() in {"warn", "speak", "insist"} and as_told(
            sentence, carrier.index, stance, refusable=False
        ):
            subjects = surface_subjects(sentence, carrier.index)
    if subjects and objects:
        yield Attitude(place, stance, "hold", subjects, tuple(objects))


def _by_adjective(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "is opposed to", "remains sceptical of", "is open to"."""
    token = sentence.tokens[place]
    found = words.adjectives.get(token.lemma.lower()) or words.adjectives.get(token.text.lower())
    if found is None:
        return
    stance, prepositions = found
    objects = [o for preposition in prepositions for o in _hanging(sentence, place, preposition)]
    if not objects:
        return
    if token.part_of_speech == "ADJ" and token.relation == "acomp":
        verb = token.head
    elif token.part_of_speech in _VERBAL and (sentence.related(place, "auxpass") or token.tag == "VBN"):
        verb = place
    else:
        return
    told = as_told(sentence, verb, stance, refusable=True)
    if told:
        yield Attitude(place, *told, surface_subjects(sentence, verb), tuple(objects))


def range_of_attitude(sentence: Sentence, attitude: Attitude) -> tuple[int, ...]:
    """Give the places from the verb group that tells a stance to the end of what it is on and how it is judged."""
    carrier = attitude.place
    above = sentence.tokens[carrier].head
    places = {carrier, *attitude.judgement}
    if sentence.tokens[carrier].part_of_speech not in _VERBAL and sentence.tokens[above].part_of_speech in _VERBAL:
        places.add(above)
        carrier = above
    for child in sentence.related(carrier, "aux", "auxpass", "neg", "prt", "advmod"):
        if abs(child - carrier) <= 4 and not _holds_clause(sentence, child):
            places.update(sentence.subtree(child))
    for noun in attitude.objects:
        places.update(_without_frame(sentence, noun))
    return tuple(range(min(places), max(places) + 1))


def _holds_clause(sentence: Sentence, place: int) -> bool:
    """ "As long as the war goes on": an adverb that only opens a clause."""
    return any(sentence.tokens[below].relation == "advcl" for below in sentence.subtree(place))


def _without_frame(sentence: Sentence, head: int) -> list[int]:
    """Give the words of an object, what explains it left out; of a clause without its subject and what it hangs on."""
    if sentence.tokens[head].part_of_speech not in _VERBAL:
        inside = below(sentence, head)
        beside = [place for place in inside if place != head and sentence.tokens[place].relation == "appos"]
        explaining = {place for other in beside for place in sentence.subtree(other)}
        return [place for place in inside if place not in explaining]
    found = [head]
    for child in sentence.children[head]:
        opens = sentence.tokens[child].relation == "advmod" and _holds_clause(sentence, child)
        if sentence.tokens[child].relation not in _FRAME and not opens:
            found.extend(below(sentence, child))
    return found
