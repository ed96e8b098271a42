"""Which frame an act fits: the demands of docs/frames.md, tried one after the other."""

from __future__ import annotations

from collections.abc import Callable

from communique.actors.knowledge import plain
from communique.actors.resolver import bare, is_state
from communique.actors.words import referring_words
from communique.coding.roles import Roles
from communique.ontology.frames import Frame, NounTest
from communique.ontology.loader import Ontology
from communique.records import Act, Sentence

Classify = Callable[[int], str | None]

_PREPOSITION_LIKE = {"ADP", "ADV", "PART", "SCONJ"}


def head_words(sentence: Sentence, place: int) -> set[str]:
    """Give the names that a noun goes by: its lemma, and "press conference", "cease-fire"."""
    tokens = sentence.tokens
    lemma = plain(tokens[place].lemma)
    found = {lemma, tokens[place].text.lower()}
    if place and tokens[place - 1].text == "-" and place >= 2:
        found.add(f"{tokens[place - 2].text.lower()}-{lemma}")
        found.add(f"{tokens[place - 2].text.lower()}{lemma}")
    elif place:
        found.add(f"{tokens[place - 1].text.lower()} {lemma}")
        if place >= 2:
            found.add(f"{tokens[place - 2].text.lower()} {tokens[place - 1].text.lower()} {lemma}")
    return found


class Matcher:
    """Finds the frames that an act in one sentence fits, most demanding first.

    `classify` gives the type of a governed word (a verb or noun), for `complement_types`.
    """

    def __init__(self, sentence: Sentence, roles: Roles, ontology: Ontology, classify: Classify) -> None:
        self.sentence = sentence
        self.roles = roles
        self.ontology = ontology
        self.classify = classify

    def frames(self, act: Act) -> list[Frame]:
        """Give every frame whose demands the act meets, in the order of how much they demand."""
        return [f for f in self.ontology.by_lemma.get((act.kind, act.lemma), ()) if self.fits(act, f)]

    def fits(self, act: Act, frame: Frame) -> bool:
        """Tell whether the act meets all demands of a frame."""
        sentence = self.sentence
        objects = act.objects
        if frame.particle:
            if act.kind != "verb":
                if frame.particle not in head_words(sentence, act.trigger):
                    return False
            else:
                needed = frame.particle.split()
                if not all(self._has_particle(act, word) for word in needed):
                    return False
                objects = objects or tuple(noun for word, noun in act.prepositions if word == needed[-1])
        if frame.object is not None and not self._test(frame.object, objects):
            return False
        if frame.object_not is not None and objects and self._test(frame.object_not, objects):
            return False
        if frame.subject is not None and not self._test(frame.subject, act.subjects):
            return False
        if frame.modifier and not self._modified(act, frame.modifier, objects):
            return False
        if frame.prepositions and not self._prepositions(act, frame):
            return False
        return self._complement(act, frame)

    def _has_particle(self, act: Act, word: str) -> bool:
        if word in act.particles or any(p == word for p, _ in act.prepositions):
            return True
        place = act.trigger + 1
        tokens = self.sentence.tokens
        return place < len(tokens) and tokens[place].lemma == word and tokens[place].part_of_speech in _PREPOSITION_LIKE

    def _test(self, test: NounTest, heads: tuple[int, ...]) -> bool:
        if test.absent:
            return not heads or (bool(test.lemmas or test.actor) and self._test_words(test, heads))
        return bool(heads) and (test.anything or self._test_words(test, heads))

    def _test_words(self, test: NounTest, heads: tuple[int, ...]) -> bool:
        for head in heads:
            if test.lemmas and head_words(self.sentence, head) & test.lemmas:
                return True
            if "treaty" in test.lemmas and self._is_agreement(head):
                return True
            for other in self.sentence.related(head, "conj"):
                if test.lemmas and head_words(self.sentence, other) & test.lemmas:
                    return True
            if test.lemmas and self._partitive(head, test):
                return True
            if test.place and self._is_place(head):
                return True
            if (test.actor or test.crowd or test.body) and self._is_actor(head, test):
                return True
        return False

    def _is_actor(self, head: int, test: NounTest) -> bool:
        party = self.roles.actors((head,))
        codes = party.codes
        if test.actor or not codes:
            return bool(codes) and party.kinds != {"place"}
        if test.crowd and all(code.endswith(("/CVL", "/OPP", "/JUD", "/MED")) for code in codes):
            return True
        return test.body and not any(is_state(bare(code)) for code in codes)

    def _is_place(self, head: int) -> bool:
        match = self.roles.covering.get(head)
        return match is not None and bool({"place", "capital"} & match.kinds)

    def _is_agreement(self, place: int) -> bool:
        match = self.roles.covering.get(place)
        return match is not None and "agreement" in match.kinds

    def _partitive(self, head: int, test: NounTest) -> bool:
        """ "a series of attacks", "number of its troops": the noun behind "of" counts."""
        tokens = self.sentence.tokens
        for child in self.sentence.related(head, "prep"):
            if tokens[child].lemma == "of":
                for noun in self.sentence.related(child, "pobj"):
                    if head_words(self.sentence, noun) & test.lemmas:
                        return (
                            referring_words().get(tokens[head].lemma) == "part" or tokens[head].part_of_speech == "NUM"
                        )
        return False

    def _modified(self, act: Act, words: frozenset[str], objects: tuple[int, ...]) -> bool:
        for head in (act.trigger, *objects):
            for child in self.sentence.children[head]:
                if self.sentence.tokens[child].lemma in words or self.sentence.tokens[child].text.lower() in words:
                    return True
        return False

    def _prepositions(self, act: Act, frame: Frame) -> bool:
        for word, test in frame.prepositions:
            heads = self.roles.heads(act, word)
            if heads and (test.anything or self._test_words(test, heads)):
                return True
            if heads and test.actor and self.roles.fill(act, word).codes:
                return True
        return False

    def _complement(self, act: Act, frame: Frame) -> bool:
        if not (frame.complement_form or frame.complement_verbs or frame.complement_types):
            return True
        for form, verb in act.complements:
            if frame.complement_form and form not in frame.complement_form:
                continue
            if frame.complement_verbs and self.sentence.tokens[verb].lemma not in frame.complement_verbs:
                continue
            if frame.complement_types and not {self.classify(verb), "any"} & frame.complement_types:
                continue
            return True
        if frame.complement_types and not frame.complement_form:
            nouns = (*act.objects, *(noun for _, noun in act.prepositions))
            return any(self.classify(noun) in frame.complement_types for noun in nouns)
        return False
