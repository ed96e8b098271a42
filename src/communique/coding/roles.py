"""Source and target of an act: which words fill a slot, and which actors they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.actors.composition import is_plural, modifiers, names_below
from communique.actors.discourse import Discourse
from communique.coding.operators import operators
from communique.ontology.frames import Frame
from communique.reading.acts import coordinated, prepositional, surface_subjects
from communique.records import Act, Sentence

VERB_SOURCE = ("subject",)
NOUN_SOURCE = ("possessor", "nationality", "by", "light.subject", "between", "among", "of", "from", "at")
VERB_TARGET = ("object", "object.any", "with", "against", "on", "to", "from", "at", "toward", "towards", "over", "of",
               "for", "upon", "into", "complement", "deep", "in")  # fmt: skip
NOUN_TARGET = ("against", "on", "with", "to", "toward", "towards", "into", "upon", "at", "over", "from", "for", "of",
               "complement", "light.target", "deep", "in")  # fmt: skip

# Prepositions that open a time or a manner, not a party to the act.
TEMPORAL = frozenset({"after", "before", "since", "during", "until", "despite", "amid", "following", "as", "without"})
# Who meets with whom: the slots that may add a partner to a list of actors.
PARTNER = frozenset({"with", "between", "and", "among", "to", "object", "object.any", "alongside"})
# Types whose victims are often told without their country ("killed ten villagers").
GUESSABLE = frozenset({"ASSAULT", "COERCE", "PROTEST", "AID", "MOBILIZE", "RETREAT"})
# Types in which a government acts on its own people or politicians.
INWARD = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "COERCE", "ASSAULT", "SANCTION", "MOBILIZE"})
# Types of words about a deed: where it happened is not whom they are on.
PLACELESS = frozenset({"ACCUSE", "SUPPORT"})
# Types where journalists and newspapers are listeners, not targets.
SPOKEN_TO = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "REQUEST", "REJECT", "THREATEN", "RETREAT"}
)
COMPLEMENT_PREPOSITIONS = ("by", "with", "against", "on", "to", "from", "into", "between", "for", "in", "of")


@dataclass(frozen=True, slots=True)
class Party:
    """The actors in one slot: codes, the words that name them, and how sure the naming is."""

    codes: tuple[str, ...]
    text: str
    why: str
    heads: tuple[int, ...]
    indirect: bool = False
    guessed: bool = False
    counterparts: bool = False
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.codes)


NOBODY = Party((), "", "", ())


def bare(code: str) -> str:
    """Give a code without its role."""
    return code.split("/")[0]


class Roles:
    """Looks up slots of acts in one sentence of a report."""

    def __init__(self, sentence: Sentence, discourse: Discourse) -> None:
        self.sentence = sentence
        self.discourse = discourse
        self.covering = discourse.covering(sentence)

    def source(self, act: Act, frame: Frame) -> Party:
        """Give who acts: the frame's slots, else those usual for a verb or a noun."""
        slots = frame.source or (NOUN_SOURCE if act.kind == "noun" else VERB_SOURCE)
        if act.passive:
            slots = (*slots, "between", "among")
        for slot in slots:
            party = self.fill(act, slot)
            if party.codes and not party.counterparts:
                return party
        if act.kind == "noun" and frame.reciprocal:
            return self.clause_subject(act.trigger)
        if act.kind == "verb":
            return self._behind_the_deed(act)
        return NOBODY

    def _behind_the_deed(self, act: Act) -> Party:
        """"Israeli air strikes killed …", "attacks claimed by X have killed …": whose deed acts."""
        for deed in act.subjects:
            if self.discourse.resolve(self.sentence, deed) is not None:
                continue
            for party in (self._nationality(deed), self.actors(self.sentence.related(deed, "poss"))):
                if party.codes:
                    return party
            by = prepositional(self.sentence, deed, "by", "from")
            for claim in self.sentence.related(deed, "acl"):
                by = (*by, *prepositional(self.sentence, claim, "by"))
            party = self.actors(by)
            if party.codes:
                return party
        return NOBODY

    def clause_subject(self, noun: int) -> Party:
        """ "left after talks with Kabul": who talked is the subject of the nearest clause that has one."""
        for above in self.sentence.ancestors(noun):
            if self.sentence.tokens[above].part_of_speech in {"VERB", "AUX"}:
                subjects = tuple(s for s in surface_subjects(self.sentence, above) if s != noun)
                party = self.actors(subjects)
                if party.codes and not party.guessed:
                    return party
        return NOBODY

    def target(self, act: Act, frame: Frame, source: Party) -> Party:
        """Give whom the act is on: the first slot with an actor other than the source."""
        usual: tuple[str, ...] = NOUN_TARGET if act.kind == "noun" else VERB_TARGET
        if frame.swap and frame.target:
            usual = ()
        slots = (*frame.target, *(slot for slot in usual if slot not in frame.target))
        if frame.reciprocal:
            slots = tuple(slot for slot in slots if slot in PARTNER or slot in frame.target)
        if act.kind == "noun":
            slots = (*slots, "governor")
        guess = NOBODY
        for slot in slots:
            for party in self.candidates(act, slot):
                if frame.type in PLACELESS and slot in {"object.any", "deep", "in"} and self._is_place(party):
                    continue
                codes = self._others(party, source, frame)
                if (
                    not codes
                    or (party.counterparts and len(codes) == len(party.codes) > 1)
                    or set(party.heads) & set(source.heads)
                ):
                    continue
                found = Party(codes, party.text, party.why, party.heads, party.indirect, party.guessed)
                if found.codes[0] not in party.codes:  # a part of the source's own country
                    guess = guess if guess.codes else found
                    continue
                if not party.guessed or (slot != "deep" and self._may_guess(party, source)):
                    return found
                guess = guess if guess.codes else found
        own = {bare(code) for code in source.codes} & {bare(code) for code in guess.codes}
        return guess if frame.type in GUESSABLE or (own and frame.type in INWARD) else NOBODY

    def _others(self, party: Party, source: Party, frame: Frame) -> tuple[str, ...]:
        """The codes of a party that the act can be on: not the source itself, no mere listeners."""
        codes = tuple(code for code in party.codes if code not in source.codes)
        if not codes and party.codes and party.heads != source.heads:
            codes = self._own_part(party, source, frame)
        if frame.type in SPOKEN_TO:
            codes = tuple(code for code in codes if not code.endswith("/MED"))
        if frame.type == "CONSULT":
            own = {bare(code) for code in source.codes}
            codes = tuple(c for c in codes if bare(c) not in own or c.partition("/")[2] in {"OPP", "REB", "LEG", "JUD"})
        return codes

    def _is_official(self, party: Party) -> bool:
        nouns = [self.discourse.role_noun(self.sentence, head) for head in party.heads]
        return any(noun is not None and noun.role in {"GOV", "LEG", "JUD", "MIL", "POL"} for noun in nouns)

    def _own_part(self, party: Party, source: Party, frame: Frame) -> tuple[str, ...]:
        """A country that acts on a place or a person of its own: on its people, on its politics."""
        own = tuple(dict.fromkeys(bare(code) for code in party.codes))
        if len(own) != 1 or not own[0].isalpha() or len(own[0]) != 3 or frame.type not in INWARD:
            return ()
        if "place" in party.kinds:
            return (f"{own[0]}/CVL",)
        if frame.type in {"COERCE", "SANCTION"} and party.kinds & {"person", "role", "guess"}:
            if source.guessed or self._is_official(party):
                return (f"{own[0]}/POL",)
        if "person" in party.kinds and "person" in source.kinds and party.text != source.text:
            return (f"{own[0]}/POL",)
        return ()

    def _is_place(self, party: Party) -> bool:
        """Where a condemned attack happened says nothing of whose it was."""
        places = {place for place, _ in self.discourse.place_codes(self.sentence)}
        return bool(party.heads) and set(party.heads) <= places

    def _may_guess(self, party: Party, source: Party) -> bool:
        """A country guessed for "the rebels" may stand, and "the president" to his own opposition;
        one guessed for "the man" is too bold."""
        if any("/" in code and bare(code) == bare(party.codes[0]) for code in source.codes):
            return True
        return any(is_plural(self.sentence, head) for head in party.heads) and "/" in party.codes[0]

    def fill(self, act: Act, slot: str) -> Party:
        """Give the first actors found in a slot of docs/frames.md."""
        return next((party for party in self.candidates(act, slot) if party.codes), NOBODY)

    def candidates(self, act: Act, slot: str) -> Iterator[Party]:
        """Give the actors in a slot, the likeliest first; the caller may pass over the source."""
        first, _, rest = slot.partition(".")
        if first == "light":
            yield self._light(act, rest)
        elif first == "complement":
            yield from self._complement(act)
        elif first == "nationality":
            yield self._nationality(act.trigger)
        elif first == "governor":
            yield self._governor(act)
        elif first == "deep":
            yield from self._within(tuple(noun for word, noun in act.prepositions if word not in TEMPORAL))
        else:
            yield from self._in_phrase(self.heads(act, first), first, rest)

    def _governor(self, act: Act) -> Party:
        """"Iran rejected the American demand": a demand is on those who answer it."""
        token = self.sentence.tokens[act.trigger]
        if token.relation != "dobj" or self.sentence.tokens[token.head].lemma in operators().light:
            return NOBODY
        return self.actors(surface_subjects(self.sentence, token.head))

    def _in_phrase(self, heads: tuple[int, ...], first: str, rest: str) -> Iterator[Party]:
        if not rest:
            yield self.actors(heads)
            if first not in {"subject", "object"}:
                yield from self._within(heads, shallow=True)
        elif rest == "any":
            yield from self._within(heads)
        elif rest == "possessor":
            yield self.actors(tuple(p for head in heads for p in self.sentence.related(head, "poss")))
        elif rest == "nationality":
            yield from (self._nationality(head) for head in heads)
        else:
            yield self.actors(tuple(n for head in heads for n in prepositional(self.sentence, head, rest)))

    def heads(self, act: Act, slot: str) -> tuple[int, ...]:
        """Give the words that stand in a grammatical slot of an act."""
        if slot in {"subject", "possessor", "agent"}:
            return act.subjects
        if slot == "object":
            return act.objects
        found = [noun for word, noun in act.prepositions if word == slot]
        for thing in act.objects:
            found += prepositional(self.sentence, thing, slot)
        if act.kind == "noun":
            token = self.sentence.tokens[act.trigger]
            if token.relation in {"dobj", "nsubjpass", "attr", "nsubj"}:
                found += prepositional(self.sentence, token.head, slot)
        return tuple(dict.fromkeys(found))

    def actors(self, heads: tuple[int, ...]) -> Party:
        """Give the actors that words and the words coordinated with them name themselves."""
        codes: list[str] = []
        named: list[int] = []
        why: list[str] = []
        guessed, counterparts = True, False
        kinds: set[str] = set()
        for head in heads:
            for place in self._listed(head):
                found = self.discourse.resolve(self.sentence, place)
                if found is not None:
                    codes += [code for code in found.codes if code not in codes]
                    named.append(place)
                    why.append(found.why)
                    kinds.add(found.kind)
                    guessed = guessed and found.kind == "guess"
                    counterparts = counterparts or found.kind == "agreement"
                elif place == head:
                    for deeper in self._including(place):
                        codes += [code for code in deeper if code not in codes]
        if not codes:
            return NOBODY
        return Party(
            tuple(codes), self.phrase(named or list(heads)), "; ".join(why), tuple(named or heads),
            guessed=guessed and bool(named), counterparts=counterparts, kinds=frozenset(kinds),
        )  # fmt: skip

    def _listed(self, head: int) -> list[int]:
        """A noun, those coordinated with it, and those the parser took for its explanation.

        "Angola, Botswana and Namibia" often comes as a name with another in apposition; a headline
        has a comma for "and".
        """
        found: list[int] = []
        for place in coordinated(self.sentence, head):
            found.append(place)
            for other in self.sentence.related(place, "appos", "npadvmod"):
                if self._is_name(place) and self._is_name(other):
                    found += [p for p in coordinated(self.sentence, other) if p not in found]
        first = self.covering[head].first if head in self.covering else head
        if first == 2 and self.sentence.tokens[1].text == "," and self._is_name(0) and 0 not in found:
            found.insert(0, 0)
        return found

    def _is_name(self, place: int) -> bool:
        match = self.covering.get(place)
        return match is not None and bool(match.kinds & {"state", "organisation", "group", "capital"})

    def _including(self, place: int) -> list[tuple[str, ...]]:
        """ "other countries, including Kuwait": the examples stand for the noun."""
        found = []
        for child in self.sentence.related(place, "prep"):
            if self.sentence.tokens[child].lemma in {"include", "like", "as"}:
                for noun in self.sentence.related(child, "pobj"):
                    resolution = self.discourse.resolve(self.sentence, noun)
                    if resolution is not None:
                        found.append(resolution.codes)
        return found

    def _within(self, heads: tuple[int, ...], *, shallow: bool = False) -> Iterator[Party]:
        """Give actors named inside a phrase that is none itself: "the Iranian oil industry"."""
        for head in heads:
            nation = self._nationality(head)
            if nation.codes:
                yield Party(nation.codes, nation.text, nation.why, (*nation.heads, head), True)
            for word in self.sentence.related(head, "compound", "amod", "nmod"):
                if self.sentence.tokens[word].part_of_speech in {"NOUN", "ADJ"} and not nation.codes:
                    party = self._role_in_front(word)  # "insurgent strongholds", "a police checkpoint"
                    if party.codes:
                        yield party
            if shallow:
                continue
            below = [*self.sentence.related(head, "poss"), *names_below(self.sentence, head, self.covering)]
            for place in below:
                party = self.actors((place,))
                if party.codes:
                    yield Party(party.codes, party.text, party.why, party.heads, True)

    def nationality_of(self, heads: tuple[int, ...]) -> Party:
        """Give whose a thing is: its nationality or its owner."""
        for head in heads:
            party = self._nationality(head) or self.actors(self.sentence.related(head, "poss"))
            if party.codes:
                return party
        return NOBODY

    def _role_in_front(self, word: int) -> Party:
        role = self.discourse.role_noun(self.sentence, word)
        if role is None or role.role not in {"REB", "MIL", "GOV", "OPP"} or role.kind == "thing":
            return NOBODY
        party = self.actors((word,))
        return Party(party.codes, party.text, party.why, party.heads, True, False, False, party.kinds)

    def _nationality(self, head: int) -> Party:
        codes: list[str] = []
        places: list[int] = []
        for match in modifiers(self.sentence, head, self.covering):
            if match.first in self.sentence.related(head, "poss") or self._is_owner(match.last, head):
                continue
            entry = self.discourse.meaning(match)
            found = self.discourse.resolve(self.sentence, match.last)
            if entry is not None:
                codes += [c for c in (found.codes if found else (entry.code,)) if c not in codes]
                places.append(match.last)
        if not codes:
            return NOBODY
        return Party(
            tuple(bare(c) if c.endswith("/CVL") else c for c in codes),
            self.phrase(places),
            "nationality in front",
            tuple(places),
        )

    def _is_owner(self, place: int, head: int) -> bool:
        return self.sentence.tokens[place].relation == "poss" and self.sentence.tokens[place].head == head

    def _light(self, act: Act, what: str) -> Party:
        """ "launched an attack": the verb that only carries the noun lends its subject or target."""
        token = self.sentence.tokens[act.trigger]
        verb = token.head
        if token.relation == "pobj":
            verb = self.sentence.tokens[verb].head
        above = self.sentence.tokens[verb]
        if above.part_of_speech != "VERB" or above.lemma not in operators().light:
            return NOBODY
        if what == "subject":
            if token.relation in {"dobj", "attr"}:
                return self.actors(surface_subjects(self.sentence, verb))
            if token.relation == "nsubjpass":
                return self.actors(prepositional(self.sentence, verb, "by"))
            return self.actors(surface_subjects(self.sentence, verb)) if token.relation == "pobj" else NOBODY
        for word in ("against", "on", "with", "to", "at", "from"):
            party = self.actors(prepositional(self.sentence, verb, word))
            if party.codes:
                return party
        return NOBODY

    def _complement(self, act: Act) -> Iterator[Party]:
        """Give the actors inside a governed clause: who is to act, on whom, then the rest."""
        verbs = [verb for _, verb in act.complements]
        for verb in [*verbs, *(other for one in verbs for other in self.sentence.related(one, "conj"))]:
            for head in (
                *self.sentence.related(verb, "nsubj", "nsubjpass"),
                *self.sentence.related(verb, "dative", "dobj"),
                *prepositional(self.sentence, verb, *COMPLEMENT_PREPOSITIONS),
            ):
                for party in (self.actors((head,)), *self._within((head,))):
                    if party.codes:
                        yield Party(party.codes, party.text, party.why, party.heads, True)

    def phrase(self, places: list[int]) -> str:
        """Give the words of the noun phrases at `places`, as they stand in the text."""
        pieces = []
        for place in dict.fromkeys(places):
            first, last = place, place
            match = self.covering.get(place)
            if match is not None:
                first, last = match.first, match.last
            for child in self.sentence.children[place]:
                if (
                    self.sentence.tokens[child].relation in {"compound", "amod", "poss", "nummod", "nmod"}
                    and child < first
                ):
                    first = min(self.sentence.subtree(child)[0], first)
            pieces.append(self.sentence.passage[self.sentence.tokens[first].start : self.sentence.tokens[last].end])
        return ", ".join(pieces)
