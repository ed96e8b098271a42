"""What a stance is on: talks with whom, an agreement, sanctions on whom, a proposal, a question, an actor or his deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.actors.agreements import agreements
from communique.actors.composition import modifiers
from communique.actors.resolver import bare, is_state
from communique.moves.position_words import PositionWords, position_words
from communique.moves.questions import question_in
from communique.moves.reach import below, reach_of
from communique.moves.scene import Scene
from communique.reading.acts import coordinated, prepositional, verb_act
from communique.records import Sentence, Token

_WORDS_OF_PHRASE = 9
_ENDING = frozenset({"cc", "conj", "appos", "acl"})
_GOING_ON = frozenset(
    {"of", "for", "on", "to", "in", "with", "between", "among", "against", "from", "over", "into", "near", "at", "by"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_POINTING = frozenset({"the", "this", "that"})
_FORMS = ("direct", "indirect")
_AT_MOST_DEEP = 6


@dataclass(frozen=True, slots=True)
class StanceObject:
    """What a stance is on. `turned` tells that the words speak of its undoing: "lifting the sanctions".

    `deed` names what an actor who is the object does, `open` tells that talks are named without the other side,
    `pointing` that a deed is named without the one who did it.
    `head` is the token that names it.
    """

    kind: str
    what: str
    head: int
    form: str | None = None
    turned: bool = False
    deed: str = ""
    open: bool = False
    pointing: bool = False


class ObjectFinder:
    """Looks in one sentence of a report for what a stance of some actors is on."""

    def __init__(self, scene: Scene, sentence: Sentence, holders: Sequence[str]) -> None:
        self.scene = scene
        self.sentence = sentence
        self.holders = frozenset(map(bare, holders))
        self.words: PositionWords = position_words()

    def at(self, place: int, depth: int = 0) -> tuple[StanceObject, ...]:
        """Give what the phrase with its head at `place` names; nothing where that is no matter of this board."""
        token = self.sentence.tokens[place]
        if depth > _AT_MOST_DEEP:
            return ()
        if token.part_of_speech in {"VERB", "AUX"}:
            return self._clause(place, depth)
        if token.part_of_speech == "PRON" and token.text.lower() in {"him", "her"}:
            return self._person(place)
        if token.part_of_speech in {"PRON", "NUM"}:
            return ()
        through, turning = self.words.looking_through[0], self.words.turning_round[0]
        lemma = token.lemma.lower()
        named = [named for named in self.scene.agreements_in(self.sentence) if place in named.places]
        if named and not self._is_other_plan(lemma, named[0].code):
            return (StanceObject("agreement", named[0].code, place),)
        if (lemma in turning or lemma in through) and (deeper := self._below_noun(place, depth)):
            return deeper
        return self._noun(place, lemma)

    def _is_other_plan(self, lemma: str, code: str) -> bool:
        """ "Ukraine opposes that plan": a plan is no treaty told of before, unless the treaty is called one."""
        known = agreements().get(code)
        return known is not None and self.words.holds("proposals", lemma) and lemma not in known.name.lower()

    def _noun(self, place: int, lemma: str) -> tuple[StanceObject, ...]:
        words = self.words
        if words.holds("talks", lemma):
            return () if self._is_session(place, lemma) else (self.talks(place),)
        if words.holds("sanctions", lemma):
            return self._sanctions(place)
        if words.holds("proposals", lemma):
            return (StanceObject("proposal", self.phrase(place), place),)
        if words.holds("agreements", lemma):
            return (StanceObject("agreement", self.phrase(place), place),)
        if words.holds("rights", lemma):
            return (StanceObject("question", self.phrase(place), place),)
        if words.holds("deeds", lemma) and (doers := self._doers(place)):
            phrase = self.phrase(place)
            return tuple(StanceObject("actor", code, place, deed=phrase) for code in doers)
        if words.holds("pointing_deeds", lemma) and self._points(place):
            return (StanceObject("question", lemma, place, pointing=True),)
        if words.holds("issues", lemma) and self._is_issue(place, lemma):
            return (StanceObject("question", self.phrase(place), place),)
        return self._actor(place)

    def _is_session(self, place: int, lemma: str) -> bool:
        """ "A meeting of the Security Council": those of one body meet, which are no talks with another."""
        codes = (
            self._codes(prepositional(self.sentence, place, "of"), own=True) if lemma in {"meeting", "summit"} else ()
        )
        return len(codes) == 1 and not is_state(codes[0])

    def _is_issue(self, place: int, lemma: str) -> bool:
        """ "Military action", "a Palestinian state" are questions; mere action, or states, are none."""
        if lemma == "action":
            kinds = self.words.lists["kinds_of_action"]
            return any(self.sentence.tokens[c].lemma.lower() in kinds for c in self.sentence.related(place, "amod"))
        return lemma != "state" or self.sentence.tokens[place].tag != "NNS"

    def _points(self, place: int) -> bool:
        """ "The decision", "what she called a cynical move": a deed told of before, with no words of its own."""
        called = self.words.holds("calling", self.sentence.tokens[self.sentence.tokens[place].head].lemma.lower())
        bare_noun = not self.sentence.related(place, "acl", "relcl", "compound", "poss")
        return (called or is_definite(self.sentence, place)) and bare_noun

    def _clause(self, verb: int, depth: int) -> tuple[StanceObject, ...]:
        """ "engaging in negotiations", "lifting sanctions"; of other verbs the clause itself is the question."""
        act = verb_act(self.sentence, verb)
        inner = [
            *act.objects,
            *(noun for word, noun in act.prepositions if word in {"in", "into", "to", "from", "out"}),
        ]
        lemma = self.sentence.tokens[verb].lemma.lower()
        if self.words.holds("calling", lemma):  # "a return to what he called a dangerous deal"
            names = [*self.sentence.related(verb, "oprd"), *prepositional(self.sentence, verb, "as")]
            named = [each for noun in names for each in self.at(noun, depth + 1)]
            return tuple(each for each in named if each.pointing or each.kind in {"talks", "agreement", "sanctions"})
        if self.sentence.tokens[verb].relation == "csubj" and depth == 0:
            return self._gerund(verb)
        if lemma == "negotiate" or lemma == "talk":
            return self._negotiating(verb)
        through, turning = self.words.looking_through[1], self.words.turning_round[1]
        if lemma not in through | turning:
            return ()
        found = [each for noun in inner for each in self.at(noun, depth + 1)]
        decides = self.words.holds("deciding", lemma)  # "agreed to submit Sweden's accession to parliament"
        found = [each for each in found if each.kind not in {"actor", "question"} or (decides and each.kind != "actor")]
        return tuple(replace(each, turned=each.turned ^ (lemma in turning)) for each in found)

    def _gerund(self, verb: int) -> tuple[StanceObject, ...]:
        """ "Pulling out of Badme was unacceptable": the deed itself is the question."""
        inside = below(self.sentence, verb)
        tokens = self.sentence.tokens
        if tokens[verb].tag != "VBG" or not verb < max(inside) <= verb + _WORDS_OF_PHRASE:
            return ()
        return (StanceObject("question", self.sentence.passage[tokens[verb].start : tokens[max(inside)].end], verb),)

    def _negotiating(self, verb: int) -> tuple[StanceObject, ...]:
        partners = self._codes(noun for noun in prepositional(self.sentence, verb, "with"))
        form = self._form(verb, ("advmod",))
        return (StanceObject("talks", _talks_with(partners, form), verb, form),) if partners else ()

    def _below_noun(self, place: int, depth: int) -> tuple[StanceObject, ...]:
        """ "the role of diplomacy", "the lifting of sanctions", "sanctions relief", "a return to the accord"."""
        lemma = self.sentence.tokens[place].lemma.lower()
        turning = lemma in self.words.turning_round[0]
        inner = list(prepositional(self.sentence, place, "of", "to", "from" if turning else "in"))
        within = prepositional(self.sentence, place, "in")
        for child in self.sentence.related(place, "prep"):
            inner.extend(self.sentence.related(child, "pcomp"))
        inner.extend(self.sentence.related(place, "compound"))
        for noun in inner:
            found = [
                each for each in self.at(noun, depth + 1)
                if each.kind in {"talks", "agreement", "sanctions"}
                or (not turning and each.kind in {"proposal", "question"} and noun not in within)
            ]  # fmt: skip
            if found:
                return tuple(replace(each, turned=each.turned ^ turning) for each in found)
        return ()

    def talks(self, place: int) -> StanceObject:
        """Give the talks that the noun at `place` names."""
        between = self._codes(prepositional(self.sentence, place, "between", "among"), own=True)
        partners = self._codes(prepositional(self.sentence, place, "with"))
        if len(between) > 1 and not self.holders & set(between):
            form = self._form(place, ("amod",))
            what = f"{form + ' ' if form else ''}talks between {' and '.join(sorted(between))}"
            return StanceObject("talks", what, place, form)
        partners = partners or tuple(code for code in between if code not in self.holders)
        if not partners:
            partners = self._own_names(place)
        form = self._form(place, ("amod",))
        if partners:
            return StanceObject("talks", _talks_with(partners, form), place, form)
        question = question_in(reach_of(self.sentence, below(self.sentence, place)))
        return StanceObject("talks", f"talks on {question}" if question else "talks", place, form, open=True)

    def _sanctions(self, place: int) -> tuple[StanceObject, ...]:
        undergoing = self._codes(prepositional(self.sentence, place, "on", "against", "of"), own=True)
        if undergoing:
            kind = self.sentence.tokens[place].lemma.lower()
            noun = {"tariff": "tariffs", "duty": "duties"}.get(kind, "sanctions" if kind == "sanction" else kind)
            return tuple(StanceObject("sanctions", f"{noun} on {code}", place) for code in undergoing)
        return (StanceObject("sanctions", self.phrase(place), place),)

    def _actor(self, place: int) -> tuple[StanceObject, ...]:
        found = self.scene.discourse.resolve(self.sentence, place)
        if found is None or found.kind in {"guess", "agreement", "pronoun"}:
            return ()
        return tuple(
            StanceObject("actor", bare(code), place)
            for code in found.codes
            if bare(code) not in self.holders and not self._ordinary(code)
        )

    def _person(self, place: int) -> tuple[StanceObject, ...]:
        """ "Turkey backed him": the actor for whom he speaks."""
        found = self.scene.discourse.resolve(self.sentence, place)
        codes = found.codes if found is not None and len(found.codes) == 1 else ()
        return tuple(
            StanceObject("actor", bare(code), place)
            for code in codes
            if bare(code) not in self.holders and not self._ordinary(code)
        )

    def _ordinary(self, code: str) -> bool:
        return code.partition("/")[2] in position_words().lists["no_holders"]

    def _doers(self, place: int) -> tuple[str, ...]:
        """ "Israel's raid", "the Russian invasion", "an attack by Egypt": whose deed it is."""
        owners = self._own_names(place)
        return owners or self._codes(prepositional(self.sentence, place, "by"))

    def _own_names(self, place: int) -> tuple[str, ...]:
        discourse = self.scene.discourse
        possessors = self._codes(self.sentence.related(place, "poss"))
        if possessors:
            return possessors
        found: list[str] = []
        covering = discourse.covering(self.sentence)
        for match in modifiers(self.sentence, place, covering):
            resolved = discourse.resolve(self.sentence, match.last)
            codes = resolved.codes if resolved is not None else ()
            found += [bare(code) for code in codes if bare(code) not in self.holders and bare(code) not in found]
        return tuple(found)

    def _codes(self, places: object, *, own: bool = False) -> tuple[str, ...]:
        """Give the actors at some places and in their coordinations, those of the stance left out unless `own`."""
        found: list[str] = []
        for place in places:  # type: ignore[attr-defined]
            for each in coordinated(self.sentence, place):
                resolved = self.scene.discourse.resolve(self.sentence, each)
                if resolved is None or resolved.kind == "guess":
                    codes = self._nation_of(each)
                else:
                    codes = tuple(bare(code) for code in resolved.codes)
                found += [code for code in codes if (own or code not in self.holders) and code not in found]
        return tuple(found)

    def _nation_of(self, place: int) -> tuple[str, ...]:
        """ "sanctions on Russian gas" are on Russia."""
        discourse = self.scene.discourse
        matches = modifiers(self.sentence, place, discourse.covering(self.sentence))
        resolved = [discourse.resolve(self.sentence, match.last) for match in matches]
        return tuple(bare(code) for each in resolved if each is not None for code in each.codes)

    def _form(self, place: int, relations: tuple[str, ...]) -> str | None:
        lemmas = [self.sentence.tokens[child].text.lower() for child in self.sentence.related(place, *relations)]
        return next((form for form in _FORMS if form in lemmas or f"{form}ly" in lemmas), None)

    def phrase(self, place: int) -> str:
        """Give the words of a noun phrase, without its article and the clauses behind it.

        "The plan" alone is the plan that the report called by more words before, and of a headline behind.
        """
        words = _phrase(self.sentence, place)
        pronouns = [o for o in self.sentence.related(place, "poss") if self.sentence.tokens[o].part_of_speech == "PRON"]
        if owners := self._codes(pronouns):  # "its entry": whose it is would be lost
            return f"{words} of {', '.join(owners)}"
        if pronouns and " " not in words:
            return ""
        in_title = self.sentence.index < 0
        if " " in words or not (in_title or is_definite(self.sentence, place)):
            return words
        lemma = self.sentence.tokens[place].lemma
        others = [other for other in self.scene.sentences if (other.index < self.sentence.index) is not in_title]
        for sentence in others if in_title else reversed(others):
            nouns = [token for token in sentence.tokens if token.lemma == lemma and token.part_of_speech in _NOUNS]
            fuller = [_phrase(sentence, token.index) for token in nouns]
            fuller = [words for words in fuller if " " in words]
            if fuller:
                return fuller[-1]
        return words


def _phrase(sentence: Sentence, place: int) -> str:
    tokens = sentence.tokens
    inside = {*below(sentence, place), *(token.index for token in tokens if token.text == "-")}
    first = last = place
    while first - 1 in inside:
        first -= 1
    while first < place and _is_no_name(tokens[first]) and tokens[first + 1].text != "-":  # but "a no-fly zone"
        first += 1
    for other in range(place + 1, min(len(tokens), place + _WORDS_OF_PHRASE)):
        ends = tokens[other].relation == "prep" and tokens[other].lemma.lower() not in _GOING_ON
        ends |= tokens[other].lemma == "on" and tokens[min(other + 1, len(tokens) - 1)].lemma == "condition"
        if other not in inside or ends or tokens[other].relation in _ENDING:
            break
        last = other
    between = [p for p in range(place, last) if tokens[p].lemma in {"between", "among"}]
    last = between[0] if between else last  # whom it is between goes on behind "and"
    while last > place and tokens[last].part_of_speech in {"ADP", "DET", "PUNCT", "CCONJ", "PART"}:
        last -= 1
    return sentence.passage[tokens[first].start : tokens[last].end]


def _is_no_name(token: Token) -> bool:
    return token.part_of_speech in {"DET", "PRON", "PUNCT", "ADV", "CCONJ"}


def is_definite(sentence: Sentence, place: int) -> bool:
    """Tell whether a noun points at something known: "the talks", "this plan"."""
    return any(sentence.tokens[child].lemma.lower() in _POINTING for child in sentence.related(place, "det"))


def _talks_with(partners: Sequence[str], form: str | None) -> str:
    return f"{form + ' ' if form else ''}talks with {', '.join(sorted(partners))}"
