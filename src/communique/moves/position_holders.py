"""Whose a stance is: the actor, and the person in whose mouth it is, by the name that the report gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.actors.composition import modifiers, names_below
from communique.actors.resolver import bare, is_state
from communique.actors.words import name_words, referring_words
from communique.coding.attribution import claimant
from communique.coding.operators import operators
from communique.moves.position_quotes import said_beside, speaking_above
from communique.moves.position_words import position_words
from communique.moves.scene import Scene
from communique.reading.acts import coordinated, prepositional, surface_subjects
from communique.records import Resolution, Sentence

_SINGULAR = frozenset({"he", "she", "it"})
_PERSONAL = frozenset({"he", "she"})
_PERSONS = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor who holds a stance, and the person who speaks for it, None where no person is named."""

    code: str
    speaker: str | None


class HolderFinder:
    """Looks in one report for those who hold stances."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.discourse = scene.discourse
        self._full_names: dict[str, str] = {}
        self._surnames: set[str] = set()
        for sentence in scene.sentences:
            for token in sentence.tokens:
                name = self._name_here(sentence, token.index) if token.part_of_speech == "PROPN" else None
                self._surnames.update([name.rsplit(" ", 1)[-1]] if name else [])
                if name and " " in name:
                    self._full_names.setdefault(name.rsplit(" ", 1)[1], name)

    def at(self, sentence: Sentence, places: Iterable[int], stance_word: int) -> tuple[Holder, ...]:
        """Give the holders of a stance from the words that stand as its subject, coordinated ones too."""
        found: dict[str, Holder] = {}
        for place in places:
            for each in coordinated(sentence, place):
                for holder in self._one(sentence, each, stance_word):
                    found.setdefault(holder.code, holder)
        return tuple(found.values())

    def speaker_of(self, sentence: Sentence, place: int) -> tuple[Holder, ...]:
        """Give on whose word the clause at `place` stands, as the holder of what it judges."""
        code, verb = claimant(sentence, place, self.discourse)
        if code is not None and verb is not None:
            return self.at(sentence, self._mouths(sentence, verb), place)
        mouth = speaking_above(sentence, place)
        if mouth is not None:
            return self.at(sentence, surface_subjects(sentence, mouth), place)
        beside = said_beside(self.scene.sentences, sentence, place)
        if beside is None:
            return ()
        other, verb = beside
        return self.at(other, surface_subjects(other, verb), verb)

    def _mouths(self, sentence: Sentence, verb: int) -> tuple[int, ...]:
        if sentence.tokens[verb].part_of_speech in {"VERB", "AUX"}:
            return surface_subjects(sentence, verb)
        return tuple(noun for deeper in sentence.related(verb, "prep") for noun in sentence.related(deeper, "pobj"))

    def _one(self, sentence: Sentence, place: int, stance_word: int) -> tuple[Holder, ...]:
        if sentence.tokens[place].text.lower() in _SINGULAR:
            place = self._who_says_so(sentence, place, stance_word)
        resolved = self.discourse.resolve(sentence, self._spoken_for(sentence, place))
        if resolved is None:  # "his country", "its government"
            owners = self._owning_pronoun(sentence, place)
            resolved = self.discourse.resolve(sentence, owners[0]) if owners else None
            place = owners[0] if owners else place
            resolved = resolved or self._side(sentence, place)
        if resolved is None or resolved.kind in {"agreement", "place"}:
            return ()
        unsure = {code.partition("/")[2] for code in resolved.codes} & position_words().lists["unsure_roles"]
        if resolved.kind == "guess" and (unsure or not self._speaks_for(sentence, stance_word, resolved.codes)):
            return ()
        unwanted = position_words().lists["no_holders"]
        codes = [code for code in resolved.codes if code.partition("/")[2] not in unwanted]
        if referring_words().get(sentence.tokens[place].lemma) == "state":
            codes = [code for code in codes if is_state(bare(code))]  # "the two countries" are no alliance
        if not codes:
            return ()
        speaker = self.name(sentence, place) or self._included(sentence, place, codes)
        if speaker is None:
            speaker = self._voice(sentence, stance_word, codes[0])
        if speaker is None and sentence.tokens[place].text.lower() in _PERSONAL:
            return ()  # "he" without a name may be anybody: no stance of the state
        return tuple(Holder(code, speaker if len(codes) == 1 else None) for code in codes)

    def _who_says_so(self, sentence: Sentence, place: int, stance_word: int) -> int:
        """ "The opposition says that it supports the plan": it is the opposition, whoever was named before."""
        current = stance_word
        for above in sentence.ancestors(stance_word):
            token = sentence.tokens[above]
            if sentence.tokens[current].relation in {"ccomp", "parataxis"} and token.lemma in operators().speech:
                subjects = surface_subjects(sentence, above)
                return subjects[0] if subjects else place
            current = above
        return place

    def _spoken_for(self, sentence: Sentence, place: int) -> int:
        """ "A spokesman for the Syrian opposition": it is the opposition's stance."""
        if not position_words().holds("spokesmen", sentence.tokens[place].lemma.lower()):
            return place
        nouns = prepositional(sentence, place, "for")
        return nouns[0] if nouns and self.discourse.resolve(sentence, nouns[0]) is not None else place

    def _side(self, sentence: Sentence, place: int) -> Resolution | None:
        """ "The Russian side": the one actor whose adjective stands before it."""
        if not position_words().holds("sides", sentence.tokens[place].lemma.lower()):
            return None
        before = modifiers(sentence, place, self.discourse.covering(sentence))
        return self.discourse.resolve(sentence, before[0].last) if len(before) == 1 else None

    def _owning_pronoun(self, sentence: Sentence, place: int) -> list[int]:
        role = self.discourse.role_noun(sentence, place)
        state = referring_words().get(sentence.tokens[place].lemma) == "state"
        if not state and (role is None or role.kind != "body"):
            return []
        return [o for o in sentence.related(place, "poss") if sentence.tokens[o].part_of_speech == "PRON"]

    def _speaks_for(self, sentence: Sentence, stance_word: int, codes: Sequence[str]) -> bool:
        """ "A Dutch official said the government opposes …": the speaker's own country makes a guess sure."""
        claimed, _ = claimant(sentence, stance_word, self.discourse)
        return claimed is not None and {bare(claimed)} == set(map(bare, codes))

    def _voice(self, sentence: Sentence, stance_word: int, code: str) -> str | None:
        """ "Iran opposes talks, Araghchi said": who says it for the actor."""
        claimed, verb = claimant(sentence, stance_word, self.discourse)
        if claimed is None or verb is None or bare(claimed) != bare(code):
            return None
        names = [self.name(sentence, place) for place in self._mouths(sentence, verb)]
        return next((name for name in names if name), None)

    def _included(self, sentence: Sentence, place: int, codes: list[str]) -> str | None:
        """ "the leadership, including Castro": the person who is named as one of them."""
        covering = self.discourse.covering(sentence)
        for noun in prepositional(sentence, place, "include", "including"):
            for each in [noun, *names_below(sentence, noun, covering)]:
                resolved = self.discourse.resolve(sentence, each)
                if resolved is not None and set(map(bare, resolved.codes)) == set(map(bare, codes)):
                    if name := self.name(sentence, each):
                        return name
        return None

    def name(self, sentence: Sentence, place: int) -> str | None:
        """Give the fullest name that the report has for the person at `place`, None where the word means no person."""
        name = self._name_here(sentence, place)
        if name is None:
            return None
        return self._full_names.get(name.rsplit(" ", 1)[-1], name)

    def _name_here(self, sentence: Sentence, place: int) -> str | None:
        token = sentence.tokens[place]
        if token.part_of_speech not in {"PROPN", "PRON", "NOUN"}:
            return None
        title = (
            token.part_of_speech == "PROPN"
            and bool(sentence.related(place, "appos"))
            and self._is_title(sentence, place)
        )
        if title or (token.part_of_speech == "NOUN" and not self._is_surname(sentence, place)):
            beside = [place, *prepositional(sentence, place, "of")]
            for other in (o for head in beside for o in sentence.related(head, "appos")):  # "the minister, Hu Wei,"
                if sentence.tokens[other].part_of_speech == "PROPN" and (name := self._name_here(sentence, other)):
                    return name
            return None
        if (
            token.part_of_speech == "PROPN"
            and token.relation in {"compound", "poss", "nmod"}
            and token.head == place + 1
        ):
            return None
        resolved = self.discourse.resolve(sentence, place)
        if resolved is None or resolved.kind not in _PERSONS:
            return None
        known = self.discourse.covering(sentence).get(place)
        if known is not None and known.first < known.last and "person" not in known.kinds:
            return None
        if token.part_of_speech == "PRON":
            meant = resolved.why.rpartition(" = ")[2].replace(" - ", "-")
            surname = meant.rsplit(" ", 1)[-1]
            return self._full_names.get(surname, surname if surname in self._surnames else None)
        return self._spelt(sentence, place)

    def _spelt(self, sentence: Sentence, place: int) -> str:
        """Give the words of a name from its first word that is no title to its head."""
        tokens = sentence.tokens
        covering = self.discourse.covering(sentence)
        known = covering.get(place)
        first = known.first if known is not None and known.kinds == {"person"} else place
        while first:
            before = tokens[first - 1]
            if before.text == "-" and first >= 2:  # "Lee Myung-bak"
                first -= 2
                continue
            match = covering.get(before.index)
            foreign = (
                match is not None and not match.kinds & {"person"} and place not in range(match.first, match.last + 1)
            )
            if before.part_of_speech != "PROPN" or foreign or self._is_title(sentence, before.index):
                break
            first -= 1
        while first < place and (self._is_title(sentence, first) or self._is_title_of_two(sentence, first + 1)):
            first += 1
        last = place
        while last + 2 < len(tokens) and tokens[last + 1].text == "-" and tokens[last].end == tokens[last + 1].start:
            last += 2  # "Moon Jae-in"
        return sentence.passage[tokens[first].start : tokens[last].end]

    def _is_title(self, sentence: Sentence, place: int) -> bool:
        word = sentence.tokens[place].text.lower().rstrip(".")
        return word in name_words().titles or self.discourse.role_noun(sentence, place) is not None

    def _is_title_of_two(self, sentence: Sentence, place: int) -> bool:
        """ "Crown Prince": the second word of a title that begins with the word before it."""
        role = self.discourse.role_noun(sentence, place)
        return role is not None and " " in role.word

    def _is_surname(self, sentence: Sentence, place: int) -> bool:
        """ "Santos ruled out a truce": the parser takes some names for nouns."""
        if not sentence.tokens[place].text[0].isupper():
            return False
        known = self.discourse.covering(sentence).get(place)
        return known is not None and "person" in known.kinds
