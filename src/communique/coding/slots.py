"""Which words fill a grammatical slot of an act, and which actors they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.actors.composition import modifiers, names_below
from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.operators import operators
from communique.coding.party import NOBODY, Party
from communique.reading.acts import coordinated, prepositional, surface_subjects
from communique.records import Act, Sentence

# Prepositions that open a time or a manner, not a party to the act.
TEMPORAL = frozenset({"after", "before", "since", "during", "until", "despite", "amid", "following", "as", "without"})
COMPLEMENT_PREPOSITIONS = (
    "by",
    "with",
    "against",
    "on",
    "to",
    "from",
    "into",
    "between",
    "for",
    "at",
    "across",
    "toward",
    "towards",
    "over",
    "in",
    "of",
)


class Slots:
    """Looks up the slots of docs/frames.md in one sentence of a report."""

    def __init__(self, sentence: Sentence, discourse: Discourse) -> None:
        self.sentence = sentence
        self.discourse = discourse
        self.covering = discourse.covering(sentence)

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
        elif first == "condition":
            yield from self._conditioned(act)
        elif first == "governor":
            yield self._governor(act)
        elif first == "deep":
            yield from self._within(tuple(noun for word, noun in act.prepositions if word not in TEMPORAL))
        else:
            yield from self._in_phrase(self.heads(act, first), first, rest)

    def _conditioned(self, act: Act) -> Iterator[Party]:
        """ "will restore sanctions unless Tehran complies": a threat is on whoever the condition binds."""
        for place in (act.trigger, *(verb for _, verb in act.complements)):
            for clause in self.sentence.related(place, "advcl"):
                marks = {self.sentence.tokens[m].lemma for m in self.sentence.related(clause, "mark")}
                if marks & operators().condition_marks:
                    yield self.actors(self.sentence.related(clause, "nsubj", "nsubjpass"))

    def _governor(self, act: Act) -> Party:
        """ "Iran rejected the American demand": a demand is on those who answer it."""
        token = self.sentence.tokens[act.trigger]
        if token.relation != "dobj" or self.sentence.tokens[token.head].lemma in operators().light:
            return NOBODY
        return self.actors(surface_subjects(self.sentence, token.head))

    def _makers(self, heads: tuple[int, ...]) -> Iterator[Party]:
        """ "the accord that Iran had signed with six powers": those who made it."""
        for head in heads:
            for clause in self.sentence.related(head, "relcl", "acl"):
                yield self.actors(self.sentence.related(clause, "nsubj"))
                yield self.actors(prepositional(self.sentence, clause, "with", "by", "between"))

    def _in_phrase(self, heads: tuple[int, ...], first: str, rest: str) -> Iterator[Party]:
        if not rest:
            yield self.actors(heads)
            if first not in {"subject", "object"}:
                yield from self._within(heads, shallow=True)
        elif rest == "any":
            yield from self._within(heads)
        elif rest == "parties":
            yield from self._makers(heads)
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
        first = self.covering[head].first if head in self.covering else self.sentence.subtree(head)[0]
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
            for clause in self.sentence.related(head, "acl"):  # "a zone demanded by the rebels"
                party = self.actors(prepositional(self.sentence, clause, "by"))
                if party.codes and not shallow:
                    yield replace(party, indirect=True)
            for clause in self.sentence.related(head, "relcl"):  # "the accord that Iran had signed"
                party = self.actors(self.sentence.related(clause, "nsubj"))
                if party.codes and not shallow:
                    yield replace(party, indirect=True)
            if shallow:
                continue
            below = [*self.sentence.related(head, "poss"), *names_below(self.sentence, head, self.covering)]
            for place in below:
                party = self.actors((place,))
                if party.codes:
                    yield replace(party, indirect=True)

    def nationality_of(self, heads: tuple[int, ...]) -> Party:
        """Give whose a thing is: its nationality or its owner."""
        for head in heads:
            party = self._nationality(head) or self.actors(self.sentence.related(head, "poss"))
            if party.codes:
                return party
        return NOBODY

    def _role_in_front(self, word: int) -> Party:
        role = self.discourse.role_noun(self.sentence, word)
        head = self.sentence.tokens[self.sentence.tokens[word].head].lemma
        if f"{self.sentence.tokens[word].lemma} {head}" in self.discourse.known.roles:
            return NOBODY  # "fighter jets" are no fighters
        if role is None or role.role not in {"REB", "MIL", "GOV", "OPP"} or role.kind == "thing":
            return NOBODY
        party = self.actors((word,))
        return Party(party.codes, party.text, party.why, party.heads, True, kinds=party.kinds | {"front"})

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
            if what == "subject" and self.sentence.tokens[verb].lemma == "short":  # "stopped short of an embargo"
                return self.actors(surface_subjects(self.sentence, self.sentence.tokens[verb].head))
        above = self.sentence.tokens[verb]
        carriers = operators().light | (operators().weighing if what == "subject" else frozenset())
        if above.part_of_speech not in {"VERB", "AUX"} or above.lemma not in carriers:
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
                        yield replace(party, indirect=True)

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
