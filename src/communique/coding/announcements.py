"""Words about the future that are acts themselves: "said it would …", "said Y must …"."""

from __future__ import annotations

from collections.abc import Callable

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.coding.attribution import claimant
from communique.coding.operators import operators
from communique.coding.party import NOBODY, Party, others
from communique.coding.roles import Roles
from communique.coding.status import negation, ruled_out
from communique.reading.acts import prepositional, surface_subjects
from communique.records import Act, Sentence

_DEMANDING = {"must", "should", "ought"}


def is_own_future(sentence: Sentence, act: Act, verb: int, roles: Roles) -> bool:
    """Tell whether the governed act is the speaker's own and still to come."""
    if verb not in {place for _, place in act.complements}:
        return False
    if negation(sentence, verb) is not None:
        return False  # what one will not do is a refusal, coded at its own word
    auxiliaries = {sentence.tokens[c].text.lower() for c in sentence.related(verb, "aux")}
    if not auxiliaries & {"will", "would", "shall", "to", "'ll", "’ll", "wo"}:
        return False
    subjects = sentence.related(verb, "nsubj", "nsubjpass")
    if not subjects:
        return True
    speaker = roles.actors(act.subjects)
    if speaker.guessed or any(sentence.tokens[s].lemma in operators().channels for s in act.subjects):
        return False
    doer = roles.actors(subjects)
    return bool({bare(c) for c in speaker.codes} & {bare(c) for c in doer.codes})


def modal_demand(sentence: Sentence, act: Act, roles: Roles) -> tuple[Party, Party, int] | None:
    """Give (speaker, asked, verb) where a speaker says that another must or should act."""
    if act.kind != "verb" or act.lemma not in operators().speech:
        return None
    for form, verb in act.complements:
        if form != "that":
            continue
        words = {sentence.tokens[c].text.lower() for c in sentence.related(verb, "aux")}
        if sentence.tokens[verb].lemma in {"need", "have"} and any(
            sentence.tokens[c].part_of_speech == "VERB" for c in sentence.related(verb, "xcomp")
        ):
            words.add("must")
        if not words & _DEMANDING or sentence.related(verb, "nsubjpass"):
            continue  # who should be expelled is not asked to do it
        speaker = roles.actors(act.subjects)
        asked = roles.actors(sentence.related(verb, "nsubj", "nsubjpass"))
        rest = others(asked.codes, speaker)
        if speaker.codes and rest:
            return speaker, Party(rest, asked.text, asked.why, asked.heads), verb
    return None


def is_refusal(sentence: Sentence, act: Act) -> bool:
    """Tell whether a denied act is one that its actor will not do: "would not meet", "talks are out of the question"."""
    verb = act.trigger
    if ruled_out(sentence, act.trigger) is not None:
        return True
    if act.kind == "noun":
        above = [place for place in sentence.ancestors(act.trigger) if sentence.tokens[place].part_of_speech == "VERB"]
        if not above:
            return False
        verb = above[0]
    elif act.kind != "verb" or act.passive:
        return False
    words = {sentence.tokens[c].text.lower() for c in sentence.related(verb, "aux")}
    return bool(words & {"will", "would", "wo", "'ll", "’ll", "shall"})


def refuser(sentence: Sentence, act: Act, both: Party, roles: Roles, discourse: Discourse) -> tuple[Party, Party, bool]:
    """Who will not meet is the source, whom they will not meet the target."""
    if ruled_out(sentence, act.trigger) is not None:
        speaker, verb = claimant(sentence, act.trigger, discourse)
        if speaker is not None and verb is not None:
            own = roles.actors(surface_subjects(sentence, verb))
        else:
            own = roles.clause_subject(act.trigger)
    else:
        above = (p for p in sentence.ancestors(act.trigger) if sentence.tokens[p].part_of_speech == "VERB")
        verb = next(above, act.trigger) if act.kind == "noun" else act.trigger
        own = roles.actors(surface_subjects(sentence, verb) or act.subjects)
    rest = tuple(code for code in both.codes if code not in own.codes)
    if not own.codes or not rest:
        return both, NOBODY, True
    return own, Party(rest, both.text, both.why, both.heads), False


def judgement(
    sentence: Sentence, act: Act, roles: Roles, doer_of: Callable[[Act, Party], Party]
) -> tuple[Party, Party, int] | None:
    """Give (speaker, blamed, verb) where a speaker says that another is something bad.

    `doer_of` gives whose deed an earlier sentence told, where this one only says "the strike".

    "said the American sale was a grave violation", "argued that the militia is a terrorist group".
    """
    if act.kind != "verb":
        return None
    if act.lemma in operators().labelling:
        return _label(sentence, act, roles, doer_of)
    if act.lemma not in operators().speech:
        return None
    for form, verb in act.complements:
        if form != "that" or sentence.tokens[verb].lemma != "be" or sentence.related(verb, "neg"):
            continue
        said = [place for head in sentence.related(verb, "attr", "acomp", "prep") for place in sentence.subtree(head)]
        if not {sentence.tokens[place].lemma for place in said} & operators().blaming:
            continue
        speaker = roles.actors(act.subjects)
        subjects = sentence.related(verb, "nsubj")
        blamed = roles.actors(subjects) or roles.nationality_of(subjects)
        if not blamed:
            blamed = roles.actors(
                tuple(n for s in subjects for n in prepositional(sentence, s, "from", "by", "of", "with"))
            )
        rest = others(blamed.codes, speaker)
        if speaker.codes and not speaker.guessed and rest:
            return speaker, Party(rest, blamed.text, blamed.why, blamed.heads), verb
    return None


def own_demand(sentence: Sentence, act: Act, roles: Roles, speaker: Party) -> Party | None:
    """Give who is asked where a statement itself says that another must act; NOBODY for the world at large.

    "It is essential that the regime …", "The international community must …".
    """
    if act.kind != "verb" or not speaker.codes:
        return None
    token = sentence.tokens[act.trigger]
    words = {sentence.tokens[c].text.lower() for c in sentence.related(act.trigger, "aux")}
    above = sentence.tokens[token.head]
    needed = token.relation == "ccomp" and any(
        sentence.tokens[c].lemma in operators().needed for c in (above.index, *sentence.related(above.index, "acomp"))
    )
    if not needed and not (words & _DEMANDING and token.relation == "ROOT"):
        return None
    asked = roles.actors(act.subjects)
    if not asked.codes:
        lemmas = {sentence.tokens[s].lemma for s in act.subjects}
        return Party((), "", "", ()) if lemmas & {"community", "world", "party", "everyone", "all", "side"} else None
    rest = others(asked.codes, speaker)
    return Party(rest, asked.text, asked.why, asked.heads) if rest else None


def is_own_voice_future(sentence: Sentence, act: Act) -> bool:
    """Tell whether an act is announced in the first person: "We will provide …"."""
    if act.kind != "verb" or act.passive:
        return False
    words = {sentence.tokens[c].text.lower() for c in sentence.related(act.trigger, "aux")}
    subjects = {sentence.tokens[s].text.lower() for s in act.subjects}
    return bool(words & {"will", "shall", "'ll"}) and bool(subjects & {"we", "i"})


def _label(
    sentence: Sentence, act: Act, roles: Roles, doer_of: Callable[[Act, Party], Party]
) -> tuple[Party, Party, int] | None:
    """ "described the talks with the U.S. as not wise", "branded the group terrorists"."""
    said = [place for head in sentence.related(act.trigger, "oprd") for place in sentence.subtree(head)]
    for above in (act.trigger, *act.objects):  # "described the talks as …" hangs on either word
        for child in sentence.related(above, "prep"):
            if sentence.tokens[child].lemma == "as":
                said += sentence.subtree(child)
    words = {sentence.tokens[place].lemma for place in said}
    if not words & operators().blaming and not ("not" in words and words & operators().creditable):
        return None
    speaker = roles.actors(act.subjects)
    for party in (roles.actors(act.objects), *roles.candidates(act, "object.any")):
        rest = others(party.codes, speaker)
        if speaker.codes and rest:
            return speaker, Party(rest, party.text, party.why, party.heads), act.trigger
    doer = doer_of(act, speaker)
    return (speaker, doer, act.trigger) if speaker.codes and doer.codes else None
