"""Source and target of an act: the frame's slots first, then those usual for its kind of word."""

from __future__ import annotations

from dataclasses import replace

from communique.actors.composition import is_plural
from communique.actors.resolver import bare, is_state
from communique.coding.party import NOBODY, Party
from communique.coding.slots import Slots
from communique.ontology.frames import Frame
from communique.reading.acts import prepositional, surface_subjects
from communique.records import Act

VERB_SOURCE = ("subject",)
NOUN_SOURCE = ("possessor", "nationality", "by", "light.subject", "between", "among", "of", "from", "at")
VERB_TARGET = ("object", "object.any", "with", "against", "on", "to", "from", "at", "toward", "towards", "over", "of",
               "for", "upon", "into", "complement", "deep", "in")  # fmt: skip
NOUN_TARGET = ("against", "on", "with", "to", "toward", "towards", "into", "upon", "at", "over", "from", "for", "of",
               "complement", "light.target", "deep", "in")  # fmt: skip
# Who meets with whom: the slots that may add a partner to a list of actors.
PARTNER = frozenset({"with", "between", "and", "among", "to", "object", "object.any", "alongside"})
# Types whose victims are often told without their country ("killed ten villagers").
GUESSABLE = frozenset({"ASSAULT", "COERCE", "PROTEST", "AID", "MOBILIZE", "RETREAT"})
# Types in which a government acts on its own people or politicians.
INWARD = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "COERCE", "ASSAULT", "SANCTION", "MOBILIZE"})
# Types of words about a deed: where it happened is not whom they are on.
PLACELESS = frozenset({"ACCUSE", "SUPPORT"})
# Types whose act a ship, a tank, a base can suffer for its state.
FELT_BY_THINGS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "RETREAT", "ACCUSE", "CONSULT"})
# Acts of a state's own organs, which it does to its own people and of which a passive leaves out the doer.
STATE_ACTS = {
    "COERCE": ("arrest", "convict", "deport", "ban", "raid", "censor"),
    "SANCTION": ("dismiss", "expel"),
    "RETREAT": ("release",),
}
# Types of words that others answer: an offer, a demand, an accusation, a threat.
ANSWERED = frozenset({"AGREE", "REQUEST", "ACCUSE", "THREATEN", "CONCEDE"})
# Types where journalists and newspapers are listeners, not targets.
SPOKEN_TO = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "REQUEST", "REJECT", "THREATEN", "RETREAT"}
)


class Roles(Slots):
    """Chooses who acts and on whom among the actors in the slots of an act."""

    def source(self, act: Act, frame: Frame) -> Party:
        """Give who acts: the frame's slots, else those usual for a verb or a noun."""
        slots = frame.source or (NOUN_SOURCE if act.kind == "noun" else VERB_SOURCE)
        if act.kind == "noun" and not frame.source and "of" in frame.target:
            slots = tuple(slot for slot in slots if slot != "of")  # "the expulsion of diplomats": they are expelled
        if act.passive:
            slots = (*slots, "between", "among")
        for slot in slots:
            party = self.fill(act, slot)
            if party.codes and not party.counterparts:
                return party
        if act.kind == "noun" and frame.reciprocal:
            return self.clause_subject(act.trigger)
        if act.kind == "verb":
            party = self._behind_the_deed(act)
            return party if party.codes else self._signer(act)
        return NOBODY

    def _signer(self, act: Act) -> Party:
        """ "issued a statement calling on Iran …", "signed an order imposing …": a paper speaks for who made it."""
        token = self.sentence.tokens[act.trigger]
        above = self.sentence.tokens[token.head]
        if token.relation != "acl" or token.tag != "VBG" or above.relation not in {"dobj", "nsubjpass"}:
            return NOBODY
        if self.discourse.resolve(self.sentence, above.index) is not None:
            return NOBODY
        if above.relation == "nsubjpass":
            return self.actors(prepositional(self.sentence, above.head, "by"))
        return self.actors(surface_subjects(self.sentence, above.head))

    def _behind_the_deed(self, act: Act) -> Party:
        """ "Israeli air strikes killed …", "attacks claimed by X have killed …": whose deed acts."""
        for deed in act.subjects:
            if self.discourse.resolve(self.sentence, deed) is not None:
                continue
            for party in (self._nationality(deed), self.actors(self.sentence.related(deed, "poss"))):
                if party.codes:
                    return party
            by = prepositional(self.sentence, deed, "by", "from")
            verb = self.sentence.tokens[act.trigger]
            told_with = (verb.head,) if verb.relation == "conj" else ()  # "attacks, also claimed by X, have killed"
            for claim in (*self.sentence.related(deed, "acl"), *told_with):
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
        if frame.type == "THREATEN":
            slots = ("condition", *slots) if "object" not in frame.target[:1] else (*slots[:1], "condition", *slots[1:])
        if frame.reciprocal:
            where = {"in", "at", "object.in"} if len(source.codes) > 1 else set()
            slots = tuple(slot for slot in slots if slot in PARTNER or (slot in frame.target and slot not in where))
        if act.kind == "noun":
            late = [
                slot
                for slot in slots
                if slot in {"complement", "light.target", "deep", "in"}
                and (slot not in frame.target or (slot == "complement" and frame.type in ANSWERED))
            ]
            answered = ("governor",) if frame.type in ANSWERED else ()
            slots = (*(slot for slot in slots if slot not in late), *answered, *late)
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
                    or (act.passive and self._among(party, source, act))
                ):
                    continue
                found = replace(party, codes=codes)
                if found.codes[0] not in party.codes:  # a part of the source's own country
                    guess = guess if guess.codes else found
                    continue
                if (
                    not party.guessed
                    or (slot == "object" and frame.type in GUESSABLE)
                    or (slot != "deep" and self._may_guess(party, source))
                ):
                    return found
                guess = guess if guess.codes else found
        own = {bare(code) for code in source.codes} & {bare(code) for code in guess.codes}
        return guess if frame.type in GUESSABLE or (own and frame.type in INWARD) else NOBODY

    def _among(self, party: Party, source: Party, act: Act) -> bool:
        """ "retaken by forces loyal to him, including Hezbollah": part of those who act."""
        doers = {place for head in source.heads for place in self.sentence.subtree(head)}
        return act.trigger not in doers and bool(party.heads) and set(party.heads) <= doers

    def _others(self, party: Party, source: Party, frame: Frame) -> tuple[str, ...]:
        """The codes of a party that the act can be on: not the source itself, no mere listeners."""
        if "front" in party.kinds and frame.type not in {"ASSAULT", "COERCE", "MOBILIZE"}:
            return ()  # "military aid" is not on the military
        codes = tuple(code for code in party.codes if code not in source.codes)
        if not codes and party.codes and party.heads != source.heads:
            codes = self._own_part(party, source, frame)
        if frame.type not in FELT_BY_THINGS and party.heads and all(self._is_thing(head) for head in party.heads):
            return ()
        if frame.type in SPOKEN_TO:
            codes = tuple(code for code in codes if not code.endswith("/MED"))
        if frame.type == "CONSULT" and [self.sentence.tokens[head].text.lower() for head in party.heads] == ["it"]:
            return ()
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
        if "place" in party.kinds or (frame.type == "ASSAULT" and "capital" in party.kinds):
            return (f"{own[0]}/CVL",)
        if frame.mode in STATE_ACTS.get(frame.type, ()) and party.kinds & {"person", "role", "guess"}:
            if source.guessed or self._is_official(party):
                return (f"{own[0]}/POL",)
        if "person" in party.kinds and "person" in source.kinds and party.text != source.text:
            return (f"{own[0]}/POL",)
        if (
            frame.type in {"ASSAULT", "COERCE"}
            and party.kinds & {"person", "role"}
            and source.kinds & {"role", "guess"}
        ):
            return (f"{own[0]}/POL",)  # "the president was overthrown by soldiers"
        return ()

    def _is_thing(self, head: int) -> bool:
        """Jets that are supplied are no target; jets that are shot at are."""
        role = self.discourse.role_noun(self.sentence, head)
        return role is not None and role.kind == "thing"

    def _is_place(self, party: Party) -> bool:
        """Where a condemned attack happened says nothing of whose it was."""
        places = {place for place, _ in self.discourse.place_codes(self.sentence)}
        return bool(party.heads) and set(party.heads) <= places

    def _may_guess(self, party: Party, source: Party) -> bool:
        """A country guessed for "the rebels" may stand, and "the president" to his own opposition;
        one guessed for "the man" is too bold."""
        if any("/" in code and bare(code) == bare(party.codes[0]) for code in source.codes):
            return True
        part = "/" in party.codes[0] or not is_state(party.codes[0])
        return part and any(is_plural(self.sentence, head) for head in party.heads)
