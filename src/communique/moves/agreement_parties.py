"""Between whom an agreement is said to be: around its noun, and by what is done with it."""

from __future__ import annotations

from collections.abc import Iterable

from communique.actors.composition import modifiers
from communique.actors.discourse import Discourse
from communique.actors.reference import NUMBERS
from communique.actors.resolver import bare, is_state
from communique.moves.agreement_grammar import holds, operators_above, subjects_of
from communique.moves.agreement_words import agreement_words
from communique.moves.report_sides import pair_of_report
from communique.reading.acts import coordinated, prepositional, verb_act
from communique.records import Sentence

LONGEST_TAIL = 5
"""How many words behind an agreement's noun still belong to its name."""
# How an agreement stands to the word that opens it.
_OPENED = frozenset(
    {
        "object",
        "on",
        "to",
        "of",
        "over",
        "toward",
        "towards",
        "about",
        "for",
        "into",
        "up",
        "out of",
        "from",
        "away from",
        "with",
        "by",
    }
)
# Parts of a state that bind it by what they sign or pass.
_BINDING = frozenset({"LEG", "POL", "JUD"})
# Those who speak of agreements, demonstrate for them or gain by them, but are no party.
_PRIVATE = frozenset({"CVL", "MED", "BUS"})


def parties_told(sentence: Sentence, place: int, discourse: Discourse, *, alone: bool = False) -> tuple[str, ...]:
    """Those between whom an agreement is said to be: around its noun, else the subjects of what is done with it.

    With `alone` only those around the noun.
    """
    covering = discourse.covering(sentence)
    nations = [
        match.last
        for noun in (place, *sentence.related(place, "compound", "amod", "nmod"))
        for match in modifiers(sentence, noun, covering)
    ]
    own = list(resolved(sentence, nations, discourse))
    own += resolved(sentence, _joined(sentence, place), discourse)
    own += resolved(sentence, sentence.related(place, "poss"), discourse)
    for clause in sentence.related(place, "relcl"):  # "a truce under which A and B would stop"
        if any(
            sentence.tokens[child].lemma.lower() in {"under", "in", "by"} for child in sentence.related(clause, "prep")
        ):
            own += resolved(sentence, sentence.related(clause, "nsubj"), discourse)
    if len(set(own)) < 2 and not alone:
        own += _of_governor(sentence, place, discourse)
    roles = [(code, code.partition("/")[2]) for code in own]
    return tuple(
        dict.fromkeys(bare(code) if role in _BINDING else code for code, role in roles if role not in _PRIVATE)
    )


def _joined(sentence: Sentence, place: int) -> list[int]:
    """The nouns behind "between" or "with" in the phrase of a noun: "an understanding on energy with Kenya"."""
    found: list[int] = []
    stack = [place]
    while stack:
        current = stack.pop()
        for child in sentence.related(current, "prep", "pobj", "conj"):
            if sentence.tokens[child].lemma.lower() in {"between", "among", "with"}:
                found += sentence.related(child, "pobj")
            elif child - place <= LONGEST_TAIL + 3:
                stack.append(child)
    return sorted(found)


def _of_governor(sentence: Sentence, place: int, discourse: Discourse) -> tuple[str, ...]:
    """The parties by what is done with an agreement: of the words it hangs on, the first that tells two of them."""
    words = agreement_words()
    found: tuple[str, ...] = ()
    for hold in holds(sentence, place):
        lemma = sentence.tokens[hold.word].lemma.lower()
        if hold.place in _OPENED and (lemma in words.brokering or lemma in words.forms):
            codes = _doers(sentence, place, hold.word, discourse)
            if len(codes) > 1:
                return codes
            found = found or codes
    return found


def _doers(sentence: Sentence, place: int, word: int, discourse: Discourse) -> tuple[str, ...]:
    words, token = agreement_words(), sentence.tokens[word]
    lemma = token.lemma.lower()
    if token.part_of_speech not in {"VERB", "AUX"}:
        joined = prepositional(sentence, word, "between", "with", "by")
        return resolved(sentence, (*subjects_of(sentence, word), *joined), discourse)
    act = verb_act(sentence, word)
    among = [noun for preposition, noun in act.prepositions if preposition in {"between", "with", "among"}]
    subjects = () if lemma in words.brokering or (act.passive and not act.subjects) else act.subjects
    if any(form.step == "propose" for form in words.forms.get(lemma, ())):
        # Who proposes alone or with others may only mediate, unless it says to whom.
        among += [noun for preposition, noun in act.prepositions if preposition == "to"]
        among += [noun for noun in act.objects if noun != place]
        subjects = subjects if among or _joined(sentence, place) else ()
    accusing = [above for operator, above in operators_above(sentence, word) if operator == "accuse"]
    for verb in accusing[:1]:  # who accuses another of breaking it is a party too
        if sentence.tokens[verb].part_of_speech == "VERB":
            accusation = verb_act(sentence, verb)
            subjects = (*accusation.subjects, *accusation.objects)
    return resolved(sentence, (*subjects, *among), discourse, guesses=lemma in words.approving)


def resolved(
    sentence: Sentence, heads: Iterable[int], discourse: Discourse, *, guesses: bool = False
) -> tuple[str, ...]:
    """Give the codes of those whom words mean, coordinated ones included, each once; agreements are nobody."""
    found: list[str] = []
    for head in heads:
        for place in coordinated(sentence, head):
            resolution = discourse.resolve(sentence, place)
            several = _several(sentence, place, discourse)
            if several:
                found += several
                continue
            if resolution is None or resolution.kind == "agreement":
                continue
            if "last two actors" in resolution.why and sentence.tokens[place].lemma.lower() in agreement_words().sides:
                found += pair_of_report(discourse) or resolution.codes
                continue
            if resolution.kind == "guess" and not guesses and not _seated(sentence, place, resolution.codes, discourse):
                continue
            found += resolution.codes
    return tuple(dict.fromkeys(found))


def _several(sentence: Sentence, place: int, discourse: Discourse) -> list[str]:
    """ "The three countries", "ministers of the four states": those that the report named, if they are so many."""
    for noun in (place, *prepositional(sentence, place, "of")):
        token = sentence.tokens[noun]
        counts = [NUMBERS.get(sentence.tokens[p].lemma.lower(), 0) for p in sentence.related(noun, "nummod")]
        definite = any(sentence.tokens[p].lemma.lower() == "the" for p in sentence.related(noun, "det"))
        if token.lemma.lower() in agreement_words().several and definite and counts and counts[0] > 2:
            before = [one for one in discourse.order if one.index < sentence.index]
            for several in (*([one] for one in reversed(before)), before):
                named = dict.fromkeys(bare(code) for one in several for code in discourse.actors_named(one))
                states = [code for code in named if is_state(code)]
                if len(states) == counts[0]:
                    return states
    return []


def _seated(sentence: Sentence, place: int, codes: tuple[str, ...], discourse: Discourse) -> bool:
    """ "The government in Tripoli" is Libya's: the place beside it bears the guess out."""
    beside = [discourse.resolve(sentence, noun) for noun in prepositional(sentence, place, "in", "of")]
    found = {bare(code) for resolution in beside if resolution is not None for code in resolution.codes}
    return bool(found) and {bare(code) for code in codes} <= found


def parties_of_report(parties: tuple[str, ...], words: set[str], kind: str, discourse: Discourse) -> tuple[str, ...]:
    """ "The peace deal with the FARC", "a bilateral ceasefire": the other party, or both, are those of the report."""
    pair = pair_of_report(discourse)
    if (len(parties) == 1 and parties[0] in pair) or (kind == "ceasefire" and words & agreement_words().mutual):
        return pair
    return ()
