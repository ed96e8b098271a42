"""Whom the words of a measure of sanctions mean: the states and groups that a phrase names, and who acts by a noun.

Pure functions of one sentence and its discourse.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.moves.sanction_words import sanction_words
from communique.reading.acts import coordinated, prepositional
from communique.records import Sentence

# Clauses below a word that tell something else.
_APART = frozenset({"relcl", "advcl", "ccomp", "parataxis", "acl", "punct", "appos"})
# Roles that do not act for their state.
_NOT_THE_STATE = frozenset({"CVL", "REB", "OPP", "BUS", "MED"})


def lemma_of(sentence: Sentence, place: int) -> str:
    """Give the lemma of a word, lower case."""
    return sentence.tokens[place].lemma.lower()


def below_of(sentence: Sentence, head: int) -> list[int]:
    """Give the places of the words of a phrase, without clauses and without what tells why or when."""
    words = sanction_words()
    found, stack = [], [head]
    while stack:
        place = stack.pop()
        found.append(place)
        for child in sentence.children[place]:
            token = sentence.tokens[child]
            if token.relation in _APART - ({"punct"} if child < head else set()):
                continue
            if token.relation == "prep" and (token.lemma in words.reasons):
                continue
            stack.append(child)
    return found


def codes_of(sentence: Sentence, nouns: Iterable[int], discourse: Discourse) -> tuple[str, ...]:
    """Give the states and groups that phrases name: "Iran's oil industry", "Russian banks", "imports from Mexico and Canada"."""
    found: list[tuple[str, bool]] = []
    for noun in nouns:
        for each in coordinated(sentence, noun):
            found += _whose(sentence, each, discourse)
    firm = [code for code, is_place in found if not is_place]  # "on Russia and Crimea": on Russia
    return tuple(dict.fromkeys(firm or [code for code, _ in found]))


def _whose(sentence: Sentence, noun: int, discourse: Discourse) -> list[tuple[str, bool]]:
    """Give the codes that one noun phrase names, each with whether it only names a place."""
    lemma, words = lemma_of(sentence, noun), sanction_words()
    if lemma in words.members and sentence.tokens[noun].tag == "NN":  # "the OPEC member" is not OPEC
        held = prepositional(sentence, noun, "of")
        return _named_in(sentence, [p for place in held for p in below_of(sentence, place)], discourse)
    sold = prepositional(sentence, noun, "of", "from") if lemma in words.buying else ()
    found = _named_in(sentence, [p for place in sold for p in below_of(sentence, place)], discourse)
    found = found or _named_in(sentence, _own_name(sentence, noun, discourse), discourse)
    if not found:
        where = prepositional(sentence, noun, "in", "by", "with")
        found = _named_in(sentence, [p for place in where for p in below_of(sentence, place)], discourse)
    if not found and (meant := discourse.resolve(sentence, noun)) is not None:
        found = [] if meant.kind in {"guess", "agreement"} else [(code, False) for code in bare_codes(meant.codes)]
    return found


def _own_name(sentence: Sentence, noun: int, discourse: Discourse) -> list[int]:
    """ "Yemen's Houthis" are the Houthis; "Iran's oil industry" is Iran's."""
    match = discourse.covering(sentence).get(noun)
    return (
        [match.last]
        if match is not None and match.kinds & {"state", "group", "organisation"}
        else below_of(sentence, noun)
    )


def _named_in(sentence: Sentence, places: Iterable[int], discourse: Discourse) -> list[tuple[str, bool]]:
    covering = discourse.covering(sentence)
    found: list[tuple[str, bool]] = []
    for place in sorted(set(places)):
        token = sentence.tokens[place]
        if (loose := sanction_words().sender_words.get(token.text.lower())) is not None:
            found.append((loose, False))
        by_name = place in covering and covering[place].last == place
        if by_name or (token.tag == "PRP$" and token.lemma not in {"my", "our", "your"}):
            meant = discourse.resolve(sentence, place)
            if meant is not None and meant.kind not in {"guess", "agreement"}:
                found += [(code, meant.kind == "place") for code in bare_codes(meant.codes)]
    return found


def bare_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Give codes without their roles, each once."""
    return tuple(dict.fromkeys(bare(code) for code in codes))


def perhaps_meant(sentence: Sentence, nouns: Iterable[int], discourse: Discourse) -> tuple[str, ...]:
    """Give whom roles without a country may mean: "the junta's leaders", "the coup leaders"."""
    places = [
        p for noun in nouns for each in coordinated(sentence, noun) for p in (each, *sentence.related(each, "poss"))
    ]
    meant = [discourse.resolve(sentence, place) for place in places]
    return bare_codes(code for found in meant if found is not None for code in found.codes)


def senders(sentence: Sentence, noun: int, discourse: Discourse) -> tuple[str, ...]:
    """Give who acts by a noun and those coordinated with it, as senders of sanctions; crowds and firms are none."""
    words, found = sanction_words(), []
    for each in coordinated(sentence, noun):
        if (loose := words.sender_words.get(sentence.tokens[each].text.lower())) is not None:
            found.append(loose)
            continue
        if lemma_of(sentence, each) in words.numbered and sentence.related(each, "nummod"):  # "Resolution 1718"
            found.append("UNSC")
            continue
        meant = discourse.resolve(sentence, each)
        if meant is None or meant.kind in {"guess", "agreement"}:
            continue
        for code in meant.codes:
            role = code.partition("/")[2]
            if role not in _NOT_THE_STATE:
                found.append(words.one_sender(bare(code)))
    return tuple(dict.fromkeys(found))
