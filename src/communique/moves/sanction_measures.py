"""The measures that a sentence speaks of: sanctions, embargoes, tariffs, bans; by whom, on whom, on what.

Pure functions of one sentence and its discourse. What is done with a measure is told in sanction_steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from communique.actors.discourse import Discourse
from communique.actors.resolver import bare
from communique.moves.reach import Reach, reach_of
from communique.moves.sanction_sides import below_of, codes_of, lemma_of, perhaps_meant, senders
from communique.moves.sanction_words import sanction_words
from communique.reading.acts import coordinated, prepositional, surface_subjects, verb_act
from communique.records import Sentence

_FRONT = ("poss", "amod", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure in a sentence: `head` is its own word, `top` the outermost word around it ("package of sanctions").

    `phrase` are its words. `front` are the actors named in front of it, `front_is` how (owner, adjective, name).
    `named` tells whether the phrase says on whom it is, even where nobody was recognised. `again` marks a pronoun that
    stands for a measure told of before, `mutual` measures that both sides have on each other,
    `perhaps` whom a role without a country may mean ("the junta's leaders"), `by_default` kinds
    that its own word has where nothing names one.
    """

    sentence: Sentence
    head: int
    top: int
    phrase: tuple[int, ...]
    kinds: tuple[str, ...]
    sender: tuple[str, ...]
    target: tuple[str, ...]
    front: tuple[str, ...] = ()
    front_is: str = ""
    named: bool = False
    is_verb: bool = False
    again: bool = False
    mutual: bool = False
    perhaps: tuple[str, ...] = ()
    by_default: bool = False


def find_measures(sentence: Sentence, discourse: Discourse, before: Measure | None = None) -> Iterator[Measure]:
    """Give the measures of a sentence in text order; `before` is the last one of the sentence before it."""
    last = before
    for token in sentence.tokens:
        again = last is not None and _means_again(sentence, token.index, last)
        if last is not None and again:
            yield replace(
                last,
                sentence=sentence,
                head=token.index,
                top=token.index,
                phrase=(token.index,),
                is_verb=False,
                again=True,
            )
        elif _names_measure(sentence, token.index):
            if (measure := _noun_measure(sentence, token.index, discourse)) is not None:
                last = measure
                yield measure
        elif token.part_of_speech == "VERB" and token.relation != "amod":
            if (measure := _verb_measure(sentence, token.index, discourse)) is not None:
                yield measure


def _means_again(sentence: Sentence, place: int, last: Measure) -> bool:
    """ "imposed sanctions in 1986 and repealed them in 1991": what is undone is what was told of."""
    token = sentence.tokens[place]
    if token.part_of_speech in {"NOUN", "PROPN"}:
        if not _points_back(sentence, place):
            return False
    else:
        plural = last.sentence.tokens[last.head].tag in {"NNS", "NNPS"}
        if token.tag != "PRP" or token.text.lower() not in ({"them", "they"} if plural else {"it"}):
            return False
    step = sanction_words().verbs.get(lemma_of(sentence, token.head))
    undone = token.relation in {"dobj", "nsubjpass"} and step in {
        "impose",
        "lift",
        "ease",
        "suspend",
        "reimpose",
        "renew",
        "widen",
    }
    same_verb = sentence is last.sentence and token.head == sentence.tokens[last.top].head
    return undone and not same_verb and not last.is_verb


def _points_back(sentence: Sentence, place: int) -> bool:
    """ "The ban had been suspended": a general word for a measure told of before, with nothing of its own."""
    words, lemma = sanction_words(), lemma_of(sentence, place)
    if lemma not in words.measures_of_a_kind | words.named_measures.keys() or lemma == "list":
        return False
    definite = any(lemma_of(sentence, c) in {"the", "this", "these", "those"} for c in sentence.related(place, "det"))
    return definite and not sentence.related(place, "amod", "compound", "prep", "acl", "relcl")


def _names_measure(sentence: Sentence, place: int) -> bool:
    words, lemma = sanction_words(), lemma_of(sentence, place)
    if sentence.tokens[place].part_of_speech not in {"NOUN", "PROPN"}:
        return False
    if lemma in words.measures or lemma in words.measures_of_a_kind:
        return True
    fronts = words.named_measures.get(lemma, ())
    if not fronts:
        return False
    below = [c for c in sentence.subtree(place) if c < place and place - c <= 5]
    if any(lemma_of(sentence, c) in words.measures for c in below):
        return False  # "the sanctions campaign": the sanctions themselves are found
    return reach_of(sentence, below).holds(*fronts)


def _noun_measure(sentence: Sentence, head: int, discourse: Discourse) -> Measure | None:
    words, lemma = sanction_words(), lemma_of(sentence, head)
    top = _top(sentence, head)
    chain = _between(sentence, head, top)
    phrase = sorted({place for link in chain for place in _phrase(sentence, link)})
    usual = words.measures.get(lemma, ())
    named_kinds = () if set(usual) & words.one_kind else words.kinds_in(_without_names(sentence, phrase, discourse))
    kinds = named_kinds or usual or _on_persons(sentence, chain, discourse)
    if lemma in words.measures_of_a_kind and not _on_exchange(sentence, phrase):
        return None
    target, named, perhaps = _targets(sentence, chain, discourse)
    if not target and not _says_on_whom(sentence, chain):
        target = codes_of(sentence, _suffering(sentence, top), discourse)
    mutual = _without_names(sentence, phrase, discourse).holds("each other", "one another")
    sender = _by_whom(sentence, chain, discourse)
    front, front_is = _in_front(sentence, chain, discourse)
    if front and not sender and (target or front_is == "owner" or set(front) <= words.usual_senders):
        sender, front, front_is = front, (), ""
    elif front and not target and front_is == "name":
        target, front, front_is, named = front, (), "", True
    return Measure(
        sentence,
        head,
        top,
        tuple(phrase),
        kinds,
        sender,
        target,
        front,
        front_is,
        named,
        mutual=mutual,
        perhaps=perhaps,
        by_default=bool(usual) and kinds == usual and not set(usual) & words.one_kind,
    )


def _verb_measure(sentence: Sentence, verb: int, discourse: Discourse) -> Measure | None:
    """ "sanctioned two Russian banks", "banned imports of Ukrainian grain": the verb is the measure."""
    words, lemma = sanction_words(), lemma_of(sentence, verb)
    if (cut_off := _cut_off(sentence, verb, discourse)) is not None:
        return cut_off
    stops, closes = words.stops_trade | words.resumes, words.closes | words.opens
    if lemma not in words.sanctioning | words.banning | words.unbanning | stops | closes:
        return None
    act = verb_act(sentence, verb)
    held = {lemma_of(sentence, o) for o in act.objects}
    if (lemma in stops and not held & words.stopped) or (lemma in closes and not held & words.closed):
        return None
    objects = [o for o in act.objects if sentence.tokens[o].part_of_speech in {"NOUN", "PROPN", "PRON"}]
    phrase = sorted({p for o in objects for each in coordinated(sentence, o) for p in _phrase(sentence, each)} | {verb})
    if lemma not in words.sanctioning and not _on_exchange(sentence, phrase):
        return None
    behind = prepositional(sentence, verb, "from", "to", "against", "on", "with")
    first, second = (behind, objects) if lemma in stops | closes else (objects, behind)
    target = codes_of(sentence, first, discourse) or codes_of(sentence, second, discourse)
    kinds = words.kinds_in(_without_names(sentence, phrase, discourse)) or _persons(sentence, objects, discourse)
    if lemma in stops and held <= words.given and set(kinds) <= words.gifts:
        return None
    named = lemma not in stops | closes and not _of_the_same(sentence, objects)
    perhaps = () if target else perhaps_meant(sentence, objects, discourse)
    return Measure(sentence, verb, verb, tuple(phrase), kinds, (), target, named=named, is_verb=True, perhaps=perhaps)


def _cut_off(sentence: Sentence, verb: int, discourse: Discourse) -> Measure | None:
    """ "Cut Iranian banks off from SWIFT": a measure on banks."""
    words = sanction_words()
    if lemma_of(sentence, verb) not in words.cuts_off:
        return None
    systems = [
        noun
        for noun in prepositional(sentence, verb, "from")
        if {lemma_of(sentence, place) for place in sentence.subtree(noun)} & words.payment_systems
    ]
    objects = verb_act(sentence, verb).objects
    if not systems or not objects:
        return None
    phrase = tuple(sorted({verb, *systems, *(p for o in objects for p in _phrase(sentence, o))}))
    target = codes_of(sentence, objects, discourse)
    return Measure(sentence, verb, verb, phrase, ("banks",), (), target, named=bool(target), is_verb=True)


def _of_the_same(sentence: Sentence, nouns: Iterable[int]) -> bool:
    """ "sanctions on the energy sector", "on 12 individuals": of whom the report spoke before; no name stands there."""
    return all(
        sentence.tokens[place].part_of_speech not in {"PROPN", "PRON"}
        for noun in nouns
        for each in coordinated(sentence, noun)
        for place in below_of(sentence, each)
    )


def _on_persons(sentence: Sentence, chain: Iterable[int], discourse: Discourse) -> tuple[str, ...]:
    return _persons(sentence, [n for link in chain for n in prepositional(sentence, link, "on", "against")], discourse)


def _persons(sentence: Sentence, nouns: Iterable[int], discourse: Discourse) -> tuple[str, ...]:
    """ "sanctions on Lukashenko": a person by name."""
    meant = [discourse.resolve(sentence, noun) for noun in nouns]
    return ("persons",) if any(found is not None and found.kind == "person" for found in meant) else ()


def _on_exchange(sentence: Sentence, phrase: Iterable[int]) -> bool:
    """Tell whether a ban or a restriction is on something that states exchange: goods, travel, assets, arms."""
    words = sanction_words()
    reach = reach_of(sentence, tuple(phrase))
    return reach.holds(*words.exchange_words) or bool(set(words.kinds_in(reach)) - words.no_exchange)


def _top(sentence: Sentence, head: int) -> int:
    """Climb from "sanctions" to "a package of sanctions", "the sanctions regime"."""
    words, place = sanction_words(), head
    for _ in range(4):
        token = sentence.tokens[place]
        above = token.head
        if token.relation == "pobj" and sentence.tokens[above].lemma == "of":
            above = sentence.tokens[above].head
        elif token.relation not in {"compound", "nmod"}:
            break
        if above == place or lemma_of(sentence, above) not in words.wrappers:
            break
        place = above
    return place


def _between(sentence: Sentence, head: int, top: int) -> list[int]:
    chain = [head]
    while chain[-1] != top:
        above = sentence.tokens[chain[-1]].head
        chain.append(sentence.tokens[above].head if sentence.tokens[above].part_of_speech == "ADP" else above)
    return chain


def _phrase(sentence: Sentence, head: int) -> list[int]:
    """Give the words of a measure: what stands in front, whom and what it is on; not why, when or what else."""
    words = sanction_words()
    found = [head]
    for child in sentence.children[head]:
        token = sentence.tokens[child]
        if (
            token.relation in {"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod"}
            or (token.relation == "prep" and token.lemma in words.target_prepositions)
            or (token.relation == "acl" and token.lemma in words.targeting)
        ):
            found += below_of(sentence, child)
    return found


def _without_names(sentence: Sentence, phrase: Iterable[int], discourse: Discourse) -> Reach:
    """Words of a phrase without names, so that the "Democratic" of a country names no kind."""
    names, tokens = discourse.covering(sentence), sentence.tokens
    titles = {p for p in phrase if tokens[p].relation == "compound" and tokens[p].head in names}  # "President Assad"
    own = [p for p in phrase if p not in names and p not in titles and not _half_of_a_word(sentence, p)]
    return reach_of(sentence, own)


def _half_of_a_word(sentence: Sentence, place: int) -> bool:
    """ "military-owned companies" are no arms."""
    after = sentence.tokens[place + 1 : place + 3]
    return len(after) == 2 and after[0].text == "-" and after[1].tag == "VBN"


def _says_on_whom(sentence: Sentence, chain: Iterable[int]) -> bool:
    return any(prepositional(sentence, link, "on", "against") for link in chain)


def _targets(
    sentence: Sentence, chain: Iterable[int], discourse: Discourse
) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """Give whom a measure is on ("on …", "targeting …", "imposed on …"), whether it says so at all, and whom perhaps."""
    words = sanction_words()
    nouns: list[int] = []
    for link in chain:
        for word in sorted(words.target_prepositions):
            if word in {"of", "with"} and lemma_of(sentence, link) not in words.measures_of_a_kind | {"embargo"}:
                continue
            nouns += prepositional(sentence, link, word)
        for clause in sentence.related(link, "acl", "relcl"):
            if lemma_of(sentence, clause) in words.targeting:
                nouns += sentence.related(clause, "dobj") + prepositional(sentence, clause, "at", "against", "on")
            elif words.verbs.get(lemma_of(sentence, clause)):
                nouns += prepositional(sentence, clause, "on", "against", "upon")
    nouns = [
        noun
        for noun in dict.fromkeys(nouns)
        if lemma_of(sentence, noun) not in words.on_hold | words.wrappers | words.effect
    ]
    target = codes_of(sentence, nouns, discourse)
    return (
        target,
        bool(nouns) and not _of_the_same(sentence, nouns),
        () if target else perhaps_meant(sentence, nouns, discourse),
    )


def _suffering(sentence: Sentence, top: int) -> tuple[int, ...]:
    """ "the sanctions devastated Iraq", "Russia is under Western sanctions": who suffers them."""
    words, token = sanction_words(), sentence.tokens[top]
    above = sentence.tokens[token.head]
    if token.relation == "nsubj" and above.lemma in words.hurts:
        return sentence.related(above.index, "dobj")
    if token.relation == "dobj" and above.lemma in words.undergoes:
        return surface_subjects(sentence, above.index)
    if (
        token.relation == "pobj"
        and above.lemma == "under"
        and sentence.tokens[above.head].part_of_speech in {"AUX", "VERB"}
    ):
        return surface_subjects(sentence, above.head)
    if token.relation == "pobj" and above.lemma == "by" and sentence.tokens[above.head].lemma in words.hurts:
        return verb_act(sentence, above.head).objects
    return ()


def _by_whom(sentence: Sentence, chain: Iterable[int], discourse: Discourse) -> tuple[str, ...]:
    """ "sanctions by the EU", "imposed by the UN", "UN-imposed sanctions"."""
    found: list[str] = []
    for link in chain:
        nouns = list(prepositional(sentence, link, "by"))
        for clause in sentence.related(link, "acl", "relcl"):
            if lemma_of(sentence, clause) in sanction_words().verbs:
                nouns += verb_act(sentence, clause).subjects if _has_agent(sentence, clause) else ()
        found += [code for noun in nouns for code in senders(sentence, noun, discourse)]
        for word in sentence.related(link, "amod"):
            if sentence.tokens[word].lemma in {"impose", "lead"} and sentence.tokens[word - 1].text == "-":
                found += _hyphened(sentence, word - 2, discourse)
    return tuple(dict.fromkeys(found))


def _has_agent(sentence: Sentence, clause: int) -> bool:
    subjects = verb_act(sentence, clause).subjects
    return bool(subjects) and all(sentence.tokens[s].lemma not in sanction_words().measures for s in subjects)


def _hyphened(sentence: Sentence, place: int, discourse: Discourse) -> tuple[str, ...]:
    match = discourse.covering(sentence).get(place)
    entry = discourse.meaning(match) if match is not None else None
    return (sanction_words().one_sender(bare(entry.code)),) if entry is not None else ()


def _in_front(sentence: Sentence, chain: Iterable[int], discourse: Discourse) -> tuple[tuple[str, ...], str]:
    """Give the actors named in front of a measure: as owner ("China's"), adjective ("Chinese"), name ("Iran sanctions")."""
    for link in chain:
        for relation in _FRONT:
            for child in sentence.related(link, relation):
                codes = senders(sentence, child, discourse)
                if codes:
                    adjective = sentence.tokens[child].part_of_speech == "ADJ" or relation == "amod"
                    return codes, "owner" if relation == "poss" else "adjective" if adjective else "name"
    return (), ""
