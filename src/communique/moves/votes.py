"""Steps on the board of votes: resolutions adopted, vetoed, voted down, and who voted how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.actors.resolver import bare, is_state
from communique.coding.contexts import is_sport
from communique.coding.dates import date_for, find_dates
from communique.coding.slots import Slots
from communique.moves.mood import Tense, mood_of
from communique.moves.questions import question_in
from communique.moves.reach import whole
from communique.moves.rules import board_rules
from communique.moves.scene import Scene
from communique.moves.talk_words import joined
from communique.moves.vote_deeds import Deed, DeedFinder
from communique.moves.vote_words import (
    Body,
    bodies_in,
    clause_phrase,
    counts_in,
    reach_below,
    resolution_number,
    table,
    text_phrase,
    words,
)  # fmt: skip
from communique.reading.acts import prepositional
from communique.records import Board, Move, Sentence, Status, Token

# A vote told of is remembered for so many sentences, for "China abstained".
_MEMORY = 3


@dataclass(frozen=True, slots=True)
class _Vote:
    """The vote that a report speaks of: body, label and question."""

    body: str
    label: str
    question: str
    sentence: int

    @property
    def about(self) -> tuple[str, ...]:
        return (self.label, self.question)


def find_votes(scene: Scene) -> Iterable[Move]:
    """Give the steps that a report tells, in text order."""
    last: _Vote | None = None
    moves: list[Move] = []
    for sentence in scene.sentences:
        if is_sport(sentence):
            continue
        finder = _SentenceVotes(scene, sentence, last)
        moves += finder.moves()
        last = finder.vote or last
        if last is not None and sentence.index - last.sentence > _MEMORY:
            last = None
    return moves


class _SentenceVotes:
    """The votes of one sentence; `vote` is the one it tells of, for the sentences behind."""

    def __init__(self, scene: Scene, sentence: Sentence, last: _Vote | None) -> None:
        self.scene = scene
        self.sentence = sentence
        self.deeds = DeedFinder(scene, sentence)
        self.slots = Slots(sentence, scene.discourse)
        self.last = last
        self.vote: _Vote | None = None

    def moves(self) -> list[Move]:
        """Give the moves; what the body does first, since it tells which vote its members' votes belong to."""
        found = [word for token in self.sentence.tokens if (word := self.deeds.deed(token.index)) is not None]
        found.sort(key=lambda word: (word.step in {"vote"}, word.place))
        made = [move for word in found if (move := self._move(word)) is not None]
        decided = any(move.step in {"adopt", "reject", "veto", "schedule"} for move in made)
        return [move for move in made if not (decided and move.step == "count")]

    def _token(self, place: int) -> Token:
        return self.sentence.tokens[place]

    def _move(self, word: Deed) -> Move | None:
        mood = mood_of(self.sentence, word.place)
        is_verb = self.sentence.tokens[word.place].part_of_speech in {"VERB", "AUX"}
        step, status = word.step, Status.OCCURRED
        if is_verb and step != "schedule":
            if mood.denied or mood.tense in {Tense.MAY, Tense.WOULD, Tense.SHOULD, Tense.IF}:
                return None
            if mood.tense is Tense.GOVERNED and not self._is_done(word.place):
                step = "schedule" if self._is_planned(word.place) and word.vote_word else ""
            if mood.tense is Tense.TO_COME:
                step = "schedule" if step != "veto" else ""
            if not step:
                return None
        body, members = self._who(word)
        if body is None:
            return None
        counts = counts_in(self.sentence.text)
        if step == "reject" and members:
            step = "veto"
        if step == "vote" and not members:
            step = self._of_the_body(word, counts)
        if step == "adopt" and not word.vote_word and not self._is_vote(word, body, counts):
            return None
        vote = self._which(word, body)
        if body.domestic and not self._is_international(word, body):
            return None
        if step == "schedule":
            status, members, counts = Status.PLANNED, [], {}
        self.vote = vote
        return self._made(word, step, vote, members, counts, status)

    def _made(
        self, word: Deed, step: str, vote: _Vote, members: Sequence[str], counts: dict[str, int], status: Status
    ) -> Move:
        told = step not in {"vote", "veto"}
        tokens = self.sentence.tokens
        places = [word.place, *([word.thing] if word.thing is not None and abs(word.thing - word.place) < 25 else [])]
        source = (vote.body,) if told else tuple(members)
        form = word.form if step == "vote" else "against" if step == "veto" else None
        if told and any(token.text.lower() in words("unanimous") for token in tokens):
            counts = {"against": 0, **counts}
        return self.scene.move_without_event(
            Board.VOTES, step, self.sentence, places,
            source=source, target=(vote.body,), about=vote.about, form=form, status=status,
            terms=tuple((side, str(number)) for side, number in counts.items()) if told or step == "veto" else (),
            date=self._day(word, status), event_id=self._event(word, step),
            order=self.sentence.index * 1000 + word.place,
        )  # fmt: skip

    def _is_done(self, verb: int) -> bool:
        """ "failed to adopt" is told; "wants to adopt" is not."""
        return self.deeds.lemma(self.sentence.tokens[verb].head) in words("failing")

    def _is_planned(self, verb: int) -> bool:
        return self.deeds.lemma(self.sentence.tokens[verb].head) in words("planning")

    def _who(self, word: Deed) -> tuple[Body | None, list[str]]:
        """Give the body, and the members that act apart from it."""
        acting = [body for place in word.actors for body in bodies_in(
            self.sentence, self.scene.discourse, reach_below(self.sentence, place)
        )]  # fmt: skip
        party = self.slots.actors(tuple(one for place in word.actors for one in joined(self.sentence, place)))
        members = [bare(code) for code in party.codes if "/" not in code and len(code) == 3]
        if word.step == "veto":
            return self._vetoed_in(members), members
        if word.step == "reject" and self.deeds.lemma(word.place) == "block" and not acting:
            return self._vetoed_in(members), members
        if not acting and self.vote is None and whole(self.sentence).holds(*words("referendum")):
            states = {bare(code) for code in party.codes if len(bare(code)) == 3}
            if len(states) == 1:
                return Body(f"{next(iter(states))}/CVL", True), []
        if self.deeds.lemma(word.place) in words("abstain"):
            acting = []
        if acting and not (word.step == "vote" and members and not acting[0].domestic and word.form):
            return acting[0], []
        named = next((body for body in bodies_in(self.sentence, self.scene.discourse) if not body.domestic), None)
        spoken_of = self.vote or self.last
        if spoken_of is not None and (named is None or word.step == "vote") and not self._names_its_body(word):
            named = Body(spoken_of.body, is_state(bare(spoken_of.body)))
        if named is None and self._has_a_council_number():
            named = Body("UNSC", False)
        if word.step == "vote":
            counted = "for" in counts_in(self.sentence.text)
            return (named, members) if (members or counted) and word.form else (None, [])
        if word.step == "schedule" or not word.actors:
            return named, []
        return None, []

    def _names_its_body(self, word: Deed) -> bool:
        """ "voted against it in the General Assembly"."""
        behind = prepositional(self.sentence, word.place, "in", "at", "of")
        return any(
            True
            for place in behind
            for _ in bodies_in(self.sentence, self.scene.discourse, reach_below(self.sentence, place))
        )

    def _has_a_council_number(self) -> bool:
        """Since 1977 the Assembly writes its session before a resolution's number; a plain one is the Council's."""
        published = self.scene.report.published
        number = resolution_number(self.sentence.text)
        return bool(number and number.isdigit() and published and published.year >= 1977)

    def _vetoed_in(self, members: Sequence[str]) -> Body | None:
        named = [body for body in bodies_in(self.sentence, self.scene.discourse) if body.code in table("vetoing")]
        if not members:
            return None
        if named:
            return named[0]
        said = whole(self.sentence)
        permanent = set(members) <= set(table("vetoing")["UNSC"])
        if permanent and (len(members) > 1 or said.holds(*words("un_texts"), *words("un_names"))):
            return Body("UNSC", False)
        return None

    def _of_the_body(self, word: Deed, counts: dict[str, int]) -> str:
        if any(self.deeds.lemma(place) in {"member", "country", "state", "nation"} for place in word.actors):
            every = any(
                t.text.lower() == "all" for p in word.actors for t in map(self._token, self.sentence.children[p])
            )
            numbered = "for" in counts and resolution_number(self.sentence.text) is not None
            return "adopt" if every or numbered else "count"
        if "for" in counts and "against" in counts:
            carried = counts["for"] > counts["against"]
            return "adopt" if carried == (word.form != "against" or counts["for"] < counts["against"]) else "reject"
        return {"for": "adopt", "against": "reject"}.get(word.form or "", "count")

    def _is_vote(self, word: Deed, body: Body, counts: dict[str, int]) -> bool:
        """A body adopts by voting where it adopts a resolution, or the sentence counts; "the EU approved aid" may not."""
        said = whole(self.sentence)
        if counts or said.holds("vote", *words("unanimous")):
            return True
        thing = self.deeds.lemma(word.thing) if word.thing is not None else ""
        lemma = self.deeds.lemma(word.place)
        if lemma == "ratify" or (body.domestic and lemma in words("enacting")):
            return True
        return thing in words("un_texts") | {"amendment", "statement"} and lemma in {
            "adopt",
            "pass",
            "approve",
            "endorse",
        }

    def _is_international(self, word: Deed, body: Body) -> bool:
        """A parliament's or people's vote counts where it is on another state's matter or a treaty."""
        said = whole(self.sentence)
        if self.scene.agreements_in(self.sentence) or said.holds(*words("abroad")):
            return True
        home = bare(body.code)
        return any(bare(code) != home for code in self.scene.discourse.actors_named(self.sentence))

    def _which(self, word: Deed, body: Body) -> _Vote:
        """Give the vote: by the number of its resolution, by the words for it, or the one spoken of before."""
        text, label = self.sentence.text, ""
        number = resolution_number(text)
        if number:
            label = number
        elif word.thing is not None and self._token(word.thing).part_of_speech != "PRON":
            label = (
                clause_phrase(self.sentence, word.thing)
                if word.clause
                else text_phrase(self.sentence, word.thing, word.place)
            )
            if word.counted:
                first, last = sorted((word.place, word.thing))
                label = self.sentence.passage[self._token(first).start : self._token(last).end]
        reach = reach_below(self.sentence, word.thing) if word.thing is not None else whole(self.sentence)
        question = question_in(reach) or question_in(whole(self.sentence)) or ""
        known = self.vote or self.last
        if known is not None and known.body == body.code and not number:
            if word.thing is None or word.step == "vote" or self._points_back(word.thing):
                return _Vote(known.body, known.label, known.question, self.sentence.index)
        return _Vote(body.code, label, question, self.sentence.index)

    def _points_back(self, thing: int) -> bool:
        """ "the text", "the resolution" without more is the one told of before."""
        children = [self.sentence.tokens[child] for child in self.sentence.children[thing]]
        definite = any(child.lemma.lower() in {"the", "this", "that"} for child in children)
        return definite and all(child.relation in {"det", "punct"} for child in children)

    def _day(self, word: Deed, status: Status) -> str | None:
        published = self.scene.report.published
        dates = find_dates(self.sentence.text, published)
        when = date_for(self.sentence, word.place, dates, published, status is Status.PLANNED)
        if when is None or when.date is None:
            return None
        if status is Status.OCCURRED and published and when.date > published.isoformat()[: len(when.date)]:
            return None
        return when.date

    def _event(self, word: Deed, step: str) -> str | None:
        types = board_rules(Board.VOTES).rest["events"][step]
        for telling in self.scene.tellings_in(self.sentence):
            if telling.draft.act.trigger in {word.place, word.thing} and telling.event.type in types:
                return telling.event.event_id
        return None
