"""Which agreement a sentence speaks of: by a known name, opened as "a free-trade pact", or as "the deal" afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.actors.agreements import agreement_names, agreements, described
from communique.actors.discourse import Discourse
from communique.actors.knowledge import knowledge
from communique.actors.resolver import bare
from communique.moves.agreement_grammar import head_of, holds
from communique.moves.agreement_parties import LONGEST_TAIL, parties_of_report, parties_told
from communique.moves.agreement_plans import PLAN, plan_at
from communique.moves.agreement_words import agreement_words
from communique.reading.acts import prepositional
from communique.records import Sentence

_POINTING = frozenset({"the", "this", "that", "its", "their", "his", "those", "these"})
_UNREAL = frozenset({"no", "any", "every", "either", "neither", "such", "another"})
_YEAR = re.compile(r"(?:19|20)\d\d")
FORMATS = frozenset({"E3", "P5+1"})
"""Names for several states that are parties one by one."""


@dataclass(frozen=True, slots=True)
class NamedAgreement:
    """An agreement at a place of a sentence: its code, the tokens that name it, whether by its own name.

    One that is not known gets its words for a name, its `parties`, and a code of both. `head` is the token that
    the rest hangs on. `kind` is what it is about, "" where its words do not say. `opened` is true where it is
    spoken of for the first time.
    """

    code: str
    places: tuple[int, ...]
    by_name: bool
    head: int = -1
    name: str = ""
    kind: str = ""
    parties: tuple[str, ...] = ()
    opened: bool = False

    @property
    def known(self) -> bool:
        """Tell whether the data file has it."""
        return self.code in agreements()


def agreements_told(sentences: Sequence[Sentence], discourse: Discourse) -> dict[int, tuple[NamedAgreement, ...]]:
    """Give the agreements of each sentence, by the identity of the sentence; "this accord" is the last one named."""
    found: dict[int, tuple[NamedAgreement, ...]] = {}
    before: list[NamedAgreement] = []
    last_at = -9
    for sentence in sentences:
        here = [_known(sentence, code, start, end) for code, start, end in agreement_names().find(sentence.text)]
        covered = {place for named in here for place in named.places}
        for token in sentence.tokens:
            if token.text.lower() == "it" and here and _taken_up(sentence, token.index):
                last = max((named for named in here if named.head < token.index), key=lambda n: n.head, default=None)
                here += (
                    []
                    if last is None
                    else [replace(last, places=(token.index,), by_name=False, head=token.index, opened=False)]
                )
            if token.text.lower() == "it" and before and sentence.index == last_at + 1:
                if _taken_up(sentence, token.index, later=True):
                    here.append(
                        replace(before[-1], places=(token.index,), by_name=False, head=token.index, opened=False)
                    )
            if _is_share(sentence, token.index) and not here and before:
                here.append(replace(before[-1], places=(token.index,), by_name=False, head=token.index, opened=False))
            if token.index in covered or token.part_of_speech not in {"NOUN", "PROPN"}:
                continue
            earlier = [*before, *(named for named in here if named.places[0] < token.index)]
            if any(_set_against(sentence, named.head, token.index) for named in here):
                earlier = []  # "START II was overtaken by the treaty that both signed": another one
            described_here = _by_noun(sentence, token.index, discourse, earlier)
            if described_here is not None:
                here.append(described_here)
        if here:
            here.sort(key=lambda named: named.places[0])
            found[id(sentence)] = tuple(here)
            before += here
            last_at = sentence.index
    return found


def _set_against(sentence: Sentence, named: int, place: int) -> bool:
    """Tell whether one agreement is the subject of a passive verb of which another is the agent."""
    if sentence.tokens[named].relation != "nsubjpass" or sentence.tokens[place].relation != "pobj":
        return False
    agent = sentence.tokens[sentence.tokens[place].head]
    return agent.relation == "agent" and agent.head == sentence.tokens[named].head


def _is_share(sentence: Sentence, place: int) -> bool:
    """ "Suspended its participation", and no word in what: in the agreement spoken of last."""
    if sentence.tokens[place].lemma.lower() not in agreement_words().shares or prepositional(
        sentence, place, "in", "of", "with"
    ):
        return False
    return bool(sentence.related(place, "poss")) and sentence.tokens[place].relation == "dobj"


def _taken_up(sentence: Sentence, place: int, *, later: bool = False) -> bool:
    """ "Signed the treaty in May but ratified it in June": what is ratified is the treaty.

    With `later` it was named in the sentence before.
    """
    words = agreement_words()
    steps = words.taken_up_later if later else words.taken_up
    return any(
        form.step in steps and hold.place in form.places - {"poss", "subject"}
        for hold in holds(sentence, place)
        for form in words.forms.get(sentence.tokens[hold.word].lemma.lower(), ())
        if sentence.tokens[hold.word].part_of_speech == "VERB"
    )


def _known(sentence: Sentence, code: str, start: int, end: int) -> NamedAgreement:
    low, high = sentence.start + start, sentence.start + end
    places = tuple(token.index for token in sentence.tokens if token.start < high and token.end > low)
    agreement = agreements()[code]
    return NamedAgreement(
        code, places, True, head_of(sentence, places), agreement.name, agreement.question, agreement.parties
    )


def _by_noun(
    sentence: Sentence, place: int, discourse: Discourse, earlier: Sequence[NamedAgreement]
) -> NamedAgreement | None:
    """What "the 2015 deal", "the pact", "a ceasefire with Hamas" mean, None where the noun means none in particular."""
    token, words = sentence.tokens[place], agreement_words()
    lemma = token.lemma.lower()
    if lemma in words.plans:
        return _by_plan(sentence, place, discourse, earlier)
    if lemma in words.only_of_truces and not _is_truce(sentence, place, earlier):
        return None
    if lemma not in words.nouns or token.tag in {"NNS", "NNPS"} or token.relation in {"compound", "nmod"}:
        return None
    articles = {sentence.tokens[child].lemma.lower() for child in sentence.related(place, "det", "poss", "amod")}
    if articles & _UNREAL or _goes_on(sentence, place):
        return None
    own = _own_words(sentence, place, discourse)
    lemmas = {sentence.tokens[part].lemma.lower() for part in (*own, place)}
    kind = words.kind_of(lemmas) or words.kind_of(_topic(sentence, place))
    pointing = bool(articles & _POINTING) or bool(sentence.related(place, "poss"))
    own_parties = parties_told(sentence, place, discourse, alone=True)
    parties = parties_told(sentence, place, discourse)
    meant = _known_by_words(sentence, place, discourse, kind, pointing, parties)
    if meant is not None:
        return meant
    if pointing:
        back = _last(earlier, kind, lemma, own_parties)
        if back is not None:
            return NamedAgreement(back.code, (place,), False, place, back.name, back.kind, back.parties)
    name = _name(sentence, place, own)
    if len(parties) < 2:
        parties = parties_of_report(own_parties, articles, kind, discourse) or parties
    if len(parties) < 2:
        # "The ceasefire" of an earlier report: the board may know whose it is.
        lone = pointing and kind == "ceasefire"
        return NamedAgreement(name, (place,), False, place, name, kind, parties) if lone else None
    code = f"{name} ({'-'.join(sorted(parties))})"
    return NamedAgreement(code, tuple(sorted((*own, place))), False, place, name, kind, parties, True)


def _by_plan(
    sentence: Sentence, place: int, discourse: Discourse, earlier: Sequence[NamedAgreement]
) -> NamedAgreement | None:
    """ "The six-point plan", "a joint statement" of those who pledge in it; afterwards "the plan" and "the document"."""
    plan = plan_at(sentence, place, discourse)
    if plan is not None and plan.parties:
        code = f"{plan.name} ({'-'.join(sorted(plan.parties))})"
        return NamedAgreement(code, (place,), False, place, plan.name, "statement", plan.parties, True)
    if plan is not None:
        return NamedAgreement(plan.name, (place,), False, place, plan.name, PLAN, (), True)
    own = sentence.related(place, "amod", "compound", "nmod", "poss", "prep")
    pointing = any(sentence.tokens[child].lemma.lower() in _POINTING for child in sentence.related(place, "det"))
    if not pointing or own:
        return None
    back = next((named for named in reversed(earlier) if named.kind == PLAN or _is_plan(named)), None)
    return None if back is None else replace(back, places=(place,), by_name=False, head=place, opened=False)


def _is_plan(named: NamedAgreement) -> bool:
    return named.known and bool(agreement_words().plans & set(named.name.lower().split()))


def _is_truce(sentence: Sentence, place: int, earlier: Sequence[NamedAgreement]) -> bool:
    """ "A humanitarian pause", "the week-long pause"; any other is one of the fighting where a truce was spoken of."""
    front = {sentence.tokens[p].lemma.lower() for p in sentence.subtree(place) if p < place}
    if front & agreement_words().spans:
        return True
    owned = bool(sentence.related(place, "poss"))
    return not owned and any(named.kind in {"ceasefire", "hostages"} for named in earlier)


def _goes_on(sentence: Sentence, place: int) -> bool:
    """ "A ceasefire deal": the first of two such nouns is only a word of the second's name, whatever the parser says."""
    behind = sentence.tokens[place + 1 : place + 2]
    return bool(behind) and behind[0].lemma.lower() in agreement_words().nouns and behind[0].part_of_speech != "VERB"


def _known_by_words(
    sentence: Sentence, place: int, discourse: Discourse, kind: str, pointing: bool, parties: tuple[str, ...]
) -> NamedAgreement | None:
    """ "The 2015 nuclear deal" is a known one where the report speaks of its parties and no other fits."""
    year = _year(sentence, place)
    if not (kind or pointing) or not (pointing or year) or kind == "ceasefire" or not (kind or year):
        return None
    named = parties if len(parties) > 1 else _named_around(sentence, discourse)
    expanded = [part for code in named for part in (knowledge().members[code] if code in FORMATS else (code,))]
    code = described(kind, year, expanded, discourse.day)
    if code is None:
        return None
    agreement = agreements()[code]
    if len(parties) > 1 and not set(map(bare, expanded)) <= {*agreement.parties, *agreement.principals}:
        return None
    return NamedAgreement(code, (place,), False, place, agreement.name, agreement.question, agreement.parties)


def _named_around(sentence: Sentence, discourse: Discourse) -> tuple[str, ...]:
    """The actors of the sentence; where fewer than two are named there, those of the whole report."""
    here = discourse.actors_named(sentence)
    return here if len({bare(code) for code in here}) > 1 else (*here, *discourse.states_by_mention())


def _year(sentence: Sentence, place: int) -> str | None:
    """The year that belongs to the noun: "the 2015 deal", "the deal of 2015", "the deal signed in 2015"."""
    below = [
        *sentence.related(place, "nummod", "compound", "amod", "nmod"),
        *prepositional(sentence, place, "of", "from"),
    ]
    since = sentence.tokens[place].head
    below += prepositional(sentence, since, "since", "in") if sentence.tokens[place].relation == "dobj" else ()
    for clause in sentence.related(place, "acl"):
        below += prepositional(sentence, clause, "in")
    return next((sentence.tokens[p].text for p in below if _YEAR.fullmatch(sentence.tokens[p].text)), None)


def _own_words(sentence: Sentence, place: int, discourse: Discourse) -> tuple[int, ...]:
    """The words in front of the noun that say what it is, without nations, years and praise."""
    covering, empty = discourse.covering(sentence), agreement_words().empty
    found: list[int] = []
    stack = list(sentence.related(place, "amod", "compound", "nmod", "punct"))
    while stack:
        child = stack.pop()
        token = sentence.tokens[child]
        named_so = sentence.tokens[place].part_of_speech == "PROPN" and child in covering
        named_so = named_so and bool(covering[child].kinds & {"capital", "place"})  # "the Geneva Agreement"
        if (
            child >= place
            or (child in covering and not named_so)
            or token.lemma.lower() in empty
            or token.part_of_speech == "NUM"
        ):
            continue
        if (token.relation == "punct" and token.text != "-") or sentence.related(child, "nummod"):
            continue  # "a two-month truce" is a truce
        if token.part_of_speech in {"NOUN", "ADJ", "PROPN", "PUNCT", "VERB", "ADV"} and not _YEAR.match(token.text):
            found.append(child)
            stack += sentence.related(child, "compound", "amod", "nmod", "punct", "advmod", "npadvmod")
    if place and place - 1 not in found and sentence.tokens[place - 1].lemma.lower() in agreement_words().nouns:
        found.append(place - 1)
    while found and sentence.tokens[min(found)].part_of_speech in {"PUNCT", "ADV"}:
        found.remove(min(found))
    return tuple(sorted(found))


def _topic(sentence: Sentence, place: int) -> set[str]:
    """What stands behind "on", "to" or "over": "a deal on grain exports", "a pact to end the war"."""
    behind = [*prepositional(sentence, place, "on", "over", "about", "of", "for")]
    return {sentence.tokens[p].lemma.lower() for head in behind for p in sentence.subtree(head) if p - head < 3}


def _name(sentence: Sentence, place: int, own: tuple[int, ...]) -> str:
    """The words of the report for an agreement without a name: "memorandum of understanding on energy"."""
    places = [*own, place]
    for child in sentence.related(place, "prep"):
        word = sentence.tokens[child].lemma.lower()
        behind = [p for p in sentence.subtree(child) if p - child <= LONGEST_TAIL]
        if word == "of" and any(sentence.tokens[p].lemma.lower() == "understanding" for p in behind):
            nested = [p for p in behind if sentence.tokens[p].lemma.lower() in {"of", "understanding"}]
            places += nested[:2]
            for deeper in sentence.related(nested[-1], "prep"):
                if sentence.tokens[deeper].lemma == "on":
                    places += _short_tail(sentence, deeper)
        elif word in {"on"}:
            places += _short_tail(sentence, child)
    ordered = [sentence.tokens[p] for p in dict.fromkeys(sorted(places))]
    words = [token.text for token in ordered]
    proper = ordered[0].part_of_speech == "PROPN" or words[0].isupper()
    first = words[0] if proper else words[0][:1].lower() + words[0][1:]
    return " ".join([first, *words[1:]]).replace(" - ", "-")


def _short_tail(sentence: Sentence, preposition: int) -> list[int]:
    nouns = sentence.related(preposition, "pobj")
    if not nouns or nouns[0] - preposition > 3 or sentence.tokens[nouns[0]].part_of_speech not in {"NOUN", "ADJ"}:
        return []
    return [p for p in range(preposition, nouns[0] + 1) if sentence.tokens[p].part_of_speech not in {"DET", "PRON"}]


def _last(earlier: Sequence[NamedAgreement], kind: str, lemma: str, parties: tuple[str, ...]) -> NamedAgreement | None:
    """The last one named that the noun can mean: of its kind, and among its parties where its own words tell any."""
    for named in reversed(earlier):
        if named.known and agreements()[named.code].kind != "agreement":
            continue
        own_nouns = agreement_words().apart & set(named.name.lower().split())
        if not named.known and own_nouns and lemma not in own_nouns:
            continue
        same_kind = not kind or kind == named.kind or (kind == "peace" and named.kind == "ceasefire")
        wanted = set(map(bare, parties))
        if same_kind and (not named.parties or wanted <= set(map(bare, named.parties))):
            return named
    return None
