"""Which words a coded act has used up, so that they are not coded again."""

from __future__ import annotations

from collections.abc import Callable, Collection

from communique.coding.roles import ANSWERED, Roles
from communique.coding.slots import TEMPORAL
from communique.ontology.frames import Frame
from communique.reading.acts import noun_act, prepositional
from communique.records import Act, Sentence

_SELF_BOUND = {"relcl", "advcl", "parataxis"}


class UsedUp:
    """The words of one sentence that are spoken for, each with the reason.

    `triggers` are the nouns that may carry an act, `type_of` gives the type a word has by itself.
    """

    def __init__(
        self, sentence: Sentence, roles: Roles, triggers: Collection[str], type_of: Callable[[int], str | None]
    ) -> None:
        self.sentence = sentence
        self.roles = roles
        self.triggers = triggers
        self.type_of = type_of
        self.reasons: dict[int, str] = {}

    def by(self, act: Act, frame: Frame) -> None:
        """Mark the words that an act coded by a frame has used up."""
        word = self.sentence.tokens[act.trigger].text
        for head in act.subjects:  # "Israeli air strikes killed two": the noun is the same deed
            if act.kind == "verb" and self.type_of(head) == frame.type:
                self.reasons.setdefault(head, f"the same deed as “{word}” ({frame.type})")
                for claim in self.sentence.related(head, "acl"):
                    self.reasons.setdefault(claim, f"whose deed “{word}” was")
        for head in act.objects:
            if self._stands_by_itself(head, frame):
                continue
            if (frame.object is not None and frame.object.lemmas) or frame.governs == "consume":
                self.reasons.setdefault(head, f"part of “{word}” ({frame.type})")
        for name, noun in act.prepositions:
            if (frame.particle and frame.particle.endswith(name)) or name in {p for p, _ in frame.prepositions}:
                self.reasons.setdefault(noun, f"part of “{word}” ({frame.type})")
        if frame.governs == "consume":
            for _, verb in act.complements:
                self.below(verb, f"what “{word}” ({frame.type}) is about")
            held = (noun for word, noun in act.prepositions if word not in TEMPORAL)
            for head in (*act.objects, *held):
                if self._stands_by_itself(head, frame):
                    for child in self.sentence.children[head]:
                        if self.sentence.tokens[child].relation not in _SELF_BOUND:
                            self.below(child, f"what “{word}” ({frame.type}) is about")
                    continue
                if self.sentence.tokens[head].lemma in self.triggers or frame.type in {
                    "REQUEST",
                    "REJECT",
                    "THREATEN",
                }:
                    self.below(head, f"what “{word}” ({frame.type}) is about")

    def _stands_by_itself(self, noun: int, frame: Frame) -> bool:
        """ "rejected the American demand": a word of another that is answered was an act as well.

        So was the truce that a mediator brought about between others.
        """
        if frame.mode == "third-party":
            return bool(prepositional(self.sentence, noun, "between"))
        if frame.type not in {"REJECT", "SUPPORT", "AGREE"} or self.type_of(noun) not in ANSWERED:
            return False
        act = noun_act(self.sentence, noun)
        return any(self.roles.fill(act, slot).codes for slot in ("nationality", "possessor", "from", "by"))

    def below(self, place: int, reason: str) -> None:
        """Mark a word and all that hangs on it, clauses of their own left out."""
        stack = [place]
        while stack:
            current = stack.pop()
            self.reasons.setdefault(current, reason)
            stack.extend(c for c in self.sentence.children[current] if not self._stands_apart(c))

    def _stands_apart(self, place: int) -> bool:
        """A clause of its own, and what came before or after: "urged Greece to reform after talks in Berlin"."""
        token = self.sentence.tokens[place]
        return token.relation in _SELF_BOUND or (
            token.relation == "prep" and token.lemma in {"after", "following", "despite", "amid", "since"}
        )
