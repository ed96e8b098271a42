"""Words that may carry an act, with subject, object and the rest of their surroundings.

Pure functions, `Sentence` in, `Act` out. Nothing here knows what an act means: that is the
business of the coding room.
"""

from __future__ import annotations

from collections.abc import Collection

from communique.records import Act, Sentence

_SUBJECT = ("nsubj", "csubj")
_PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
_OBJECT = ("dobj", "obj", "dative", "oprd")
_RELATIVE = {"that", "which", "who", "whom"}
_TEMPORAL = {"after", "before", "since", "while", "without", "despite", "by"}
_PARTICLE = ("prt", "advmod")


def find_acts(sentence: Sentence, triggers: Collection[str]) -> list[Act]:
    """Give an `Act` for every verb, and for each noun and adjective whose lemma is in `triggers`."""
    acts: list[Act] = []
    for token in sentence.tokens:
        if _what_it_called(sentence, token.index):
            continue
        if token.part_of_speech in {"VERB", "AUX"} and token.relation not in {"aux", "auxpass"}:
            if token.tag in {"VBN", "VBD"} and token.text.lower() in triggers and is_passive(sentence, token.index):
                acts.append(adjective_act(sentence, token.index))
            acts.append(verb_act(sentence, token.index))
        elif token.part_of_speech in {"NOUN", "PROPN"} and token.lemma in triggers:
            acts.append(noun_act(sentence, token.index))
        elif token.part_of_speech == "ADJ" and token.lemma in triggers and token.relation in {"acomp", "advcl", "ROOT"}:
            acts.append(adjective_act(sentence, token.index))
    return acts


def verb_act(sentence: Sentence, verb: int) -> Act:
    """Give the act of a verb: voice, who acts, who undergoes, prepositions, governed clauses."""
    passive = is_passive(sentence, verb)
    agents = prepositional(sentence, verb, "by") if passive else ()
    objects = tuple(
        _antecedent(sentence, verb, o) for found in sentence.related(verb, *_OBJECT) for o in _counted(sentence, found)
    )
    if passive:
        subjects: tuple[int, ...] = agents
        objects = (*surface_subjects(sentence, verb), *objects)
    else:
        subjects = surface_subjects(sentence, verb)
        objects = objects or _named_by_clause(sentence, verb)
        objects = objects or _shared_object(sentence, verb) or _relative_object(sentence, verb)
    prepositions = tuple((word, noun) for word, noun in _prepositions(sentence, verb) if not (passive and word == "by"))
    return Act(
        verb, "verb", sentence.tokens[verb].lemma, passive, subjects, objects, prepositions,
        _complements(sentence, verb), _particles(sentence, verb),
    )  # fmt: skip


def _counted(sentence: Sentence, place: int) -> tuple[int, ...]:
    """ "destroyed most of the fleet" is on the fleet, "shelled each other" on each other; other adjectives are no object."""
    token = sentence.tokens[place]
    if token.part_of_speech not in {"ADJ", "ADP"}:
        return (place,)
    if token.lemma == "other" and place and sentence.tokens[place - 1].lemma == "each":
        return (place,)
    return prepositional(sentence, place, "of")


def noun_act(sentence: Sentence, noun: int) -> Act:
    """Give the act of a noun: its possessor as subject, its prepositions."""
    owners = sentence.related(noun, "poss")
    return Act(
        noun, "noun", sentence.tokens[noun].lemma, False, owners, (),
        tuple(_prepositions(sentence, noun)), _complements(sentence, noun), (),
    )  # fmt: skip


def adjective_act(sentence: Sentence, adjective: int) -> Act:
    """Give the act of a predicate adjective ("is ready to …"): the subject is that of its verb."""
    token = sentence.tokens[adjective]
    if token.part_of_speech == "ADJ":
        subjects = surface_subjects(sentence, token.head) if token.head != adjective else ()
        lemma = token.lemma
    else:
        subjects = surface_subjects(sentence, adjective)
        lemma = token.text.lower()
    return Act(
        adjective, "adjective", lemma, False, subjects, (),
        tuple(_prepositions(sentence, adjective)), _complements(sentence, adjective), (),
    )  # fmt: skip


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is passive: by its auxiliary, or as a bare participle behind a noun."""
    token = sentence.tokens[verb]
    if sentence.related(verb, "auxpass", "nsubjpass", "csubjpass"):
        return True
    if _is_bare_participle(sentence, verb):
        return True
    if token.tag != "VBN" or sentence.related(verb, "aux", "nsubj", "dobj"):
        return token.tag == "VBN" and bool(sentence.related(verb, "agent"))
    if token.relation in {"acl", "amod"}:
        return True
    if token.relation == "conj":
        return is_passive(sentence, token.head)
    return token.relation in {"ROOT", "advcl", "ccomp"} and bool(sentence.related(verb, "agent"))


def _is_bare_participle(sentence: Sentence, verb: int) -> bool:
    """ "saw 120 soldiers killed", and in headlines "Four soldiers killed in Gaza", "Minister sacked".

    Headlines tell in the present tense; a past form without an object there is a participle.
    """
    token = sentence.tokens[verb]
    if sentence.related(verb, "aux", "dobj", "xcomp", "ccomp") or not sentence.related(verb, "nsubj"):
        return False
    if token.tag == "VBN" and token.relation in {"ccomp", "xcomp"}:
        return True
    return sentence.index < 0 and token.tag in {"VBN", "VBD"} and token.text.endswith(("ed", "en", "ot", "ld", "un"))


def surface_subjects(sentence: Sentence, verb: int, depth: int = 0) -> tuple[int, ...]:
    """Give the words that stand as subject of a verb, looked up where grammar leaves them out.

    A relative pronoun gives the noun it stands for; a coordinated, governed or participial verb
    borrows the subject of its governor; "asked Y to go" gives Y for "go".
    """
    token = sentence.tokens[verb]
    own = sentence.related(verb, *_SUBJECT, *_PASSIVE_SUBJECT)
    if own:
        return tuple(_antecedent(sentence, verb, subject) for subject in own)
    if depth > 6:
        return ()
    head = token.head
    if token.relation in {"acl", "relcl"} and head != verb and _is_infinitive(sentence, verb):
        return sentence.related(head, "poss") or _decider(sentence, head) or _noun_controller(sentence, head, depth)
    if token.relation in {"acl", "amod"} and head != verb:
        return (head,)
    if token.relation == "relcl" and head != verb:
        return () if sentence.related(verb, "dobj") == () and token.tag == "VBN" else (head,)
    if token.relation in {"xcomp", "ccomp", "pcomp", "advcl", "conj", "prep", "dep", "acomp", "attr"} and head != verb:
        return _borrowed(sentence, verb, depth)
    return ()


def _borrowed(sentence: Sentence, verb: int, depth: int) -> tuple[int, ...]:
    token = sentence.tokens[verb]
    head = token.head
    governor = sentence.tokens[head]
    if governor.part_of_speech == "ADP":
        above = governor.head
        if sentence.tokens[above].part_of_speech in {"VERB", "AUX"}:
            raised = sentence.related(above, *_OBJECT)
            if governor.lemma in {"of", "for", "from", "into"} and raised:
                return raised[:1]
            return surface_subjects(sentence, above, depth + 1)
        if sentence.tokens[above].part_of_speech in {"ADV", "ADJ"}:  # "stopped short of condemning"
            return surface_subjects(sentence, sentence.tokens[above].head, depth + 1)
        if governor.lemma in _TEMPORAL:  # "seven years after expelling it"
            while sentence.tokens[above].part_of_speech not in {"VERB", "AUX"} and sentence.tokens[above].head != above:
                above = sentence.tokens[above].head
            return surface_subjects(sentence, above, depth + 1)
        return sentence.related(above, "poss")
    if governor.part_of_speech in {"NOUN", "PROPN"}:
        return sentence.related(head, "poss") or _noun_controller(sentence, head, depth)
    if token.relation in {"xcomp", "ccomp"} and governor.part_of_speech == "VERB":
        raised = sentence.related(head, "dobj", "dative")
        if raised:
            return raised[:1]
        called = [n for p, n in _prepositions(sentence, head) if p in {"on", "upon", "for", "to"}]
        if called and governor.lemma in {"call", "appeal", "press", "prevail", "rely", "count"}:
            return tuple(called[:1])
        if is_passive(sentence, head):
            return surface_subjects(sentence, head, depth + 1)
    return surface_subjects(sentence, head, depth + 1)


def _decider(sentence: Sentence, noun: int) -> tuple[int, ...]:
    """ "the decision by Egypt to close": the noun behind "by" or "of" decides."""
    return prepositional(sentence, noun, "by") or prepositional(sentence, noun, "of")


def _noun_controller(sentence: Sentence, noun: int, depth: int) -> tuple[int, ...]:
    """ "a plan to leave", "efforts to end": the subject of the verb whose object the noun is."""
    token = sentence.tokens[noun]
    if token.relation in {"dobj", "attr", "pobj"}:
        head = token.head if token.relation != "pobj" else sentence.tokens[token.head].head
        if sentence.tokens[head].part_of_speech in {"VERB", "AUX"}:
            return surface_subjects(sentence, head, depth + 1)
    return ()


def _antecedent(sentence: Sentence, verb: int, subject: int) -> int:
    token = sentence.tokens[subject]
    if token.lemma in _RELATIVE and token.part_of_speech in {"PRON", "DET", "SCONJ"}:
        current = verb
        for _ in range(4):
            if sentence.tokens[current].relation in {"relcl", "acl"}:
                return _first_conjunct(sentence, sentence.tokens[current].head)
            current = sentence.tokens[current].head
    return subject


def _first_conjunct(sentence: Sentence, noun: int) -> int:
    """ "China and South Korea, which both protested": the clause is about all of them."""
    token = sentence.tokens[noun]
    while token.relation == "conj" and token.part_of_speech == "PROPN":
        above = sentence.tokens[token.head]
        if above.part_of_speech != "PROPN":
            break
        token = above
    return token.index


def _what_it_called(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """ "what it called a farce": the clause is only a name for its last noun, given here."""
    if sentence.tokens[verb].relation not in {"ccomp", "pcomp", "dobj", "pobj"}:
        return ()
    if not any(sentence.tokens[o].lemma == "what" for o in sentence.related(verb, "dobj", "mark", "pobj")):
        return ()
    return sentence.related(verb, "oprd") or prepositional(sentence, verb, "as")


def _named_by_clause(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """ "condemned what it called Israel's raid": the raid is the object."""
    return tuple(n for clause in sentence.related(verb, "ccomp") for n in _what_it_called(sentence, clause))


def _shared_object(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """ "seized and burned the ship": the first verb's object is that of the last."""
    for other in sentence.related(verb, "conj"):
        shared = sentence.related(other, "dobj")
        if shared and not sentence.related(other, *_SUBJECT) and other - verb <= 3:
            return shared
    return ()


def _relative_object(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """ "the embassy which it had closed": the noun in front is the object."""
    token = sentence.tokens[verb]
    if token.relation == "relcl" and sentence.related(verb, *_SUBJECT) and not sentence.related(verb, "dobj"):
        subjects = {_antecedent(sentence, verb, s) for s in sentence.related(verb, *_SUBJECT)}
        if token.head not in subjects:
            return (token.head,)
    return ()


def _prepositions(sentence: Sentence, head: int) -> list[tuple[str, int]]:
    """Pairs of preposition and noun that hang on a word, "as well as" chains included."""
    found: list[tuple[str, int]] = []
    for child in sentence.related(head, "prep", "agent", "dative", "advmod", "prt"):
        preposition = sentence.tokens[child]
        if preposition.part_of_speech not in {"ADP", "SCONJ", "ADV", "VERB", "ADJ", "PART"}:
            continue
        for noun in sentence.related(child, "pobj"):
            found.append((preposition.lemma, noun))
        for gerund in sentence.related(child, "pcomp"):
            found.extend((preposition.lemma, noun) for noun in sentence.related(gerund, "dobj", "nsubj"))
        for deeper in sentence.related(child, "prep"):
            for noun in sentence.related(deeper, "pobj"):
                found.append((sentence.tokens[deeper].lemma, noun))
                found.append((preposition.lemma, noun))
    return found


def prepositional(sentence: Sentence, head: int, *words: str) -> tuple[int, ...]:
    """Give the nouns that hang on `head` by one of the prepositions `words`."""
    return tuple(noun for word, noun in _prepositions(sentence, head) if word in words)


def _complements(sentence: Sentence, head: int) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for child in sentence.related(head, "xcomp", "ccomp", "acl", "advcl", "relcl"):
        token = sentence.tokens[child]
        if token.relation == "relcl" and not _is_infinitive(sentence, child):
            continue
        marks = {sentence.tokens[m].lemma for m in sentence.related(child, "mark")}
        if token.relation == "acl" and "that" in marks:
            found.append(("that", child))
            continue
        if _is_infinitive(sentence, child):
            found.append(("infinitive", child))
        elif token.relation == "advcl" and token.tag == "VBG" and 0 < child - head <= 3:
            if not any(t.text == "," or t.tag == "IN" for t in sentence.tokens[head:child]):
                found.append(("ing", child))
        elif token.relation == "advcl" or (token.relation == "acl" and token.tag != "VBG"):
            continue
        elif token.tag == "VBG" and not sentence.related(child, "aux", "nsubj"):
            found.append(("ing", child))
        elif token.relation in {"ccomp", "xcomp"}:
            found.append(("that", child))
    for child in sentence.related(head, "prep", "dobj", "dative"):
        if sentence.tokens[child].lemma not in {"after", "before", "since", "following", "despite"}:
            found.extend(("ing", gerund) for gerund in sentence.related(child, "pcomp"))
        if sentence.tokens[child].relation != "prep":
            found.extend(
                ("infinitive", deep)
                for deep in sentence.related(child, "acl", "relcl")
                if _is_infinitive(sentence, deep)
            )
        else:
            for noun in sentence.related(child, "pobj"):
                found.extend(
                    ("infinitive", deep)
                    for deep in sentence.related(noun, "acl", "relcl")
                    if _is_infinitive(sentence, deep)
                )
    return tuple(found)


def _is_infinitive(sentence: Sentence, verb: int) -> bool:
    marks = sentence.related(verb, "aux", "mark")
    return any(sentence.tokens[mark].tag == "TO" for mark in marks)


def _particles(sentence: Sentence, verb: int) -> tuple[str, ...]:
    words = [sentence.tokens[child].lemma for child in sentence.related(verb, *_PARTICLE)]
    words += [sentence.tokens[child].lemma for child in sentence.related(verb, "prep")]
    return tuple(words)


def coordinated(sentence: Sentence, head: int) -> list[int]:
    """Give a noun and the nouns coordinated with it: "Germany, France and Britain"."""
    found = [head]
    for place in found:
        for child in sentence.related(place, "conj"):
            if child not in found and sentence.tokens[child].part_of_speech not in {"VERB", "AUX"}:
                found.append(child)
        for child in sentence.related(place, "appos"):  # "Chad, Niger and Mali": to the parser Niger explains Chad
            names = {sentence.tokens[place].part_of_speech, sentence.tokens[child].part_of_speech}
            if names == {"PROPN"} and sentence.related(child, "conj") and child not in found:
                found.append(child)
    return found
