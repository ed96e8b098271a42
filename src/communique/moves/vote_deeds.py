"""Which words of a sentence tell a vote: "adopted", "voted 14 to none", "cast its veto", "abstained"."""

from __future__ import annotations

from dataclasses import dataclass

from communique.moves.mood import Tense, mood_of
from communique.moves.reach import whole
from communique.moves.scene import Scene
from communique.moves.vote_words import counts_in, words
from communique.reading.acts import is_passive, prepositional, surface_subjects
from communique.records import Sentence, Token


@dataclass(frozen=True, slots=True)
class Deed:
    """A word of a vote: the step, its place, who acts, what is voted on (a noun or the verb of a clause)."""

    step: str
    place: int
    actors: tuple[int, ...]
    thing: int | None
    form: str | None = None
    clause: bool = False
    vote_word: bool = False
    counted: bool = False


class DeedFinder:
    """Looks at the words of one sentence, one by one."""

    def __init__(self, scene: Scene, sentence: Sentence) -> None:
        self.scene = scene
        self.sentence = sentence

    def deed(self, place: int) -> Deed | None:
        """Give what a word tells of a vote, None where it tells nothing."""
        token = self.sentence.tokens[place]
        lemma = token.lemma.lower()
        if token.part_of_speech == "VERB":
            if lemma in words("vote"):
                return self._voted(place)
            if lemma in words("choosing") and whole(self.sentence).holds(*words("referendum")):
                return self._voted(place)
            if lemma in words("abstain"):
                return Deed("vote", place, surface_subjects(self.sentence, place), None, "abstained", vote_word=True)
            return self._decided(place, lemma)
        if token.part_of_speech == "NOUN" and lemma in words("veto_nouns") | words("noun_votes"):
            return self._noun(place, lemma)
        return None

    def _decided(self, verb: int, lemma: str) -> Deed | None:
        """ "adopted", "vetoed", "rejected", "failed to adopt": a verb with a text as what it is done to."""
        particle = " ".join([lemma, *(self.lemma(child) for child in self.sentence.related(verb, "prt"))])
        passive = is_passive(self.sentence, verb)
        objects = self.sentence.related(verb, "nsubjpass") if passive else self.sentence.related(verb, "dobj")
        objects = objects or self._relative_thing(verb)
        thing = next((place for place in objects if self.is_text(place)), None)
        says = self._token(verb).relation not in {"acl", "relcl", "amod"}
        counted = thing is None and bool(objects) and says and "for" in counts_in(self.sentence.text)
        if counted and not self._behind_a_vote(verb):
            thing = objects[0]
        if thing is None or self._behind_a_vote(verb):
            return None
        actors = prepositional(self.sentence, verb, "by") if passive else surface_subjects(self.sentence, verb)
        actors = tuple(place for place in actors if self.lemma(place) not in words("no_agents"))
        for step in ("veto", "reject", "adopt"):
            if {lemma, particle} & words(step):
                return Deed(self._failed(verb, step), verb, actors, thing, counted=counted)
        return None

    def _behind_a_vote(self, verb: int) -> bool:
        """ "adopted resolution 2231, endorsing the deal", "voted to demand": one decision, told by its first verb."""
        token = self.sentence.tokens[verb]
        above = self.lemma(token.head)
        deciding = words("adopt") | words("reject") | words("vote") | words("veto")
        return token.relation in {"advcl", "xcomp", "conj"} and above in deciding and token.tag in {"VBG", "VB"}

    def _relative_thing(self, verb: int) -> tuple[int, ...]:
        """ "a resolution adopted by the council": the noun in front of the participle."""
        token = self.sentence.tokens[verb]
        return (token.head,) if token.relation in {"acl", "relcl"} and token.tag in {"VBN", "VBD"} else ()

    def _failed(self, verb: int, step: str) -> str:
        token = self.sentence.tokens[verb]
        if token.relation == "xcomp" and self.lemma(token.head) in words("failing"):
            return "reject" if step == "adopt" else step
        return step

    def _voted(self, verb: int) -> Deed:
        """ "voted 141 to 5 to demand", "voted against", "voted down": of a body its decision, of members their votes."""
        actors = surface_subjects(self.sentence, verb)
        particles = {self.lemma(child) for child in self.sentence.related(verb, "prt", "advmod", "prep")}
        clauses = tuple(
            child for child in self.sentence.related(verb, "xcomp", "advcl", "ccomp")
            if any(self.sentence.tokens[mark].tag == "TO" for mark in self.sentence.related(child, "aux"))
        )  # fmt: skip
        behind = prepositional(self.sentence, verb, "for", "against", "on", "of")
        favour = [noun for noun in prepositional(self.sentence, verb, "in") if self.lemma(noun) in {"favour", "favor"}]
        behind = behind or tuple(noun for place in favour for noun in prepositional(self.sentence, place, "of"))
        objects = tuple(place for place in self.sentence.related(verb, "dobj") if self.is_text(place))
        thing = next(iter(clauses or (*objects, *behind)), None)
        said = {self.sentence.tokens[child].text.lower() for child in self.sentence.related(
            verb, "dobj", "advmod", "intj", "det", "neg", "oprd", "attr", "ccomp", "acomp"
        )}  # fmt: skip
        form = None
        if "against" in particles or "down" in particles or said & words("no"):
            form = "against"
        elif said & words("yes") or "for" in particles or favour or clauses:
            form = "for"
        if "on" in particles and not clauses:
            form = None
        return Deed("vote", verb, actors, thing, form, bool(clauses), True)

    def _noun(self, noun: int, lemma: str) -> Deed | None:
        token = self.sentence.tokens[noun]
        above = self.sentence.tokens[token.head]
        if lemma in words("veto_nouns"):
            owners = self.sentence.related(noun, "poss") or prepositional(self.sentence, noun, "by")
            owners = tuple(place for place in owners if self._token(place).part_of_speech != "PRON")
            if not owners and token.relation in {"dobj", "pobj"}:
                verb = above if above.part_of_speech == "VERB" else self.sentence.tokens[above.head]
                if (
                    verb.lemma not in {"cast", "use", "exercise", "wield", "block", "kill"}
                    or mood_of(self.sentence, verb.index).tense is not Tense.TOLD
                ):
                    return None
                owners = surface_subjects(self.sentence, verb.index)
                place = verb.index
            elif above.lemma in {"threaten", "fear", "risk", "threat"} or not owners:
                return None
            else:
                place = noun
            things = [t.index for t in self.sentence.tokens if self.is_text(t.index) and t.index > noun]
            return Deed("veto", place, owners, things[0] if things else None)
        if above.part_of_speech == "VERB" and token.relation in {"nsubjpass", "nsubj", "dobj"}:
            planned = above.lemma in words("planning") or mood_of(self.sentence, above.index).tense is Tense.TO_COME
            matter = prepositional(self.sentence, noun, "on", "over")
            if planned:
                return Deed("schedule", above.index, (), next(iter(matter), None), vote_word=True)
        return None

    def _token(self, place: int) -> Token:
        return self.sentence.tokens[place]

    def lemma(self, place: int) -> str:
        """Give the lemma of a word, lower case."""
        return self.sentence.tokens[place].lemma.lower()

    def is_text(self, place: int) -> bool:
        """Tell whether a word is a text that may be voted on, or the name of an agreement."""
        token = self.sentence.tokens[place]
        pair = f"{self.sentence.tokens[place - 1].lemma.lower()} {token.lemma.lower()}" if place else ""
        named = any(place in agreement.places for agreement in self.scene.agreements_in(self.sentence))
        return token.part_of_speech in {"NOUN", "PROPN"} and bool(named or {token.lemma.lower(), pair} & words("texts"))
