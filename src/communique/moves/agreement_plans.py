"""Plans and joint statements: "the six-point plan", "Annan's peace plan", "pledged in a joint statement".

A plan has no parties of its own: whoever accepts it binds himself by it. A joint statement binds those who make it.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.actors.discourse import Discourse
from communique.moves.agreement_parties import resolved
from communique.moves.agreement_words import agreement_words
from communique.reading.acts import prepositional, surface_subjects
from communique.records import Sentence

PLAN = "plan"
"""What an agreement is about that is a plan of somebody's, to be accepted by others."""
_POINTS = frozenset({"point", "stage", "step", "part"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan or joint statement by its name; `parties` are those who make a statement, () for a plan."""

    name: str
    parties: tuple[str, ...]


def plan_at(sentence: Sentence, place: int, discourse: Discourse) -> Plan | None:
    """Give the plan or joint statement that a noun names, None where it names none by what stands around it."""
    token, words = sentence.tokens[place], agreement_words()
    lemma = token.lemma.lower()
    if lemma not in words.plans or token.tag in {"NNS", "NNPS"} or token.relation in {"compound", "nmod"}:
        return None
    if lemma in words.statements:
        return _statement(sentence, place, discourse)
    points = _points(sentence, place)
    if points:
        return Plan(f"{points} {token.text.lower()}", ())
    topic = next((p for p in sentence.related(place, "compound") if _lemma(sentence, p) in words.plan_topics), None)
    owner = _owner(sentence, place)
    if topic is not None and owner:
        return Plan(f"{owner} {sentence.tokens[topic].text.lower()} {token.text.lower()}", ())
    return None


def _points(sentence: Sentence, place: int) -> str:
    """ "six-point", however it is cut into words."""
    before = sentence.tokens[max(0, place - 6) : place]
    for number, token in enumerate(before):
        text = token.text.lower()
        if "-" in text and text.rsplit("-", 1)[-1] in _POINTS:
            return text
        behind = [near.text.lower() for near in before[number + 1 : number + 3]]
        if token.part_of_speech == "NUM" and len(behind) == 2 and behind[0] == "-" and behind[1] in _POINTS:
            return f"{text}-{behind[1]}"
    return ""


def _owner(sentence: Sentence, place: int) -> str:
    """Whose plan it is, as a word of its name: "Annan" of "Annan's plan" and of "the plan of Kofi Annan"."""
    owners = [*sentence.related(place, "poss"), *prepositional(sentence, place, "of", "by")]
    names = [p for p in owners if sentence.tokens[p].part_of_speech == "PROPN"]
    return sentence.tokens[names[0]].text if names else ""


def _statement(sentence: Sentence, place: int, discourse: Discourse) -> Plan | None:
    """ "Pledged in a joint statement that closed the six-party talks": those who pledge, and those who sat there."""
    if not any(_lemma(sentence, child) == "joint" for child in sentence.related(place, "amod", "compound")):
        return None
    verb = committing_verb(sentence, place)
    if verb is None:
        return None
    makers = list(resolved(sentence, surface_subjects(sentence, verb), discourse))
    for below in sentence.subtree(place):
        found = discourse.resolve(sentence, below)
        if found is not None and len(found.codes) > 2:  # a format of several, at whose table it was made
            makers += found.codes
    parties = tuple(dict.fromkeys(makers))
    return Plan(f"joint {sentence.tokens[place].text.lower()}", parties) if len(parties) >= 2 else None


def committing_verb(sentence: Sentence, place: int) -> int | None:
    """Give the verb by which one binds oneself in the statement at `place`: that of its clause, or one above it."""
    if sentence.tokens[sentence.tokens[place].head].lemma.lower() != "in":
        return None
    above = sentence.ancestors(place)
    return next((verb for verb in above if _lemma(sentence, verb) in agreement_words().committing), None)


def _lemma(sentence: Sentence, place: int) -> str:
    return sentence.tokens[place].lemma.lower()
