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
from communique.moves.position_attitudes import Attitude, attitudes, range_of_attitude
from communique.moves.position_holders import Holder, HolderFinder
from communique.moves.position_objects import ObjectFinder, StanceObject, is_definite
from communique.moves.position_reality import as_told, binding, turned
from communique.moves.position_words import position_words
from communique.moves.scene import Scene, Telling
from communique.records import Board, Move, Sentence, Status

_QUOTED = re.compile('[“"]([^“”"]+)[”"]')
_LEAST_WORDS_OF_QUOTE = 2
_SENTENCES_BACK = 3
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
        whose = (
            holders.at(sentence, attitude.subjects, attitude.place)
            if attitude.subjects
            else holders.speaker_of(sentence, attitude.place)
        )
        if not whose:
            continue
        finder = ObjectFinder(scene, sentence, [holder.code for holder in whose])
        matters = [matter for noun in attitude.objects for matter in finder.at(noun)]
        if not matters and all(_is_it(sentence, noun) for noun in attitude.objects):
            matters = [replace(matter, head=attitude.objects[0]) for matter in spoken_of.it(sentence)]
        spoken_of.take(sentence, matters)
        for matter in matters:
            if (allowed := _allowed(attitude, matter)) is not None:
                for holder in whose:
                    yield _move(scene, sentence, attitude, holder, spoken_of.closed(sentence, holder, allowed))


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


def _is_it(sentence: Sentence, place: int) -> bool:
    return sentence.tokens[place].text.lower() in {"it", "them"}


class SpokenOf:
    """What a report spoke of before: the "it" of "called it a mistake", and with whom "the talks" are.

    Talks without another side are those that the same actor last spoke of, or else of those who met just before.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._last: dict[str, tuple[int, StanceObject]] = {}
        self._matters: tuple[int, list[StanceObject]] = (-9, [])

    def take(self, sentence: Sentence, matters: list[StanceObject]) -> None:
        """Remember what a stance was on."""
        if matters:
            self._matters = (sentence.index, matters)

    def it(self, sentence: Sentence) -> list[StanceObject]:
        """Give what "it" is: what the last stance was on, else the one agreement of the sentence before."""
        told, matters = self._matters
        if matters and 0 <= sentence.index - told <= 1:
            return matters if len(matters) == 1 and matters[0].kind != "actor" else []
        before = [other for other in self.scene.sentences if other.index == sentence.index - 1]
        codes = {named.code for other in before for named in self.scene.agreements_in(other)}
        return [StanceObject("agreement", codes.pop(), 0)] if len(codes) == 1 else []

    def closed(self, sentence: Sentence, holder: Holder, matter: StanceObject) -> StanceObject:
        """Give the object, named like the last talks where it names none of its own."""
        if matter.kind != "talks":
            return matter
        own = bare(holder.code)
        if not matter.open:
            self._last[own] = (sentence.index, matter)
            return matter
        told, last = self._last.get(own, (-9, matter))
        if sentence.index - told <= _SENTENCES_BACK:
            return replace(matter, what=last.what, form=last.form)
        definite = matter.what == "talks" and is_definite(sentence, matter.head)
        parties = self._met_before(sentence) if definite else []
        if own in parties:
            return replace(matter, what=f"talks with {', '.join(code for code in parties if code != own)}")
        return replace(matter, what=f"talks between {' and '.join(parties)}") if parties else matter

    def _met_before(self, sentence: Sentence) -> list[str]:
        """Give those who met in the sentences before, nobody where none did."""
        for telling in reversed(self.scene.tellings):
            event, back = telling.event, sentence.index - telling.sentence.index
            if event.type == "CONSULT" and 0 < back <= _SENTENCES_BACK:
                parties = sorted({bare(code) for code in (*event.source, *event.target)})
                if len(parties) > 1:
                    return parties
        return []


def _move(scene: Scene, sentence: Sentence, attitude: Attitude, holder: Holder, matter: StanceObject) -> Move:
    places = range_of_attitude(sentence, attitude)
    telling = _telling(scene, sentence, holder, places)
    stance = turned(attitude.stance) if matter.turned else attitude.stance
    condition = binding(sentence, attitude.place, (*attitude.objects, matter.head))
    if condition and stance == "for":
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
        words=_words(sentence, places),
        event_id=telling.event.event_id if telling else None,
        date=telling.event.date if telling else _date(scene, sentence, attitude),
        order=sentence.index * 1000 + attitude.place,
    )


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


def _words(sentence: Sentence, places: tuple[int, ...]) -> str:
    """Give the quotation among the words, as the report has it; else the words themselves."""
    start, end = sentence.tokens[places[0]].start, sentence.tokens[places[-1]].end
    for match in _QUOTED.finditer(sentence.passage, sentence.start, sentence.end):
        quoted = match.group(1).strip()
        overlaps = match.start() < end and start < match.end()
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
