"""The words of a sentence that tell a stance: verbs, nouns and adjectives of one, and judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from communique.moves.position_attitude import MATTERS, ON_MATTERS, Attitude, hanging, is_none, joined
from communique.moves.position_demands import by_demand, by_exclusion, by_modal
from communique.moves.position_nouns import by_adjective, by_document, by_judging_noun, by_noun
from communique.moves.position_reality import as_told, binding, is_negated, turned
from communique.moves.position_words import PositionWords, StanceVerb, position_words
from communique.moves.reach import below
from communique.reading.acts import prepositional, surface_subjects, verb_act
from communique.records import Sentence

_VERBAL = frozenset({"VERB", "AUX"})
_INTENDING = frozenset({"will", "would", "shall", "wo", "'ll"})
_ONLY_IF = StanceVerb("for", (), None, frozenset({"talks", "agreement", "proposal"}), True)
_JUDGED_BY_EFFECT = StanceVerb("for", (), None, MATTERS - {"sanctions"}, True)
_TIMES = frozenset({"day", "moment", "hour", "time", "evening", "night", "morning", "week", "year"})
_NEGATIVES = frozenset({"not", "never", "no", "neither", "nor", "hardly", "without", "n't"})


def attitudes(sentence: Sentence) -> Iterator[Attitude]:
    """Give the stances that a sentence tells, in text order of their words."""
    words = position_words()
    for token in sentence.tokens:
        readers: tuple[Callable[[Sentence, int, PositionWords], Iterable[Attitude]], ...]
        if token.part_of_speech in _VERBAL and token.relation not in {"aux", "auxpass"}:
            readers = (
                _by_verb, _by_calling, _by_judging_clause, _by_harm, _by_readiness, by_adjective,
                by_demand, by_modal, by_exclusion,
            )  # fmt: skip
        elif token.part_of_speech in {"NOUN", "PROPN"}:
            readers = (by_noun, by_judging_noun, by_document)
        elif token.part_of_speech == "ADJ":
            readers = (by_adjective,)
        elif token.part_of_speech == "ADP":
            readers = (_by_preposition,)
        else:
            continue
        for read in readers:
            yield from read(sentence, token.index, words)


def _by_verb(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "opposes the plan", "was welcomed by Egypt", "objected to", "is against": the verb's own stance."""
    lemma = sentence.tokens[place].lemma.lower()
    shares = _shares_passive(sentence, place)
    for verb in words.verbs.get(lemma, ()):
        told = as_told(sentence, place, verb.stance, refusable=verb.refusable)
        objects = shares if shares and not verb.prepositions else _objects(sentence, place, verb)
        if told is None or not objects or not _has_particle(sentence, place, verb):
            continue
        if any(is_none(sentence, noun) for noun in objects):  # "wants no talks"
            told = ("against", "hold") if told[0] == "for" else None
        if told is not None:
            subjects = prepositional(sentence, place, "by") if shares else verb_act(sentence, place).subjects
            judgement = tuple(p for head in _as_what(sentence, place, objects) for p in sentence.subtree(head))
            yield Attitude(place, *told, subjects, objects, judgement, verb)
        return
    if words.holds("bare_refusing", lemma) and _says_no_more(sentence, place):
        if as_told(sentence, place, "against", refusable=False) is not None:
            yield Attitude(place, "against", "hold", surface_subjects(sentence, place), (), points_to="matter")


def _shares_passive(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """ "was rejected by India and embraced by Pakistan": the second verb has the subject of the first."""
    token = sentence.tokens[verb]
    if token.relation != "conj" or not sentence.related(verb, "agent") or sentence.related(verb, "nsubj", "nsubjpass"):
        return ()
    return sentence.related(token.head, "nsubjpass")


def _says_no_more(sentence: Sentence, verb: int) -> bool:
    """ "Germany refused.": what was refused is what was spoken of before."""
    return not sentence.related(
        verb, "dobj", "xcomp", "ccomp", "prep", "dative", "advcl", "prt", "agent", "auxpass", "nsubjpass", "oprd"
    )


def _objects(sentence: Sentence, place: int, verb: StanceVerb) -> tuple[int, ...]:
    if not verb.prepositions:
        act = verb_act(sentence, place)
        clauses = [clause for form, clause in act.complements if form == "ing" and clause > place]
        return tuple(dict.fromkeys(each for o in act.objects for each in joined(sentence, o))) or tuple(clauses)
    found: list[int] = []
    for preposition in verb.prepositions:
        found.extend(hanging(sentence, place, preposition))
    return tuple(dict.fromkeys(found))


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
        found, stance = hanging(sentence, above.index, "against"), "against"
    else:
        phrases = ("in favour of", "in favor of", "in support of")
        found, stance = [o for phrase in phrases for o in hanging(sentence, above.index, phrase)], "for"
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
    if not objects:  # "the sanctions, which they called illegal"
        before = [o for o in sentence.related(verb, "dobj") if sentence.tokens[o].lemma in {"which", "that", "whom"}]
        meant = [o for o in verb_act(sentence, verb).objects if o not in before] if before else []
        if meant:
            heads = [*sentence.related(verb, "oprd"), *_as_what(sentence, verb, meant)]
            heads += [c for c in sentence.related(verb, "ccomp", "xcomp") if sentence.tokens[c].part_of_speech == "ADJ"]
            return [_matter_before(sentence, meant[0])], tuple(
                sorted({p for head in heads for p in sentence.subtree(head)})
            )
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


def _matter_before(sentence: Sentence, noun: int) -> int:
    """ "A pact with Paraguay, which Argentina called a betrayal": the pact, though Paraguay stands next to it."""
    token = sentence.tokens[noun]
    above = sentence.tokens[sentence.tokens[token.head].head]
    if token.part_of_speech != "PROPN" or token.relation != "pobj":
        return noun
    if above.part_of_speech == "NOUN":
        return above.index
    objects = sentence.related(above.index, "dobj") if above.part_of_speech == "VERB" else ()
    return next((o for o in objects if o < noun and sentence.tokens[o].part_of_speech == "NOUN"), noun)


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
    carries = words.holds("bearing", token.lemma.lower())  # "imposed an unfair burden"
    if not carries and not words.holds("joining", token.lemma.lower()):
        return
    objects = sentence.related(place, "nsubj", "csubj")
    heads = sentence.related(place, "attr", "acomp", "dobj", "oprd") + tuple(
        child for child in sentence.related(place, "prep") if sentence.tokens[child].lemma in {"out", "off"}
    )
    judgement = tuple(sorted({p for head in heads for p in below(sentence, head)}))
    stance = judge(sentence, judgement, words)
    if any(sentence.tokens[head].lemma.lower() in _TIMES for head in heads):  # "this is a historic day"
        return
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
    yield Attitude(place, stance, "hold", (), tuple(objects), judgement, ON_MATTERS if carries else None)


def _by_harm(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "said that the treaty hinders our defence", "that the accord serves peace": whoever speaks judges."""
    token = sentence.tokens[place]
    lemma = token.lemma.lower()
    harms = words.holds("harming", lemma)
    if not harms and not words.holds("serving", lemma):
        return
    modal = {sentence.tokens[aux].lemma.lower() for aux in sentence.related(place, "aux")}
    goods = sentence.related(place, "dobj")
    told = token.relation in {"ccomp", "parataxis"} and sentence.tokens[-1].text != "?"
    if not told or not goods or is_negated(sentence, place) or modal & {"may", "might", "could", "should", "must"}:
        return
    if sentence.related(place, "mark") and sentence.tokens[sentence.related(place, "mark")[0]].lemma != "that":
        return
    yield Attitude(
        place, "against" if harms else "for", "hold", (), sentence.related(place, "nsubj"), goods, _JUDGED_BY_EFFECT
    )


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
    comes_back = lemma == "return" or any(sentence.tokens[c].lemma == "back" for c in sentence.children[place])
    goal = prepositional(sentence, place, "to", "into") or sentence.related(place, "dobj")
    if only_if and comes_back and not goal and lemma in {"return", "come"}:  # "would come back once …"
        yield Attitude(place, "for", "hold", surface_subjects(sentence, place), (), verb=_ONLY_IF, points_to="matter")
        return
    told = as_told(sentence, token.head if governed else place, "for", refusable=True)
    if told is None:
        return
    stance = turned(told[0]) if words.holds("unwilling", above) else told[0]
    # "If they attack, we will impose sanctions" is a threat and no stance.
    yield Attitude(
        place, stance, "hold", surface_subjects(sentence, place), (place,), verb=_ONLY_IF if only_if else None
    )
