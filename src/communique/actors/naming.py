"""Names in a sentence: which words are a name that the actor files hold, and what it may mean.

Pure functions over a sentence and the knowledge; the report around it is discourse.py's business.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass

from communique.actors.knowledge import Entry, Knowledge, words_of
from communique.actors.words import name_words
from communique.records import Sentence

_MONTHS = {name for name in calendar.month_name if name}
_BEFORE_MONTH = {"in", "last", "this", "since", "by", "until", "early", "late", "mid", "next", "of", "on"}
_KIND_RANK = {
    "state": 0, "organisation": 1, "group": 2, "seat": 3, "capital": 4, "adjective": 5, "demonym": 6,
    "person": 7, "place": 8, "agreement": 2,
}  # fmt: skip
_OFFICE_RANK = {
    "head of state": 0, "head of government": 0, "leader": 0, "national leader": 0, "head of organisation": 1,
    "foreign minister": 1, "defence minister": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A run of tokens (`first`…`last`, both included) that is a known name, with its meanings."""

    first: int
    last: int
    name: str
    entries: tuple[Entry, ...]
    title: str = ""
    parts: tuple[NameMatch, ...] = ()

    @property
    def kinds(self) -> set[str]:
        """The kinds of meaning that the name has."""
        return {entry.kind for entry in self.entries}


def rank(entry: Entry) -> tuple[int, int]:
    """Order of preference among the meanings of one name: states first, then by office."""
    kind = _KIND_RANK.get(entry.kind, 9)
    if entry.kind == "person" and not entry.full_name:
        kind = 9  # a bare surname yields to a place of that name
    return kind, _OFFICE_RANK.get(entry.detail, 2)


def find_names(sentence: Sentence, knowledge: Knowledge) -> tuple[NameMatch, ...]:
    """Give the known names of a sentence, longest first at each place, none overlapping."""
    words = words_of(sentence.text)
    if not words:
        return ()
    starts = {token.start - sentence.start: token.index for token in sentence.tokens}
    ends = {token.end - sentence.start: token.index for token in sentence.tokens}
    found: list[NameMatch] = []
    place = 0
    while place < len(words):
        match = _match_at(words, place, knowledge)
        if match is None:
            place += 1
            continue
        length, name = match
        first = _token_at(starts, ends, words[place][1], sentence)
        last = _token_at(starts, ends, words[place + length - 1][2] - 1, sentence)
        entries = _plausible(sentence, first, last, knowledge.names[name])
        if entries:
            title = sentence.tokens[first - 1].lemma.lower() if first else ""
            match_here = NameMatch(first, last, name, entries, title)
            if found and first == last == found[-1].last:  # two names in one word: "U.S.-Russia"
                pair = (*(found[-1].parts or (found[-1],)), match_here)
                found[-1] = NameMatch(found[-1].first, last, f"{found[-1].name}-{name}", found[-1].entries, title, pair)
            else:
                found.append(match_here)
        place += length
    return tuple(found)


def _match_at(words: list[tuple[str, int, int]], place: int, knowledge: Knowledge) -> tuple[int, str] | None:
    first = words[place][0]
    for parts, name in knowledge.by_first_word.get(first, ()):
        if len(parts) == 1 or tuple(w for w, _, _ in words[place : place + len(parts)]) == parts:
            return len(parts), name
    if first.isupper() and len(first) > 3:
        titled = first.capitalize()
        for parts, name in knowledge.by_first_word.get(titled, ()):
            if tuple(w.capitalize() for w, _, _ in words[place : place + len(parts)]) == parts:
                return len(parts), name
    return None


def _token_at(starts: dict[int, int], ends: dict[int, int], offset: int, sentence: Sentence) -> int:
    if offset in starts:
        return starts[offset]
    if offset + 1 in ends:
        return ends[offset + 1]
    absolute = offset + sentence.start
    for token in sentence.tokens:
        if token.start <= absolute < token.end:
            return token.index
    return len(sentence.tokens) - 1


def _plausible(sentence: Sentence, first: int, last: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out meanings that the words around rule out: the month of May, another Bush."""
    token = sentence.tokens[first]
    if first == last and token.text in _MONTHS:
        before = sentence.tokens[first - 1].lemma if first else ""
        after = sentence.tokens[first + 1].text if first + 1 < len(sentence.tokens) else ""
        if before in _BEFORE_MONTH or before.isdigit() or after[:1].isdigit():
            return ()
    if first == last and token.part_of_speech in {"VERB", "AUX", "ADV", "PRON", "ADP"} and token.text[0].islower():
        return ()
    kept = []
    lowered = token.text[0].islower() and first == last and not entries[0].name[:1].islower()
    for entry in entries:
        if lowered and entry.kind in {"person", "place", "demonym", "group", "capital"}:
            continue  # a headline's "Law" was read as the word it is
        if entry.kind == "person" and not entry.full_name and not _may_be_surname(sentence, first, entry):
            continue
        kept.append(entry)
    return tuple(kept)


def _may_be_surname(sentence: Sentence, place: int, entry: Entry) -> bool:
    token = sentence.tokens[place]
    if token.part_of_speech not in {"PROPN", "NOUN", "ADJ"} and not (place and token.text[0].isupper()):
        return False
    if not token.text[0].isupper():
        return False
    after = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
    if (
        after is not None
        and after.part_of_speech == "PROPN"
        and after.relation != "appos"
        and token.head == after.index
    ):
        return False
    if place == 0:
        return token.part_of_speech == "PROPN" or token.relation in {"nsubj", "nsubjpass", "poss", "ROOT"}
    before = sentence.tokens[place - 1]
    is_first_name = (
        before.part_of_speech == "PROPN"
        and before.text[0].isupper()
        and before.head in {place, token.head}
        and before.relation == "compound"
        and before.text.isalpha()
        and before.lemma not in name_words().titles
        and len(before.text) > 1
    )
    if not is_first_name:
        return True
    return before.text[0] == entry.whole[:1]
