"""Who acts, and on whom, where the sentence leaves it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare, is_state
from communique.coding.attribution import claimant
from communique.coding.draft import Draft
from communique.coding.operators import operators
from communique.coding.party import NOBODY, Party, others, own_government
from communique.coding.roles import STATE_ACTS, Roles
from communique.ontology.frames import Frame
from communique.reading.acts import noun_act, prepositional, verb_act
from communique.records import Act, Sentence

_WORDS = {"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "CONSULT", "THREATEN"}


class LeftOut:
    """Fills in the sides that one sentence does not tell, from the report around it.

    `type_of` gives the type that a word would have by itself; `before` are the report's drafts so far.
    """

    def __init__(
        self,
        sentence: Sentence,
        discourse: Discourse,
        roles: Roles,
        type_of: Callable[[int], str | None],
        before: list[Draft],
    ) -> None:
        self.sentence = sentence
        self.discourse = discourse
        self.roles = roles
        self.type_of = type_of
        self.before = before

    def source_of_passive(self, act: Act) -> Party:
        """ "killed in an Israeli air strike": the nationality of the deed is who did it."""
        for noun in prepositional(self.sentence, act.trigger, "in", "during", "by", "from", "under"):
            if self.type_of(noun) is not None:
                party = self.roles.fill(noun_act(self.sentence, noun), "nationality")
                if not party.codes:
                    party = self.roles.fill(noun_act(self.sentence, noun), "by")
                if not party.codes:
                    party = self.roles.actors(self.sentence.related(noun, "poss"))
                if party.codes:
                    return party
        held = (*act.objects, *(noun for _, noun in act.prepositions))
        for noun in held:  # "threatened with sanctions by the Council": the parser hangs it on the noun
            party = self.roles.actors(prepositional(self.sentence, noun, "by"))
            if party.codes:
                return party
        return NOBODY

    def state_of_passive(self, act: Act, frame: Frame) -> Party:
        """ "was arrested in Istanbul", "has been sacked": only a state's own organs do that.

        An agentless passive of any other act leaves its source unknown, wherever it happened.
        """
        if frame.mode not in STATE_ACTS.get(frame.type, ()) or self.sentence.tokens[act.trigger].relation == "amod":
            return NOBODY
        if frame.type == "RETREAT" and self.discourse.mentions.main_group is not None:
            return NOBODY  # hostages are freed by those who hold them
        if self.sentence.tokens[act.trigger].relation in {"acl", "relcl"} and (captors := self._captors(act)):
            return captors
        left = self.roles.actors(prepositional(self.sentence, act.trigger, "from"))
        if frame.mode in {"expel", "deport"} and left.codes:
            return left
        near = self.discourse.place_codes(self.sentence)
        own = {noun for _, noun in act.prepositions}
        here = next((state for place, state in near if place in own), None)
        nearest = min(near, key=lambda found: abs(found[0] - act.trigger), default=(0, None))[1]
        state = here or self.discourse.dateline or nearest or self.discourse.main_state()
        return Party((state,), "", "a state’s own organs, by place", (), True, True) if state else NOBODY

    def unnamed_crowd(self, frame: Frame) -> Party:
        """ "the uprising in 2011", "the coup": the people or the rebels of the place."""
        word = frame.lemma
        role = "CVL" if word in operators().crowd_deeds else "REB" if word in operators().rebel_deeds else ""
        near = self.discourse.place_codes(self.sentence)
        state = near[0][1] if near else self.discourse.main_state()
        if not role or not state:
            return NOBODY
        return Party((f"{state}/{role}",), "", "those of the country", (), True, True)

    def avenged(self, act: Act) -> Party:
        """ "shelled Eritrea in retaliation for the killing of nine officers": it was those who are shelled."""
        for above in self.sentence.ancestors(act.trigger):
            token = self.sentence.tokens[above]
            if token.lemma in operators().answers and token.part_of_speech in {"NOUN", "VERB"}:
                for draft in reversed(self.before[-3:]):
                    if draft.sentence is self.sentence and draft.act.trigger in self.sentence.ancestors(above):
                        return replace(draft.target, heads=(), indirect=True)
        return NOBODY

    def accuser(self, act: Act, frame: Frame, source: Party) -> Party:
        """Denying an accusation is a rejection of whoever made it, or on whose word the deed stands."""
        if not source.codes or (act.lemma != "deny" and not (frame.type == "REJECT" and frame.mode == "deny")):
            return NOBODY
        own = {bare(code) for code in source.codes}
        for draft in reversed(self.before[-6:]):
            if draft.type == "ACCUSE" and own & {bare(code) for code in draft.target.codes}:
                return Party(draft.source.codes, draft.source.text, "who accused before", (), True)
        for draft in reversed(self.before[-3:]):
            speaker, _ = claimant(draft.sentence, draft.act.trigger, self.discourse)
            if speaker and bare(speaker) not in own and own & {bare(code) for code in draft.source.codes}:
                return Party((speaker,), "", "who said so before", (), True)
        return NOBODY

    def _claimed_on(self, act: Act, source: Party) -> Party:
        """ "Chile said Argentina had massed troops along the frontier": against those who complain of it."""
        speaker, _ = claimant(self.sentence, act.trigger, self.discourse)
        if (
            speaker is None
            or not is_state(bare(speaker))
            or source.guessed
            or bare(speaker) in {bare(code) for code in source.codes}
        ):
            return NOBODY
        return Party((speaker,), "", "those who say so", (), True)

    def holder(self, act: Act, frame: Frame, source: Party) -> Party:
        """ "Iraqi forces retook Ramadi": from the armed group of the report, where a state takes its own town back."""
        if frame.type != "ASSAULT" or frame.mode != "take" or act.kind != "verb" or source.guessed:
            return NOBODY
        taken = {
            bare(code)
            for slot in ("object", "object.any", "in")
            for p in self.roles.candidates(act, slot)
            for code in p.codes
        }
        own = set(source.codes)
        at_home = taken and taken <= own and all(is_state(code) for code in own)
        group = self.enemy(act, source) if at_home else None
        return Party((group,), "", "the armed group that held it", (), True, True) if group else NOBODY

    def denier(self, act: Act, source: Party) -> tuple[Party, Party] | None:
        """ "accuse Doha of funding terror, a charge that it denies": it is Doha, whatever stands nearer."""
        if act.lemma != "deny" or not act.objects or self.type_of(act.objects[0]) != "ACCUSE":
            return None
        for draft in reversed(self.before[-3:]):
            if draft.sentence is self.sentence and draft.type == "ACCUSE" and draft.target.codes:
                return replace(draft.target, heads=()), replace(draft.source, heads=())
        return None

    def default_target(self, act: Act, frame: Frame, source: Party) -> Party:
        """Whom an act is on where the sentence leaves it out: those at home for protesters and rebels,
        the country of the report for an army abroad."""
        if frame.type == "PROTEST" or (frame.type == "ASSAULT" and all(c.endswith("/REB") for c in source.codes)):
            return own_government(source)
        if frame.type == "AGREE":
            return self._those_met(source)
        if frame.type == "REQUEST":
            return self.doer_of(act) or self._counterpart(act, source)
        if frame.type in {"ACCUSE", "SUPPORT"} and act.kind == "verb":
            return self.doer_of(act, source)
        if frame.type == "REJECT" and act.kind == "verb":
            return self._counterpart(act, source)
        if frame.type == "RETREAT" and frame.mode == "withdraw" and (left := self._fought(source)):
            return left
        if frame.type == "RETREAT" and frame.mode == "resign":
            return Party(
                tuple(f"{bare(code)}/CVL" for code in source.codes[:1] if is_state(bare(code))), "", "at home", ()
            )
        if frame.type == "CONSULT" and self.sentence.tokens[act.trigger].relation == "amod":
            return self.roles.clause_subject(act.trigger)  # "gave a visiting UN official a message"
        if frame.type in {"MOBILIZE", "THREATEN"} and (complaining := self._claimed_on(act, source)):
            return complaining
        if frame.type in {"CONSULT", "THREATEN", "MOBILIZE"} and act.kind != "adjective":
            state = self.discourse.dateline
            if state and not source.guessed and state not in {bare(code) for code in source.codes}:
                return Party((state,), "", "the country of the dateline", (), True, True)
            return NOBODY
        if frame.type == "ASSAULT":
            group = self.enemy(act, source)
            if group is not None:
                return Party((group,), "", "the armed group named before", (), True, True)
            state = self.discourse.dateline or self.discourse.main_state()
            armed = "MIL" in self._roles_of(source) or not all(is_state(bare(code)) for code in source.codes)
            if act.kind == "verb" and armed and state and state not in {bare(code) for code in source.codes}:
                return Party((state,), "", "the country of the report", (), True, True)
        return NOBODY

    def doer_of(self, act: Act, source: Party = NOBODY) -> Party:
        """ "The UN had demanded the pullout", "condemned the strike": of whoever did what the report has told."""
        wanted = {self.type_of(noun) for noun in act.objects} - {None}
        words = {self.sentence.tokens[noun].lemma for noun in act.objects}
        definite = any(
            self.sentence.tokens[c].lemma in {"the", "this"} for n in act.objects for c in self.sentence.children[n]
        )
        told = self.before[:-7:-1]  # the last first
        deeds = [draft for draft in told if draft.type not in _WORDS]
        for draft in (*deeds, *(draft for draft in told if draft.type in _WORDS)):
            codes = others(draft.source.codes, source)
            if codes and definite and (draft.type in wanted or words & operators().any_deed):
                return Party(codes, draft.source.text, f"whose {draft.act.lemma} it was", (), True)
        return NOBODY

    def same_captors(self, drafts: list[Draft]) -> list[Draft]:
        """ "a soldier arrested in Turkey … he has been charged": by those who arrested him, wherever else the place is."""
        found: list[Draft] = []
        earlier = [draft for draft in self.before if draft.sentence is not self.sentence]
        for draft in drafts:
            held = {bare(code) for code in draft.target.codes}
            for other in (
                (*earlier, *found) if draft.type == "COERCE" and draft.act.passive and draft.source.guessed else ()
            ):
                if other.type == "COERCE" and held & {bare(code) for code in other.target.codes}:
                    draft = replace(draft, source=replace(other.source, heads=(), indirect=True))
            found.append(draft)
        return found

    def _captors(self, act: Act) -> Party:
        """ "fighters released workers seized last week": seized by the fighters, not by the state."""
        for above in self.sentence.ancestors(act.trigger):
            if self.sentence.tokens[above].part_of_speech == "VERB":
                party = self.roles.actors(self.sentence.related(above, "nsubj"))
                if party.codes and all(code.endswith("/REB") or not is_state(bare(code)) for code in party.codes):
                    return replace(party, heads=())
        return NOBODY

    def _those_met(self, source: Party) -> Party:
        """ "We agreed that …": with those whom the report has just told the source met."""
        own = {bare(code) for code in source.codes}
        for draft in reversed(self.before[-4:]):
            if draft.type == "CONSULT" and draft.reciprocal and own & {bare(code) for code in draft.source.codes}:
                return Party(others(draft.source.codes, source), "", "those met before", (), True)
        return NOBODY

    def enemy(self, act: Act, source: Party) -> str | None:
        """Give the armed group of the report that the source is not."""
        group = self.discourse.mentions.last_group(self.sentence, act.trigger)
        if group is None or group in source.codes:
            group = self.discourse.mentions.main_group
        return None if group in source.codes else group

    def partner_at(self, act: Act, source: Party) -> Party:
        """ "left the rebel town of Bouake after talks": the other side is where they were held."""
        token = self.sentence.tokens[act.trigger]
        if act.kind != "noun" or token.relation != "pobj" or not source.codes:
            return NOBODY
        verb = self.sentence.tokens[token.head].head
        if self.sentence.tokens[verb].part_of_speech != "VERB":
            return NOBODY
        above = verb_act(self.sentence, verb)
        for slot in ("object", "object.any", "to", "in", "at", "for"):
            for party in self.roles.candidates(above, slot):
                codes = others(party.codes, source)
                if codes and not party.guessed:
                    return Party(codes, party.text, party.why, party.heads, True)
        return NOBODY

    def _counterpart(self, act: Act, source: Party) -> Party:
        """ "wrote to the Council asking for a meeting", "Lange demanded an apology": of those with whom the
        report has just told an act of the source's, or who did something to it."""
        if source.guessed or act.kind != "verb":
            return NOBODY
        own = {bare(code) for code in source.codes}
        for draft in reversed(self.before[-4:]):
            near = self.sentence.index - draft.sentence.index
            if draft.act.trigger == act.trigger and draft.sentence is self.sentence:
                continue
            if not 0 <= near <= 1 or draft.target.guessed or draft.source.guessed:
                continue
            if own & {bare(code) for code in draft.source.codes}:
                codes = others((*draft.target.codes, *draft.source.codes), source)
            elif own & {bare(code) for code in draft.target.codes}:
                codes = others(draft.source.codes, source)
            else:
                continue
            if codes:
                return Party(codes, "", f"the other side of “{draft.act.lemma}”", (), True)
        return NOBODY

    def _fought(self, source: Party) -> Party:
        """ "pulled his forces out": from where the report has told that they were."""
        own = {bare(code) for code in source.codes}
        for draft in reversed(self.before[-8:]):
            if draft.type in {"ASSAULT", "MOBILIZE"} and own & {bare(code) for code in draft.source.codes}:
                codes = others(draft.target.codes, source)
                if codes:
                    return Party(codes, "", f"where they were to “{draft.act.lemma}”", (), True)
        return NOBODY

    def _roles_of(self, party: Party) -> str:
        nouns = [self.discourse.role_noun(self.sentence, head) for head in party.heads]
        return " ".join(noun.role for noun in nouns if noun is not None)
