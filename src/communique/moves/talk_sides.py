"""Who talks, through whom, where, in which form, about what, on which condition: from the words around the talks."""

from __future__ import annotations

from collections.abc import Iterable

from communique.actors.composition import modifiers
from communique.actors.resolver import bare, is_state
from communique.coding.attribution import claimant
from communique.coding.operators import operators
from communique.coding.slots import Slots
from communique.moves.report_sides import pair_of_report
from communique.moves.scene import Scene
from communique.moves.talk_outcome import Outcome
from communique.moves.talk_words import TalkWord, intermediaries, joined, with_whom, words
from communique.reading.acts import coordinated, is_passive, prepositional, surface_subjects
from communique.records import Sentence

_AMONG = ("between", "among", "amongst", "involve")


class Sides:
    """Looks around one word for talks; made once for each."""

    def __init__(self, scene: Scene, word: TalkWord, outcome: Outcome) -> None:
        self.scene = scene
        self.word = word
        self.outcome = outcome
        self.sentence: Sentence = word.sentence
        self.slots = Slots(self.sentence, scene.discourse)

    # -- who ---------------------------------------------------------------------------------------

    def codes(self, heads: Iterable[int]) -> list[str]:
        """Give the actors that words name, in text order, each once."""
        found: list[str] = []
        places = tuple(dict.fromkeys(place for head in heads for place in joined(self.sentence, head)))
        if (foes := self._government_and_foe(places)) is not None:
            return list(foes)
        sure = tuple(place for place in places if not self._is_guess(place))
        for place in sure or tuple(place for place in places if not self._is_guess(place, of_rebels=True)):
            if self._speaks_unnamed(place):
                continue
            pair = self._wrong_pair(place)
            codes = self._as_states(place, self.slots.actors((place,)).codes) if pair is None else pair
            found += [code for code in codes if code.partition("/")[2] not in words("nobody")]
        return list(dict.fromkeys(found))

    def _government_and_foe(self, places: tuple[int, ...]) -> tuple[str, ...] | None:
        """ "The government and the opposition": of one country, that of the government or the one the story is in."""
        both = coordinated(self.sentence, places[0]) if len(places) == 1 else places
        known = [self.scene.discourse.resolve(self.sentence, place) for place in both]
        if len(both) != 2 or any(one is None or len(one.codes) != 1 for one in known):
            return None
        roles = {one.codes[0].partition("/")[2]: one for one in known if one is not None}
        foe = next((roles[role] for role in ("OPP", "REB") if role in roles and roles[role].kind == "guess"), None)
        if foe is None or len(roles) != 2:
            return None
        other = next(one for one in known if one is not None and one is not foe)
        state = self.scene.discourse.main_state() if other.kind == "guess" else bare(other.codes[0])
        if other.kind != "guess" and "/" in other.codes[0]:
            return None
        return (state, f"{state}/{foe.codes[0].partition('/')[2]}") if state and is_state(state) else None

    def _speaks_unnamed(self, place: int) -> bool:
        """ "The opposition says that it will not negotiate": "it" is the speaker, and whose opposition is a guess."""
        token = self.sentence.tokens[place]
        if token.part_of_speech != "PRON":
            return False
        for verb in self.sentence.ancestors(place):
            if self.sentence.tokens[verb].relation == "ccomp":
                subjects = surface_subjects(self.sentence, self.sentence.tokens[verb].head)
                return any(self._is_guess(subject) for subject in subjects)
        return False

    def _is_guess(self, place: int, *, of_rebels: bool = False) -> bool:
        """Tell whether an actor was guessed: "the government"; of rebels and opposition it may be any country's."""
        resolved = self.scene.discourse.resolve(self.sentence, place)
        if resolved is None or resolved.kind != "guess":
            return False
        roles = {code.partition("/")[2] for code in resolved.codes}
        home = all(bare(code) == self.scene.discourse.main_state() for code in resolved.codes)
        return bool(roles & {"REB", "OPP"}) and not home if of_rebels else True

    def _as_states(self, place: int, codes: tuple[str, ...]) -> tuple[str, ...]:
        """ "Israelis and Palestinians pledged to start negotiations": peoples that talk are their states."""
        resolved = self.scene.discourse.resolve(self.sentence, place)
        if resolved is None or resolved.kind not in {"demonym", "adjective"}:
            return codes
        return tuple(code.removesuffix("/CVL") for code in codes)

    def _wrong_pair(self, place: int) -> tuple[str, ...] | None:
        """ "the two governments, in which Algerian envoys …": the report's two states, not those named behind or bodies."""
        resolved = self.scene.discourse.resolve(self.sentence, place)
        if resolved is None or len(resolved.codes) != 2 or "last two actors" not in resolved.why:
            return None
        named = {
            bare(code): match.first
            for match in dict.fromkeys(self.slots.covering.values())
            if (entry := self.scene.discourse.meaning(match)) is not None
            for code in (entry.code,)
        }
        codes = [bare(code) for code in resolved.codes]
        if self.sentence.tokens[place].lemma.lower() in words("of_a_report"):
            return pair_of_report(self.scene.discourse) or None
        speaker = self._subject_over(place)
        if len(speaker) == 1 and speaker & set(codes):  # "Merkel spoke to both leaders": neither is hers
            apart = [code for code in self.scene.discourse.states_by_mention() if code not in speaker]
            return tuple(apart[:2]) if len(apart) >= 2 else ()
        states = self.sentence.tokens[place].lemma.lower() in words("of_states")
        behind = all(named.get(code, -1) > place for code in codes)
        if not behind and (not states or all(is_state(code) for code in codes)):
            return None
        mentioned = self.scene.discourse.states_by_mention()
        return tuple(mentioned[:2]) if len(mentioned) >= 2 else ()

    def _subject_over(self, place: int) -> set[str]:
        """Give whom the subject of the verb over a word means, where the word is not in that subject itself."""
        for verb in self.sentence.ancestors(place):
            if self.is_verb(verb):
                subjects = surface_subjects(self.sentence, verb)
                if any(place in self.sentence.subtree(subject) for subject in subjects):
                    return set()
                return {bare(code) for code in self.slots.actors(subjects).codes}
        return set()

    def among(self) -> list[str]:
        """Give the sides that the talks' own words name all of: "between A and B", "A-B talks", "their talks"."""
        among = self.codes(noun for place in self._around() for noun in prepositional(self.sentence, place, *_AMONG))
        return among if len(sides_of(among)) >= 2 else []

    def partners(self) -> list[str]:
        """Give those with whom one talks: behind "with", the one met, the host of a visit."""
        if self.word.verb:
            return self._of_verb(self.word.place)
        between = intermediaries(self.sentence)
        found = self.codes(
            noun
            for place in (*self._around(), *self._told_of())
            for noun in prepositional(self.sentence, place, "with")
            if noun not in between
        )
        if self.word.kind == "visits":
            found += self.codes(noun for place in self.word.nouns for noun in prepositional(self.sentence, place, "to"))
        return list(dict.fromkeys(found))

    def owners(self) -> list[str]:
        """Give whose talks they are: "Lavrov's talks", "U.S.-Russia talks", "talks between" with one side only."""
        found = self.codes(noun for place in self._around() for noun in prepositional(self.sentence, place, *_AMONG))
        for place in self.word.nouns:
            found += self.codes(self.sentence.related(place, "poss"))
            front = self.in_front(place)
            found += [code for code in front if self.word.kind != "meetings" or is_state(bare(code)) or len(front) > 1]
            if self.word.kind == "meetings":
                found += self.codes(prepositional(self.sentence, place, "of"))
            resolved = self.scene.discourse.resolve(self.sentence, place)
            if resolved is not None and resolved.kind == "agreement":
                found += resolved.codes  # "six-party talks": those who sit at that table
        return list(dict.fromkeys(found))

    def _around(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*self.word.nouns, *(place for place in self.outcome.path if self.is_verb(place)))))

    def _told_of(self) -> tuple[int, ...]:
        """ "the talks that had been planned with Athens": the verb of a clause that hangs on the talks."""
        return tuple(
            clause
            for noun in self.word.nouns
            for clause in self.sentence.related(noun, "relcl", "acl")
            if self.sentence.tokens[clause].tag == "VBN" and not self.sentence.related(clause, "nsubj")
        )

    def in_front(self, place: int) -> list[str]:
        """ "U.S.-Russia talks", "the Israeli-Palestinian dialogue"."""
        found = []
        for match in modifiers(self.sentence, place, self.slots.covering):
            if not self._behind_hyphen(match.last):
                resolved = self.scene.discourse.resolve(self.sentence, match.last)
                entry = self.scene.discourse.meaning(match)
                found += list(resolved.codes) if resolved else [entry.code] if entry else []
        return [bare(code) if code.endswith("/CVL") else code for code in found]

    def _behind_hyphen(self, last: int) -> bool:
        """ "Qatari-mediated talks", "UN-sponsored": the name is that of the mediator."""
        tokens = self.sentence.tokens
        if tokens[last].text.lower().endswith(tuple(words("sponsoring"))):
            return True
        after = [token.lemma.lower() for token in tokens[last + 1 : last + 3]]
        return (
            len(after) == 2
            and after[0] == "-"
            and after[1] in words("mediating") | words("hosting") | {"led", "lead", "back"}
        )

    def _of_verb(self, verb: int) -> list[str]:
        """The partner of "meet", "negotiate with", "talk to"; of "visit", where a government is visited."""
        lemma = self.sentence.tokens[verb].lemma.lower()
        if lemma in {"visit", "host", "receive", "welcome"}:
            objects = [thing for thing in self.sentence.related(verb, "dobj", "nsubjpass") if self._is_official(thing)]
            return self.codes(objects)
        found = self.codes((*prepositional(self.sentence, verb, "with", "to"), *with_whom(self.sentence, verb)))
        if lemma in {"meet", "telephone", "phone"} and not is_passive(self.sentence, verb):
            found += self.codes(
                thing for thing in self.sentence.related(verb, "dobj") if self._is_official(thing, armed=True)
            )
        return found

    def _is_official(self, place: int, *, armed: bool = False) -> bool:
        """Tell whether a word names a state, its capital, an organisation or one who speaks for them."""
        resolved = self.scene.discourse.resolve(self.sentence, place)
        if resolved is None:
            return False
        roles = {code.partition("/")[2] for code in resolved.codes}
        if roles & words("no_government") and not (armed and roles <= {"REB", "MIL"}):
            return False
        match = self.slots.covering.get(place)
        return match is None or bool(match.kinds & {"state", "capital", "organisation", "group", "person", "seat"})

    def maker(self) -> list[str]:
        """Give who makes the step: the subject of the verb that decides it, or who says it of the talks."""
        outcome = self.outcome
        if outcome.maker is not None:
            if is_passive(self.sentence, outcome.maker):
                found = self.codes(prepositional(self.sentence, outcome.maker, "by"))
                return found or (self._passive_subject(outcome.maker))
            return self.codes(surface_subjects(self.sentence, outcome.maker))
        speaker, _ = claimant(self.sentence, outcome.place, self.scene.discourse)
        return [speaker] if speaker else []

    def _passive_subject(self, verb: int) -> list[str]:
        """ "was urged to talk", "were expected to meet": who is urged talks; "talks were held" has none."""
        subjects = surface_subjects(self.sentence, verb)
        return [] if set(subjects) & set(self.word.nouns) else self.codes(subjects)

    def talkers(self) -> list[str]:
        """Give the subject of the verb that would be the talking: "urged India to resume talks"."""
        verb = self.outcome.inner
        if verb is None or is_passive(self.sentence, verb):
            return []
        return self.codes(place for place in surface_subjects(self.sentence, verb) if place not in self.word.nouns)

    def offered_by(self) -> list[str]:
        """Give whose the offer is, or from whom: "Seoul's offer of talks", "an invitation from Moscow"."""
        found: list[str] = []
        for place in self.outcome.path:
            if not self.is_verb(place):
                found += self.codes(prepositional(self.sentence, place, "from", "by"))
            if not self.is_verb(place) and place not in self.word.nouns:
                found += self.codes(self.sentence.related(place, "poss"))
                found += self.in_front(place)
        return list(dict.fromkeys(found))

    def pair_of_sentence(self) -> list[str]:
        """ "their foreign ministers", "the two sides": the two states that the sentence names, if it names two."""
        around = {child for place in self.sentence.subtree(self.word.head) for child in (place,)}
        pointing = any(self.sentence.tokens[place].text.lower() in {"their", "both", "two"} for place in around)
        named = [code for code in self.scene.discourse.actors_named(self.sentence) if "/" not in code]
        return named if pointing and len(sides_of(named)) == 2 else []

    def offered_to(self) -> list[str]:
        """Give whom an offer or call is put to: "offered Iran talks", "called on India"."""
        maker = self.outcome.maker
        found: list[str] = []
        for place in self.outcome.path:
            if place != maker and self.is_verb(place):
                continue
            found += self.codes(self.sentence.related(place, "dative"))
            if place == maker and is_passive(self.sentence, place):
                found += self._passive_subject(place)
            found += self.codes(prepositional(self.sentence, place, "to", "on"))
            if place == maker:
                found += self.codes(
                    thing for thing in self.sentence.related(place, "dobj") if thing not in self.word.nouns
                )
        return list(dict.fromkeys(found))

    def invited(self) -> list[str]:
        """Give whom the maker asks to come: "invited Ethiopia and Somalia to talks"."""
        maker = self.outcome.maker
        if maker is None or self.sentence.tokens[maker].lemma not in words("inviting"):
            return []
        return self.offered_to()

    def bound(self) -> list[str]:
        """ "will not return to the table until Kosovo drops its tariffs": whom the condition binds is the other side."""
        if self.outcome.step not in {"refuse", "agree"}:
            return []
        for place in dict.fromkeys((self.outcome.place, *self.outcome.path)):
            for clause in self.sentence.related(place, "advcl"):
                marks = {self.sentence.tokens[mark].lemma.lower() for mark in self.sentence.related(clause, "mark")}
                if marks & operators().condition_marks:
                    return self.codes(self.sentence.related(clause, "nsubj"))
        return []

    def is_verb(self, place: int) -> bool:
        """Tell whether a word is a verb."""
        return self.sentence.tokens[place].part_of_speech in {"VERB", "AUX"}


def sides_of(codes: Iterable[str]) -> set[str]:
    """Give codes without their roles, but for rebels and opposition, who are a side of their own.

    >>> sorted(sides_of(["LBY", "LBY/REB", "IRN/LEG"]))
    ['IRN', 'LBY', 'LBY/REB']
    """
    return {code if code.partition("/")[2] in {"REB", "OPP"} else bare(code) for code in codes}
