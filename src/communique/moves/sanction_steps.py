"""What a sentence tells of a measure: the step by the word next to it ("lift", "reimposition of"), and who makes it.

What the words further up make of the step is told in sanction_weighing. Pure functions of one sentence.
"""

from __future__ import annotations

from communique.coding.dates import find_dates
from communique.coding.operators import operators
from communique.moves.sanction_measures import Measure
from communique.moves.sanction_sides import lemma_of
from communique.moves.sanction_weighing import BURDEN, Told, mention, weighed
from communique.moves.sanction_words import sanction_words
from communique.reading.acts import is_passive, prepositional, surface_subjects, verb_act
from communique.records import Sentence

_IMPOSED = frozenset({"impose", "reimpose"})


def steps_told(measure: Measure) -> list[Told]:
    """Give the steps that a sentence tells of a measure, in text order: those behind it ("imposed in 1992"), then its own."""
    if measure.is_verb:
        return weighed(measure, _verb_step(measure))
    found: list[Told] = []
    for link in dict.fromkeys((measure.head, measure.top)):
        behind = [*measure.sentence.related(link, "acl", "relcl")]
        for noun in prepositional(measure.sentence, link, "on", "against"):  # to the parser Pyongyang was imposed
            behind += [c for c in measure.sentence.related(noun, "acl") if lemma_of(measure.sentence, c) in _IMPOSED]
        for clause in behind:
            found += weighed(measure, _clause_step(measure.sentence, clause))
        if (standing := _in_place(measure.sentence, link)) is not None:
            found.append(Told("in force", standing, (), presence=True))
    own = _own_step(measure)
    if own is not None:
        found += weighed(measure, own)
        for further in _joined_steps(measure.sentence, own):
            found += weighed(measure, further)
    elif measure.again:
        return found
    elif not any(told.step in BURDEN for told in found) or not found:
        if (bare_mention := mention(measure)) is not None:
            found.append(bare_mention)
    return sorted(found, key=lambda told: told.carrier)


def _in_place(sentence: Sentence, noun: int) -> int | None:
    """ "the embargo, in place since 1991": where the word stands that says so."""
    words = sanction_words()
    return next((n for n in prepositional(sentence, noun, "in") if lemma_of(sentence, n) in words.in_place), None)


def _verb_step(measure: Measure) -> Told:
    act = verb_act(measure.sentence, measure.head)
    words = sanction_words()
    lifted = lemma_of(measure.sentence, measure.head) in words.unbanning | words.resumes | words.opens
    return Told("lift" if lifted else "impose", measure.head, act.subjects)


def _clause_step(sentence: Sentence, clause: int) -> Told | None:
    """ "sanctions imposed on Serbia in 1992", "sanctions that were lifted last year", "which expire in July"."""
    words = sanction_words()
    token = sentence.tokens[clause]
    step = words.verbs.get(_phrasal(sentence, clause)) or words.verbs.get(token.lemma.lower())
    if token.relation == "acl" and token.tag != "VBN":
        return None
    active = sentence.related(clause, "nsubj")
    relative = bool(active) and sentence.tokens[active[0]].tag in {"WDT", "WP"}
    if relative and not is_passive(sentence, clause):
        return _by_itself(sentence, clause)
    if step is None:
        return None
    act = verb_act(sentence, clause)
    makers = tuple(s for s in act.subjects if s != token.head)
    burdened = prepositional(sentence, clause, "on", "against", "upon")
    return Told(step, clause, makers, burdened, by_the_way=True)


def _own_step(measure: Measure) -> Told | None:
    """Give the step of the word that governs a measure, None where it makes none."""
    sentence, words = measure.sentence, sanction_words()
    top = _first_of_row(sentence, measure.top)
    token = sentence.tokens[top]
    above = token.head
    if token.relation in {"compound", "nmod", "amod", "poss"} and lemma_of(sentence, above) in words.step_nouns:
        return _noun_step(sentence, above)
    if token.relation in {"pobj", "pcomp"}:
        return _behind_preposition(sentence, above)
    if token.relation in {"dobj", "nsubjpass", "nsubj", "oprd", "obj"}:
        return _by_verb(sentence, top, above)
    return None


def _joined_steps(sentence: Sentence, own: Told) -> list[Told]:
    """ "were suspended in 1999 and lifted in 2003": the second verb has the measure of the first."""
    words, found = sanction_words(), []
    if sentence.tokens[own.carrier].part_of_speech != "VERB":
        return []
    for verb in sentence.related(own.carrier, "conj"):
        step = words.verbs.get(_phrasal(sentence, verb)) or words.verbs.get(lemma_of(sentence, verb))
        alone = not sentence.related(verb, "dobj", "nsubj", "nsubjpass", "prep") or is_passive(sentence, verb)
        if step is not None and alone and not sentence.related(verb, "dobj", "nsubj", "nsubjpass"):
            found.append(Told(step, verb, own.makers, own.burdened))
    return found


def _first_of_row(sentence: Sentence, place: int) -> int:
    """ "tariffs and sanctions": both are what the first one is."""
    while sentence.tokens[place].relation == "conj" and sentence.tokens[sentence.tokens[place].head].part_of_speech in {
        "NOUN",
        "PROPN",
    }:
        place = sentence.tokens[place].head
    return place


def _taken_back(sentence: Sentence, threat: int) -> bool:
    """ "backed down from his threat"."""
    return bool(sanction_words().takes_back & {lemma_of(sentence, place) for place in sentence.ancestors(threat)[:3]})


def _noun_step(sentence: Sentence, noun: int) -> Told | None:
    step = sanction_words().step_nouns[lemma_of(sentence, noun)]
    if step == "threaten" and _taken_back(sentence, noun):
        return None
    makers = sentence.related(noun, "poss") or prepositional(sentence, noun, "by")
    first = _first_of_row(sentence, noun)
    if not makers and first != noun:  # "Trump's withdrawal and the reimposition of sanctions"
        makers = sentence.related(first, "poss")
    if step == "ease" and lemma_of(sentence, noun) == "relief":
        return Told(step, noun, (), (*sentence.related(noun, "poss"), *prepositional(sentence, noun, "for", "to")))
    if (
        not makers
        and sentence.tokens[noun].relation == "dobj"
        and sentence.tokens[sentence.tokens[noun].head].part_of_speech == "VERB"
    ):
        makers = surface_subjects(sentence, sentence.tokens[noun].head)
    burdened = prepositional(sentence, noun, "on", "against", "for")
    if step == "snap back" and lemma_of(sentence, sentence.tokens[noun].head) in sanction_words().starts:
        step = "threaten"
    if sentence.tokens[noun].relation == "dobj":
        burdened = burdened or sentence.related(sentence.tokens[noun].head, "dative")
    return Told(step, noun, makers, burdened)


def _behind_preposition(sentence: Sentence, preposition: int) -> Told | None:
    words = sanction_words()
    word = lemma_of(sentence, preposition)
    above = sentence.tokens[preposition].head
    token = sentence.tokens[above]
    lemma = token.lemma.lower()
    if token.part_of_speech in {"NOUN", "PROPN"}:
        if lemma in words.step_nouns and word in {"of", "to", "from", "on", "in", "against"}:
            return _noun_step(sentence, above)
        if lemma in words.threat_nouns and word == "of":
            if _taken_back(sentence, above):
                return None
            return Told("threaten", above, sentence.related(above, "poss"))
        return None
    if token.part_of_speech not in {"VERB", "AUX"}:
        return None
    act = verb_act(sentence, above)
    held_by_list = any(lemma_of(sentence, n) in words.lists for n in sentence.related(preposition, "pobj"))
    if lemma in words.listing and word in {"to", "on"} and held_by_list:
        return Told("impose", above, act.subjects, act.objects)
    if word in {"on", "to"} and lemma in words.decides_on:
        return Told("impose", above, act.subjects)
    if word == "with" and lemma == "threaten":
        return Told("threaten", above, act.subjects, act.objects)
    if word in {"with", "by"} and lemma in words.strikes_with and (word == "with" or not act.passive):
        return Told("impose", above, act.subjects, act.objects)
    if word in {"of", "about"} and lemma == "warn":
        return Told("threaten", above, act.subjects, act.objects)
    if word == "from" and lemma in {"free", "exempt", "remove", "delist"}:
        return Told("ease", above, act.subjects, act.objects)
    return None


def _by_verb(sentence: Sentence, top: int, verb: int) -> Told | None:
    words = sanction_words()
    token = sentence.tokens[verb]
    if token.part_of_speech not in {"VERB", "AUX"}:
        return None
    lemma = token.lemma.lower()
    act = verb_act(sentence, verb)
    is_object = sentence.tokens[top].relation in {"dobj", "nsubjpass", "oprd", "obj"} or act.passive
    if not is_object:
        return _by_itself(sentence, verb)
    held = {lemma_of(sentence, noun) for _, noun in act.prepositions}
    makers = tuple(subject for subject in act.subjects if subject != top)
    if not makers and lemma_of(sentence, token.head) in words.decisions:  # "a U.S. decision to lift"
        makers = sentence.related(token.head, "compound", "amod", "nmod")
    if not makers and not act.passive:  # "US lifts Sudan sanctions": to the parser one name
        makers = tuple(c for c in sentence.related(verb, "compound", "nmod") if c < verb)
    burdened = prepositional(sentence, verb, "on", "against", "upon", "for", "to")
    if lemma in {"put", "place", "keep"} and held & words.on_hold:
        return Told("suspend", verb, makers, burdened)
    if lemma in {"put", "bring"} and "back" in act.particles:
        return Told("reimpose", verb, makers, burdened)
    if lemma in {"threaten", "weigh", "consider", "mull", "prepare", "plan", "draft", "eye", "contemplate", "propose"}:
        return Told("threaten", verb, makers, burdened)
    step = words.verbs.get(_phrasal(sentence, verb)) or words.verbs.get(lemma)
    if step == "renew" and lemma == "extend" and _widens(sentence, verb):
        step = "widen"
    if step is None:
        return None
    if step in {"lift", "ease"} and _partial(sentence, top, verb):
        step = "ease"
    return Told(step, verb, makers, burdened, by_the_way=_before_that(sentence, verb))


def _before_that(sentence: Sentence, verb: int) -> bool:
    """ "had imposed", but not in "said it had imposed"."""
    had = any(sentence.tokens[a].text.lower() == "had" for a in sentence.related(verb, "aux"))
    return had and sentence.tokens[verb].relation != "ccomp"


def _by_itself(sentence: Sentence, verb: int) -> Told | None:
    """What sanctions do themselves: expire, remain, snap back, take effect."""
    words = sanction_words()
    lemma = lemma_of(sentence, verb)
    nouns = {lemma_of(sentence, n) for _, n in verb_act(sentence, verb).prepositions} | {
        lemma_of(sentence, n) for n in sentence.related(verb, "dobj")
    }
    if _phrasal(sentence, verb) == "snap_back":
        return Told("snap back", verb, ())
    if lemma in words.lapses:
        return Told("lift", verb, (), to_come=sentence.tokens[verb].tag in {"VBP", "VBZ", "VB"})
    if lemma in words.comes and nouns & words.effect:
        return Told("impose", verb, ())
    if lemma in words.stays or (lemma == "be" and nouns & words.in_place):
        return Told("in force", verb, (), presence=True)
    return None


def _phrasal(sentence: Sentence, verb: int) -> str:
    """Give a verb with its particle as the word lists write it: roll_back."""
    for child in sentence.children[verb]:
        token = sentence.tokens[child]
        if token.lemma in {"back", "down", "up", "out", "over"} and token.relation in {"prt", "advmod"}:
            return f"{lemma_of(sentence, verb)}_{token.lemma}"
    return lemma_of(sentence, verb)


def _widens(sentence: Sentence, verb: int) -> bool:
    """ "extended sanctions to cover oil" widens, "extended sanctions to January" renews."""
    for child in sentence.children[verb]:
        token = sentence.tokens[child]
        if token.relation in {"xcomp", "advcl"} and token.lemma in {"include", "cover"}:
            return True
        if token.relation in {"prep", "dative"} and token.lemma == "to":
            return any(
                sentence.tokens[n].part_of_speech in {"NOUN", "PROPN"} and not sentence.tokens[n].text[:1].isdigit()
                and sentence.tokens[n].lemma.lower() not in operators().condition_marks and not _is_time(sentence, n)
                for n in sentence.related(child, "pobj")
            )  # fmt: skip
    return False


def _is_time(sentence: Sentence, noun: int) -> bool:
    token = sentence.tokens[noun]
    return bool(find_dates(f"in {token.text}", None)) or token.lemma.lower() in {"year", "month", "week", "end"}


def _partial(sentence: Sentence, top: int, verb: int) -> bool:
    words = sanction_words()
    near = (*sentence.related(top, "amod", "det"), *sentence.related(verb, "advmod"), top)
    return any(lemma_of(sentence, place) in words.partial for place in near)
