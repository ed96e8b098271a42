"""Steps on the board of talks: between whom, on what, in which form; proposed, refused, agreed, held, broken off.

First from the words for talks in each sentence, whether the coder made an event of them or not; then from coded
meetings, visits and calls that are told in other words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.actors.resolver import bare
from communique.coding.contexts import is_sport
from communique.coding.dates import When, date_for, find_dates
from communique.coding.slots import Slots
from communique.moves.questions import question_in
from communique.moves.reach import whole
from communique.moves.report_sides import by_name_of_group
from communique.moves.rules import board_rules
from communique.moves.scene import Scene, Telling
from communique.moves.talk_matter import condition, form, place, question, question_of_sentence
from communique.moves.talk_mediation import mediators
from communique.moves.talk_offers import at_home, host_of_offer, sides_of_mediation
from communique.moves.talk_outcome import Outcome
from communique.moves.talk_predicates import relative_outcomes
from communique.moves.talk_results import parties_by_agreement, settlements
from communique.moves.talk_sides import Sides, sides_of
from communique.moves.talk_steps import outcome_of
from communique.moves.talk_words import TalkWord, talk_words, words
from communique.reading.acts import surface_subjects
from communique.records import Board, Move, Sentence, Status

# Told before the day's news: sorts in front of it.
BEFORE = 1_000_000
# A side that is not named is the last one that the actor was said to talk with, this many sentences back.
_MEMORY = 4
# In a report of so few sentences each tells what the talks are about; in a longer one a question must come so often.
_SHORT, _OFTEN = 2, 3
# A phrase of more words is not shown as part of the talks' name.
_WORDS_SHOWN = 9
# Steps in words, of which the talks may come later.
_IN_WORDS = frozenset({"propose", "agree", "refuse"})
# Steps that last since a day, or till one.
_LASTING = frozenset({"go on", "resume", "suspend", "refuse", "ban"})


class _Told:
    """The talks that a report has told so far, to know whom "the talks" mean."""

    def __init__(self) -> None:
        self.sets: list[tuple[int, frozenset[str], tuple[str, ...]]] = []

    def keep(self, sentence: int, codes: Sequence[str], about: tuple[str, ...]) -> None:
        if len(sides_of(codes)) >= 2:
            self.sets.append((sentence, frozenset(codes), about))

    def with_side(self, sentence: int, codes: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...]] | None:
        """Give the last talks that one of the actors took part in."""
        for at, known, about in reversed(self.sets):
            if abs(sentence - at) <= _MEMORY and sides_of(codes) <= sides_of(known):
                return known, about
        return None


def find_talks(scene: Scene) -> Iterable[Move]:
    """Give the steps that a report tells, in text order."""
    told = _Told()
    moves: list[Move] = []
    for sentence in scene.sentences:
        if is_sport(sentence):
            continue
        here = _in_words(scene, sentence, told)
        for telling in scene.tellings_in(sentence):
            coded = _coded(scene, telling, here)
            if coded is not None:
                here.append(coded)
                told.keep(sentence.index, (*coded.source, *coded.target), coded.about)
        moves += here
    moves = [by_name_of_group(scene.discourse, move) for move in moves]
    return [*moves, *settlements(scene, moves)]


def _in_words(scene: Scene, sentence: Sentence, told: _Told) -> list[Move]:
    """Give the steps that the words for talks of one sentence tell."""
    found: list[tuple[TalkWord, Outcome, Move]] = []
    for word in talk_words(sentence):
        first = outcome_of(word)
        if first is None:
            _overheard(scene, word, told)
        parties: tuple[str, ...] = ()
        for outcome in (*((first,) if first else ()), *relative_outcomes(word)):
            move = _move(scene, word, outcome, told, parties)
            parties = parties or (_all(move) if move is not None else ())
            for one in _apart(scene, word, move):
                if not any(_same(one, other) for _, _, other in found):
                    found.append((word, outcome, one))
                    told.keep(sentence.index, _all(one), one.about)
    # "met in Nairobi for talks": the talks tell more than the meeting, and it is one
    return [
        move
        for word, _, move in found
        if not (word.verb and any(word.place in other.path for noun, other, _ in found if noun is not word))
    ]


def _apart(scene: Scene, word: TalkWord, move: Move | None) -> list[Move]:
    """ "telephoned Putin and Tymoshenko", "received": two calls, not one talk of three."""
    if move is None or len(sides_of(move.source)) < 3 or not word.verb:
        return [] if move is None else [move]
    if word.sentence.tokens[word.place].lemma.lower() not in words("apart_verbs"):
        return [move]
    callers = sides_of(Slots(word.sentence, scene.discourse).actors(surface_subjects(word.sentence, word.place)).codes)
    others = [code for code in move.source if not sides_of([code]) & callers]
    own = tuple(code for code in move.source if sides_of([code]) & callers)
    return [replace(move, source=(*own, other)) for other in others] if len(own) == 1 else [move]


def _same(move: Move, other: Move) -> bool:
    return (move.step, set(_all(move)), move.about) == (other.step, set(_all(other)), other.about)


def _all(move: Move) -> tuple[str, ...]:
    return (*move.source, *move.target)


def _overheard(scene: Scene, word: TalkWord, told: _Told) -> None:
    """Keep in mind whose talks a sentence mentions without telling a step: "described talks with the U.S. as"."""
    if word.verb or word.kind == "visits":
        return
    sides = Sides(scene, word, Outcome("hold", word.head, None, word.nouns, None))
    named = sides.among() or sides.owners() + sides.partners()
    if len(sides_of(named)) == 1:
        verb = next(
            (p for p in word.sentence.ancestors(word.head) if word.sentence.tokens[p].part_of_speech == "VERB"), None
        )
        if verb is not None:
            named = named + Sides(scene, word, Outcome("hold", verb, verb, word.nouns, None)).maker()
    told.keep(word.sentence.index, named, ())


def _move(scene: Scene, word: TalkWord, outcome: Outcome, told: _Told, known: tuple[str, ...]) -> Move | None:
    """Give the step; its sides are `known` where a clause only tells more of talks whose sides are."""
    sides = Sides(scene, word, outcome)
    if _negotiates_an_agreement(word, outcome):
        return None
    found = (known, (), ()) if known else _who(sides, outcome, word, told)
    if found is None:
        return None
    source, target, remembered = found
    if sides.word.kind == "talks":
        told_codes = at_home(scene, sides, (*source, *target))
        source, target = told_codes[: len(source)], told_codes[len(source) :]
    through, mediated = mediators(sides)
    if outcome.step in {"propose", "refuse"} and (host := host_of_offer(sides, outcome.step, source, target)):
        through, mediated = [*through, *host], True
    parties = sides_of((*source, *target))
    sitting = sides_of(target) if mediated and outcome.step == "propose" else parties
    through = [code for code in dict.fromkeys(through) if code not in sitting]
    if mediated and not through:  # "a Libyan offer to mediate"
        through = [bare(code) for code in sides.offered_by() if bare(code) not in sitting]
    asked = question(sides) or next(iter(remembered), None)
    if asked is None and word.kind == "talks" and not word.verb:
        asked = _topic(scene, sides)
    places = sorted({*_phrase(word), *outcome.path, outcome.place})
    status = Status.PLANNED if outcome.step == "schedule" else Status.OCCURRED
    when = _day(scene, word, outcome)
    return scene.move_without_event(
        Board.TALKS, outcome.step, word.sentence, places,
        source=source, target=target, through=tuple(through), about=(asked,) if asked else (),
        form=form(sides, mediated) or ("direct" if word.kind in {"meetings", "visits"} and not through else None),
        place=place(sides), status=status, date=when, event_id=_event_behind(scene, word, outcome, parties),
        condition=condition(sides) if outcome.step in {"refuse", "agree", "propose", "suspend", "schedule"} else None,
        order=word.sentence.index * 1000 + word.place - (BEFORE if outcome.before and not when else 0),
    )  # fmt: skip


def _phrase(word: TalkWord) -> list[int]:
    """Give the words that name talks: "their first direct talks with Lavrov", for the reader."""
    sentence, found = word.sentence, [*word.nouns]
    if word.verb:
        return found
    for noun in word.nouns:
        found += sentence.related(noun, "amod", "compound", "nummod", "poss")
        for child in sentence.related(noun, "prep"):
            held = sentence.subtree(child)
            if sentence.tokens[child].lemma in {"with", "between", "among", "to"} and len(held) <= _WORDS_SHOWN:
                found += held
    return found


def _topic(scene: Scene, sides: Sides) -> str | None:
    """Give the question of this sentence or the one before, where it is the one that the report mostly speaks of."""
    told = {sentence.index: question_in(whole(sentence)) for sentence in scene.sentences if sentence.index >= 0}
    here, index = question_of_sentence(sides), sides.sentence.index
    often = Counter(asked for asked in told.values() if asked).most_common(1)
    if len(told) <= _SHORT:
        return next(iter(here), None)
    if often and often[0][1] >= _OFTEN and (often[0][0] in here or often[0][0] == told.get(index - 1)):
        return often[0][0]
    return None


def _negotiates_an_agreement(word: TalkWord, outcome: Outcome) -> bool:
    """ "the treaty had been negotiated": a step of the agreement, unless it is still going on."""
    if not word.verb or outcome.step in {"go on", "schedule", "refuse", "agree", "propose"}:
        return False
    objects = word.sentence.related(word.place, "dobj", "nsubjpass")
    return bool(objects) and word.sentence.tokens[word.place].lemma == "negotiate"


def _who(
    sides: Sides, outcome: Outcome, word: TalkWord, told: _Told
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Give who makes the step, the others, and the question of talks that were told before; None where too few are known."""
    maker = sides.maker()
    between, _ = mediators(sides)
    parties = sides.among()
    if not parties:
        partners, owners = sides.partners(), sides.owners()
        talkers = [code for code in sides.talkers() if bare(code) not in between]
        if outcome.margin and word.kind == "meetings" and not partners and len(sides_of(owners)) < 2:
            return None
        parties = _add([], owners + partners)
        if len(sides_of(owners)) < 2 and not (owners and partners):
            parties = _add(parties, talkers)
        if len(sides_of(parties)) < 2 or (partners and len(sides_of(parties)) == len(sides_of(partners))):
            parties = _add(parties, [code for code in maker if bare(code) not in between])
        if len(sides_of(parties)) < 2:
            parties = _add(parties, sides.offered_to() + sides.offered_by())
        if len(sides_of(parties)) < 2 and word.kind != "visits":
            parties = _add(parties, sides.pair_of_sentence() or sides.bound())
        if len(sides_of(parties)) < 2 and (agreed := parties_by_agreement(sides.scene, word, outcome)):
            parties = agreed
    offer = sides_of_mediation(sides, outcome.step, maker, parties)
    if offer is not None:
        return (tuple(offer[0]), tuple(offer[1]), ()) if offer[0] else None
    if outcome.step == "propose" and len(sides_of(invited := sides.invited())) >= 2:
        parties = invited
    remembered: tuple[str, ...] = ()
    if len(sides_of(parties)) < 2:
        known = told.with_side(word.sentence.index, parties) if parties or _points_back(word) else None
        if known is None or word.kind != "talks" or (word.verb and outcome.step not in {"refuse", "agree"}):
            return None
        parties, remembered = _add(parties, sorted(known[0])), known[1]
    if outcome.step in {"propose", "refuse", "agree", "ban", "no ban", "rule nothing out"} or (
        outcome.step == "suspend" and maker and outcome.maker is not None
    ):
        maker = maker or (sides.offered_by() if outcome.step == "propose" else [])
        if not maker:
            return None
        own = sides_of(maker)
        others = tuple(code for code in parties if not sides_of([code]) & own)
        if outcome.step == "refuse" and not own & sides_of(parties) and outcome.told_of:
            return None
        if outcome.step == "propose" and own & sides_of(parties) and len(sides_of(others)) >= 2:
            others = tuple(parties)
        return tuple(maker), others, remembered
    return tuple(parties), (), remembered


def _add(parties: list[str], more: Iterable[str]) -> list[str]:
    known = sides_of(parties)
    return parties + [code for code in dict.fromkeys(more) if not sides_of([code]) & known]


def _points_back(word: TalkWord) -> bool:
    """ "the talks", "these negotiations": those that were told of before."""
    return any(
        word.sentence.tokens[child].lemma.lower() in {"the", "this", "these", "that"}
        for place in word.nouns
        for child in word.sentence.related(place, "det")
    )


def _day(scene: Scene, word: TalkWord, outcome: Outcome) -> str | None:
    sentence = word.sentence
    published = scene.report.published
    future = outcome.step == "schedule"
    dates = find_dates(sentence.text, published)
    if outcome.step in _IN_WORDS:  # "urged it to meet on Thursday": the day is that of the meeting
        inner = {place for head in (word.head, outcome.inner) if head is not None for place in sentence.subtree(head)}
        if outcome.place not in inner:
            spans = [(sentence.tokens[place].start, sentence.tokens[place].end) for place in inner]
            dates = [
                when for when in dates if not any(low <= when.start + sentence.start < high for low, high in spans)
            ]
    if outcome.step not in _LASTING:  # "their first talks since 2022" were not held then
        dates = [when for when in dates if not _since(sentence.text, when)]
    when = date_for(sentence, outcome.place, dates, published, future)
    if when is None or when.date is None:
        return None
    if not future and published and when.date > published.isoformat()[: len(when.date)]:
        return None
    return when.date


def _since(text: str, when: When) -> bool:
    opening = text[max(0, when.start - 12) : when.end].lower().split()
    return bool({"since", "until"} & set(opening))


def _event_behind(scene: Scene, word: TalkWord, outcome: Outcome, parties: set[str]) -> str | None:
    """Give the event of the same words and sides, of a type that may stand behind the step."""
    types = board_rules(Board.TALKS).rest["events"][outcome.step]
    places = {word.place, word.head, outcome.place}
    for telling in scene.tellings_in(word.sentence):
        codes = sides_of((*telling.event.source, *telling.event.target))
        tokens = word.sentence.tokens
        near = telling.draft.act.trigger in places or any(
            telling.draft.start <= tokens[place].start < telling.draft.end for place in places
        )
        if near and telling.event.type in types and codes & parties:
            return telling.event.event_id
    return None


def _coded(scene: Scene, telling: Telling, here: Sequence[Move]) -> Move | None:
    """Give a step for a coded meeting, visit or call that no word for talks has told already."""
    event = telling.event
    step = board_rules(Board.TALKS).step(event)
    both = len(sides_of(event.source)) >= 2
    codes = event.source if both else tuple(dict.fromkeys((*event.source, *event.target)))
    if step is None or len(sides_of(codes)) < 2 or telling.reach.holds(*words("no_hosts"), *words("games")):
        return None
    if any(code.partition("/")[2] in {"CVL", "MED"} for code in codes):
        return None
    if telling.trigger not in words("coded"):
        return None
    own = {telling.draft.act.trigger}
    if any(word.place in own or word.head in own for word in talk_words(telling.sentence)):
        return None
    if any(sides_of(_all(move)) & sides_of(codes) for move in here):
        return None
    return scene.move(
        Board.TALKS, step, telling, source=codes, target=(), about=("general",), form="direct",
        status=Status.PLANNED if step == "schedule" else Status.OCCURRED,
    )  # fmt: skip
