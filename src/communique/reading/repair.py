"""Mends for faults that the small parser makes again and again in news prose.

Each repair is a kind of fault, named, with its own test sentences in tests/reading.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from functools import cache
from importlib.resources import files

from communique.records import Sentence, Token
from communique.word_files import read_word_file

_FINITE = {"VBD", "VBZ", "VBP"}
_DAYS = frozenset(calendar.day_name) | frozenset(calendar.month_name)
_WEEKDAYS = frozenset(calendar.day_name)
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}


def repair(place: int, tokens: list[Token], passage: str) -> Sentence:
    """Give the sentence of `tokens` with the known faults of its tree mended."""
    tokens = _break_cycles(tokens)
    tokens = _day_is_no_object(_subject_on_auxiliary(tokens))
    if place < 0:
        tokens = _headline_infinitive(tokens)
    tokens = _provided_that(tokens)
    tokens = _deal_is_a_noun(_that_is_no_determiner(tokens))
    tokens = _verb_lost_behind_apposition(tokens)
    tokens = _speaker_goes_on(tokens)
    tokens = _break_cycles(_second_place_behind_a_day(tokens))
    return Sentence(place, tuple(tokens), _children(tokens), passage)


def _children(tokens: list[Token]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            below[token.head].append(token.index)
    return tuple(tuple(each) for each in below)


def _break_cycles(tokens: list[Token]) -> list[Token]:
    """Cutting a sentence can leave more than one root; the tree walk only needs no cycles."""
    for token in tokens:
        seen, current = set(), token.index
        while tokens[current].head != current:
            if current in seen:
                tokens[current] = replace(tokens[current], head=current, relation="ROOT")
                break
            seen.add(current)
            current = tokens[current].head
    return tokens


def _subject_on_auxiliary(tokens: list[Token]) -> list[Token]:
    """Mend "Russia is opposed to …" where the subject hangs on "is" instead of its verb."""
    for token in tokens:
        if token.relation not in _SUBJECTS:
            continue
        above = tokens[token.head]
        if above.relation in {"aux", "auxpass"} and above.head != above.index:
            passive = above.relation == "auxpass" and token.relation == "nsubj"
            tokens[token.index] = replace(token, head=above.head, relation="nsubjpass" if passive else token.relation)
    return tokens


def _verb_lost_behind_apposition(tokens: list[Token]) -> list[Token]:
    """Mend "The foreign minister, X, denied that …" where the noun became root, the verb its acl.

    A finite verb that modifies the root noun from behind a comma, with no subject of its own,
    is the main verb, and the noun its subject.
    """
    children = _children(tokens)
    for root in tokens:
        if root.relation != "ROOT" or root.part_of_speech not in {"NOUN", "PROPN", "PRON"}:
            continue
        for child in children[root.index]:
            verb = tokens[child]
            if verb.part_of_speech not in {"VERB", "AUX"} or verb.relation not in {"acl", "relcl", "appos", "conj"}:
                continue
            auxiliaries = [tokens[c] for c in children[child] if tokens[c].relation in {"aux", "auxpass"}]
            finite = verb.tag in _FINITE or any(a.tag in _FINITE or a.tag == "MD" for a in auxiliaries)
            has_subject = any(tokens[c].relation in _SUBJECTS for c in children[child])
            comma = any(t.text == "," for t in tokens[root.index + 1 : child])
            if child > root.index and finite and comma and not has_subject:
                passive = any(a.relation == "auxpass" for a in auxiliaries)
                tokens[child] = replace(verb, head=child, relation="ROOT")
                tokens[root.index] = replace(root, head=child, relation="nsubjpass" if passive else "nsubj")
                break
    return tokens


def _day_is_no_object(tokens: list[Token]) -> list[Token]:
    """Mend "offered Wednesday to free …" and "extended on Wednesday martial law": a day is only a date."""
    for token in tokens:
        above = tokens[token.head]
        if token.text not in _WEEKDAYS:
            continue
        if token.relation == "dobj":
            tokens[token.index] = replace(token, relation="npadvmod")
        elif token.relation in {"nmod", "compound"} and above.relation == "pobj" and above.index > token.index:
            preposition = tokens[above.head]
            verb = tokens[preposition.head]
            if preposition.lemma == "on" and preposition.index == token.index - 1 and verb.part_of_speech == "VERB":
                tokens[token.index] = replace(token, head=preposition.index, relation="pobj")
                tokens[above.index] = replace(above, head=verb.index, relation="dobj")
    return tokens


def _headline_infinitive(tokens: list[Token]) -> list[Token]:
    """Mend "Polish leader to visit Lithuania": in a headline without a verb the infinitive is it."""
    children = _children(tokens)
    for root in tokens:
        if root.relation != "ROOT" or root.part_of_speech not in {"NOUN", "PROPN"}:
            continue
        for child in children[root.index]:
            verb = tokens[child]
            to = any(tokens[c].tag == "TO" for c in children[child])
            if verb.part_of_speech == "VERB" and verb.relation in {"acl", "relcl"} and to and child - root.index <= 3:
                tokens[child] = replace(verb, head=child, relation="ROOT")
                tokens[root.index] = replace(root, head=child, relation="nsubj")
                break
    return tokens


def _deal_is_a_noun(tokens: list[Token]) -> list[Token]:
    """Mend "signed the minerals deal", where "deal" was read as a verb and the noun before it as its subject or as the object.

    A bare "deal" behind a noun, below a verb and without an object of its own, is the object, the noun its compound.
    """
    children = _children(tokens)
    for deal in tokens:
        if deal.lemma.lower() != "deal" or deal.tag not in {"VB", "VBP"} or not deal.index:
            continue
        before, above = tokens[deal.index - 1], tokens[deal.head]
        held = {tokens[c].relation for c in children[deal.index]}
        subject = before.relation == "nsubj" and before.head == deal.index
        twin = (
            before.relation == "dobj" and before.head == deal.head and deal.relation == "ccomp" and "nsubj" not in held
        )
        if (
            not (subject or twin)
            or held & {"dobj", "aux", "neg", "mark"}
            or before.part_of_speech not in {"NOUN", "PROPN"}
        ):
            continue
        if (
            deal.relation not in {"ccomp", "conj", "xcomp"}
            or above.index > deal.index
            or above.part_of_speech != "VERB"
        ):
            continue
        tokens[deal.index] = replace(deal, part_of_speech="NOUN", tag="NN", relation="dobj")
        tokens[before.index] = replace(before, relation="compound", head=deal.index)
        for child in children[before.index]:
            if tokens[child].relation in {"det", "poss", "amod"}:
                tokens[child] = replace(tokens[child], head=deal.index)
    return tokens


def _that_is_no_determiner(tokens: list[Token]) -> list[Token]:
    """Mend "stressing that direct talks are not possible": before a plural "that" opens the clause.

    The noun was taken for what is stressed; it is the subject of the finite verb behind it.
    """
    for that in tokens:
        noun = tokens[that.head]
        speech = tokens[noun.head]
        if that.text.lower() != "that" or that.relation != "det" or noun.tag not in {"NNS", "NNPS"}:
            continue
        if noun.relation != "dobj" or speech.part_of_speech != "VERB" or speech.index != that.index - 1:
            continue
        verb = next(
            (t for t in tokens[noun.index + 1 :] if t.tag in _FINITE and t.relation not in {"aux", "relcl"}), None
        )
        if verb is None or verb.relation not in {"ccomp", "conj", "dep"}:
            continue
        if any(t.head == verb.index and t.relation in _SUBJECTS and t.index != speech.index for t in tokens):
            continue
        if speech.head == verb.index:
            tokens[speech.index] = replace(speech, head=verb.head, relation="advcl")
        elif verb.head not in {speech.head, speech.index}:
            continue
        tokens[that.index] = replace(that, head=verb.index, relation="mark")
        tokens[noun.index] = replace(noun, head=verb.index, relation="nsubj")
        tokens[verb.index] = replace(verb, head=speech.index, relation="ccomp")
    return tokens


def _provided_that(tokens: list[Token]) -> list[Token]:
    """Mend "would not oppose talks provided Turkey met standards": "provided" opens a condition."""
    children = _children(tokens)
    for word in tokens:
        if word.text.lower() not in {"provided", "providing"} or word.head == word.index or word.index < 2:
            continue
        if any(tokens[c].relation in {"aux", "auxpass", "agent", "prep"} for c in children[word.index]):
            continue
        verb = next((t for t in tokens[word.index + 1 : word.index + 9] if t.tag in _FINITE), None)
        above = tokens[word.head]
        if verb is None or above.part_of_speech != "VERB" or above.index > word.index:
            continue
        for child in children[word.index]:
            before = child < word.index
            relation = (
                "dobj"
                if before and tokens[child].relation in _SUBJECTS
                else "nsubj"
                if not before
                else tokens[child].relation
            )
            tokens[child] = replace(tokens[child], head=above.index if before else verb.index, relation=relation)
        tokens[verb.index] = replace(verb, head=above.index, relation="advcl")
        tokens[word.index] = replace(word, head=verb.index, relation="mark", part_of_speech="SCONJ")
        break
    return tokens


@cache
def speech_acts() -> frozenset[str]:
    """Give the verbs by which someone speaks as an act of his own, from data/speech_acts.yaml."""
    path = files("communique.reading") / "data" / "speech_acts.yaml"
    return frozenset(read_word_file(path))


def _speaker_goes_on(tokens: list[Token]) -> list[Token]:
    """Mend "declared that the violence was genocide and urged …": who declared is who urged.

    A verb of speech without a subject, coordinated with a that-clause, goes to the verb above it.
    """
    children = _children(tokens)
    for verb in tokens:
        if verb.relation != "conj" or verb.lemma not in speech_acts() or verb.tag not in _FINITE:
            continue
        clause = tokens[verb.head]
        above = tokens[clause.head]
        if clause.relation != "ccomp" or above.tag != verb.tag or above.index > clause.index:
            continue
        if clause.lemma in speech_acts() or any(tokens[c].relation in _SUBJECTS for c in children[verb.index]):
            continue
        tokens[verb.index] = replace(verb, head=above.index)
    return tokens


def _second_place_behind_a_day(tokens: list[Token]) -> list[Token]:
    """Mend "visited Baku on Monday and Tbilisi on Tuesday": the second city goes with the first."""
    for token in tokens:
        above = tokens[token.head]
        if (
            token.relation != "conj"
            or token.part_of_speech != "PROPN"
            or above.text not in _DAYS
            or token.text in _DAYS
        ):
            continue
        verb = above.index
        while tokens[verb].part_of_speech != "VERB" and tokens[verb].head != verb:
            verb = tokens[verb].head
        objects = [t for t in tokens if t.head == verb and t.relation == "dobj"]
        objects += [t for t in tokens if t.relation == "pobj" and tokens[t.head].head == verb and t.text not in _DAYS]
        objects.sort(key=lambda noun: (noun.part_of_speech != "PROPN", noun.index))
        if objects:
            tokens[token.index] = replace(token, head=objects[0].index)
    return tokens
