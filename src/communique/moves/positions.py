"""Steps on the board of positions: who holds what on which question, in which words.

A position is found where the words of a sentence tell a stance (position_attitudes.py) of an actor (position_holders.py)
on a matter of the board (position_objects.py), and tell it as held (position_reality.py). A refusal to meet that the
coder found is one as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.actors.resolver import bare
from communique.coding.dates import find_dates
from communique.moves.position_attitude import Attitude
from communique.moves.position_attitudes import attitudes
from communique.moves.position_context import SpokenOf, means_it
from communique.moves.position_holders import Holder, HolderFinder
from communique.moves.position_objects import ObjectFinder, StanceObject
from communique.moves.position_range import range_of_attitude
from communique.moves.position_reality import as_told, binding, opens_again, turned
from communique.moves.position_words import position_words
from communique.moves.scene import Scene, Telling
from communique.records import Board, Move, Sentence, Status

_QUOTED = re.compile('[“"]([^“”"]+)[”"]')
_LEAST_WORDS_OF_QUOTE = 2
_OTHER_CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "appos", "parataxis", "conj"})


def find_positions(scene: Scene) -> Iterable[Move]:
    """Give the positions that a report tells, each once, in text order."""
    holders = HolderFinder(scene)
    found: dict[tuple[object, ...], Move] = {}
    spoken_of = SpokenOf(scene)
    for sentence in scene.sentences:
        for move in _in_sentence(scene, holders, sentence, spoken_of):
            found.setdefault((move.sentence, move.source, move.about, move.speaker), move)
    told = {(move.sentence, code) for move in found.values() for code in move.source if move.about[0] == "talks"}
    for telling in scene.tellings:
        if telling.event.type == "REJECT" and telling.event.mode == "meet":
            for move in _refusal(scene, holders, telling):
                if (move.sentence, move.source[0]) not in told:
                    found.setdefault((move.sentence, move.source, move.about, move.speaker), move)
    return sorted(found.values(), key=lambda move: (move.order, move.source, move.about))


def _in_sentence(scene: Scene, holders: HolderFinder, sentence: Sentence, spoken_of: SpokenOf) -> Iterator[Move]:
    for attitude in attitudes(sentence):
        whose = holders.at(sentence, attitude.subjects, attitude.place)
        if not whose and all(_is_speaker(sentence, subject) for subject in attitude.subjects):
            whose = holders.speaker_of(sentence, attitude.place)
        if not whose:
            continue
        finder = ObjectFinder(scene, sentence, [holder.code for holder in whose])
        matters = [matter for noun in attitude.objects for matter in finder.at(noun)]
        if attitude.points_to == "deed":
            matters = [StanceObject("question", "move", attitude.place, pointing=True)]
        elif not matters and all(means_it(sentence, noun) for noun in attitude.objects):
            head = attitude.objects[0] if attitude.objects else attitude.place
            matters = [replace(matter, head=head) for matter in spoken_of.it(sentence, attitude.place)]
        named: list[StanceObject] = []
        for matter in matters:
            if (allowed := _allowed(attitude, matter)) is not None:
                for holder in whose:
                    closed = spoken_of.closed(sentence, holder, allowed)
                    if closed is not None:
                        named.append(closed)
                        yield _move(scene, sentence, attitude, holder, closed)
            else:
                named.append(matter)
        spoken_of.take(sentence, list(dict.fromkeys(named)), whose)


def _is_speaker(sentence: Sentence, place: int) -> bool:
    return sentence.tokens[place].text.lower() in {"i", "we"}


def _allowed(attitude: Attitude, matter: StanceObject) -> StanceObject | None:
    """Give the matter as the stance's verb takes it: "rejected Britain's claim" is on the claim, not on Britain."""
    verb = attitude.verb
    if not matter.what:  # "its proposal", nobody knows whose
        return None
    if verb is None or verb.allows(matter.kind, deed=bool(matter.deed)):
        return matter
    if matter.deed and verb.allows("question", deed=False):
        return replace(matter, kind="question", what=matter.deed)
    return None


def _move(scene: Scene, sentence: Sentence, attitude: Attitude, holder: Holder, matter: StanceObject) -> Move:
    condition = _condition(sentence, attitude, matter)
    places = range_of_attitude(sentence, attitude, condition)
    telling = _telling(scene, sentence, holder, places)
    stance = turned(attitude.stance) if matter.turned else attitude.stance
    if condition and (stance == "for" or opens_again(condition)):
        stance = "conditional"
    return scene.move_without_event(
        Board.POSITIONS,
        attitude.step,
        sentence,
        places,
        source=(holder.code,),
        about=(matter.kind, matter.what),
        form=matter.form,
        stance=stance,
        speaker=holder.speaker,
        condition=condition,
        words=_words(sentence, places, {attitude.place, *attitude.objects, *attitude.judgement}),
        event_id=telling.event.event_id if telling else None,
        date=_not_to_come(scene, telling.event.date) if telling else _date(scene, sentence, attitude),
        order=sentence.index * 1000 + attitude.place,
    )


def _condition(sentence: Sentence, attitude: Attitude, matter: StanceObject) -> str | None:
    """Give the words that bind a stance: those that its reader found, else a clause of condition."""
    if attitude.condition:
        first, last = attitude.condition[0], attitude.condition[-1]
        return sentence.passage[sentence.tokens[first].start : sentence.tokens[last].end]
    return binding(sentence, attitude.place, (*attitude.objects, matter.head))


def _not_to_come(scene: Scene, day: str | None) -> str | None:
    """A stance is held when it is told: a later day is that of what it is on."""
    return None if day is None or (scene.published and day > scene.published[: len(day)]) else day


def _date(scene: Scene, sentence: Sentence, attitude: Attitude) -> str | None:
    """Give the one date that a sentence in the past tense tells of its stance; not the date of what the stance is on."""
    verb = attitude.place
    if sentence.tokens[verb].part_of_speech != "VERB":
        verb = sentence.tokens[verb].head
    past = sentence.tokens[verb].tag == "VBD" or any(
        sentence.tokens[aux].tag == "VBD" for aux in sentence.related(verb, "auxpass", "aux")
    )
    dates = find_dates(sentence.text, scene.report.published)
    if not past or len(dates) != 1 or dates[0].future:
        return None
    start = sentence.start + dates[0].start
    current = next((token.index for token in sentence.tokens if token.start <= start < token.end), verb)
    while current != verb:  # a date of another clause, or of the object, tells when something else was
        token = sentence.tokens[current]
        if token.head == current or token.relation in _OTHER_CLAUSE or current in attitude.objects:
            return None
        current = token.head
    return dates[0].date


def _telling(scene: Scene, sentence: Sentence, holder: Holder, places: tuple[int, ...]) -> Telling | None:
    """Give the event that the same words of the sentence tell of the holder, None where there is none."""
    for telling in scene.tellings_in(sentence):
        if telling.draft.act.trigger in places and bare(holder.code) in map(bare, telling.event.source):
            return telling
    return None


def _words(sentence: Sentence, places: tuple[int, ...], core: set[int]) -> str:
    """Give the quotation that has the core of the words, as the report has it; else the words themselves."""
    start, end = sentence.tokens[places[0]].start, sentence.tokens[places[-1]].end
    for match in _QUOTED.finditer(sentence.passage, sentence.start, sentence.end):
        quoted = match.group(1).strip().rstrip(",")
        overlaps = match.start() < end and start < match.end()
        overlaps &= any(match.start() < sentence.tokens[place].start < match.end() for place in core)
        if overlaps and len(quoted.split()) >= _LEAST_WORDS_OF_QUOTE:
            return quoted
    return sentence.passage[start:end]


def _refusal(scene: Scene, holders: HolderFinder, telling: Telling) -> Iterator[Move]:
    """Refusing to meet is being against the talks that the act's own words name, with whom they name."""
    event, sentence, trigger = telling.event, telling.sentence, telling.draft.act.trigger
    told = as_told(sentence, trigger, "against", refusable=False)
    if event.status is not Status.OCCURRED or told != ("against", "hold"):
        return
    talks = position_words().lists["talks"]
    named = [place for place in telling.reach.places if sentence.tokens[place].lemma.lower() in talks]
    for holder in holders.at(sentence, telling.draft.source.heads, trigger):
        if not named or bare(holder.code) not in map(bare, event.source):
            continue
        matter = ObjectFinder(scene, sentence, [holder.code]).talks(named[0])
        if not matter.open:
            yield scene.move(
                Board.POSITIONS, "hold", telling, source=(holder.code,), target=(), stance="against",
                about=("talks", matter.what), form=matter.form, speaker=holder.speaker,
            )  # fmt: skip
