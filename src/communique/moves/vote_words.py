"""The words of votes in a sentence: bodies, texts voted on, numbers of votes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.moves.reach import Reach, reach_of, whole
from communique.moves.rules import board_rules
from communique.moves.talk_matter import CALENDAR
from communique.records import Board, Sentence

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ]
    )
} | {"none": 0, "nil": 0, "no": 0}
_NUMBER = r"(\d{1,3}|" + "|".join(_NUMBER_WORDS) + ")"
_FOR_AGAINST = (
    rf"\b(?:by|voted|vote(?: was)?(?: of)?|:|,)\s+(?:a vote of\s+)?{_NUMBER}(?:\s+votes?)?(?:\s+in favou?r|\s+for)?\s*(?:-|–|—|to|against)\s*{_NUMBER}\b(?!\s*(?:%|per\s?cent))",
    rf"\b{_NUMBER}\s+votes?(?:\s+in favou?r|\s+for)?\s+(?:to|against)\s+{_NUMBER}\b",
    rf"\b{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}\s+(?:vote|in favou?r)\b",
    rf"\b{_NUMBER}\s+(?:\w+\s+)?(?:voted\s+)?(?:in favou?r|for)(?: and|,| and with|, with)?\s+{_NUMBER}\s+against\b",
)
_ABSTAINED = rf"\b{_NUMBER}\s+(?:abstentions?|(?:\w+\s+)?abstain\w*)\b"
_FOR_ONLY = (
    rf"\ball {_NUMBER} members? (?:voted|supported|backed)\b",
    rf"\bby {_NUMBER} votes\b",
    rf"\b{_NUMBER} (?:countries|states|members|nations|votes)(?:\s+voted)? (?:in favou?r|for)\b",
)
_RESOLUTION_NUMBER = re.compile(r"\b[Rr]es(?:olutions?|\.)\s+(?:no\.?\s+)?([A-Z]?/?(?:ES-)?\d+(?:[/-][A-Z]?\d+)*)")


@cache
def words(name: str) -> frozenset[str]:
    """Give one of the word lists of data/votes.yaml."""
    return frozenset(board_rules(Board.VOTES).words[name])


@cache
def table(name: str) -> Mapping[str, list[str]]:
    """Give one of the tables of data/votes.yaml."""
    found: dict[str, list[str]] = board_rules(Board.VOTES).rest[name]
    return found


@cache
def listed(name: str) -> tuple[str, ...]:
    """Give one of the plain lists of data/votes.yaml outside `words`."""
    found: list[str] = board_rules(Board.VOTES).rest[name]
    return tuple(map(str, found))


@dataclass(frozen=True, slots=True)
class Body:
    """Who votes: its code (a state's parliament is `TUR/LEG`, its voters `GBR/CVL`), and whether it is a state's own."""

    code: str
    domestic: bool


def bodies_in(sentence: Sentence, discourse: Discourse, reach: Reach | None = None) -> Iterator[Body]:
    """Give the bodies that a sentence names, the most particular first, those of single states last."""
    said = reach or whole(sentence)
    plain = f" {' '.join(sentence.tokens[place].text.lower() for place in said.places)} "
    taken: set[str] = set()
    for code, phrases in table("bodies").items():
        if any(f" {phrase} " in said.words or f" {phrase} " in plain for phrase in map(str, phrases)):
            if not (code == "EU" and "EU/LEG" in taken):
                taken.add(code)
                yield Body(code, False)
    for place in said.places:
        token = sentence.tokens[place]
        role = "LEG" if _is_legislature(sentence, place) else "CVL" if token.lemma.lower() in listed("voters") else None
        if role and token.part_of_speech in {"NOUN", "PROPN"}:
            resolved = discourse.resolve(sentence, place)
            if resolved is not None and len(resolved.codes) == 1 and len(bare(resolved.codes[0])) == 3:
                yield Body(f"{bare(resolved.codes[0])}/{role}", True)


def _is_legislature(sentence: Sentence, place: int) -> bool:
    token = sentence.tokens[place]
    lemma, text = token.lemma.lower(), token.text.lower()
    pair = f"{sentence.tokens[place - 1].text.lower()} {lemma}" if place else lemma
    return bool({lemma, text, pair} & set(listed("legislatures")))


def resolution_number(text: str) -> str | None:
    """Give the number of a resolution: "2231", "ES-11/1".

    >>> resolution_number("adopted Resolution 2231 on Iran")
    '2231'
    """
    found = _RESOLUTION_NUMBER.search(text)
    return found.group(1) if found else None


def counts_in(text: str) -> dict[str, int]:
    """Give the numbers of votes that a sentence tells, under for, against, abstained; those it does not tell are left out.

    >>> counts_in("voted 141 to 5, with 35 abstentions, to condemn")
    {'for': 141, 'against': 5, 'abstained': 35}
    """
    found: dict[str, int] = {}
    low = text.lower()
    for pattern in _FOR_AGAINST:
        if match := re.search(pattern, low):
            found["for"], found["against"] = _number(match.group(1)), _number(match.group(2))
            break
    else:
        for pattern in _FOR_ONLY:
            if match := re.search(pattern, low):
                found["for"] = _number(match.group(1))
                break
    if match := re.search(_ABSTAINED, low):
        found["abstained"] = _number(match.group(1))
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER_WORDS[text]


def text_phrase(sentence: Sentence, thing: int, deciding: int) -> str:
    """Give what is voted on in the report's words, without its clauses and its article: "draft resolution on Syria"."""
    places = []
    stack = [thing]
    while stack:
        place = stack.pop()
        places.append(place)
        for child in sentence.children[place]:
            token = sentence.tokens[child]
            if token.relation in {"appos", "det", "punct", "advcl", "cc", "conj", "nummod"}:
                continue
            if token.relation in {"relcl", "acl"} and (place != thing or child < thing or child == deciding):
                continue
            if token.relation == "prep" and any(
                sentence.tokens[noun].lemma.lower() in CALENDAR for noun in sentence.related(child, "pobj")
            ):
                continue
            if token.relation == "prep" and token.lemma.lower() not in {"on", "of", "to", "for", "against", "with"}:
                continue
            stack.append(child)
    first, last = min(places), max(places)
    while first < last and sentence.tokens[first].text.lower() in {"a", "an", "the", "its", "their"}:
        first += 1
    if first == last and sentence.tokens[first].lemma.lower() in words("un_texts"):
        return ""  # "the resolution", and no more
    last = min(last, first + 14)
    while last > thing and sentence.tokens[last].part_of_speech in {"PUNCT", "ADP", "CCONJ", "DET", "PART"}:
        last -= 1
    return _without_counts(sentence.passage[sentence.tokens[first].start : sentence.tokens[last].end])


def _without_counts(phrase: str) -> str:
    phrase = re.sub(r"\s+on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", "", phrase)
    phrase = re.split(r", with ", phrase, maxsplit=1)[0]
    return re.split(rf",?\s+(?:by|with)\s+{_NUMBER}\b", phrase, maxsplit=1, flags=re.IGNORECASE)[0]


def clause_phrase(sentence: Sentence, verb: int) -> str:
    """Give what a body votes to do, from its verb on: "suspend Russia from the Human Rights Council"."""
    places = [
        place
        for place in sentence.subtree(verb)
        if place >= verb and not any(
            sentence.tokens[above].relation in {"advcl", "relcl"} and above >= verb and above != verb
            for above in (place, *sentence.ancestors(place)) if above != verb
        )
    ]  # fmt: skip
    kept = [place for place in places if place - verb <= 14]
    last = max(kept)
    while sentence.tokens[last].part_of_speech in {"PUNCT", "ADP", "CCONJ", "DET"} and last > verb:
        last -= 1
    return _without_counts(sentence.passage[sentence.tokens[verb].start : sentence.tokens[last].end])


def reach_below(sentence: Sentence, head: int) -> Reach:
    """Give all words below one."""
    return reach_of(sentence, sentence.subtree(head))
