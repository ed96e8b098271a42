"""What the words above a step make of it: a demand, an offer, a refusal, a threat, a plan; or nothing.

Also what a bare mention of measures tells. Pure functions of one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.coding.operators import operators
from communique.coding.status import negation, status_of
from communique.moves.sanction_measures import Measure
from communique.moves.sanction_sides import lemma_of
from communique.moves.sanction_words import sanction_words
from communique.reading.acts import is_passive, noun_act, prepositional, surface_subjects, verb_act
from communique.records import Act, Sentence, Status

RELIEF = frozenset({"lift", "ease", "suspend"})
BURDEN = frozenset({"impose", "widen", "reimpose", "snap back", "threaten"})
_CLAUSES_APART = frozenset({"relcl", "advcl", "parataxis"})
_FUTURE = frozenset({"will", "would", "'ll", "shall", "wo"})


@dataclass(frozen=True, slots=True)
class Told:
    """A step as a sentence tells it: `carrier` is its own word, `decider` the word above that makes it words.

    `makers` are the tokens of those who make the step; `burdened` those who undergo it by grammar; `doer` those who
    would carry out what is asked or refused. `presence` marks a mere mention of measures in force, `to_come` what is
    told in the present tense but lies ahead ("expire in July"), `by_the_way` what is no news of its report ("the
    sanctions that Trump reimposed", "it had banned").
    """

    step: str
    carrier: int
    makers: tuple[int, ...]
    burdened: tuple[int, ...] = ()
    doer: tuple[int, ...] = ()
    status: Status = Status.OCCURRED
    decider: int | None = None
    presence: bool = False
    to_come: bool = False
    by_the_way: bool = False


def weighed(measure: Measure, told: Told | None) -> list[Told]:
    """Give a step as the words above leave it; nothing where they leave nothing."""
    if told is None:
        return []
    sentence = measure.sentence
    if told.step in {"in force", "renew"}:
        return [_kept(sentence, told)] if not _denied(sentence, told.carrier) else []
    decider, becomes = _above(sentence, told)
    if becomes == "nothing":
        return _as_presence(measure, told)
    if becomes is not None and decider is not None:
        status = status_of(sentence, act_at(sentence, decider))[0]
        if status in {Status.DENIED, Status.HYPOTHETICAL} and becomes != "refuse relief":
            return _as_presence(measure, told)
        return [_said(sentence, told, becomes, decider)]
    place = decider if decider is not None else told.carrier
    status = status_of(sentence, act_at(sentence, place))[0]
    if status is Status.OCCURRED and _once(sentence, place):
        status = Status.HYPOTHETICAL
    if status is Status.OCCURRED and decider is None and not _came_to_pass(sentence, told.carrier):
        return _as_presence(measure, told)
    if decider is not None and status is Status.OCCURRED and _binding(sentence, told.carrier):
        status = Status.PLANNED
    if told.to_come and status is Status.OCCURRED:
        status = Status.PLANNED
    return _by_status(measure, replace(told, status=status))


def _once(sentence: Sentence, clause: int) -> bool:
    """ "once UN sanctions are lifted", "until they are eased": a condition, told in the present tense."""
    token = sentence.tokens[clause]
    marks = {lemma_of(sentence, m) for m in sentence.related(clause, "mark", "advmod")}
    past = {sentence.tokens[v].tag for v in (*sentence.related(clause, "aux", "auxpass"), clause)} & {"VBD"}
    return token.relation == "advcl" and bool(marks & (operators().condition_marks | {"when"})) and not past


def _came_to_pass(sentence: Sentence, carrier: int) -> bool:
    """ "was forced to lift" happened; "sees no reason to lift" did not."""
    if not any(sentence.tokens[a].tag == "TO" for a in sentence.related(carrier, "aux")):
        return True
    above = lemma_of(sentence, sentence.tokens[carrier].head)
    return above in operators().factual | sanction_words().decisions or above == "agree"


def _binding(sentence: Sentence, carrier: int) -> bool:
    """ "voted to reimpose the embargo unless …": decided, and still to come."""
    clauses = sentence.related(carrier, "advcl")
    return any(lemma_of(sentence, m) in {"unless", "if"} for c in clauses for m in sentence.related(c, "mark"))


def _by_status(measure: Measure, told: Told) -> list[Told]:
    sentence = measure.sentence
    carrier = sentence.tokens[told.carrier]
    verb = carrier.head if carrier.part_of_speech == "NOUN" and carrier.relation == "dobj" else told.carrier
    auxiliaries = {sentence.tokens[a].text.lower() for a in sentence.related(verb, "aux")}
    if told.step in RELIEF:
        if told.status is Status.DENIED:
            refuses = bool(auxiliaries & _FUTURE) and bool(told.makers)
            return (
                [replace(told, step="refuse relief", status=Status.OCCURRED)]
                if refuses
                else _as_presence(measure, told)
            )
        if told.status is Status.HYPOTHETICAL:
            if (until := _until(sentence, told)) is not None:
                return [until]
            if auxiliaries & {"should", "must"} and (speaker := _speaker(sentence, told.carrier)):
                return [replace(told, step="ask relief", makers=speaker, doer=told.makers, status=Status.OCCURRED)]
            if auxiliaries & {"would", "could", "may"} and told.makers:
                return [replace(told, step="offer relief", status=Status.OCCURRED)]
            return _as_presence(measure, told)
        if (until := _until(sentence, told)) is not None:
            return [until]
        return [told]
    if told.status is Status.HYPOTHETICAL and auxiliaries & {"would", "could", "may", "might"} and told.makers:
        return [replace(told, step="threaten", status=Status.OCCURRED)]
    if told.status in {Status.DENIED, Status.HYPOTHETICAL}:
        return []
    return [told]


def _speaker(sentence: Sentence, clause: int) -> tuple[int, ...]:
    """ "Lavrov said the West should lift its sanctions": who says so."""
    token = sentence.tokens[clause]
    above = sentence.tokens[token.head]
    if token.relation != "ccomp" or above.lemma not in operators().speech:
        return ()
    return surface_subjects(sentence, above.index)


def _until(sentence: Sentence, told: Told) -> Told | None:
    """ "will not negotiate until the US lifts sanctions": whoever sets the condition asks for relief."""
    clause = told.carrier
    marks = {lemma_of(sentence, m) for m in sentence.related(clause, "mark", "advmod")}
    if sentence.tokens[clause].relation != "advcl" or not marks & {"until", "unless"}:
        return None
    main = sentence.tokens[clause].head
    while sentence.tokens[main].relation in {"xcomp", "conj"} and negation(sentence, main) is None:
        main = sentence.tokens[main].head
    if negation(sentence, main) is None and lemma_of(sentence, main) not in sanction_words().refuses:
        return None
    return replace(
        told, step="ask relief", makers=surface_subjects(sentence, main), doer=told.makers, status=Status.OCCURRED,
        decider=main,
    )  # fmt: skip


def _above(sentence: Sentence, told: Told) -> tuple[int | None, str | None]:
    """Give the word above a step that makes it words, and the step it makes of it ("nothing": it takes it away)."""
    words, place = sanction_words(), told.carrier
    relief = told.step in RELIEF
    for _ in range(6):
        token = sentence.tokens[place]
        if token.head == place:
            break
        above = sentence.tokens[token.head]
        called_for = above.lemma in words.asks and any(
            sentence.tokens[m].lemma == "for" for m in sentence.related(place, "mark")
        )
        if token.relation in _CLAUSES_APART and not called_for:
            break
        if token.relation == "conj":
            if sentence.related(place, "nsubj", "nsubjpass"):
                break
            place = above.index
            continue
        if token.relation in {"nsubj"} and above.part_of_speech == "VERB":
            break
        lemma = above.lemma.lower()
        verb = above.part_of_speech in {"VERB", "AUX"}
        if verb and lemma in words.decides and token.relation in {"xcomp", "prep", "ccomp", "advcl"}:
            return above.index, None
        if verb and lemma in words.decides_on and not relief and token.relation == "xcomp":
            return above.index, None
        alone = not told.doer and not sentence.related(above.index, "dobj", "dative") and _same_subject(sentence, place)
        own_wish = lemma in words.wishes and token.relation == "xcomp" and alone
        if verb and lemma in words.asks and not own_wish:
            return above.index, "ask relief" if relief else "nothing"
        if not verb and lemma in words.ask_nouns:
            return above.index, "ask relief" if relief else "nothing"
        if (verb and lemma in words.refuses) or lemma in words.refuse_nouns:
            if not (lemma == "rule" and not sentence.related(above.index, "prt")):
                return above.index, "refuse relief" if relief else "nothing"
        if relief and ((verb and lemma in words.offers) or (not verb and lemma in words.offer_words)):
            return above.index, "offer relief"
        if verb and lemma in words.threatens and not relief:
            return above.index, "threaten"
        if verb and lemma in words.expects and not is_passive(sentence, above.index):
            return above.index, "nothing"
        if verb and relief and lemma in words.doubtful - {"include"} and token.relation not in {"xcomp", "ccomp"}:
            return above.index, "nothing"
        if verb and lemma in words.weighs:
            return above.index, "weigh" if relief else "threaten"
        if not verb and lemma in words.doubtful_nouns and lemma not in words.wrappers:
            return above.index, "nothing" if relief or lemma not in words.threat_nouns else "threaten"
        if above.part_of_speech not in {"ADP", "ADJ", "AUX"} and not _passes(lemma):
            break
        place = above.index
    return None, None


def _passes(lemma: str) -> bool:
    """Tell whether a word lets what stands above it through: light verbs, beginnings, wrappers."""
    return lemma in operators().light or lemma in operators().factual or lemma in sanction_words().wrappers


def _same_subject(sentence: Sentence, verb: int) -> bool:
    return not sentence.related(verb, "nsubj", "nsubjpass") and not is_passive(sentence, verb)


def _said(sentence: Sentence, told: Told, step: str, decider: int) -> Told:
    token = sentence.tokens[decider]
    if token.part_of_speech in {"VERB", "AUX"}:
        makers = verb_act(sentence, decider).subjects
        asked = verb_act(sentence, decider).objects + prepositional(sentence, decider, "on", "upon", "to")
    elif token.part_of_speech == "ADJ":
        makers, asked = surface_subjects(sentence, token.head), ()
    else:
        makers = sentence.related(decider, "poss", "compound", "amod") or prepositional(sentence, decider, "by", "from")
        asked = prepositional(sentence, decider, "on", "to")
        governor = lemma_of(sentence, token.head)
        if token.relation == "dobj" and governor in operators().light:
            makers = makers or surface_subjects(sentence, token.head)
        elif token.relation == "dobj" and governor in sanction_words().refuses | sanction_words().accepts:
            asked = asked or surface_subjects(sentence, token.head)
    if step == "weigh":
        return replace(told, makers=makers or told.makers, status=Status.PLANNED, decider=decider)
    if step == "offer relief" and asked:
        given = tuple(
            a for a in asked if a != told.carrier and lemma_of(sentence, a) not in sanction_words().step_nouns
        )
        return replace(told, step=step, makers=makers or told.makers, burdened=told.burdened or given, decider=decider)
    doer = tuple(m for m in told.makers if m not in makers) or asked
    doer = tuple(d for d in doer if d != told.carrier and lemma_of(sentence, d) not in sanction_words().measures)
    return replace(told, step=step, makers=makers or told.makers, doer=doer, status=Status.OCCURRED, decider=decider)


def _kept(sentence: Sentence, told: Told) -> Told:
    status = status_of(sentence, act_at(sentence, told.carrier))[0]
    if told.step == "in force":
        return replace(told, presence=not told.makers)
    return replace(told, status=status if status is not Status.DENIED else Status.OCCURRED)


def _denied(sentence: Sentence, place: int) -> bool:
    status = status_of(sentence, act_at(sentence, place))[0]
    return status is Status.DENIED or (status is Status.HYPOTHETICAL)


def act_at(sentence: Sentence, place: int) -> Act:
    """Give the act of a verb or a noun."""
    if sentence.tokens[place].part_of_speech in {"VERB", "AUX"}:
        return verb_act(sentence, place)
    return noun_act(sentence, place)


def _as_presence(measure: Measure, told: Told) -> list[Told]:
    """A lifting that is only thought of or denied: the sanctions are there."""
    return [Told("in force", told.carrier, told.makers, told.burdened, presence=True)] if told.step in RELIEF else []


def mention(measure: Measure) -> Told | None:
    """Give a bare mention of sanctions that are there; None where they may be new, past, feared or thought of."""
    sentence, words = measure.sentence, sanction_words()
    for place in dict.fromkeys((measure.head, measure.top)):
        for child in sentence.related(place, "amod", "det", "advmod", "neg", "nummod"):
            if sentence.tokens[child].text.isdigit() and len(sentence.tokens[child].text) == 4:
                return None  # "India's 2010 trade restrictions"
            if lemma_of(sentence, child) in words.doubtful_modifiers:
                return None
    place = measure.top
    for _ in range(5):
        token = sentence.tokens[place]
        above = sentence.tokens[token.head]
        if token.head == place:
            break
        lemma = above.lemma.lower()
        if any(lemma_of(sentence, c) in words.once for c in sentence.related(above.index, "advmod")):
            return None
        if above.part_of_speech in {"NOUN", "PROPN"} and lemma in words.doubtful_nouns | words.step_nouns.keys():
            return None
        if above.part_of_speech in {"VERB", "AUX"}:
            doubtful = lemma in words.doubtful | words.asks | words.refuses
            if doubtful or status_of(sentence, verb_act(sentence, above.index))[0] is not Status.OCCURRED:
                return None
            break
        place = above.index
    return Told("in force", measure.head, (), presence=True)
