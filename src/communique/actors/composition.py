"""What stands around a noun: its nationality, its place, the name in apposition.

Pure functions over one sentence and its name matches.
"""

from __future__ import annotations

from communique.actors.naming import NameMatch
from communique.actors.words import name_words, referring_words
from communique.records import Sentence

NATIONAL = {"state", "adjective", "demonym", "organisation", "group", "capital", "seat"}


def in_hyphened_compound(sentence: Sentence, match: NameMatch) -> bool:
    """Tell whether a name is only part of "US-backed", "anti-Western", "pro-Moscow"."""
    tokens = sentence.tokens
    after = [token.text.lower() for token in tokens[match.last + 1 : match.last + 3]]
    if len(after) == 2 and after[0] == "-" and after[1] in name_words().compound_tails:
        return True
    if match.first >= 2 and tokens[match.first - 1].text == "-":
        return tokens[match.first - 2].text.lower() in name_words().compound_heads
    return False


def modifiers(sentence: Sentence, head: int, covering: dict[int, NameMatch]) -> list[NameMatch]:
    """Give the names in front of a noun that tell whose it is, coordinated ones included.

    "Russian and Turkish forces", "Iran's foreign minister", "UN Security Council members".
    """
    found: list[NameMatch] = []
    leaders: list[NameMatch] = []
    stack = list(sentence.related(head, "amod", "compound", "nmod", "poss", "nummod", "det", "npadvmod", "advmod"))
    seen: set[int] = set()
    while stack:
        place = stack.pop(0)
        if place in seen or place > head:
            continue
        seen.add(place)
        match = covering.get(place)
        if match is not None and match not in found:
            if match.kinds & NATIONAL and not in_hyphened_compound(sentence, match) and head > match.last:
                found.append(match)
        relation = sentence.tokens[place].relation
        stack.extend(sentence.related(place, "conj", "compound", "nmod"))
        if sentence.tokens[place].text.lower() == "led":  # "NATO-led troops" are NATO's
            led_by = sentence.related(place, "npadvmod", "amod", "compound", "advmod")
            stack.extend(led_by)
            leaders += [covering[leader] for leader in led_by if leader in covering]
        if relation in {"compound", "nmod"} or (relation == "poss" and match is None):
            stack.extend(sentence.related(place, "amod", "poss"))
    others = [match for match in found if match not in leaders and "organisation" in match.kinds]
    if any(match.name.lower() == "coalition" for match in others):
        others = []  # "the US-led coalition" has no other name
    # "the Russian-led CSTO force" is the CSTO's
    return sorted(others if leaders and others else found, key=lambda match: match.first)


def owners(sentence: Sentence, head: int) -> list[int]:
    """Give the words that own a noun: possessors in front, "of" and "from" phrases behind."""
    found = list(sentence.related(head, "poss"))
    for child in sentence.related(head, "prep"):
        if sentence.tokens[child].lemma in {"of", "from", "for"}:
            found.extend(sentence.related(child, "pobj"))
    for clause in sentence.related(head, "acl"):
        if sentence.tokens[clause].lemma in name_words().serving:  # "forces fighting on behalf of the regime"
            for child in sentence.related(clause, "prep"):
                held = sentence.related(child, "pobj")
                behalf = [noun for noun in held if sentence.tokens[noun].lemma == "behalf"]
                if behalf:
                    held = tuple(p for of in sentence.related(behalf[0], "prep") for p in sentence.related(of, "pobj"))
                if behalf or sentence.tokens[child].lemma in {"for", "under"}:
                    found.extend(held)
    return found


def names_below(sentence: Sentence, head: int, covering: dict[int, NameMatch]) -> list[int]:
    """Give the places of the names in the phrase of a noun, clauses left out, in text order."""
    found: list[int] = []
    stack = [head]
    while stack:
        place = stack.pop()
        if place in covering and (match := covering[place]) and match.last not in found:
            if not in_hyphened_compound(sentence, match):
                found.append(match.last)
        stack.extend(
            child for child in sentence.children[place]
            if sentence.tokens[child].relation not in {"relcl", "advcl", "ccomp", "parataxis", "conj"}
        )  # fmt: skip
    return sorted(found)


def places(sentence: Sentence, covering: dict[int, NameMatch]) -> list[NameMatch]:
    """Give the names that stand as a place: behind "in", "near" …, or in front of "city", "border"."""
    found: list[NameMatch] = []
    for match in dict.fromkeys(covering.values()):
        if not match.kinds & {"state", "capital", "place"}:
            continue
        token = sentence.tokens[match.last]
        governor = sentence.tokens[token.head]
        steps = 0
        while governor.part_of_speech not in {"ADP", "VERB", "AUX"} and governor.head != governor.index and steps < 4:
            governor = sentence.tokens[governor.head]
            steps += 1
        behind = governor.part_of_speech == "ADP" and governor.lemma in name_words().place_prepositions
        if (behind and governor.index < match.first) or "place" in match.kinds:
            found.append(match)
    return found


def is_plural(sentence: Sentence, place: int) -> bool:
    """Tell whether a noun is plural or coordinated."""
    token = sentence.tokens[place]
    return token.tag in {"NNS", "NNPS"} or bool(sentence.related(place, "conj"))


def names_sides(sentence: Sentence, place: int) -> bool:
    """ "all parties involved", "met the parties": those of a dispute, no political parties."""
    token = sentence.tokens[place]
    if referring_words().get(token.lemma) != "pair" or token.tag != "NNS" or token.text[:1].isupper():
        return False
    before = [sentence.tokens[child] for child in sentence.children[place] if child < place]
    return bool(before) and all(word.relation in {"det", "predet", "punct", "preconj"} for word in before)
