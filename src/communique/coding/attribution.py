"""On whose word an act stands, and under what condition."""

from __future__ import annotations

from communique.actors.discourse import Discourse
from communique.coding.operators import operators
from communique.reading.acts import surface_subjects
from communique.records import Sentence

# A clause behind "he said" that only says when is the reporter's: "…, he said, a day after they were attacked".
_REPORTED = {"ccomp", "xcomp", "parataxis", "advcl"}


def claimant(sentence: Sentence, place: int, discourse: Discourse) -> tuple[str | None, int | None]:
    """Give the actor on whose word the word at `place` stands, and the verb of speech."""
    current = place
    for _ in range(12):
        token = sentence.tokens[current]
        if token.head == current:
            break
        above = sentence.tokens[token.head]
        reported = token.relation in _REPORTED and not (token.relation == "advcl" and current > above.index)
        if above.lemma in operators().speech and above.part_of_speech == "VERB" and reported:
            if speaker := _speaker(sentence, above.index, discourse):
                return speaker, above.index
        current = token.head
    for child in sentence.related(current, "ccomp", "parataxis", "prep"):
        token = sentence.tokens[child]
        if token.relation == "prep" and token.lemma in operators().speech_prepositions:
            for deeper in sentence.related(child, "prep"):
                for noun in sentence.related(deeper, "pobj"):
                    found = discourse.resolve(sentence, noun)
                    if found is not None and sentence.tokens[noun].lemma not in operators().channels:
                        return found.codes[0], child
    return None, None


def _speaker(sentence: Sentence, verb: int, discourse: Discourse) -> str | None:
    for subject in surface_subjects(sentence, verb):
        if sentence.tokens[subject].lemma in operators().channels:
            return None
        found = discourse.resolve(sentence, subject)
        if found is not None:
            return found.codes[0]
    return None


def condition_of(sentence: Sentence, place: int) -> str | None:
    """Give the clause that binds the act at `place`: if, unless, until, as long as, provided."""
    marks = operators().condition_marks
    # "refused to talk unless …": the clause hangs on what is refused.
    chain = [place, *sentence.related(place, "xcomp"), *sentence.ancestors(place)]
    for current in chain:
        for child in sentence.related(current, "advcl", "prep", "mark", "advmod", "npadvmod"):
            words = [sentence.tokens[i] for i in sentence.subtree(child)]
            if not words or place in [w.index for w in words]:
                continue
            opening = " ".join(w.text.lower() for w in words[:4])
            if len(words) < 3:
                continue
            if opening.startswith("while ") and sentence.tokens[child].lemma in operators().lasting:
                return sentence.passage[words[0].start : words[-1].end]
            for mark in marks:
                if opening.startswith(mark + " ") or any(
                    sentence.tokens[c].lemma == mark for c in sentence.related(child, "mark")
                ):
                    return sentence.passage[words[0].start : words[-1].end]
        if sentence.tokens[current].relation in {"ccomp", "relcl"} and current != place:
            break
    return None
