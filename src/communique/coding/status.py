"""Whether an act happened: negation, modality, plans and conditions around its word."""

from __future__ import annotations

from communique.coding.operators import operators
from communique.records import Act, Sentence, Status, Token

_CLAUSES = {
    "xcomp",
    "ccomp",
    "acl",
    "pcomp",
    "advcl",
    "conj",
    "relcl",
    "dobj",
    "nsubjpass",
    "pobj",
    "nsubj",
    "prep",
    "attr",
    "advmod",
    "acomp",
}


def status_of(sentence: Sentence, act: Act, *, future_is_done: bool = False) -> tuple[Status, str]:
    """Give the status of an act and the words that decide it.

    `future_is_done` is set for types that are themselves words about the future.
    """
    own = _own_words(sentence, act.trigger)
    if own is not None:
        return own
    if act.kind == "noun" or sentence.tokens[act.trigger].relation == "pcomp":
        found = _noun_status(sentence, act.trigger)
        if found is not None:
            return found
    return _governed(sentence, act.trigger) or (Status.OCCURRED, "nothing says otherwise")


def negation(sentence: Sentence, place: int) -> str | None:
    """Give the word that denies the word at `place`, if one hangs on it or on its nouns."""
    words = operators().negatives
    for child in sentence.children[place]:
        token = sentence.tokens[child]
        if token.lemma in words or token.text.lower() in words:
            if token.relation in {"neg", "det", "advmod", "preconj", "cc", "aux"}:
                return token.text
        if token.relation in {"dobj", "nsubj", "nsubjpass", "attr", "expl"}:
            for deeper in sentence.children[child]:
                if sentence.tokens[deeper].text.lower() in {"no", "neither", "none"}:
                    return sentence.tokens[deeper].text
    return None


def ruled_out(sentence: Sentence, place: int) -> str | None:
    """Give the words by which the noun at `place` is ruled out: "talks are out of the question", "the futility of talks"."""
    cues = operators()
    for current in (place, *sentence.ancestors(place)[:3]):
        token = sentence.tokens[current]
        above = sentence.tokens[token.head]
        if token.relation in {"pobj", "pcomp"} and sentence.tokens[above.head].lemma in cues.ruled_out:
            return sentence.tokens[above.head].text
        if token.relation in {"nsubj", "csubj"} and above.lemma in {"be", "remain"}:
            said = [
                p for p in sentence.subtree(above.index) if p > above.index and sentence.tokens[p].relation != "punct"
            ]
            words = f" {' '.join(sentence.tokens[p].text.lower() for p in said[:6])} "
            out = next((w for w in sorted(cues.ruled_out) if words.startswith((f" {w} ", f" currently {w} "))), None)
            if out is not None and negation(sentence, above.index) is None:
                return out
            if negation(sentence, above.index) is not None:
                return next((f"not {w}" for w in sorted(cues.ruled_in) if f" {w} " in words), None)
            return None
        if token.relation not in {"pobj", "pcomp", "prep", "dobj"}:
            return None
    return None


def _own_words(sentence: Sentence, place: int) -> tuple[Status, str] | None:
    """The auxiliaries, adverbs and negation of the word itself."""
    cues = operators()
    token = sentence.tokens[place]
    if token.part_of_speech in {"VERB", "AUX", "ADJ"} or token.relation == "attr":
        verb = place if token.part_of_speech in {"VERB", "AUX"} else token.head
        denied = negation(sentence, verb)
        auxiliaries = [sentence.tokens[c] for c in sentence.related(verb, "aux")]
        if token.relation == "conj" and not auxiliaries and not sentence.related(verb, "nsubj", "nsubjpass"):
            auxiliaries = [sentence.tokens[c] for c in sentence.related(token.head, "aux")]
            denied = denied or (negation(sentence, token.head) if _same_negation(sentence, place) else None)
        if denied is not None:
            return Status.DENIED, denied
        for auxiliary in auxiliaries:
            word = (
                auxiliary.lemma if auxiliary.text.lower() not in {"would", "could", "might"} else auxiliary.text.lower()
            )
            if word == "would" and _told_in_the_past(sentence, verb):
                return Status.PLANNED, "would, told in the past"
            if word in cues.supposing_auxiliaries:
                return Status.HYPOTHETICAL, auxiliary.text
            if word in cues.planning_auxiliaries and auxiliary.tag == "MD":
                return Status.PLANNED, auxiliary.text
        for child in sentence.related(verb, "advmod", "mark"):
            if sentence.tokens[child].lemma in cues.supposing_adverbs:
                return Status.HYPOTHETICAL, sentence.tokens[child].text
            if sentence.tokens[child].lemma in cues.supposing_marks:
                return Status.HYPOTHETICAL, sentence.tokens[child].text
        if token.relation == "ROOT" and any(a.tag == "TO" for a in auxiliaries):
            return Status.PLANNED, "headline infinitive"
    return None


def _told_in_the_past(sentence: Sentence, verb: int) -> bool:
    """ "said the troops would leave" is "will leave", unless a condition hangs on it."""
    token = sentence.tokens[verb]
    above = sentence.tokens[token.head]
    if token.relation != "ccomp" or above.lemma not in operators().speech or above.tag not in {"VBD", "VBN"}:
        return False
    marks = {sentence.tokens[m].lemma for c in sentence.related(verb, "advcl") for m in sentence.related(c, "mark")}
    return not marks & operators().condition_marks


def _same_negation(sentence: Sentence, place: int) -> bool:
    """ "did not attack or threaten" denies both, "did not attack but threatened" the first."""
    head = sentence.tokens[place].head
    return any(sentence.tokens[c].lemma in {"or", "nor"} for c in sentence.related(head, "cc"))


def _noun_status(sentence: Sentence, place: int) -> tuple[Status, str] | None:
    """What the words around a noun make of it: "no talks", "planned talks", "preparing for talks"."""
    cues = operators()
    out = ruled_out(sentence, place)
    if out is not None:
        return Status.DENIED, out
    for child in sentence.children[place]:
        token = sentence.tokens[child]
        if token.text.lower() == "no":
            return Status.DENIED, token.text
        if token.relation in {"amod", "compound"}:
            if token.lemma in cues.supposing_modifiers:
                return Status.HYPOTHETICAL, token.text
            if token.lemma in cues.planning_modifiers:
                return Status.PLANNED, token.text
    token = sentence.tokens[place]
    if token.relation == "nsubj" and sentence.tokens[token.head].lemma == "be":
        said = [sentence.tokens[c] for c in sentence.related(token.head, "acomp")]
        return next(((Status.HYPOTHETICAL, word.text) for word in said if word.lemma in cues.supposing_modifiers), None)
    if token.relation != "pobj":
        return None
    above = sentence.tokens[sentence.tokens[token.head].head]
    preposition = sentence.tokens[token.head].lemma
    if preposition == "without":
        return Status.DENIED, "without"
    if preposition == "against" and above.lemma == "be":
        return Status.DENIED, "against"
    if above.part_of_speech == "NOUN" and preposition in {"of", "for", "to", "about"}:
        if above.lemma in cues.supposing_nouns:
            return Status.HYPOTHETICAL, above.text
        if above.lemma in cues.planning_nouns:
            return Status.PLANNED, above.text
    if preposition == "for" and above.lemma in cues.planning_objects:
        return Status.PLANNED, above.text
    if preposition == "for" and above.lemma in cues.supposing:
        return Status.HYPOTHETICAL, above.text
    return None


def _governed(sentence: Sentence, place: int) -> tuple[Status, str] | None:
    """What the verbs, adjectives and nouns above make of a word, upwards from it."""
    cues = operators()
    current = place
    for _ in range(6):
        token = sentence.tokens[current]
        if token.head == current or token.relation not in _CLAUSES:
            return None
        if token.relation == "advcl":
            bare_participle = token.tag == "VBG" and not sentence.related(current, "mark", "aux", "nsubj")
            if not bare_participle:
                return _adverbial(sentence, current)
        if token.relation in {"relcl", "nsubj"} or (token.relation == "conj" and sentence.related(current, "nsubj")):
            return None
        if token.relation == "acl" and token.tag == "VBN":
            return None  # "talks suspended in April", whatever is said of the talks
        above = sentence.tokens[token.head]
        if above.lemma == "without":
            return Status.DENIED, "without"
        if above.lemma in {"after", "since"} and sentence.related(above.index, "npadvmod"):
            return None  # "is poised to readmit it, seven years after expelling it"
        if token.relation == "conj":
            current = above.index
            continue
        if token.relation == "prep" and above.part_of_speech == "NOUN" and above.lemma not in cues.planning_nouns:
            return None  # "its part of a deal" denied does not deny the deal
        infinitive = any(sentence.tokens[c].tag == "TO" for c in sentence.related(current, "aux"))
        is_object = token.relation in {"dobj", "nsubjpass", "attr", "prep", "pobj"}
        decided = _by_gerund(token, above) or _by_governor(sentence, above.index, infinitive, is_object)
        if decided is not None:
            return decided
        if above.part_of_speech in {"VERB", "AUX"} and above.lemma not in cues.factual:
            own = _own_words(sentence, above.index)
            if own is not None and (above.lemma not in cues.speech):
                return own
        if above.lemma in cues.speech and not infinitive:
            return None
        current = above.index
    return None


def _by_gerund(word: Token, above: Token) -> tuple[Status, str] | None:
    """ "opposes lifting the ban", "is considering sending troops": it is not done."""
    if word.tag != "VBG" or word.relation not in {"xcomp", "pcomp", "dobj"} or above.part_of_speech != "VERB":
        return None
    if above.lemma in operators().denying_gerunds:
        return Status.DENIED, above.text
    return (Status.HYPOTHETICAL, above.text) if above.lemma in operators().supposing_gerunds else None


def _by_governor(sentence: Sentence, above: int, infinitive: bool, is_object: bool) -> tuple[Status, str] | None:
    token = sentence.tokens[above]
    if token.part_of_speech in {"VERB", "AUX"}:
        return _by_verb(sentence, above, infinitive, is_object)
    cues = operators()
    if token.lemma == "short" and sentence.tokens[token.head].lemma in {"stop", "fall"}:
        return Status.DENIED, "short of"
    if token.part_of_speech == "ADJ":
        if token.lemma in cues.denying_adjectives:
            return Status.DENIED, token.text
        if token.lemma in cues.doubting_adjectives:
            return Status.HYPOTHETICAL, token.text
        if infinitive:
            planned = token.lemma in cues.planning_adjectives
            return (Status.PLANNED if planned else Status.HYPOTHETICAL), token.text
    elif token.part_of_speech == "NOUN" and infinitive:
        if any(sentence.tokens[c].text.lower() == "no" for c in sentence.children[above]):
            return Status.DENIED, "no"
        if token.lemma in cues.supposing_nouns:
            return Status.HYPOTHETICAL, token.text
        if token.lemma in cues.planning_nouns:
            return Status.PLANNED, token.text
    return None


def _by_verb(sentence: Sentence, above: int, infinitive: bool, is_object: bool) -> tuple[Status, str] | None:
    cues = operators()
    token = sentence.tokens[above]
    lemma = token.lemma
    if lemma in cues.denying_anything or (lemma in cues.denying and infinitive):
        return Status.DENIED, token.text
    if lemma == "have" and any(sentence.tokens[c].lemma == "yet" for c in sentence.related(above, "advmod")):
        return Status.DENIED, "has yet to"
    if infinitive and lemma in cues.supposing:
        return Status.HYPOTHETICAL, token.text
    if infinitive and lemma in cues.planning and negation(sentence, above) is None:
        return Status.PLANNED, token.text
    if is_object and lemma in cues.planning_objects:
        return Status.PLANNED, token.text
    if is_object and lemma in cues.supposing_objects:
        return Status.HYPOTHETICAL, token.text
    if infinitive and lemma == "go" and token.tag == "VBG":
        return Status.PLANNED, "going to"
    if infinitive and lemma == "be":
        return Status.PLANNED, "is to"
    return None


def _adverbial(sentence: Sentence, place: int) -> tuple[Status, str] | None:
    """Purpose ("to retake the city") is planned, an if-clause is thought of, the rest is told."""
    for child in sentence.related(place, "mark", "advmod"):
        if sentence.tokens[child].lemma in operators().supposing_marks:
            return Status.HYPOTHETICAL, sentence.tokens[child].text
    if any(sentence.tokens[c].tag == "TO" for c in sentence.related(place, "aux", "mark")):
        return Status.PLANNED, "purpose"
    return None
