"""What a report spoke of before a stance: "it", "the talks", "the decision"."""

from __future__ import annotations

from dataclasses import replace

from communique.actors.resolver import bare
from communique.moves.position_holders import Holder
from communique.moves.position_objects import ObjectFinder, StanceObject, is_definite
from communique.moves.position_words import position_words
from communique.moves.scene import Scene
from communique.records import Sentence, Status

_SENTENCES_BACK = 3
_DEEDS_BACK = 2


def means_it(sentence: Sentence, place: int) -> bool:
    """Tell whether a word only points to what was spoken of: "it", "this"; not the "that" of "the jets that it asked for"."""
    token = sentence.tokens[place]
    return token.text.lower() in {"it", "them", "this", "that"} and token.tag not in {"WDT", "IN"}


class SpokenOf:
    """What a report spoke of before: the "it" of "called it a mistake", and with whom "the talks" are.

    Talks without another side are those that the same actor last spoke of, or else of those who met just before.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._last: dict[str, tuple[int, StanceObject]] = {}
        self._matters: tuple[int, list[StanceObject]] = (-9, [])
        self._holders: tuple[str, ...] = ()

    def take(self, sentence: Sentence, matters: list[StanceObject], holders: tuple[Holder, ...]) -> None:
        """Remember what a stance was on, and whose it was."""
        if matters:
            self._matters = (sentence.index, matters)
            self._holders = tuple(bare(holder.code) for holder in holders)

    def it(self, sentence: Sentence, place: int) -> list[StanceObject]:
        """Give what "it" is: an agreement named before it, what the last stance was on, or the agreement told of before."""
        here = {named.code for named in self.scene.agreements_in(sentence) if max(named.places) < place - 1}
        told, matters = self._matters
        if len(here) == 1 and told != sentence.index:
            return [StanceObject("agreement", here.pop(), place)]
        words = position_words()
        nouns = [
            token.index
            for token in sentence.tokens[: max(place - 1, 0)]
            if words.holds("agreements", token.lemma.lower()) or words.holds("proposals", token.lemma.lower())
        ]
        if len(nouns) == 1 and told != sentence.index:  # "we have an accord, and it is good"
            return list(ObjectFinder(self.scene, sentence, ()).at(nouns[0]))
        if matters and 0 <= sentence.index - told <= 1:
            return matters if len(matters) == 1 and matters[0].kind != "actor" else []
        if self._names_a_thing(sentence, place):
            return []
        before = [other for other in self.scene.sentences if other.index == sentence.index - 1]
        codes = {named.code for other in before for named in self.scene.agreements_in(other)}
        return [StanceObject("agreement", codes.pop(), 0)] if len(codes) == 1 else []

    def _names_a_thing(self, sentence: Sentence, place: int) -> bool:
        """ "The process was slow and Paris wanted it to go on": the process is meant, of which nothing is known."""
        return any(
            token.relation == "nsubj"
            and token.part_of_speech == "NOUN"
            and self.scene.discourse.resolve(sentence, token.index) is None
            for token in sentence.tokens[:place]
        )

    def closed(self, sentence: Sentence, holder: Holder, matter: StanceObject) -> StanceObject | None:
        """Give the object by its full name: talks like the last ones, a decision by whose it is; None where it has none."""
        if matter.pointing:
            doers = self._who_did(sentence, holder, matter)
            what = f"{matter.what} of {', '.join(doers)}"
            return replace(matter, what=what, pointing=False) if doers else None
        if matter.kind != "talks":
            return matter
        own = bare(holder.code)
        if not matter.open:
            matter = self._from_this_side(own, matter)
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

    def _from_this_side(self, own: str, matter: StanceObject) -> StanceObject:
        """ "Paris proposed talks with Rome. Rome declined": to Rome they are talks with Paris."""
        head, _, listed = matter.what.rpartition(" with ")
        partners = set(listed.split(", "))
        if own not in partners or own in self._holders:
            return matter
        others = sorted((partners | set(self._holders)) - {own})
        return replace(matter, what=f"{head} with {', '.join(others)}") if others else matter

    def _met_before(self, sentence: Sentence) -> list[str]:
        """Give those who met in the sentences before, nobody where none did."""
        for telling in reversed(self.scene.tellings):
            event, back = telling.event, sentence.index - telling.sentence.index
            if event.type == "CONSULT" and 0 < back <= _SENTENCES_BACK:
                parties = sorted({bare(code) for code in (*event.source, *event.target)})
                if len(parties) > 1:
                    return parties
        return []

    def _who_did(self, sentence: Sentence, holder: Holder, matter: StanceObject) -> list[str]:
        """Give whose "decision" is meant: told before in the same sentence, or opening the report, or told just before.

        Nobody where that deed was the holder's own, for nobody protests against himself; an outcome is also the holder's.
        """
        place, words = matter.head, position_words()
        together = words.holds("shared_deeds", matter.what)
        told = [
            telling
            for telling in self.scene.tellings
            if (telling.event.type in words.lists["deed_types"] or (together and telling.event.type == "CONSULT"))
            and telling.event.status in {Status.OCCURRED, Status.PLANNED}
        ]
        before = [
            telling
            for telling in told
            if 0 <= sentence.index - telling.sentence.index <= _DEEDS_BACK
            and (telling.sentence is not sentence or telling.draft.act.trigger < place)
        ]
        before.sort(key=lambda telling: (telling.sentence.index, telling.draft.act.trigger))
        opening = [telling for telling in told if telling.sentence.index in {-1, 0} and sentence.index > 0]
        here = [telling for telling in before if telling.sentence is sentence]
        for telling in [*reversed(here), *opening[:1], *reversed(before)]:
            if together:
                return sorted({bare(code) for code in (*telling.event.source, *telling.event.target)})
            codes = sorted({bare(code) for code in telling.event.source})
            if bare(holder.code) not in codes:
                return codes
            if telling not in here and telling not in opening:
                return []
        return []
