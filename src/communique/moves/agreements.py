"""Steps on the board of agreements: signed, left, broken, revived; and what was given for what.

For each agreement that a sentence speaks of, the word that it hangs on makes the step; the words above that one
say whether it was made, planned, threatened, tried or refused. An event that tells the same act gives its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from communique.actors.agreements import agreements
from communique.actors.resolver import bare, is_state
from communique.coding.dates import date_for, find_dates
from communique.coding.status import status_of
from communique.moves.agreement_exchange import Exchange, exchanges
from communique.moves.agreement_grammar import Hold, StepWord, operators_above, step_word, subjects_of
from communique.moves.agreement_makers import as_parties, brokers_of, by_inspectors, makers, on_a_foes_word
from communique.moves.agreement_mood import mood_of, of_an_older_day
from communique.moves.agreement_names import NamedAgreement
from communique.moves.agreement_parties import resolved
from communique.moves.agreement_plans import PLAN, committing_verb
from communique.moves.agreement_words import agreement_words
from communique.moves.report_sides import by_name_of_group, home_of
from communique.moves.scene import Scene, Telling
from communique.reading.acts import prepositional, surface_subjects, verb_act
from communique.records import Board, Move, Sentence, Status

BY_A_PARTY = frozenset({"withdraw", "suspend its part", "breach", "comply", "rejoin", "threaten to withdraw", "join"})
"""Steps that nobody makes where no party is told."""
ONCE = {"propose": "signed", "negotiate": "signed", "agree": "signed", "sign": "signed", "ratify": "in_force"}
"""Steps that cannot come after the day that the data file gives, so that it dates them where a report does not."""
# What may be told of a plan, or of a truce, without saying who does it.
_TOLD_OF_A_PLAN = frozenset({"propose", "collapse", "enter into force"})
_TOLD_OF_A_TRUCE = frozenset({"collapse", "extend", "enter into force"})
_NATIONAL = frozenset({"name", "adjective", "demonym", "capital"})


@lru_cache(maxsize=1)
def find_agreement_moves(scene: Scene) -> tuple[Move, ...]:
    """Give the steps that a report tells, in text order; kept for the report that was asked for last, which talks ask too."""
    found: list[Move] = []
    for sentence in scene.sentences:
        told: dict[tuple[str, str, int], Move] = {}
        for named in _each_once(scene.agreements_in(sentence)):
            for word in (*step_word(sentence, named.head, named.kind), *_in_a_statement(sentence, named)):
                move = _move(scene, sentence, named, word)
                if move is not None:
                    told.setdefault((named.code, move.step, word.word), move)
        found += told.values()
        found += _bare_joins(scene, sentence)
        found += _exchanges(scene, sentence)
    found += _mentions(scene, {move.about[0] for move in found})
    return tuple(by_name_of_group(scene.discourse, move) for move in found)


def _bare_joins(scene: Scene, sentence: Sentence) -> Iterator[Move]:
    """ "Nicaragua and Syria joined in 2017": the agreement open to all that the report named last."""
    for token in sentence.tokens:
        if token.lemma != "join" or token.part_of_speech != "VERB" or sentence.related(token.index, "dobj", "xcomp"):
            continue
        if token.tag != "VBD" or prepositional(sentence, token.index, "with", "of"):
            continue
        before = [one for one in scene.sentences if one.index < sentence.index]
        open_to_all = [
            named for one in before[-3:] for named in scene.agreements_in(one)
            if named.known and not agreements()[named.code].parties
        ]  # fmt: skip
        joining = resolved(sentence, surface_subjects(sentence, token.index), scene.discourse)
        if open_to_all and joining and all(is_state(code) for code in joining):
            named = replace(open_to_all[-1], places=(token.index,), head=token.index)
            move = _move(scene, sentence, named, StepWord("join", token.index, Hold(token.index, "object", False)))
            if move is not None:
                yield move


def _in_a_statement(sentence: Sentence, named: NamedAgreement) -> Iterator[StepWord]:
    """ "Pledged in a joint statement": they agree on it by what they pledge."""
    if named.kind == "statement" and named.opened:
        verb = committing_verb(sentence, named.head)
        if verb is not None:
            yield StepWord("agree", verb, Hold(verb, "in", False))


def _mentions(scene: Scene, told: set[str]) -> Iterator[Move]:
    """The known agreements that a report names and tells no step of: how they stand the data file knows."""
    for sentence in scene.sentences:
        for named in _each_once(scene.agreements_in(sentence)):
            if named.by_name and named.known and named.code not in told:
                told.add(named.code)
                yield scene.move_without_event(Board.AGREEMENTS, "mention", sentence, named.places, about=(named.code,))


def _each_once(named: Iterable[NamedAgreement]) -> Iterator[NamedAgreement]:
    """Agreements of a sentence without decisions of the United Nations, which are votes."""
    for one in named:
        if not one.known or agreements()[one.code].kind == "agreement":
            yield one


def _move(scene: Scene, sentence: Sentence, named: NamedAgreement, word: StepWord) -> Move | None:
    operators = operators_above(sentence, word.word)
    if sentence.tokens[word.word].lemma.lower() in agreement_words().binding:
        operators = operators[1:] if operators[:1] == [("suppose", sentence.tokens[word.word].head)] else operators
    mood = mood_of(sentence, word, operators)
    if mood is None:
        return None
    step, status = mood
    if sentence.tokens[word.word].lemma.lower() in agreement_words().binding and status is Status.DENIED:
        status = Status.OCCURRED  # "no longer" is in the step
    if status is Status.PLANNED and sentence.tokens[word.word].lemma.lower() in agreement_words().lasting_on:
        status = Status.OCCURRED  # "will remain in force"
    if sentence.tokens[word.word].lemma.lower() in agreement_words().approving and not _by_parliament(
        scene, word, sentence
    ):
        step = "agree"  # by a government
    accused, stopped = _operator_at(operators, "accuse"), _operator_at(operators, "stop", "pause")
    source = makers(scene, sentence, named, word, step, accused, stopped)
    settled = _settled(sentence, named, word, step, source)
    if settled is None:
        return None
    step, source = settled
    if step == "breach" and accused is not None and by_inspectors(scene, sentence, accused):
        status = Status.OCCURRED
    if step == "breach" and status is Status.OCCURRED and on_a_foes_word(scene, sentence, word, source):
        status = Status.HYPOTHETICAL
    telling = _telling(scene, sentence, word)
    day = telling.event.date if telling else _day(scene, sentence, named, word, status)
    day = day or _file_day(scene, named, step, status, source)
    if day is None and of_an_older_day(sentence, word.word, step):
        return None
    places = _words_of(sentence, named, word)
    if step in {"try to revive", "fail to revive", "threaten to withdraw"}:
        places += tuple(place for _, place in operators if abs(place - word.word) <= 25)
    brokers = brokers_of(scene, sentence, word)
    if step == "propose" and not named.known and not set(source) & set(named.parties):
        source, brokers = (), source  # who proposes a truce to others is no party to it
    others = _others(scene, named, step, source)
    if not named.known and named.kind != PLAN and not (source or others):
        return None  # a truce of which the report says nothing by which it could be known again
    return scene.move_without_event(
        Board.AGREEMENTS, step, sentence, places,
        event_id=telling.event.event_id if telling else None,
        source=source,
        target=others,
        through=brokers,
        about=(named.code,) if named.known else (named.name, named.kind or "agreement"),
        status=status,
        condition=telling.event.condition if telling else None,
        date=day,
    )  # fmt: skip


def _others(scene: Scene, named: NamedAgreement, step: str, source: tuple[str, ...]) -> tuple[str, ...]:
    """Give the parties beside the makers; of a truce whose parties are not told the country that the report is about."""
    if named.known:
        return ()
    if not source and len(named.parties) < 2 and step in _TOLD_OF_A_TRUCE and named.kind != PLAN:
        return tuple(filter(None, (scene.discourse.main_state(),)))
    return tuple(code for code in named.parties if code not in source)


def _settled(
    sentence: Sentence, named: NamedAgreement, word: StepWord, step: str, source: tuple[str, ...]
) -> tuple[str, tuple[str, ...]] | None:
    """Give the step and its makers once both are known, None where nobody is there to make it.

    What one party suspends is its part; what is called off by nobody in particular has collapsed; what all make
    together all parties of a pact without a name make, where the sentence opens it.
    """
    token = sentence.tokens[word.word]
    if step == "suspend" and len(source) == 1:
        step = "suspend its part"
    if step == "withdraw" and not source and _without_maker(sentence, word):
        step = "collapse"
    if step == "collapse":
        source = ()
    if not source and (step in BY_A_PARTY or token.lemma.lower() in agreement_words().approving):
        return None
    if not source and step == "suspend" and not _without_maker(sentence, word):
        return None
    if named.kind == PLAN:
        return (step, source) if source or step in _TOLD_OF_A_PLAN else None
    if not named.known:
        if len(named.parties) < 2:  # a truce of which an earlier report says whose it is
            return (step, source) if step in BY_A_PARTY or step in _TOLD_OF_A_TRUCE else None
        if not source or (named.opened and step in {"negotiate", "agree", "sign"}):
            source = named.parties
    return step, source


def _without_maker(sentence: Sentence, word: StepWord) -> bool:
    """ "The pact was called off": nobody is told; in "protesters denounced the pact" somebody is, and no party."""
    if sentence.tokens[word.word].part_of_speech not in {"VERB", "AUX"}:
        return not subjects_of(sentence, word.word)
    act = verb_act(sentence, word.word)
    return act.passive and not act.subjects


def _by_parliament(scene: Scene, word: StepWord, sentence: Sentence) -> bool:
    """What lawmakers approve or pass is ratified by it; what a cabinet approves is not."""
    subjects = verb_act(sentence, word.word).subjects
    roles = [scene.discourse.role_noun(sentence, subject) for subject in subjects]
    if roles and all(role is not None and role.role == "LEG" for role in roles):
        return True  # "the U.S. Senate", whose name means the United States
    codes = resolved(sentence, subjects, scene.discourse, guesses=True)
    return bool(codes) and all(code.partition("/")[2] == "LEG" for code in codes)


def _operator_at(operators: list[tuple[str, int]], *wanted: str) -> int | None:
    return next((place for operator, place in operators if operator in wanted), None)


def _telling(scene: Scene, sentence: Sentence, word: StepWord) -> Telling | None:
    """The event that tells the same act: its own word is the step's, or stands in a chain with it."""
    tellings = list(scene.tellings_in(sentence))
    for telling in tellings:
        if telling.draft.act.trigger == word.word:
            return telling
    token = sentence.tokens[word.word]
    for telling in tellings:
        trigger = telling.draft.act.trigger
        if trigger == token.head and token.relation in {"xcomp", "dobj"}:
            return telling
    return None


def _day(scene: Scene, sentence: Sentence, named: NamedAgreement, word: StepWord, status: Status) -> str | None:
    """The date that stands in the step's clause, but for the year in the agreement's own name."""
    dates = [
        when
        for when in find_dates(sentence.text, scene.report.published)
        if word.step in ONCE or not _in_name(sentence, named, when.start + sentence.start, when.end + sentence.start)
    ]
    found = date_for(sentence, word.word, dates, scene.report.published, status is Status.PLANNED)
    return found.date if found else None


def _in_name(sentence: Sentence, named: NamedAgreement, start: int, end: int) -> bool:
    """ "the 2015 deal", "the pact of 1999": the year is the agreement's."""
    for place in {named.head, *named.places}:
        near = [
            *sentence.related(place, "nummod", "compound", "amod", "nmod"),
            *prepositional(sentence, place, "of"),
            place,
        ]
        if any(sentence.tokens[p].start < end and sentence.tokens[p].end > start for p in near):
            return True
    return False


def _file_day(scene: Scene, named: NamedAgreement, step: str, status: Status, source: tuple[str, ...]) -> str | None:
    """Give the day that the data file knows for a past step that the report does not date.

    A report of 2025 that says a pact "had been negotiated" does not tell of 2025.
    """
    known = agreements().get(named.code)
    if known is None or status is not Status.OCCURRED:
        return None
    if step in ONCE:
        day = known.signed if step != "ratify" else known.in_force
        before = scene.published is None or day[:10] < scene.published
        return (day[:4] if step in {"propose", "negotiate"} else day) if day and before else None
    if step == "withdraw" and len(source) == 1:
        left = known.left_by(source[0])
        return left if left and (scene.published is None or left < scene.published) else None
    return None


def _words_of(sentence: Sentence, named: NamedAgreement, word: StepWord) -> tuple[int, ...]:
    """The places whose span is the step's words: from its word to the agreement, with the auxiliaries."""
    places = [word.word, *named.places]
    places += sentence.related(word.word, "aux", "auxpass", "neg", "poss", "prt")
    near = [place for place in places if abs(place - word.word) <= 25]
    return tuple(near or [word.word])


def _exchanges(scene: Scene, sentence: Sentence) -> Iterator[Move]:
    """What was given for what, where the sentence speaks of an agreement or opens one by it."""
    here = list(_each_once(scene.agreements_in(sentence)))
    for exchange in exchanges(sentence, scene.discourse):
        if not here:
            yield from _bargain(scene, sentence, exchange)
            continue
        nearest = min(here, key=lambda named: (abs(named.head - exchange.places[0]), named.head))
        parties = nearest.parties if not nearest.known else ()
        terms = tuple((_party(giver, nearest), what) for giver, what in exchange.terms)
        move = scene.move_without_event(
            Board.AGREEMENTS, "exchange", sentence, exchange.places,
            source=parties, about=(nearest.code,) if nearest.known else (nearest.name, nearest.kind or "agreement"),
            terms=terms,
        )  # fmt: skip
        known = agreements().get(nearest.code)
        if known and known.signed and (scene.published is None or known.signed < scene.published):
            move = replace(move, date=known.signed)
        yield move


def _bargain(scene: Scene, sentence: Sentence, exchange: Exchange) -> Iterator[Move]:
    """ "Australia has agreed to suspend its complaint against China in return for a review": an arrangement of two.

    It is opened where one actor agrees to give and one other is named in what is given or got.
    """
    settled = [place for operator, place in operators_above(sentence, exchange.above) if operator == "settle"]
    if not settled or sentence.tokens[settled[0]].part_of_speech != "VERB":
        return
    if status_of(sentence, verb_act(sentence, settled[0]))[0] is not Status.OCCURRED:
        return
    makers = resolved(sentence, verb_act(sentence, settled[0]).subjects, scene.discourse)
    first, last = exchange.places
    within = {sentence.tokens[place].index for place in range(first, last + 1)}
    others = [
        bare(code)
        for place in sorted(within)
        if (resolution := scene.discourse.resolve(sentence, place)) and resolution.kind in _NATIONAL
        for code in resolution.codes
        if is_state(bare(code)) or home_of(code)  # not the body before which they complain
    ]
    parties = tuple(dict.fromkeys([*makers, *others]))
    if len(parties) != 2:
        return
    giver = makers[0] if len(makers) == 1 else ""
    terms = ((exchange.terms[0][0] or giver, exchange.terms[0][1]), exchange.terms[1])
    if giver and not terms[1][0]:
        terms = (terms[0], (next(party for party in parties if party != giver), terms[1][1]))
    kind = agreement_words().kind_of(sentence.tokens[place].lemma.lower() for place in sorted(within))
    told = scene.move_without_event(
        Board.AGREEMENTS, "exchange", sentence, (settled[0], *exchange.places),
        source=parties, about=("arrangement", kind or "agreement"), terms=terms,
    )  # fmt: skip
    yield replace(told, step="agree", terms=())
    yield told


def _party(code: str, named: NamedAgreement) -> str:
    return as_parties([code], named, "exchange")[0] if code and as_parties([code], named, "exchange") else ""
