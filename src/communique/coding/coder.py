"""Acts of one sentence → drafts: the frame that fits, who acts on whom, whether it happened.

Governing words come first: what a refusal, threat, call or promise governs is not coded again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.announcements import (
    is_own_future,
    is_own_voice_future,
    is_refusal,
    judgement,
    modal_demand,
    own_demand,
    refuser,
)
from communique.coding.attribution import claimant
from communique.coding.draft import Discarded, Draft, anchor_span
from communique.coding.left_out import LeftOut
from communique.coding.matching import Matcher
from communique.coding.operators import operators
from communique.coding.party import NOBODY, Party, both, without_source
from communique.coding.roles import Roles
from communique.coding.status import negation, status_of
from communique.coding.used_up import UsedUp
from communique.ontology.frames import Frame
from communique.ontology.loader import Ontology
from communique.reading.acts import find_acts, noun_act, verb_act
from communique.records import Act, Sentence, Status

# Types that make sense without a known target, as the codebook codes them.
TARGETLESS = frozenset({"REQUEST", "PROTEST"})
# Types that several sources without a target do to one another: "Israel and Jordan agreed to …".
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "CONCEDE", "RETREAT"})
# Modes of those types in which two who act together still act on a third: "France and Spain welcomed the exchange".
ONE_SIDED = frozenset({"endorse", "defend", "rally", "condole", "forgive", "apologise"})
# Types of which a later clause may leave out the target that an earlier one has named.
ELLIPTIC = frozenset(
    {"ACCUSE", "AGREE", "REJECT", "SUPPORT", "SANCTION", "CONCEDE", "REQUEST", "RETREAT", "AID", "THREATEN"}
)


ORDER_TO_OWN = "an order to its own people"
UNTOLD_SOURCE = "who acts is not told"
UNTOLD_TARGET = "on whom is not told"
ONE_SIDE = "reciprocal, but only one side is known"
# Why an act is not coded that another actor of the sentence may complete.
HALF_KNOWN = frozenset({UNTOLD_SOURCE, UNTOLD_TARGET, ONE_SIDE})


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
        self.used_up = UsedUp(sentence, self.roles, ontology.triggers, self.type_of)
        self.left_out = LeftOut(sentence, discourse, self.roles, self.type_of, self.before)
        self.discarded: list[Discarded] = []
        self.own_orders: set[int] = set()
        self.half_known: list[tuple[Act, Frame]] = []
        self.pending: list[tuple[Act, Frame]] = []
        self._types: dict[int, str | None] = {}

    def code(self) -> list[Draft]:
        """Give the drafts of the sentence in text order."""
        acts = find_acts(self.sentence, self.ontology.triggers)
        depth = {act.trigger: len(self.sentence.ancestors(act.trigger)) for act in acts}
        drafts: list[Draft] = []
        for act in sorted(acts, key=lambda act: (depth[act.trigger], act.trigger)):
            if act.trigger in self.used_up.reasons:
                self.discarded.append(Discarded(self.sentence, act.trigger, self.used_up.reasons[act.trigger]))
                continue
            if act.kind == "noun" and self._names_a_person(act.trigger):
                self.discarded.append(Discarded(self.sentence, act.trigger, "part of a name for people"))
                continue
            if self._only_a_condition(act):
                self.discarded.append(Discarded(self.sentence, act.trigger, "only the condition of another act"))
                continue
            found = self._code_act(act)
            drafts += found
            self.before += found
        drafts += self._elliptic(drafts)
        return self.left_out.same_captors(sorted(drafts, key=lambda draft: draft.act.trigger))

    def _names_a_person(self, place: int) -> bool:
        """ "riot police", "war minister", "protest leader": what they are called after did not happen here."""
        token = self.sentence.tokens[place]
        return token.relation == "compound" and self.left_out.discourse.role_noun(self.sentence, token.head) is not None

    def _only_a_condition(self, act: Act) -> bool:
        """Tell whether an act stands in an "if …" or "unless …" clause: the codebook keeps that as `condition`."""
        for place in (act.trigger, *self.sentence.ancestors(act.trigger)):
            if self.sentence.tokens[place].relation == "advcl":
                marks = {self.sentence.tokens[m].lemma for m in self.sentence.related(place, "mark")}
                if marks == {"until"} and self.sentence.tokens[place].tag == "VBD":
                    return False  # "went on until troops restored order" tells what happened
                return bool(marks & operators().condition_marks)
        return False

    def _elliptic(self, drafts: list[Draft]) -> list[Draft]:
        """ "condemned the raid and recalled its envoy from Israel": the raid was Israel's.

        An act without a target takes that of the same source's act beside it in the sentence, or of
        its last act in the sentence before.
        """
        found = []
        for act, frame in self.pending:
            token = self.sentence.tokens[act.trigger]
            if token.tag in {"VB", "VBG"} and token.relation not in {"conj", "ROOT"}:
                continue
            if token.relation == "relcl" and act.objects:
                continue  # "troops whose return it has promised"
            source = self.roles.source(act, frame)
            near = [d for d in drafts if d.act.trigger != act.trigger and d.act.kind == "verb"] or self.before[-2:]
            for other in near:
                if other.type == "CONSULT" and self.ontology.types[frame.type].quad > 2:
                    continue  # whom one meets is seldom whom one rejects beside it
                codes = other.target.codes or _others(other.source.codes, source.codes)
                if set(other.target.codes) & set(source.codes):
                    codes = other.source.codes  # "cut the gas after Kiev refused to pay": refused those who cut it
                target = Party(codes, "", "named beside it", (), True)
                sides = {*other.source.codes, *other.target.codes}
                alike = sides & set(source.codes) or (source.codes and other.type == frame.type)
                at_home = {bare(code) for code in target.codes} <= {bare(code) for code in source.codes}
                if alike and target.codes and not at_home:
                    draft = self._draft(act, frame, target)
                    if isinstance(draft, Draft):
                        found.append(draft)
                        break
        return found

    def _code_act(self, act: Act) -> list[Draft]:
        again = self._same_again(act) if act.kind == "verb" else None
        if again is not None:
            return [again]
        blame = judgement(self.sentence, act, self.roles, self.left_out.doer_of)
        if blame is not None:
            speaker_party, blamed, verb = blame
            self.used_up.below(verb, "what the speaker says of them")
            start, end = anchor_span(self.sentence, act, blamed)
            end = max(end, self.sentence.tokens[max(self.sentence.subtree(verb))].end)
            judged = (*act.objects, *self.sentence.related(verb, "nsubj"))
            answered = any(
                self.type_of(place) in {"AGREE", "REQUEST", "CONCEDE", "CONSULT", "ACCUSE"} for place in judged
            ) or any(self.sentence.tokens[place].lemma in operators().untrue for place in self.sentence.subtree(verb))
            kind = "REJECT" if answered else "ACCUSE"  # a charge called false, talks called pointless
            return [self._word(act, kind, speaker_party, blamed, "judgement: “said … is illegal”", start, end)]
        demand = modal_demand(self.sentence, act, self.roles)
        if demand is not None:
            speaker_party, asked, verb = demand
            self.used_up.below(verb, f"demanded by “{self.sentence.tokens[act.trigger].text} … must”")
            start, end = anchor_span(self.sentence, verb_act(self.sentence, verb), asked)
            return [self._word(act, "REQUEST", speaker_party, asked, "modal demand: “said … must”", start, end)]
        speaker = self.discourse.mentions.speakers.speaker_of_statement(self.sentence)
        wanted = own_demand(self.sentence, act, self.roles, Party(speaker, "", "the statement’s speaker", ()))
        if wanted is not None:
            self.used_up.below(act.trigger, "what the statement demands")
            start, end = anchor_span(self.sentence, act, wanted)
            return [
                self._word(
                    act, "REQUEST", Party(speaker, "", "speaks", ()), wanted, "demand of a statement", start, end
                )
            ]
        reason = None
        for frame in self.matcher.frames(act):
            if not self.may_announce(act, frame):
                continue
            draft = self._draft(act, frame)
            if isinstance(draft, Draft):
                self.used_up.by(act, frame)
                return [draft]
            reason = reason or (draft, frame)
        if reason is not None:
            if reason[0] in {UNTOLD_TARGET, ONE_SIDE} and reason[1].type in ELLIPTIC and act.kind == "verb":
                self.pending.append((act, reason[1]))
            self.discarded.append(Discarded(self.sentence, act.trigger, reason[0], reason[1].identity))
            if reason[0] in HALF_KNOWN:
                self.half_known.append((act, reason[1]))
            if reason[1].governs == "consume" and reason[0] != ORDER_TO_OWN:
                self.used_up.by(act, reason[1])
        return []

    def _word(self, act: Act, name: str, source: Party, target: Party, rule: str, start: int, end: int) -> Draft:
        """Give the draft of an act of speech that no frame but the engine found."""
        kind = self.ontology.types[name]
        cameo = kind.modes[kind.default_mode][0]
        return Draft(
            self.sentence, act, name, kind.default_mode, cameo, source, target, False, Status.OCCURRED, "said", rule,
            0.65, start, end,
        )  # fmt: skip

    def may_announce(self, act: Act, frame: Frame) -> bool:
        """Tell whether a frame for announcements fits: what is said must be the speaker's own, and to come."""
        if not frame.complement_types or act.lemma not in operators().speech:
            return True
        return any(
            is_own_future(self.sentence, act, verb, self.roles)
            for _, verb in act.complements
            if {self.type_of(verb), "any"} & frame.complement_types
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
        sides = self._sides(act, frame, known)
        if isinstance(sides, str):
            return sides
        return self.drafted(act, frame, *sides)

    def drafted(self, act: Act, frame: Frame, source: Party, target: Party, reciprocal: bool) -> Draft:
        """Give the draft of an act whose frame and sides are known."""
        status, why = status_of(self.sentence, act)
        if status is Status.PLANNED and act.trigger in self.own_orders:
            status, why = Status.OCCURRED, "ordered its own people to"
        if frame.type == "PROTEST" and why == "purpose":
            status, why = Status.OCCURRED, "walked out “to protest” is a protest"
        if frame.status and status is Status.OCCURRED:
            status, why = Status(frame.status), "the frame"
        kind, mode, cameo, rule = frame.type, frame.mode, frame.cameo, f"frame {frame.identity}"
        announced = self._announced_as(act, kind, status, source) if why != "purpose" else None
        if announced is not None:
            kind, words = announced
            mode = self.ontology.types[kind].default_mode
            cameo = self.ontology.types[kind].modes[mode][0]
            if reciprocal and kind == "REJECT":
                source, target, reciprocal = refuser(self.sentence, act, source, self.roles, self.discourse)
            status, rule = Status.OCCURRED, f"“{words}” + {rule}"
        confidence = _confidence(frame, act, source, target, reciprocal)
        start, end = anchor_span(self.sentence, act, target)
        return Draft(
            self.sentence, act, kind, mode, cameo, source, target, reciprocal, status, why, rule, confidence, start, end
        )

    def _sides(self, act: Act, frame: Frame, known: Party) -> tuple[Party, Party, bool] | str:
        """Give source, target and whether they act on each other; or what is missing."""
        source = self.roles.source(act, frame)
        if not source.codes and act.passive:
            source = self.left_out.source_of_passive(act) or self.left_out.state_of_passive(act, frame)
        if not source.codes and act.kind == "noun":
            source = self.left_out.avenged(act) or self.left_out.unnamed_crowd(frame)
        ordered = frame.complement_form or frame.complement_verbs
        if frame.type in {"REQUEST", "SANCTION", "COERCE"} and ordered and self._own_men(act, source):
            self.own_orders.update(verb for _, verb in act.complements)
            return ORDER_TO_OWN
        target = known or self.left_out.accuser(act, frame, source) or self.roles.target(act, frame, source)
        if frame.swap:
            source, target = target, source
        if frame.reciprocal or self._each_other(act):
            return self._mutual(act, source, target)
        if not source.codes or (act.passive and frame.type == "REQUEST" and not act.subjects):
            return UNTOLD_SOURCE
        denier = self.left_out.denier(act, source)
        if denier is not None:
            return *denier, False
        target = without_source(source, self.left_out.holder(act, frame, source) or target)
        if not target.codes:
            target = self.left_out.default_target(act, frame, source)
        if (
            not target.codes
            and frame.type in MUTUAL
            and frame.mode not in ONE_SIDED
            and len({bare(code) for code in source.codes}) > 1
        ):
            return source, target, True
        if not target.codes and not (frame.type in TARGETLESS or frame.targetless or self._on_all_the_world(act)):
            return UNTOLD_TARGET
        return source, target, False

    def _on_all_the_world(self, act: Act) -> bool:
        """ "ratified the Kyoto Protocol", "left the NPT": an agreement of so many that nobody is the target."""
        covering = self.discourse.covering(self.sentence)
        near = range(act.trigger + 1, act.trigger + 12)
        held = [covering[place] for place in self.sentence.subtree(act.trigger) if place in covering and place in near]
        return any("agreement" in match.kinds and not any(entry.code for entry in match.entries) for match in held)

    def _own_men(self, act: Act, source: Party) -> bool:
        """ "ordered his minister to cancel the trip": what is ordered is the act, not the order."""
        told = self.roles.actors(act.objects)
        return bool(told.codes) and {bare(c) for c in told.codes} <= {bare(c) for c in source.codes}

    def _mutual(self, act: Act, source: Party, target: Party) -> tuple[Party, Party, bool] | str:
        if not source.codes and act.kind == "noun":
            return ONE_SIDE
        if len({*source.codes, *target.codes}) < 2:
            target = self.left_out.partner_at(act, source) or self.roles.clause_subject(act.trigger)
        if (source.guessed and source.codes[0].endswith("/CVL")) or (
            target.guessed and target.codes[0].endswith("/CVL")
        ):
            return "people of a guessed country meet nobody"
        source, target = both(source, target)
        if not source.codes:
            return UNTOLD_SOURCE
        if len({bare(code) for code in source.codes}) < 2 and len(source.codes) < 2:
            return ONE_SIDE
        return source, target, True

    def _announced_as(self, act: Act, kind: str, status: Status, source: Party) -> tuple[str, str] | None:
        """Give the type that an actor's own word about what it will or will not do has, and that word.

        "will not meet" refuses, "We will send" and "will send, the minister said" promise or threaten.
        """
        quad = self.ontology.types[kind].quad
        if kind in {"AGREE", "CONCEDE", "THREATEN"} and status is Status.OCCURRED:
            denied = [verb for form, verb in act.complements if form == "infinitive" and negation(self.sentence, verb)]
            if denied:  # "swore never to recognise", "promised not to attack"
                governed = self.type_of(denied[0])
                return ("AGREE" if governed and self.ontology.types[governed].quad == 4 else "REJECT"), "never to"
        if status is Status.DENIED and is_refusal(self.sentence, act):
            return ("REJECT" if quad < 3 else "AGREE"), "will not"
        if status is not Status.PLANNED:
            return None
        own = is_own_voice_future(self.sentence, act)
        if not own and kind != "CONSULT" and act.kind == "verb":
            speaker, _ = claimant(self.sentence, act.trigger, self.discourse)
            own = speaker is not None and bare(speaker) in {bare(code) for code in source.codes}
        if not own:
            return None
        if quad == 3:
            return None  # "will demand" is a demand to come
        return ("CONCEDE" if kind in {"RETREAT", "CONCEDE"} else "AGREE" if quad < 3 else "THREATEN"), "said it will"

    def _each_other(self, act: Act) -> bool:
        """ "accused each other", "expelled each other's envoys"."""
        held = (*act.objects, *(noun for _, noun in act.prepositions))
        for head in held:
            for place in (head, *self.sentence.related(head, "poss")):
                before = self.sentence.tokens[place - 1].lemma if place else ""
                if (before, self.sentence.tokens[place].lemma) in {("each", "other"), ("one", "another")}:
                    return True
        return False

    def _same_again(self, act: Act) -> Draft | None:
        """ "Bahrain followed suit": the act before, by another."""
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
            last, sentence=self.sentence, act=act, source=source, target=replace(last.target, heads=()), status=status,
            status_why=why, start=start, end=end,
            rule=f"“{act.lemma} {next(iter(words))}”: as before ({last.rule})", confidence=round(last.confidence * 0.9, 3),
        )  # fmt: skip


def _others(codes: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in own) if len(codes) > 1 else ()


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
