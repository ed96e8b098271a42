"""Acts of one sentence → drafts: the frame that fits, who acts on whom, whether it happened.

Governing words come first: what a refusal, threat, call or promise governs is not coded again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.actors.discourse import Discourse
from communique.actors.resolver import is_state
from communique.coding.announcements import is_own_future, is_own_voice_future, is_refusal, judgement, modal_demand
from communique.coding.draft import Discarded, Draft, anchor_span
from communique.coding.matching import Matcher
from communique.coding.operators import operators
from communique.coding.roles import NOBODY, Party, Roles, bare
from communique.coding.status import status_of
from communique.ontology.frames import Frame
from communique.ontology.loader import Ontology
from communique.reading.acts import find_acts, noun_act, prepositional, surface_subjects, verb_act
from communique.records import Act, Sentence, Status

# Types that make sense without a known target, as the codebook codes them.
TARGETLESS = frozenset({"REQUEST", "PROTEST"})
# Types that several sources without a target do to one another: "Israel and Jordan agreed to …".
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "CONCEDE"})
# Types of words that others answer: an offer, a demand, an accusation, a threat.
ANSWERED = frozenset({"AGREE", "REQUEST", "ACCUSE", "THREATEN", "CONCEDE"})
# Acts of a state's own organs, of which the passive leaves out who did it.
STATE_ACTS = {"COERCE": ("arrest", "convict", "deport", "ban", "raid", "censor"), "SANCTION": ("dismiss", "expel")}
# Types of which a later clause may leave out the target that an earlier one has named.
ELLIPTIC = frozenset({"ACCUSE", "AGREE", "REJECT", "SUPPORT", "SANCTION", "CONCEDE", "REQUEST", "RETREAT", "AID", "THREATEN"})
_SELF_BOUND = {"relcl", "advcl", "parataxis"}


class SentenceCoder:
    """Codes one sentence of a report."""

    def __init__(
        self, sentence: Sentence, discourse: Discourse, ontology: Ontology, before: Sequence[Draft] = ()
    ) -> None:
        self.before = list(before)
        self.sentence = sentence
        self.discourse = discourse
        self.ontology = ontology
        self.roles = Roles(sentence, discourse)
        self.matcher = Matcher(sentence, self.roles, ontology, self.type_of)
        self.consumed: dict[int, str] = {}
        self.discarded: list[Discarded] = []
        self.pending: list[tuple[Act, Frame]] = []
        self._types: dict[int, str | None] = {}

    def code(self) -> list[Draft]:
        """Give the drafts of the sentence in text order."""
        acts = find_acts(self.sentence, self.ontology.triggers)
        depth = {act.trigger: len(self.sentence.ancestors(act.trigger)) for act in acts}
        drafts: list[Draft] = []
        for act in sorted(acts, key=lambda act: (depth[act.trigger], act.trigger)):
            if act.trigger in self.consumed:
                self.discarded.append(Discarded(self.sentence, act.trigger, self.consumed[act.trigger]))
                continue
            drafts += self._code_act(act)
        drafts += self._elliptic(drafts)
        return sorted(drafts, key=lambda draft: draft.act.trigger)

    def _elliptic(self, drafts: list[Draft]) -> list[Draft]:
        """"condemned the raid and recalled its envoy from Israel": the raid was Israel's.

        An act without a target takes that of the same source's act beside it in the sentence, or of
        its last act in the sentence before.
        """
        found = []
        for act, frame in self.pending:
            source = self.roles.source(act, frame)
            near = [d for d in drafts if d.act.trigger != act.trigger and d.act.kind == "verb"] or self.before[-2:]
            for other in near:
                target = Party(other.target.codes or _others(other.source.codes, source.codes), "", "named beside it", (), True)
                alike = set(other.source.codes) & set(source.codes) or (source.codes and other.type == frame.type)
                if alike and target.codes and not set(target.codes) & set(source.codes):
                    draft = self._draft(act, frame, target)
                    if isinstance(draft, Draft):
                        found.append(draft)
                        break
        return found

    def _code_act(self, act: Act) -> list[Draft]:
        again = self._same_again(act) if act.kind == "verb" else None
        if again is not None:
            return [again]
        blame = judgement(self.sentence, act, self.roles)
        if blame is not None:
            speaker, blamed, verb = blame
            self._consume_below(verb, "what the speaker says of them")
            kind = self.ontology.types["ACCUSE"]
            start, end = anchor_span(self.sentence, act, blamed)
            end = max(end, self.sentence.tokens[max(self.sentence.subtree(verb))].end)
            return [
                Draft(self.sentence, act, "ACCUSE", kind.default_mode, kind.modes[kind.default_mode][0], speaker, blamed,
                      False, Status.OCCURRED, "said", "judgement: “said … is illegal”", 0.65, start, end)
            ]  # fmt: skip
        demand = modal_demand(self.sentence, act, self.roles)
        if demand is not None:
            speaker, asked, verb = demand
            self._consume_below(verb, f"demanded by “{self.sentence.tokens[act.trigger].text} … must”")
            kind = self.ontology.types["REQUEST"]
            start, end = anchor_span(self.sentence, verb_act(self.sentence, verb), asked)
            return [
                Draft(self.sentence, act, "REQUEST", kind.default_mode, kind.modes[kind.default_mode][0], speaker, asked,
                      False, Status.OCCURRED, "said", "modal demand: “said … must”", 0.7, start, end)
            ]  # fmt: skip
        reason = None
        for frame in self.matcher.frames(act):
            if not self.may_announce(act, frame):
                continue
            draft = self._draft(act, frame)
            if isinstance(draft, Draft):
                self._consume(act, frame)
                return [draft]
            reason = reason or (draft, frame)
        if reason is not None:
            if reason[0] in {"on whom is not told", "reciprocal, but only one side is known"} and reason[1].type in ELLIPTIC and act.kind == "verb":
                self.pending.append((act, reason[1]))
            self.discarded.append(Discarded(self.sentence, act.trigger, reason[0], reason[1].identity))
            if reason[1].governs == "consume":
                self._consume(act, reason[1])
        return []

    def may_announce(self, act: Act, frame: Frame) -> bool:
        """Tell whether a frame for announcements fits: what is said must be the speaker's own, and to come."""
        if not frame.complement_types or act.lemma not in operators().speech:
            return True
        return any(
            is_own_future(self.sentence, act, verb, self.roles)
            for _, verb in act.complements
            if self.type_of(verb) in frame.complement_types
        ) or any(self.type_of(noun) in frame.complement_types for noun in act.objects)

    def type_of(self, place: int) -> str | None:
        """Give the type that the word at `place` would have by itself (for governing frames)."""
        if place not in self._types:
            self._types[place] = None  # a word that governs itself has no type
            token = self.sentence.tokens[place]
            act = None
            if token.part_of_speech in {"VERB", "AUX"}:
                act = verb_act(self.sentence, place)
            elif token.lemma in self.ontology.triggers:
                act = noun_act(self.sentence, place)
            frames = self.matcher.frames(act) if act is not None else []
            self._types[place] = frames[0].type if frames else None
        return self._types[place]

    def _draft(self, act: Act, frame: Frame, known: Party = NOBODY) -> Draft | str:
        """Give the draft of an act under a frame, or the reason why there is none."""
        source = self.roles.source(act, frame)
        if not source.codes and act.passive:
            source = self._source_of_passive(act) or self._state_of_passive(act, frame)
        if not source.codes and act.kind == "noun":
            source = self._unnamed_crowd(frame)
        target = known or self._accuser(act, source) or self.roles.target(act, frame, source)
        if frame.swap:
            source, target = target, source
        reciprocal = frame.reciprocal or self._each_other(act)
        if reciprocal:
            if not source.codes and act.kind == "noun":
                return "reciprocal, but only one side is known"
            if len({*source.codes, *target.codes}) < 2:
                target = self._partner_at(act, source) or self.roles.clause_subject(act.trigger)
            source, target = _both(source, target)
            if len({bare(code) for code in source.codes}) < 2 and len(source.codes) < 2:
                return "reciprocal, but only one side is known"
        if not source.codes:
            return "who acts is not told"
        if not reciprocal:
            target = _without_source(source, target)
            if not target.codes:
                target = self._default_target(act, frame, source)
            if not target.codes and frame.type in MUTUAL and len({bare(code) for code in source.codes}) > 1:
                reciprocal = True
            elif not target.codes and not (frame.type in TARGETLESS or frame.targetless):
                return "on whom is not told"
        status, why = status_of(self.sentence, act)
        if frame.status and status is Status.OCCURRED:
            status, why = Status(frame.status), "the frame"
        kind, mode, cameo, rule = frame.type, frame.mode, frame.cameo, f"frame {frame.identity}"
        if status is Status.DENIED and is_refusal(self.sentence, act):
            kind = "REJECT" if self.ontology.types[kind].quad < 3 else "AGREE"
            mode = self.ontology.types[kind].default_mode
            cameo = self.ontology.types[kind].modes[mode][0]
            status, rule = Status.OCCURRED, f"“will not” + {rule}"
            if reciprocal:
                source, target, reciprocal = self._refuser(act, source)
        elif status is Status.PLANNED and is_own_voice_future(self.sentence, act):
            kind = "CONCEDE" if kind == "RETREAT" else "AGREE" if self.ontology.types[kind].quad < 3 else "THREATEN"
            mode = self.ontology.types[kind].default_mode
            cameo = self.ontology.types[kind].modes[mode][0]
            status, rule = Status.OCCURRED, f"“we will” + {rule}"
        confidence = _confidence(frame, act, source, target, reciprocal)
        start, end = anchor_span(self.sentence, act, target)
        return Draft(
            self.sentence, act, kind, mode, cameo, source, target, reciprocal, status, why, rule, confidence, start, end
        )

    def _each_other(self, act: Act) -> bool:
        """"accused each other", "expelled each other's envoys"."""
        held = (*act.objects, *(noun for _, noun in act.prepositions))
        for head in held:
            for place in (head, *self.sentence.related(head, "poss")):
                before = self.sentence.tokens[place - 1].lemma if place else ""
                if (before, self.sentence.tokens[place].lemma) in {("each", "other"), ("one", "another")}:
                    return True
        return False

    def _refuser(self, act: Act, both: Party) -> tuple[Party, Party, bool]:
        """Who will not meet is the source, whom they will not meet the target."""
        verb = next(
            (
                p
                for p in self.sentence.ancestors(act.trigger)
                if act.kind == "noun" and self.sentence.tokens[p].part_of_speech == "VERB"
            ),
            act.trigger,
        )
        own = self.roles.actors(surface_subjects(self.sentence, verb) or act.subjects)
        others = tuple(code for code in both.codes if code not in own.codes)
        if not own.codes or not others:
            return both, NOBODY, True
        return own, Party(others, both.text, both.why, both.heads), False

    def _accuser(self, act: Act, source: Party) -> Party:
        """Denying an accusation is a rejection of whoever made it."""
        if act.lemma != "deny" or not source.codes:
            return NOBODY
        own = {bare(code) for code in source.codes}
        for draft in reversed(self.before[-6:]):
            if draft.type == "ACCUSE" and own & {bare(code) for code in draft.target.codes}:
                return draft.source
        return NOBODY

    def _unnamed_crowd(self, frame: Frame) -> Party:
        """"the uprising in 2011", "the coup": the people or the rebels of the place."""
        role = "CVL" if frame.type == "PROTEST" else "REB" if "coup" in frame.identity else ""
        near = self.discourse.place_codes(self.sentence)
        state = near[0][1] if near else self.discourse.main_state()
        if not role or not state:
            return NOBODY
        return Party((f"{state}/{role}",), "", "those of the country", (), True, True)

    def _same_again(self, act: Act) -> Draft | None:
        """"Bahrain followed suit": the act before, by another."""
        words = {self.sentence.tokens[o].lemma for o in act.objects}
        if (act.lemma, next(iter(words), "")) not in {("follow", "suit"), ("do", "same"), ("do", "likewise")}:
            return None
        if not self.before:
            return None
        last = self.before[-1]
        source = self.roles.actors(act.subjects)
        if not source.codes or last.reciprocal:
            return None
        start, end = anchor_span(self.sentence, act, NOBODY)
        status, why = status_of(self.sentence, act)
        return replace(
            last, sentence=self.sentence, act=act, source=source, status=status, status_why=why, start=start, end=end,
            rule=f"“{act.lemma} {next(iter(words))}”: as before ({last.rule})", confidence=round(last.confidence * 0.9, 3),
        )  # fmt: skip

    def _default_target(self, act: Act, frame: Frame, source: Party) -> Party:
        """Whom an act is on where the sentence leaves it out: those at home for protesters and rebels,
        the country of the report for an army abroad."""
        if frame.type == "PROTEST" or (frame.type == "ASSAULT" and all(c.endswith("/REB") for c in source.codes)):
            return _own_government(source)
        if frame.type == "ASSAULT":
            group = self.discourse.mentions.last_group(self.sentence, act.trigger)
            if group is not None and group not in source.codes:
                return Party((group,), "", "the armed group named before", (), True, True)
            state = self.discourse.dateline or self.discourse.main_state()
            armed = "MIL" in self._roles_of(source) or not all(is_state(bare(code)) for code in source.codes)
            if act.kind == "verb" and armed and state and state not in {bare(code) for code in source.codes}:
                return Party((state,), "", "the country of the report", (), True, True)
        return NOBODY

    def _roles_of(self, party: Party) -> str:
        nouns = [self.discourse.role_noun(self.sentence, head) for head in party.heads]
        return " ".join(noun.role for noun in nouns if noun is not None)

    def _partner_at(self, act: Act, source: Party) -> Party:
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
                codes = tuple(code for code in party.codes if bare(code) not in {bare(c) for c in source.codes})
                if codes and not party.guessed:
                    return Party(codes, party.text, party.why, party.heads, True)
        return NOBODY

    def _state_of_passive(self, act: Act, frame: Frame) -> Party:
        """"was arrested in Istanbul", "has been sacked": only a state's own organs do that.

        An agentless passive of any other act leaves its source unknown, wherever it happened.
        """
        if frame.mode not in STATE_ACTS.get(frame.type, ()):
            return NOBODY
        near = self.discourse.place_codes(self.sentence)
        nearest = min(near, key=lambda found: abs(found[0] - act.trigger), default=(0, ""))[1]
        state = nearest or self.discourse.dateline or self.discourse.main_state()
        return Party((state,), "", "a state’s own organs, by place", (), True, True) if state else NOBODY

    def _source_of_passive(self, act: Act) -> Party:
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

    def _consume(self, act: Act, frame: Frame) -> None:
        """Mark the words that a coded act has used up."""
        word = self.sentence.tokens[act.trigger].text
        for head in act.subjects:  # "Israeli air strikes killed two": the noun is the same deed
            if act.kind == "verb" and self.type_of(head) == frame.type:
                self.consumed.setdefault(head, f"the same deed as “{word}” ({frame.type})")
        for head in act.objects:
            if self._stands_by_itself(head, frame):
                continue
            if (frame.object is not None and frame.object.lemmas) or frame.governs == "consume":
                self.consumed.setdefault(head, f"part of “{word}” ({frame.type})")
        if act.kind == "verb":
            for name, noun in act.prepositions:
                if frame.particle.endswith(name) or name in {p for p, _ in frame.prepositions}:
                    self.consumed.setdefault(noun, f"part of “{word}” ({frame.type})")
        if frame.governs == "consume":
            for _, verb in act.complements:
                self._consume_below(verb, f"what “{word}” ({frame.type}) is about")
            for head in (*act.objects, *(noun for _, noun in act.prepositions)):
                if self._stands_by_itself(head, frame):
                    for child in self.sentence.children[head]:
                        if self.sentence.tokens[child].relation not in _SELF_BOUND:
                            self._consume_below(child, f"what “{word}” ({frame.type}) is about")
                    continue
                if self.sentence.tokens[head].lemma in self.ontology.triggers or frame.type in {
                    "REQUEST",
                    "REJECT",
                    "THREATEN",
                }:
                    self._consume_below(head, f"what “{word}” ({frame.type}) is about")

    def _stands_by_itself(self, noun: int, frame: Frame) -> bool:
        """"rejected the American demand": a word of another that is answered was an act as well.

        So was the truce that a mediator brought about between others.
        """
        if frame.mode == "third-party":
            return bool(prepositional(self.sentence, noun, "between"))
        if frame.type not in {"REJECT", "SUPPORT", "AGREE"} or self.type_of(noun) not in ANSWERED:
            return False
        return bool(self.roles.fill(noun_act(self.sentence, noun), "nationality").codes) or bool(
            self.roles.actors(self.sentence.related(noun, "poss")).codes
        )

    def _consume_below(self, place: int, reason: str) -> None:
        stack = [place]
        while stack:
            current = stack.pop()
            self.consumed.setdefault(current, reason)
            stack.extend(
                c for c in self.sentence.children[current] if self.sentence.tokens[c].relation not in _SELF_BOUND
            )


def _both(source: Party, target: Party) -> tuple[Party, Party]:
    codes = tuple(dict.fromkeys((*source.codes, *target.codes)))
    text = ", ".join(part for part in (source.text, target.text) if part)
    return Party(codes, text, f"{source.why}; {target.why}", (*source.heads, *target.heads)), NOBODY


def _others(codes: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in own) if len(codes) > 1 else ()


def _own_government(source: Party) -> Party:
    """A protest that names no addressee is one against the government of the place."""
    codes = tuple(dict.fromkeys(bare(code) for code in source.codes if "/" in code))
    return Party(codes, "", "protests at home are against the government", (), True) if codes else NOBODY


def _without_source(source: Party, target: Party) -> Party:
    """A country's act on itself counts only where two different parts of it are named."""
    codes = tuple(code for code in target.codes if code not in source.codes)
    return Party(codes, target.text, target.why, target.heads, target.indirect) if codes else NOBODY


def _confidence(frame: Frame, act: Act, source: Party, target: Party, reciprocal: bool) -> float:
    value = frame.confidence
    if act.kind == "noun":
        value *= 0.9
    if target.indirect and not reciprocal:
        value *= 0.9
    if not target.codes and not reciprocal:
        value *= 0.8
    if source.indirect:
        value *= 0.9
    return round(value, 3)
