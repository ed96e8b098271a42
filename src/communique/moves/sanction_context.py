"""Who and whom a step on sanctions is between: from its own sentence, then from what else the report says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from communique.actors.agreements import agreements
from communique.actors.resolver import bare, is_state
from communique.moves.reach import reach_of
from communique.moves.sanction_measures import Measure
from communique.moves.sanction_sides import codes_of, senders
from communique.moves.sanction_weighing import RELIEF, Told
from communique.moves.sanction_words import sanction_words
from communique.moves.scene import Scene
from communique.records import Sentence

# How many sentences back "the sanctions" may mean those told of before.
_BACK = 6
# Steps that take sanctions to be there already.
_ON_WHAT_IS_THERE = RELIEF | {"reimpose", "renew", "ask relief", "refuse relief", "offer relief"}
_SELF_TOLD = frozenset({"offer relief", "refuse relief", "threaten"})


@dataclass(frozen=True, slots=True)
class Found:
    """A step with its sides, as far as they are known; `asker` where somebody asks for relief."""

    measure: Measure
    told: Told
    sender: tuple[str, ...]
    target: tuple[str, ...]
    asker: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether both sides are known and differ."""
        apart = not set(self.sender) & set(self.target)
        return bool(self.sender and self.target) and (apart or (self.measure.mutual and self.sender == self.target))


def with_sides(scene: Scene, measure: Measure, told: Told) -> Found:
    """Give a step with the sides that its own sentence names."""
    sentence, discourse = measure.sentence, scene.discourse
    makers = _senders(scene, sentence, told.makers)
    doer = _senders(scene, sentence, told.doer)
    front = measure.front
    target = measure.target
    if not target and told.burdened:
        target = codes_of(sentence, told.burdened, discourse)
    if told.step == "ask relief":
        owner = measure.sender if set(measure.sender).isdisjoint(makers) else ()  # "their bans" are not the asker's
        sender = doer if set(owner) <= set(doer) and doer else owner or front
        if not target and makers and not set(makers) & set(sender):
            target = makers
        return Found(measure, told, tuple(s for s in sender if s not in target), target, makers)
    sender = measure.sender or (makers if told.step in _SELF_TOLD else doer or makers)
    if told.step == "impose" and makers and measure.sender:
        sender = makers  # "Norway adopted the EU sanctions"
    if len(makers) > 1 and (measure.mutual or _each_other(sentence, told)):
        return Found(replace(measure, mutual=True), told, makers, makers)
    if front and not measure.sender:
        if sender and not target and set(front).isdisjoint(sender) and measure.front_is == "adjective":
            target = front
        else:
            sender = front
    if told.step == "refuse relief" and measure.sender and makers and set(makers).isdisjoint(measure.sender):
        told = replace(told, step="in force", presence=True)
    if makers and not measure.sender:  # "its airspace": of whoever closes it
        target = tuple(code for code in target if code not in makers)
    return Found(measure, told, tuple(s for s in sender if s not in target), target)


def _each_other(sentence: Sentence, told: Told) -> bool:
    """ "cut tariffs on each other's goods": what both do to both."""
    return any(reach_of(sentence, sentence.subtree(b)).holds("each other", "one another") for b in told.burdened)


def _senders(scene: Scene, sentence: Sentence, places: Iterable[int]) -> tuple[str, ...]:
    heads: list[int] = []
    for place in places:  # "ECOWAS leaders meeting in Abuja imposed": to the parser the meeting did
        own = sentence.related(place, "nsubj") if sentence.tokens[place].part_of_speech == "VERB" else ()
        heads += own or (place,)
    return tuple(dict.fromkeys(code for head in heads for code in senders(sentence, head, scene.discourse)))


def from_context(scene: Scene, step: Found, before: list[Found], after: list[Found]) -> Found | None:
    """Give a step with the side it leaves out, from its sentence's acts and the sanctions told of nearby."""
    sentence = step.measure.sentence
    known = [other for other in reversed(before) if other.whole and _near(sentence, other.measure.sentence)]
    known += [other for other in after if other.whole and _near(other.measure.sentence, sentence)]
    if step.measure.named and not step.target:  # it says on whom; a role without a country may be those told of
        unsure = set(step.measure.perhaps)
        known = [other for other in known if unsure & set(other.target)]
        step = replace(step, target=next((tuple(unsure & set(other.target)) for other in known), ()))
        if not step.target or step.sender:
            return step
    if step.sender and not step.target:
        target = _undergoing(scene, sentence, step.sender) or next(
            (other.target for other in known if set(other.sender) & set(step.sender)), ()
        )
        if not target and len(targets := {other.target for other in known}) == 1:
            target = targets.pop()
        return replace(step, target=tuple(t for t in target if t not in step.sender)) if target else None
    if step.target and not step.sender:
        alike = next((other for other in known if set(other.target) & set(step.target)), None)
        whose = {(other.sender, other.target) for other in known}
        if (
            alike is None
            and step.target == step.asker
            and len(whose) == 1
            and not set(known[0].sender) & set(step.asker)
        ):  # they ask for another
            return replace(step, sender=known[0].sender, target=known[0].target)
        return replace(step, sender=alike.sender, measure=_kinds_of(step.measure, alike.measure)) if alike else None
    if step.sender or step.measure.front or (step.told.makers and not step.asker):
        return None
    pairs = list(dict.fromkeys((other.sender, other.target) for other in known))
    if pairs and (len(pairs) == 1 or _definite(step.measure)):
        sender, target = pairs[0]
        if len(pairs) == 1 or not step.asker or set(step.asker) & set(target):
            alike = next(other for other in known if (other.sender, other.target) == (sender, target))
            return replace(step, sender=sender, target=target, measure=_kinds_of(step.measure, alike.measure))
    return None


def _kinds_of(measure: Measure, before: Measure) -> Measure:
    """ "The embargo was put in place in 1992": of the kind that was told of before."""
    return replace(measure, kinds=before.kinds) if measure.by_default and before.kinds else measure


def _definite(measure: Measure) -> bool:
    """ "the embargo", "these sanctions": those told of last."""
    tokens = measure.sentence.tokens
    return measure.again or any(
        tokens[c].lemma in {"the", "these", "those"} for c in measure.sentence.related(measure.head, "det")
    )


def half_known(scene: Scene, step: Found, *, alone: bool) -> Found | None:
    """Give a step on sanctions that are there with one side open: the board knows whose they are, if they are one's.

    Whom "its sanctions" are on may be the state that the report is about, if it stands nearby. Who asks for relief is
    the sanctioned only where the report tells of no other sanctions (`alone`).
    """
    if step.told.step == "impose" and step.measure.kinds == ("aid",) and step.sender and not step.target:
        state = _state_nearby(scene, step.measure.sentence, step.sender) or _state_of_title(scene, step.sender)
        its_own = set(step.measure.target) <= set(step.sender) and not step.measure.perhaps  # "froze its aid"
        return replace(step, target=(state,)) if state and its_own else None
    if step.told.step not in _ON_WHAT_IS_THERE or step.told.presence or (step.measure.named and not step.target):
        return None
    if step.told.step == "ask relief" and step.asker and not step.sender:
        its_own = alone and len(step.asker) == 1 and step.target in {(), step.asker}
        return replace(step, target=step.asker) if its_own else None
    if step.target and not step.sender:
        return step if not step.told.makers and step.told.step not in _SELF_TOLD else None
    if step.sender and not step.target and (state := _state_nearby(scene, step.measure.sentence, step.sender)):
        return replace(step, target=(state,))
    return None


def _state_nearby(scene: Scene, sentence: Sentence, sender: tuple[str, ...]) -> str | None:
    """Give the one state beside the sender that a sentence, the one before it and the title name, if the report is about it."""
    here = [s for s in scene.sentences if s.index in {-1, sentence.index - 1, sentence.index}]
    named = {bare(code) for s in here for code in scene.discourse.actors_named(s)} - set(sender)
    states = [state for state in scene.discourse.states_by_mention() if state not in sender][:2]
    nearby = sorted(code for code in named if is_state(code))
    return nearby[0] if len(nearby) == 1 and nearby[0] in states else None


def _state_of_title(scene: Scene, sender: tuple[str, ...]) -> str | None:
    """Give the one state that the title names beside the sender, if the report is about it."""
    titles = [sentence for sentence in scene.sentences if sentence.index < 0]
    named = {bare(code) for title in titles for code in scene.discourse.actors_named(title)} - set(sender)
    states = sorted(code for code in named if is_state(code))
    often = [state for state in scene.discourse.states_by_mention() if state not in sender][:2]
    return states[0] if len(states) == 1 and states[0] in often else None


def _near(later: Sentence, earlier: Sentence) -> bool:
    return earlier.index < 0 or abs(later.index - earlier.index) <= _BACK


def _undergoing(scene: Scene, sentence: Sentence, sender: tuple[str, ...]) -> tuple[str, ...]:
    """Give whom the sender acts upon in the same sentence, if it is one."""
    upon = {
        telling.event.target
        for telling in scene.tellings_in(sentence)
        if set(telling.event.source) & set(sender) and telling.event.target and telling.event.quad in {3, 4}
    }
    return upon.pop() if len(upon) == 1 else ()


def relieving_agreements(scene: Scene, step: Found) -> tuple[str, ...]:
    """Give the agreements that give the relief: "in exchange for sanctions relief", "under the deal", "the deal lifted"."""
    sentence, words = step.measure.sentence, sanction_words()
    named = scene.agreements_in(sentence)
    if step.told.step not in RELIEF or not named:
        return ()
    carrier = step.told.carrier
    chain = [carrier, *sentence.ancestors(carrier)]
    exchanged = any(sentence.tokens[p].lemma.lower() in words.giving for p in chain[:4])
    below = {p for c in sentence.related(carrier, "prep", "nsubj", "poss") for p in sentence.subtree(c)} | set(
        step.told.makers
    )
    above = sentence.tokens[carrier].head
    if sentence.tokens[above].part_of_speech == "VERB":
        below |= {p for c in sentence.related(above, "nsubj", "prep") for p in sentence.subtree(c)}
    return tuple(dict.fromkeys(n.code for n in named if exchanged or below & set(n.places)))


def by_parties(scene: Scene, step: Found) -> Found | None:
    """Give the sides of relief under an agreement by its principals: who imposes sanctions, and who is bound by it here."""
    words = sanction_words()
    for code in relieving_agreements(scene, step):
        principals = [words.one_sender(party) for party in agreements()[code].principals]
        sender = tuple(party for party in principals if party in words.usual_senders and party not in step.target)
        target = step.target or tuple(party for party in principals if party not in words.usual_senders)
        if len(sender) == 1 and len(target) == 1:
            return replace(step, sender=step.sender or sender, target=target)
    return None


def whose_else(step: Found, others: list[Found]) -> bool:
    """Tell whether "the measures" that somebody eases are known as another's: then he was taken for the wrong one."""
    if not step.measure.again or step.told.step == "ask relief":
        return False
    known = {code for other in others if other.whole and set(other.target) & set(step.target) for code in other.sender}
    return bool(known) and not known & set(step.sender)
