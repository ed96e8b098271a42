"""The words for talks in a sentence: nouns ("talks", "a meeting", "a visit") and verbs ("negotiate with", "met")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from communique.moves.rules import board_rules
from communique.reading.acts import prepositional
from communique.records import Board, Sentence

_ADPOSITIONS = frozenset({"prep", "prt", "advmod", "agent"})


@dataclass(frozen=True, slots=True)
class TalkWord:
    """A word for talks: its place, what it is (talks, meeting, visit), and the noun that counts it ("a round of")."""

    sentence: Sentence
    place: int
    kind: str
    verb: bool
    head: int

    @property
    def nouns(self) -> tuple[int, ...]:
        """The word itself and the noun that stands for it."""
        return tuple(dict.fromkeys((self.place, self.head)))


@cache
def words(name: str) -> frozenset[str]:
    """Give one of the word lists of data/talks.yaml."""
    return frozenset(board_rules(Board.TALKS).words[name])


@cache
def effects(name: str) -> Mapping[str, str]:
    """Give word → step of one of the tables of data/talks.yaml (object, subject, noun, governing, predicate …)."""
    table: dict[str, list[str]] = board_rules(Board.TALKS).rest[name]
    return {str(word): step for step, listed in table.items() for word in listed}


def spellings(sentence: Sentence, verb: int, *behind: str) -> Iterator[str]:
    """Give the ways in which data/talks.yaml may have a verb: with its prepositions first, then alone.

    `behind` are the prepositions by which the talks hang on it.
    """
    tokens = sentence.tokens
    lemma = tokens[verb].lemma.lower()
    particles = [tokens[child].lemma.lower() for child in sentence.related(verb, "prt", "advmod")]
    for particle in particles:
        yield from (f"{lemma} {particle} {word}" for word in behind)
    yield from (f"{lemma} {word}" for word in behind)
    yield from (f"{lemma} {particle}" for particle in particles)
    for child in sentence.related(verb, "prep"):
        for noun in sentence.related(child, "pobj"):
            yield f"{lemma} {tokens[child].lemma.lower()} {tokens[noun].lemma.lower()}"
    for child in sentence.related(verb, "dobj", "acomp", "attr"):
        thing = tokens[child].lemma.lower()
        yield from (f"{lemma} {thing} {word}" for word in behind)
        yield from (  # "reached a dead end"
            f"{lemma} {tokens[front].lemma.lower()} {thing}" for front in sentence.related(child, "amod", "compound")
        )
        yield f"{lemma} {thing}"
    yield lemma


def prepositions_of(sentence: Sentence, verb: int) -> tuple[str, ...]:
    """Give the prepositions and particles that hang on a word, in text order."""
    return tuple(sentence.tokens[child].lemma.lower() for child in sentence.related(verb, *_ADPOSITIONS))


def talk_words(sentence: Sentence) -> list[TalkWord]:
    """Give the words for talks of a sentence, in text order."""
    found = []
    for token in sentence.tokens:
        word = _verb(sentence, token.index) if token.part_of_speech == "VERB" else _noun(sentence, token.index)
        if word is not None:
            found.append(word)
    return found


def _noun(sentence: Sentence, place: int) -> TalkWord | None:
    token = sentence.tokens[place]
    if token.part_of_speech not in {"NOUN", "PROPN", "NUM", "PRON"}:
        return None
    lemma, text = token.lemma.lower(), token.text.lower()
    pair = f"{sentence.tokens[place - 1].lemma.lower()} {lemma}" if place else lemma
    kind = next(
        (kind for kind in ("talks", "meetings", "visits") if {lemma, pair, text} & words(kind)),
        None,
    )
    if kind is None and _is_next_round(sentence, place):
        return TalkWord(sentence, place, "talks", False, place)
    if kind is None or text == "talk":
        return None
    if _is_game(sentence, place) or not _has_partner(sentence, place, lemma):
        return None
    head = place
    if token.relation == "compound" and token.head > place:
        above = sentence.tokens[token.head]
        if above.lemma.lower() not in words("shapes") | set(effects("noun")):
            return None  # "the talks venue", "a summit communique"
        if above.lemma.lower() in words("shapes"):
            head = above.index
    current = sentence.tokens[head]
    for _ in range(3):
        above = sentence.tokens[current.head]
        if current.relation != "pobj" or above.lemma != "of":
            break
        noun = sentence.tokens[above.head]
        if noun.lemma.lower() not in words("shapes") or above.relation != "prep":
            break
        current, head = noun, noun.index
    if kind == "meetings" and head != place and sentence.tokens[head].lemma.lower() not in words("single"):
        kind = "talks"  # "six months of secret meetings"
    return TalkWord(sentence, place, kind, False, head)


def _is_next_round(sentence: Sentence, place: int) -> bool:
    """ "The next round is due in May", "the next one will be held in Athens": of the talks that were told before."""
    if sentence.tokens[place].lemma.lower() not in words("rounds") or sentence.related(place, "prep", "relcl", "acl"):
        return False
    around = {sentence.tokens[child].lemma.lower() for child in sentence.children[place]}
    return "the" in around and bool(around & words("coming_rounds"))


def _has_partner(sentence: Sentence, place: int, lemma: str) -> bool:
    """A news conference is a meeting where it is a joint one; consultations may be at home but for those with another."""
    token = sentence.tokens[place]
    errand = (
        token.relation == "pobj" and sentence.tokens[token.head].lemma == "for" and lemma in words("lonely_errands")
    )
    if lemma not in words("lonely") and not errand:
        return True
    around = {sentence.tokens[child].lemma.lower() for child in sentence.children[place]}
    return bool(around & {"with", "between", "among", "joint", "bilateral", "common"})


def _is_game(sentence: Sentence, place: int) -> bool:
    """ "a football meeting"."""
    return any(
        sentence.tokens[child].lemma.lower() in words("games") for child in sentence.related(place, "compound", "amod")
    )


def _verb(sentence: Sentence, place: int) -> TalkWord | None:
    """ "negotiated with", "will talk to", "met": a verb that needs a partner has one behind it or several in front."""
    token = sentence.tokens[place]
    lemma = token.lemma.lower()
    together = {lemma, *(f"{lemma} {word}" for word in prepositions_of(sentence, place))}
    for kind, listed in (("talks", "talk_verbs"), ("meetings", "meeting_verbs")):
        if together & words(listed):
            if lemma in words("mediating_verbs") and token.tag == "VBN" and not sentence.related(place, "aux"):
                return None  # "talks, mediated by Turkey"
            if lemma in words("hosting_verbs") and token.tag == "VBN" and token.relation in {"acl", "advcl", "amod"}:
                return None
            if lemma in words("hosting_verbs") | words("calling_verbs") and not sentence.related(
                place, "dobj", "nsubjpass"
            ):
                return None
            if lemma in words("with_verbs") and not with_whom(sentence, place):
                return None
            if lemma == "meet" and _meets_no_one(sentence, place):
                return None
            return TalkWord(sentence, place, kind, True, place)
    return None


def with_whom(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """Give the nouns behind "with", of the verb or of its object: "discuss the islands with Argentina"."""
    found = list(prepositional(sentence, verb, "with"))
    for thing in sentence.related(verb, "dobj"):
        found += prepositional(sentence, thing, "with")
    return tuple(found)


def joined(sentence: Sentence, place: int) -> tuple[int, ...]:
    """ "Pakistan and South Africa", "Iran and world powers": to the parser the first often hangs on the last."""
    before = (
        word
        for word in sentence.related(place, "nmod")
        if sentence.related(word, "cc") and sentence.tokens[word].part_of_speech == "PROPN"
    )
    return (*before, place)


def _meets_no_one(sentence: Sentence, place: int) -> bool:
    """ "met the demand", "met a deadline": what is met is a thing."""
    objects = sentence.related(place, "dobj")
    sitting = [sentence.tokens[subject].lemma.lower() for subject in sentence.related(place, "nsubj")]
    if set(sitting) & words("sitting_bodies"):
        return True
    return any(
        sentence.tokens[thing].lemma.lower()
        in {"demand", "deadline", "condition", "need", "target", "requirement", "goal", "obligation", "criterion"}
        for thing in objects
    ) or any(sentence.tokens[thing].tag.startswith("WP") for thing in sentence.related(place, "nsubjpass"))


def intermediaries(sentence: Sentence) -> list[int]:
    """Give the words behind "with" that name no side: "with Oman as mediator", "with Qatar mediating"."""
    found = []
    for token in sentence.tokens:
        above = sentence.tokens[token.head]
        if token.relation == "nsubj" and above.relation == "pcomp" and sentence.tokens[above.head].lemma == "with":
            if above.lemma.lower() in words("relaying") | words("mediating_verbs"):
                found.append(token.index)
        if token.relation != "pobj" or sentence.tokens[token.head].lemma != "with":
            continue
        served = (
            *prepositional(sentence, token.index, "as"), *prepositional(sentence, token.head, "as"),
            *sentence.related(token.index, "acl", "advcl"), *(pcomp for pcomp in sentence.related(token.head, "pcomp")),
        )  # fmt: skip
        beside = sentence.tokens[token.index + 1 : token.index + 6]
        if beside and beside[0].lemma.lower() == "as":  # "with the EU as go-between", whatever it is parsed as
            served = (*served, *(near.index for near in beside[1:4]))
        if any(
            sentence.tokens[noun].lemma.lower() in words("mediation") | words("mediating_verbs") | words("relaying")
            for noun in served
        ):
            found.append(token.index)
    return found
