"""Whether a sentence tells a stance as held: not asked for, supposed, asked or denied; and which way negations turn it."""

from __future__ import annotations

from communique.coding.attribution import condition_of
from communique.coding.operators import operators
from communique.moves.position_words import position_words
from communique.reading.acts import prepositional
from communique.records import Sentence

_DOUBTFUL = frozenset({"may", "might", "could", "should", "must", "ought"})
_SUPPOSING = frozenset({"if", "unless", "whether", "lest"})
_ONLY_THEN = frozenset({"after", "when", "once"})
_AT_MOST_DEEP = 12
_ENDS_REFUSAL = ("until", "unless", "as long as", "so long as", "without", "while")


def turned(stance: str) -> str:
    """Give the opposite stance."""
    return {"for": "against", "against": "for"}[stance]


def as_told(sentence: Sentence, verb: int, stance: str, *, refusable: bool) -> tuple[str, str] | None:
    """Give (stance, step) of a stance that hangs on a verb; None where the sentence does not tell it as held.

    With `refusable` a negation makes a stance for one against; other negated stances say nothing.
    """
    if sentence.tokens[-1].text == "?" or _is_neither(sentence, verb):
        return None
    refused = _governed(sentence, verb)
    if refused is None:
        return None
    if no_longer(sentence, verb):
        return turned(stance), "change"
    negative = is_negated(sentence, verb) ^ refused
    if not negative:
        return stance, "hold"
    return ("against", "hold") if stance == "for" and refusable else None


def _is_neither(sentence: Sentence, verb: int) -> bool:
    """ "has neither endorsed nor condemned": no stance, in either half."""
    token = sentence.tokens[verb]
    heads = (verb, token.head) if token.relation == "conj" else (verb,)
    return any(
        sentence.tokens[child].lemma.lower() in {"neither", "nor"}
        for head in heads
        for child in sentence.children[head]
    )


def is_negated(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb has a negation of its own, or shares that of the verb it is joined to."""
    token = sentence.tokens[verb]
    if _own_negation(sentence, verb):
        return True
    shares = token.relation == "conj" and not sentence.related(verb, "nsubj", "aux", "auxpass")
    return shares and _own_negation(sentence, token.head) and token.index - token.head <= 6


def _own_negation(sentence: Sentence, verb: int) -> bool:
    if sentence.related(verb, "neg"):
        return True
    return any(sentence.tokens[child].lemma == "never" for child in sentence.related(verb, "advmod", "preconj"))


def no_longer(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is one that holds no longer."""
    words = [token.text.lower() for token in sentence.tokens[max(0, verb - 4) : verb]]
    return any(pair == ["no", "longer"] for pair in ([words[at], words[at + 1]] for at in range(len(words) - 1)))


def _governed(sentence: Sentence, verb: int) -> bool | None:
    """Tell by what governs a verb whether it is told (False), refused (True), or neither (None)."""
    tokens, words, refused, current = sentence.tokens, position_words(), False, verb
    for _ in range(_AT_MOST_DEEP):
        token = tokens[current]
        above = tokens[token.head]
        if _is_doubtful(sentence, current):
            return None
        if token.head == current:
            return refused
        lemma = above.lemma.lower()
        if token.relation in {"xcomp", "acomp", "auxpass", "aux"}:
            refused ^= lemma in words.lists["refusing"]
            if lemma != "be" and not words.holds("carrying", lemma) and not words.holds("refusing", lemma):
                return None
        elif token.relation in {"ccomp", "parataxis"}:
            if _stands_apart(sentence, current, above.index):
                return refused
            if not says(lemma) or _is_doubtful(sentence, above.index) or is_negated(sentence, above.index):
                return None
            return refused
        elif token.relation == "conj":
            if above.part_of_speech not in {"VERB", "AUX"}:
                return refused
        else:
            return refused if _is_factual_clause(sentence, current) else None
        current = above.index
    return None


def says(lemma: str) -> bool:
    """Tell whether a verb reports words."""
    return lemma in operators().speech or position_words().holds("saying", lemma)


def _stands_apart(sentence: Sentence, one: int, other: int) -> bool:
    """ "Eritrea asked for the embargo; Ethiopia called for its end": to the parser the first clause hangs on the second."""
    first, last = sorted((one, other))
    return any(token.text in {";", ":"} and token.relation == "punct" for token in sentence.tokens[first:last])


def _is_factual_clause(sentence: Sentence, verb: int) -> bool:
    """Tell whether a clause that hangs on another one tells something of its own."""
    token = sentence.tokens[verb]
    infinitive = any(sentence.tokens[aux].tag == "TO" for aux in sentence.related(verb, "aux"))
    marks = {sentence.tokens[mark].lemma.lower() for mark in sentence.related(verb, "mark")}
    if token.relation == "advcl":
        return not marks & _SUPPOSING and not infinitive
    if token.relation in {"acl", "relcl"}:
        return not infinitive
    if token.relation == "pcomp":
        return position_words().holds("holding_words", sentence.tokens[token.head].lemma.lower())
    return token.relation in {"ROOT", "dep", "attr"}


def _is_doubtful(sentence: Sentence, verb: int) -> bool:
    auxiliaries = {sentence.tokens[aux].lemma.lower() for aux in sentence.related(verb, "aux")}
    if auxiliaries & _DOUBTFUL:
        return True
    return "can" in auxiliaries and not _own_negation(sentence, verb)


def binding(sentence: Sentence, place: int, objects: tuple[int, ...]) -> str | None:
    """Give the words that bind a stance: an "if" or "as long as" clause, or "under pressure"."""
    clause = condition_of(sentence, place)
    if clause is not None:
        return clause
    for noun in (n for head in (place, *objects) for n in prepositional(sentence, head, "on")):  # "on condition that"
        if sentence.tokens[noun].lemma == "condition" and sentence.related(noun, "acl", "relcl"):
            inside = list(range(noun - 1, max(sentence.subtree(noun)) + 1))
            return sentence.passage[sentence.tokens[inside[0]].start : sentence.tokens[inside[-1]].end]
    for child in sentence.related(place, "advcl", "advmod"):  # "as soon as the blockade ends"
        inside = sentence.subtree(child)
        opening = " ".join(sentence.tokens[each].text.lower() for each in inside[:3])
        if opening.startswith(("as soon as", "the moment", "once ")) and len(inside) > 3:
            return sentence.passage[sentence.tokens[inside[0]].start : sentence.tokens[inside[-1]].end]
    for child in sentence.related(place, "advcl"):  # "only after the hostages are free"
        words = [token.text.lower() for token in sentence.tokens if token.index in set(sentence.subtree(child))]
        if words[:1] == ["only"] and set(words[1:3]) & _ONLY_THEN:
            inside = sentence.subtree(child)
            return sentence.passage[sentence.tokens[inside[0]].start : sentence.tokens[inside[-1]].end]
    for head in (place, *objects):
        for noun in prepositional(sentence, head, "under"):
            if position_words().holds("binding_under", sentence.tokens[noun].lemma.lower()):
                under = next(p for p in range(noun, -1, -1) if sentence.tokens[p].lemma.lower() == "under")
                last = max(sentence.subtree(noun))
                return sentence.passage[sentence.tokens[under].start : sentence.tokens[last].end]
    return None


def opens_again(condition: str) -> bool:
    """Tell whether a condition says when a refusal would end: "until", "as long as", "without"; "under threat" does not."""
    return condition.lower().startswith(_ENDS_REFUSAL)
