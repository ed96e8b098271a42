"""Stances told as what should be: "wants the EU to end the talks", "sanctions must stay", "there will be no ceasefire"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.coding.dates import find_dates
from communique.moves.position_attitude import MATTERS, ON_MATTERS, Attitude, is_none, joined
from communique.moves.position_reality import as_told, is_negated, turned
from communique.moves.position_words import PositionWords, StanceVerb
from communique.moves.reach import below
from communique.reading.acts import is_passive, verb_act
from communique.records import Sentence

_ON_PERSONS = StanceVerb("against", (), None, frozenset({"actor"}), False)
_EXCLUDING = frozenset({"will", "would", "shall", "can", "could", "'ll", "wo"})
_STRICT = frozenset({"must", "shall"})


def by_demand(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "urged Congress to reject the deal", "demanded that sanctions be lifted", "asked for the embargo to be kept"."""
    lemma = sentence.tokens[place].lemma.lower()
    if not words.holds("demanding", lemma) or as_told(sentence, place, "for", refusable=False) is None:
        return
    for clause in sentence.related(place, "xcomp", "ccomp", "advcl"):
        if _is_demanded(sentence, place, clause):
            found = _wished(sentence, clause, words)
            if found is not None:
                stance, objects = found
                subjects, said = verb_act(sentence, place).subjects, _without_mark(sentence, clause)
                yield Attitude(place, stance, "hold", subjects, objects, said, ON_MATTERS)


def _is_demanded(sentence: Sentence, demand: int, clause: int) -> bool:
    """Tell whether a clause says what another is to do, or what is to be done."""
    token = sentence.tokens[clause]
    helpers = [sentence.tokens[aux] for aux in sentence.related(clause, "aux", "auxpass")]
    infinitive = any(aux.tag == "TO" for aux in helpers)
    marks = {sentence.tokens[mark].lemma.lower() for mark in sentence.related(clause, "mark")}
    of_another = bool(sentence.related(clause, "nsubj", "nsubjpass"))
    if token.relation == "advcl" and "for" not in marks:
        return False
    if infinitive:
        asked = sentence.related(demand, "dobj", "dative") or [
            noun
            for child in sentence.related(demand, "prep")
            if sentence.tokens[child].lemma in {"on", "upon", "to"}
            for noun in sentence.related(child, "pobj")
        ]
        return of_another or bool(asked)
    plain = token.tag in {"VB", "VBP"} and not helpers
    subjunctive = any(aux.text.lower() == "be" or aux.lemma.lower() in {"should", "must"} for aux in helpers)
    return of_another and (plain or subjunctive)


def _wished(sentence: Sentence, clause: int, words: PositionWords) -> tuple[str, tuple[int, ...]] | None:
    """Give the stance of whoever wishes that a clause be so, and what it is on: the verb's own objects, or the clause."""
    lemma = sentence.tokens[clause].lemma.lower()
    against = is_negated(sentence, clause)
    subjects = sentence.related(clause, "nsubj")
    if subjects and not sentence.related(clause, "dobj", "acomp", "attr", "oprd"):  # "wants the talks to continue"
        goes_on = lemma == "go" and any(sentence.tokens[c].lemma == "on" for c in sentence.related(clause, "prt"))
        if goes_on or words.holds("staying", lemma) or words.holds("starting", lemma):
            return "against" if against else "for", subjects
        if words.holds("ending", lemma):
            return "for" if against else "against", subjects
    for verb in words.verbs.get(lemma, ()):
        objects = verb_act(sentence, clause).objects
        if not verb.prepositions and verb.particle is None and objects:
            stance = turned(verb.stance) if against else verb.stance
            return stance, tuple(each for o in objects for each in joined(sentence, o))
    if lemma in (words.looking_through[1] | words.turning_round[1]) - words.lists["empty_verbs"] or lemma in {
        "negotiate",
        "talk",
    }:
        return "against" if against else "for", (clause,)
    return None


def by_modal(sentence: Sentence, place: int, words: PositionWords) -> Iterable[Attitude]:
    """ "said that the West must lift its sanctions", "that the embargo had to stay", "that Assad must go"."""
    token = sentence.tokens[place]
    if sentence.tokens[-1].text == "?":
        return
    bound = _obliged(sentence, place)
    if bound is None:
        return
    clause, strict = bound
    if sentence.tokens[clause].relation not in {"ccomp", "parataxis"} and not _behind_colon(sentence, clause):
        return
    subjects = sentence.related(clause, "nsubj", "nsubjpass") or sentence.related(place, "nsubj", "nsubjpass")
    lemma = token.lemma.lower()
    against = is_negated(sentence, place) or is_negated(sentence, clause)
    plain = not sentence.related(place, "dobj", "acomp", "attr", "oprd") and not is_passive(sentence, place)
    said = _without_mark(sentence, place)
    away = lemma != "step" or any(sentence.tokens[c].lemma in {"down", "aside"} for c in sentence.children[place])
    if words.holds("leaving", lemma) and plain and away and not against and subjects:
        yield Attitude(clause, "against", "hold", (), subjects, said, _ON_PERSONS)
    elif (words.holds("staying", lemma) or (strict and words.holds("starting", lemma))) and plain and subjects:
        yield Attitude(clause, "against" if against else "for", "hold", (), subjects, said, ON_MATTERS)
    elif words.holds("ending", lemma) and plain and subjects:
        yield Attitude(clause, "for" if against else "against", "hold", (), subjects, said, ON_MATTERS)
    elif not (plain and not is_passive(sentence, place)) and (found := _wished(sentence, place, words)) is not None:
        stance, objects = found
        stance = turned(stance) if is_negated(sentence, clause) and clause != place else stance
        yield Attitude(place, stance, "hold", (), objects, verb=ON_MATTERS)


def _without_mark(sentence: Sentence, clause: int) -> tuple[int, ...]:
    marks = set(sentence.related(clause, "mark"))
    return tuple(place for place in below(sentence, clause) if place not in marks)


def _behind_colon(sentence: Sentence, clause: int) -> bool:
    """ "She drew a conclusion: Assad must go"."""
    return any(token.text == ":" for token in sentence.tokens[:clause])


def _obliged(sentence: Sentence, place: int) -> tuple[int, bool] | None:
    """Give the clause that says that the verb at `place` must be, and whether strictly; None where none does.

    "Should the violence go on" supposes: there the modal stands before its subject.
    """
    first = min((subject for subject in sentence.related(place, "nsubj", "nsubjpass")), default=-1)
    for aux in sentence.related(place, "aux"):
        lemma = sentence.tokens[aux].lemma.lower()
        if lemma in {"must", "should", "ought"} and aux > first:
            return place, lemma in _STRICT
    token = sentence.tokens[place]
    above = sentence.tokens[token.head]
    if token.relation == "xcomp" and above.lemma.lower() in {"have", "need"} and above.index < place:
        if any(sentence.tokens[aux].tag == "TO" for aux in sentence.related(place, "aux")):
            return above.index, True
    return None


def by_exclusion(sentence: Sentence, place: int, words: PositionWords) -> Iterator[Attitude]:
    """ "There will be no direct talks", "there could be no deal without the hostages": said, it is a refusal."""
    if sentence.tokens[place].lemma != "be" or not sentence.related(place, "expl") or sentence.tokens[-1].text == "?":
        return
    auxiliaries = {sentence.tokens[aux].lemma.lower() for aux in sentence.related(place, "aux")}
    nouns = [each for noun in sentence.related(place, "attr", "nsubj") for each in joined(sentence, noun)]
    none = tuple(noun for noun in nouns if is_none(sentence, noun))
    if not none or not auxiliaries & _EXCLUDING or sentence.tokens[place].relation not in {"ccomp", "parataxis"}:
        return
    inside = below(sentence, place)
    told = sentence.passage[sentence.tokens[inside[0]].start : sentence.tokens[max(inside)].end]
    lacking = [
        child
        for head in (place, *nouns)
        for child in sentence.related(head, "prep")
        if sentence.tokens[child].lemma.lower() == "without"
    ]
    condition = tuple(sentence.subtree(lacking[0])) if lacking else ()
    if find_dates(told, None):  # "no talks on Monday" tells a timetable
        return
    yield Attitude(
        place, "against", "hold", (), none, verb=StanceVerb("against", (), None, MATTERS, False), condition=condition
    )
