"""Who makes a step of an agreement, and on whose word a breach of it is told."""

from __future__ import annotations

from collections.abc import Iterable

from communique.actors.agreements import agreements
from communique.actors.knowledge import knowledge
from communique.actors.resolver import bare, is_state
from communique.coding.attribution import claimant
from communique.moves.agreement_grammar import StepWord, subjects_of
from communique.moves.agreement_names import FORMATS, NamedAgreement
from communique.moves.agreement_parties import resolved
from communique.moves.agreement_words import agreement_words
from communique.moves.scene import Scene
from communique.reading.acts import prepositional, surface_subjects, verb_act
from communique.records import Sentence

JOINT = frozenset({"negotiate", "agree", "sign", "revive", "suspend", "extend", "enter into force", "collapse"})
"""Steps that all parties make together where several are told."""


def makers(
    scene: Scene, sentence: Sentence, named: NamedAgreement, word: StepWord, step: str,
    accused: int | None, stopped: int | None,
) -> tuple[str, ...]:  # fmt: skip
    """Who makes the step: the subjects of its verb or the owners of its noun, and those joined by with or between."""
    place = word.word
    verb = sentence.tokens[place].part_of_speech in {"VERB", "AUX"}
    if verb:
        act = verb_act(sentence, place)
        heads = act.subjects if act.passive else act.subjects or surface_subjects(sentence, place)
        if word.hold.place == "subject":
            heads = ()
        if sentence.tokens[place].lemma.lower() in agreement_words().binding:
            heads = _bound(sentence, place)
        joined = tuple(noun for p, noun in act.prepositions if p in {"between", "among", "with"})
    else:
        heads, joined = subjects_of(sentence, place), prepositional(sentence, place, "between", "among", "with")
    if not verb and not heads and stopped is not None:
        heads = surface_subjects(sentence, stopped)  # "suspended compliance with it"
    if accused is not None and not heads:
        heads = prepositional(sentence, accused, "of", "against")
    if sentence.tokens[place].lemma.lower() in agreement_words().brokering:
        heads = ()
    own = {named.head, *named.places}
    guesses = step == "ratify" or sentence.tokens[place].lemma.lower() in agreement_words().approving
    codes = resolved(sentence, [h for h in heads if h not in own], scene.discourse, guesses=guesses)
    if step in JOINT or step == "propose":
        codes += resolved(sentence, [h for h in joined if h not in own], scene.discourse)
    return as_parties(dict.fromkeys(codes), named, step)


def _bound(sentence: Sentence, participle: int) -> tuple[int, ...]:
    """ "It is no longer bound", "it no longer considered itself bound": who is."""
    own = sentence.related(participle, "nsubjpass", "nsubj")
    above = sentence.tokens[participle].head
    return own or (sentence.related(above, "nsubj", "nsubjpass") if above != participle else ())


def as_parties(codes: Iterable[str], named: NamedAgreement, step: str) -> tuple[str, ...]:
    """Give the makers as the agreement has them; those who are no party to it do not keep, break or leave it."""
    members = knowledge().members
    expanded = [part for code in codes for part in (members.get(code, ()) if code in FORMATS else (code,))]
    known = agreements().get(named.code)
    parties = {*known.parties, *known.principals} if known else set(named.parties)
    listed = len(parties) > 1
    found = []
    for code in dict.fromkeys(expanded):
        role = code.partition("/")[2]
        if code not in parties and role in {"POL", "LEG", "JUD"}:
            code = bare(code)
        if (
            code in parties
            or not listed
            or step in {"propose", "join", "ratify", "negotiate", "revive", "try to revive"}
        ):
            found.append(code)
    return tuple(dict.fromkeys(found))


def brokers_of(scene: Scene, sentence: Sentence, word: StepWord) -> tuple[str, ...]:
    """Those who brought it about between others: "Egypt brokered a truce"."""
    token = sentence.tokens[word.word]
    if token.lemma.lower() not in {"broker", "mediate", "facilitate", "sponsor"}:
        return ()
    return resolved(sentence, verb_act(sentence, word.word).subjects, scene.discourse)


def on_a_foes_word(scene: Scene, sentence: Sentence, word: StepWord, source: tuple[str, ...]) -> bool:
    """A breach that only another state or armed group tells is an accusation; what inspectors report has happened."""
    said, _ = claimant(sentence, word.word, scene.discourse)
    said = said or _office_that_said(scene, sentence, word.word)
    if said is None or bare(said) in {bare(code) for code in source}:
        return False
    return is_state(bare(said)) or any(
        entry.code == said and entry.kind == "group" for entry in knowledge().names.get(said, ())
    )


def _office_that_said(scene: Scene, sentence: Sentence, place: int) -> str | None:
    """ "Netanyahu's office said": whose office, where the word of speech has a part of a government for its subject."""
    for verb in sentence.ancestors(place):
        if sentence.related(verb, "ccomp"):
            owners = [p for noun in sentence.related(verb, "nsubj") for p in sentence.related(noun, "poss")]
            found = resolved(sentence, owners, scene.discourse)
            return found[0] if found else None
    return None


def by_inspectors(scene: Scene, sentence: Sentence, accused: int) -> bool:
    """ "The U.N. envoy accused the army of breaching it": who watches over an agreement is no party to the quarrel."""
    if sentence.tokens[accused].part_of_speech != "VERB":
        return False
    codes = resolved(sentence, verb_act(sentence, accused).subjects, scene.discourse)
    return bool(codes) and all(bare(code) in agreement_words().inspecting for code in codes)
